"""The nouns: frozen, slotted, hashable, and free of any library's types.

A reading is made in two steps that use the same nouns. `kg.nlp` reads one article: its entities are *local* (ids begin
with `l:` and mean something in that article only). `kg.resolve` replaces them by canonical ones (`Q30`, `e:9f2c...`).
The record keeps the local reading, so that identity can be judged again without reading again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from kg.ids import content_id


class Mood(StrEnum):
    """Whether a claim is said to be so; the gold guidelines define each value."""

    ACTUAL = "actual"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    POSSIBLE = "possible"
    REQUESTED = "requested"


class Tenure(StrEnum):
    """When a position is held, seen from the article's date."""

    CURRENT = "current"
    FORMER = "former"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was accepted.

    Attributes:
        key: its name in the record: a path relative to the folder that was given, an id, or a URL. Unique.
        text: the article's own text, without page furniture; all offsets count its Unicode code points.
        title: headline, or "". It is not part of `text` unless the page repeats it there.
        source: publisher, or "".
        date: ISO 8601 date of publication (`2024-06-30`), or "".
        url: where it was published, or "".
        authors: bylines.
        media_type: what the input was: a media type (`text/html`, `text/markdown`, `text/plain`,
            `application/jsonl`, `application/feed`).
    """

    key: str
    text: str
    title: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    media_type: str = "text/plain"

    @property
    def sha256(self) -> str:
        """Hash of all that a reading depends on; changes when the article is corrected."""
        return content_id("a", self.text, self.title, self.source, self.date, self.url, *self.authors)


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that did not become an article.

    Attributes:
        path: file, or file and line or entry, as the user would name it.
        reason: one of a small set of snake_case words, for counting (`empty`, `binary`, `too_large`, ...).
        detail: one sentence for a person.
    """

    path: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of Unicode code points of an article's text: `text[start:end]` is the quote, always."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names or describes an entity.

    Attributes:
        span: where.
        type: entity type that the words suggest (design names: `Person`, `Government`, `PublicBody`, ...).
        entity: id of the entity; local in a reading of `kg.nlp`, canonical after `kg.resolve`.
        rule: why it is that entity (`name`, `last_name`, `acronym`, `title`, `pronoun`, `metonymy.capital`, ...).
    """

    span: Span
    type: str
    entity: str
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that claims are about.

    Attributes:
        id: `l:...` local to an article, else `Q...` (Wikidata) or `e:...` (content hash of type and name).
        type: one entity type of the ontology.
        name: the best name known.
        aliases: other forms, sorted, without `name`.
        wikidata: `Q...` when certain, else "".
        within: id of the entity it belongs to (the country of a ministry), else "".
        origin: where the name comes from: `text`, or the gazetteer table.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    within: str = ""
    origin: str = "text"


@dataclass(frozen=True, slots=True)
class When:
    """Time of a claim: ISO 8601 interval, as precise as the text allows (`2024`, `2024-06`), and the words."""

    start: str = ""
    end: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity in a role of a claim, with the words that put it there.

    Attributes:
        entity: entity id.
        text: the words (a name, a description, a pronoun).
        rule: how the words came to mean this entity in this role; `kg explain` shows it.
    """

    entity: str
    text: str
    rule: str = "name"


@dataclass(frozen=True, slots=True)
class Literal:
    """Content that is no entity: what was said, or what a stance is about."""

    text: str


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What a claim says beside subject, relation and object; absent is "" or None."""

    title: str = ""
    tenure: Tenure | None = None
    topic: str = ""
    place: Argument | None = None
    addressee: Argument | None = None


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words that carry a claim.

    Attributes:
        span: exact words.
        sentence: index of the sentence in the article, from 0.
        rule: name and version of the rule that fired (`titles.appositive@1`).
        confidence: in [0, 1].
    """

    span: Span
    sentence: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one article says.

    Two claims with one `id` say the same of the same article; `merge` then only adds evidence.
    """

    article: str
    subject: Argument
    relation: str
    object: Argument | Literal
    evidence: tuple[Evidence, ...]
    qualifiers: Qualifiers = Qualifiers()
    negated: bool = False
    mood: Mood = Mood.ACTUAL
    when: When = When()
    attributed_to: Argument | None = None
    cue: str = ""

    @property
    def id(self) -> str:
        """Content hash over everything but the words that carry it."""
        q = self.qualifiers
        place = q.place.entity if q.place else ""
        addressee = q.addressee.entity if q.addressee else ""
        speaker = self.attributed_to.entity if self.attributed_to else ""
        return content_id(
            "c", self.article, self.subject.entity, self.relation, key_of(self.object), q.title.casefold(),
            q.tenure or "", q.topic.casefold(), place, addressee, str(self.negated), self.mood,
            self.when.start, self.when.end, speaker,
        )  # fmt: skip

    @property
    def confidence(self) -> float:
        """The strongest evidence's, in [0, 1]."""
        return max(e.confidence for e in self.evidence)

    def entities(self) -> Iterator[str]:
        """Ids of all entities that it refers to: both ends, place, addressee and speaker; one may come twice."""
        q = self.qualifiers
        for argument in (self.subject, self.object, q.place, q.addressee, self.attributed_to):
            if isinstance(argument, Argument):
                yield argument.entity

    @property
    def asserted(self) -> bool:
        """Does the text say that it is so, with no denial, plan, condition, doubt or demand?"""
        return self.mood is Mood.ACTUAL and not self.negated


