"""Measures: nouns that only count or measure what is behind them ("a round of talks", "dozens of diplomats")."""

from kg.nlp.grammar.tree import Tree

_MEASURES = frozenset({
    "$", "€", "£", "¥", "dollar", "euro", "pound", "yen", "franc", "ruble", "rouble", "rupee", "million", "billion",
    "trillion", "ton", "tonne", "barrel", "dozen", "hundred", "thousand", "score", "number", "pair", "handful", "group",
    "series", "string", "wave", "batch", "round", "piece", "shipload", "truckload", "majority", "percent", "range",
    "couple", "bulk", "part", "portion", "kind", "type", "set", "worth", "hour", "day", "week", "flurry", "session",
    "bout", "half", "installment", "instalment", "amount", "quantity", "consignment",
})  # fmt: skip
"""Nouns that only count or measure what is behind their "of" or "in": "hours of talks", "$5 million in aid"."""


def measured(tree: Tree, i: int) -> int | None:
    """What a measure counts ("diplomats" of "dozens of diplomats"); None where a word is none, or counts nothing."""
    if tree.lemmas[i] not in _MEASURES and tree.pos[i] not in {"NUM", "SYM"}:
        return None
    return next(
        (c for c in tree.kids(i, "nmod") if tree.case(c) in {"of", "in", "worth"} and _is_common(tree, c)), None
    )


def counted(tree: Tree, noun: int) -> int:
    """The noun that counts an event ("round" of "a round of talks"), or the event itself."""
    above = tree.heads[noun]
    if above != noun and measured(tree, above) == noun:
        return counted(tree, above)
    return noun


def _is_common(tree: Tree, i: int) -> bool:
    """A noun, or members of a people ("thousands of Georgians"), which can be counted."""
    return tree.pos[i] == "NOUN" or tree.tags[i] == "NNPS"
