"""Sentences that end in who says so: "Denmark accepted the plan, officials said" has two subjects, often exchanged."""

from collections.abc import Iterable

from kg.nlp.grammar.fillers import RELATIVE_TAGS
from kg.nlp.grammar.tree import Tree

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_LEADING = frozenset({"nsubj", "nsubj:pass", "dislocated", "nsubj:outer"})
_BETWEEN = frozenset({"AUX", "ADV", "PUNCT", "PART"})
"""Classes of words that stand between a subject and its verb."""
_CONTENT = frozenset({"ccomp", "parataxis"})
_STRAY = frozenset({"appos", "acl:relcl", "acl", "parataxis", "dep", "conj"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_TELLING = frozenset({"tell", "inform", "assure", "remind", "reassure", "notify"})
_AUDIENCES = frozenset({
    "conference", "parliament", "reporter", "journalist", "briefing", "audience", "meeting", "rally", "crowd", "agency",
    "newspaper", "council", "committee", "lawmaker", "interviewer", "congress", "forum", "panel",
})  # fmt: skip
_STRAY_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "dep", "appos"})
_CLOSING = frozenset({"”", '"'})
_OPENING = frozenset({"“", '"'})


def mend_reports(tree: Tree, saying: Iterable[str]) -> None:
    """Give the verb of saying the subject before it, and the fronted clause the one at its own beginning.

    Args:
        tree: changed in place.
        saying: lemmas of verbs of saying.
    """
    lemmas = frozenset(saying)
    for verb, lemma in enumerate(tree.lemmas):
        if tree.case(verb) == "according to":
            _lift(tree, verb, "obl")
            _conclude(tree, verb)
        if lemma not in lemmas or tree.pos[verb] != "VERB":
            continue
        _unfold(tree, verb)
        _open_statement(tree, verb)
        if lemma in _TELLING:
            _give_listener(tree, verb)
        if tree.rels[verb] in _STRAY and tree.kid(verb, "nsubj") is not None and tree.kid(verb, "obj", "ccomp") is None:
            _lift(tree, verb, "parataxis")
        told = _fronted(tree, verb)
        if told is not None:
            _close(tree, verb, told)
            _part(tree, verb, told)
            _take_back(tree, verb, told)
        else:
            _resume(tree, verb)


def _lift(tree: Tree, i: int, rel: str) -> None:
    """What stands between commas behind the subject belongs to the clause: "The truce, aides said, will hold"."""
    noun, inside = tree.heads[i], tree.subtree(i)
    words = [k for k in inside if tree.pos[k] != "PUNCT"]
    if (
        not words
        or tree.pos[noun] not in {"NOUN", "PROPN", "PRON"}
        or any(tree.tags[k] in RELATIVE_TAGS for k in words)
    ):
        return
    before, after = words[0] - 1, words[-1] + 1
    if noun > words[0] or after >= len(tree.words) or (tree.words[before], tree.words[after]) != (",", ","):
        return
    clause = next((k for k in tree.ancestors(i) if _is_predicate(tree, k)), None)
    if clause is not None and clause > i:
        tree.move(i, clause, rel)


def _conclude(tree: Tree, source: int) -> None:
    """ "Allies assure Tokyo that he will help, according to five people": the end of a sentence is of all of it."""
    words = [k for k in tree.subtree(source) if tree.pos[k] != "PUNCT"]
    root = [source, *tree.ancestors(source)][-1]
    closing = all(tree.pos[k] == "PUNCT" for k in range(words[-1] + 1, tree.bounds[tree.sents[source]][1]))
    if root < words[0] and closing and tree.words[words[0] - 1] == "," and tree.heads[source] != root:
        tree.move(source, root, "obl")


def _is_predicate(tree: Tree, k: int) -> bool:
    return tree.pos[k] in {"VERB", "AUX"} or tree.kid(k, "cop") is not None


def _fronted(tree: Tree, verb: int) -> int | None:
    """The predicate of a clause before a verb that says what is said: above the verb, or below it."""
    below = [c for c in tree.kids(verb, *_CONTENT) if c < verb]
    if below:
        return below[0]
    above = tree.heads[verb]
    return above if tree.rels[verb] in _CONTENT and above < verb else None


