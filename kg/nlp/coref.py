"""What a word that fills a slot refers to: names, described officials, titles, pronouns, "the two leaders"."""

import re
from dataclasses import dataclass

from kg.ids import fold
from kg.model import Article, Lexicon
from kg.nlp.entities import EVENTS, PLACES, Entities, Name
from kg.nlp.generic import of_kind
from kg.nlp.grammar import Tree, measured, surface_subjects
from kg.nlp.informants import INFORMANT, Informants
from kg.nlp.lexicons import ActorNoun, Lexicons
from kg.nlp.peoples import Peoples
from kg.nlp.roles import Role, Roles
from kg.nlp.titles import Office
from kg.nlp.unowned import ADMINISTRATION, LED, OFFICIAL, Unowned
from kg.nlp.voices import I_WORDS, VOICE, WE_WORDS, Voices

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves", "both"})
_IT = frozenset({"it", "its", "itself"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "both"})
_FROM = ("of", "from", "in", "for", "at", "with")
_MODIFIERS = ("nmod:poss", "amod", "compound", "nmod:desc", "nmod:unmarked", "nmod", "flat")
_PAIRED = frozenset({
    "leader", "side", "country", "nation", "minister", "president", "official", "party", "ally", "neighbor",
    "neighbour", "man", "capital", "government",
})  # fmt: skip
_GROUP_TYPES = frozenset({
    "Country", "Government", "PublicBody", "Organization", "ThinkTank", "PoliticalParty",
    "IntergovernmentalOrganization", "ArmedGroup", "PoliticalCampaign", "Company", "MediaOrganization",
})  # fmt: skip
_LONGEST_EVENT = 12
"""Words of the longest description of an event; longer ones are named by what stands before their head."""
_BREAKS = frozenset(",;:()[]–—")
_OWN_CARRIERS = frozenset({
    "leadership", "cabinet", "executive", "spokesman", "spokeswoman", "spokesperson", "representative", "statement",
    "member",
})  # fmt: skip
"""Nouns that stand for a state itself; "Pakistani groups" do not."""
_OCCASIONS = frozenset({
    "first", "second", "third", "recent", "latest", "historic", "upcoming", "annual", "last", "next", "previous",
})  # fmt: skip
"""Words before an event noun that tell which one for the reader of the day, and are no part of its name."""
_FOLLOWERS = frozenset({
    "ally", "supporter", "aide", "adviser", "advisor", "backer", "loyalist", "confidant", "opponent", "envoy",
    "associate", "surrogate",
})  # fmt: skip
"""People who are known by whose they are."""
_FORCES = frozenset({"Armed Forces", "Navy", "Air Force"})
_NO_PART = frozenset({
    "the", "a", "an", "some", "several", "many", "more", "than", "at", "least", "about",
    "nearly", "almost", "up", "to", "around", "over", "dozens", "hundreds", "thousands", "of",
})  # fmt: skip
"""Words before a description that are no part of it: "some 200 Palestinian women"."""
_DUOS = frozenset({"pair", "duo"})
_DELEGATIONS = frozenset({"delegation", "team", "mission", "group", "contingent"})
_ROLES = _FOLLOWERS | {
    "counterpart", "colleague", "predecessor", "successor", "rival", "challenger", "friend", "host", "guest", "wife",
    "husband", "son", "daughter", "brother", "sister", "politician", "diplomat", "lawmaker", "economist", "billionaire",
    "businessman", "tycoon", "dissident", "oligarch", "candidate", "nominee", "incumbent", "strongman",
    "veteran", "mediator", "negotiator", "head", "boss", "figure", "dictator", "autocrat", "activist", "journalist",
}  # fmt: skip
"""Nouns beside the name of a person that are no title."""
_PREDICATIVE = frozenset({"xcomp", "appos", "nmod:desc"})
"""Relations in which a noun says what somebody is, and names nobody itself."""
_STATES = frozenset({"nation", "country", "state", "power", "government", "ally"})
_WEEKDAY = re.compile(r"\b(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:['’]s)?\b")
_PEOPLE = frozenset({"man", "woman", "wife", "husband", "mother", "father", "son", "daughter", "brother", "sister"})
_MEETING = frozenset({"meet", "speak", "talk", "confer", "hold", "host", "welcome", "call", "telephone", "receive"})
"""Verbs whose subject and companion are "they" in the sentences behind."""
_SUCH_AS = frozenset({"including", "such as", "like", "unlike", "besides", "except"})
"""Prepositions before examples, whom no later pronoun means."""
_ITS = frozenset({"its", "their"})
_PLACE_NOUNS = frozenset({"city", "town", "village", "capital", "port", "island", "province", "region", "enclave"})
_STATE_NOUNS = frozenset({"state", "nation", "kingdom", "republic", "country", "sultanate", "emirate", "monarchy"})
_MOST_LEADERS = 6
"""Largest group that "the leaders" may mean."""
_REACH = 3
"""Sentences that a pronoun looks back; farther antecedents are wrong more often than right."""
_ORAL_REACH = 1
"""The same, in what somebody says."""


@dataclass(frozen=True, slots=True)
class Referent:
    """An entity in a slot, with the words that put it there.

    Attributes:
        entity: local id. type: its entity type. first, end: word range of the words. rule: how they mean it.
    """

    entity: str
    type: str
    first: int
    end: int
    rule: str


