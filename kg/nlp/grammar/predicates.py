"""Predicate-argument frames over a tree: who fills which slot of a verb, an event noun or an adjective.

Slots (see docs/frames.md): `agent patient recipient complement companion place owner self this modifier` and any
preposition by its word; `a.b` is slot `b` of whatever fills slot `a` (`patient.owner`: whose diplomats were expelled).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.nlp.grammar.tree import SUBJECTS, VERDICTS, Tree

SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "agree", "commit", "swear", "offer"})
"""Verbs whose infinitive keeps the subject as its own although they take an object ("promised Kyiv to send")."""

SETTINGS = frozenset({
    "following", "after", "during", "in", "at", "on", "before", "for", "throughout", "ahead of", "prior to",
})  # fmt: skip
"""Prepositions that make an event noun the setting of its clause."""

OBLIQUE_CONTROL = frozenset({"call", "appeal", "lean", "prevail"})
"""Verbs that name who is to act in a phrase: "called on Iran to stop"."""

_URGING = OBLIQUE_CONTROL | {
    "press", "urge", "push", "pressure", "ask", "order", "force", "tell", "persuade", "convince", "encourage", "compel",
    "instruct", "command", "beg", "implore", "lobby", "direct", "request",
}  # fmt: skip
"""Verbs whose object is to do what a clause behind "to" says, also where the parser takes that for a purpose."""
_OCCASIONS = frozenset(
    {"talk", "meeting", "visit", "trip", "call", "conversation", "discussion", "negotiation", "consultation", "tour"}
    | {"summit", "stop", "mission", "journey", "interview", "dinner", "lunch"}
)
"""Event nouns whose participants the subject of the clause joins; nobody joins the attack after which he spoke."""

MEASURES = frozenset({
    "$", "€", "£", "¥", "dollar", "euro", "pound", "yen", "franc", "ruble", "rouble", "rupee", "million", "billion",
    "trillion", "ton", "tonne", "barrel", "dozen", "hundred", "thousand", "score", "number", "pair", "handful", "group",
    "series", "string", "wave", "batch", "round", "piece", "shipload", "truckload", "majority", "percent", "range",
    "couple", "bulk", "part", "portion", "kind", "type", "set", "worth", "hour", "day", "week", "flurry", "session",
    "bout", "half", "installment", "instalment", "amount", "quantity", "consignment",
})  # fmt: skip
"""Nouns that only count or measure what is behind their "of" or "in": "hours of talks", "$5 million in aid"."""

_MESSAGES = frozenset({
    "statement", "declaration", "letter", "communique", "communiqué", "resolution", "note", "message", "petition",
    "motion", "memo", "decree", "speech",
})  # fmt: skip
"""What says something for whoever sends it ("a statement demanding that")."""
_SENDING = frozenset({
    "issue", "send", "sign", "release", "publish", "adopt", "approve", "pass", "make", "write", "read", "deliver",
    "post", "draft", "circulate", "submit", "table", "give",
})  # fmt: skip

_AUTHORED = frozenset({
    "make", "express", "raise", "issue", "level", "propose", "put forward", "offer", "submit", "draft", "publish",
    "present", "draw up", "send", "write", "voice", "lodge", "file", "set", "impose", "sponsor", "pose",
})  # fmt: skip
"""Participles between a noun and the "by" of who it comes from."""

_GATHERED = frozenset({"participant", "attendee", "guest", "invitee", "speaker"})
_RANKS = frozenset({"first", "second", "third", "last", "only", "latest", "highest", "sole"})
_SIDES = frozenset({"against", "for", "behind"})
_TOGETHER = frozenset({"discuss", "agree", "exchange", "review", "reaffirm", "address", "explore", "pledge"})
_DURING = frozenset({"in", "during", "at", "on"})
_PLACES = ("in", "at", "near", "inside", "outside", "across", "throughout")
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
_OBLIQUE = ("obl", "nmod", "obl:agent", "nmod:poss", "advcl", "acl", "obl:unmarked")
_DIRECTIONS = frozenset({
    "against", "near", "along", "to", "toward", "towards", "from", "on", "onto", "into", "at", "over", "with",
})  # fmt: skip
_CONDITIONS = frozenset({"if", "unless"})
_WITH = ("with", "alongside", "together with", "along with")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A trigger in the text.

    Attributes:
        head: word index.
        lemma: lower case, with its particle (`back down`).
        kind: `VERB`, `NOUN` or `ADJ`.
        light: index of the light verb that carries a noun ("held" of "held talks"), or None.
        tree: where it stands.
    """

    head: int
    lemma: str
    kind: str
    light: int | None
    tree: Tree

    @property
    def anchor(self) -> int:
        """The word whose negation, modality and governors decide about it: the light verb, else itself."""
        return self.head if self.light is None else self.light

    def slot(self, name: str, keep: Callable[[str, int], bool] | None = None) -> list[int]:
        """Heads that fill a slot, coordination spelled out, in text order; [] when empty.

        Args:
            name: slot, or slots joined by dots.
            keep: says of the first slot's name and filler whether it counts.
        """
        first, _, rest = name.partition(".")
        fillers = [f for f in self._simple(first) if keep is None or not rest or keep(first, f)]
        for part in rest.split(".") if rest else ():
            fillers = [x for f in fillers for x in _of_word(self.tree, f, part)]
        return _unique(fillers)

    def _simple(self, name: str) -> list[int]:
        if name == "self":
            return _listed(self.tree, self.head) or _itself(self.tree, self.head)
        if name == "this":
            return [self.head]
        if name == "source":
            verb = verdict(self.tree, self.head)
            return [] if verb is None else _of_verb(self.tree, verb, "agent")
        if name == "modifier":
            return self.tree.kids(self.head, "amod", "compound", "advmod", "nmod:poss")
        if self.kind == "NOUN":
            return self._of_event_noun(name)
        return _of_verb(self.tree, self.head, name)

    def _of_event_noun(self, name: str) -> list[int]:
        tree, noun = self.tree, self.head
        if name == "agent":
            return self._noun_agents()
        own = _of_noun(tree, noun, name)
        measure = _counted(tree, noun)
        if not own and measure != noun and name != "of":
            own = [k for k in _of_noun(tree, measure, name) if k != noun]
        if self.light is None or own:
            return own
        if name in {"patient", "complement"}:
            return [k for k in _of_verb(tree, self.light, name) if k != noun and noun not in tree.conjuncts(k)]
        return [k for k in _of_verb(tree, self.light, name) if k != noun]

    def _noun_agents(self) -> list[int]:
        tree, noun = self.tree, self.head
        if self.light is not None and tree.lemmas[self.light] == "host" and is_passive(tree, self.light):
            return []  # "talks were hosted by Oman": it need not talk itself
        if self.light is not None:
            named = [c for c in tree.kids(noun, "nmod:poss") if tree.pos[c] != "PRON"]
            if named:  # "underscored the Vice President's commitment"
                return _spread(tree, named)
            return [k for k in _of_verb(tree, self.light, "agent") if k != noun]
        subjects = [c for s in SUBJECTS for c in tree.kids(noun, s)] if tree.kid(noun, "cop") is not None else []
        if subjects and tree.case(noun) in _SIDES:
            return []  # who is against a ban has not banned anything
        if subjects:
            return _spread(tree, subjects)
        own = _of_noun(tree, noun, "agent")
        telling = any(tree.rels[k] == "nmod:poss" or not tree.words[k].islower() for k in own)  # not "phone"
        return own if telling else self._setting_subjects() or own

    def _setting_subjects(self) -> list[int]:
        """ "Following talks with Abbas, Hamas said": a noun that sets the scene has the clause's subject as its own."""
        tree, noun = self.tree, self.head
        verb = tree.heads[noun]
        if tree.rels[noun] not in {"obl", "advcl"} or tree.pos[verb] != "VERB" or tree.case(noun) not in SETTINGS:
            return []
        if tree.lemmas[noun] not in _OCCASIONS:
            return []
        if any(tree.case(c) in {"with", "to", "in", "through"} for c in tree.kids(noun, "nmod")):
            return surface_subjects(tree, verb)
        together = surface_subjects(tree, verb) if tree.lemmas[verb] in _TOGETHER and tree.case(noun) in _DURING else []
        return together if len(together) > 1 else []  # "In a call, Macron and Abbas discussed Gaza"


