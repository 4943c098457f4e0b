"""Annotated articles: `NAME.md` beside `NAME.gold.json`, as docs/evaluation.md describes them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.claims import Party
from kg.evaluate.names import FAMILY_OF, fold
from kg.model import Mood

SUFFIX = ".gold.json"
_LONGEST_NAME = 5
"""Words of a name whose last word alone may stand for a person."""
_LITERAL = frozenset({"says", "supports", "opposes", "is_concerned_about", "is_neutral_on"})
"""Relations whose object may be words."""


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """Somebody or something that gold claims are about; `forms`: its folded names, and a person's unique last one."""

    name: str
    type: str
    forms: frozenset[str]
    wikidata: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim that an annotator found.

    Attributes:
        index: its place in the file.
        span: of `evidence` in the article's file, or None.
        required: must a good system find it? If not, it is right but not missed.
        object: an entity's name, or words.
    """

    index: int
    relation: str
    subject: str
    object: str
    evidence: str
    span: tuple[int, int] | None
    required: bool
    titles: tuple[str, ...]
    tenure: str
    topics: tuple[str, ...]
    start: str
    negated: bool
    mood: str
    attributed_to: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and what it says."""

    name: str
    text: str
    entities: Mapping[str, GoldEntity]
    claims: tuple[GoldClaim, ...]

    def same(self, name: str, party: Party) -> bool:
        """Is a predicted argument the gold entity of this name?"""
        entity = self.entities.get(name)
        if entity is None:
            return False
        if entity.forms & party.forms:
            return True
        short = (form.split() for form in party.forms)
        return entity.type == "Person" and any(
            words and len(words) <= _LONGEST_NAME and words[-1] in entity.forms for words in short
        )

    def alternatives(self, claim: GoldClaim) -> Iterator[GoldClaim]:
        """Other gold claims on the same two arguments and overlapping words: other readings of one sentence."""
        for other in self.claims:
            if other.index == claim.index or not other.span or not claim.span:
                continue
            same_ends = {other.subject, other.object} == {claim.subject, claim.object}
            if same_ends and other.span[0] < claim.span[1] and claim.span[0] < other.span[1]:
                yield other


def read_gold(folder: Path) -> tuple[GoldArticle, ...]:
    """All annotated articles of a folder, by name.

    Raises:
        InputError: there are none, or one is not of the format; the message names file and place.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise InputError(f"{folder} holds no annotated article", hint=f"one is NAME.md with NAME{SUFFIX} beside it")
    return tuple(map(_read_article, paths))


def corpus_hash(folder: Path) -> str:
    """Hash of the names and contents of all annotated articles, so that they cannot change unseen."""
    digest = sha256()
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        for part in (path, _text_path(path)):
            content = part.read_bytes()
            digest.update(f"{part.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _text_path(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(SUFFIX) + ".md")


def _read_article(path: Path) -> GoldArticle:
    try:
        table = json.loads(path.read_bytes().decode("utf-8"))
        text = _text_path(path).read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        entities = _entities(table["entities"])
        claims = tuple(_claim(i, row, text) for i, row in enumerate(table["claims"]))
    except (OSError, ValueError) as exc:
        raise InputError(
            f"{path} cannot be read: {exc}", hint=f"it needs NAME.md and valid JSON in NAME{SUFFIX}"
        ) from exc
    except (KeyError, TypeError, AttributeError) as exc:
        raise InputError(f"{path} is no gold file: {exc!r}", hint="docs/evaluation.md describes the format") from exc
    article = GoldArticle(path.name.removesuffix(SUFFIX), text, entities, claims)
    if wrong := list(faults(article)):
        raise InputError(f"{path}: {wrong[0]}", hint=f"{len(wrong)} such faults in this file")
    return article


def faults(article: GoldArticle) -> Iterator[str]:
    """What is wrong with an annotated article, one sentence each."""
    for claim in article.claims:
        where = f"claim {claim.index} ({claim.relation})"
        if claim.relation not in FAMILY_OF:
            yield f"{where}: no such relation"
        if claim.mood not in set(Mood):
            yield f"{where}: no such mood as {claim.mood!r}"
        if claim.subject not in article.entities:
            yield f"{where}: subject {claim.subject!r} is not among the entities"
        if claim.object not in article.entities and claim.relation not in _LITERAL:
            yield f"{where}: object {claim.object!r} is not among the entities"
        if claim.attributed_to and claim.attributed_to not in article.entities:
            yield f"{where}: source {claim.attributed_to!r} is not among the entities"
        if claim.span is None:
            yield f"{where}: its evidence is not in the text: {claim.evidence[:60]!r}"


def _entities(rows: list[dict[str, Any]]) -> dict[str, GoldEntity]:
    people = [fold(row["name"]) for row in rows if row["type"] == "Person" and fold(row["name"])]
    last_names = Counter(name.split()[-1] for name in people)
    entities = dict[str, GoldEntity]()
    for row in rows:
        forms = {fold(row["name"]), *(fold(alias) for alias in row.get("aliases", ()))}
        last = fold(row["name"]).split()[-1:]
        if row["type"] == "Person" and last and last_names[last[0]] == 1:
            forms.add(last[0])
        entities[row["name"]] = GoldEntity(row["name"], row["type"], frozenset(forms), row.get("wikidata") or "")
    return entities


def _claim(index: int, row: dict[str, Any], text: str) -> GoldClaim:
    at = text.find(row["evidence"])
    return GoldClaim(
        index=index,
        relation=row["relation"],
        subject=row["subject"],
        object=row["object"],
        evidence=row["evidence"],
        span=(at, at + len(row["evidence"])) if at >= 0 else None,
        required=bool(row["required"]),
        titles=tuple(row.get("title") or ()),
        tenure=row.get("tenure") or "",
        topics=tuple(row.get("topic") or ()),
        start=(row.get("when") or {}).get("start") or "",
        negated=bool(row.get("negated")),
        mood=row.get("mood", "actual"),
        attributed_to=row.get("attributed_to") or "",
    )
