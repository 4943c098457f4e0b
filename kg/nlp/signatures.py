"""The factuality lexicon, `kg/data/factuality.toml`: what governing words do to the mood of what they govern."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from kg.errors import DataError
from kg.model import Mood

SPEECH_KINDS = frozenset({"reporting", "denial"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """Mood of what is governed, and whether it is said not to hold."""

    mood: Mood
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One governing word with one kind of complement; a None outcome means that nothing follows."""

    positive: Outcome | None
    negative: Outcome | None
    kind: str
    agent: str
    attributed: bool
    doubt: bool

    @property
    def asks(self) -> bool:
        """Does it ask for what is governed, so that its subject is who wants it?"""
        return self.positive is not None and self.positive.mood is Mood.REQUESTED


@dataclass(frozen=True, slots=True)
class Modal:
    """An auxiliary: what it says plain, under `not`, and with a perfect ("could have signed")."""

    plain: Outcome
    negated: Outcome | None
    perfect: Mood


class Signatures:
    """The lexicon, ready for look-ups."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._signatures: dict[tuple[str, str, str], dict[str, Signature]] = {}
        for k, entry in enumerate(table["signature"], 1):
            self._add(entry, f"factuality.toml, signature {k}")
        past = table["modals_past"]
        self.modals = {
            word: Modal(Outcome(Mood(m["mood"])), _outcome(m["negated"]), Mood(past.get(word, m["mood"])))
            for word, m in table["modals"].items()
        }
        self.backshift: Mapping[str, str] = {k: v for k, v in table["backshift"].items() if k != "should"}
        hedges = table["hedges"]
        self.hedges = {w: Mood(m) for m in ("possible", "planned", "requested") for w in hedges[m]}
        self.hearsay = frozenset(hedges["reported"])
        negation = table["negation"]
        nearly = frozenset(negation["nearly"]) - {"little", "few"}
        self.negations = frozenset(negation["particles"]) | {"n’t"} | nearly
        self.no_determiners = frozenset(negation["determiners"]) - {"few", "little"}
        conditions = table["conditions"]
        self.conditionals = frozenset(conditions["subordinators"]) - frozenset(conditions["factual"])
        self.inversions = frozenset(conditions["inversions"])
        self.condition_prepositions = frozenset(conditions["prepositions"])

    def _add(self, entry: Mapping[str, Any], where: str) -> None:
        try:
            signature = Signature(
                _outcome(entry["positive"]), _outcome(entry["negative"]), entry["kind"], entry.get("agent", "subject"),
                bool(entry.get("attributed", False)), bool(entry.get("doubt", False)),
            )  # fmt: skip
            for lemma in entry["lemmas"]:
                by_agent = self._signatures.setdefault((lemma, entry["pos"], entry["complement"]), {})
                by_agent[signature.agent] = signature
        except (KeyError, ValueError) as exc:
            raise DataError(f"{where}: {exc}") from exc

    def find(self, lemma: str, pos: str, complements: Iterable[str], *, agent: str) -> Signature | None:
        """Signature of a governor, for the first of `complements` that it has.

        Args:
            lemma: with its particle.
            pos: VERB, NOUN or ADJ.
            complements: kinds of what is governed, best first.
            agent: who does what is governed: `subject`, `object` or `none`; another entry serves when it is missing.
        """
        for complement in complements:
            by_agent = self._signatures.get((lemma, pos, complement))
            if by_agent:
                return by_agent.get(agent) or next(iter(by_agent.values()))
        return None

    def lemmas(self) -> frozenset[str]:
        """All governing words."""
        return frozenset(lemma for lemma, _, _ in self._signatures)

    def reporting(self) -> frozenset[str]:
        """Verbs and nouns whose subject is the source of their finite clause."""
        return frozenset(
            lemma
            for (lemma, _, complement), by_agent in self._signatures.items()
            for s in by_agent.values()
            if complement == "that" and (s.attributed or s.kind in SPEECH_KINDS)
        )

    def reporting_infinitives(self) -> frozenset[str]:
        """Verbs whose subject is the source also of their infinitive: "claims to have"."""
        return frozenset(
            lemma
            for (lemma, _, complement), by_agent in self._signatures.items()
            for s in by_agent.values()
            if complement == "to" and s.attributed
        )


def _outcome(value: str) -> Outcome | None:
    if value == "none":
        return None
    mood, _, mark = value.partition(":")
    return Outcome(Mood(mood), mark == "negated")


def load_signatures() -> Signatures:
    """The package's factuality lexicon.

    Raises:
        DataError: it is damaged.
    """
    text = (files("kg") / "data" / "factuality.toml").read_text(encoding="utf-8")
    try:
        return Signatures(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as exc:
        raise DataError(f"factuality.toml: {exc}") from exc
