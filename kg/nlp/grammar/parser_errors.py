"""Frequent errors of parsers, undone in a tree."""

from collections.abc import Mapping

from kg.nlp.grammar.tree import SUBJECTS, VERDICTS, Tree

_CHARGES = frozenset({
    "accuse", "suspect", "convict", "acquit", "blame", "criticise", "criticize", "condemn", "praise", "thank",
})  # fmt: skip
"""Verbs whose "of" or "for" with a gerund says what their object did."""
_SAYINGS = frozenset({
    "charge", "accusation", "allegation", "claim", "report", "assertion", "suggestion", "rumor", "rumour", "warning",
    "threat", "promise", "pledge", "demand", "fear", "concern", "suspicion", "belief", "denial", "reminder", "notice",
})  # fmt: skip
"""Nouns whose that-clause is what is said, and leaves nothing out."""
_PARTICLES = frozenset({"down", "up", "out", "off", "back", "away", "over", "aside", "together", "forward", "in"})
_BEFORE_NOUNS = frozenset({"during", "amid"})
"""Prepositions that open no clause."""
_BEHIND_VERBS = frozenset({"to", "on", "for", "with", "in", "at", "the", "a", "his", "her", "its", "their"})
"""Words that follow the verb in "was due to travel on to Fiji", and rarely the noun of "due to travel costs"."""


def mend_parse(tree: Tree, known: Mapping[str, str]) -> None:
    """Undo what parsers often get wrong, whatever the article.

    Args:
        tree: changed in place.
        known: lemmas of verbs that rules ask for.
    """
    for i in range(len(tree.words)):
        _mend_argument(tree, i)
        _mend_word(tree, i)
    _mend_to(tree)
    _mend_calls(tree)
    _mend_due(tree, known)


# --- subjects and objects


def _mend_argument(tree: Tree, i: int) -> None:
    """Subjects and objects, and what was taken for one or should have been."""
    rel, verb = tree.rels[i], tree.heads[i]
    if rel == "nsubj:pass":
        _mend_active(tree, i)
    elif rel == "flat":  # an object, taken for a part of a name before the verb
        between = [k for k in range(verb + 1, i) if tree.pos[k] == "VERB" and tree.heads[k] != i]
        if between:
            tree.move(i, between[-1], "obj")
    elif rel in {"appos", "nmod", "compound"}:
        if _is_before_governor(tree, i) and not any(c < i for c in tree.kids(i, "case")):
            tree.move(i, tree.heads[verb], "nsubj")
        elif rel == "nmod" and _is_set_off(tree, i):
            tree.rels[i] = "appos"
    elif rel == "dislocated":  # "Australia is concerned", taken for a topic outside of the clause
        if i < verb and not any(c < verb for c in tree.kids(verb, *SUBJECTS)):
            tree.rels[i] = "nsubj"
    elif rel == "obl:agent":
        _mend_author(tree, i)
    elif rel in {"nsubj", "obj", "iobj"}:
        _mend_asked(tree, i)


def _mend_asked(tree: Tree, i: int) -> None:
    """Who is asked, taken for the object of what he is to do or of the asking; an object taken for a second subject."""
    rel, verb = tree.rels[i], tree.heads[i]
    if _is_before_infinitive(tree, i):
        tree.move(i, tree.heads[verb], "obj")
    elif rel != "iobj" and (clause := _behind_for(tree, i)) is not None:
        tree.move(i, clause, "nsubj")
    elif rel == "nsubj" and _is_second_subject(tree, i):
        tree.rels[i] = "obj"


def _mend_active(tree: Tree, i: int) -> None:
    """The subject of an active perfect or past ("shot down two drones"), taken for that of a passive."""
    verb = tree.heads[i]
    if _is_active_perfect(tree, verb):
        tree.rels[i] = "nsubj"
    elif i < verb and tree.kid(verb, "aux", "aux:pass", "cop") is None:
        things = [k for k in tree.kids(verb, "nsubj:pass") if k > verb]
        for k in things:
            tree.rels[k] = "obj"
        if things:
            tree.rels[i] = "nsubj"


