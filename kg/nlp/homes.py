"""The country that an office belongs to when its phrase names none: "Foreign Minister Lavrov", "Economy Minister X"."""

from collections import Counter

from kg.ids import fold
from kg.model import Article, Known, Lexicon, Tenure
from kg.nlp.entities import last_name
from kg.nlp.scene import Scene
from kg.nlp.titles import Office

_ALONE = 0.6
"""Least share of an article's names of countries that makes one of them the article's country."""
_DOMESTIC = frozenset({
    "minister", "premier", "president", "speaker", "lawmaker", "legislator", "parliamentarian", "mp",
})  # fmt: skip
"""Offices that a country's own news names without the country."""
_DOMESTIC_TITLES = frozenset({
    "chief justice", "opposition leader", "army chief", "military chief", "navy chief", "air force chief",
    "police chief", "intelligence chief", "spy chief", "central bank chief", "central bank governor",
    "attorney general", "prosecutor general", "chief prosecutor", "public prosecutor", "chief of the general staff",
    "commander in chief", "deputy prime minister", "chancellor of the exchequer",
})  # fmt: skip


_HEADS = frozenset({"president"})
"""Offices whose holders the tables have of every country."""


class Homes:
    """Finds such countries in one article."""

    def __init__(self, scene: Scene, lexicon: Lexicon, article: Article, countries: tuple[Known, ...]) -> None:
        self.scene, self.lexicon, self.article, self.countries = scene, lexicon, article, countries
        self.entities = scene.referents.entities

    def country_of(self, office: Office) -> tuple[str, str]:
        """(local id, rule) of the country whose office this person holds; "" when it stays unknown.

        By the dated-office table or the list of people, else by what the article is about.
        """
        known = self._held_by_table(office) if self.scene.lexicons.is_state_title(office.title) else ""
        if known:
            return known, "dated_office"
        past = self.once_held(office)
        if past:
            return past, "past_office"
        whenever = () if self.article.date else self._holders_whenever(office)
        known = self._one_country(office, whenever)
        if known or whenever:
            return known, "undated_office" if known else ""
        country = self._spoken_for(office) or self.domestic(office.head)
        return (country, "domestic") if country and self._is_domestic(office, country) else ("", "")

    def _holders_whenever(self, office: Office) -> tuple[Known, ...]:
        """All of the person's last name who ever held such an office: of "President Bush" two, both American."""
        if not self.scene.lexicons.is_state_title(office.title):
            return ()
        name = self.entities.locals[office.person].name
        held = self.lexicon.bearers(last_name(name), office.title, "")
        return tuple(k for k in held if " " not in name or names_agree(k.name, name))

    def _one_country(self, office: Office, holders: tuple[Known, ...]) -> str:
        """The one country of these, where the tables have all who hold such an office, or the text names it."""
        countries = {k.country for k in holders}
        found = self.entities.country(self.lexicon, countries.pop()) if len(countries) == 1 else ""
        named = any(n.entity == found for n in self.entities.names)
        return found if named or fold(office.title) in _HEADS else ""

    # --- by the tables of offices and people -----------------------------------------------------------------------

    def _held_by_table(self, office: Office) -> str:
        person = self.entities.locals[office.person]
        for known in self.lexicon.lookup(person.name):
            if known.type == "Person" and known.country and self._held(office, known):
                return self.entities.country(self.lexicon, known.country)
        holders = {
            local.id
            for local in [e for e in self.entities.locals.values() if e.type == "Country"]
            for known in self.lexicon.lookup(local.name)[:1]
            if self._is_holder(office.title, known.id, person.name)
        }
        if len(holders) == 1:
            return holders.pop()
        return "" if holders else self._anywhere(office.title, person.name)

    def once_held(self, office: Office, years: int = 0) -> str:
        """The country where this very person had left the office by the article's date ("President Truman"), or "".

        Args:
            office: as the article has it.
            years: how many years before that date he must have left.
        """
        person, date = self.entities.locals[office.person], self.article.date
        ago = f"{int(date[:4]) - years:04}{date[4:]}" if date else ""
        if not date or not self.scene.lexicons.is_state_title(office.title):
            return ""
        for known in self.lexicon.lookup(person.name):
            last = fold(known.name).split(" ")[-1]
            now = self.lexicon.bearers(last, office.title, date)  # who came back has not left
            before = self.lexicon.bearers(last, office.title, ago, past=True)
            left = known.id in {k.id for k in before} - {k.id for k in now}
            if left and known.country:
                return self.entities.country(self.lexicon, known.country)
        return ""

    def _is_holder(self, title: str, country: str, name: str) -> bool:
        return any(names_agree(h.name, name) for h in self.lexicon.office(title, country, self.article.date))

    def _held(self, office: Office, known: Known) -> bool:
        """Does the dated table know this person in this office? Many a president is none of a state."""
        if office.tenure is Tenure.FORMER or not self.article.date:
            return True
        held = self.lexicon.office(office.title, known.country, self.article.date)
        return not held or any(h.id == known.id or names_agree(h.name, known.name) for h in held)

    def _anywhere(self, title: str, name: str) -> str:
        """The one country of the world whose office of that name was held by somebody of this name."""
        found: set[str] = set()
        for known in self.countries if fold(title) in self.scene.lexicons.state_titles else ():
            if self._is_holder(title, known.id, name):
                found.add(known.name)
        return self.entities.entity("Country", found.pop()).id if len(found) == 1 else ""

    # --- by what the article is about ------------------------------------------------------------------------------

    def domestic(self, at: int) -> str:
        """The one country that the article is about, when the last country named before a word is that one."""
        names = [n for n in self.entities.names if self.entities.type_of(n.entity) == "Country"]
        counts = Counter(n.entity for n in names)
        if not counts:
            return ""
        country, most = counts.most_common(1)[0]
        before = [n for n in names if n.first < at]
        last = max(before, key=lambda n: n.first) if before else None
        near = last is None or last.entity == country
        return country if near and most / counts.total() >= _ALONE else ""

    def _spoken_for(self, office: Office) -> str:
        """ "Peru backs the plan. Foreign Minister X said Peru would help": the state of which the text and he speak."""
        tree, sent = self.scene.tree, self.scene.tree.sents[office.head]
        before = self.scene.referents.main_subjects(sent - 1, before=office.first)
        states = {r.entity for r in before if r.type == "Country"}
        first, end = tree.bounds[sent]
        told = [
            k for k in range(office.head, end) if tree.rels[k] == "ccomp" and tree.heads[tree.heads[k]] == tree.heads[k]
        ]
        names = [self.entities.at.get(s) for k in told for s in tree.kids(k, "nsubj")]
        spoken = {n.entity for n in names if n is not None and first <= n.first}
        return next(iter(states)) if len(states) == 1 and states == spoken else ""

    def _is_minister(self, words: list[str]) -> bool:
        """ "energy minister", "minister of foreign affairs and worship"."""
        of = next((k for k, w in enumerate(words) if w in {"of", "for"}), len(words))
        return bool(words[:of]) and words[of - 1] in _DOMESTIC

    def _is_domestic(self, office: Office, country: str) -> bool:
        """May the office be one of this country: a minister's, and nobody else is known to hold it?"""
        lexicons, person = self.scene.lexicons, self.entities.locals[office.person]
        body = lexicons.body_of_title(office.title)
        title = fold(office.title)
        words, whole = title.split(), any(title.endswith(t) for t in _DOMESTIC_TITLES)
        if not whole and (body in {"", "named", "place"} or not self._is_minister(words)):
            return False
        known = lexicons.title_heads | lexicons.title_modifiers
        if words[-1] == "president" and not set(words) <= known:
            return False  # "CVS Health President"
        iso = self.lexicon.lookup(self.entities.locals[country].name)[:1]
        homes = {k.country for k in self.lexicon.lookup(person.name) if k.type == "Person" and k.country}
        if homes and not homes & {k.id for k in iso}:
            return False
        held = [h for k in iso for h in self.lexicon.office(office.title, k.id, self.article.date)]
        return office.tenure is not Tenure.CURRENT or not held or any(names_agree(h.name, person.name) for h in held)


def names_agree(one: str, other: str) -> bool:
    """Have two names one last word, or one all words of the other ("Ali Bongo", "Ali Bongo Ondimba")?"""
    a, b = fold(one).split(), fold(other).split()
    return a[-1:] == b[-1:] or (len(a) > 1 and len(b) > 1 and (set(a) <= set(b) or set(b) <= set(a)))
