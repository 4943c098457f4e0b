"""Who does what a verb says, and to whom: subjects and objects, own or understood."""

from kg.nlp.grammar.fillers import RELATIVE_TAGS, antecedents, first_conjunct, spread
from kg.nlp.grammar.nouns import noun_agents, noun_slot
from kg.nlp.grammar.tree import SUBJECTS, Tree
from kg.nlp.grammar.verb_forms import is_passive

_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "agree", "commit", "swear", "offer"})
"""Verbs whose infinitive keeps the subject as its own although they take an object ("promised Kyiv to send")."""

OBLIQUE_CONTROL = frozenset({"call", "appeal", "lean", "prevail"})
"""Verbs that name who is to act in a phrase: "called on Iran to stop"."""

_URGING = OBLIQUE_CONTROL | {
    "press", "urge", "push", "pressure", "ask", "order", "force", "tell", "persuade", "convince", "encourage", "compel",
    "instruct", "command", "beg", "implore", "lobby", "direct", "request",
}  # fmt: skip
"""Verbs whose object is to do what a clause behind "to" says, also where the parser takes that for a purpose."""
_MESSAGES = frozenset({
    "statement", "declaration", "letter", "communique", "communiqué", "resolution", "note", "message", "petition",
    "motion", "memo", "decree", "speech",
})  # fmt: skip
"""What says something for whoever sends it ("a statement demanding that")."""
_SENDING = frozenset({
    "issue", "send", "sign", "release", "publish", "adopt", "approve", "pass", "make", "write", "read", "deliver",
    "post", "draft", "circulate", "submit", "table", "give",
})  # fmt: skip

_GATHERED = frozenset({"participant", "attendee", "guest", "invitee", "speaker"})
_RANKS = frozenset({"first", "second", "third", "last", "only", "latest", "highest", "sole"})


def surface_subjects(tree: Tree, verb: int, depth: int = 0) -> list[int]:
    """Subject of a verb, own or understood (coordination, control, participles, relative clauses)."""
    own = [c for r in (*SUBJECTS, "nsubj:pass", "csubj:pass") for c in tree.kids(verb, r)]
    own = [c for c in own if tree.lemmas[c] != "there"]
    if own:
        return antecedents(tree, spread(tree, own), verb)
    head, rel = tree.heads[verb], tree.rels[verb]
    if head == verb or depth > 6:
        return []
    if _is_controlled(tree, verb):
        return _controllers(tree, verb, head, depth)
    if rel == "conj" or (rel in {"advcl", "ccomp", "parataxis"} and _is_subjectless(tree, verb)):
        return surface_subjects(tree, head, depth + 1)
    return _acl_subjects(tree, verb, head, depth) if rel in {"acl", "acl:relcl"} else []


def _is_subjectless(tree: Tree, verb: int) -> bool:
    """Infinitives and participles; a finite verb without subject is a parse error or an imperative."""
    return tree.tags[verb] in {"VB", "VBG", "VBN"} or tree.kid(verb, "cop") is not None


def _is_controlled(tree: Tree, verb: int) -> bool:
    """Does the verb above say who does it: "urged Iran to stop", "accused Iran of arming"?"""
    case, above = tree.case(verb), tree.lemmas[tree.heads[verb]]
    if tree.rels[verb] != "advcl":
        return tree.rels[verb] == "xcomp"
    if case == "to" and above in _URGING:
        return True
    linked = case in {"of", "for", "from", "into"} or (case == "with" and above == "charge")
    return linked and tree.tags[verb] == "VBG"  # "praised the pope for calling"


def _controllers(tree: Tree, verb: int, head: int, depth: int) -> list[int]:
    """Who does the infinitive under `head`: its object, unless it is a verb of subject control."""
    objects = tree.kids(head, "obj", "iobj")
    if tree.lemmas[head] in OBLIQUE_CONTROL:
        objects = [c for c in tree.kids(head, "obl") if tree.case(c) in {"on", "upon", "to", "for"}]
    before = [o for o in objects if o < verb]
    if before and tree.lemmas[head] not in _SUBJECT_CONTROL:
        return spread(tree, before)
    return surface_subjects(tree, head, depth + 1)


