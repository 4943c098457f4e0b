"""Nouns for those who act: "Iranian officials", "Kurdish fighters", "its troops", "Western nations", "Trump allies"."""

from kg.nlp.entities import EVENTS, Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import ActorNoun, Lexicons
from kg.nlp.noun_phrases import NounPhrases
from kg.nlp.peoples import Peoples
from kg.nlp.referent import GROUP_TYPES, LONGEST, Finder, Referent
from kg.nlp.unowned import ADMINISTRATION, LED, OFFICIAL, Unowned

_OWN_CARRIERS = frozenset({
    "leadership", "cabinet", "executive", "spokesman", "spokeswoman", "spokesperson", "representative", "statement",
    "member",
})  # fmt: skip
"""Nouns that stand for a state itself; "Pakistani groups" do not."""
_FORCES = frozenset({"Armed Forces", "Navy", "Air Force"})
_ITS = frozenset({"its", "their"})


class ActorNouns:
    """Finds the actors that such nouns of one article stand for."""

    def __init__(self, finder: Finder, phrases: NounPhrases, unowned: Unowned, peoples: Peoples) -> None:
        self.finder, self.phrases, self.unowned, self.peoples = finder, phrases, unowned, peoples
        self.tree: Tree = phrases.tree
        self.entities: Entities = phrases.entities
        self.lexicons: Lexicons = phrases.lexicons

    def of(self, i: int, key: str) -> tuple[Referent, ...]:
        """ "Iranian and Saudi officials": the two governments; "Hamas leaders": Hamas."""
        referents: list[Referent] = []
        noun = self.lexicons.actor_nouns[key]
        owners = self.phrases.owners(i)
        if any(
            self.tree.words[c].casefold() in self.lexicons.unofficial for c in self.tree.kids(i, "amod", "compound")
        ):
            led = any(self.entities.type_of(o.entity) in GROUP_TYPES - {"Country"} for o in owners)
            told = led or noun.type == "MediaOrganization"  # "Kurdish rebels of the PKK" are the PKK
            return () if told else self.group(i, _kind_of_group(noun)) or self._folk(i, noun)
        before = [o for o in owners if o.first < i]
        if {self.entities.type_of(o.entity) for o in before} >= {"Country", "PoliticalParty"}:
            return self.group(i)  # "U.S. Democratic senators" are neither the Senate nor the party
        if noun.type == "Person" and owners and not before:
            bodies = [o for o in owners if self.entities.type_of(o.entity) in GROUP_TYPES - {"Country"}]
            return tuple(Referent(o.entity, self.entities.type_of(o.entity), i, o.end, "officials_of") for o in bodies)
        for owner in before or owners:  # "the U.S. military in Iraq" is American
            owned = self.entities.type_of(owner.entity)
            first, end = min(owner.first, i), max(owner.end, i + 1)
            if noun.described or (owned in {"City", "Region"} and noun.type == "ArmedGroup"):
                return self.group(i, noun.type)
            if end - first > LONGEST:
                continue
            if owned == "Country":
                local = self._made(noun.type, noun.function, owner, first, end)
                referents.append(Referent(local, noun.type, first, end, "officials"))
            elif owned in GROUP_TYPES:
                referents.append(Referent(owner.entity, owned, first, end, "officials_of"))
        if referents or owners:
            return tuple(referents)
        return (
            self._folk(i, noun)
            or self._manned(i)
            or self._possessed(i, noun)
            or self.nested(i)
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
        for owner in self.finder.of(pronoun):
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
            found = self.of(c, key) if (key := self.phrases.actor_key(c)) else ()
            if found and found[0].rule != "home":
                return found
        return ()

    def nested(self, i: int) -> tuple[Referent, ...]:
        """ "leaders of Syria's new government", "members of the Iranian delegation": those for whom they act."""
        tree = self.tree
        below = [c for c in tree.kids(i, "nmod") if c > i and tree.case(c) in {"of", "from"} and tree.pos[c] == "NOUN"]
        acting = [r for c in below for r in self.finder.of(c) if r.type in {"Government", "PublicBody"}]
        return tuple(Referent(r.entity, r.type, min(i, r.first), r.end, "officials_of") for r in acting)

    def _unowned(self, i: int, noun: ActorNoun) -> tuple[Referent, ...]:
        """ "The administration", "the military", "Authorities said": those told of before, else who speaks unnamed."""
        tree, word = self.tree, self.tree.words[i].casefold()
        if word == ADMINISTRATION and self.phrases.is_definite(i) and (last := self.unowned.administration(i)):
            return (Referent(last, "Government", i, i + 1, "home"),)
        if (before := self.unowned.speakers(i)) is not None and (known := self.finder.of(before)):
            return tuple(Referent(r.entity, r.type, i, i + 1, r.rule) for r in known)
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

    def _made(self, kind: str, function: str, owner: Name, first: int, end: int) -> str:
        """The government, or a body of it, that a description stands for."""
        country = self.entities.locals[owner.entity]
        name = function or ("Government" if kind == "Government" else self.tree.line(first, end))
        local = self.entities.entity(kind, name, within=country.id)
        local.forms.add(self.tree.line(first, end))
        return local.id

    def group(self, i: int, kind: str = "Organization") -> tuple[Referent, ...]:
        """ "Trump allies", "senior U.S. envoys": people known only by whose they are."""
        owners = [o for o in self.phrases.owners(i) if self.entities.type_of(o.entity) not in EVENTS]
        if not owners:
            return ()
        first, end = self.phrases.owner_range(i)
        if not 1 < end - first <= LONGEST or not all(first <= o.first and o.end <= end for o in owners[:1]):
            return ()
        text = self.tree.line(first, end)
        local = self.entities.entity(kind, text, within=owners[0].entity)
        local.forms.add(text)
        return (Referent(local.id, kind, first, end, "description"),)

    def states(self, i: int) -> tuple[Referent, ...]:
        """ "Western nations", "the Gulf states": states known by what they have in common."""
        tree = self.tree
        if not any(tree.words[c][:1].isupper() and c not in self.entities.at for c in tree.kids(i, "amod", "compound")):
            return ()
        first, end = self.phrases.owner_range(i)
        if not 1 < end - first <= LONGEST:
            return ()
        text = tree.line(first, i + 1)
        local = self.entities.entity("Organization", text)
        local.forms.add(text)
        return (Referent(local.id, "Organization", first, i + 1, "description"),)

    def carrier(self, i: int) -> tuple[Referent, ...]:
        """ "the Bush administration", "Trump campaign", "members of Hamas", "a report by Amnesty"."""
        tree, lemma = self.tree, self.tree.lemmas[i]
        kind = self.lexicons.carriers.get(lemma)
        if kind is None:
            return ()
        for owner in self.phrases.owners(i):
            owned = self.entities.type_of(owner.entity)
            first, end = min(owner.first, i), max(owner.end, i + 1)
            if lemma in LED and owned != "Person":
                continue
            if kind == "same":
                if owned == "Country" and lemma not in _OWN_CARRIERS:
                    continue
                if owned in GROUP_TYPES | {"Person"}:
                    return (Referent(owner.entity, owned, first, end, "carrier"),)
                continue
            text = tree.line(first, end)
            local = self.entities.entity(kind, text, within="")
            local.forms.add(text)
            return (Referent(local.id, kind, first, end, "description"),)
        return self.nested(i) if kind == "same" else ()


def _kind_of_group(noun: ActorNoun) -> str:
    """Entity type of those who act for no state: a force is an armed group, others keep no office."""
    if noun.type == "ArmedGroup" or noun.function in _FORCES:
        return "ArmedGroup"
    return "Person" if noun.type == "Person" else "Organization"
