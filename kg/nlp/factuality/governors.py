"""Governors: which entry of the factuality lexicon holds for a word and what hangs on it."""

from kg.nlp.grammar import OBLIQUE_CONTROL, Tree, verb_lemma
from kg.nlp.signatures import Modal, Signature, Signatures

_KINDS = {"PROPN": "NOUN", "AUX": "VERB"}
"""Classes of words that the lexicon does not tell apart."""


def governing(tree: Tree, signatures: Signatures, governor: int, here: int) -> Signature | None:
    """The signature of a governor for this complement."""
    complements = _complements(tree, here)
    if not complements:
        return None
    lemma, find = verb_lemma(tree, governor), signatures.find
    own = tree.kid(governor, "obj", "iobj", "nsubj:pass", "aux:pass") is not None
    agent = "object" if own else "subject"
    if lemma in OBLIQUE_CONTROL:  # "called on Paris to act"
        asked = [tree.case(c) for c in tree.kids(governor, "obl") if c < here]
        found = (find(f"{lemma} {case}", "VERB", complements, agent="object") for case in asked)
        return next((s for s in found if s), None) or find(lemma, "VERB", complements, agent=agent)
    pos = tree.pos[governor]
    return find(lemma, _KINDS.get(pos, pos), complements, agent=agent)


def semi_modal(tree: Tree, signatures: Signatures, governor: int, here: int) -> Modal | None:
    """The entry of a semi-auxiliary before an infinitive: "is going to", "have to", "was to"; None where it is none."""
    if tree.rels[here] not in {"xcomp", "advcl", "ccomp"} or tree.case(here) != "to":
        return None
    if tree.lemmas[governor] == "go" and tree.tags[governor] == "VBG":
        return signatures.modals["be going to"]
    return signatures.modals.get(f"{tree.lemmas[governor]} to")


def _complements(tree: Tree, here: int) -> tuple[str, ...]:
    """Kinds of complement that the word is to its governor, best first: `to that ing nominal` or a preposition."""
    rel, case = tree.rels[here], tree.opener(here)
    clause = tree.pos[here] in {"VERB", "AUX"} or tree.kid(here, "cop") is not None
    if rel in {"xcomp", "ccomp", "acl", "csubj", "advcl"} and clause:
        if case == "to":
            return ("to",)
        if tree.tags[here] == "VBG" and (case or tree.kid(here, "aux", "nsubj") is None):
            beside = not case and rel == "advcl"  # "rejected the remarks, accusing the union of bias"
            return () if beside else tuple(c for c in (case, "ing") if c)
        return ("that",) if rel in {"ccomp", "csubj"} or case == "that" else ()
    if rel in {"obj", "nsubj:pass", "iobj", "xcomp"}:
        return ("nominal",)
    if rel in {"obl", "nmod", "obl:agent"}:
        return (case, "nominal") if case == "of" else (case,)
    return ()
