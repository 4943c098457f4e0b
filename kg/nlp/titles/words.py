"""Words of offices: titles, the marks and names beside them."""

import re

from kg.ids import fold
from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

LONGEST = 14
"""Words of the longest title that is looked for before or after a name."""
DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its", "their", "another", "one", "our", "my"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
JOINTS = POSSESSIVES | {"-", "–"}
"""Marks between the words of a title."""
NATIONS = frozenset({"nation", "country", "state", "republic", "kingdom"})
"""Nouns for the state that a text is about: "the nation's nuclear chief"."""
COUNTERPARTS = frozenset({"counterpart", "opposite number", "homologue"})
"""Nouns for who holds the same office of another state."""
_ABROAD = {
    "secretary of state": "foreign minister", "foreign secretary": "foreign minister",
    "external affairs minister": "foreign minister", "secretary of defense": "defense minister",
    "defense secretary": "defense minister", "defence secretary": "defence minister",
    "secretary of war": "defense minister", "treasury secretary": "finance minister",
    "secretary of the treasury": "finance minister", "homeland security secretary": "interior minister",
}  # fmt: skip
"""Offices of a few states by the name that their counterparts have elsewhere."""
EARLIER = re.compile(r"^(?:ex|then)-", re.IGNORECASE)
"""What before a title puts the office in the past."""


def abroad(title: str) -> str:
    """The name that an office has in other states: "foreign minister" of "secretary of state"."""
    return _ABROAD.get(fold(title), title)


class TitleWords:
    """What the words of one article are to an office."""

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
        self.tree, self.entities, self.lexicons = tree, entities, lexicons

    def is_title(self, k: int) -> bool:
        """Does the word name an office?"""
        tree = self.tree
        if tree.words[k].casefold().rstrip(".") in self.lexicons.honorific_titles:
            return True
        lemma = EARLIER.sub("", tree.lemmas[k])
        return lemma in self.lexicons.title_heads and tree.pos[k] in {"NOUN", "PROPN", "ADJ"}

    def is_plural(self, k: int) -> bool:
        """ "Presidents", "Sens."."""
        tree = self.tree
        return tree.is_plural(k) or tree.words[k].casefold() == tree.lemmas[k] + "s"

    def is_possessive(self, k: int) -> bool:
        """Is the word the mark of a possessive?"""
        return k < len(self.tree.words) and self.tree.words[k] in POSSESSIVES

    def is_person(self, k: int) -> bool:
        """Does the word begin or continue the name of a person who owns nothing?"""
        name = self.entities.at.get(k)
        if name is None or self.type_of(name) != "Person" or self.is_possessive(name.end):
            return False
        behind = self.entities.at.get(name.end)  # "a Trump campaign adviser"
        return behind is None or behind.rule != "carrier" or behind.first != name.first

    def type_of(self, name: Name) -> str:
        """Entity type of a name."""
        return self.entities.type_of(name.entity)

    def is_suffix(self, k: int) -> bool:
        """ "-designate", "-elect" and "-in-chief" after a title."""
        return self.is_hyphen(k) or self.tree.words[k].casefold() in self.lexicons.future

    def is_hyphen(self, k: int) -> bool:
        """A dash with no blank on either side."""
        tree = self.tree
        if not 0 < k < len(tree.words) - 1 or tree.words[k] not in {"-", "–"}:
            return False
        return tree.ends[k - 1] == tree.starts[k] and tree.ends[k] == tree.starts[k + 1]
