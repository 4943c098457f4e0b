"""From readings to the graph: the only place where claims become propositions.

A pure function of its arguments: the order of the pairs does not matter, and what is withdrawn leaves no trace. Every
store and file (embedded, Neo4j, RDF, tables) holds what comes out here, and nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from kg.graph.dates import first_day, last_day
from kg.graph.events import is_told, rename_events, same_events
from kg.graph.origins import Origin, independent, origin_of
from kg.ids import content_id
from kg.model import (
    Argument,
    Article,
    Claim,
    Entity,
    Graph,
    Literal,
    Mention,
    Mood,
    Policy,
    Proposition,
    Reading,
    Sentence,
    key_of,
    merge,
)
from kg.schema import Schema

MAX_CONFIDENCE = 0.99
"""However many say it: agreement of sources is no proof."""


def project(pairs: Iterable[tuple[Article, Reading]], schema: Schema, policy: Policy) -> Graph:
    """Make the graph of some articles.

    Args:
        pairs: articles with their resolved readings (canonical entities), in any order, one pair a key.
        schema: which relations are symmetric.
        policy: which claims become edges.

    Returns:
        The graph: all claims, and propositions for what the policy accepts.
    """
    parts = _Parts()
    for article, reading in pairs:
        parts.add(article, reading)
    parts.unite_events()
    claims = merge(parts.claims)
    entities = _unite(parts.entities, _referred(claims, parts.mentions))
    names = {e.id: e.name for e in entities}
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[proposition_id(claim, schema)].append(claim)
    makers = (_Maker(i, groups[i], schema, policy, parts.articles, parts.origins, names) for i in sorted(groups))
    return Graph(
        articles=tuple(parts.articles[k] for k in sorted(parts.articles)),
        entities=entities,
        sentences=tuple(sorted(parts.sentences.values(), key=lambda s: (s.span.article, s.index, s.span))),
        mentions=tuple(sorted(set(parts.mentions), key=lambda m: (m.span, m.type, m.entity, m.rule))),
        claims=claims,
        propositions=tuple(p for maker in makers if (p := maker.make()) is not None),
        proposition_of={claim.id: i for i, members in groups.items() for claim in members},
    )


def proposition_id(claim: Claim, schema: Schema) -> str:
    """What a claim says, regardless of article, wording, time, speaker, mood and denial."""
    subject, obj = _ends(claim, schema)
    return content_id("p", subject, claim.relation, obj, _fold(claim.qualifiers.topic))


def sentence_id(article: str, start: int, end: int) -> str:
    """Id of the sentence at this place."""
    return content_id("s", article, str(start), str(end))


@dataclass(slots=True)
class _Parts:
    """What is gathered while reading the pairs once."""

    articles: dict[str, Article] = field(default_factory=dict[str, Article])
    origins: dict[str, Origin] = field(default_factory=dict[str, Origin])
    entities: list[Entity] = field(default_factory=list[Entity])
    events: dict[tuple[str, str], Entity] = field(default_factory=dict[tuple[str, str], Entity])
    mentions: list[Mention] = field(default_factory=list[Mention])
    claims: list[Claim] = field(default_factory=list[Claim])
    sentences: dict[str, Sentence] = field(default_factory=dict[str, Sentence])

    def add(self, article: Article, reading: Reading) -> None:
        self.articles[article.key] = article
        self.origins[article.key] = origin_of(article)
        self.entities.extend(e for e in reading.entities if not is_told(e))
        self.events.update({(article.key, e.id): e for e in reading.entities if is_told(e)})
        self.mentions.extend(reading.mentions)
        self.claims.extend(reading.claims)
        for index in {e.sentence for c in reading.claims for e in c.evidence}:
            span = reading.sentences[index]
            ident = sentence_id(article.key, span.start, span.end)
            self.sentences[ident] = Sentence(ident, span, index, article.text[span.start : span.end])

    def unite_events(self) -> None:
        """Give each meeting and summit the identity that it has across articles."""
        dates = {key: article.date for key, article in self.articles.items()}
        same = same_events(self.claims, self.events, dates)
        self.claims = [rename_events(c, same) for c in self.claims]
        self.mentions = [replace(m, entity=same.get((m.span.article, m.entity), m.entity)) for m in self.mentions]
        self.entities += [replace(e, id=same.get(key, e.id)) for key, e in self.events.items()]


def _referred(claims: Iterable[Claim], mentions: Iterable[Mention]) -> set[str]:
    return {m.entity for m in mentions} | {entity for claim in claims for entity in claim.entities()}


def _unite(entities: Iterable[Entity], referred: set[str]) -> tuple[Entity, ...]:
    """One entry an id: the gazetteer's name before the text's, then the most frequent; the others become aliases."""
    groups: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        if entity.id in referred:
            groups[entity.id].append(entity)
    missing = referred - set(groups)
    if missing:
        raise ValueError(f"claims or mentions refer to unknown entities: {sorted(missing)[:5]}")
    return tuple(_united(groups[i]) for i in sorted(groups))


def _united(versions: Sequence[Entity]) -> Entity:
    if len(set(versions)) == 1:
        return versions[0]
    known = [e for e in versions if e.origin != "text"] or versions
    votes = Counter((e.type, e.name, e.origin) for e in known)
    kind, name, origin = min(votes, key=lambda v: (-votes[v], v))
    aliases = {a for e in versions for a in (e.name, *e.aliases)} - {name}
    return Entity(
        id=versions[0].id,
        type=kind,
        name=name,
        aliases=tuple(sorted(aliases)),
        wikidata=min((e.wikidata for e in known if e.wikidata), default=""),
        within=min((e.within for e in known if e.within), default=""),
        origin=origin,
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes one proposition of the claims that say the same."""

    id: str
    claims: Sequence[Claim]
    schema: Schema
    policy: Policy
    articles: Mapping[str, Article]
    origins: Mapping[str, Origin]
    names: Mapping[str, str]

    def make(self) -> Proposition | None:
        """The proposition, or None when the policy accepts too little of it."""
        sure = [c for c in self.claims if c.confidence >= self.policy.threshold]
        accepted = [c for c in sure if c.asserted]
        if not accepted:
            return None
        sources = self._sources(accepted)
        if len(sources) < self.policy.min_sources:
            return None
        subject, _ = _ends(accepted[0], self.schema)
        first, last = self._times(accepted)
        return Proposition(
            id=self.id,
            subject=subject,
            relation=accepted[0].relation,
            object=self._object(accepted),
            topic=min(c.qualifiers.topic for c in accepted),
            claims=tuple(sorted(c.id for c in accepted)),
            denials=tuple(sorted(c.id for c in sure if c.negated and c.mood is Mood.ACTUAL)),
            articles=tuple(sorted({c.article for c in accepted})),
            sources=tuple(sorted(sources)),
            first=first,
            last=last,
            confidence=_noisy_or(sources.values()),
        )

    def _object(self, accepted: Sequence[Claim]) -> Argument | Literal:
        obj = accepted[0].object
        if isinstance(obj, Literal):
            return Literal(min(c.object.text for c in accepted if isinstance(c.object, Literal)))
        _, end = _ends(accepted[0], self.schema)
        return Argument(end, self.names[end])

    def _sources(self, accepted: Sequence[Claim]) -> dict[str, float]:
        """Independent sources, each with its most confident claim."""
        group = independent(self.origins[c.article] for c in accepted)
        best: dict[str, float] = {}
        for claim in accepted:
            name = group[self.origins[claim.article]]
            best[name] = max(best.get(name, 0.0), claim.confidence)
        return best

    def _times(self, accepted: Sequence[Claim]) -> tuple[str, str]:
        """Earliest start and latest end, in the precision they were given in."""
        starts = [c.when.start or c.when.end or self.articles[c.article].date for c in accepted]
        ends = [c.when.end or c.when.start or self.articles[c.article].date for c in accepted]
        first = min(((d, s) for s in starts if (d := first_day(s))), default=(None, ""))
        last = max(((d, s) for s in ends if (d := last_day(s))), default=(None, ""))
        return first[1], last[1]


def _ends(claim: Claim, schema: Schema) -> tuple[str, str]:
    """Identities of both ends; sorted where the relation has no direction."""
    ends = claim.subject.entity, key_of(claim.object)
    if isinstance(claim.object, Argument) and schema.relations[claim.relation].symmetric:
        return min(ends), max(ends)
    return ends


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _noisy_or(confidences: Iterable[float]) -> float:
    """Chance that at least one independent source is right, in [0, 0.99]; the order of terms does not matter."""
    doubt = reduce(lambda rest, c: rest * (1.0 - c), sorted(confidences), 1.0)
    return min(MAX_CONFIDENCE, round(1.0 - doubt, 6))