def _acl_subjects(tree: Tree, verb: int, noun: int, depth: int) -> list[int]:
    """Who does the clause that hangs on a noun: "the envoy who met", "a plan to attack"."""
    members = listed(tree, noun)
    if members:
        return members
    if tree.case(verb) == "to" and any(_ranks(tree, c) for c in tree.kids(noun, "amod", "nummod", "advmod")):
        return described(tree, noun)  # "became the first leader to visit"
    if tree.rels[verb] == "acl:relcl" or tree.tags[verb] in {"VBG", "VBN"}:
        says = tree.tags[verb] == "VBG" and tree.words[verb - 1] != ","
        senders = _senders(tree, noun, depth) if says and tree.lemmas[noun] in _MESSAGES else []
        return senders or [noun]  # a relative clause after a coordination belongs to its nearest member only
    owners = noun_agents(tree, noun)
    if owners:
        return owners
    governor = tree.heads[noun]
    if governor != noun and tree.pos[governor] in {"VERB", "AUX"} and tree.rels[noun] in {"obj", "nsubj:pass", "obl"}:
        return surface_subjects(tree, governor, depth + 1)
    return []


def _senders(tree: Tree, noun: int, depth: int) -> list[int]:
    """ "issued a statement demanding": who a message says it for is who sends it."""
    verb, owners = tree.heads[noun], noun_agents(tree, noun)
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


def listed(tree: Tree, noun: int) -> list[int]:
    """Who is among "those": "Among those attending were Annan and Obasanjo", "The guests included Annan"."""
    if tree.lemmas[noun] not in _GATHERED and tree.words[noun].casefold() != "those":
        return []
    copula, head = tree.kid(noun, "cop"), tree.heads[noun]
    if copula is not None and tree.case(noun) == "among":
        named = [c for c in tree.kids(noun, "nsubj", "nmod", "obl", "dep", "appos") if c > copula and not tree.case(c)]
        return spread(tree, named)
    if tree.case(noun) == "among" and tree.rels[noun] in {"nmod", "obl"} and tree.kid(head, "cop") is not None:
        return spread(tree, [head])
    if tree.rels[noun] == "nsubj" and tree.lemmas[head] == "include":
        return spread(tree, tree.kids(head, "obj"))
    return []


def described(tree: Tree, noun: int) -> list[int]:
    """Whom a noun describes: "Iran is an ally", "Hungary, a NATO member", "its ally Syria", "acted as a mediator"."""
    top = first_conjunct(tree, noun)
    if tree.kid(top, "cop") is not None:
        return antecedents(tree, spread(tree, [c for s in SUBJECTS for c in tree.kids(top, s)]), top)
    head, rel = tree.heads[top], tree.rels[top]
    if rel in {"appos", "nmod:desc"} or (rel in {"compound", "amod"} and tree.pos[head] == "PROPN"):
        before = [c for c in tree.conjuncts(head) if c < top] if rel == "appos" else [head]
        return (before if tree.is_plural(top) else before[-1:]) or [head]  # "Bahrain and Qatar, two partners"
    named = tree.kids(noun, "appos", "flat")
    if named:
        return spread(tree, named)
    if head != top and tree.pos[head] == "VERB" and (tree.case(top) == "as" or rel == "xcomp"):
        return patients(tree, head) or surface_subjects(tree, head)
    if rel == "nmod" and tree.case(top) == "as":  # "Britain's role as an ally"
        return noun_slot(tree, head, "owner")
    return []


def patients(tree: Tree, verb: int) -> list[int]:
    """What it is done to: objects, subjects of passives, what a relative clause hangs on; also of coordinated verbs."""
    own = tree.kids(verb, "obj")
    if is_passive(tree, verb) and not own:
        return surface_subjects(tree, verb)
    if own:
        return antecedents(tree, spread(tree, own), verb)
    if tree.rels[verb] == "acl:relcl" and tree.kid(verb, *SUBJECTS) is not None and _gap_is_object(tree, verb):
        return [tree.heads[verb]]
    if tree.rels[verb] == "conj" and tree.pos[tree.heads[verb]] == "VERB":
        return spread(tree, [o for o in tree.kids(tree.heads[verb], "obj") if o > verb])
    following = [c for c in tree.kids(verb, "conj") if tree.pos[c] == "VERB" and tree.kid(c, *SUBJECTS) is None]
    if following and tree.kid(verb, "ccomp", "xcomp", "obl") is None:
        return spread(tree, [o for o in tree.kids(following[0], "obj") if o > verb])
    return []


def _gap_is_object(tree: Tree, verb: int) -> bool:
    """In "the deal that Iran signed" the antecedent is the object; in "the day that Iran signed it" it is not."""
    if tree.kid(verb, "obj", "ccomp", "xcomp") is not None:
        return False
    return not any(
        tree.tags[c] in RELATIVE_TAGS and tree.rels[c] not in {"obj", "obl:unmarked"} for c in tree.subtree(verb)
    )
