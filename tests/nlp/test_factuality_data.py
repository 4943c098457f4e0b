"""The lexicon of governing words: its form, and that its header tells the truth."""

import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from kg.model import Mood

SOURCE = files("kg").joinpath("data/factuality.toml").read_text(encoding="utf-8")
TABLE: dict[str, Any] = tomllib.loads(SOURCE)
SIGNATURES: list[dict[str, Any]] = TABLE["signature"]
COMPLEMENTS = {
    "to",
    "that",
    "ing",
    "nominal",
    "from",
    "in",
    "of",
    "on",
    "for",
    "against",
    "into",
    "about",
    "with",
    "at",
}
KINDS = {
    "implicative", "reporting", "desire", "plan", "request", "belief", "aspectual", "attempt", "denial", "perception",
    "permission", "prevention", "ability", "certainty", "emotion",
}  # fmt: skip
OUTCOMES = {"none", *Mood, *(f"{mood}:negated" for mood in Mood)}


def outcome(lemma: str, complement: str, *, pos: str = "VERB", negated: bool = False, agent: str = "") -> str:
    side = "negative" if negated else "positive"
    found = [
        s[side]
        for s in SIGNATURES
        if lemma in s["lemmas"]
        and (s["pos"], s["complement"]) == (pos, complement)
        and agent in ("", s.get("agent", "subject"))
    ]
    assert len(found) == 1, (lemma, complement, found)
    return str(found[0])


def test_every_signature_uses_the_documented_values() -> None:
    assert len(SIGNATURES) > 90
    for s in SIGNATURES:
        assert set(s) <= {"lemmas", "pos", "complement", "agent", "positive", "negative", "kind", "attributed", "doubt"}
        assert s["lemmas"]
        assert s["pos"] in {"VERB", "NOUN", "ADJ"}
        assert s["complement"] in COMPLEMENTS
        assert s.get("agent", "subject") in {"subject", "object", "none"}
        assert {s["positive"], s["negative"]} <= OUTCOMES
        assert s["kind"] in KINDS
        assert all(lemma == lemma.strip().lower() for lemma in s["lemmas"])


def test_no_entry_is_given_twice() -> None:
    entries = Counter(
        (lemma, s["pos"], s["complement"], s.get("agent", "subject")) for s in SIGNATURES for lemma in s["lemmas"]
    )
    assert [e for e, n in entries.items() if n > 1] == []


def test_header_states_the_counts() -> None:
    stated = re.search(r"# (\d+) signatures, ([\d,]+) entries, (\d+) lemmas", SOURCE)
    assert stated is not None
    assert int(stated[1]) == len(SIGNATURES)
    assert int(stated[2].replace(",", "")) == sum(len(s["lemmas"]) for s in SIGNATURES)
    assert int(stated[3]) == len({lemma for s in SIGNATURES for lemma in s["lemmas"]})


@pytest.mark.parametrize(
    ("lemma", "complement", "agent", "positive", "negative"),
    [
        ("manage", "to", "", "actual", "actual:negated"),
        ("fail", "to", "", "actual:negated", "actual"),
        ("refuse", "to", "", "actual:negated", "none"),
        ("plan", "to", "subject", "planned", "planned:negated"),
        ("agree", "to", "", "planned", "planned:negated"),
        ("expect", "to", "object", "planned", "planned:negated"),
        ("urge", "to", "", "requested", "none"),
        ("force", "to", "", "actual", "none"),
        ("allow", "to", "", "possible", "actual:negated"),
        ("prevent", "from", "", "actual:negated", "none"),
        ("stop", "ing", "", "actual:negated", "actual"),
        ("consider", "ing", "", "possible", "none"),
        ("demand", "that", "", "requested", "none"),
        ("say", "that", "", "actual", "none"),
        ("acknowledge", "that", "", "actual", "actual"),
        ("deny", "that", "", "actual:negated", "possible"),
        ("believe", "that", "", "possible", "possible:negated"),
        ("call", "for", "", "requested", "none"),
    ],
)
def test_outcomes_of_common_verbs(lemma: str, complement: str, agent: str, positive: str, negative: str) -> None:
    assert outcome(lemma, complement, agent=agent) == positive
    assert outcome(lemma, complement, agent=agent, negated=True) == negative


def test_nouns_and_adjectives() -> None:
    assert outcome("refusal", "to", pos="NOUN") == "actual:negated"
    assert outcome("call", "for", pos="NOUN") == "requested"
    assert outcome("unlikely", "to", pos="ADJ") == "planned:negated"
    assert outcome("able", "to", pos="ADJ", negated=True) == "actual:negated"


def test_single_word_lists() -> None:
    assert {m["mood"] for m in TABLE["modals"].values()} == set(Mood)
    assert all({m["mood"], m["negated"]} <= OUTCOMES for m in TABLE["modals"].values())
    assert set(TABLE["modals_past"].values()) <= set(Mood)
    assert set(TABLE["backshift"]) | set(TABLE["backshift"].values()) <= set(TABLE["modals"])
    assert set(TABLE["hedges"]) == {"reported", "possible", "planned", "requested", "certain"}
    words = [w for group in TABLE["hedges"].values() for w in group]
    assert len(words) == len(set(words)) > 60
    assert {"not", "never", "without", "no longer"} <= {w for group in TABLE["negation"].values() for w in group}
    assert {"if", "unless"} <= set(TABLE["conditions"]["subordinators"])
