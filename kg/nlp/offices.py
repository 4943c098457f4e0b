"""From title phrases to `holds_position` claims: which body the office belongs to when the phrase does not say."""

import re
from collections.abc import Iterator
from statistics import median_low

from kg.ids import fold
from kg.model import Argument, Article, Claim, Evidence, Known, Lexicon, Qualifiers, Span, Tenure, When
from kg.nlp.counterparts import Counterparts
from kg.nlp.dates import find_times
from kg.nlp.described_offices import DescribedOffices
from kg.nlp.homes import Homes
from kg.nlp.introductions import Introductions
from kg.nlp.memberships import Membership, Memberships, leads
from kg.nlp.scene import Scene
from kg.nlp.times import years_in
from kg.nlp.titles import Office, Titles

CONFIDENCE = {"titles.before": 0.9, "titles.plural": 0.85, "titles.inverted": 0.9, "titles.appositive": 0.85,
              "titles.copula": 0.85, "titles.counterpart": 0.8, "titles.introduced": 0.75,
              "titles.described": 0.75}  # fmt: skip
_DEFAULTED = 0.1
"""Taken off where the body was not in the phrase but found elsewhere."""
_MEMBER = 0.85
_BODIES = frozenset({
    "PublicBody", "Organization", "ArmedGroup", "PoliticalParty", "IntergovernmentalOrganization", "ThinkTank",
    "Company", "MediaOrganization",
})  # fmt: skip
_HEADS = frozenset({"leader", "chief", "head", "boss", "commander", "figure"})
_RULING = frozenset({"junta", "coup", "state", "army", "military"})
"""Nouns of what the leader of a state leads."""
_TERM = 40
"""Characters behind an office in which its years are looked for."""
_SPAN = re.compile(r" \(?(?:from|since|between|until|till|in|during)?\s*\(?[\w ]*\d{4}|,? (?:since|until|till) ")
_YEARS = re.compile(r"\b((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d) $")
_LATEST_HISTORY = 2005
_LONG_GONE = 5
"""Years after which an article that gives somebody an office of his own speaks of the past, whatever its tense."""


