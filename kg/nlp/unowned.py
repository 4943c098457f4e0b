"""Whose officials, government or army are meant where no owner is named: "Authorities said", "the military said"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Lexicon
from kg.nlp.entities import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.nlp.noun_phrases import NounPhrases
    from kg.nlp.referent import Referent
    from kg.nlp.roles import Roles

STATE = frozenset({"government", "regime", "cabinet", "junta", "military", "army", "presidency"})
"""Nouns for what a state has one of: they may be those of whatever state acted before."""
OFFICIAL = frozenset({"authorities", "officials", "police", "prosecutors"})
"""Nouns for people who speak in every country, also in one that another attacks."""
ADMINISTRATION = "administration"
LED = frozenset({"regime", "government"})
"""Nouns for the government of the person before them."""
_GENERAL = frozenset({"senior", "top", "military", "government"})
"""Adjectives that leave officials those of the state."""
_BACK = 2
"""Sentences before a word that may tell whose it is."""
_PLACED = frozenset({"in", "at", "near", "outside", "across", "from"})
_SPOKE_BACK = 4
"""Sentences over which "officials" are those who spoke before."""
_VOICES = frozenset({"officials", "officials_of", "body", "pronoun", "home"})


class Unowned:
    """Finds the country of unowned bodies of one article.

    Args:
        phrases: its words, names and noun phrases.
        lexicon: known names, for the country of a city.
        roles: whose office-holders its persons are.
        subjects: referents of the subject of a sentence.
    """

    def __init__(self, phrases: NounPhrases, lexicon: Lexicon, roles: Roles,
                 subjects: Callable[[int], tuple[Referent, ...]]) -> None:  # fmt: skip
        self.lexicon, self.roles, self.subjects = lexicon, roles, subjects
        self.tree, self.entities, self.saying = phrases.tree, phrases.entities, phrases.lexicons.saying

    def speakers(self, i: int) -> int | None:
        """The "officials" who spoke last before those at word `i`, who are plain "officials": these are the same."""
        tree = self.tree
        if tree.words[i].casefold() not in OFFICIAL or not self._is_plain(i, tree.words[i].casefold()):
            return None
        low = tree.bounds[max(0, tree.sents[i] - _SPOKE_BACK)][0]
        same = (k for k in range(i - 1, low - 1, -1) if tree.words[k].casefold() == tree.words[i].casefold())
        return next((k for k in same if self._speaks(k)), None)

    def _speaks(self, i: int) -> bool:
        """Are officials, police or the like the subject of a verb of saying?"""
        tree = self.tree
        official = tree.words[i].casefold() in OFFICIAL
        return official and tree.rels[i] == "nsubj" and tree.lemmas[tree.heads[i]] in self.saying

    def of(self, i: int) -> str:
        """Local id of the country whose body the noun at word `i` is, or of the administration itself, or ""."""
        word = self.tree.words[i].casefold()
        if word not in STATE | OFFICIAL or not self._is_plain(i, word):
            return ""
        sent = self.tree.sents[i]
        actors: list[Referent] = []
        for back in range(1, _BACK + 1):
            here = self._before(sent - back)
            if acting := {c for a in here if (c := self._acting(a, word))}:
                return acting.pop() if len(acting) == 1 else ""
            actors += here
        near = {c for n in self._names(sent - _BACK, i) if (c := self._country(n))}
        if not near:
            first = self._names(0, self.tree.bounds[min(1, sent)][1])
            near = {c for n in first if (n.end <= i or self._is_setting(n, i)) and (c := self._country(n))}
        return near.pop() if len(near) == 1 and all(self._may_be_of(a, near) for a in actors) else ""

    def _may_be_of(self, actor: Referent, countries: set[str]) -> bool:
        """May who acted before be of the only country named? Not so in "Bush went to Cuba. Officials said"."""
        local = self.entities.locals[actor.entity]
        if local.type == "Person":
            known = {self.entities.country(self.lexicon, k) for k in self.roles.countries_of(local.id)}
            return not known or known == countries
        return local.type in {"Country", "City"} or local.within in countries

    def _is_setting(self, name: Name, i: int) -> bool:
        """Is a name behind the place of what happens ("blew up in Kabul"), and no actor ("said Peru would join")?"""
        case = self.tree.case(name.head) or self.tree.case(self.tree.heads[name.head])
        return self.tree.sents[name.head] != self.tree.sents[i] or case in _PLACED

    def administration(self, i: int) -> str:
        """Local id of the last administration that was named before word `i`, or ""."""
        named = [
            n for n in self.entities.names
            if n.rule == "carrier" and n.type == "Government" and n.end <= i and n.entity in self.entities.locals
        ]  # fmt: skip
        return max(named, key=lambda n: n.first).entity if named else ""

    def _is_plain(self, i: int, word: str) -> bool:
        """No owner, no number, no adjective that makes others of them ("local officials"); "the" before what is one."""
        tree = self.tree
        before = [c for c in tree.children[i] if c < i and tree.rels[c] not in {"punct", "cc", "case", "mark"}]
        words = {tree.words[c].casefold() for c in before}
        behind = any(c > i and tree.rels[c] in {"nmod", "acl", "acl:relcl", "amod", "conj"} for c in tree.children[i])
        article = "the" in words or word in OFFICIAL
        return article and not behind and words <= _GENERAL | {"the"}

    def _before(self, sent: int) -> tuple[Referent, ...]:
        return self.subjects(sent) if sent >= 0 else ()

    def _acting(self, subject: Referent, word: str) -> str:
        """The country of a subject that may go on under this noun."""
        local = self.entities.locals[subject.entity]
        country = subject.entity if local.type == "Country" else local.within
        if local.type == "Government" and not country:
            return local.id
        if not country or self.entities.locals[country].type != "Country":
            return ""
        if word in STATE - {"army", "military"}:
            return country
        return country if subject.rule in _VOICES and self._may_speak(subject) else ""

    def _may_speak(self, subject: Referent) -> bool:
        """Is a subject no pronoun of what only happens to a state: "In return, it will receive fuel. Officials say"?"""
        return subject.rule != "pronoun" or self.tree.lemmas[self.tree.heads[subject.first]] in self.saying

    def _names(self, sent: int, end: int) -> list[Name]:
        first = self.tree.bounds[max(0, sent)][0]
        return [self.entities.at[k] for k in range(first, end) if k in self.entities.at]

    def _country(self, name: Name) -> str:
        """The country that a name is or lies in."""
        local = self.entities.locals[name.entity]
        if local.type == "Country":
            return local.id
        if local.type != "City":
            return ""
        found = self.lexicon.lookup(local.name)
        owner = self.lexicon.lookup(found[0].country) if len(found) == 1 else ()
        return self.entities.entity("Country", owner[0].name).id if owner and owner[0].type == "Country" else ""