def key_of(argument: Argument | Literal) -> str:
    """Identity of an argument inside ids: the entity, or the folded words."""
    if isinstance(argument, Argument):
        return argument.entity
    return "text:" + " ".join(argument.text.casefold().split())


def merge(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Join claims of one id: evidence is united, the lexically first wording is kept. Order does not matter.

    Returns:
        Claims sorted by id.
    """
    merged: dict[str, Claim] = {}
    for claim in claims:
        known = merged.get(claim.id)
        if known is None:
            merged[claim.id] = replace(claim, evidence=tuple(sorted(set(claim.evidence))))
            continue
        first = min(known, claim, key=repr_key)
        evidence = tuple(sorted({*known.evidence, *claim.evidence}))
        merged[claim.id] = replace(first, evidence=evidence)
    return tuple(merged[i] for i in sorted(merged))


def repr_key(claim: Claim) -> str:
    """Total order of claims that share an id, blind to their evidence."""
    return repr(replace(claim, evidence=()))


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and what was read from it.

    Attributes:
        article: the article's key.
        sha256: hash of the article that was read.
        reader: version of reader, rules and pipeline.
        sentences: spans in order, trimmed of surrounding blanks.
        entities: all that `mentions` and `claims` refer to, sorted by id.
        mentions: in text order.
        claims: sorted by id.
    """

    article: str
    sha256: str
    reader: str
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()

    def entity(self, entity_id: str) -> Entity:
        """The entity of this id.

        Raises:
            KeyError: no such entity in this reading.
        """
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(entity_id)


@dataclass(frozen=True, slots=True)
class Proposition:
    """What claims of several articles have in common; direct edges are made of these.

    Attributes:
        id: hash of subject, relation, object and topic (ends sorted where the relation is symmetric).
        claims: ids of accepted claims (asserted, above the policy's threshold), sorted.
        denials: ids of claims that say the same negated, sorted.
        articles: keys, sorted.
        sources: names of independent sources, sorted.
        first, last: ISO dates over the claims' times, or the articles' dates where a claim has none.
    """

    id: str
    subject: str
    relation: str
    object: Argument | Literal
    topic: str
    claims: tuple[str, ...]
    denials: tuple[str, ...]
    articles: tuple[str, ...]
    sources: tuple[str, ...]
    first: str
    last: str
    confidence: float

    @property
    def contested(self) -> bool:
        """Does some article deny it?"""
        return bool(self.denials)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that carries a claim; `id` is a hash of article and offsets."""

    id: str
    span: Span
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Graph:
    """What every store holds: the projection of the record, made by `kg.graph.project` alone, or a part of it.

    Attributes:
        articles: sorted by key.
        entities: canonical, sorted by id; all that claims and mentions refer to, one entry an id (aliases united).
        sentences: those that carry a claim, sorted by article and index.
        mentions: of canonical entities, in article and text order.
        claims: canonical, merged, sorted by id.
        propositions: sorted by id; a claim's is found by `proposition_of[claim.id]`.
        proposition_of: claim id to proposition id, for every claim, also denied and planned ones.
        part: "" for the whole; else how `kg.graph.select` took it out (`since-2024-06-01`).
    """

    articles: tuple[Article, ...] = ()
    entities: tuple[Entity, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    proposition_of: Mapping[str, str] = field(default_factory=dict[str, str])
    part: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of a lexicon of names.

    Attributes:
        id: canonical entity id.
        type: entity type of the ontology.
        name: canonical name.
        wikidata: `Q...` or "".
        country: id of the country or government that it belongs to, or "".
    """

    id: str
    type: str
    name: str
    wikidata: str = ""
    country: str = ""


class Lexicon(Protocol):
    """What reading may know of names; `kg.resolve` implements it, `kg.nlp` is given it."""

    def lookup(self, name: str) -> tuple[Known, ...]:
        """All entries with this name or alias (case and accents folded), most likely first; () when unknown."""
        ...

    def demonym(self, word: str) -> Known | None:
        """The country of an adjective or people's name (`Japanese`, `Emirati`), or None."""
        ...

    def names(self) -> Mapping[str, str]:
        """Folded multi-word names and acronyms that a text matcher should find, with their entity type."""
        ...

    def office(self, title: str, country: str, date: str) -> tuple[Known, ...]:
        """Who held this office ("prime minister") of this country id on this ISO date; () when unknown."""
        ...

    def bearers(self, name: str, title: str, date: str, *, past: bool = False) -> tuple[Known, ...]:
        """Who of this last name held such an office of any country; () when unknown.

        Args:
            name: one word.
            title: as a text has it; "" for any.
            date: ISO date, or "" for any time.
            past: those who held it before the date, not at it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """When claims become edges.

    Attributes:
        threshold: least confidence of a claim, in [0, 1].
        min_sources: least number of independent sources of a proposition.
    """

    threshold: float = 0.5
    min_sources: int = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one build, for the closing lines and for programs."""

    articles: int = 0
    read: int = 0
    unchanged: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict[str, int])
    entities: int = 0
    claims: int = 0
    propositions: int = 0
    seconds: float = 0.0
