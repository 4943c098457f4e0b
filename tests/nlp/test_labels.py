"""CLEAR labels become Universal ones: the tree that an official English pipeline gives reads like ours."""

import pytest

from kg.nlp.grammar import Tree
from kg.nlp.grammar.labels import is_clear, to_universal
from tests.nlp.trees import clear, universal


def edges(tree: Tree) -> set[tuple[str, str, str]]:
    """(word, relation, head's word), punctuation left out."""
    return {
        (w, "root" if tree.heads[i] == i else tree.rels[i], tree.words[tree.heads[i]])
        for i, w in enumerate(tree.words)
        if tree.rels[i] != "punct"
    }


@pytest.mark.parametrize(
    "rel", ["pobj", "prep", "dobj", "nsubjpass", "auxpass", "relcl", "attr", "poss", "prt", "dative", "acomp"]
)
def test_one_clear_label_tells_the_scheme(rel: str) -> None:
    assert is_clear(["nsubj", "ROOT", rel])


def test_labels_that_both_schemes_have_tell_nothing() -> None:
    assert not is_clear([])
    both = [
        "nsubj",
        "ROOT",
        "nmod",
        "nummod",
        "det",
        "amod",
        "compound",
        "case",
        "mark",
        "aux",
        "conj",
        "cc",
        "appos",
        "punct",
        "dep",
    ]
    assert not is_clear(both)
    assert not is_clear(
        [*both, "obj", "obl", "nmod:poss", "acl:relcl", "nsubj:pass", "aux:pass", "compound:prt", "iobj"]
    )


SAME = {
    "active": """
        Iran   NNP       2 nsubj
        met    VBD:meet  0 root
        Syria  NNP       2 obj     2 dobj
        """,
    "oblique": """
        Xi       NNP         2 nsubj
        arrived  VBD:arrive  0 root
        in       IN          4 case   2 prep
        Paris    NNP         2 obl    3 pobj
        """,
    "preposition below a noun": """
        talks  NNS:talk  0 root
        with   IN        3 case   1 prep
        Iran   NNP       1 nmod   2 pobj
        """,
    "passive with its doer": """
        Iran     NNP         3 nsubj:pass  3 nsubjpass
        was      VBD:be      3 aux:pass    3 auxpass
        invited  VBN:invite  0 root
        by       IN          5 case        3 agent
        Syria    NNP         3 obl:agent   4 pobj
        """,
    "copula with a noun": """
        Iran     NNP      4 nsubj  2 nsubj
        is       VBZ:be   4 cop    0 root
        an       DT       4 det    4 det
        ally     NN       0 root   2 attr
        of       IN       6 case   4 prep
        Syria    NNP      4 nmod   5 pobj
        """,
    "copula with an adjective": """
        Iran     NNP      4 nsubj   2 nsubj
        is       VBZ:be   4 cop     0 root
        not      RB       4 advmod  2 neg
        hostile  JJ       0 root    2 acomp
        """,
    "chain of conjuncts": """
        Iran   NNP       6 nsubj
        ,      ,         1 punct
        Syria  NNP       1 conj
        and    CC        1 cc     3 cc
        Iraq   NNP       1 conj   3 conj
        met    VBD:meet  0 root
        Egypt  NNP       6 obj    6 dobj
        """,
    "indirect object": """
        Iran   NNP       2 nsubj
        gave   VBD:give  0 root
        Syria  NNP       2 iobj   2 dative
        oil    NN        2 obj    2 dobj
        """,
    "particle": """
        Iran    NNP       2 nsubj
        backed  VBD:back  0 root
        down    RP        2 compound:prt  2 prt
        """,
    "possessive": """
        Iran    NNP       3 nmod:poss  3 poss
        's      POS       1 case
        attack  NN        0 root
        """,
    "object complement": """
        Iran     NNP        2 nsubj
        named    VBD:name   0 root
        Akbari   NNP        2 obj      2 dobj
        envoy    NN         2 xcomp    2 oprd
        """,
    "unmarked time": """
        Iran     NNP       2 nsubj
        met      VBD:meet  0 root
        Syria    NNP       2 obj           2 dobj
        Monday   NNP       2 obl:unmarked  2 npadvmod
        """,
}


