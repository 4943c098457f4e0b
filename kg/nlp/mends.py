"""Trees put right by what their names are: words inside a name, titles before it, lists of them, who is somewhere."""

from kg.nlp.entities import PLACES, Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

_JOINTS = frozenset({"of", "the", "to", "for"})
"""Words between an office and the body that it is held in."""
_OF_THE_PHRASE = frozenset({
    "case", "mark", "cc", "conj", "cop", "aux", "nsubj", "punct", "appos", "acl", "acl:relcl", "advcl", "nummod",
})  # fmt: skip
"""Relations of words that belong to a whole noun phrase, whichever of its words is the head."""
_PLAIN = {"mark": "case", "case": "case", "punct": "punct", "advmod": "advmod"}
"""Relations of the words of a clause that turns out to be a phrase."""
_OF_THE_PLACE = frozenset({"case", "det", "amod", "compound", "flat", "appos", "nmod:desc", "nmod:poss"})


def mend_locations(tree: Tree, entities: Entities) -> None:
    """Make the copula the head where the name of a place is the predicate: who is somewhere may have gone there.

    Args:
        tree: changed in place.
        entities: names of the article.
    """
    for name in entities.names:
        copula = tree.kid(name.head, "cop")
        if name.type not in PLACES or copula is None or tree.case(name.head) != "in":
            continue
        above, rel = tree.heads[name.head], tree.rels[name.head]
        tree.move(copula, copula if above == name.head else above, rel)
        tree.pos[copula] = "VERB"
        for c in [c for c in tree.children[name.head] if tree.rels[c] not in _OF_THE_PLACE]:
            tree.move(c, copula, tree.rels[c])
        tree.move(name.head, copula, "obl")


def mend_visitors(tree: Tree, entities: Entities) -> None:
    """ "Visiting Chancellor Merz urged": who visits does what the verb says; nobody visits him.

    Args:
        tree: changed in place.
        entities: names of the article.
    """
    for name in entities.names:
        visiting = tree.heads[name.head]
        if name.type != "Person" or tree.words[visiting].casefold() != "visiting" or tree.rels[name.head] != "obj":
            continue
        above, rel = tree.heads[visiting], _as_visitor(tree, visiting, name)
        if not rel:
            continue
        tree.move(name.head, above, rel)
        for c in [c for c in tree.children[visiting] if c != name.head]:
            tree.move(c, name.head if tree.case(visiting) and c < visiting else above, _PLAIN.get(tree.rels[c], "obl"))
        tree.move(visiting, name.head, "amod")
        tree.pos[visiting] = "ADJ"


def _as_visitor(tree: Tree, visiting: int, name: Name) -> str:
    """What somebody whom the parser has visited is to the word above; "" where he is visited indeed."""
    above = tree.heads[visiting]
    if tree.case(visiting) == "with":
        return "nmod" if tree.pos[above] == "NOUN" else "obl"
    between = range(min(visiting, above), max(name.end, above))
    if tree.case(visiting) or tree.pos[above] != "VERB" or any(tree.words[k] == "," for k in between):
        return ""
    if visiting > above:
        return "obj" if visiting == above + 1 and tree.kid(above, "obj", "iobj") is None else ""
    finite = tree.tags[above] in {"VBD", "VBZ", "VBP"} or tree.kid(above, "aux") is not None
    return "nsubj" if finite and tree.kid(above, "nsubj", "nsubj:pass") is None else ""


def mend_inner_words(tree: Tree, entities: Entities) -> None:
    """What hangs on a word inside a name hangs on its head: the "in" of "in Addis Ababa"."""
    for name in entities.names:
        for k in range(name.first, name.end):
            if k == name.head:
                continue
            for c in [c for c in tree.children[k] if not name.first <= c < name.end]:
                tree.move(c, name.head, tree.rels[c])


