"""Negation of a predicate by the words below it: "not", "no", "nobody", "without", "neither", "nor"."""

from kg.nlp.grammar import Tree
from kg.nlp.signatures import Signatures

_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_NOT_ONLY = frozenset({"only", "just", "merely", "simply", "least"})
"""Words behind "not" that take its negation away."""


class Negation:
    """Finds the negations of one tree."""

    def __init__(self, tree: Tree, signatures: Signatures) -> None:
        self.tree, self.signatures = tree, signatures

    def denies(self, i: int, *, carried: int = -1) -> bool:
        """Does the predicate itself carry a negation ("vowed not to attack")? `carried` is a light verb's noun."""
        tree = self.tree
        count = sum(
            1
            for c in tree.children[i]
            if (tree.rels[c] in {"advmod", "neg"} and self._is_not(c))
            or (tree.rels[c] == "det" and tree.words[c].casefold() in self.signatures.no_determiners)
            or (tree.rels[c] in {"mark", "case"} and tree.words[c].casefold() == "without")
            or (tree.rels[c] in {"nsubj", "nsubj:pass", "obj"} and c != carried and self._is_nobody(c))
            or (tree.rels[c] == "cc:preconj" and tree.words[c].casefold() == "neither")
        )
        return (count + self.is_alternative(i)) % 2 == 1

    def is_alternative(self, i: int) -> bool:
        """ "nor recognised Kosovo"."""
        return any(self.tree.words[c].casefold() == "nor" for c in self.tree.kids(i, "cc"))

    def _is_not(self, c: int) -> bool:
        """ "not", but not the "not" of "not only"."""
        word = self.tree.words[c].casefold()
        phrase = " ".join(self.tree.words[k].casefold() for k in self.tree.subtree(c))
        if not {word, phrase} & self.signatures.negations:
            return False
        following = self.tree.words[c + 1].casefold() if c + 1 < len(self.tree.words) else ""
        return following not in _NOT_ONLY

    def _is_nobody(self, subject: int) -> bool:
        tree = self.tree
        if tree.words[subject].casefold() in _NOBODY:
            return True
        determiners = {tree.words[c].casefold() for c in tree.kids(subject, "det", "cc:preconj")}
        return bool(determiners & self.signatures.no_determiners)
