"""Purposes that are carried out: who met to discuss has discussed, who travelled to Cairo to meet has met."""

from kg.nlp.grammar import Tree

UTTERED = frozenset({
    "thank", "condemn", "honor", "honour", "highlight", "welcome", "express", "reaffirm", "congratulate", "underscore",
    "discuss", "mark", "celebrate", "praise", "commemorate", "reiterate", "emphasize", "emphasise", "affirm", "protest",
    "denounce", "criticize", "criticise", "stress", "demand",
})  # fmt: skip
"""What people meet, call or vote to say, they say: "met on Monday to discuss", "voted to condemn"."""
_PROTESTED = frozenset({"protest", "demand"})
GOING = frozenset(
    {"travel", "visit", "journey", "stop", "sit", "fly", "go", "head", "come", "arrive", "return", "leave"}
)
_ENCOUNTERS = frozenset({"meet", "hold", "attend", "speak", "confer", "participate", "join", "sign", "take", "consult"})
_MARKS = frozenset({"to", "in order", "so as", "in order to", "so as to"})


def is_purpose(tree: Tree, clause: int) -> bool:
    """ "to discuss", "in order to meet"."""
    return tree.opener(clause) in _MARKS and tree.tags[clause] == "VB"


def is_carried_out(tree: Tree, purpose: int) -> bool:
    """Is what was done for a purpose also its fulfilment?"""
    verb, lemma = tree.heads[purpose], tree.lemmas[purpose]
    if lemma in _PROTESTED and tree.tags[verb] != "VB":
        return True  # "have marched to protest", not "will"
    done = tree.tags[verb] == "VBD" or (tree.is_perfect(verb) and tree.tags[verb] == "VBN")
    placed = tree.lemmas[verb] == "visit" or tree.kid(verb, "obl") is not None
    went = placed and tree.lemmas[verb] in GOING and lemma in _ENCOUNTERS  # "travelled to Doha to meet"
    return done and (lemma in UTTERED or went or tree.lemmas[verb] == "use")  # "used the speech to attack Rome"
