"""From title phrases to `holds_position` claims: which body the office belongs to when the phrase does not say."""

import re
from collections.abc import Iterator
from statistics import median_low

from kg.ids import fold
from kg.model import Argument, Article, Claim, Evidence, Known, Lexicon, Qualifiers, Span, Tenure, When
from kg.nlp.capacities import Capacities
from kg.nlp.counterparts import Counterparts
from kg.nlp.dates import find_times
from kg.nlp.described_offices import DescribedOffices
from kg.nlp.employers import Employers
from kg.nlp.homes import Homes
from kg.nlp.introductions import Introductions
from kg.nlp.memberships import Membership, Memberships
from kg.nlp.scene import Scene
from kg.nlp.times import years_in
from kg.nlp.titles import Office, Titles

CONFIDENCE = {"titles.before": 0.9, "titles.plural": 0.85, "titles.inverted": 0.9, "titles.appositive": 0.85,
              "titles.copula": 0.85, "titles.counterpart": 0.8, "titles.introduced": 0.75, "titles.capacity": 0.8,
              "titles.described": 0.75}  # fmt: skip
_DEFAULTED = 0.1
"""Taken off where the body was not in the phrase but found elsewhere."""
_MEMBER = 0.85
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
        self.found = [*self.titles.offices(), *Capacities(self.titles).offices()]
        counterparts = Counterparts(self.titles, scene.referents, scene.lexicons, (lexicon, article))
        self.found += counterparts.offices(self.found)
        for told in Introductions(self.titles, lexicon, scene.lexicons).found(self.found):
            scene.referents.introduce(told.noun, told.person)
            self.found += [told.office] if told.office is not None else []
        self.employers = Employers(scene, lexicon, self.titles, self.homes, self.found)
        self.history = not article.date and self._is_history()

    def _is_history(self) -> bool:
        years = years_in(self.article.text)
        return bool(years) and median_low(years) < _LATEST_HISTORY and not self._is_news()

    def _is_news(self) -> bool:
        """Does a text begin as news do: "has said she will not serve", "says", "said on Wednesday"?"""
        tree = self.scene.tree
        first = [k for k in range(*tree.bounds[0]) if tree.heads[k] == k] if tree.bounds else []
        if not first:
            return False
        says = tree.lemmas[first[0]] in self.scene.lexicons.saying
        words = {tree.words[c].casefold() for c in tree.kids(first[0], "aux", "aux:pass")}
        return says and (tree.tags[first[0]] == "VBZ" or bool(words & {"has", "have"}))

    def claims(self) -> Iterator[Claim]:
        """One claim an office whose body is known."""
        described = DescribedOffices(self.titles, self.scene.referents)
        for office in [*self.found, *described.offices()]:
            if self._is_occupation(office):
                continue
            owner, rule = self.employers.of(office)
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
        function, within = self.employers.body_in(office.title)
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
