"""What a word that fills a slot refers to: names, described officials, titles, pronouns, "the two leaders"."""

from kg.model import Article, Lexicon
from kg.nlp.actor_nouns import ActorNouns
from kg.nlp.body_nouns import BodyNouns
from kg.nlp.documents import Documents
from kg.nlp.entities import PLACES, Entities, Name
from kg.nlp.event_nouns import EventNouns
from kg.nlp.generic import of_kind
from kg.nlp.grammar import Tree, measured, surface_subjects
from kg.nlp.informants import INFORMANT, Informants
from kg.nlp.lexicons import Lexicons
from kg.nlp.noun_phrases import FOLLOWERS, ROLES, NounPhrases
from kg.nlp.pairs import DUOS, Pairs
from kg.nlp.peoples import Peoples
from kg.nlp.pronouns import Pronouns
from kg.nlp.referent import GROUP_TYPES, HE, IT, SHE, THEY, Referent, of_name
from kg.nlp.roles import Roles
from kg.nlp.titled_nouns import TitledNouns
from kg.nlp.titles import Office
from kg.nlp.unowned import Unowned
from kg.nlp.voices import Voices

_PAIRED = frozenset({
    "leader", "side", "country", "nation", "minister", "president", "official", "party", "ally", "neighbor",
    "neighbour", "man", "capital", "government",
})  # fmt: skip
_DELEGATIONS = frozenset({"delegation", "team", "mission", "group", "contingent"})
_STATES = frozenset({"nation", "country", "state", "power", "government", "ally"})
_PLACE_NOUNS = frozenset({"city", "town", "village", "capital", "port", "island", "province", "region", "enclave"})
_STATE_NOUNS = frozenset({"state", "nation", "kingdom", "republic", "country", "sultanate", "emirate", "monarchy"})


