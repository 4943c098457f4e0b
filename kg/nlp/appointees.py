"""Undo errors around offices, of parsers and of writers: "named Carmel Sepuloni deputy premier", "Prime Minster"."""

from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

_NAMING = frozenset({
    "appoint", "name", "elect", "nominate", "designate", "choose", "select", "install", "pick", "tap", "reappoint",
    "proclaim", "declare", "make", "sack", "fire", "dismiss", "oust", "replace", "remove",
})  # fmt: skip
_GIVING = _NAMING - {"sack", "fire", "dismiss", "oust", "replace", "remove"}
"""Verbs that take a person and the office."""
_OFTEN = (
    "minister", "president", "secretary", "chancellor", "ambassador", "spokesman", "spokeswoman", "chairman",
    "governor", "senator", "premier", "commander",
)  # fmt: skip
"""Offices that writers misspell."""
_SHORTEST = 6
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "aux", "aux:pass", "cop")


def mend_spelling(tree: Tree, lexicons: Lexicons) -> None:
    """ "Prime Minster X": the lemma that was meant, where a word of a title stands before it or a name behind."""
    people = {first for first, _, label in tree.names if label == "PERSON"}
    for k, word in enumerate(tree.words):
        if len(word) < _SHORTEST or not word.istitle() or tree.lemmas[k] in lexicons.title_heads:
            continue
        after_modifier = (
            k > 0 and tree.words[k - 1].casefold() in lexicons.title_modifiers and tree.words[k - 1].istitle()
        )
        if after_modifier or k + 1 in people:
            meant = next((w for w in _OFTEN if _one_slip(word.casefold(), w)), "")
            tree.lemmas[k] = meant or tree.lemmas[k]


def _one_slip(word: str, meant: str) -> bool:
    """Does one letter too many, too few or wrong, or two that changed places, make the difference?"""
    if word == meant or abs(len(word) - len(meant)) > 1:
        return False
    same = next((k for k, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), min(len(word), len(meant)))
    a, b = word[same:], meant[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])


def mend_appointees(tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
    """Make the person behind such a verb its object, the office behind the person its complement, and find its subject.

    "Named" and "elected" are participles to the tagger more often than to the writer: where a sentence has no other
    verb, they are what it says.
    """
    for name in entities.names:
        _mend_apposed(tree, name, lexicons)
        verb = name.first - 1
        while verb > 0 and (
            tree.words[verb].casefold().rstrip(".") in lexicons.honorifics or _in_title(tree, lexicons, verb)
        ):
            verb -= 1
        if name.type != "Person" or verb < 0 or tree.pos[verb] != "VERB" or tree.lemmas[verb] not in _NAMING:
            continue
        if tree.sents[verb] != tree.sents[name.first]:
            continue
        _mend_object(tree, name, verb, lexicons)
        if tree.tags[verb] in {"VBN", "VBD"} and tree.kid(verb, *_SUBJECTS) is None:
            _mend_subject(tree, verb)


def _mend_apposed(tree: Tree, name: Name, lexicons: Lexicons) -> None:
    """ "named a new premier, Girija Koirala": the person is named, the office is what he is named."""
    title = tree.heads[name.head]
    verb = tree.heads[title]
    named = name.type == "Person" and tree.rels[name.head] == "appos" and title < name.first
    office = tree.lemmas[title] in lexicons.title_heads and tree.rels[title] == "obj" and not tree.is_plural(title)
    if named and office and tree.lemmas[verb] in _GIVING and tree.pos[verb] == "VERB":
        tree.move(name.head, verb, "obj")
        tree.move(title, verb, "xcomp")


def _in_title(tree: Tree, lexicons: Lexicons, k: int) -> bool:
    return tree.lemmas[k] in lexicons.title_heads or tree.words[k].casefold() in lexicons.title_modifiers


def _mend_object(tree: Tree, name: Name, verb: int, lexicons: Lexicons) -> None:
    """ "named Carmel Sepuloni deputy prime minister": not a minister called so, and no minister's name."""
    title = _title_behind(tree, name.end, lexicons) if tree.lemmas[verb] in _GIVING else None
    above = tree.heads[name.head]
    if title is not None and (above == title or tree.heads[title] in {name.head, verb}):
        tree.move(name.head, verb, "obj")
        tree.move(title, verb, "xcomp")
    elif above == verb and tree.rels[name.head] in {"xcomp", "dep", "nsubj", "ccomp", "obl:unmarked"}:
        tree.move(name.head, verb, "obj")


def _title_behind(tree: Tree, k: int, lexicons: Lexicons) -> int | None:
    """Head of the title that begins at `k` without a comma before it."""
    found = None
    while k < len(tree.words) and (_in_title(tree, lexicons, k) or tree.pos[k] in {"ADJ", "NOUN"}):
        found = k if tree.lemmas[k] in lexicons.title_heads else found
        k += 1
    return found


def _mend_subject(tree: Tree, verb: int) -> None:
    """The noun before the verb that no verb governs, where the sentence has no other verb."""
    before = [c for c in tree.kids(verb, "xcomp", "dep", "ccomp", "appos", "obl:unmarked") if c < verb]
    nominal = [c for c in before if tree.pos[c] in {"PROPN", "NOUN"}]
    if tree.heads[verb] == verb and nominal:
        tree.move(nominal[0], verb, "nsubj")
        tree.tags[verb] = "VBD"
        return
    root = next((k for k in (verb, *tree.ancestors(verb)) if tree.heads[k] == k), verb)
    bare = tree.pos[root] in {"PROPN", "NOUN"} and tree.kid(root, "cop", "nsubj") is None
    if (
        root < verb
        and bare
        and verb > 0
        and tree.words[verb - 1] == ","
        and tree.rels[verb] in {"acl", "parataxis", "dep", "conj"}
    ):
        tree.move(verb, verb, "root")
        tree.move(root, verb, "nsubj")
        tree.tags[verb] = "VBD"
