"""From title phrases to `holds_position` claims: which body the office belongs to when the phrase does not say."""

from collections.abc import Iterator
from statistics import median_low

from kg.ids import fold
from kg.model import Argument, Article, Claim, Evidence, Known, Lexicon, Qualifiers, Span, Tenure
from kg.nlp.match import Scene
from kg.nlp.times import years_in
from kg.nlp.titles import Office, Titles

CONFIDENCE = {"titles.before": 0.9, "titles.plural": 0.85, "titles.inverted": 0.9, "titles.appositive": 0.85,
              "titles.copula": 0.85}  # fmt: skip
_DEFAULTED = 0.1
"""Taken off where the body was not in the phrase but found elsewhere."""
_LATEST_HISTORY = 2005


class Offices:
    """Offices of one article and the claims they make."""

    def __init__(self, scene: Scene, lexicon: Lexicon, article: Article, countries: tuple[Known, ...]) -> None:
        self.scene, self.lexicon, self.article, self.countries = scene, lexicon, article, countries
        self.entities = entities = scene.referents.entities
        self.found = list(Titles(scene.tree, entities, scene.lexicons).offices())
        self.history = not article.date and self._is_history()

    def _is_history(self) -> bool:
        years = years_in(self.article.text)
        return bool(years) and median_low(years) < _LATEST_HISTORY

    def claims(self) -> Iterator[Claim]:
        """One claim an office whose body is known."""
        for office in self.found:
            if self._is_occupation(office):
                continue
            owner, rule = self._owner(office)
            if owner:
                yield self._claim(office, owner, rule)

    def _is_occupation(self, office: Office) -> bool:
        """ "American journalist Jill Carroll" works for nobody that the phrase names."""
        owner = self.entities.type_of(office.owner.entity) if office.owner else ""
        chamber = self.scene.lexicons.body_of_title(office.title) in {"Senate", "House of Representatives"}
        if chamber and owner in {"Region", "City"} and office.owner and office.owner.first < office.head:
            return True  # "Oklahoma Representative Pittman" may sit in Oklahoma
        if self.scene.tree.lemmas[office.head] not in self.scene.lexicons.occupations:
            return False
        return office.owner is None or self.entities.type_of(office.owner.entity) in {"Country", "City", "Region"}

    def _owner(self, office: Office) -> tuple[str, str]:
        """(local id, rule) of the body that an office belongs to; "" when it stays unknown."""
        if office.owner is not None:
            return self._held_in(office, office.owner.entity), "stated"
        elsewhere = {
            self._held_in(o, o.owner.entity)
            for o in self.found
            if o.owner is not None and o.person == office.person and self._alike(o.title, office.title)
        }
        if len(elsewhere) == 1:
            return elsewhere.pop(), "stated_elsewhere"
        body = self.scene.lexicons.body_of_title(office.title)
        if body not in {"", "named", "place", "government"} and " " in body and not self._is_function(body):
            return self.entities.entity(self._type_of(body), body).id, "title"
        named = self.scene.lexicons.honorific_bodies.get(fold(office.title))
        if named:
            return self.entities.entity(self._type_of(named), named).id, "title"
        if body == "named":
            return "", ""
        country = self._country_of(office)
        return (self._held_in(office, country), "dated_office") if country else ("", "")

    def _held_in(self, office: Office, owner: str) -> str:
        """The parliament of the country for a lawmaker, the Senate for a senator from Tennessee; else the owner."""
        lexicons = self.scene.lexicons
        local, body = self.entities.locals[owner], lexicons.body_of_title(office.title)
        if local.type in {"Region", "City", "PoliticalParty"}:
            named = lexicons.honorific_bodies.get(fold(office.title))
            return self.entities.entity(self._type_of(named), named).id if named else owner
        if local.type == "Country" and self._is_function(body):
            return self.entities.entity("PublicBody", body, within=owner).id
        return owner

    def _is_function(self, body: str) -> bool:
        return body in set(self.scene.lexicons.bodies.values())

    def _type_of(self, body: str) -> str:
        known = self.lexicon.lookup(body)
        return known[0].type if known else "PublicBody"

    def _alike(self, one: str, other: str) -> bool:
        lexicons = self.scene.lexicons
        a, b = lexicons.same_title(one).split(), lexicons.same_title(other).split()
        return bool(a and b) and a[-1] == b[-1]

    def _country_of(self, office: Office) -> str:
        """The country whose office of that name this person held, by the dated-office table or the list of people."""
        if not self.scene.lexicons.is_state_title(office.title):
            return ""
        person = self.entities.locals[office.person]
        for known in self.lexicon.lookup(person.name):
            if known.type == "Person" and known.country and self._held(office, known):
                return self._country(known.country)
        last = fold(person.name).split()[-1:]
        countries = {e.id: e for e in self.entities.locals.values() if e.type == "Country"}
        holders: set[str] = set()
        for local in countries.values():
            for known in self.lexicon.lookup(local.name)[:1]:
                held = self.lexicon.office(office.title, known.id, self.article.date)
                if any(fold(h.name).split()[-1:] == last for h in held):
                    holders.add(local.id)
        if len(holders) == 1:
            return holders.pop()
        return "" if holders else self._anywhere(office.title, last)

    def _held(self, office: Office, known: Known) -> bool:
        """Does the dated table know this person in this office? Many a president is none of a state."""
        if office.tenure is Tenure.FORMER or not self.article.date:
            return True
        held = self.lexicon.office(office.title, known.country, self.article.date)
        return not held or any(
            h.id == known.id or fold(h.name).split()[-1:] == fold(known.name).split()[-1:] for h in held
        )

    def _anywhere(self, title: str, last: list[str]) -> str:
        """The one country of the world whose office of that name was held by somebody of this last name."""
        found: set[str] = set()
        for known in self.countries if fold(title) in self.scene.lexicons.state_titles else ():
            if any(fold(h.name).split()[-1:] == last for h in self.lexicon.office(title, known.id, self.article.date)):
                found.add(known.name)
        return self.entities.entity("Country", found.pop()).id if len(found) == 1 else ""

    def _country(self, country: str) -> str:
        """Local entity of a gazetteer country id."""
        for known in self.lexicon.lookup(country):
            return self.entities.entity("Country", known.name).id
        return ""

    def _claim(self, office: Office, owner: str, how: str) -> Claim:
        tree = self.scene.tree
        start, end = tree.chars(office.first, office.end)
        confidence = CONFIDENCE[office.rule] - (0 if how == "stated" else _DEFAULTED)
        evidence = Evidence(
            Span(self.article.key, start, end), tree.sents[office.head], f"{office.rule}@1", round(confidence, 3)
        )
        names = [n for n in self.entities.names if n.entity == office.person and office.first <= n.first < office.end]
        words = " ".join(tree.quote(names[0].first, names[0].end).split()) if names else ""
        held = office.owner.entity == owner if office.owner else False
        text = " ".join(tree.quote(office.owner.first, office.owner.end).split()) if held and office.owner else ""
        person = self.entities.locals[office.person]
        return Claim(
            article=self.article.key,
            subject=Argument(office.person, words or person.name),
            relation="holds_position",
            object=Argument(owner, text or self.entities.locals[owner].name, f"office.{how}"),
            evidence=(evidence,),
            qualifiers=Qualifiers(title=office.title, tenure=self._tenure(office)),
        )

    def _tenure(self, office: Office) -> Tenure:
        return Tenure.FORMER if self.history and office.tenure is Tenure.CURRENT else office.tenure
