"""Descriptions in the tree: whose a noun is, and which words are its title or all of its phrase."""

from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "both"})
_FROM = ("of", "from", "in", "for", "at", "with")
_MODIFIERS = ("nmod:poss", "amod", "compound", "nmod:desc", "nmod:unmarked", "nmod", "flat")
BREAKS = frozenset(",;:()[]–—")
FOLLOWERS = frozenset({
    "ally", "supporter", "aide", "adviser", "advisor", "backer", "loyalist", "confidant", "opponent", "envoy",
    "associate", "surrogate",
})  # fmt: skip
"""People who are known by whose they are."""
ROLES = FOLLOWERS | {
    "counterpart", "colleague", "predecessor", "successor", "rival", "challenger", "friend", "host", "guest", "wife",
    "husband", "son", "daughter", "brother", "sister", "politician", "diplomat", "lawmaker", "economist", "billionaire",
    "businessman", "tycoon", "dissident", "oligarch", "candidate", "nominee", "incumbent", "strongman",
    "veteran", "mediator", "negotiator", "head", "boss", "figure", "dictator", "autocrat", "activist", "journalist",
}  # fmt: skip
"""Nouns beside the name of a person that are no title."""
_NO_PART = frozenset({
    "the", "a", "an", "some", "several", "many", "more", "than", "at", "least", "about",
    "nearly", "almost", "up", "to", "around", "over", "dozens", "hundreds", "thousands", "of",
})  # fmt: skip
"""Words before a description that are no part of it: "some 200 Palestinian women"."""


class NounPhrases:
    """Reads the noun phrases of one article."""

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
        self.tree, self.entities, self.lexicons = tree, entities, lexicons

    def is_definite(self, i: int) -> bool:
        """Is it something that the reader knows: "the ministry", "its leader"?"""
        first, _ = self.tree.phrase(i)
        return self.tree.words[first].casefold() in _DEFINITE or self.tree.words[i][:1].isupper()

    def owners(self, i: int) -> list[Name]:
        """Names that modify a noun, before it or behind `of from in for`."""
        tree, found = self.tree, []
        for c in tree.children[i]:
            before = tree.rels[c] in _MODIFIERS and c < i and tree.case(c) == ""
            behind = tree.rels[c] in {"nmod", "obl"} and c > i and tree.case(c) in _FROM
            if before or behind:
                for k in tree.conjuncts(c):
                    name = self.entities.at.get(k)
                    if name is not None and (name.head == k or tree.rels[k] != "amod"):
                        found.append(name)
        return found

    def actor_key(self, i: int) -> str:
        """The entry of the list of actor nouns that the word ends, two words before one; "" for none."""
        word = self.tree.words[i].casefold()
        two = f"{self.tree.words[i - 1].casefold()} {word}" if i else word
        return two if two in self.lexicons.actor_nouns else word if word in self.lexicons.actor_nouns else ""

    def title_range(self, i: int) -> tuple[int, int]:
        """The title's own words: "foreign minister" of "Japan's outgoing foreign minister"."""
        tree, first = self.tree, i
        while (
            first > 0
            and tree.heads[first - 1] in {i, first}
            and (first - 1) not in self.entities.at
            and (
                tree.rels[first - 1] in {"compound", "amod"}
                and tree.words[first - 1].casefold() not in self.lexicons.former
            )
        ):
            first -= 1
        return first, i + 1

    def owner_range(self, i: int) -> tuple[int, int]:
        """Words of a description: no article before it, nothing behind a comma; empty where it runs into a name."""
        tree = self.tree
        first, end = tree.phrase(i)
        while first < i and (tree.words[first].casefold() in _NO_PART or tree.pos[first] in {"CCONJ", "PUNCT", "NUM"}):
            first += 1
        for k in range(i + 1, end):
            if tree.words[k] in BREAKS or tree.words[k].casefold().rstrip(".") in self.lexicons.honorifics:
                end = k
                break
        clauses = [c for c in tree.kids(i, "acl", "ccomp") if c > i]
        end = min([end, *(min(k for k in tree.subtree(c) if k > i) for c in clauses)])  # "a soldier held by Hamas"
        behind = [self.entities.at.get(k) for k in range(i + 1, end + 1)]
        if any(name is not None and name.type == "Person" and name.first > i for name in behind):
            return i, i
        return first, end