def measured(tree: Tree, i: int) -> int | None:
    """What a measure counts ("diplomats" of "dozens of diplomats"); None where a word is none, or counts nothing."""
    if tree.lemmas[i] not in MEASURES and tree.pos[i] not in {"NUM", "SYM"}:
        return None
    return next(
        (c for c in tree.kids(i, "nmod") if tree.case(c) in {"of", "in", "worth"} and _is_common(tree, c)), None
    )


def _is_common(tree: Tree, i: int) -> bool:
    """A noun, or members of a people ("thousands of Georgians"), which can be counted."""
    return tree.pos[i] == "NOUN" or tree.tags[i] == "NNPS"


def find_predicate(tree: Tree, i: int, light_verbs: Mapping[str, frozenset[str]]) -> Predicate | None:
    """The predicate at word `i`, or None where the word can be none.

    Args:
        tree: where it stands.
        i: word index.
        light_verbs: lemma of each light verb to the nouns that it carries.
    """
    pos = tree.pos[i]
    if pos == "VERB":
        return Predicate(i, verb_lemma(tree, i), "VERB", None, tree)
    if pos == "NOUN" or (pos == "PROPN" and tree.words[i][:1].islower()):
        return Predicate(i, tree.lemmas[i], "NOUN", light_verb(tree, i, light_verbs), tree)
    if pos == "ADJ":
        return Predicate(i, tree.lemmas[i], "ADJ", None, tree)
    return None


