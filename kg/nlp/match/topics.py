"""The words of a topic, or of what is no entity, cut to a readable length."""

from kg.nlp.grammar import Tree

LONGEST_TOPIC = 30
"""Words of the longest topic or literal object; longer ones are cut at a phrase boundary before that."""
_JOINT = frozenset(
    {"work", "partner", "cooperate", "collaborate", "coordinate", "meet", "discuss", "address", "continue"}
)
"""Infinitives that name no thing to be for or against ("commitment to work together")."""
_DANGLING = frozenset({"and", "or", "what", "which", "who", ","})
"""Words at the end of a phrase whose clause was cut: "free trade and what it calls order"."""


def thing(tree: Tree, k: int) -> int | None:
    """What one may be for or against: the word itself, or the purpose of "working together to keep the peace"."""
    if tree.pos[k] == "ADJ" and tree.kid(k, "cop") is None:
        return None
    if tree.pos[k] == "VERB" and tree.lemmas[k] in _JOINT:
        return next((c for c in tree.kids(k, "advcl", "xcomp") if tree.is_infinitive(c)), None)
    expressed = tree.rels[k] == "acl" and tree.tags[k] == "VBN"  # "concerns expressed by Paris"
    return None if expressed else k


def topic_range(tree: Tree, k: int) -> tuple[int, int]:
    """A phrase without what introduces it."""
    first, end = tree.clause(k) if tree.pos[k] in {"VERB", "AUX"} else tree.phrase(k)
    while first < end and (tree.rels[first] in {"mark", "case", "cc"} and tree.heads[first] == k):
        first += 1
    return first, min(end, first + LONGEST_TOPIC)


def literal_range(tree: Tree, k: int) -> tuple[int, int]:
    """The whole phrase with its coordination, up to a comma that opens another thought; "to" stays."""
    first, end = _clause_range(tree, k) if tree.pos[k] in {"VERB", "AUX"} else _coordination_range(tree, k)
    end = min(end, first + LONGEST_TOPIC)
    for x in range(k + 1, end):
        if tree.words[x] in {"–", "—", ";"} or (tree.words[x] == "," and tree.tags[min(x + 1, end - 1)] == "VBG"):
            end = x
            break
    while end > first + 1 and tree.words[end - 1].casefold() in _DANGLING:
        end -= 1
    return first, end


def _clause_range(tree: Tree, k: int) -> tuple[int, int]:
    """A clause from its own words on: its negation is the claim's."""
    first, end = tree.clause(k)
    while first < end and tree.heads[first] == k and (tree.rels[first] in {"case", "cc"} or tree.words[first] == "not"):
        first += 1
    return (first + 1 if tree.tags[k] != "VB" and tree.rels[first] == "mark" else first), end


def _coordination_range(tree: Tree, k: int) -> tuple[int, int]:
    """A noun phrase with all that is coordinated to it."""
    left_out = ("case", "mark", "punct", "acl:relcl", "parataxis", "advcl", "appos", "dep")
    inside = [x for x in tree.subtree(k, skip=left_out) if tree.sents[x] == tree.sents[k]]
    return topic_range(tree, k)[0], inside[-1] + 1
