"""Trees put right by what their names are: who is somewhere, and long titles before a name."""

from kg.nlp.entities import PLACES, Entities
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

_OF_THE_TITLE = frozenset({"compound", "amod", "nmod", "nmod:poss", "flat"})
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


def mend_titles(tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
    """In "Secretary of State Colin Powell" the name is the head, also where its title is longer than a word.

    Args:
        tree: changed in place.
        entities: names of the article.
        lexicons: words that are titles.
    """
    for name in entities.names:
        title = tree.heads[name.head]
        if name.type != "Person" or tree.rels[name.head] != "appos" or not title < name.first:
            continue
        between = range(title + 1, name.first)
        if tree.lemmas[title] not in lexicons.title_heads or any(tree.pos[k] == "PUNCT" for k in between):
            continue
        above = tree.heads[title]
        tree.move(name.head, name.head if above == title else above, tree.rels[title])
        for c in [c for c in tree.children[title] if tree.rels[c] not in _OF_THE_TITLE and c != name.head]:
            tree.move(c, name.head, tree.rels[c])
        tree.move(title, name.head, "nmod:desc")
