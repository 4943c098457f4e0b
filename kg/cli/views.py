"""Claims and entities as plain values: what `kg show` and `kg explain` print, as text or as JSON."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.graph.origins import publisher_of
from kg.ids import fold
from kg.model import Argument, Article, Claim, Entity, Graph, Literal, Mood, Proposition, Sentence
from kg.schema import Schema

FAMILIES = {
    "affiliation": "Offices and memberships",
    "encounter": "Encounters",
    "event": "Events",
    "stance": "Stances",
    "speech": "Statements",
}
"""Headings by family of relation, in the order in which they are shown."""


@dataclass(frozen=True)
class Names:
    """Look-ups in a graph."""

    graph: Graph
    schema: Schema

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """By id."""
        return {entity.id: entity for entity in self.graph.entities}

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """By key."""
        return {article.key: article for article in self.graph.articles}

    @cached_property
    def propositions(self) -> Mapping[str, Proposition]:
        """By id."""
        return {proposition.id: proposition for proposition in self.graph.propositions}

    @cached_property
    def sentences(self) -> Mapping[tuple[str, int], Sentence]:
        """By article and index."""
        return {(sentence.span.article, sentence.index): sentence for sentence in self.graph.sentences}

    def name(self, argument: Argument | Literal) -> str:
        """Name of an entity, or the words."""
        return self.entities[argument.entity].name if isinstance(argument, Argument) else f"“{argument.text}”"

    def proposition(self, claim: Claim) -> Proposition | None:
        """What the claim has in common with others, if some claim of it is accepted."""
        return self.propositions.get(self.graph.proposition_of[claim.id])


def phrase(claim: Claim, names: Names) -> str:
    """A claim in one line: `Fred Fleitz: chief of staff, National Security Council (former)`."""
    q = claim.qualifiers
    said = _statement(claim, names)
    said += f", to {names.name(q.addressee)}" if q.addressee else ""
    said += f", on {q.topic}" if q.topic and fold(q.topic) != fold(_words(claim, names)) else ""
    said += f", in {names.name(q.place)}" if q.place else ""
    said += f", {period(claim)}" if period(claim) else ""
    said += f" [{claim.mood}]" if claim.mood is not Mood.ACTUAL else ""
    return said + (f", according to {names.name(claim.attributed_to)}" if claim.attributed_to else "")


def _words(claim: Claim, names: Names) -> str:
    """Object of a claim, without quotation marks."""
    return claim.object.text if isinstance(claim.object, Literal) else names.name(claim.object)


def _statement(claim: Claim, names: Names) -> str:
    """Subject, relation, object; of an office also its title."""
    q, subject, obj = claim.qualifiers, names.name(claim.subject), names.name(claim.object)
    denied = "NOT " if claim.negated else ""
    tenure = f" ({q.tenure})" if q.tenure else ""
    if claim.relation == "holds_position" and q.title:  # the title says more than the relation
        return f"{subject}: {denied}{q.title}, {obj}{tenure}"
    title = f" as {q.title}" if q.title else ""
    return f"{subject} {denied}{names.schema.relations[claim.relation].label} {obj}{title}{tenure}"


def period(claim: Claim) -> str:
    """When a claim holds: `2024-06-27`, `2018 to 2019`, or the text's own words."""
    when = claim.when
    if when.start and when.end and when.start != when.end:
        return f"{when.start} to {when.end}"
    if when.start or when.end:
        return when.start if when.start == when.end else f"since {when.start}" if when.start else f"until {when.end}"
    return when.text


def words_of(claim: Claim, names: Names) -> list[dict[str, str]]:
    """The words that carry a claim, with their source."""
    article = names.articles[claim.article]
    return [
        {
            "article": article.key,
            "source": publisher_of(article),
            "date": article.date,
            "text": article.text[evidence.span.start : evidence.span.end],
            "rule": evidence.rule,
        }
        for evidence in claim.evidence
    ]


def claim_view(claim: Claim, names: Names) -> dict[str, Any]:
    """A claim as plain values."""
    proposition = names.proposition(claim)
    return {
        "id": claim.id,
        "says": phrase(claim, names),
        "relation": claim.relation,
        "negated": claim.negated,
        "mood": claim.mood.value,
        "confidence": claim.confidence,
        "proposition": names.graph.proposition_of[claim.id],
        "independent_sources": len(proposition.sources) if proposition else 0,
        "contested": bool(proposition and proposition.contested),
        "evidence": words_of(claim, names),
    }


def entity_view(entity: Entity, names: Names) -> dict[str, Any]:
    """An entity with all that is claimed of it, by family of relation."""
    mentions = [mention for mention in names.graph.mentions if mention.entity == entity.id]
    keys = sorted({mention.span.article for mention in mentions})
    within = names.entities.get(entity.within)
    claims = [claim for claim in names.graph.claims if takes_part(entity, claim)]
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "wikidata": entity.wikidata,
        "within": within.name if within else entity.within,
        "mentions": len(mentions),
        "articles": keys,
        "claims": {family: _family(claims, family, names) for family in FAMILIES},
    }


def takes_part(entity: Entity, claim: Claim) -> bool:
    """Is the entity subject or object of the claim?"""
    return entity.id in (claim.subject.entity, claim.object.entity if isinstance(claim.object, Argument) else "")


def _family(claims: Iterable[Claim], family: str, names: Names) -> list[dict[str, Any]]:
    """Claims of a family; those that say the same in several articles are one, with all the words."""
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for claim in sorted(claims, key=lambda c: _order(c, names)):
        if names.schema.relations[claim.relation].family != family:
            continue
        view = claim_view(claim, names)
        known = merged.setdefault((view["proposition"], view["says"]), view)
        if known is not view:
            known["evidence"].extend(view["evidence"])
    return list(merged.values())


def _order(claim: Claim, names: Names) -> tuple[str, str, str]:
    """By time, newest last, so that a list reads like a story."""
    date = claim.when.start or claim.when.end or names.articles[claim.article].date
    return date, phrase(claim, names), claim.id


def counts(values: Iterable[str]) -> list[tuple[str, int]]:
    """How often each value comes, the most frequent first."""
    return sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