def _close(tree: Tree, verb: int, told: int) -> None:
    """What stands behind the closing mark is no part of the quotation: "It is over," said Brown, who served under X."""
    mark = next((k for k in range(verb - 1, told, -1) if tree.words[k] in _CLOSING), None)
    inside = set(tree.subtree(told))
    if mark is None or tree.pos[mark - 1] != "PUNCT" or not _OPENING & {*tree.words[max(0, min(inside) - 1) : told]}:
        return
    end = next((k for k in range(mark + 1, len(tree.words)) if tree.words[k] in _OPENING), len(tree.words))
    own = {verb, *tree.ancestors(verb)}
    speaker = tree.kid(verb, "nsubj")
    noun = tree.kid(speaker, "appos") if speaker is not None and speaker > mark else None
    for k in sorted(k for k in inside if mark < k < end and tree.heads[k] <= mark and k not in own):
        if tree.rels[k] in _LEADING and tree.kid(verb, *_SUBJECTS) is None:
            continue  # the speaker, whom `_part` gives to the verb
        nominal = noun is not None and k > noun and tree.rels[k] in {"obl", "nmod", "conj"} and tree.pos[k] != "VERB"
        if nominal and noun is not None:
            tree.move(k, noun, "conj" if tree.rels[k] == "conj" else "nmod")
        else:
            tree.move(k, verb, tree.rels[k])


def _part(tree: Tree, verb: int, told: int) -> None:
    """Share the subjects out: the one in front is the clause's, the one right before the verb is the speaker."""
    leading = [c for c in tree.children[verb] if c < told and tree.rels[c] in _LEADING]
    own = [c for c in tree.kids(verb, *_SUBJECTS) if c > told]
    speaker = own[0] if own else _stray_speaker(tree, verb, told)
    if speaker is None:
        return
    if not own:
        if tree.heads[verb] == told and not leading and tree.kid(told, *_SUBJECTS) == speaker:
            return  # "Useful were the talks, he said" keeps its only subject
        tree.move(speaker, verb, "nsubj")
    if leading and not any(c < told for c in tree.kids(told, *_SUBJECTS)):
        passive = tree.kid(told, "aux:pass") is not None
        for c in leading:
            tree.move(c, told, "nsubj:pass" if passive else "nsubj")


def _take_back(tree: Tree, verb: int, told: int) -> None:
    """What follows the verb goes on with its report: "Troops crossed the river, officials said, adding that ..."."""
    if tree.heads[told] != verb:
        return
    for c in tree.kids(told, "advcl"):
        if c > verb and tree.tags[c] == "VBG":
            tree.move(c, verb, "advcl")


def _resume(tree: Tree, verb: int) -> None:
    """A finite clause behind the verb without a subject has one of the verb's.

    The first of two before it ("Syria, officials said, has fired"), or one behind it ("Aides say Abbas will ask").
    """
    _reclaim(tree, verb)
    for clause in tree.kids(verb, "ccomp"):
        first = tree.kid(clause, *_SUBJECTS)
        for c in tree.kids(verb, "obl:unmarked", "obl"):
            if first is not None and verb < first < c < clause:  # "say a raid Tuesday killed ten"
                tree.move(c, clause, tree.rels[c])
    told = [c for c in tree.kids(verb, "ccomp") if c > verb and tree.kid(c, *_SUBJECTS) is None]
    if not told or not _is_finite(tree, told[0]):
        return
    named = [c for c in tree.children[verb] if tree.rels[c] in _LEADING and c < told[0]]
    leading, behind = [c for c in named if c < verb], [c for c in named if c > verb]
    if leading and (behind or len(leading) > 1):
        passive = tree.kid(told[0], "aux:pass") is not None
        tree.move(behind[0] if behind else leading[0], told[0], "nsubj:pass" if passive else "nsubj")


def _reclaim(tree: Tree, verb: int) -> None:
    """In "the diplomats, who stayed, said officials agreed" the first of two subjects of "agreed" speaks.

    Who is told is no second speaker: "Sharon told members of his party that ...".
    """
    speakers = tree.kids(verb, "nsubj")
    if any(c < verb for c in speakers) and tree.lemmas[verb] == "tell":
        for c in speakers:
            tree.rels[c] = "iobj" if c > verb else tree.rels[c]
    if speakers:
        return
    for told in tree.kids(verb, "ccomp"):
        subjects = tree.kids(told, "nsubj", "nsubj:pass")
        if len(subjects) > 1 and subjects[0] < verb < subjects[1] < told:
            tree.move(subjects[0], verb, "nsubj")


