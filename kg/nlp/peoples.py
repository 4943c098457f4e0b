"""Groups known by a people or a patron that no list has: "Kurdish fighters", "Iraqi Kurds", "Rwandan-backed rebels"."""

from kg.nlp.entities import Entities
from kg.nlp.grammar import Tree

_BEHIND = frozenset({"back", "lead", "support", "sponsor", "arm", "train", "fund", "ally", "align"})
"""What makes another state's patronage, not its own action: "Iranian-backed militias"."""
_CREEDS = frozenset({
    "muslims", "moslems", "jews", "christians", "catholics", "protestants", "hindus", "buddhists", "sikhs",
    "westerners",
})  # fmt: skip
"""Too many and too far apart to act as one, unless a word tells which: "Bosnian Muslims"."""
_MODIFIERS = ("amod", "compound", "nmod:desc", "nmod:poss")


class Peoples:
    """Finds the words before a noun that tell whose group it is.

    Args:
        tree: the article's words.
        entities: its names; a people with an entry of its own is one of them.
    """

    def __init__(self, tree: Tree, entities: Entities) -> None:
        self.tree, self.entities = tree, entities
        self._words = {k for first, end, label in tree.names if label == "NORP" for k in range(first, end)}

    def is_people(self, i: int) -> bool:
        """Does the word name several members of a people without a state: "Kurds", "Muslims"?"""
        if i not in self._words or i in self.entities.at or not self.tree.is_plural(i):
            return False
        return self.tree.words[i].casefold() not in _CREEDS or self.first_of_people(i) < i

    def first(self, i: int) -> int:
        """First word of what tells a group from others; `i` where nothing does.

        A people before the noun ("Kurdish fighters"), or a state behind it ("Rwandan-backed rebels").
        """
        tree = self.tree
        for c in tree.kids(i, *_MODIFIERS):
            if c < i and ((c in self._words and c not in self.entities.at) or self._patron(c)):
                return min(k for k in tree.subtree(c) if k <= c)
        return i

    def first_of_people(self, i: int) -> int:
        """First word of a people's name with what tells it from others: "Bosnian Serbs", "ethnic Albanians"."""
        tree, first = self.tree, i
        while first and tree.heads[first - 1] == i and tree.rels[first - 1] in {"amod", "compound"}:
            if not (tree.words[first - 1][:1].isupper() or tree.words[first - 1].casefold() == "ethnic"):
                break
            first -= 1
        return first

    def _patron(self, c: int) -> bool:
        """ "Turkish-backed", "U.S.-led"."""
        tree = self.tree
        hyphen = c and tree.words[c - 1] in {"-", "–"}
        return bool(hyphen) and tree.lemmas[c] in _BEHIND and any(
            tree.words[k][:1].isupper() for k in tree.children[c] if k < c
        )  # fmt: skip