def _mend_author(tree: Tree, i: int) -> None:
    """ "Tehran dismissed the accusations by Washington": a verb in the active has no agent, what it is about has."""
    verb = tree.heads[i]
    things = [k for k in tree.kids(verb, "obj") if verb < k < i]
    passive = tree.kid(verb, "aux:pass") is not None
    if i < verb and tree.kid(i, "case") is None and tree.kid(verb, *SUBJECTS, "nsubj:pass") is None:
        tree.rels[i] = "nsubj:pass" if passive else "nsubj"  # "after his predecessor was removed"
    elif things and tree.kid(verb, "nsubj") is not None and not passive:
        tree.move(i, things[-1], "nmod")


def _is_active_perfect(tree: Tree, verb: int) -> bool:
    auxiliaries = {tree.lemmas[k] for k in tree.kids(verb, "aux", "aux:pass") if k < verb}
    return "have" in auxiliaries and auxiliaries.isdisjoint({"be", "get"})


def _is_before_governor(tree: Tree, i: int) -> bool:
    """Does a word stand before the verb that the noun it hangs on depends on, and has that verb no subject?

    An apposition never precedes its noun.
    """
    noun = tree.heads[i]
    verb = tree.heads[noun]
    if tree.pos[verb] != "VERB" or not i < verb < noun:
        return False
    return not any(c < verb for c in tree.kids(verb, *SUBJECTS, "nsubj:pass"))


def _is_set_off(tree: Tree, i: int) -> bool:
    """Does a comma open a noun phrase without a preposition behind its noun: "Qatar, two close partners"?"""
    first = tree.phrase(i)[0]
    plain = tree.kid(i, "case", "mark", "cop") is None
    return tree.heads[i] < first and tree.words[first - 1] == "," and plain and tree.pos[i] in {"NOUN", "PROPN"}


def _is_before_infinitive(tree: Tree, i: int) -> bool:
    """Does a word hang on the infinitive behind it: "urged Israel to attack", "helped Sudan fight cholera"?"""
    verb = tree.heads[i]
    above = tree.heads[verb]
    if tree.rels[verb] != "xcomp" or not above < i < verb:
        return False
    return tree.lemmas[above] in {"help", "let"} or _has_to_behind(tree, verb, i)


def _has_to_behind(tree: Tree, verb: int, i: int) -> bool:
    """Does the "to" of an infinitive stand behind a word?"""
    return any(i < c < verb and tree.words[c].casefold() == "to" for c in tree.kids(verb, "mark"))


def _behind_for(tree: Tree, i: int) -> int | None:
    """The infinitive whose "for" stands before a word taken for the object above: "pushed for Berlin to act"."""
    above = tree.heads[i]
    marks = (k for k in range(above + 1, i) if tree.words[k].casefold() == "for" and tree.rels[k] == "mark")
    clauses = [tree.heads[k] for k in marks if tree.heads[k] > i]
    if not clauses or tree.heads[clauses[-1]] != above or not _has_to_behind(tree, clauses[-1], i):
        return None
    return clauses[-1]


def _is_second_subject(tree: Tree, i: int) -> bool:
    """Does a subject stand behind a verb that has one before it and no object?"""
    verb = tree.heads[i]
    if tree.pos[verb] != "VERB" or i < verb:
        return False
    return any(k < verb for k in tree.kids(verb, "nsubj")) and tree.kid(verb, "obj", "ccomp") is None


# --- other words


