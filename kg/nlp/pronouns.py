"""Whom pronouns mean: "he" and "she", "they", "it", and the "I" and "we" of who speaks."""

from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree, surface_subjects
from kg.nlp.informants import INFORMANT, Informants
from kg.nlp.lexicons import Lexicons
from kg.nlp.noun_phrases import ROLES
from kg.nlp.referent import GROUP_TYPES, HE, IT, REACH, RECIPROCAL, SHE, THEY, Finder, Referent, of_name
from kg.nlp.voices import I_WORDS, VOICE, WE_WORDS, Voices

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_PEOPLE = frozenset({"man", "woman", "wife", "husband", "mother", "father", "son", "daughter", "brother", "sister"})
_MEETING = frozenset({"meet", "speak", "talk", "confer", "hold", "host", "welcome", "call", "telephone", "receive"})
"""Verbs whose subject and companion are "they" in the sentences behind."""
_SUCH_AS = frozenset({"including", "such as", "like", "unlike", "besides", "except"})
"""Prepositions before examples, whom no later pronoun means."""
_DESERTS = frozenset({
    "thank", "praise", "congratulate", "commend", "honor", "honour", "condemn", "criticize", "criticise", "blame",
    "fault", "rebuke", "punish", "sanction", "scold", "censure", "arrest",
})  # fmt: skip
"""Verbs whose "for" says what their object did."""
_TWO = 2
_OF_STATES = frozenset({
    "territory", "soil", "airspace", "border", "sovereignty", "independence", "citizen", "national", "waters", "coast",
    "neighbor", "neighbour", "capital", "people", "constitution", "economy", "president", "government", "army",
})  # fmt: skip
"""Nouns for what a state has, and none of its ministries."""
_ORAL_REACH = 1
"""The same, in what somebody says."""


