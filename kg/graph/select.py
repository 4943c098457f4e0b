"""A part of a graph, by date or by entity, for an export.

A part says nothing that the whole does not say: its claims and propositions are those of the whole, with the counts and
dates of the whole, only fewer. All that they refer to comes with them.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from kg.graph.dates import first_day
from kg.model import Argument, Claim, Entity, Graph


def select(graph: Graph, *, since: date | None = None, entity: str = "") -> Graph:
    """The claims of some articles or about some entity, and what they refer to.

    Args:
        graph: the whole, as `kg.graph.project` made it.
        since: articles of this day or later; one whose date is unknown is left out, and one with a mere month or year
            counts from its first day. None: all articles.
        entity: id of an entity that is subject, object or speaker of each claim; articles without such claims are left
            out. "": all claims.

    Returns:
        The part. A proposition is there if one of its claims is, and keeps the ids of all.
    """
    if since is None and not entity:
        return graph
    articles = [a for a in graph.articles if since is None or _dated(a.date, since)]
    keys = {a.key for a in articles}
    claims = tuple(c for c in graph.claims if c.article in keys and (not entity or entity in _actors(c)))
    used = {i for c in claims for i in c.entities()}
    if entity:
        keys = {c.article for c in claims}
    mentions = tuple(m for m in graph.mentions if m.span.article in keys and (not entity or m.entity in used))
    carriers = {(c.article, e.sentence) for c in claims for e in c.evidence}
    propositions = {graph.proposition_of[c.id] for c in claims}
    return Graph(
        articles=tuple(a for a in articles if a.key in keys),
        entities=_closed(graph.entities, used | {m.entity for m in mentions}),
        sentences=tuple(s for s in graph.sentences if (s.span.article, s.index) in carriers),
        mentions=mentions,
        claims=claims,
        propositions=tuple(p for p in graph.propositions if p.id in propositions),
        proposition_of={c.id: graph.proposition_of[c.id] for c in claims},
        part="-".join(filter(None, [f"since-{since}" if since else "", f"entity-{entity}" if entity else ""])),
    )


def _dated(iso: str, since: date) -> bool:
    day = first_day(iso)
    return day is not None and day >= since


def _actors(claim: Claim) -> Iterator[str]:
    return (a.entity for a in (claim.subject, claim.object, claim.attributed_to) if isinstance(a, Argument))


def _closed(entities: Iterable[Entity], wanted: set[str]) -> tuple[Entity, ...]:
    """The wanted entities and those that they lie within, as far as the graph knows them."""
    known = {e.id: e for e in entities}
    kept: dict[str, Entity] = {}
    for ident in wanted:
        entity = known.get(ident)
        while entity is not None and entity.id not in kept:
            kept[entity.id] = entity
            entity = known.get(entity.within)
    return tuple(kept[i] for i in sorted(kept))