def mend_titles(tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
    """Make the name the head of the titles before it: "Secretary of State X", "Councillor and Minister of Iran X".

    Args:
        tree: changed in place.
        entities: names of the article.
        lexicons: words that are titles.
    """
    for name in entities.names:
        first = _titles_before(tree, entities, name, lexicons) if name.type == "Person" else name.first
        run = range(first, name.end)
        tops = [k for k in run if tree.heads[k] not in run or tree.heads[k] == k]
        title = next((k for k in tops if k < name.first and tree.pos[k] in {"NOUN", "PROPN", "ADJ"}), None)
        if title is not None and name.head not in tops:
            _lead(tree, name.head, title, run)
        elif title is not None and (tree.rels[title] == "nmod:desc" or _are_alike(tree, name.head, title)):
            tree.move(title, name.head, "nmod:desc")
        _subordinate(tree, name.head, first)


def _subordinate(tree: Tree, name: int, first: int) -> None:
    """ "Press secretary to President X said": of two subjects, the one behind "to" belongs to the other."""
    other = first - 2
    if other < 0 or tree.words[first - 1].casefold() not in {"to", "for", "of"} or tree.rels[name] != "nsubj":
        return
    if tree.heads[other] == tree.heads[name] and tree.rels[other] == "nsubj":
        tree.move(name, other, "nmod")


def _are_alike(tree: Tree, one: int, other: int) -> bool:
    """Do two words hang on one head in one way?"""
    return (tree.heads[one], tree.rels[one]) == (tree.heads[other], tree.rels[other])


def _lead(tree: Tree, name: int, title: int, run: range) -> None:
    """Put a name in the place of its title, with the words outside the run that belong to the whole phrase."""
    above = tree.heads[title]
    phrase = [c for k in run for c in tree.children[k] if c not in run and tree.rels[c] in _OF_THE_PHRASE]
    tree.move(name, name if above == title else above, tree.rels[title])
    for c in phrase:
        tree.move(c, name, tree.rels[c])
    tree.move(title, name, "nmod:desc")


def _titles_before(tree: Tree, entities: Entities, name: Name, lexicons: Lexicons) -> int:
    """Where the titles of a name begin; the name itself where there are none, or they may be another person's."""
    low, end = tree.bounds[tree.sents[name.first]][0], name.first
    while end > low and _is_rank(tree.words[end - 1], lexicons):
        end -= 1
    first, reach = _office_before(tree, entities, end, lexicons)
    while first < end and reach > low + 1 and tree.words[reach - 1].casefold() in {"and", "&"}:
        other, reach = _office_before(tree, entities, reach - 1, lexicons)
        bare = tree.words[reach][:1].isupper() and (reach == low or tree.pos[reach - 1] not in {"DET", "PRON", "PART"})
        if other == end or not bare:  # only a title without an article is of the same person
            break
        first = other
    return first if first < end else name.first


def _is_rank(word: str, lexicons: Lexicons) -> bool:
    """ "Mr.", "General"."""
    return word.casefold() in lexicons.ranks or word.casefold().rstrip(".") in lexicons.honorifics


def _office_before(tree: Tree, entities: Entities, end: int, lexicons: Lexicons) -> tuple[int, int]:
    """Where one office begins that ends before `end`, with the body it is held in, and what stands before it.

    Returns:
        (index of its first word or `end` for none, index of the first word that may belong to it).
    """
    low = tree.bounds[tree.sents[end - 1]][0] if end else 0
    first = reach = end
    if end == low or tree.words[end - 1].casefold() in _JOINTS:
        return end, end
    held = not _is_title(tree, end - 1, lexicons)
    k = end - 1
    while k >= low:
        word, name, title = tree.words[k].casefold(), entities.at.get(k), _is_title(tree, k, lexicons)
        if word in _JOINTS and not held:  # in "aide to President X" only "President" is X's
            break
        if name is not None:
            if name.type == "Person":
                break
            first, k = name.first if first == k + 1 < end else first, name.first
        elif title or (first < end and word in lexicons.title_modifiers):
            first = k
        elif not (word in lexicons.title_modifiers or word in _JOINTS or tree.words[k][:1].isupper()):
            break
        reach = k
        k -= 1
    return first, reach


def _is_title(tree: Tree, k: int, lexicons: Lexicons) -> bool:
    """Does the word name the office of one person?"""
    singular = tree.pos[k] in {"NOUN", "PROPN", "ADJ"} and not tree.is_plural(k)
    return singular and tree.lemmas[k] in lexicons.title_heads


def is_owned(tree: Tree, owner: int, lexicons: Lexicons) -> bool:
    """Does "President of", "Minister of Foreign Affairs of the" stand before this word?"""
    low = tree.bounds[tree.sents[owner]][0]
    k = owner - 1
    if k > low and tree.words[k].casefold() == "the":
        k -= 1
    if k <= low or tree.words[k].casefold() not in {"of", "to"}:
        return False
    for t in range(k - 1, low - 1, -1):
        if _is_title(tree, t, lexicons):
            return True
        if not (tree.words[t][:1].isupper() or tree.words[t].casefold() in _JOINTS):
            return False
    return False


def mend_shared(tree: Tree, entities: Entities) -> None:
    """ "North and South Korea": two names, of which the first hangs on a word of the second.

    Args:
        tree: changed in place.
        entities: names of the article.
    """
    for name in entities.names:
        other = entities.at.get(name.end + 1)
        if other is None or other.first != name.end + 1 or tree.words[name.end].casefold() != "and":
            continue
        above = tree.heads[other.head]
        if not other.first <= tree.heads[name.head] < other.end or above == name.head:
            continue
        before = [c for c in tree.children[other.head] if c < name.first]
        tree.move(name.head, name.head if above == other.head else above, tree.rels[other.head])
        for c in before:
            tree.move(c, name.head, tree.rels[c])
        tree.move(other.head, name.head, "conj")
        tree.move(name.end, other.head, "cc")


_PREPOSITIONS = frozenset({"with", "to", "from", "against", "by", "for", "at"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "nmod:desc", "appos", "flat"})
"""Relations that no phrase with a preposition has."""


def mend_oblique(tree: Tree, entities: Entities) -> None:
    """ "Lavrov met with Foreign Minister X": who stands behind "with" is no subject, object or title of who is before.

    Args:
        tree: changed in place.
        entities: names of the article.
    """
    for name in entities.names:
        case = next((c for c in tree.kids(name.head, "case") if c < name.first), None)
        above = tree.heads[name.head]
        if case is None or above >= case:
            continue
        word, low = tree.words[case].casefold(), tree.bounds[tree.sents[case]][0]
        if word == "including" and above in entities.at:  # those of whom it is one stand between
            group = next((k for k in range(case - 1, above, -1) if tree.is_plural(k) and k not in entities.at), None)
            if group is not None:
                tree.move(name.head, group, "nmod")
        elif tree.rels[name.head] in _ARGUMENTS and word in _PREPOSITIONS:
            noun = case > low and tree.pos[case - 1] == "NOUN" and case - 1 not in entities.at
            if noun and tree.rels[case - 1] != "obl:unmarked":
                tree.move(name.head, case - 1, "nmod")
            elif (verb := next((k for k in range(case - 1, low - 1, -1) if tree.pos[k] == "VERB"), None)) is not None:
                tree.move(name.head, verb, "obl")


def mend_lists(tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
    """Make "President A of X, Chancellor B of Y and Prime Minister C" one coordination; its titles confuse parsers."""
    persons = [n for n in sorted(entities.names, key=lambda n: n.first) if n.type == "Person"]
    run: list[Name] = []
    for name in [*persons, None]:
        if name is not None and run and _in_one_list(tree, entities, (run[-1].end, name.first), lexicons):
            run.append(name)
            continue
        if len(run) > 1 and any(w.casefold() in {"and", "&"} for w in tree.words[run[-2].end : run[-1].first]):
            _coordinate(tree, [n.head for n in run])
        run = [name] if name is not None else []


def _in_one_list(tree: Tree, entities: Entities, gap: tuple[int, int], lexicons: Lexicons) -> bool:
    """Are the words between two names only titles, owners, commas and "and"?"""
    first, end = gap
    if end <= first or tree.sents[first] != tree.sents[end]:
        return False
    words = [tree.words[k].casefold() for k in range(first, end)]
    if ";" in words:
        return not any(tree.pos[k] in {"VERB", "AUX"} for k in range(first, end))
    if not {",", "and", "&"} & set(words):
        return False
    allowed = {",", "and", "&", "of", "the", "'s", "’s", "-"}
    return all(
        w in allowed
        or w in lexicons.title_modifiers
        or w in lexicons.former
        or k in entities.at
        or tree.lemmas[k] in lexicons.title_heads
        for k, w in enumerate(words, first)
    )


def _coordinate(tree: Tree, heads: list[int]) -> None:
    """Hang all on the first, unless one of them has a governor of its own outside the list."""
    first, low, high = heads[0], heads[0], heads[-1]
    if not all(low <= tree.heads[h] <= high and tree.heads[h] != h for h in heads[1:]):
        return
    for h in heads[1:]:
        tree.move(h, first, "conj")
