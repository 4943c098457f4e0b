"""Speakers without a name: "his lawyer said", "according to two Western diplomats", "sources on both sides said"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.nlp.dates.words import WEEKDAYS
from kg.nlp.entities import Entities
from kg.nlp.grammar import Tree, measured
from kg.nlp.lexicons import Lexicons

if TYPE_CHECKING:
    from collections.abc import Callable

INFORMANT = "informant"
"""Rule of a referent that is somebody known only by what he says."""
_DETERMINERS = frozenset({"the", "a", "an", "some", "this", "that", "these", "those", "another", "one", "any"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_OWNERS = frozenset({"my", "your", "our", "his", "her", "its", "their"})
_BREAKS = frozenset(',;:()[]–—"“”')
_DAYS = frozenset(WEEKDAYS) | frozenset({"today", "yesterday", "tonight", "late", "early", "earlier", "this", "last"})
_LOOSE = frozenset({"ADP", "DET", "PUNCT", "CCONJ", "SCONJ", "PART"})
_CONTENT = ("ccomp", "parataxis")
_LONGEST = 9
"""Words of the longest description; of longer ones what stands up to their noun is kept."""
_BACK = 4
"""Sentences over which "the officials" are those who spoke before."""


class Informants:
    """Finds who speaks unnamed in one article.

    Args:
        tree: the article's words.
        entities: its names.
        lexicons: nouns for such people, and verbs of saying.
        find: what a word refers to: local ids and the words that say so.
    """

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons,
                 find: Callable[[int], list[tuple[str, int, int]]]) -> None:  # fmt: skip
        self.tree, self.entities, self.lexicons, self.find = tree, entities, lexicons, find

    def of(self, i: int) -> tuple[str, int, int] | None:
        """Local id and word range of the speaker whom the noun at word `i` describes; None where it is no speaker."""
        if not self._is_informant(i) or not self.speaks(i):
            return None
        first, end = self._range(i)
        owner = next((c for c in self.tree.kids(i, "nmod:poss") if self.tree.words[c].casefold() in _OWNERS), None)
        if owner is not None:
            return self._owned(i, owner, end)
        known = self._before(i) if self._is_definite(i) else None
        if known is not None:
            return known, first, end
        singular = not self.tree.is_plural(i) and self.tree.kid(i, "nummod") is None
        if self._is_definite(i) and singular and end == i + 1:
            return None  # "the minister said", of whom nothing was told
        return self._made(i, self.tree.line(first, end)), first, end

    def speaks(self, i: int) -> bool:
        """Is a word the subject of a verb that reports something, or what stands behind "according to"?"""
        tree, top = self.tree, self._top(i)
        if tree.case(top) == "according to":
            return True
        verb = tree.heads[top]
        if verb == top or tree.rels[top] != "nsubj" or tree.pos[verb] != "VERB":
            return False
        if self._delivers(verb):
            return True
        if tree.lemmas[verb] not in self.lexicons.saying | self.lexicons.reporting:
            return False
        inserted = tree.rels[verb] in _CONTENT and tree.heads[verb] < verb and tree.kid(verb, "obj") is None
        return inserted or tree.kid(verb, *_CONTENT) is not None

    def _delivers(self, verb: int) -> bool:
        """ "advisers have delivered this message: ..."."""
        tree = self.tree
        noun = tree.kid(verb, "obj")
        return noun is not None and tree.lemmas[noun] == "message" and tree.kid(verb, "parataxis") is not None

    def _top(self, i: int) -> int:
        """The head of the phrase that a word belongs to as a conjunct or as what is counted ("dozens of residents")."""
        tree, top = self.tree, i
        while tree.heads[top] != top and (tree.rels[top] == "conj" or measured(tree, tree.heads[top]) == top):
            top = tree.heads[top]
        return top

    def _is_informant(self, i: int) -> bool:
        tree, lexicons = self.tree, self.lexicons
        capital = tree.words[i][:1].isupper() and i != tree.bounds[tree.sents[i]][0]
        if tree.pos[i] not in {"NOUN", "PROPN"} or capital:
            return False
        return i not in self.entities.at and tree.lemmas[i] in lexicons.informants | lexicons.title_heads

    def _is_definite(self, i: int) -> bool:
        return any(self.tree.words[c].casefold() in _DEFINITE for c in self.tree.kids(i, "det"))

    def _range(self, i: int) -> tuple[int, int]:
        """The words of a description, without articles, up to a comma or a clause."""
        tree = self.tree
        first, end = tree.phrase(i)
        while first < i and (tree.words[first].casefold() in _DETERMINERS or tree.pos[first] in {"PUNCT", "CCONJ"}):
            first += 1
        end = next((k for k in range(i + 1, end) if self._ends(k)), end)
        while end - 1 > i and tree.pos[end - 1] in _LOOSE:
            end -= 1
        return first, end if end - first <= _LONGEST else i + 1

    def _ends(self, k: int) -> bool:
        """Does a clause, a comma or a day follow, which is no part of a description?"""
        tree = self.tree
        clause = tree.pos[k] in {"VERB", "AUX"} and tree.rels[k] not in {"amod", "compound"}
        return clause or tree.words[k] in _BREAKS or tree.words[k].casefold() in _DAYS

    def _owned(self, i: int, owner: int, end: int) -> tuple[str, int, int] | None:
        """ "his lawyer": somebody's, where it is known whose."""
        found = {local for local, _, _ in self.find(owner)}
        if len(found) != 1:
            return None
        name = self.entities.locals[found.pop()].name
        ending = "'" if name.endswith("s") else "'s"
        local = self._made(i, f"{name}{ending} {self.tree.line(owner + 1, end)}")
        return local, owner, end

    def _before(self, i: int) -> str | None:
        """Who was last told of by the same noun: "A diplomat said ... The diplomat added"."""
        tree = self.tree
        low = tree.bounds[max(0, tree.sents[i] - _BACK)][0]
        for k in range(i - 1, low - 1, -1):
            if tree.lemmas[k] == tree.lemmas[i] and tree.tags[k] == tree.tags[i] and k not in self.entities.at:
                found = self.find(k)
                if len(found) == 1:
                    return found[0][0]
        return None

    def _made(self, i: int, name: str) -> str:
        one = not self.tree.is_plural(i) and self.tree.lemmas[i] in self._persons()
        local = self.entities.entity("Person" if one else "Organization", name)
        local.forms.add(name)
        return local.id

    def _persons(self) -> frozenset[str]:
        return (self.lexicons.informants - self.lexicons.informing_bodies) | self.lexicons.title_heads
