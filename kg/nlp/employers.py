"""Whose an office is: the body or state that a phrase names, or that the article lets one infer."""

from kg.ids import fold
from kg.model import Lexicon, Tenure
from kg.nlp.homes import Homes
from kg.nlp.memberships import leads
from kg.nlp.scene import Scene
from kg.nlp.titles import Office, Titles
from kg.nlp.titles.words import NATIONS

_BODIES = frozenset({
    "PublicBody", "Organization", "ArmedGroup", "PoliticalParty", "IntergovernmentalOrganization", "ThinkTank",
    "Company", "MediaOrganization",
})  # fmt: skip
_ENVOYS = frozenset({"ambassador", "envoy", "consul"})
_LIST = 12
"""Words between the offices of two people in one list."""


class Employers:
    """Finds them in one article.

    Args:
        scene, lexicon: the article and what is known. titles: its title phrases. homes: countries left out.
        found: all its offices.
    """

    def __init__(self, scene: Scene, lexicon: Lexicon, titles: Titles, homes: Homes, found: list[Office]) -> None:
        self.scene, self.lexicon, self.titles, self.homes, self.found = scene, lexicon, titles, homes, found
        self.entities = scene.referents.entities

    def of(self, office: Office) -> tuple[str, str]:
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
        own = self._possessor(office) or self._career(office)
        if own or self.scene.lexicons.body_of_title(office.title) == "named":
            return own, "possessor" if own else ""
        country, rule = self._giver_country(office), "giver"
        if not country:
            country, rule = self._served_country(office), "stated_elsewhere"
        if not country:
            country, rule = self.homes.country_of(office)
        if not country:
            country, rule = self._beside(office), "list"
        return (self._held_in(office, country), rule) if country else ("", "")

    def _served_country(self, office: Office) -> str:
        """The one country in which a person has other offices: a state's leader who "was sworn in as president"."""
        if not self.scene.lexicons.is_state_title(office.title):
            return ""
        owners = {o.owner.entity for o in self.found if o.person == office.person and o.owner is not None}
        countries = {e for e in owners if self.entities.type_of(e) == "Country"}
        return countries.pop() if len(countries) == 1 else ""

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
                if tree.lemmas[k] in NATIONS:  # "the nation's nuclear chief"
                    return self.homes.domestic(k)
                owners = _BODIES | {"Country"} if tree.tags[k] == "PRP$" else _BODIES
                return next((r.entity for r in referents.of(k) if r.type in owners), "")
        return ""

    def _career(self, office: Office) -> str:
        """ "Australian Prime Minister X, now ambassador to Tokyo": an envoy of the state that he served before.

        Also "the late General Secretary X" where one other is said to be the general secretary of a state.
        """
        states = {"Country"}
        stated = [o for o in self.found if o.owner is not None and self.entities.type_of(o.owner.entity) in states]
        if self.scene.tree.lemmas[office.head] in _ENVOYS:
            same = {o.owner.entity for o in stated if o.owner and o.person == office.person}
        elif office.tenure is Tenure.FORMER:
            same = {o.owner.entity for o in stated if o.owner and fold(o.title) == fold(office.title)}
        else:
            return ""
        return same.pop() if len(same) == 1 else ""

    def _beside(self, office: Office) -> str:
        """The state of the offices in one list: "President Aoun, Speaker of Parliament Berri and Premier Mikati"."""
        if "speaker" not in fold(office.title).split():  # others are too often of two states at once
            return ""
        found: set[str] = set()
        for other in self.found:
            if other is not office and self._is_listed(*sorted((office.head, other.head))):
                owner = other.owner.entity if other.owner is not None else self.homes.country_of(other)[0]
                found |= {owner} if owner and self.entities.type_of(owner) == "Country" else set()
        return found.pop() if len(found) == 1 else ""

    def _is_listed(self, low: int, high: int) -> bool:
        """Do two offices follow each other with names alone between?"""
        tree = self.scene.tree
        if tree.sents[low] != tree.sents[high] or high - low > _LIST:
            return False
        between = range(low, high)
        return not any(tree.pos[k] in {"VERB", "AUX", "ADP"} and tree.words[k].casefold() != "of" for k in between)

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
        function, _ = self.body_in(office.title) if local.type == "Country" else ("", "")
        if function:
            return self.entities.entity("PublicBody", function, within=owner).id
        return owner

    def body_in(self, title: str) -> tuple[str, str]:
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