class Referents:
    """Finds and remembers the referents of one article's words."""

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons, lexicon: Lexicon,
                 voices: Voices | None = None) -> None:  # fmt: skip
        self.tree, self.entities, self.lexicons, self.lexicon = tree, entities, lexicons, lexicon
        self._memo: dict[int, tuple[Referent, ...]] = {}
        self._open: set[int] = set()
        self._subjects: dict[int, tuple[Referent, ...]] = {}
        self._groups: dict[int, tuple[str, ...]] = {}
        self.roles = Roles(entities, lexicon, lexicons)
        self.voices = voices
        self.unowned = Unowned(tree, entities, lexicon, self.roles, self._subjects_of)
        self.informants = Informants(tree, entities, lexicons, self._meant_by)
        self.peoples = Peoples(tree, entities)

    def learn(self, offices: list[Office], article: Article) -> None:
        """Offices found in the article make "the president" and "Japan's foreign minister" findable."""
        self.roles.learn(offices, article)
        self._memo.clear()
        self._groups.clear()
        for i, tag in enumerate(self.tree.tags):  # in text order: each goes on from the one before
            if tag in {"NNS", "NNPS"} and self._is_pair(i):
                self.of(i)

    def forget(self) -> None:
        """Look all words up again, now that it is known who speaks in which quotation."""
        self._memo.clear()
        self._subjects.clear()

    def of(self, i: int) -> tuple[Referent, ...]:
        """Referents of the word `i` as the head of an argument; () when it names nobody."""
        if i in self._memo:
            return self._memo[i]
        if i in self._open:
            return ()  # a pronoun that leads back to itself has no referent
        self._open.add(i)
        found = self._find(i)
        self._open.discard(i)
        if not self._open:  # what is found on the way to another word may lack what that word stands for
            self._memo[i] = found
        return found

    def all_of(self, heads: list[int]) -> list[Referent]:
        """Referents of several words, each entity once."""
        found: dict[str, Referent] = {}
        for i in heads:
            included = [c for c in self.tree.kids(i, "nmod", "obl") if self.tree.case(c) == "including"]
            for k in (i, *(x for c in included for x in self.tree.conjuncts(c))):
                inner = measured(self.tree, k)
                for referent in self.of(k) or (self.of(inner) if inner is not None else ()):
                    found.setdefault(referent.entity, referent)
        return list(found.values())

    def _find(self, i: int) -> tuple[Referent, ...]:  # noqa: PLR0911 - one return for each kind of word
        tree = self.tree
        name = self.entities.at.get(i)
        if name is not None and name.rule == "demonym" and tree.tags[i] in {"NNS", "NNPS"}:
            return self._people(i, name)
        if name is not None and (name.head == i or tree.pos[i] == "PROPN"):
            return self._named(name)
        word = tree.words[i].casefold()
        if tree.pos[i] in {"PRON", "DET"} or word in _HE | _SHE | _THEY | _IT:
            return self._pronoun(i, word)
        if name is not None:
            return self._named(name)
        definite = any(tree.words[c].casefold() == "the" for c in tree.children[i])
        if tree.pos[i] == "NUM" and word in {"two", "three"} and definite:
            return self._pair(i)
        if tree.pos[i] in {"NOUN", "PROPN", "NUM", "ADJ"}:
            return self._described(i) or self._informant(i)
        return ()

    def _informant(self, i: int) -> tuple[Referent, ...]:
        """Somebody who is known only by what he says: "a Western diplomat said"."""
        told = self.voices is not None and (self.voices.in_turn(i) or self.voices.in_quote(i))
        found = None if told else self.informants.of(i)
        if found is None:
            return ()
        return (Referent(found[0], self.entities.type_of(found[0]), found[1], found[2], INFORMANT),)

    def _meant_by(self, i: int) -> list[tuple[str, int, int]]:
        return [(r.entity, r.first, r.end) for r in self.of(i)]

    def _people(self, i: int, name: Name) -> tuple[Referent, ...]:
        """ "the Palestinians" act as a side; "Palestinians", "168 Liberians" are people, known by that description."""
        tree, first = self.tree, self.peoples.first_of_people(i)
        definite = any(tree.words[c].casefold() == "the" for c in tree.kids(i, "det"))
        if definite and first >= name.first and tree.kid(i, "nummod") is None:
            return self._named(name)
        return self._people_from(min(first, name.first), i, name.entity if first >= name.first else "")

    def _place(self, i: int) -> tuple[Referent, ...] | None:
        """ "the town of Bunagana", "the regional capital Goma": the place itself, where no state before it owns it."""
        tree = self.tree
        if tree.lemmas[i] not in _PLACE_NOUNS or any(o.first < i for o in self._owners(i)):
            return None
        for c in tree.kids(i, "appos", "flat", "nmod", "nmod:desc"):
            name = self.entities.at.get(c)
            if name is not None and c > i and tree.case(c) in {"", "of"} and name.type in {"City", "Region"}:
                return self._named(name)
        return None

    def _stateless(self, i: int) -> tuple[Referent, ...] | None:
        """ "Kurds": a people that has no state."""
        return self._people_from(self.peoples.first_of_people(i), i) if self.peoples.is_people(i) else None

    def _people_from(self, first: int, i: int, country: str = "") -> tuple[Referent, ...]:
        """A people by its words, within the country that these name: "Iraqi Kurds"."""
        before = next((n for k in range(first, i) if (n := self.entities.at.get(k)) is not None), None)
        home = before.entity if before is not None and self.entities.type_of(before.entity) == "Country" else country
        text = self.tree.line(first, i + 1)
        local = self.entities.entity("Organization", text, within=home)
        local.forms.add(text)
        return (Referent(local.id, "Organization", first, i + 1, "people"),)

    def _named(self, name: Name) -> tuple[Referent, ...]:
        return (Referent(name.entity, self.entities.type_of(name.entity), name.first, name.end, name.rule),)

    # --- descriptions ----------------------------------------------------------------------------------------------

    def _described(self, i: int) -> tuple[Referent, ...]:  # noqa: PLR0911 - one return a kind of description
        tree, lemma = self.tree, self.tree.lemmas[i].removeprefix("ex-")
        if tree.rels[i] == "appos" and lemma in self.lexicons.title_heads:
            bearer = self.entities.at.get(tree.heads[i])
            if bearer is not None and self.entities.type_of(bearer.entity) == "Person":
                return self._named(bearer)
        apposed = self._apposed_name(i) or self._leader(i) or self._stateless(i) or self._place(i)
        if apposed is not None:
            return apposed
        noun = self._actor_key(i)
        if noun:
            actors = self._actor_noun(i, noun)
            if actors:
                return actors
        if lemma in _STATE_NOUNS and (state := self._state_of(i)):
            return state
        if lemma in self.lexicons.title_heads:
            return self._titled_noun(i)
        if lemma in self.lexicons.body_heads:
            return self._body(i)
        two = lemma in _DUOS and self._is_definite(i) and not self._owners(i)
        if two or (lemma in _PAIRED and self._is_pair(i)):
            return self._pair(i)
        if lemma in _FOLLOWERS and tree.tags[i] in {"NNS", "NNPS"}:
            return self._group(i)
        if lemma in _STATES and tree.tags[i] in {"NNS", "NNPS"}:
            return self._states(i) or self._group(i)
        return self._carrier(i) or self._event(i, lemma) or self._kind(i)

    def _kind(self, i: int) -> tuple[Referent, ...]:
        """ "the alliance", "the group": the one of that kind named shortly before."""
        body = of_kind(self.tree, self.entities, i)
        return (Referent(body, self.entities.type_of(body), i, i + 1, "kind"),) if body else ()

    def _apposed_name(self, i: int) -> tuple[Referent, ...] | None:
        """ "the militant group Hamas", "its ally, Japan": the name beside the noun."""
        for c in self.tree.kids(i, "appos", "flat", "nmod:desc"):
            name = self.entities.at.get(c)
            if name is not None and c in {name.head, name.first} and (c > i or self.tree.rels[c] == "appos"):
                kind = self.entities.type_of(name.entity)
                if kind in {"Person"} | _GROUP_TYPES and self._agrees(i, kind):
                    return self._named(name) + self._beside_it(c, kind)
        return None

    def _beside_it(self, c: int, kind: str) -> tuple[Referent, ...]:
        """ "foreign ministers A of Germany and B of France": the other names that share the noun."""
        names = [self.entities.at.get(k) for k in self.tree.conjuncts(c) if k != c]
        return tuple(
            r for n in names if n is not None and self.entities.type_of(n.entity) == kind for r in self._named(n)
        )

    def _leader(self, i: int) -> tuple[Referent, ...] | None:
        """ "a delegation led by Lorenzana": who leads it."""
        tree = self.tree
        if tree.lemmas[i] not in _DELEGATIONS:
            return None
        led = [c for c in tree.kids(i, "acl", "acl:relcl") if tree.lemmas[c] in {"lead", "head"}]
        if tree.rels[i] == "nsubj:pass" and tree.lemmas[tree.heads[i]] in {"lead", "head"}:
            led.append(tree.heads[i])
        for c in (a for verb in led for a in tree.kids(verb, "obl:agent", "obl") if tree.case(a) == "by"):
            name = self.entities.at.get(c)
            if name is not None and self.entities.type_of(name.entity) == "Person":
                return self._named(name)
        return None

    def travellers(self, heads: list[int]) -> list[Referent]:
        """Referents of those who go somewhere: "two U.S. envoys" are these people, not their government."""
        found: dict[str, Referent] = {}
        for i in heads:
            acting = self.of(i)
            group = self._group(i) if any(r.rule in {"officials", "officials_of"} for r in acting) else ()
            for r in group:
                found.setdefault(r.entity, Referent(r.entity, r.type, r.first, r.end, "delegation"))
            if not group:
                found.update({r.entity: r for r in self.all_of([i]) if r.entity not in found})
        return list(found.values())

    def _agrees(self, i: int, kind: str) -> bool:
        """A title or another noun for people is apposed to a person."""
        lemma = self.tree.lemmas[i].removeprefix("co-")
        return kind != "Person" or lemma in _ROLES or lemma in self.lexicons.title_heads

    def _owners(self, i: int) -> list[Name]:
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

    def _actor_key(self, i: int) -> str:
        """The entry of the list of actor nouns that the word ends, two words before one; "" for none."""
        word = self.tree.words[i].casefold()
        two = f"{self.tree.words[i - 1].casefold()} {word}" if i else word
        return two if two in self.lexicons.actor_nouns else word if word in self.lexicons.actor_nouns else ""

    def _actor_noun(self, i: int, key: str) -> tuple[Referent, ...]:
        """ "Iranian and Saudi officials": the two governments; "Hamas leaders": Hamas."""
        referents: list[Referent] = []
        noun = self.lexicons.actor_nouns[key]
        owners = self._owners(i)
        if any(
            self.tree.words[c].casefold() in self.lexicons.unofficial for c in self.tree.kids(i, "amod", "compound")
        ):
            led = any(self.entities.type_of(o.entity) in _GROUP_TYPES - {"Country"} for o in owners)
            told = led or noun.type == "MediaOrganization"  # "Kurdish rebels of the PKK" are the PKK
            return () if told else self._group(i, _kind_of_group(noun)) or self._folk(i, noun)
        before = [o for o in owners if o.first < i]
        if noun.type == "Person" and owners and not before:
            bodies = [o for o in owners if self.entities.type_of(o.entity) in _GROUP_TYPES - {"Country"}]
            return tuple(Referent(o.entity, self.entities.type_of(o.entity), i, o.end, "officials_of") for o in bodies)
        for owner in before or owners:  # "the U.S. military in Iraq" is American
            owned = self.entities.type_of(owner.entity)
            first, end = min(owner.first, i), max(owner.end, i + 1)
            if noun.described or (owned in {"City", "Region"} and noun.type == "ArmedGroup"):
                return self._group(i, noun.type)
            if end - first > _LONGEST_EVENT:
                continue
            if owned == "Country":
                local = self._made(noun.type, noun.function, owner, first, end)
                referents.append(Referent(local, noun.type, first, end, "officials"))
            elif owned in _GROUP_TYPES:
                referents.append(Referent(owner.entity, owned, first, end, "officials_of"))
        if referents or owners:
            return tuple(referents)
        return (
            self._folk(i, noun)
            or self._manned(i)
            or self._possessed(i, noun)
            or self._nested(i)
            or self._unowned(i, noun)
        )

    def _folk(self, i: int, noun: ActorNoun) -> tuple[Referent, ...]:
        """ "Kurdish fighters", "Rwandan-backed rebels": known by their people or their patron, and no state's own."""
        first = self.peoples.first(i)
        if first == i:
            return ()
        kind = _kind_of_group(noun)
        text = self.tree.line(first, i + 1)
        local = self.entities.entity(kind, text)
        local.forms.add(text)
        return (Referent(local.id, kind, first, i + 1, "description"),)

    def _possessed(self, i: int, noun: ActorNoun) -> tuple[Referent, ...]:
        """ "Turkey denied that its planes": a state's own forces, or the group whose fighters they are."""
        pronoun = next((c for c in self.tree.kids(i, "nmod:poss") if self.tree.words[c].casefold() in _ITS), None)
        armed = noun.type == "ArmedGroup" or noun.function in _FORCES
        top = self.tree.heads[i] if self.tree.rels[i] == "nmod" else i  # "two of its fighters"
        if pronoun is None or not armed or not self.tree.rels[top].startswith("nsubj"):
            return ()
        found: list[Referent] = []
        for owner in self.of(pronoun):
            country = owner.entity if owner.type == "Country" else self.entities.locals[owner.entity].within
            if owner.type == "Country" or (owner.type == "Government" and country):
                local = self.entities.entity(noun.type, noun.function or self.tree.words[i], within=country)
                found.append(Referent(local.id, noun.type, i, i + 1, "home"))
            elif owner.type in {"ArmedGroup", "PublicBody", "IntergovernmentalOrganization"}:
                found.append(Referent(owner.entity, owner.type, i, i + 1, "officials_of"))
        return tuple(found)

    def _manned(self, i: int) -> tuple[Referent, ...]:
        """ "Saudi-led coalition planes": whose they are, where a noun before them names it."""
        for c in self.tree.kids(i, "compound"):
            found = self._actor_noun(c, key) if (key := self._actor_key(c)) else ()
            if found and found[0].rule != "home":
                return found
        return ()

    def _nested(self, i: int) -> tuple[Referent, ...]:
        """ "leaders of Syria's new government", "members of the Iranian delegation": those for whom they act."""
        tree = self.tree
        below = [c for c in tree.kids(i, "nmod") if c > i and tree.case(c) in {"of", "from"} and tree.pos[c] == "NOUN"]
        acting = [r for c in below for r in self.of(c) if r.type in {"Government", "PublicBody"}]
        return tuple(Referent(r.entity, r.type, min(i, r.first), r.end, "officials_of") for r in acting)

    def _unowned(self, i: int, noun: ActorNoun) -> tuple[Referent, ...]:
        """ "The administration", "the military", "Authorities said": those told of before, else who speaks unnamed."""
        tree, word = self.tree, self.tree.words[i].casefold()
        if word == ADMINISTRATION and self._is_definite(i) and (last := self.unowned.administration(i)):
            return (Referent(last, "Government", i, i + 1, "home"),)
        if country := self.unowned.of(i):
            if self.entities.type_of(country) == "Government":
                return (Referent(country, "Government", i, i + 1, "home"),)
            local = self.entities.entity(noun.type, noun.function or "Government", within=country)
            return (Referent(local.id, noun.type, i, i + 1, "home"),)
        speaks = tree.rels[i] == "nsubj" and tree.lemmas[tree.heads[i]] in self.lexicons.saying
        if word in OFFICIAL and speaks and not tree.children[i]:
            local = self.entities.entity("Organization", word)
            return (Referent(local.id, "Organization", i, i + 1, "description"),)
        return ()

    def _state_of(self, i: int) -> tuple[Referent, ...]:
        """ "the Gulf Arab state of Qatar": the state itself."""
        for c in self.tree.kids(i, "nmod"):
            name = self.entities.at.get(c)
            if name is not None and self.tree.case(c) == "of" and self.entities.type_of(name.entity) == "Country":
                return self._named(name)
        return ()

    def _made(self, kind: str, function: str, owner: Name, first: int, end: int) -> str:
        """The government, or a body of it, that a description stands for."""
        country = self.entities.locals[owner.entity]
        name = function or ("Government" if kind == "Government" else self.tree.line(first, end))
        local = self.entities.entity(kind, name, within=country.id)
        local.forms.add(self.tree.line(first, end))
        return local.id

    def _titled_noun(self, i: int) -> tuple[Referent, ...]:
        """ "the president", "Japan's foreign minister": the one person of the article with that office."""
        tree = self.tree
        if tree.tags[i] in {"NNS", "NNPS"}:
            if self._is_pair(i):
                return self._bearers(i) or self._pair(i)
            return self._bearers(i) or self._each(i) or self._group(i) or self._nested(i)
        owners = {o.entity for o in self._owners(i)}
        role = Role(self._asked(i), frozenset(owners), self._is_past(i))
        at_home = self.voices.incumbent(role.title) if self.voices and not (owners or role.past) else ""
        if at_home and self.voices:
            persons = [at_home] if self.voices.own(i) != at_home else []
        else:
            persons = self.roles.bearers(role)
        first, end = tree.phrase(i)
        if persons and (owners or self._is_definite(i)):
            person = persons[0] if len(persons) == 1 else self._of_several(i, role, persons)
            if person:
                return (Referent(person, "Person", first, end, "title"),)
        if owners and self.tree.rels[i] not in _PREDICATIVE and self.tree.kid(i, "cop") is None:
            return self.described_person(i)
        ranked = self._ranked(i) if not (owners or persons) and self._is_definite(i) else ""
        return (Referent(ranked, "Person", first, end, "title"),) if ranked else ()

    def _ranked(self, i: int) -> str:
        """ "the ayatollah" behind "Ayatollah Ali Khamenei": the one person named with that rank before; "" for none."""
        words, rank = self.tree.words, self.tree.words[i].casefold()
        if rank not in self.lexicons.ranks | self.lexicons.honorifics or self._title_range(i)[0] != i:
            return ""
        named = [n for n in self.entities.names if n.type == "Person" and 0 < n.first < i]
        bearers = {n.entity for n in named if rank in {words[n.first].casefold(), words[n.first - 1].casefold()}}
        return bearers.pop() if len(bearers) == 1 else ""

    def _asked(self, i: int) -> str:
        """The title that a noun asks for: "top diplomat" of "top U.S. diplomat", "leader" of "77-year-old leader"."""
        tree = self.tree
        first, end = self._title_range(i)
        while first < i and tree.rels[first] == "amod" and tree.lemmas[first] not in self.lexicons.title_modifiers:
            first += 1
        words = [tree.words[k].casefold() for k in range(first, end)]
        above = {tree.words[c].casefold() for c in tree.kids(i, "amod")} & {"top", "chief"}
        if words == ["diplomat"] and above:
            words = ["top", "diplomat"]
        words[-1] = words[-1].removeprefix("ex-")
        return fold(" ".join(words))

    def _is_past(self, i: int) -> bool:
        tree = self.tree
        before = {tree.words[c].casefold() for c in tree.kids(i, "amod", "compound")}
        return tree.words[i].casefold().startswith("ex-") or bool(before & self.lexicons.former)

    def _of_several(self, i: int, role: Role, persons: list[str]) -> str:
        """Who of several holders is meant: in official style the writer's own, of leaders the last one to act."""
        if role.owners:
            return ""
        named = [p for p in persons if any(n.entity == p and n.first < i for n in self.entities.names)]
        if len(named) == 1:  # the others come later in the text
            return named[0]
        if self.tree.words[i][:1].isupper():
            return self.roles.own(persons)
        if role.title in self.lexicons.leader_titles:
            for back in range(_REACH):
                subjects = {s.entity for s in self.main_subjects(self.tree.sents[i] - back, before=i)} & set(persons)
                if subjects:
                    return subjects.pop() if len(subjects) == 1 else ""
        return ""

    def _bearers(self, i: int) -> tuple[Referent, ...]:
        """ "Both National Security Advisors": all who were given that title."""
        if self._owners(i) or not self._is_definite(i):
            return ()
        title = fold(self.tree.quote(self._title_range(i)[0], i)) + " " + self.tree.lemmas[i]
        title = self.lexicons.same_title(title.strip())
        persons = self.roles.titled(title)
        if not 2 <= len(persons) <= _MOST_LEADERS:
            return ()
        return tuple(Referent(p, "Person", i, i + 1, "title") for p in persons)

    def _each(self, i: int) -> tuple[Referent, ...]:
        """ "the foreign ministers of Japan and China": one of each state, known by the office."""
        owners = [o for o in self._owners(i) if self.entities.type_of(o.entity) == "Country"]
        if len(owners) < 2:
            return ()
        low = self._title_range(i)[0]
        title = fold(f"{self.tree.quote(low, i)} {self.tree.lemmas[i]}".strip())
        found: list[Referent] = []
        for owner in owners:
            office = f"{title} of {self.entities.locals[owner.entity].name}"
            local = self.entities.entity("Person", office, within=owner.entity)
            found.append(Referent(local.id, "Person", min(low, owner.first), max(i + 1, owner.end), "description"))
        return tuple(found)

    def _group(self, i: int, kind: str = "Organization") -> tuple[Referent, ...]:
        """ "Trump allies", "senior U.S. envoys": people known only by whose they are."""
        owners = [o for o in self._owners(i) if self.entities.type_of(o.entity) not in EVENTS]
        if not owners:
            return ()
        first, end = self._owner_range(i)
        if not 1 < end - first <= _LONGEST_EVENT or not all(first <= o.first and o.end <= end for o in owners[:1]):
            return ()
        text = self.tree.line(first, end)
        local = self.entities.entity(kind, text, within=owners[0].entity)
        local.forms.add(text)
        return (Referent(local.id, kind, first, end, "description"),)

    def _states(self, i: int) -> tuple[Referent, ...]:
        """ "Western nations", "the Gulf states": states known by what they have in common."""
        tree = self.tree
        if not any(tree.words[c][:1].isupper() and c not in self.entities.at for c in tree.kids(i, "amod", "compound")):
            return ()
        first, end = self._owner_range(i)
        if not 1 < end - first <= _LONGEST_EVENT:
            return ()
        text = tree.line(first, i + 1)
        local = self.entities.entity("Organization", text)
        local.forms.add(text)
        return (Referent(local.id, "Organization", first, i + 1, "description"),)

    def _title_range(self, i: int) -> tuple[int, int]:
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

    def described_person(self, i: int) -> tuple[Referent, ...]:
        """ "Lebanon's top prosecutor": a person known only by the office."""
        first, end = self._owner_range(i)
        if not 1 < end - first <= _LONGEST_EVENT:
            return ()
        text = self.tree.line(first, end)
        owner = next((o for o in self._owners(i)), None)
        local = self.entities.entity("Person", text, within=owner.entity if owner else "")
        local.forms.add(text)
        return (Referent(local.id, "Person", first, end, "description"),)

    def _owner_range(self, i: int) -> tuple[int, int]:
        """Words of a description: no article before it, nothing behind a comma; empty where it runs into a name."""
        tree = self.tree
        first, end = tree.phrase(i)
        while first < i and (tree.words[first].casefold() in _NO_PART or tree.pos[first] in {"CCONJ", "PUNCT", "NUM"}):
            first += 1
        for k in range(i + 1, end):
            if tree.words[k] in _BREAKS or tree.words[k].casefold().rstrip(".") in self.lexicons.honorifics:
                end = k
                break
        clauses = [c for c in tree.kids(i, "acl", "ccomp") if c > i]
        end = min([end, *(min(k for k in tree.subtree(c) if k > i) for c in clauses)])  # "a soldier held by Hamas"
        behind = [self.entities.at.get(k) for k in range(i + 1, end + 1)]
        if any(name is not None and name.type == "Person" and name.first > i for name in behind):
            return i, i
        return first, end

    def _body(self, i: int) -> tuple[Referent, ...]:
        """ "South Korea's foreign ministry"."""
        tree = self.tree
        first, end = self._title_range(i)
        while (
            end < len(tree.words)
            and tree.words[end].casefold() in {"of", "for"}
            and end + 1 < len(tree.words)
            and ((end + 1) not in self.entities.at and tree.pos[end + 1] in {"NOUN", "PROPN"})
        ):
            end += 2
        function = self.lexicons.body_function(tree.quote(first, end))
        if not function:
            return ()
        owners = [o for o in self._owners(i) if self.entities.type_of(o.entity) == "Country"]
        if not owners and self.tree.kid(i, "nmod:poss") is not None:
            owners = self._the_country(i)
            if not owners:
                return ()
        if not owners:
            return self._recent_body(function, i)
        owner = owners[0]
        low, high = min(owner.first, first), max(owner.end, end)
        local = self.entities.entity("PublicBody", function, within=owner.entity)
        local.forms.add(tree.line(low, high))
        return (Referent(local.id, "PublicBody", low, high, "body"),)

    def _the_country(self, i: int) -> list[Name]:
        """ "Japan is following it," the country's foreign ministry said: the one country named in the sentence."""
        tree = self.tree
        owner = tree.kid(i, "nmod:poss")
        if owner is None or tree.lemmas[owner] not in {"country", "nation"}:
            return []
        first, _ = tree.bounds[tree.sents[i]]
        named = {
            n.entity: n
            for k in range(first, owner)
            if (n := self.entities.at.get(k)) is not None
            and self.entities.type_of(n.entity) == "Country"
            and n.rule != "demonym"
        }
        return list(named.values()) if len(named) == 1 else []

    def _recent_body(self, function: str, i: int) -> tuple[Referent, ...]:
        """ "the ministry": the body of that function named before."""
        known = [e for e in self.entities.locals.values() if e.type == "PublicBody" and fold(e.name) == fold(function)]
        if len(known) == 1 and self._is_definite(i):
            return (Referent(known[0].id, "PublicBody", i, i + 1, "body"),)
        return ()

    def _carrier(self, i: int) -> tuple[Referent, ...]:
        """ "the Bush administration", "Trump campaign", "members of Hamas", "a report by Amnesty"."""
        tree, lemma = self.tree, self.tree.lemmas[i]
        kind = self.lexicons.carriers.get(lemma)
        if kind is None:
            return ()
        for owner in self._owners(i):
            owned = self.entities.type_of(owner.entity)
            first, end = min(owner.first, i), max(owner.end, i + 1)
            if lemma in LED and owned != "Person":
                continue
            if kind == "same":
                if owned == "Country" and lemma not in _OWN_CARRIERS:
                    continue
                if owned in _GROUP_TYPES | {"Person"}:
                    return (Referent(owner.entity, owned, first, end, "carrier"),)
                continue
            text = tree.line(first, end)
            local = self.entities.entity(kind, text, within="")
            local.forms.add(text)
            return (Referent(local.id, kind, first, end, "description"),)
        return self._nested(i) if kind == "same" else ()

    def _event(self, i: int, lemma: str) -> tuple[Referent, ...]:
        """ "the peace conference in Geneva"; a bare "the summit" is the one summit named before."""
        kind = self.lexicons.described_events.get(lemma)
        if kind is None:
            return ()
        first, end = self.tree.phrase(i)
        while first < i and (
            self.tree.pos[first] in {"DET", "PRON", "PART", "PUNCT"}
            or self.tree.tags[first] == "PRP$"
            or self.tree.words[first].casefold() in _OCCASIONS
        ):
            first += 1
        end = next((k for k in range(i + 1, end) if self._ends_event_name(k)), end)
        if end - first > _LONGEST_EVENT:
            end = i + 1
        if not self._is_distinct(first, i, end, kind):
            known = [e for e in self.entities.locals.values() if e.type == kind and lemma in fold(e.name).split()]
            return (Referent(known[0].id, kind, first, end, "event"),) if len(known) == 1 else ()
        text = _undated(self.tree.line(first, end))
        local = self.entities.entity(kind, text)
        local.forms.add(text)
        return (Referent(local.id, kind, first, end, "event"),)

    def _ends_event_name(self, k: int) -> bool:
        """Participants, clauses and commas behind an event noun are no part of its name."""
        tree = self.tree
        return (
            tree.pos[k] in {"VERB", "AUX", "SCONJ"}
            or tree.words[k] in _BREAKS
            or tree.words[k].casefold() in {"with", "between", "among", "and", "by", "after", "before"}
        )

    def _is_distinct(self, first: int, head: int, end: int, kind: str) -> bool:
        """Do its modifiers tell this event from others: a name, a number, or a noun ("peace talks")?"""
        tree = self.tree
        if any(k in self.entities.at or tree.pos[k] in {"PROPN", "NUM"} for k in range(first, end)):
            return True
        telling = {"compound"} if kind == "Meeting" else {"compound", "amod"}  # "parliamentary elections"
        return any(tree.rels[k] in telling and tree.heads[k] == head for k in range(first, head))

    # --- pronouns --------------------------------------------------------------------------------------------------

    def _pronoun(self, i: int, word: str) -> tuple[Referent, ...]:
        if word in I_WORDS or (word in WE_WORDS and self.tree.words[i] != "US"):
            return self._voiced(i)
        if word in _RELATIVE or word in {"itself", "himself", "herself", "themselves"}:
            return ()
        if word in _HE or word in _SHE:
            person = self._antecedent_person(i, female=word in _SHE)
            return (Referent(person, "Person", i, i + 1, "pronoun"),) if person else ()
        if word in _THEY:
            return self._plural(i)
        if word in _IT:
            return self._coordinated(i) or self._thing(i)
        return ()

    def _voiced(self, i: int, relation: str = "") -> tuple[Referent, ...]:
        """ "I" and "we": the speaker, or his side where the relation is something that states do."""
        meant = self.voices.meant(i, relation) if self.voices else ()
        return tuple(Referent(e, self.entities.type_of(e), i, i + 1, VOICE) for e in meant)

    def meant(self, referent: Referent, relation: str) -> tuple[Referent, ...]:
        """What a referent of "we" is as an end of a relation."""
        return self._voiced(referent.first, relation)

    def _coordinated(self, i: int) -> tuple[Referent, ...]:
        """ "Iran and its ally Syria": `its` is the member before."""
        tree, noun = self.tree, self.tree.heads[i]
        if tree.tags[i] != "PRP$" or tree.rels[noun] not in {"conj", "compound", "nmod:desc"}:
            return ()
        while tree.rels[noun] in {"compound", "nmod:desc"} and tree.heads[noun] != noun:
            noun = tree.heads[noun]
        first = self.of(tree.heads[noun]) if tree.rels[noun] == "conj" else ()
        return tuple(Referent(r.entity, r.type, i, i + 1, "pronoun") for r in first if r.type in _GROUP_TYPES)[:1]

    def _antecedent_person(self, i: int, *, female: bool) -> str:  # noqa: PLR0911 - one return a reason to stop
        """The last subject that is a person, else the only person near; "" when it stays open."""
        reporter = self._reporter(i)
        if reporter is not None:
            if any(r.rule == INFORMANT for r in reporter):
                return ""  # "his lawyer said he was ill"
            persons = [r for r in reporter if self._person_fits(r, female=female)]
            if len(persons) == 1:
                return persons[0].entity
            if not reporter:
                return ""
        sent = self.tree.sents[i]
        own = self.voices.own(i) if self.voices else ""
        is_subject = self.tree.rels[i].startswith("nsubj") or self.tree.tags[i] == "PRP$"
        for back in range(_REACH + 1):
            if self._is_open(sent - back, i):
                break
            subjects = [r for r in self.main_subjects(sent - back, before=i) if self._person_fits(r, female=female)]
            subjects = [r for r in subjects if r.entity != own and r.rule != VOICE]
            if any(r.rule == INFORMANT for r in subjects) and not self._may_go_on(subjects[0], i):
                return ""
            if is_subject and len({r.entity for r in subjects}) == 1:
                return subjects[0].entity
            near = self._persons_in(sent - back, before=i, female=female) - {own} - self._beside(i)
            if len(near) == 1 and not self._unknown_person(sent - back, before=i):
                return next(iter(near))
            if near:
                return ""
        return ""

    def _may_go_on(self, informant: Referent, i: int) -> bool:
        """Does a pronoun go on with who spoke unnamed: "An aide said ... He added", not "His aide said ... He is"?"""
        owned = self.tree.words[informant.first].casefold() in _HE | _SHE | _THEY | _IT
        return self.informants.speaks(i) and not owned

    def _beside(self, i: int) -> set[str]:
        """Subjects of the verb whose object a pronoun is: "Xi welcomed him" is not about Xi."""
        tree, verb = self.tree, self.tree.heads[i]
        if tree.rels[i] not in {"obj", "iobj", "obl"} or tree.pos[verb] != "VERB":
            return set()
        return {r.entity for r in self.all_of([h for h in surface_subjects(tree, verb) if h != i])}

    def _is_open(self, sent: int, i: int) -> bool:
        """Is what a pronoun means left open by a turn's beginning, or by a stranger of whom the speaker tells?"""
        if self.voices is None or sent < 0:
            return False
        far = self.tree.sents[i] - sent > _ORAL_REACH
        strange = self.voices.in_turn(i) and (far or self.voices.stranger(self.tree.bounds[sent][0], i))
        return strange or self.voices.parted(sent, i)

    def _unknown_person(self, sent: int, *, before: int) -> bool:
        """Does a sentence tell of one person whom no name gives: "the minister said", "his wife left"?"""
        if sent < 0 or self.main_subjects(sent, before=before):
            return False
        first, end = self.tree.bounds[sent]
        roots = [k for k in range(first, end) if self.tree.heads[k] == k]
        heads = surface_subjects(self.tree, roots[0]) if roots else []
        people = self.lexicons.title_heads | _ROLES | _PEOPLE
        singular = [h for h in heads if h < before and self.tree.tags[h] in {"NN", "NNP"}]
        return any(self.tree.lemmas[h].removeprefix("ex-") in people for h in singular)

    def _person_fits(self, referent: Referent, *, female: bool) -> bool:
        if referent.type != "Person":
            return False
        gender = self.lexicons.gender(self.entities.locals[referent.entity].name, self._honorifics(referent.entity))
        return gender in {"", "f" if female else "m"}

    def _honorifics(self, entity: str) -> set[str]:
        tree = self.tree
        return {
            tree.words[n.first - 1].casefold().rstrip(".")
            for n in self.entities.names
            if n.entity == entity and n.first > 0
        }

    def _persons_in(self, sent: int, *, before: int, female: bool) -> set[str]:
        if sent < 0:
            return set()
        first, end = self.tree.bounds[sent]
        found: set[str] = set()
        for k in range(first, min(end, before)):
            name = self.entities.at.get(k)
            if name is not None and self.entities.type_of(name.entity) == "Person" and not self._listed(name):
                referent = self._named(name)[0]
                if self._person_fits(referent, female=female):
                    found.add(name.entity)
        return found

    def _listed(self, name: Name) -> bool:
        """Is it one of those told of behind "including", "such as", "like"?"""
        tree, here = self.tree, name.head
        while tree.heads[here] != here:
            if tree.case(here) in _SUCH_AS:
                return True
            if tree.pos[here] in {"VERB", "AUX"}:
                return False
            here = tree.heads[here]
        return False

    def _subjects_of(self, sent: int) -> tuple[Referent, ...]:
        return tuple(r for r in self.main_subjects(sent, before=len(self.tree.words)) if r.rule != INFORMANT)

    def main_subjects(self, sent: int, *, before: int) -> tuple[Referent, ...]:
        """Referents of the subject of a sentence's main verb, if it stands before the word `before`."""
        if sent < 0:
            return ()
        subjects = self._subjects.get(sent)
        if subjects is None:
            first, end = self.tree.bounds[sent]
            roots = [k for k in range(first, end) if self.tree.heads[k] == k]
            heads = surface_subjects(self.tree, roots[0]) if roots else []
            subjects = tuple(r for h in heads for r in self.of(h))
            if not self._open:
                self._subjects[sent] = subjects
        return tuple(r for r in subjects if r.first < before)

    def _plural(self, i: int) -> tuple[Referent, ...]:
        """ "They": the several subjects of the sentence before, or its one collective subject."""
        sent = self.tree.sents[i]
        for back in (0,) if self.tree.tags[i] == "PRP$" else range(_REACH + 1):
            subjects = self.main_subjects(sent - back, before=i)
            parted = self.voices is not None and self.voices.parted(sent - back, i)
            if parted or any(s.rule == VOICE for s in subjects):
                return ()
            unnamed = bool(subjects) and all(s.rule == INFORMANT for s in subjects)
            if unnamed and not self._may_go_on(subjects[0], i):
                return ()
            if len(subjects) == 1 and back:
                subjects = (*subjects, *self._company(sent - back, subjects[0]))
            if len(subjects) > 1 or (len(subjects) == 1 and _is_collective(subjects[0])):
                return tuple(Referent(s.entity, s.type, i, i + 1, "pronoun") for s in subjects)
            if subjects and not self._goes_on(subjects[0]):
                return ()
        return ()

    def _company(self, sent: int, subject: Referent) -> list[Referent]:
        """Whom the subject of a sentence met or spoke with, where both are persons, or both are states."""
        tree = self.tree
        first, end = tree.bounds[sent]
        verbs = [k for k in range(first, end) if tree.heads[k] == k and tree.lemmas[k] in _MEETING]
        if not verbs:
            return []
        heads = [c for c in tree.kids(verbs[0], "obl", "obj", "nmod") if tree.case(c) in {"with", "by", ""}]
        heads += [k for c in tree.kids(verbs[0], "obj") for k in tree.kids(c, "nmod") if tree.case(k) == "with"]
        return [r for r in self.all_of(heads) if r.type == subject.type and r.entity != subject.entity]

    def _goes_on(self, subject: Referent) -> bool:
        """Does a sentence only go on from an earlier one, which tells who "they" are?"""
        return subject.type == "Person" and subject.rule in {"title", "pronoun"}

    def _reporter(self, i: int) -> tuple[Referent, ...] | None:
        """Who reports the clause around a pronoun: () for somebody we do not know; None outside reports."""
        tree, here = self.tree, i
        while tree.heads[here] != here:
            rel, here = tree.rels[here], tree.heads[here]
            if rel == "ccomp":
                heads = [h for h in surface_subjects(tree, here) if h < i]
                found = self.all_of(heads)
                if any(r.rule == VOICE for r in found):
                    return None
                return tuple(found) if heads else None
        return None

    def _thing(self, i: int) -> tuple[Referent, ...]:
        """ "It", "its": the subject before it that is a state or body."""
        reporter = self._reporter(i)
        if reporter is not None:
            bodies = [r for r in reporter if r.type in _GROUP_TYPES or r.type == "City"]  # a capital that speaks
            bodies = [r for r in bodies if r.rule != INFORMANT or self.tree.tags[r.end - 1] == "NN"]
            if not bodies and any(r.rule == INFORMANT for r in reporter):
                return ()
            if len(bodies) == 1 or not reporter:
                return tuple(Referent(b.entity, b.type, i, i + 1, "pronoun") for b in bodies)
        return self._body_before(i)

    def _body_before(self, i: int) -> tuple[Referent, ...]:
        """The subject of this sentence or the last one that is a state or body, else the only one named before."""
        sent = self.tree.sents[i]
        for back in (0, 1):
            subjects = [s for s in self.main_subjects(sent - back, before=i) if s.type in _GROUP_TYPES]
            subjects = [s for s in subjects if s.rule != INFORMANT]
            parted = self.voices is not None and self.voices.parted(sent - back, i)
            if parted or any(s.rule == VOICE for s in subjects):
                return ()
            if len(subjects) == 1:
                return (Referent(subjects[0].entity, subjects[0].type, i, i + 1, "pronoun"),)
            if subjects:
                return ()
            near = self._bodies_before(i) if back == 0 else []
            if len(near) == 1:
                return (Referent(near[0].entity, self.entities.type_of(near[0].entity), i, i + 1, "pronoun"),)
        return ()

    def _bodies_before(self, i: int) -> list[Name]:
        """States and bodies named as such in the sentence before a word."""
        first, _ = self.tree.bounds[self.tree.sents[i]]
        named = {
            n.entity: n
            for k in range(first, i)
            if (n := self.entities.at.get(k)) is not None
            and self.entities.type_of(n.entity) in _GROUP_TYPES
            and n.rule != "demonym"
        }
        patrons = [n for n in named.values() if self.tree.words[min(n.end, i)] in {"-", "–"}]  # "U.S.-led forces"
        return [] if len(named) == len(patrons) else list(named.values())

    # --- "the two leaders" -----------------------------------------------------------------------------------------

    def _is_pair(self, i: int) -> bool:
        tree = self.tree
        if tree.tags[i] not in {"NNS", "NNPS"} or self._owners(i):
            return False
        words = {tree.words[c].casefold() for c in tree.children[i] if c < i}
        return bool(words & {"two", "three", "both"}) or ("the" in words and tree.lemmas[i] in {"leader", "side"})

    def _pair(self, i: int) -> tuple[Referent, ...]:
        """The last two (or three) actors of the right kind that were named together."""
        tree = self.tree
        words = {tree.words[c].casefold() for c in tree.children[i]} | {tree.words[i].casefold()}
        count = next((n for n, word in enumerate(("two", "three", "four", "five"), 2) if word in words), 0)
        count = 2 if words & {"both", *_DUOS} else count
        persons = tree.lemmas[i] in {"man", "two", "three", *_DUOS} or tree.lemmas[i] in self.lexicons.title_heads
        for back in range(_REACH + 1):
            sent = tree.sents[i] - back
            group = self._told_together(sent, i, tree.lemmas[i]) or self._named_together(sent, i, persons=persons)
            if (count and len(group) == count) or (not count and 2 <= len(group) <= _MOST_LEADERS):
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
            if name is None or name.head != k or self._is_owner(name):
                continue
            kind = self.entities.type_of(name.entity)
            if kind == "Person" if persons else kind in {"Country", "Government"}:
                found[name.entity] = None
        return list(found)

    def _is_owner(self, name: Name) -> bool:
        """ "of Japan" in "Prime Minister Ishiba of Japan" is no party of its own."""
        return self.tree.rels[name.head] in {"nmod", "nmod:poss", "amod", "compound"}

    # --- shared ----------------------------------------------------------------------------------------------------

    def _is_definite(self, i: int) -> bool:
        first, _ = self.tree.phrase(i)
        return self.tree.words[first].casefold() in _DEFINITE or self.tree.words[i][:1].isupper()

    def state_of(self, entity: str) -> str:
        """Canonical id of the country that an entity is, or whose capital acts for it; else its own local id."""
        local = self.entities.locals[entity]
        known = self.lexicon.lookup(local.name)[:1] if local.type in {"Country", "City"} else ()
        return (known[0].country or known[0].id) if known else entity

    def serves(self, person: str, body: str) -> bool:
        """Is it the person's own state or body, by an office or a description?"""
        return self.entities.locals[person].within == body or body in self.roles.served(person)

    def is_place(self, referent: Referent) -> bool:
        """Is it a place (which may still act for its government)?"""
        return referent.type in PLACES


def _is_collective(referent: Referent) -> bool:
    """Is it "they" to a writer: officials, rebels, "Western nations"?"""
    if referent.rule in {"officials", "officials_of"} or referent.type == "ArmedGroup":
        return True
    return referent.rule in {"description", INFORMANT} and referent.type == "Organization"


def _kind_of_group(noun: ActorNoun) -> str:
    """Entity type of those who act for no state: a force is an armed group, others keep no office."""
    if noun.type == "ArmedGroup" or noun.function in _FORCES:
        return "ArmedGroup"
    return "Person" if noun.type == "Person" else "Organization"


def _undated(name: str) -> str:
    """A description without the weekday in it: "meeting Tuesday of ministers"."""
    return " ".join(_WEEKDAY.sub(" ", name).split()) or name