class Offices:
    """Offices of one article and the claims they make."""

    def __init__(self, scene: Scene, lexicon: Lexicon, article: Article, countries: tuple[Known, ...]) -> None:
        self.scene, self.lexicon, self.article = scene, lexicon, article
        self.homes = Homes(scene, lexicon, article, countries)
        self.entities = entities = scene.referents.entities
        self.titles = Titles(scene.tree, entities, scene.lexicons)
        self.found = list(self.titles.offices())
        counterparts = Counterparts(self.titles, scene.referents, scene.lexicons, (lexicon, article))
        self.found += counterparts.offices(self.found)
        for told in Introductions(self.titles, lexicon, scene.lexicons).found(self.found):
            scene.referents.introduce(told.noun, told.person)
            self.found += [told.office] if told.office is not None else []
        self.history = not article.date and self._is_history()

    def _is_history(self) -> bool:
        years = years_in(self.article.text)
        return bool(years) and median_low(years) < _LATEST_HISTORY

    def claims(self) -> Iterator[Claim]:
        """One claim an office whose body is known."""
        described = DescribedOffices(self.titles, self.scene.referents)
        for office in [*self.found, *described.offices()]:
            if self._is_occupation(office):
                continue
            owner, rule = self.employer(office)
            if owner:
                yield self._claim(office, owner, rule)
        for membership in [*Memberships(self.titles).found(self.found), *described.memberships()]:
            yield self._membership(membership)

    def _is_occupation(self, office: Office) -> bool:
        """ "American journalist Jill Carroll" works for nobody that the phrase names."""
        owner = self.entities.type_of(office.owner.entity) if office.owner else ""
        chamber = self.scene.lexicons.body_of_title(office.title) in {"Senate", "House of Representatives"}
        if chamber and owner in {"Region", "City"} and office.owner and office.owner.first < office.head:
            return True  # "Oklahoma Representative Pittman" may sit in Oklahoma
        if self.scene.tree.lemmas[office.head] not in self.scene.lexicons.occupations and not self._is_unofficial(
            office
        ):
            return False
        return office.owner is None or self.entities.type_of(office.owner.entity) in {"Country", "City", "Region"}

    def _is_unofficial(self, office: Office) -> bool:
        """ "Colombian guerrilla leader", "opposition chief": who leads others than the state, or a part of it."""
        tree, lexicons = self.scene.tree, self.scene.lexicons
        title, lemma = fold(office.title), tree.lemmas[office.head]
        if lemma not in _HEADS or title in lexicons.title_bodies or title == lemma:
            return False
        before = [k for k in range(office.first, office.head) if k not in self.entities.at]
        words = {tree.words[k].casefold() for k in before}
        others = lemma == "leader" and any(
            tree.pos[k] == "NOUN" and tree.words[k].casefold() not in _RULING for k in before
        )
        return others or bool(words & lexicons.unofficial - lexicons.former)

    def employer(self, office: Office) -> tuple[str, str]:
        """(local id, rule) of the body that an office belongs to; "" when it stays unknown."""
        stated = self._stated(office)
        if stated or self._is_of_a_person(office):
            return stated, "stated"
        elsewhere = {
            self._held_in(o, o.owner.entity)
            for o in self.found
            if o.owner is not None
            and o.person == office.person
            and self._alike(o.title, office.title)
            and not self._is_partisan(o)
        }
        if len(elsewhere) == 1:
            return elsewhere.pop(), "stated_elsewhere"
        only = self._only_body(office)
        if only:
            return only, "title"
        own = self._possessor(office)
        if own or self.scene.lexicons.body_of_title(office.title) == "named":
            return own, "possessor" if own else ""
        country, rule = self._giver_country(office), "giver"
        if not country:
            country, rule = self.homes.country_of(office)
        return (self._held_in(office, country), rule) if country else ("", "")

    def _is_of_a_person(self, office: Office) -> bool:
        """ "Szijjarto's deputy" sits in no parliament."""
        if self.scene.lexicons.body_of_title(office.title) != "Parliament":
            return False
        names = [n for k in range(office.first, office.head) if (n := self.entities.at.get(k)) is not None]
        return any(n.type == "Person" and self.titles.words.is_possessive(n.end) for n in names)

    def _only_body(self, office: Office) -> str:
        """The one body or country that has such an office ("external affairs minister"); "" for none."""
        lexicons, title = self.scene.lexicons, fold(office.title)
        body = lexicons.body_of_title(office.title)
        if body in {"", "named", "place", "government"} or " " not in body or self._is_function(body):
            body = lexicons.honorific_bodies.get(title, "")
        if body:
            return self.entities.entity(self._type_of(body), body).id
        return self.entities.country(self.lexicon, lexicons.title_countries.get(title, ""))

    def _possessor(self, office: Office) -> str:
        """The body behind "its political chief", "the group's deputy leader"; "" for none."""
        tree, referents = self.scene.tree, self.scene.referents
        for k in range(office.first, office.head):
            noun = tree.tags[k] == "PRP$" or (tree.pos[k] == "NOUN" and self.titles.words.is_possessive(k + 1))
            if noun and tree.rels[k] == "nmod:poss" and tree.heads[k] == office.head:
                return next((r.entity for r in referents.of(k) if r.type in _BODIES), "")
        return ""

    def _giver_country(self, office: Office) -> str:
        """The country of who gives the office: "his defence minister", "Milei's pick", "Zelensky appointed"."""
        body = self.scene.lexicons.body_of_title(office.title)
        if body in {"", "named", "place", "Parliament"}:
            return ""
        referents = self.scene.referents
        givers = [office.by] if office.by else []
        for k in range(office.first, office.head) if not givers else ():
            name = self.entities.at.get(k)
            if self.scene.tree.tags[k] == "PRP$":
                givers += [r.entity for r in referents.of(k)]
            elif name is not None and self.titles.words.is_possessive(name.end):
                givers.append(name.entity)
        givers = givers or self._over(office.end)
        countries = {c for g in givers if g != office.person and (c := self._country_of_actor(g))}
        return countries.pop() if len(countries) == 1 else ""

    def _over(self, end: int) -> list[str]:
        """The person behind "under": "secretary of defense under Trump"."""
        tree = self.scene.tree
        if end + 1 >= len(tree.words) or tree.words[end].casefold() != "under":
            return []
        names = [self.entities.at.get(k) for k in range(end + 1, min(end + 4, len(tree.words)))]
        return [n.entity for n in names if n is not None and self.entities.type_of(n.entity) == "Person"][:1]

    def _country_of_actor(self, entity: str) -> str:
        """The country that a person governs, or that a body belongs to; "" when unknown."""
        local = self.entities.locals[entity]
        if local.type == "Country":
            return entity
        if local.type != "Person":
            owner = self.entities.locals.get(local.within)
            return owner.id if owner is not None and owner.type == "Country" else ""
        ruled = {
            o.owner.entity
            for o in self.found
            if o.person == entity and o.owner is not None and self.entities.type_of(o.owner.entity) == "Country"
        }
        if not ruled:
            known = [k.country for k in self.lexicon.lookup(local.name) if k.type == "Person" and k.country]
            ruled = {self.entities.country(self.lexicon, known[0])} if known else set()
        return ruled.pop() if len(ruled) == 1 else ""

    def _stated(self, office: Office) -> str:
        """The body that the phrase names, or describes: "the head of Estonia's defence forces"."""
        owner = office.owner
        if owner is not None and self.entities.type_of(owner.entity) == "PoliticalParty":
            return self._chamber(office, owner.entity) if self._is_partisan(office) else owner.entity
        if office.body is not None and (owner is None or self.entities.type_of(owner.entity) == "Country"):
            described = self._described(office.body)
            if described:
                return described
        return self._held_in(office, owner.entity) if owner is not None else ""

    def _is_partisan(self, office: Office) -> bool:
        """Does the owner only say whose member holds the office: "Labour Prime Minister X", "Likud Minister X"?"""
        party = office.owner is not None and self.entities.type_of(office.owner.entity) == "PoliticalParty"
        return party and not leads(self.scene.tree, office, self.scene.lexicons)

    def _described(self, noun: int) -> str:
        """The body that a noun stands for ("the suspended parliament"), in the article's country where it says none."""
        bodies = [r.entity for r in self.scene.referents.of(noun) if r.type in _BODIES]
        if bodies:
            return bodies[0]
        tree = self.scene.tree
        first, end = tree.phrase(noun)
        while first < noun and (tree.pos[first] in {"DET", "PRON"} or tree.tags[first] in {"VBN", "VBG"}):
            first += 1
        function = self.scene.lexicons.body_function(tree.quote(first, end))
        country = self.homes.domestic(noun) if function else ""
        return self.entities.entity("PublicBody", function, within=country).id if country else ""

    def _chamber(self, office: Office, party: str) -> str:
        """Where a party's lawmaker sits: the parliament of the party's country; "" for one who is no lawmaker."""
        body = self.scene.lexicons.body_of_title(office.title)
        named = self.scene.lexicons.honorific_bodies.get(fold(office.title))
        if named:
            return self.entities.entity(self._type_of(named), named).id
        known = next((k.country for k in self.lexicon.lookup(self.entities.locals[party].name) if k.country), "")
        country = self.entities.country(self.lexicon, known) if known else self.homes.domestic(office.head)
        return self.entities.entity("PublicBody", body, within=country).id if country and body == "Parliament" else ""

    def _held_in(self, office: Office, owner: str) -> str:
        """The parliament of the country for a lawmaker, the Senate for a senator from Tennessee; else the owner."""
        lexicons = self.scene.lexicons
        local, body = self.entities.locals[owner], lexicons.body_of_title(office.title)
        if local.type in {"Region", "City", "PoliticalParty"}:
            named = lexicons.honorific_bodies.get(fold(office.title))
            return self.entities.entity(self._type_of(named), named).id if named else owner
        sent = office.head + 1 < len(self.scene.tree.words) and self.scene.tree.words[office.head + 1] == "to"
        if local.type == "Country" and self._is_function(body) and not sent:
            return self.entities.entity("PublicBody", body, within=owner).id
        function, _ = self._body_in(office.title) if local.type == "Country" else ("", "")
        if function:
            return self.entities.entity("PublicBody", function, within=owner).id
        return owner

    def _body_in(self, title: str) -> tuple[str, str]:
        """The body that "foreign ministry spokesman" is of, and his title in it; ("", title) for other titles."""
        words = title.split()
        if self.scene.lexicons.body_of_title(title) == "named":
            for k in range(len(words) - 1, 0, -1):
                function = self.scene.lexicons.body_function(" ".join(words[:k]))
                if function:
                    return function, " ".join(words[k:])
        return "", title

    def _is_function(self, body: str) -> bool:
        return body in set(self.scene.lexicons.bodies.values())

    def _type_of(self, body: str) -> str:
        known = self.lexicon.lookup(body)
        return known[0].type if known else "PublicBody"

    def _alike(self, one: str, other: str) -> bool:
        lexicons = self.scene.lexicons
        a, b = lexicons.same_title(one).split(), lexicons.same_title(other).split()
        return bool(a and b) and a[-1] == b[-1]

    def _claim(self, office: Office, owner: str, how: str) -> Claim:
        tree = self.scene.tree
        start, end = tree.chars(office.first, office.end)
        confidence = CONFIDENCE[office.rule] - (0 if how == "stated" else _DEFAULTED)
        evidence = Evidence(
            Span(self.article.key, start, end), tree.sents[office.head], f"{office.rule}@1", round(confidence, 3)
        )
        names = [n for n in self.entities.names if n.entity == office.person and office.first <= n.first < office.end]
        words = tree.line(names[0].first, names[0].end) if names else ""
        held = office.owner.entity == owner if office.owner else False
        text = tree.line(office.owner.first, office.owner.end) if held and office.owner else ""
        person = self.entities.locals[office.person]
        term = self._term(office)
        function, within = self._body_in(office.title)
        title = within if function and self.entities.locals[owner].name == function else office.title
        title = title.rpartition("'s ")[2] if how == "possessor" else title  # "the party's general secretary"
        return Claim(
            article=self.article.key,
            subject=Argument(office.person, words or person.name),
            relation="holds_position",
            object=Argument(owner, text or self.entities.locals[owner].name, f"office.{how}"),
            evidence=(evidence,),
            qualifiers=Qualifiers(title=title, tenure=self._tenure(office, how, term)),
            when=term,
        )

    def _term(self, office: Office) -> When:
        """When the office was or is held: "premier from 2013 to 2023", "the 2014-2018 energy minister"."""
        tree = self.scene.tree
        first = self.titles.starts.first_of(office.head, tree.bounds[tree.sents[office.head]][0])
        before = _YEARS.search(tree.text[max(0, tree.starts[first] - 14) : tree.starts[first]])
        if before is not None:
            return When(before[1], before[2], f"{before[1]}-{before[2]}")
        end = tree.ends[office.end - 1]
        behind = tree.text[end : end + _TERM]
        match = next(iter(find_times(behind, self.article.date)), None) if _SPAN.match(behind) else None
        return match.when if match is not None and match.kind == "time" and match.start <= 2 else When()

    def _membership(self, membership: Membership) -> Claim:
        tree = self.scene.tree
        span = Span(self.article.key, *tree.chars(membership.first, membership.end))
        person, party = self.entities.locals[membership.person], self.entities.locals[membership.party]
        text = tree.line(*membership.words)
        return Claim(
            article=self.article.key,
            subject=Argument(person.id, person.name),
            relation="member_of",
            object=Argument(party.id, text, "gazetteer"),
            evidence=(Evidence(span, tree.sents[membership.first], "memberships.party@1", _MEMBER),),
        )

    def _tenure(self, office: Office, how: str, term: When) -> Tenure:
        if office.tenure is not Tenure.CURRENT:
            return office.tenure
        over = bool(term.end) and term.end < self.article.date[: len(term.end)]
        past = how == "past_office" or bool(self.homes.once_held(office, _LONG_GONE))
        return Tenure.FORMER if self.history or over or past else Tenure.CURRENT
