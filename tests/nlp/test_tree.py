"""Trees stay trees, whatever is mended in them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.grammar import tree as trees
from tests.nlp.trees import universal

RELS = ("nsubj", "nsubj:pass", "obj", "iobj", "flat", "appos", "dislocated", "case", "advmod", "ccomp", "mark", "acl",
        "amod", "xcomp", "conj", "nmod", "obl", "acl:relcl")  # fmt: skip
WORDS = (("accused", "accuse", "VERB"), ("called", "call", "VERB"), ("attacking", "attack", "VERB"),
         ("opposed", "oppose", "VERB"), ("report", "report", "NOUN"), ("Russia", "russia", "PROPN"),
         ("absurd", "absurd", "ADJ"), ("of", "of", "ADP"), ("to", "to", "PART"), ("on", "on", "ADP"))  # fmt: skip


@st.composite
def parses(draw: st.DrawFn) -> tuple[list[int], list[str], list[str], list[str], list[str]]:
    """Heads (a tree), relations, lemmas, words and classes of one sentence."""
    size = draw(st.integers(2, 9))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for k, word in enumerate(order):
        heads[word] = word if k == 0 else order[draw(st.integers(0, k - 1))]
    tokens = [draw(st.sampled_from(WORDS)) for _ in range(size)]
    words, lemmas, pos = ([t[k] for t in tokens] for k in range(3))
    return heads, [draw(st.sampled_from(RELS)) for _ in range(size)], lemmas, words, pos


def is_tree(heads: list[int]) -> bool:
    """Does every way up end at a root?"""
    for i in range(len(heads)):
        here, seen = i, {i}
        while heads[here] != here:
            here = heads[here]
            if here in seen:
                return False
            seen.add(here)
    return True


@settings(max_examples=400, deadline=None)
@given(parses())
def test_mended_trees_have_no_cycle(parse: tuple[list[int], list[str], list[str], list[str], list[str]]) -> None:
    heads, rels, lemmas, words, pos = parse
    assert is_tree(heads)
    trees._mend(heads, rels, lemmas, words, pos)
    assert is_tree(heads)


def test_a_word_is_not_hung_below_itself() -> None:
    tree = universal("Iran NNP 2 nsubj\nattacked VBD:attack 0 root\nIsrael NNP 2 obj")
    tree.move(1, 2, "acl")
    assert tree.heads == [1, 1, 1]
    tree.move(0, 2, "nmod")
    assert tree.heads == [2, 1, 1]
    assert tree.children == [[], [2], [0]]
    other = universal("Xi NNP 2 nsubj\nmet VBD:meet 0 root\nBiden NNP 2 obj")
    other.move(1, 2, "obj")
    assert other.heads == [1, 1, 1]
    other.move(2, 0, "conj")
    assert other.heads == [1, 1, 0]


def test_a_mend_that_makes_a_cycle_is_undone() -> None:
    heads, rels = [0, 2, 3, 0], ["root", "amod", "flat", "flat"]
    words, pos = ["yacht", "sanctioned", "oligarch", "Viktor"], ["NOUN", "VERB", "NOUN", "PROPN"]
    trees._mend(heads, rels, [w.casefold() for w in words], words, pos)
    assert heads == [0, 2, 3, 0]
    assert rels == ["root", "amod", "flat", "flat"]
