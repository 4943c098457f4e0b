"""Bodies called by their kind: "the alliance", "the party" is the one of that kind named shortly before."""

from kg.ids import fold
from kg.nlp.entities import Entities
from kg.nlp.grammar import Tree

_KINDS = {
    "alliance": {"IntergovernmentalOrganization"},
    "bloc": {"IntergovernmentalOrganization"},
    "grouping": {"IntergovernmentalOrganization"},
    "union": {"IntergovernmentalOrganization"},
    "organization": {"IntergovernmentalOrganization", "Organization", "ArmedGroup"},
    "organisation": {"IntergovernmentalOrganization", "Organization", "ArmedGroup"},
    "group": {"ArmedGroup", "Organization", "IntergovernmentalOrganization"},
    "movement": {"ArmedGroup", "PoliticalParty", "Organization"},
    "militia": {"ArmedGroup"},
    "party": {"PoliticalParty"},
    "company": {"Company"},
    "newspaper": {"MediaOrganization"},
    "tank": {"ThinkTank"},
}
"""Noun to the types of what it may mean."""
_NOT_BLOCS = frozenset({"united nations", "un", "u.n.", "iaea", "who"})
"""Bodies of all states, which nobody calls a bloc or an alliance."""
_REACH = 2
"""Sentences before its own in which the name may stand."""


def of_kind(tree: Tree, entities: Entities, noun: int) -> str:
    """The body that a bare "the alliance" means.

    Args:
        tree: the article's words.
        entities: its names.
        noun: index of the noun.

    Returns:
        A local id; "" where no body, or more than one, of that kind was named in the sentences before.
    """
    kinds = _KINDS.get(tree.lemmas[noun])
    before = [c for c in tree.children[noun] if c < noun]
    if kinds is None or tree.is_plural(noun) or any(c > noun and tree.case(c) for c in tree.children[noun]):
        return ""
    bare = [c for c in before if tree.rels[c] not in {"case", "punct", "cc"}]
    if [tree.words[c].casefold() for c in bare] not in (["the"], ["the", "think"]):
        return ""
    sent = tree.sents[noun]
    found = {
        n.entity
        for n in entities.names
        if n.end <= noun and sent - _REACH <= tree.sents[n.first] <= sent and entities.type_of(n.entity) in kinds
    }
    if tree.lemmas[noun] in {"alliance", "bloc", "union"}:
        found = {e for e in found if fold(entities.locals[e].name) not in _NOT_BLOCS}
    return found.pop() if len(found) == 1 else ""
