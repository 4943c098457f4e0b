"""FollowTheMoney JSON, one entity a line: for Aleph, OpenAleph, OpenSanctions' tools and whatever else speaks it.

Only propositions are told: what is denied, planned or conditional has no place in that model. What each type and
relation becomes is listed in docs/other-tools.md. All values are lists of strings, as the format wants them, and no
value is longer than its property allows.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import BinaryIO

from kg.graph.dates import last_day
from kg.graph.ftm_values import Thing, ident, thing
from kg.graph.origins import publisher_of
from kg.ids import content_id, fold
from kg.model import Argument, Article, Claim, Entity, Graph, Literal, Proposition, Tenure
from kg.schema import Schema

SCHEMATA = (
    ("Person", "Person", ""),
    ("Government", "PublicBody", "gov"),
    ("PublicBody", "PublicBody", "gov"),
    ("Company", "Company", ""),
    ("IntergovernmentalOrganization", "Organization", "gov.igo"),
    ("PoliticalParty", "Organization", "pol.party"),
    ("Organization", "Organization", ""),
    ("Event", "Event", ""),
    ("Agreement", "Project", ""),
    ("Place", "Address", ""),
)
"""Class of ours, schema of theirs and their topic, the first that fits; what fits none (Topic) is told in notes."""

LEGAL = frozenset(("Person", "PublicBody", "Company", "Organization"))
"""Schemata that may act: those that extend LegalEntity."""

STATUS = {Tenure.CURRENT: "current", Tenure.FORMER: "ended", Tenure.FUTURE: "future"}

_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
"""JSON allows these inside of strings, but some readers of lines take them for the end of one."""

_PLACES = {"City": "city", "Region": "region"}


def ftm_entities(graph: Graph, schema: Schema) -> Iterator[Thing]:
    """The graph as FollowTheMoney entities: articles, things, links and notes, mentions; in a stable order.

    Args:
        graph: what `kg.graph.project` made.
        schema: the schema that it was made with.
    """
    translation = _Translation(graph, schema)
    yield from map(_article, graph.articles)
    yield from translation.things()
    yield from translation.positions()
    yield from translation.links()
    yield from translation.mentions()


def write_ftm(graph: Graph, schema: Schema, out: BinaryIO) -> int:
    """Write the graph as FollowTheMoney JSON lines, in UTF-8.

    Returns:
        How many.
    """
    count = 0
    for entity in ftm_entities(graph, schema):
        out.write(json.dumps(entity, ensure_ascii=False).translate(_LINE_ENDS).encode() + b"\n")
        count += 1
    return count


class _Translation:
    """One graph in the other model."""

    def __init__(self, graph: Graph, schema: Schema) -> None:
        self._graph = graph
        self._schema = schema
        self._articles = {a.key: a for a in graph.articles}
        self._claims = {c.id: c for c in graph.claims}
        self._entities = {e.id: e for e in graph.entities}
        self._schemata = {e.id: self._theirs(e.type) for e in graph.entities}

    def _theirs(self, kind: str) -> tuple[str, str]:
        """Schema and topic for one of our classes; "" where there is none."""
        return next(((theirs, topic) for ours, theirs, topic in SCHEMATA if self._schema.is_a(kind, ours)), ("", ""))

    def _is(self, entity: str, schemata: Iterable[str]) -> bool:
        return self._schemata[entity][0] in schemata

    def things(self) -> Iterator[Thing]:
        """Entities that have a schema there."""
        for entity in self._graph.entities:
            schema, topic = self._schemata[entity.id]
            if schema:
                yield thing(ident(entity.id), schema, **self._properties(entity, schema, topic))

    def _properties(self, entity: Entity, schema: str, topic: str) -> dict[str, Iterable[str]]:
        own: dict[str, Iterable[str]] = {
            "name": [entity.name], "alias": entity.aliases, "wikidataId": [entity.wikidata], "topics": [topic],
        }  # fmt: skip
        if schema == "Address":
            own |= {"full": [entity.name], _PLACES.get(entity.type, "full"): [entity.name]}
        elif schema == "Event":
            own |= self._event(entity.id)
        elif schema in LEGAL and schema != "Person":
            own["classification"] = [self._schema.classes[entity.type].label]
        elif schema == "Project":
            own["keywords"] = [self._schema.classes[entity.type].label]
        return own

    @cached_property
    def _at_events(self) -> Mapping[str, Sequence[Proposition]]:
        """Who took part in or hosted each event."""
        found: dict[str, list[Proposition]] = defaultdict(list)
        for proposition in self._graph.propositions:
            if self._in_event(proposition) and isinstance(proposition.object, Argument):
                found[proposition.object.entity].append(proposition)
        return found

    def _in_event(self, proposition: Proposition) -> bool:
        """Is it told as a property of the event itself, which keeps an event with many participants whole?"""
        return (
            proposition.relation in ("participated_in", "hosted")
            and isinstance(proposition.object, Argument)
            and self._is(proposition.object.entity, ("Event",))
        )

    def _event(self, entity: str) -> dict[str, Iterable[str]]:
        told = self._at_events.get(entity, ())
        claims = [self._claims[i] for p in told for i in p.claims]
        return {
            "organizer": [ident(p.subject) for p in told if p.relation == "hosted"],
            "involved": [ident(p.subject) for p in told if p.relation == "participated_in"],
            "location": [self._entities[c.qualifiers.place.entity].name for c in claims if c.qualifiers.place],
            **self._evidence(claims),
            **_times(claims),
        }

    def links(self) -> Iterator[Thing]:
        """Propositions: as links between things, or as notes on one."""
        for proposition in self._graph.propositions:
            if self._in_event(proposition):
                continue
            obj = proposition.object
            if isinstance(obj, Literal) or not self._is_thing(obj.entity) or not self._is_thing(proposition.subject):
                yield from self._note(proposition)
            elif proposition.relation == "holds_position" and self._is(proposition.subject, ("Person",)):
                yield from self._offices(proposition, obj.entity)
            else:
                yield self._link(proposition, obj.entity)

    def _is_thing(self, entity: str) -> bool:
        return bool(self._schemata[entity][0])

    def _note(self, proposition: Proposition) -> Iterator[Thing]:
        """What was said, and stances on what is no thing there."""
        obj = proposition.object
        ends = [proposition.subject] + ([obj.entity] if isinstance(obj, Argument) else [])
        about = [ident(end) for end in ends if self._is_thing(end)]
        if about:
            claims = [self._claims[i] for i in proposition.claims]
            proof = self._evidence(claims)
            keywords = [self._schema.relations[proposition.relation].label, proposition.topic]
            quotes = proof.pop("description")
            yield thing(
                ident(proposition.id), "Note", entity=about, keywords=keywords, summary=quotes,
                description=[self._sentence(proposition)], **proof,
            )  # fmt: skip

    def _sentence(self, proposition: Proposition) -> str:
        """The proposition in words."""
        obj, verb = proposition.object, self._schema.relations[proposition.relation].label
        end = f": {obj.text}" if isinstance(obj, Literal) else f" {self._entities[obj.entity].name}"
        topic = f" ({proposition.topic})" if proposition.topic else ""
        return f"{self._entities[proposition.subject].name} {verb}{end}{topic}"

    def _link(self, proposition: Proposition, obj: str) -> Thing:
        claims = [self._claims[i] for i in proposition.claims]
        schema, start, end = self._kind_of_link(proposition, obj)
        ends: dict[str, Iterable[str]] = {start: [ident(proposition.subject)], end: [ident(obj)]}
        titles = {c.qualifiers.title for c in claims}
        return thing(
            ident(proposition.id), schema, **ends,
            role=[self._schema.relations[proposition.relation].label] if schema == "UnknownLink" else sorted(titles),
            status=["contested"] if proposition.contested else [],
            summary=[self._sentence(proposition)], recordId=[proposition.id],
            **self._evidence(claims), **_times(claims),
        )  # fmt: skip

    def _kind_of_link(self, proposition: Proposition, obj: str) -> tuple[str, str, str]:
        """Schema of a link, and the properties that name its ends."""
        organization = self._is(obj, LEGAL - {"Person"})
        match proposition.relation:
            case "member_of" if organization and self._is(proposition.subject, LEGAL):
                return "Membership", "member", "organization"
            case "holds_position" if organization:
                return "Employment", "employee", "employer"
            case "party_to" if self._is(obj, ("Project",)) and self._is(proposition.subject, LEGAL):
                return "ProjectParticipant", "participant", "project"
            case _:
                return "UnknownLink", "subject", "object"

    @cached_property
    def _positions(self) -> Mapping[tuple[str, str], str]:
        """Name of each position, by body and folded title."""
        names: dict[tuple[str, str], str] = {}
        for proposition in self._graph.propositions:
            if isinstance(body := proposition.object, Argument) and proposition.relation == "holds_position":
                for title in (self._claims[i].qualifiers.title for i in proposition.claims):
                    key = body.entity, fold(title)
                    names[key] = min(title, names.get(key, title))
        return {(body, key): f"{name}, {self._entities[body].name}" for (body, key), name in names.items() if key}

    def positions(self) -> Iterator[Thing]:
        """Each position of a body, once."""
        for (body, key), name in sorted(self._positions.items()):
            if self._is_thing(body):
                where = "organization" if self._is(body, LEGAL) else "addressEntity"
                ends: dict[str, Iterable[str]] = {where: [ident(body)]}
                yield thing(ident(content_id("position", body, key)), "Position", name=[name], **ends)

    def _offices(self, proposition: Proposition, body: str) -> Iterator[Thing]:
        """Who holds a position, for each title; without any title, an employment."""
        titles: dict[str, list[Claim]] = defaultdict(list)
        for claim in (self._claims[i] for i in proposition.claims):
            titles[fold(claim.qualifiers.title)].append(claim)
        if set(titles) == {""}:
            yield self._link(proposition, body)
        for key in sorted(set(titles) - {""}):
            claims = sorted(titles[key], key=self._age)
            tenures = [STATUS[c.qualifiers.tenure] for c in claims if c.qualifiers.tenure]
            yield thing(
                ident(content_id("occupancy", proposition.id, key)), "Occupancy",
                holder=[ident(proposition.subject)], post=[ident(content_id("position", body, key))],
                status=tenures[-1:], recordId=[proposition.id],
                summary=[f"{self._entities[proposition.subject].name}: {self._positions[body, key]}"],
                **self._evidence(claims), **_times(claims),
            )  # fmt: skip

    def _age(self, claim: Claim) -> tuple[str, str]:
        """Order of claims in time."""
        iso = claim.when.end or claim.when.start or self._articles[claim.article].date
        return str(last_day(iso) or ""), claim.id

    def _evidence(self, claims: Iterable[Claim]) -> dict[str, Iterable[str]]:
        """Words, articles and publishers behind some claims."""
        spans = sorted({e.span for c in claims for e in c.evidence})
        articles = [self._articles[key] for key in sorted({span.article for span in spans})]
        return {
            "description": [self._articles[s.article].text[s.start : s.end] for s in spans],
            "proof": [_article_id(a) for a in articles],
            "publisher": [publisher_of(a) for a in articles],
            "sourceUrl": [a.url for a in articles],
        }

    def mentions(self) -> Iterator[Thing]:
        """One for each entity that may act and each article that names it."""
        words: dict[tuple[str, str], set[str]] = defaultdict(set)
        for mention in self._graph.mentions:
            if self._is(mention.entity, LEGAL):
                span = mention.span
                words[span.article, mention.entity].add(self._articles[span.article].text[span.start : span.end])
        for (key, entity), found in sorted(words.items()):
            yield thing(
                ident(content_id("mention", key, entity)), "Mention",
                document=[_article_id(self._articles[key])], resolved=[ident(entity)],
                name=self._names(self._entities[entity], found), detectedSchema=[self._schemata[entity][0]],
            )  # fmt: skip

    def _names(self, entity: Entity, found: Iterable[str]) -> list[str]:
        """Which of the words are names of it; its own where it is only described ("the ministry", "she")."""
        known = {fold(name) for name in (entity.name, *entity.aliases)}
        return sorted(words for words in found if fold(words) in known) or [entity.name]


def _article(article: Article) -> Thing:
    return thing(
        _article_id(article), "Article", title=[article.title], fileName=[article.key], author=article.authors,
        publisher=[publisher_of(article)], publishedAt=[article.date], sourceUrl=[article.url],
        mimeType=[article.media_type],
    )  # fmt: skip


def _article_id(article: Article) -> str:
    return ident(content_id("article", article.key))


def _times(claims: Iterable[Claim]) -> dict[str, Iterable[str]]:
    """When, as the texts say it: bounds where they are told apart, else a date."""
    found: dict[str, set[str]] = {"startDate": set(), "endDate": set(), "date": set()}
    for when in (c.when for c in claims):
        if when.start == when.end:
            found["date"].add(when.start)
        else:
            found["startDate"].add(when.start)
            found["endDate"].add(when.end)
    return {name: sorted(values) for name, values in found.items()}