def _mend_word(tree: Tree, i: int) -> None:
    """Particles, predicatives and clauses."""
    rel, head = tree.rels[i], tree.heads[i]
    above = tree.heads[head]
    if rel in {"case", "advmod"} and tree.words[i].casefold() in _PARTICLES:
        _mend_particle(tree, i)
    elif rel == "ccomp" and _is_bare_participle(tree, i):
        tree.move(i, i - 1, "acl")
    elif rel == "acl" and _is_charge(tree, i):
        tree.move(i, above, "advcl")
    elif rel == "mark" and tree.rels[head] == "acl" and i < above < head:
        _mend_gerund(tree, head)
    elif rel == "mark" and tree.rels[head] == "acl:relcl" and _is_content(tree, i):
        tree.rels[head] = "acl"
    elif rel == "mark" and tree.words[i].casefold() in _BEFORE_NOUNS and _is_bare_gerund(tree, head):
        _mend_noun(tree, head, i)
    elif rel == "acl:relcl":
        _mend_relative(tree, i)
    elif rel == "advcl" and _is_afterthought(tree, i):
        tree.move(i, above, "advcl")
    elif rel in {"amod", "xcomp"} and (verb := _verdict(tree, i)) is not None:
        tree.move(i, verb, "xcomp")
        tree.rels[i - 1] = "obj"


def _mend_particle(tree: Tree, i: int) -> None:
    """A particle taken for a preposition or an adverb."""
    verb = tree.heads[i]
    governor = tree.heads[verb]
    double = any(c == i + 1 for c in tree.kids(verb, "case"))
    if tree.rels[i] == "advmod":
        if verb == i - 1 and tree.pos[verb] == "VERB":
            tree.rels[i] = "compound:prt"
    elif double and tree.pos[governor] == "VERB" and governor < i and governor != verb:
        tree.move(i, governor, "compound:prt")


def _is_bare_participle(tree: Tree, i: int) -> bool:
    """Does a verb's form in -ed, with nothing of a clause before it, stand right behind an object of the verb above?

    It describes that object and is not what is said: "warned countries opposed to it".
    """
    verb, thing = tree.heads[i], i - 1
    if thing <= verb or tree.heads[thing] != verb or tree.rels[thing] not in {"obj", "iobj"}:
        return False
    participle = tree.words[i].endswith("ed") and tree.words[i] != tree.lemmas[i]
    return participle and tree.words[thing].islower() and not any(verb < c < i for c in tree.children[i])


def _is_charge(tree: Tree, gerund: int) -> bool:
    """Is it what an object is accused of, taken for a part of the object ("accused the government of planning")?"""
    accused = tree.heads[gerund]
    if not tree.words[gerund].endswith("ing") or tree.rels[accused] not in {"obj", "nsubj:pass"}:
        return False
    marks = {tree.words[k].casefold() for k in tree.kids(gerund, "mark") if accused < k < gerund}
    return tree.lemmas[tree.heads[accused]] in _CHARGES and not marks.isdisjoint({"of", "for"})


def _mend_gerund(tree: Tree, gerund: int) -> None:
    """The subject of a gerund taken for the noun that the gerund describes ("the risk of Russia attacking")."""
    noun = tree.heads[gerund]
    if tree.words[gerund].endswith("ing"):
        tree.move(gerund, tree.heads[noun], tree.rels[gerund])
        tree.move(noun, gerund, "nsubj")


def _is_bare_gerund(tree: Tree, verb: int) -> bool:
    """ "fighting", without an object or a subject."""
    return tree.tags[verb] == "VBG" and tree.kid(verb, "obj", "ccomp", "xcomp", "aux", *SUBJECTS) is None


def _mend_noun(tree: Tree, gerund: int, preposition: int) -> None:
    """In "during fighting" nobody who is named before fights."""
    tree.pos[gerund], tree.tags[gerund], tree.lemmas[gerund] = "NOUN", "NN", tree.words[gerund].casefold()
    tree.rels[gerund], tree.rels[preposition] = "obl", "case"
    for c in tree.kids(gerund, "obl"):
        tree.rels[c] = "nmod"


def _is_afterthought(tree: Tree, clause: int) -> bool:
    """ "ordered him to leave, prompting ...": a participle behind a comma goes with the main verb."""
    infinitive = tree.heads[clause]
    if tree.tags[clause] != "VBG" or tree.rels[infinitive] != "xcomp" or infinitive > clause:
        return False
    return tree.words[clause - 1] == "," and tree.pos[tree.heads[infinitive]] == "VERB"