class Referents:
    """Finds and remembers the referents of one article's words."""

    def __init__(self, tree: Tree, entities: Entities, lexicons: Lexicons, lexicon: Lexicon,
                 voices: Voices | None = None) -> None:  # fmt: skip
        self.tree, self.entities, self.lexicons, self.lexicon = tree, entities, lexicons, lexicon
        self._memo: dict[int, tuple[Referent, ...]] = {}
        self._open: set[int] = set()
        self._introduced: dict[int, str] = {}
        self._subjects: dict[int, tuple[Referent, ...]] = {}
        self.roles = Roles(entities, lexicon, lexicons)
        self.voices = voices
        self.informants = Informants(tree, entities, lexicons, self._meant_by)
        self.peoples = Peoples(tree, entities)
        self.phrases = NounPhrases(tree, entities, lexicons)
        self.pairs = Pairs(tree, entities, lexicons, self.phrases)
        self.pronouns = Pronouns(self, tree, entities, lexicons, (voices, self.informants))
        unowned = Unowned(self.phrases, lexicon, self.roles, self._subjects_of)
        self.actors = ActorNouns(self, self.phrases, unowned, self.peoples)
        self.titled = TitledNouns(self, self.actors, self.pairs, self.roles, voices)
        self.bodies, self.events = BodyNouns(self.phrases), EventNouns(self.phrases)
        self.documents = Documents(self, self.phrases)

    def learn(self, offices: list[Office], article: Article) -> None:
        """Offices found in the article make "the president" and "Japan's foreign minister" findable."""
        self.roles.learn(offices, article)
        self._memo.clear()
        self.pairs.forget()
        for i in range(len(self.tree.words)):  # in text order: each goes on from the one before
            if self.pairs.is_pair(i):
                self.of(i)

    def introduce(self, noun: int, person: str) -> None:
        """Note whom a description stands for whose name comes in the next sentence."""
        self._introduced[noun] = person
        self._memo.clear()

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

    def travellers(self, heads: list[int]) -> list[Referent]:
        """Referents of those who go somewhere: "two U.S. envoys" are these people, not their government."""
        found: dict[str, Referent] = {}
        for i in heads:
            acting = self.of(i)
            group = self.actors.group(i) if any(r.rule in {"officials", "officials_of"} for r in acting) else ()
            for r in group:
                found.setdefault(r.entity, Referent(r.entity, r.type, r.first, r.end, "delegation"))
            if not group:
                found.update({r.entity: r for r in self.all_of([i]) if r.entity not in found})
        return list(found.values())

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

    def meant(self, referent: Referent, relation: str) -> tuple[Referent, ...]:
        """What a referent of "we" is as an end of a relation."""
        return self.pronouns.voiced(referent.first, relation)

    def state_of(self, entity: str) -> str:
        """Canonical id of the country that an entity is, or whose capital acts for it; else its own local id."""
        local = self.entities.locals[entity]
        known = self.lexicon.lookup(local.name)[:1] if local.type in {"Country", "City"} else ()
        return (known[0].country or known[0].id) if known else entity

    def serves(self, person: str, body: str) -> bool:
        """Is it the person's own state or body, by an office or a description?"""
        if self.entities.locals[person].within == body or body in self.roles.served(person):
            return True
        known = self.lexicon.lookup(self.entities.locals[person].name)[:1]  # "Finland must join, Niinistö said"
        return any(k.type == "Person" and k.country != "" and k.country == self.state_of(body) for k in known)

    def is_place(self, referent: Referent) -> bool:
        """Is it a place (which may still act for its government)?"""
        return referent.type in PLACES

    def _subjects_of(self, sent: int) -> tuple[Referent, ...]:
        return tuple(r for r in self.main_subjects(sent, before=len(self.tree.words)) if r.rule != INFORMANT)

    def _find(self, i: int) -> tuple[Referent, ...]:  # noqa: PLR0911 - one return for each kind of word
        tree = self.tree
        if i in self._introduced:
            return (Referent(self._introduced[i], "Person", *self.phrases.owner_range(i), "introduced"),)
        name = self.entities.at.get(i)
        if name is not None and name.rule == "demonym" and tree.is_plural(i):
            return self._people(i, name)
        if name is not None and (name.head == i or tree.pos[i] == "PROPN"):
            return (of_name(self.entities, name),)
        word = tree.words[i].casefold()
        if tree.pos[i] in {"PRON", "DET"} or word in HE | SHE | THEY | IT or self.pronouns.is_reciprocal(i):
            return self.pronouns.of(i, word)
        if name is not None:
            return (of_name(self.entities, name),)
        definite = any(tree.words[c].casefold() == "the" for c in tree.children[i])
        if tree.pos[i] == "NUM" and word in {"two", "three"} and definite:
            return self.pairs.of(i)
        if tree.pos[i] in {"NOUN", "PROPN", "NUM", "ADJ"}:
            return self._described(i) or self._informant(i)
        return ()

    def _informant(self, i: int) -> tuple[Referent, ...]:
        """Somebody who is known only by what he says: "a Western diplomat said"."""
        told = self.voices is not None and (self.voices.in_turn(i) or self.voices.quotes.hold(i))
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
            return (of_name(self.entities, name),)
        return self._people_from(min(first, name.first), i, name.entity if first >= name.first else "")

    def _place(self, i: int) -> tuple[Referent, ...] | None:
        """ "the town of Bunagana", "the regional capital Goma": the place itself, where no state before it owns it."""
        tree = self.tree
        if tree.lemmas[i] not in _PLACE_NOUNS or any(o.first < i for o in self.phrases.owners(i)):
            return None
        for c in tree.kids(i, "appos", "flat", "nmod", "nmod:desc"):
            name = self.entities.at.get(c)
            if name is not None and c > i and tree.case(c) in {"", "of"} and name.type in {"City", "Region"}:
                return (of_name(self.entities, name),)
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

    # --- descriptions ----------------------------------------------------------------------------------------------

    def _described(self, i: int) -> tuple[Referent, ...]:  # noqa: PLR0911 - one return a kind of description
        tree, lemma = self.tree, self.tree.lemmas[i].removeprefix("ex-")
        if tree.rels[i] == "appos" and lemma in self.lexicons.title_heads:
            bearer = self.entities.at.get(tree.heads[i])
            if bearer is not None and self.entities.type_of(bearer.entity) == "Person":
                return (of_name(self.entities, bearer),)
        apposed = (
            self._apposed_name(i)
            or self._leader(i)
            or self._stateless(i)
            or self._place(i)
            or self.titled.counterpart(i)
        )
        if apposed is not None:
            return apposed
        noun = self.phrases.actor_key(i)
        if noun:
            actors = self.actors.of(i, noun)
            if actors:
                return actors
        if lemma in _STATE_NOUNS and (state := self._state_of(i)):
            return state
        if lemma in self.lexicons.title_heads:
            return self.titled.of(i)
        if lemma in self.lexicons.body_heads:
            return self.bodies.of(i)
        two = lemma in DUOS and self.phrases.is_definite(i) and not self.phrases.owners(i)
        if two or (lemma in _PAIRED and self.pairs.is_pair(i)):
            return self.pairs.of(i)
        if lemma in FOLLOWERS and tree.is_plural(i):
            return self.actors.group(i)
        if lemma in _STATES and tree.is_plural(i):
            return self.actors.states(i) or self.actors.group(i)
        return self.actors.carrier(i) or self.documents.of(i) or self.events.of(i, lemma) or self._kind(i)

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
                if kind in {"Person"} | GROUP_TYPES and self._agrees(i, kind):
                    return (of_name(self.entities, name), *self._beside_it(c, kind))
        return None

    def _beside_it(self, c: int, kind: str) -> tuple[Referent, ...]:
        """ "foreign ministers A of Germany and B of France": the other names that share the noun."""
        names = [self.entities.at.get(k) for k in self.tree.conjuncts(c) if k != c]
        return tuple(
            of_name(self.entities, n) for n in names if n is not None and self.entities.type_of(n.entity) == kind
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
                return (of_name(self.entities, name),)
        return None

    def _agrees(self, i: int, kind: str) -> bool:
        """A title or another noun for people is apposed to a person."""
        lemma = self.tree.lemmas[i].removeprefix("co-")
        return kind != "Person" or lemma in ROLES or lemma in self.lexicons.title_heads

    def _state_of(self, i: int) -> tuple[Referent, ...]:
        """ "the Gulf Arab state of Qatar": the state itself."""
        for c in self.tree.kids(i, "nmod"):
            name = self.entities.at.get(c)
            if name is not None and self.tree.case(c) == "of" and self.entities.type_of(name.entity) == "Country":
                return (of_name(self.entities, name),)
        return ()
