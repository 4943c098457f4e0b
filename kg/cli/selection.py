"""Find the entity or the claim that a user means."""

from collections.abc import Sequence

from kg.errors import NotFoundError
from kg.ids import fold
from kg.model import Claim, Entity, Graph, Proposition

SHOWN = 12
"""Candidates that an error lists."""


def find_entity(graph: Graph, words: str) -> Entity:
    """The entity of an id, a name or an alias; parts of names are tried last.

    Raises:
        NotFoundError: none, or several; the hint lists candidates with their ids.
    """
    for found in (_by_id(graph, words), _by_name(graph, words), _by_alias(graph, words), _by_part(graph, words)):
        if len(found) == 1:
            return found[0]
        if found:
            listed = "\n    ".join(f"{e.id}  {e.name} ({e.type})" for e in found[:SHOWN])
            more = f"\n    and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise NotFoundError(f"{len(found)} entities fit {words!r}", hint=f"give the id of one:\n    {listed}{more}")
    raise NotFoundError(f"nobody and nothing is called {words!r} here", hint="`kg stats DIR --entities` lists all")


def find_claims(graph: Graph, words: str) -> tuple[Claim, ...]:
    """The claim of an id or of the beginning of one, or the claims (and denials) of a proposition's id.

    Raises:
        NotFoundError: none, or several claims whose ids begin so.
    """
    if words.startswith("p:"):
        ids = {i for p in _propositions(graph, words) for i in (*p.claims, *p.denials)}
        return tuple(claim for claim in graph.claims if claim.id in ids)
    wanted = words if words.startswith("c:") else f"c:{words}"
    found = tuple(claim for claim in graph.claims if claim.id.startswith(wanted))
    if len(found) == 1:
        return found
    if found:
        listed = "\n    ".join(claim.id for claim in found[:SHOWN])
        raise NotFoundError(f"{len(found)} claims begin with {words!r}", hint=f"give more of the id:\n    {listed}")
    raise NotFoundError(f"no claim {words!r}", hint="ids are shown by `kg show` and `kg export --format jsonl`")


def _propositions(graph: Graph, words: str) -> Sequence[Proposition]:
    found = [proposition for proposition in graph.propositions if proposition.id.startswith(words)]
    if len(found) != 1:
        raise NotFoundError(f"{len(found) or 'no'} propositions begin with {words!r}")
    return found


def _by_id(graph: Graph, words: str) -> list[Entity]:
    return [e for e in graph.entities if words in (e.id, e.wikidata)]


def _by_name(graph: Graph, words: str) -> list[Entity]:
    wanted = fold(words)
    return [e for e in graph.entities if wanted and fold(e.name) == wanted]


def _by_alias(graph: Graph, words: str) -> list[Entity]:
    wanted = fold(words)
    return [e for e in graph.entities if wanted and wanted in map(fold, e.aliases)]


def _by_part(graph: Graph, words: str) -> list[Entity]:
    wanted = fold(words)
    return [e for e in graph.entities if wanted and any(wanted in fold(name) for name in (e.name, *e.aliases))]