class Pronouns:
    """Finds the antecedents of one article's pronouns."""

    def __init__(self, finder: Finder, tree: Tree, entities: Entities, lexicons: Lexicons,
                 told: tuple[Voices | None, Informants]) -> None:  # fmt: skip
        self.finder, self.tree, self.entities, self.lexicons = finder, tree, entities, lexicons
        self.voices, self.informants = told

    def of(self, i: int, word: str) -> tuple[Referent, ...]:
        """Whom the pronoun at `i` means, () when it stays open; `word` is it in lower case."""
        if word in I_WORDS or (word in WE_WORDS and self.tree.words[i] != "US"):
            return self.voiced(i)
        if word in _RELATIVE or word in {"itself", "himself", "herself", "themselves"}:
            return ()
        if word in HE or word in SHE:
            person = self._antecedent_person(i, female=word in SHE)
            return (Referent(person, "Person", i, i + 1, "pronoun"),) if person else ()
        if word in THEY:
            return self._plural(i)
        if word in IT:
            return self._of_state(i, self._coordinated(i) or self._thing(i))
        return self._each(i) if self.is_reciprocal(i) else ()

    def is_reciprocal(self, i: int) -> bool:
        """ "each other", "one another"."""
        words = [w.casefold() for w in self.tree.words[i : i + 2]]
        return words in (["each", "other"], ["one", "another"])

    def _each(self, i: int) -> tuple[Referent, ...]:
        """Those who do it to each other: the subjects of the verb, where they are several."""
        verb = next((k for k in self.tree.ancestors(i) if self.tree.pos[k] == "VERB"), None)
        found = {r.entity: r for r in self.finder.all_of(surface_subjects(self.tree, verb))} if verb is not None else {}
        if len(found) < _TWO:
            return ()
        return tuple(Referent(r.entity, r.type, i, i + 2, RECIPROCAL) for r in found.values())

    def _of_state(self, i: int, found: tuple[Referent, ...]) -> tuple[Referent, ...]:
        """ "The ministry said its territory": a ministry has no territory, citizens or borders, its state has."""
        if self.tree.tags[i] != "PRP$" or self.tree.lemmas[self.tree.heads[i]] not in _OF_STATES:
            return found
        within = {
            r.entity: self.entities.locals[r.entity].within for r in found if r.type in {"PublicBody", "Government"}
        }
        states = {e: w for e, w in within.items() if w and self.entities.type_of(w) == "Country"}
        return tuple(
            Referent(states[r.entity], "Country", i, i + 1, "pronoun") if r.entity in states else r for r in found
        )

    def voiced(self, i: int, relation: str = "") -> tuple[Referent, ...]:
        """ "I" and "we": the speaker, or his side where the relation is something that states do."""
        meant = self.voices.meant(i, relation) if self.voices else ()
        return tuple(Referent(e, self.entities.type_of(e), i, i + 1, VOICE) for e in meant)

    def _coordinated(self, i: int) -> tuple[Referent, ...]:
        """ "Iran and its ally Syria": `its` is the member before."""
        tree, noun = self.tree, self.tree.heads[i]
        if tree.tags[i] != "PRP$" or tree.rels[noun] not in {"conj", "compound", "nmod:desc"}:
            return ()
        while tree.rels[noun] in {"compound", "nmod:desc"} and tree.heads[noun] != noun:
            noun = tree.heads[noun]
        first = self.finder.of(tree.heads[noun]) if tree.rels[noun] == "conj" else ()
        return tuple(Referent(r.entity, r.type, i, i + 1, "pronoun") for r in first if r.type in GROUP_TYPES)[:1]

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
        deserving = [r for r in self._deserving(i) if self._person_fits(r, female=female)]
        if len(deserving) == 1:
            return deserving[0].entity
        sent = self.tree.sents[i]
        own = self.voices.own(i) if self.voices else ""
        is_subject = self.tree.rels[i].startswith("nsubj") or self.tree.tags[i] == "PRP$"
        for back in range(REACH + 1):
            if self._is_open(sent - back, i):
                break
            subjects = [r for r in self.finder.main_subjects(sent - back, before=i) if r.entity != own]
            subjects = [r for r in subjects if r.rule != VOICE and self._person_fits(r, female=female)]
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

    def _deserving(self, i: int) -> list[Referent]:
        """Xi in "thanked Xi for his visit": what somebody is thanked or blamed for he did himself."""
        tree, deed = self.tree, self.tree.heads[i]
        verb = tree.heads[deed]
        if tree.tags[i] != "PRP$" or tree.case(deed) != "for" or tree.lemmas[verb] not in _DESERTS:
            return []
        return self.finder.all_of(tree.kids(verb, "obj", "nsubj:pass"))

    def _may_go_on(self, informant: Referent, i: int) -> bool:
        """Does a pronoun go on with who spoke unnamed: "An aide said ... He added", not "His aide said ... He is"?"""
        owned = self.tree.words[informant.first].casefold() in HE | SHE | THEY | IT
        return self.informants.speaks(i) and not owned

    def _beside(self, i: int) -> set[str]:
        """Subjects of the verb whose object a pronoun is: "Xi welcomed him" is not about Xi."""
        tree, verb = self.tree, self.tree.heads[i]
        if tree.rels[i] not in {"obj", "iobj", "obl"} or tree.pos[verb] != "VERB":
            return set()
        return {r.entity for r in self.finder.all_of([h for h in surface_subjects(tree, verb) if h != i])}

    def _is_open(self, sent: int, i: int) -> bool:
        """Is what a pronoun means left open by a turn's beginning, or by a stranger of whom the speaker tells?"""
        if self.voices is None or sent < 0:
            return False
        far = self.tree.sents[i] - sent > _ORAL_REACH
        strange = self.voices.in_turn(i) and (far or self.voices.stranger(self.tree.bounds[sent][0], i))
        return strange or self.voices.parted(sent, i)

    def _unknown_person(self, sent: int, *, before: int) -> bool:
        """Does a sentence tell of one person whom no name gives: "the minister said", "his wife left"?"""
        if sent < 0 or self.finder.main_subjects(sent, before=before):
            return False
        first, end = self.tree.bounds[sent]
        roots = [k for k in range(first, end) if self.tree.heads[k] == k]
        heads = surface_subjects(self.tree, roots[0]) if roots else []
        people = self.lexicons.title_heads | ROLES | _PEOPLE
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
                referent = of_name(self.entities, name)
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

    def _plural(self, i: int) -> tuple[Referent, ...]:
        """ "They": the several subjects of the sentence before, or its one collective subject."""
        sent = self.tree.sents[i]
        reporter = self._reporter(i) if self.tree.rels[i].startswith("nsubj") else ()
        if reporter and all(r.rule == "home" or _is_collective(r) for r in reporter):  # "police say they suspect him"
            return tuple(Referent(r.entity, r.type, i, i + 1, "pronoun") for r in reporter)
        for back in (0,) if self.tree.tags[i] == "PRP$" or self._told_by_one(i) else range(REACH + 1):
            subjects = self.finder.main_subjects(sent - back, before=i)
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

    def _told_by_one(self, i: int) -> bool:
        """ "I reassured them" in quotation marks: the writer's sentence before it tells of others than the speaker."""
        tree, verb = self.tree, self.tree.heads[i]
        if tree.rels[i].startswith("nsubj") or self.voices is None or not self.voices.quotes.hold(i):
            return False
        return any(tree.words[s].casefold() in I_WORDS | WE_WORDS for s in surface_subjects(tree, verb))

    def _company(self, sent: int, subject: Referent) -> list[Referent]:
        """Whom the subject of a sentence met or spoke with, where both are persons, or both are states."""
        tree = self.tree
        first, end = tree.bounds[sent]
        verbs = [k for k in range(first, end) if tree.heads[k] == k and tree.lemmas[k] in _MEETING]
        if not verbs:
            return []
        heads = [c for c in tree.kids(verbs[0], "obl", "obj", "nmod") if tree.case(c) in {"with", "by", ""}]
        heads += [k for c in tree.kids(verbs[0], "obj") for k in tree.kids(c, "nmod") if tree.case(k) == "with"]
        return [r for r in self.finder.all_of(heads) if r.type == subject.type and r.entity != subject.entity]

    def _goes_on(self, subject: Referent) -> bool:
        """Does a sentence only go on from an earlier one, which tells who "they" are?"""
        return subject.type == "Person" and subject.rule in {"title", "pronoun"}

    def _condition(self, i: int) -> tuple[Referent, ...]:
        """The subject on which an `if` hangs: "said Putin would pay if he attacked" is about Putin."""
        tree, here = self.tree, i
        while tree.heads[here] != here and tree.rels[here] not in {"advcl", "ccomp", "acl:relcl", "parataxis"}:
            here = tree.heads[here]
        if tree.rels[here] != "advcl" or tree.case(here) not in {"if", "unless", "should", "until", "once"}:
            return ()
        above = [h for h in surface_subjects(tree, tree.heads[here]) if h < i and tree.pos[h] != "PRON"]
        return tuple(self.finder.all_of(above)) if tree.rels[tree.heads[here]] == "ccomp" else ()

    def _reporter(self, i: int) -> tuple[Referent, ...] | None:
        """Who reports the clause around a pronoun: () for somebody we do not know; None outside reports."""
        if above := self._condition(i):
            return above
        tree, here = self.tree, i
        while tree.heads[here] != here:
            rel, here = tree.rels[here], tree.heads[here]
            if rel == "ccomp":
                heads = [h for h in surface_subjects(tree, here) if h < i]
                found = self.finder.all_of(heads)
                if any(r.rule == VOICE for r in found):
                    return None
                return tuple(found) if heads else None
        return None

    def _thing(self, i: int) -> tuple[Referent, ...]:
        """ "It", "its": the subject before it that is a state or body."""
        reporter = self._reporter(i)
        if reporter is not None:
            bodies = [r for r in reporter if r.type in GROUP_TYPES or r.type == "City"]  # a capital that speaks
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
            subjects = [s for s in self.finder.main_subjects(sent - back, before=i) if s.type in GROUP_TYPES]
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
            and self.entities.type_of(n.entity) in GROUP_TYPES
            and n.rule != "demonym"
        }
        patrons = [n for n in named.values() if self.tree.words[min(n.end, i)] in {"-", "–"}]  # "U.S.-led forces"
        return [] if len(named) == len(patrons) else list(named.values())


def _is_collective(referent: Referent) -> bool:
    """Is it "they" to a writer: officials, rebels, "Western nations"?"""
    if referent.rule in {"officials", "officials_of"} or referent.type == "ArmedGroup":
        return True
    return referent.rule in {"description", INFORMANT} and referent.type == "Organization"
