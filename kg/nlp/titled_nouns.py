"""Titles without a name: "the president", "Japan's foreign minister", "both National Security Advisors"."""

from kg.ids import fold
from kg.nlp.actor_nouns import ActorNouns
from kg.nlp.pairs import MOST_LEADERS, Pairs
from kg.nlp.referent import LONGEST, REACH, Finder, Referent
from kg.nlp.roles import Role, Roles
from kg.nlp.titles import COUNTERPARTS, abroad
from kg.nlp.voices import Voices

_ARGUMENTS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent")
_COPULAR = frozenset({"become", "remain", "be", "seem", "call", "name", "elect", "appoint"})
"""Verbs that say who somebody is."""
_PREDICATIVE = frozenset({"xcomp", "appos", "nmod:desc"})
"""Relations in which a noun says what somebody is, and names nobody itself."""


class TitledNouns:
    """Finds the persons that such nouns of one article stand for."""

    def __init__(self, finder: Finder, actors: ActorNouns, pairs: Pairs, roles: Roles, voices: Voices | None) -> None:
        self.finder, self.actors, self.pairs, self.roles, self.voices = finder, actors, pairs, roles, voices
        self.phrases, self.tree, self.entities = actors.phrases, actors.tree, actors.entities
        self.lexicons = actors.lexicons

    def of(self, i: int) -> tuple[Referent, ...]:
        """ "the president", "Japan's foreign minister": the one person of the article with that office."""
        tree = self.tree
        if tree.is_plural(i):
            if self.pairs.is_pair(i):
                return self._bearers(i) or self.pairs.of(i)
            return self._bearers(i) or self._each(i) or self.actors.group(i) or self.actors.nested(i)
        owners = {o.entity for o in self.phrases.owners(i)}
        party = self._party(owners)
        role = Role(self._asked(i), frozenset(owners - {party}), self._is_past(i), party)
        at_home = self.voices.incumbent(role.title) if self.voices and not (owners or role.past) else ""
        if at_home and self.voices:
            persons = [at_home] if self.voices.own(i) != at_home else []
        else:
            persons = self.roles.bearers(role)
        persons = [p for p in persons if p not in self._beside(i)]
        first, end = tree.phrase(i)
        if persons and (owners or self.phrases.is_definite(i)):
            person = persons[0] if len(persons) == 1 else self._of_several(i, role, persons)
            if person:
                return (Referent(person, "Person", first, end, "title"),)
        if owners and self.tree.rels[i] not in _PREDICATIVE and self.tree.kid(i, "cop") is None:
            return self.described_person(i)
        ranked = self._ranked(i) if not (owners or persons) and self.phrases.is_definite(i) else ""
        return (Referent(ranked, "Person", first, end, "title"),) if ranked else ()

    def counterpart(self, i: int) -> tuple[Referent, ...] | None:
        """ "his Chinese counterpart": who holds the same office there, known by it; None for others."""
        if self.tree.lemmas[i] not in COUNTERPARTS or self.tree.is_plural(i):
            return None
        states = [o for o in self.phrases.owners(i) if self.entities.type_of(o.entity) == "Country"]
        whose = [r for r in self.finder.all_of(self.tree.kids(i, "nmod:poss")) if r.type == "Person"]
        title = self.roles.office_of(whose[0].entity) if len(states) == len(whose) == 1 else ""
        if not title:
            return None
        office = f"{fold(abroad(title))} of {self.entities.locals[states[0].entity].name}"
        local = self.entities.entity("Person", office, within=states[0].entity)
        return (Referent(local.id, "Person", *self.phrases.owner_range(i), "description"),)

    def _party(self, owners: set[str]) -> str:
        """The party of "the Democratic US president", beside the state whose office it is; "" for none."""
        parties = {o for o in owners if self.entities.type_of(o) == "PoliticalParty"}
        return parties.pop() if len(parties) == 1 and len(owners) > 1 else ""

    def _beside(self, i: int) -> set[str]:
        """Persons whom the noun's own clause names as others: "The president took over from Trump"."""
        tree, verb = self.tree, self.tree.heads[i]
        if tree.pos[verb] != "VERB" or tree.case(i) == "as" or tree.lemmas[verb] in _COPULAR:
            return set()
        if tree.rels[i] not in _ARGUMENTS:
            return set()
        others = [k for c in tree.kids(verb, *_ARGUMENTS) if c != i and tree.case(c) != "as" for k in tree.conjuncts(c)]
        names = [self.entities.at.get(k) for k in others if k != i]
        return {n.entity for n in names if n is not None and self.entities.type_of(n.entity) == "Person"}

    def described_person(self, i: int) -> tuple[Referent, ...]:
        """ "Lebanon's top prosecutor": a person known only by the office."""
        first, end = self.phrases.owner_range(i)
        if not 1 < end - first <= LONGEST:
            return ()
        text = self.tree.line(first, end)
        owner = next((o for o in self.phrases.owners(i)), None)
        local = self.entities.entity("Person", text, within=owner.entity if owner else "")
        local.forms.add(text)
        return (Referent(local.id, "Person", first, end, "description"),)

    def _ranked(self, i: int) -> str:
        """ "the ayatollah" behind "Ayatollah Ali Khamenei": the one person named with that rank before; "" for none."""
        words, rank = self.tree.words, self.tree.words[i].casefold()
        if rank not in self.lexicons.ranks | self.lexicons.honorifics or self.phrases.title_range(i)[0] != i:
            return ""
        named = [n for n in self.entities.names if n.type == "Person" and 0 < n.first < i]
        bearers = {n.entity for n in named if rank in {words[n.first].casefold(), words[n.first - 1].casefold()}}
        return bearers.pop() if len(bearers) == 1 else ""

    def _asked(self, i: int) -> str:
        """The title that a noun asks for: "top diplomat" of "top U.S. diplomat", "leader" of "77-year-old leader"."""
        tree = self.tree
        first, end = self.phrases.title_range(i)
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
            for back in range(REACH):
                acting = self.finder.main_subjects(self.tree.sents[i] - back, before=i)
                subjects = {s.entity for s in acting} & set(persons)
                if subjects:
                    return subjects.pop() if len(subjects) == 1 else ""
        return ""

    def _bearers(self, i: int) -> tuple[Referent, ...]:
        """ "Both National Security Advisors": all who were given that title."""
        if self.phrases.owners(i) or not self.phrases.is_definite(i):
            return ()
        title = fold(self.tree.quote(self.phrases.title_range(i)[0], i)) + " " + self.tree.lemmas[i]
        title = self.lexicons.same_title(title.strip())
        persons = self.roles.titled(title)
        if not 2 <= len(persons) <= MOST_LEADERS:
            return ()
        return tuple(Referent(p, "Person", i, i + 1, "title") for p in persons)

    def _each(self, i: int) -> tuple[Referent, ...]:
        """ "the foreign ministers of Japan and China": one of each state, known by the office."""
        owners = [o for o in self.phrases.owners(i) if self.entities.type_of(o.entity) == "Country"]
        if len(owners) < 2:
            return ()
        low = self.phrases.title_range(i)[0]
        title = fold(f"{self.tree.quote(low, i)} {self.tree.lemmas[i]}".strip())
        found: list[Referent] = []
        for owner in owners:
            office = f"{title} of {self.entities.locals[owner.entity].name}"
            local = self.entities.entity("Person", office, within=owner.entity)
            found.append(Referent(local.id, "Person", min(low, owner.first), max(i + 1, owner.end), "description"))
        return tuple(found)