def _mend_relative(tree: Tree, clause: int) -> None:
    """ "A and B, who was named": one of the two, the nearer."""
    first = tree.heads[clause]
    near = [c for c in tree.conjuncts(first) if first < c < clause]
    verbs = (*tree.kids(clause, "aux", "aux:pass", "cop"), clause)
    if near and any(tree.words[k].casefold() == "was" or tree.tags[k] == "VBZ" for k in verbs):
        tree.move(clause, near[-1], "acl:relcl")


def _is_content(tree: Tree, mark: int) -> bool:
    """Does "that" open what was said, taken for a relative clause: "charges that it attacked"?"""
    return tree.words[mark].casefold() == "that" and tree.lemmas[tree.heads[tree.heads[mark]]] in _SAYINGS


def _verdict(tree: Tree, i: int) -> int | None:
    """The verb above the noun right before an adjective that belongs to either.

    A verdict is often taken for a part of what it is passed on: "called the report absurd".
    """
    noun = i - 1
    if tree.pos[i] != "ADJ" or noun < 0 or tree.pos[noun] not in {"NOUN", "PROPN"}:
        return None
    verb = tree.heads[noun]
    behind = verb < noun and tree.heads[i] in {noun, verb} and tree.rels[noun] in {"obj", "xcomp"}
    return verb if behind and tree.lemmas[verb] in VERDICTS else None


# --- phrases


def _mend_to(tree: Tree) -> None:
    """ "travelled on to Fiji": the `on` goes with the verb; "the first to visit": the infinitive is a clause."""
    for i in range(1, len(tree.words)):
        above = tree.heads[i]
        if tree.words[i - 1].casefold() == "ahead" and tree.words[i] == "of" and tree.rels[i] == "case":
            tree.move(i - 1, above, "case")  # "ahead of" is one preposition
            tree.move(i, i - 1, "fixed")
            continue
        double = tree.words[i - 1 : i + 1] == ["on", "to"] and tree.rels[i - 1] == tree.rels[i] == "case"
        if double and tree.heads[above] != above:
            tree.move(i - 1, tree.heads[above], "advmod")
        elif tree.rels[i] == "amod" and tree.pos[i] == "VERB" and above < i and tree.words[i - 1].casefold() == "to":
            tree.move(i, above, "acl")


def _mend_calls(tree: Tree) -> None:
    """ "called Kim one of the worst leaders": what stands right behind the object, without a comma, is a verdict."""
    for i, head in enumerate(tree.heads):
        verb = tree.heads[head]
        if tree.rels[i] not in {"appos", "nmod", "dep", "conj"} or tree.lemmas[verb] != "call" or tree.case(i):
            continue
        gap = {tree.words[k] for k in range(head + 1, i)}
        if tree.rels[head] == "obj" and head < i and not gap & {",", "(", "and", "-", "–"}:
            tree.move(i, verb, "xcomp")


def _mend_due(tree: Tree, known: Mapping[str, str]) -> None:
    """In "is due to meet" the "due to" is no preposition: the infinitive is what is to come."""
    for i in range(len(tree.words) - 3):
        verb, lead = i + 2, tree.heads[i + 2] == i
        if (tree.words[i].casefold(), tree.words[i + 1].casefold()) != ("due", "to"):
            continue
        be = [c for k in (i, verb) for c in tree.kids(k, "cop", "aux") if tree.lemmas[c] == "be" and c < i]
        if not be or not (lead or tree.heads[i] == verb):
            continue
        finite = tree.pos[verb] == "VERB" and tree.words[verb] == tree.lemmas[verb]
        mistaken = tree.lemmas[verb] in known and tree.words[verb + 1].casefold() in _BEHIND_VERBS
        if finite or mistaken:
            tree.pos[verb], tree.tags[verb] = "VERB", "VB"
            tree.move(i + 1, verb, "mark")
            for c in tree.kids(verb, "nmod"):
                tree.move(c, verb, "obl")
            if not lead:
                tree.move(i, verb, "advmod")
                for c in be:
                    tree.move(c, verb, "aux")