def verb_lemma(tree: Tree, i: int) -> str:
    """Lemma of a verb with its particle: `back down`."""
    particle = tree.kid(i, "compound:prt")
    return tree.lemmas[i] if particle is None else f"{tree.lemmas[i]} {tree.words[particle].casefold()}"


def light_verb(tree: Tree, noun: int, light_verbs: Mapping[str, frozenset[str]]) -> int | None:
    """The verb that only carries this event noun, or None."""
    top = noun
    while tree.rels[top] == "conj" and tree.heads[top] != top:
        top = tree.heads[top]
    top = _counted(tree, top)
    verb = tree.heads[top]
    if verb == top or tree.pos[verb] not in {"VERB", "AUX"}:
        return None
    lemma = light_lemma(tree, verb, top)
    fits = tree.rels[top] in {"obj", "nsubj:pass", "obl:unmarked", "obl"}
    return verb if fits and tree.lemmas[noun] in light_verbs.get(lemma, frozenset()) else None


def _counted(tree: Tree, noun: int) -> int:
    """The noun that counts an event ("round" of "a round of talks"), or the event itself."""
    above = tree.heads[noun]
    if above != noun and measured(tree, above) == noun:
        return _counted(tree, above)
    return noun


def light_lemma(tree: Tree, verb: int, noun: int) -> str:
    """The verb as lists of light verbs name it: "hold" of "held talks", "come to" of "came to an understanding"."""
    case = tree.case(noun) if tree.rels[noun] == "obl" else ""
    return f"{verb_lemma(tree, verb)} {case}".strip()


def verdict(tree: Tree, predicative: int) -> int | None:
    """The verb by which somebody calls or finds something so ("called it absurd", "described it as a mistake")."""
    top = predicative
    while tree.rels[top] == "conj" and tree.heads[top] != top:
        top = tree.heads[top]
    verb = tree.heads[top]
    if verb == top or tree.pos[verb] != "VERB" or tree.lemmas[verb] not in VERDICTS or tree.kid(top, "cop") is not None:
        return None
    return verb if tree.rels[top] == "xcomp" or tree.case(top) == "as" else None


