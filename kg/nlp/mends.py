"""Trees put right by what their names are: words inside a name, titles before it, lists of them, who is somewhere."""

from kg.nlp.entities import PLACES, Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

_OF_THE_PHRASE = (
    "case", "mark", "cc", "conj", "cop", "aux", "nsubj", "punct", "appos", "acl", "acl:relcl", "advcl", "nummod",
)  # fmt: skip
"""Relations of words that belong to a whole noun phrase, whichever of its words is the head."""
_OF_THE_TITLE = frozenset({"compound", "amod", "nmod", "nmod:poss", "flat"})
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


def mend_titles(tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
    """In "Secretary of State Colin Powell" the name is the head, also where its title is longer than a word.

    Args:
        tree: changed in place.
        entities: names of the article.
        lexicons: words that are titles.
    """
    for name in entities.names:
        title = tree.heads[name.head]
        if name.type != "Person" or tree.rels[name.head] != "appos" or not title < name.first:
            continue
        between = range(title + 1, name.first)
        if tree.lemmas[title] not in lexicons.title_heads or any(tree.pos[k] == "PUNCT" for k in between):
            continue
        _lead(tree, name.head, [c for c in tree.children[title] if tree.rels[c] not in _OF_THE_TITLE])


def _lead(tree: Tree, name: int, phrase: list[int]) -> None:
    """Make a name the head of the title that it hangs on, and of those of its words that belong to the whole phrase."""
    title = tree.heads[name]
    above = tree.heads[title]
    tree.move(name, name if above == title else above, tree.rels[title])
    for c in phrase:
        if c != name:
            tree.move(c, name, tree.rels[c])
    tree.move(title, name, "nmod:desc")


def mend_inner_words(tree: Tree, entities: Entities) -> None:
    """What hangs on a word inside a name hangs on its head: the "in" of "in Addis Ababa"."""
    for name in entities.names:
        for k in range(name.first, name.end):
            if k == name.head:
                continue
            for c in [c for c in tree.children[k] if not name.first <= c < name.end]:
                tree.move(c, name.head, tree.rels[c])


def mend_nearest_titles(tree: Tree, entities: Entities, lexicons: Lexicons) -> None:
    """In "National Security Advisor Sullivan" the name is the head, whichever word the parser chose."""
    for name in entities.names:
        title = name.first - 1
        if name.type != "Person" or title < 0 or title in entities.at or tree.sents[title] != tree.sents[name.first]:
            continue
        if tree.lemmas[title] not in lexicons.title_heads or tree.tags[title] not in {"NN", "NNP"}:
            continue
        above = tree.heads[title]
        if tree.heads[name.head] == title:
            _lead(tree, name.head, tree.kids(title, *_OF_THE_PHRASE))
        elif tree.heads[name.head] == above and tree.rels[name.head] == tree.rels[title]:
            tree.move(title, name.head, "nmod:desc")


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
