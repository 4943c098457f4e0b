"""Whose an office is: the body or state named before, in or behind its title."""

from kg.ids import fold
from kg.nlp.entities import PLACES, Name
from kg.nlp.titles.words import DETERMINERS, JOINTS, TitleWords

_ENVOYS = frozenset({
    "ambassador", "envoy", "consul", "emissary", "nuncio", "negotiator", "commissioner", "legate", "representative",
    "delegate",
})  # fmt: skip
_OWNERS = frozenset({
    "Country", "Government", "PublicBody", "Organization", "ThinkTank", "PoliticalParty",
    "IntergovernmentalOrganization", "ArmedGroup", "PoliticalCampaign", "Company", "MediaOrganization", "City",
    "Region",
})  # fmt: skip


class TitleOwners:
    """Finds the owners of the offices of one article."""

    def __init__(self, words: TitleWords) -> None:
        self.words, self.tree, self.entities, self.lexicons = words, words.tree, words.entities, words.lexicons

    def owns(self, name: Name) -> bool:
        """Can it have offices? "State" of "Secretary of State" is no body."""
        return self.words.type_of(name) in _OWNERS and fold(self.tree.quote(name.first, name.end)) != "state"

    def owner_before(self, first: int, head: int) -> tuple[Name | None, int]:
        """The body named before the title ("Palestinian Authority President") and where the title proper begins."""
        owner, title_first = None, first
        for k in range(first, head):
            name = self.entities.at.get(k)
            if name is not None and name.end <= head and self.owns(name):
                if owner is not None and self._is_post(owner, name, head):
                    continue
                owner, title_first = name, name.end
            elif name is not None and self.words.is_possessive(name.end):
                owner, title_first = None, name.end  # "Hungarian minister X's deputy"
        return owner, self._after_articles(title_first, head)

    def _is_post(self, owner: Name, name: Name, head: int) -> bool:
        """ "China's U.N. ambassador": sent by the one, to the other."""
        envoy = self.tree.lemmas[head] in _ENVOYS and self.words.type_of(owner) == "Country"
        return envoy and self.words.type_of(name) == "IntergovernmentalOrganization"

    def _after_articles(self, k: int, head: int) -> int:
        words = self.tree.words
        while k < head and (words[k] in JOINTS or words[k].casefold() in DETERMINERS):
            k += 1
        return k

    def owner_after(self, end: int) -> tuple[Name | None, int]:
        """ "Prime Minister Ishiba Shigeru of Japan"."""
        tree = self.tree
        if end + 1 >= len(tree.words) or tree.words[end].casefold() not in {"of", "from"}:
            return None, end
        k = end + 2 if tree.words[end + 1].casefold() == "the" else end + 1
        name = self.entities.at.get(k)
        if name is not None and self.owns(name) and tree.sents[k] == tree.sents[end - 1]:
            return name, name.end
        return None, end

    def owners_in(self, first: int, end: int) -> list[Name]:
        """All bodies and states named in a range, in order."""
        names = dict.fromkeys(self.entities.at[k] for k in range(first, end) if k in self.entities.at)
        return [n for n in names if self.owns(n)]

    def fitting(self, owner: Name | None, title: str) -> Name | None:
        """The owner, unless it is a place that has no such office."""
        local = owner is not None and self.words.type_of(owner) in {"City", "Region"}
        return None if local and not self.fits_place(title) else owner

    def fits_place(self, title: str) -> bool:
        """Is it an office of towns and regions, which have mayors and governors, and send senators?"""
        return self.lexicons.body_of_title(title) in {"place", "government"} or (
            fold(title) in self.lexicons.honorific_bodies
        )

    def is_field_of(self, owner: Name, head: int) -> bool:
        """ "China director at the National Security Council": a country that is what the office is about."""
        tree = self.tree
        named = self.lexicons.body_of_title(tree.lemmas[head]) in {"named", ""}
        return named and owner.end <= head and self.words.type_of(owner) in PLACES and owner.rule != "demonym" and (
            not self.words.is_possessive(owner.end)
        )  # fmt: skip

    def is_in_title(self, head: int, preposition: int, inner: Name) -> bool:
        """Is a name behind a title a part of it, and not whose office it is?"""
        return self._is_sent_to(head, preposition, inner) or self._is_portfolio(head, preposition, inner)

    def _is_portfolio(self, head: int, preposition: int, inner: Name) -> bool:
        """ "Secretary of Labor", "Minister for Energy": what looks like a body is the office's field."""
        if self.tree.lemmas[head] not in {"secretary", "minister", "undersecretary", "commissioner"}:
            return False
        body = self.words.type_of(inner) in {"Country", "Government", "PublicBody"}
        body = body and " for " not in self.tree.quote(inner.first, inner.end)  # "State for Political Affairs"
        known = inner.rule == "gazetteer" or body
        return self.tree.words[preposition].casefold() in {"of", "for"} and not known

    def _is_sent_to(self, head: int, preposition: int, inner: Name) -> bool:
        """An ambassador to Japan, a director for Korea serve others, whom the phrase need not name."""
        title, word = self.tree.lemmas[head], self.tree.words[preposition].casefold()
        if self.words.type_of(inner) not in PLACES:
            return False
        charged = self.lexicons.body_of_title(title) in {"named", ""} and not title.startswith("spokes")
        return (title in _ENVOYS and word in {"to", "for", "in"}) or (
            charged and word == "for" and self.words.type_of(inner) == "Country"
        )
