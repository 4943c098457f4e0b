"""From CLEAR dependency labels (the official English spaCy pipelines) to Universal Dependencies.

Source: the ClearNLP guidelines (Choi & Palmer 2012) and the UD English guidelines, version 2. Only what reading uses is
converted: prepositions become `case` of their object, the copula a child of its predicate, conjuncts all hang on the
first, an auxiliary passive is marked on the subject. Trees stay trees.
"""

CLEAR_ONLY = frozenset({
    "acomp", "agent", "attr", "auxpass", "csubjpass", "dative", "dobj", "intj", "meta", "neg", "nmod", "npadvmod",
    "nsubjpass", "nummod", "oprd", "pcomp", "pobj", "poss", "preconj", "predet", "prep", "prt", "quantmod", "relcl",
})  # fmt: skip
"""Labels of CLEAR that UD lacks, or whose presence tells the scheme (`nmod` and `nummod` are in both)."""

_TELLTALE = CLEAR_ONLY - {"nmod", "nummod"}

_RENAMED = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "relcl": "acl:relcl",
    "poss": "nmod:poss", "prt": "compound:prt", "dative": "iobj", "npadvmod": "obl:unmarked", "neg": "advmod",
    "intj": "discourse", "preconj": "cc:preconj", "predet": "det:predet", "quantmod": "advmod", "oprd": "xcomp",
    "acomp": "xcomp", "attr": "xcomp", "meta": "dep", "ROOT": "root",
}  # fmt: skip


def is_clear(rels: list[str]) -> bool:
    """Do these labels come from a CLEAR parser?"""
    return not _TELLTALE.isdisjoint(rels)


def to_universal(heads: list[int], rels: list[str], pos: list[str], lemmas: list[str]) -> tuple[list[int], list[str]]:
    """Heads and labels as UD has them.

    Args:
        heads: token index of each token's head; a root is its own head.
        rels: CLEAR labels.
        pos: universal tags.
        lemmas: lower-case lemmas.

    Returns:
        New heads and labels, same length.
    """
    heads, rels = list(heads), list(rels)
    _lift_objects(heads, rels, pos)
    _lower_copulas(heads, rels, pos, lemmas)
    _flatten_conjuncts(heads, rels)
    marks = [rel == "aux" and pos[i] == "PART" for i, rel in enumerate(rels)]  # the "to" of an infinitive
    return heads, ["mark" if mark else _RENAMED.get(rel, rel) for mark, rel in zip(marks, rels, strict=True)]


def _children(heads: list[int]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    return children


def _lift_objects(heads: list[int], rels: list[str], pos: list[str]) -> None:
    """`met -prep-> with -pobj-> him` becomes `met -obl-> him -case-> with`."""
    children = _children(heads)
    for prep, rel in enumerate(rels):
        if rel not in {"prep", "agent", "dative", "mark"} or not children[prep]:
            continue
        inner = next((c for c in children[prep] if rels[c] in {"pobj", "pcomp"}), None)
        if inner is None:  # "according to": a preposition below a preposition
            second = next((c for c in children[prep] if rels[c] == "prep"), prep)
            inner = next((c for c in children[second] if rels[c] == "pobj"), None)
            if inner is None:
                continue
            heads[second], rels[second] = prep, "fixed"
        governor = heads[prep]
        clause = rels[inner] == "pcomp"
        nominal = pos[governor] in {"NOUN", "PROPN", "PRON", "NUM"}
        heads[inner], heads[prep] = governor, inner
        if rel == "agent":
            rels[inner] = "obl:agent"
        elif clause:
            rels[inner] = "acl" if nominal else "advcl"
        else:
            rels[inner] = "nmod" if nominal else "obl"
        rels[prep] = "mark" if clause else "case"
        for other in children[prep]:
            if other != inner and rels[other] != "fixed":
                heads[other] = inner


def _lower_copulas(heads: list[int], rels: list[str], pos: list[str], lemmas: list[str]) -> None:
    """`is -attr-> minister` becomes `minister -cop-> is`; the clause's other children move to the predicate."""
    children = _children(heads)
    for verb, lemma in enumerate(lemmas):
        if lemma != "be" or pos[verb] not in {"AUX", "VERB"}:
            continue
        predicate = next((c for c in children[verb] if rels[c] in {"attr", "acomp"}), None)
        if predicate is None:
            continue
        top = heads[verb] == verb
        heads[predicate] = predicate if top else heads[verb]
        rels[predicate] = rels[verb]
        for child in children[verb]:
            if child != predicate:
                heads[child] = predicate
        heads[verb], rels[verb] = predicate, "cop"


def _flatten_conjuncts(heads: list[int], rels: list[str]) -> None:
    """In CLEAR each conjunct hangs on the one before; in UD all hang on the first."""
    for i, rel in enumerate(rels):
        if rel != "conj":
            continue
        first = heads[i]
        while rels[first] == "conj" and heads[first] != first:
            first = heads[first]
        heads[i] = first
