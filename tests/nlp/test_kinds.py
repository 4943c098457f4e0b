"""Entity types of names that no list has: their own words, the pipeline's head, and what all uses in an article say."""

import re
from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Article
from kg.nlp.encoder.kinds import KEY
from kg.nlp.kinds import agree_on_kinds, type_of_unknown
from kg.nlp.lexicons import load_lexicons
from kg.nlp.mentions import find_names
from kg.nlp.pipeline import load_pipeline
from kg.nlp.reader import load_reader
from kg.resolve import load_gazetteer
from kg.schema import load_schema
from tests.nlp.test_mentions import LEXICON
from tests.nlp.trees import flat

LEXICONS = load_lexicons()
HELDOUT = Path(__file__).parent / "heldout" / "kinds.txt"


def kind(text: str, name: str, label: str, guess: str, score: float) -> str:
    """Type of one name whose kind the head guesses."""
    tree = flat(text, **{name.replace(" ", "_"): label})
    ((first, end, _),) = tree.names
    tree.kinds = dict.fromkeys(range(first, end), (guess, score))
    return type_of_unknown(tree, (first, end), label, LEXICONS)


@pytest.mark.parametrize(
    ("name", "label", "guess", "score", "expected"),
    [
        ("Zarya", "ORG", "PoliticalParty", 0.81, "PoliticalParty"),
        ("Zarya", "ORG", "PoliticalParty", 0.79, "Organization"),
        ("Zarya", "ORG", "Other", 0.99, "Organization"),
        ("Zarya", "EVENT", "Conflict", 0.85, "Conflict"),
        ("Zarya", "EVENT", "Conflict", 0.75, ""),
        ("Zarya Party", "ORG", "Company", 0.89, "PoliticalParty"),
        ("Zarya Party", "ORG", "Company", 0.91, "Company"),
        ("Zarya Conference", "EVENT", "Summit", 0.99, "Meeting"),
        ("Zarya Treaty", "LAW", "Conflict", 0.99, "Agreement"),
        ("Zarya", "ORG", "", 0.0, "Organization"),
    ],
)
def test_the_head_is_heard_when_it_is_sure_enough(name, label, guess, score, expected) -> None:
    assert kind(f"they saw {name} today", name, label, guess, score) == expected


def test_all_uses_of_a_name_are_of_one_kind() -> None:
    tree = flat("Zarya met Kurus and Zarya left", Zarya="ORG", Kurus="ORG")
    assert {tree.quote(*name[:2]) for name in tree.names} == {"Zarya", "Kurus"}
    tree.kinds = {0: ("Company", 0.9), 2: ("Company", 0.9), 4: ("PoliticalParty", 0.95)}
    agree_on_kinds(tree)
    assert tree.kinds[0] == tree.kinds[4] == ("PoliticalParty", pytest.approx(0.475))
    assert tree.kinds[2] == ("Company", 0.9)


def test_a_name_that_a_list_has_is_what_the_list_says() -> None:
    tree = flat("they read Japan Times today", Japan_Times="ORG")
    tree.kinds = {2: ("PoliticalParty", 1.0), 3: ("PoliticalParty", 1.0)}
    (name,) = find_names(tree, "a", LEXICON, LEXICONS).names
    assert (name.type, name.rule) == ("MediaOrganization", "gazetteer")


def heldout() -> list[tuple[str, str, str]]:
    """(sentence, name, kind) of the names in our sentences."""
    cases = []
    for line in HELDOUT.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            ((name, kind),) = re.findall(r"\[([^|\]]+)\|(\w+)\]", line)
            cases.append((re.sub(r"\[([^|\]]+)\|\w+\]", r"\1", line), name, kind))
    return cases


def test_kinds_of_names_that_no_list_has() -> None:
    """Of names that the pipeline takes for organizations, events or laws; where words tell the kind, the head obeys."""
    reader, cases = load_reader(Settings(), load_gazetteer(), load_schema()), heldout()
    assert len(cases) == 50
    assert len({kind for *_, kind in cases}) == 11
    right, by_words, lost = 0, 0, []
    for text, name, kind in cases:
        assert not reader.lexicon.lookup(name), f"{name} is in the gazetteer by now"
        reading = reader.read(Article(key="a", text=text))
        types = {m.type for m in reading.mentions if text[m.span.start : m.span.end] == name}
        told = (LEXICONS.type_of_name(name, "LAW") or "Organization") == kind
        right += types == {kind}
        by_words += bool(types) and told
        if told and types - {kind, "Person", "City", "Region"}:
            lost.append((name, kind, types))
    assert right >= by_words + 2, (right, by_words)
    assert lost == [], lost


def test_a_doc_carries_kinds_with_their_scores() -> None:
    nlp = load_pipeline()
    doc = nlp("Shares in Vostrax fell after the company lost a lawsuit against Reuters on Friday.")
    group = doc.spans[KEY]
    kinds = {name.text: name.label_ for name in group}
    assert kinds["Vostrax"] == "Company"
    assert set(kinds.values()) <= set(nlp.get_pipe("kg_encoder").kind_labels)
    assert len(group.attrs["scores"]) == len(group)
    assert all(0 < score <= 1 for score in group.attrs["scores"])
