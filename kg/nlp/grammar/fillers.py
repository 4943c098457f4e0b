"""From the head of a phrase to all who fill its slot: coordination spelled out, relative pronouns resolved."""

from kg.nlp.grammar.tree import SUBJECTS, Tree

RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
PREPOSITIONS = {
    "companion": ("with", "alongside", "together with", "along with"),
    "place": ("in", "at", "near", "inside", "outside", "across", "throughout"),
}
"""Slots that any of several prepositions may open."""
_OBLIQUE = ("obl", "nmod", "obl:agent", "nmod:poss", "advcl", "acl", "obl:unmarked")


def first_conjunct(tree: Tree, i: int) -> int:
    """The first member of a coordination, on which the others hang; the word itself where it is in none."""
    while tree.rels[i] == "conj" and tree.heads[i] != i:
        i = tree.heads[i]
    return i


def spread(tree: Tree, heads: list[int]) -> list[int]:
    """Coordinated members included; a conjunct with another preposition of its own is another phrase."""
    found: list[int] = []
    for head in heads:
        case = tree.case(head)
        found += [k for k in tree.conjuncts(head) if k == head or tree.case(k) in {"", case}]
    return found


def antecedents(tree: Tree, fillers: list[int], verb: int) -> list[int]:
    """Relative pronouns replaced by what they stand for."""
    relative = {f for f in fillers if tree.tags[f] in RELATIVE_TAGS or tree.lemmas[f] == "that"}
    clause = first_conjunct(tree, verb) if relative else verb
    if not relative or tree.rels[clause] not in {"acl:relcl", "acl"}:
        return fillers
    return [tree.heads[clause] if f in relative else f for f in fillers]


def prepositional(tree: Tree, head: int, *words: str) -> list[int]:
    """Heads of the phrases that these prepositions introduce below `head`."""
    return [k for word in words for k in antecedents(tree, spread(tree, _phrases(tree, head, word)), head)]


def _phrases(tree: Tree, head: int, word: str) -> list[int]:
    found = [
        c
        for c in tree.children[head]
        if tree.rels[c] in _OBLIQUE and tree.case(c) == word and not (word == "to" and tree.tags[c] == "VB")
    ]
    if word == "with":  # "opened talks, with Seoul seeking a delay"
        found = [c for c in found if tree.pos[c] != "VERB" or tree.kid(c, *SUBJECTS) is None]
    return found
