"""Where somebody is said to be: "is in India for talks" read as a verb with a place."""

from kg.nlp.entities import PLACES, Entities
from kg.nlp.grammar import Tree

_OF_THE_PLACE = frozenset({"case", "det", "amod", "compound", "flat", "appos", "nmod:desc", "nmod:poss"})


def mend_locations(tree: Tree, entities: Entities) -> None:
    """Make the copula the head where the name of a place is the predicate: who is somewhere may have gone there.

    Args:
        tree: changed in place.
        entities: names of the article.
    """
    for name in entities.names:
        copula = tree.kid(name.head, "cop")
        if name.type not in PLACES or copula is None or tree.case(name.head) != "in":
            continue
        above, rel = tree.heads[name.head], tree.rels[name.head]
        tree.move(copula, copula if above == name.head else above, rel)
        tree.pos[copula] = "VERB"
        for c in [c for c in tree.children[name.head] if tree.rels[c] not in _OF_THE_PLACE]:
            tree.move(c, copula, tree.rels[c])
        tree.move(name.head, copula, "obl")