def _give_listener(tree: Tree, verb: int) -> None:
    """Of "told a news conference Peru would join" the first noun is who is told, and no word of what is said."""
    for told in tree.kids(verb, "ccomp"):
        first = tree.kid(told, "nsubj", "nsubj:pass", "expl")
        for c in tree.kids(told, "obj", "obl:unmarked", "dislocated"):
            if first is not None and verb < c < first and tree.kid(verb, "obj", "iobj") is None:
                tree.move(c, verb, "iobj")
        subjects = [c for c in tree.kids(told, "nsubj") if verb < c < told]
        if len(subjects) > 1 and tree.kid(verb, "obj", "iobj") is None:
            tree.move(subjects[0], verb, "iobj")
    listener = tree.kid(verb, "obj", "iobj")
    if listener is None or tree.kid(verb, "ccomp") is not None:
        return
    for c in tree.kids(listener, "acl:relcl", "acl"):
        whole = _is_finite(tree, c) and tree.kid(c, "nsubj", "nsubj:pass", "expl") is not None
        opened = tree.case(c) == "that" or tree.lemmas[listener] in _AUDIENCES
        if whole and opened and not any(tree.tags[k] in RELATIVE_TAGS for k in tree.children[c]):
            tree.move(c, verb, "ccomp")


def _open_statement(tree: Tree, verb: int) -> None:
    """ "said in a statement that it was right": the clause is what is said."""
    if tree.kid(verb, "ccomp", "parataxis", "obj") is not None:
        return
    for c in (
        a for k in tree.kids(verb, "obl") if tree.case(k) in {"in", "to"} for a in tree.kids(k, "acl", "acl:relcl")
    ):
        whole = tree.kid(c, "nsubj", "nsubj:pass", "nsubj:outer", "expl") is not None
        if tree.case(c) == "that" and whole and not any(tree.tags[k] in RELATIVE_TAGS for k in tree.children[c]):
            tree.move(c, verb, "ccomp")
            return


def _unfold(tree: Tree, verb: int) -> None:
    """ "The truce holds in Goma, two officials said": the end of a sentence is no relative clause of its subject."""
    noun = tree.heads[verb]
    if tree.rels[verb] not in {"acl:relcl", "acl"} or tree.rels[noun] != "appos" or tree.tags[verb] not in _FINITE:
        return
    own, inside = [k for k in tree.subtree(verb) if tree.pos[k] != "PUNCT"], set(tree.subtree(verb))
    words = [k for k in tree.subtree(noun) if k not in inside and tree.pos[k] != "PUNCT"]
    _, end = tree.bounds[tree.sents[verb]]
    closing = all(tree.pos[k] == "PUNCT" for k in range(own[-1] + 1, end))
    root = [verb, *tree.ancestors(verb)][-1]
    bare = own[0] == verb and not tree.kids(verb, *_SUBJECTS, "obj", "ccomp")
    if bare and closing and words[-1] + 1 == verb and tree.words[words[0] - 1] == "," and root < words[0]:
        tree.move(verb, root, "parataxis")
        tree.move(noun, verb, "nsubj")


def _is_finite(tree: Tree, verb: int) -> bool:
    return tree.tags[verb] in _FINITE or tree.kid(verb, "aux", "aux:pass", "cop") is not None


def _stray_speaker(tree: Tree, verb: int, told: int) -> int | None:
    """A subject whose phrase ends right before the verb, hung behind another word of the clause."""
    inside = [k for k in tree.subtree(told) if told < k < verb and tree.rels[k] in _STRAY_SUBJECTS]
    for k in reversed(inside):
        above, gap = tree.heads[k], {tree.pos[x] for x in range(tree.subtree(k)[-1] + 1, verb)}
        apposed = tree.rels[k] == "appos" and "PUNCT" not in gap  # "... with Tokyo, two officials said"
        if above < k and (apposed or (tree.pos[above] == "VERB" and tree.rels[k] != "appos")) and gap <= _BETWEEN:
            return k
    return None
