"""Light verbs, which only carry an event noun: "held talks", "came to an understanding"."""

from collections.abc import Mapping

from kg.nlp.grammar.fillers import first_conjunct
from kg.nlp.grammar.measures import counted
from kg.nlp.grammar.tree import Tree
from kg.nlp.grammar.verb_forms import verb_lemma


def light_verb(tree: Tree, noun: int, light_verbs: Mapping[str, frozenset[str]]) -> int | None:
    """The verb that only carries this event noun, or None."""
    top = counted(tree, first_conjunct(tree, noun))
    verb = tree.heads[top]
    if verb == top or tree.pos[verb] not in {"VERB", "AUX"}:
        return None
    lemma = light_lemma(tree, verb, top)
    fits = tree.rels[top] in {"obj", "nsubj:pass", "obl:unmarked", "obl"}
    return verb if fits and tree.lemmas[noun] in light_verbs.get(lemma, frozenset()) else None


def light_lemma(tree: Tree, verb: int, noun: int) -> str:
    """The verb as lists of light verbs name it: "hold" of "held talks", "come to" of "came to an understanding"."""
    case = tree.case(noun) if tree.rels[noun] == "obl" else ""
    return f"{verb_lemma(tree, verb)} {case}".strip()