@pytest.mark.parametrize("name", SAME)
def test_both_schemes_give_one_tree(name: str) -> None:
    if name == "chain of conjuncts":  # which conjunct holds the `and` makes no difference to reading
        one, two = (edges(f(SAME[name])) - {("and", "cc", "Iran"), ("and", "cc", "Syria")} for f in (universal, clear))
        assert one == two
        return
    assert edges(clear(SAME[name])) == edges(universal(SAME[name]))


def test_to_before_an_infinitive_is_a_mark() -> None:
    """Where CLEAR calls it an auxiliary: plans, refusals and requests are told by it."""
    tree = clear(
        """
        Iran    NNP       2 nsubj
        hopes   VBZ:hope  0 root
        to      TO        4 mark   4 aux
        meet    VB        2 xcomp
        Syria   NNP       4 obj    4 dobj
        """
    )
    assert tree.case(3) == "to"


def test_other_auxiliaries_stay() -> None:
    tree = clear(
        """
        Iran   NNP  3 nsubj
        may    MD   3 aux
        visit  VB   0 root
        Syria  NNP  3 obj  3 dobj
        """
    )
    assert edges(tree) == {
        ("Iran", "nsubj", "visit"),
        ("may", "aux", "visit"),
        ("visit", "root", "visit"),
        ("Syria", "obj", "visit"),
    }


def test_gerund_below_a_preposition() -> None:
    tree = clear(
        """
        Iran       NNP         2 nsubj
        accused    VBD:accuse  0 root
        Israel     NNP         2 obj    2 dobj
        of         IN          5 mark   2 prep
        attacking  VBG:attack  2 advcl  4 pcomp
        Syria      NNP         5 obj    5 dobj
        """
    )
    assert edges(tree) >= {
        ("of", "mark", "attacking"),
        ("attacking", "advcl", "accused"),
        ("Syria", "obj", "attacking"),
    }
    assert tree.case(4) == "of"


def test_embedded_copula_hands_over_its_place() -> None:
    tree = clear(
        """
        Xi     NNP      2 nsubj
        said   VBD:say  0 root
        Iran   NNP      6 nsubj  4 nsubj
        was    VBD:be   6 cop    2 ccomp
        an     DT       6 det
        ally   NN       2 ccomp  4 attr
        """
    )
    assert edges(tree) == {
        ("Xi", "nsubj", "said"), ("said", "root", "said"), ("Iran", "nsubj", "ally"), ("was", "cop", "ally"),
        ("an", "det", "ally"),
        ("ally", "ccomp", "said"),
    }  # fmt: skip


def test_nested_prepositions_all_rise() -> None:
    tree = clear(
        """
        talks   NNS:talk  0 root
        with    IN        3 case  1 prep
        leader  NN        1 nmod  2 pobj
        of      IN        5 case  3 prep
        Iran    NNP       3 nmod  4 pobj
        """
    )
    assert edges(tree) >= {("leader", "nmod", "talks"), ("of", "case", "Iran"), ("Iran", "nmod", "leader")}


def test_input_is_not_changed() -> None:
    heads, rels = [1, 1, 1, 2], ["nsubj", "ROOT", "prep", "pobj"]
    to_universal(heads, rels, ["PROPN", "VERB", "ADP", "PROPN"], ["xi", "go", "to", "paris"])
    assert (heads, rels) == ([1, 1, 1, 2], ["nsubj", "ROOT", "prep", "pobj"])


@pytest.mark.parametrize("name", SAME)
def test_trees_stay_trees(name: str) -> None:
    tree = clear(SAME[name])
    assert sum(tree.heads[i] == i for i in range(len(tree.words))) == 1
    for i in range(len(tree.words)):
        assert len(list(tree.ancestors(i))) < len(tree.words)


def test_a_preposition_without_object_is_left_alone() -> None:
    tree = clear(
        """
        the     DT        2 det
        talks   NNS:talk  4 nsubj
        then    RB        4 advmod
        went    VBD:go    0 root
        on      IN        4 advmod  4 prep
        Monday  NNP       4 obl:unmarked  4 npadvmod
        """
    )
    assert ("on", "prep", "went") in edges(tree)