def is_passive(tree: Tree, verb: int) -> bool:
    """Is the surface subject the patient?"""
    if tree.kid(verb, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent") is not None:
        return True
    bare = tree.tags[verb] == "VBN" and tree.kid(verb, "aux", "cop") is None
    if bare and tree.rels[verb] in {"acl", "amod"}:
        return True
    if bare and tree.rels[verb] == "advcl" and tree.kid(verb, "obj", "nsubj") is None:
        return True
    return tree.rels[verb] == "conj" and bare and tree.kid(verb, "nsubj") is None and is_passive(tree, tree.heads[verb])


def surface_subjects(tree: Tree, verb: int, depth: int = 0) -> list[int]:  # noqa: PLR0911 - one return a construction
    """Subject of a verb, own or understood (coordination, control, participles, relative clauses)."""
    own = [c for r in (*SUBJECTS, "nsubj:pass", "csubj:pass") for c in tree.kids(verb, r)]
    own = [c for c in own if tree.lemmas[c] != "there"]
    if own:
        return _antecedents(tree, _spread(tree, own), verb)
    head, rel = tree.heads[verb], tree.rels[verb]
    if head == verb or depth > 6:
        return []
    if rel == "conj":
        return surface_subjects(tree, head, depth + 1)
    if rel == "xcomp":
        return _controllers(tree, verb, head, depth)
    if rel == "advcl" and tree.lemmas[head] in _URGING and tree.case(verb) == "to":
        return _controllers(tree, verb, head, depth)
    charged = tree.case(verb) == "with" and tree.lemmas[head] == "charge"
    if rel == "advcl" and tree.tags[verb] == "VBG" and (charged or tree.case(verb) in {"of", "for", "from", "into"}):
        return _controllers(tree, verb, head, depth)  # "accused Iran of arming", "praised the pope for calling"
    if rel in {"advcl", "ccomp", "parataxis"} and _subjectless(tree, verb):
        return surface_subjects(tree, head, depth + 1)
    if rel in {"acl", "acl:relcl"}:
        return _acl_subjects(tree, verb, head, depth)
    return []


def _subjectless(tree: Tree, verb: int) -> bool:
    """Infinitives and participles; a finite verb without subject is a parse error or an imperative."""
    return tree.tags[verb] in {"VB", "VBG", "VBN"} or tree.kid(verb, "cop") is not None


def _controllers(tree: Tree, verb: int, head: int, depth: int) -> list[int]:
    """Who does the infinitive under `head`: its object, unless it is a verb of subject control."""
    objects = tree.kids(head, "obj", "iobj")
    if tree.lemmas[head] in OBLIQUE_CONTROL:
        objects = [c for c in tree.kids(head, "obl") if tree.case(c) in {"on", "upon", "to", "for"}]
    before = [o for o in objects if o < verb]
    if before and tree.lemmas[head] not in SUBJECT_CONTROL:
        return _spread(tree, before)
    return surface_subjects(tree, head, depth + 1)


def _acl_subjects(tree: Tree, verb: int, noun: int, depth: int) -> list[int]:
    listed = _listed(tree, noun)
    if listed:
        return listed
    if tree.case(verb) == "to" and any(_ranks(tree, c) for c in tree.kids(noun, "amod", "nummod", "advmod")):
        return _itself(tree, noun)  # "became the first leader to visit"
    if tree.rels[verb] == "acl:relcl" or tree.tags[verb] in {"VBG", "VBN"}:
        says = tree.tags[verb] == "VBG" and tree.words[verb - 1] != ","
        senders = _senders(tree, noun, depth) if says and tree.lemmas[noun] in _MESSAGES else []
        return senders or [noun]  # a relative clause after a coordination belongs to its nearest member only
    owners = _of_noun(tree, noun, "agent")
    if owners:
        return owners
    governor = tree.heads[noun]
    if governor != noun and tree.pos[governor] in {"VERB", "AUX"} and tree.rels[noun] in {"obj", "nsubj:pass", "obl"}:
        return surface_subjects(tree, governor, depth + 1)
    return []


def _senders(tree: Tree, noun: int, depth: int) -> list[int]:
    """ "issued a statement demanding": who a message says it for is who sends it."""
    verb, owners = tree.heads[noun], _of_noun(tree, noun, "agent")
    if owners or tree.pos[verb] != "VERB" or tree.rels[noun] not in {"obj", "obl", "nsubj:pass"}:
        return owners
    if is_passive(tree, verb):
        return tree.kids(verb, "obl:agent")
    sends = tree.lemmas[verb] in _SENDING or (tree.rels[noun] == "obl" and tree.case(noun) == "in")
    return surface_subjects(tree, verb, depth + 1) if sends else []


def _ranks(tree: Tree, word: int) -> bool:
    """Is it `first`, `only`, or a superlative, alone or in "highest-ranking"?"""
    below = [word, *tree.kids(word, "advmod")]
    return any(tree.words[k].casefold() in _RANKS or tree.tags[k] in {"JJS", "RBS"} for k in below)


def _listed(tree: Tree, noun: int) -> list[int]:
    """Who is among "those": "Among those attending were Annan and Obasanjo", "The guests included Annan"."""
    if tree.lemmas[noun] not in _GATHERED and tree.words[noun].casefold() != "those":
        return []
    copula, head = tree.kid(noun, "cop"), tree.heads[noun]
    if copula is not None and tree.case(noun) == "among":
        named = [c for c in tree.kids(noun, "nsubj", "nmod", "obl", "dep", "appos") if c > copula and not tree.case(c)]
        return _spread(tree, named)
    if tree.case(noun) == "among" and tree.rels[noun] in {"nmod", "obl"} and tree.kid(head, "cop") is not None:
        return _spread(tree, [head])
    if tree.rels[noun] == "nsubj" and tree.lemmas[head] == "include":
        return _spread(tree, tree.kids(head, "obj"))
    return []


def _antecedents(tree: Tree, fillers: list[int], verb: int) -> list[int]:
    """Relative pronouns replaced by what they stand for."""
    if not any(tree.tags[f] in _RELATIVE_TAGS or tree.lemmas[f] == "that" for f in fillers):
        return fillers
    clause = verb
    while tree.rels[clause] == "conj" and tree.heads[clause] != clause:
        clause = tree.heads[clause]
    if tree.rels[clause] not in {"acl:relcl", "acl"}:
        return fillers
    antecedent = tree.heads[clause]
    relative = {f for f in fillers if tree.tags[f] in _RELATIVE_TAGS or tree.lemmas[f] == "that"}
    return [antecedent if f in relative else f for f in fillers]


def _itself(tree: Tree, noun: int) -> list[int]:
    """Whom a noun describes: "Iran is an ally", "Hungary, a NATO member", "its ally Syria", "acted as a mediator"."""
    top = noun
    while tree.rels[top] == "conj" and tree.heads[top] != top:
        top = tree.heads[top]
    if tree.kid(top, "cop") is not None:
        return _antecedents(tree, _spread(tree, [c for s in SUBJECTS for c in tree.kids(top, s)]), top)
    head, rel = tree.heads[top], tree.rels[top]
    if rel in {"appos", "nmod:desc"} or (rel in {"compound", "amod"} and tree.pos[head] == "PROPN"):
        return [head]
    named = tree.kids(noun, "appos", "flat")
    if named:
        return _spread(tree, named)
    if head != top and tree.pos[head] == "VERB" and (tree.case(top) == "as" or rel == "xcomp"):
        return _of_verb(tree, head, "patient") or surface_subjects(tree, head)
    if rel == "nmod" and tree.case(top) == "as":  # "Britain's role as an ally"
        return _of_noun(tree, head, "owner")
    return []


def clause_kind(tree: Tree, clause: int) -> str:
    """`to`, `ing`, `that` (finite) or `that-subjunctive` ("demanded that Iran stop")."""
    if tree.is_infinitive(clause):
        return "to"
    if tree.kid(clause, "aux", "cop") is None:
        if tree.tags[clause] == "VBG":
            return "ing"
        subject = tree.kid(clause, *SUBJECTS, "nsubj:pass")
        bare = tree.words[clause].casefold() == tree.lemmas[clause] and tree.tags[clause] != "VBN"
        if bare and subject is not None and (tree.tags[clause] == "VB" or tree.tags[subject] in {"NN", "NNP"}):
            return "that-subjunctive"
    return "that"


def _of_word(tree: Tree, i: int, name: str) -> list[int]:
    """Slot of any word: of a clause's verb, or of a noun."""
    return _of_verb(tree, i, name) if tree.pos[i] in {"VERB", "AUX"} else _of_noun(tree, i, name)


def _of_verb(tree: Tree, verb: int, name: str) -> list[int]:  # noqa: PLR0911 - one return a slot
    """Slot of a verb or of a predicative adjective."""
    if name == "agent":
        if is_passive(tree, verb):
            doers = tree.kids(verb, "obl:agent") or _preposition(tree, verb, "by") or _stray_agent(tree, verb)
            return _spread(tree, doers)
        return surface_subjects(tree, verb)
    if name == "patient":
        return _patients(tree, verb)
    if name == "recipient":
        if is_passive(tree, verb) and tree.kid(verb, "obj") is not None:
            return surface_subjects(tree, verb)
        return _spread(tree, tree.kids(verb, "iobj"))
    if name == "complement":
        ends = [c for c in tree.kids(verb, "advcl") if tree.is_infinitive(c)]
        clauses = [c for c in tree.kids(verb, "ccomp", "xcomp", "parataxis") if c != verb] or ends
        return clauses or [c for c in tree.kids(verb, "csubj") if c > verb]
    if name == "negation":
        return [c for c in tree.kids(verb, "advmod", "neg") if tree.words[c].casefold() in {"not", "n't", "never"}]
    if name == "companion":
        return [k for p in _WITH for k in _preposition(tree, verb, p)]
    if name == "place":
        return [k for p in _PLACES for k in _preposition(tree, verb, p)]
    if name == "condition":
        return [c for c in tree.kids(verb, "advcl") if tree.case(c) in _CONDITIONS]
    return _preposition(tree, verb, name) or _stray(tree, verb, name)


def _stray_agent(tree: Tree, verb: int) -> list[int]:
    """A by-phrase that the parser hung on the noun before it: "expelled from the group by its leader"."""
    return [k for c in tree.kids(verb, "obl") for k in tree.kids(c, "nmod") if tree.case(k) == "by"]


def _stray(tree: Tree, verb: int, word: str) -> list[int]:
    """A phrase that the parser hung on the object or beside the predicate: "massed troops near Ukraine"."""
    if word in _DIRECTIONS:
        found = [k for o in tree.kids(verb, "obj") for k in _preposition(tree, o, word)]
        if found:
            return found
    if tree.pos[verb] == "ADJ" and tree.rels[verb] == "xcomp":
        return _preposition(tree, tree.heads[verb], word)
    return []


def _patients(tree: Tree, verb: int) -> list[int]:
    own = tree.kids(verb, "obj")
    if is_passive(tree, verb) and not own:
        return surface_subjects(tree, verb)
    if own:
        return _antecedents(tree, _spread(tree, own), verb)
    if tree.rels[verb] == "acl:relcl" and tree.kid(verb, *SUBJECTS) is not None and _gap_is_object(tree, verb):
        return [tree.heads[verb]]
    if tree.rels[verb] == "conj" and tree.pos[tree.heads[verb]] == "VERB":
        return _spread(tree, [o for o in tree.kids(tree.heads[verb], "obj") if o > verb])
    following = [c for c in tree.kids(verb, "conj") if tree.pos[c] == "VERB" and tree.kid(c, *SUBJECTS) is None]
    if following and tree.kid(verb, "ccomp", "xcomp", "obl") is None:
        return _spread(tree, [o for o in tree.kids(following[0], "obj") if o > verb])
    return []


def _gap_is_object(tree: Tree, verb: int) -> bool:
    """In "the deal that Iran signed" the antecedent is the object; in "the day that Iran signed it" it is not."""
    if tree.kid(verb, "obj", "ccomp", "xcomp") is not None:
        return False
    return not any(
        tree.tags[c] in _RELATIVE_TAGS and tree.rels[c] not in {"obj", "obl:unmarked"} for c in tree.subtree(verb)
    )


def _of_noun(tree: Tree, noun: int, name: str) -> list[int]:  # noqa: PLR0911 - one return a slot
    """Slot of a noun."""
    if name in {"agent", "owner"}:
        owners = tree.kids(noun, "nmod:poss")
        owners = owners or [c for c in tree.kids(noun, "amod", "compound", "nmod:desc", "nmod:unmarked", "nmod")
                            if c < noun and tree.case(c) == ""]  # fmt: skip
        by = [c for c in tree.kids(noun, "nmod", "obl", "obl:agent") if tree.case(c) == "by"] or _authors(tree, noun)
        found = _spread(tree, by or _hyphenated(tree, owners))
        return found or (_preposition(tree, noun, "of") if name == "owner" else [])
    if name == "patient":
        return _preposition(tree, noun, "of")
    if name == "complement":
        return tree.kids(noun, "acl", "ccomp", "xcomp")
    if name == "companion":
        return [k for p in _WITH for k in _preposition(tree, noun, p)]
    if name == "place":
        return [k for p in _PLACES for k in _preposition(tree, noun, p)]
    if name == "modifier":
        return tree.kids(noun, "amod", "compound", "nmod:poss")
    if name == "recipient":
        return []
    return _preposition(tree, noun, name) or (_authors(tree, noun) if name == "by" else [])


def _authors(tree: Tree, noun: int) -> list[int]:
    """ "concerns expressed by Washington", "a plan put forward by Cairo": whose it is, as if "by" followed the noun."""
    told = [c for c in tree.kids(noun, "acl") if tree.tags[c] == "VBN" and verb_lemma(tree, c) in _AUTHORED]
    return [a for c in told for a in tree.kids(c, "obl:agent", "obl") if tree.case(a) == "by"]


def _hyphenated(tree: Tree, owners: list[int]) -> list[int]:
    """ "the U.S.-Japan alliance": the first of a pair joined by a hyphen hangs on the second, or on the noun."""
    before = [
        c
        for o in owners
        for c in tree.kids(o, "amod", "compound", "nmod", "nmod:unmarked")
        if c < o and any(tree.words[k] in {"-", "–", "/"} for k in range(c + 1, o))
    ]
    return sorted({*owners, *before})


def _preposition(tree: Tree, head: int, word: str) -> list[int]:
    """Heads of the phrases that `word` introduces below `head`."""
    found = [
        c
        for c in tree.children[head]
        if tree.rels[c] in _OBLIQUE and tree.case(c) == word and not (word == "to" and tree.tags[c] == "VB")
    ]
    if word == "with":  # "opened talks, with Seoul seeking a delay"
        found = [c for c in found if tree.pos[c] != "VERB" or tree.kid(c, *SUBJECTS) is None]
    return _antecedents(tree, _spread(tree, found), head)


def _spread(tree: Tree, heads: list[int]) -> list[int]:
    """Coordinated members included; a conjunct with another preposition of its own is another phrase."""
    found: list[int] = []
    for head in heads:
        case = tree.case(head)
        found += [k for k in tree.conjuncts(head) if k == head or tree.case(k) in {"", case}]
    return found


def _unique(indices: list[int]) -> list[int]:
    return sorted(set(indices))
