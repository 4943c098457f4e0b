"""Who is meant by "the two leaders", "both sides", "the pair": actors that were named together."""

from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree, first_conjunct
from kg.nlp.lexicons import Lexicons
from kg.nlp.noun_phrases import NounPhrases
from kg.nlp.referent import REACH, Referent

DUOS = frozenset({"pair", "duo"})
_TELLING_APART = ("amod", "compound", "nmod", "nmod:poss", "acl", "acl:relcl")
"""Modifiers that say which ones: "the civil rights leaders" are none of those named before."""
_KNOWN = frozenset({"the", "these", "those", "both", "all", "our", "their"})
"""Words before a number of people who were named before."""
MOST_LEADERS = 6
"""Largest group that "the leaders" may mean."""


class Pairs:
    """Finds such groups in one article; each goes on from the one before."""

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons, phrases: NounPhrases) -> None:
        self.tree, self.entities, self.lexicons, self.phrases = tree, entities, lexicons, phrases
        self._groups: dict[int, tuple[str, ...]] = {}

    def forget(self) -> None:
        """Begin anew, when more of the article's people is known."""
        self._groups.clear()

    def is_pair(self, i: int) -> bool:
        """Does a noun mean several who were named before: "the two leaders", "both sides"?"""
        tree = self.tree
        if not tree.is_plural(i) or self.phrases.owners(i):
            return False
        words = {tree.words[c].casefold() for c in tree.children[i] if c < i}
        alone = tree.kid(i, *_TELLING_APART) is None
        bare = tree.lemmas[i] in {"leader", "side"} and alone
        if words & {"two", "three"} and not words & _KNOWN:  # "two inspectors rejected by Iran"
            return alone
        return bool(words & {"two", "three", "both"}) or ("the" in words and bare)

    def of(self, i: int) -> tuple[Referent, ...]:
        """The last two (or three) actors of the right kind that were named together."""
        tree = self.tree
        words = {tree.words[c].casefold() for c in tree.children[i]} | {tree.words[i].casefold()}
        count = next((n for n, word in enumerate(("two", "three", "four", "five"), 2) if word in words), 0)
        count = 2 if words & {"both", *DUOS} else count
        persons = tree.lemmas[i] in {"man", "two", "three", *DUOS} or tree.lemmas[i] in self.lexicons.title_heads
        for back in range(REACH + 1):
            sent = tree.sents[i] - back
            group = self._told_together(sent, i, tree.lemmas[i]) or self._named_together(sent, i, persons=persons)
            if (count and len(group) == count) or (not count and 2 <= len(group) <= MOST_LEADERS):
                self._groups[i] = tuple(group)
                return tuple(Referent(e, self.entities.type_of(e), i, i + 1, "group") for e in group)
            if len(group) > max(count, 1):
                return ()
        return ()

    def _told_together(self, sent: int, before: int, lemma: str) -> list[str]:
        """Whom the same noun meant in a sentence that may name others: "The leaders discussed a trip of A and B"."""
        told = [k for k in self._groups if k < before and self.tree.sents[k] == sent and self.tree.lemmas[k] == lemma]
        return list(self._groups[max(told)]) if told else []

    def _named_together(self, sent: int, before: int, *, persons: bool) -> list[str]:
        if sent < 0:
            return []
        first, end = self.tree.bounds[sent]
        found: dict[str, None] = {}
        for k in range(first, min(end, before)):
            name = self.entities.at.get(k)
            if name is None or name.head != k or self._is_owner(name) or self._is_apart(k, before):
                continue
            kind = self.entities.type_of(name.entity)
            if kind == "Person" if persons else kind in {"Country", "Government", "ArmedGroup"}:
                found[name.entity] = None
        return list(found)

    def _is_apart(self, k: int, noun: int) -> bool:
        """Who brought the others together ("brokered by Qatar"), or says what both did, is none of them."""
        tree, top = self.tree, first_conjunct(self.tree, k)
        told = tree.rels[top] == "nsubj" and tree.lemmas[tree.heads[top]] in self.lexicons.saying
        return tree.rels[top] == "obl:agent" or (told and tree.heads[top] in tree.ancestors(noun))

    def _is_owner(self, name: Name) -> bool:
        """ "of Japan" in "Prime Minister Ishiba of Japan" is no party of its own."""
        return self.tree.rels[name.head] in {"nmod", "nmod:poss", "amod", "compound"}
