"""Trees stay trees, whatever is mended in them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.grammar import Tree
from kg.nlp.grammar.parser_errors import mend_parse
from tests.nlp.trees import universal

RELS = ("nsubj", "nsubj:pass", "obj", "iobj", "flat", "appos", "dislocated", "case", "advmod", "ccomp", "mark", "acl",
        "amod", "xcomp", "conj", "nmod", "obl", "acl:relcl")  # fmt: skip
WORDS = (("accused", "accuse", "VERB"), ("called", "call", "VERB"), ("attacking", "attack", "VERB"),
         ("opposed", "oppose", "VERB"), ("report", "report", "NOUN"), ("Russia", "russia", "PROPN"),
         ("absurd", "absurd", "ADJ"), ("of", "of", "ADP"), ("to", "to", "PART"), ("on", "on", "ADP"))  # fmt: skip


@st.composite
def parses(draw: st.DrawFn) -> Tree:
    """Any tree over a few words that mends look for."""
    size = draw(st.integers(2, 9))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for k, word in enumerate(order):
        heads[word] = word if k == 0 else order[draw(st.integers(0, k - 1))]
    rels = [draw(st.sampled_from(RELS)) for _ in range(size)]
    return parsed(heads, rels, [draw(st.sampled_from(WORDS)) for _ in range(size)])


def parsed(heads: list[int], rels: list[str], tokens: list[tuple[str, str, str]]) -> Tree:
    """The tree of one sentence of (word, lemma, class)."""
    words, lemmas, pos = ([t[k] for t in tokens] for k in range(3))
    starts = [sum(len(w) + 1 for w in words[:k]) for k in range(len(words))]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return Tree(
        text=" ".join(words), words=words, lemmas=lemmas, pos=pos, tags=[""] * len(words), rels=rels, heads=heads,
        starts=starts, ends=ends, sents=[0] * len(words), bounds=[(0, len(words))], names=[],
    )  # fmt: skip


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
def test_mended_trees_have_no_cycle(tree: Tree) -> None:
    assert is_tree(tree.heads)
    mend_parse(tree, {"attack": "attack"})
    assert is_tree(tree.heads)
    below = [[c for c, head in enumerate(tree.heads) if head == i != c] for i in range(len(tree.heads))]
    assert tree.children == below


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


def test_a_mend_that_would_make_a_cycle_is_left_out() -> None:
    tokens = [("yacht", "yacht", "NOUN"), ("sanctioned", "sanction", "VERB"), ("oligarch", "oligarch", "NOUN"),
              ("Viktor", "viktor", "PROPN")]  # fmt: skip
    tree = parsed([0, 2, 3, 0], ["root", "amod", "flat", "flat"], tokens)
    mend_parse(tree, {})
    assert tree.heads == [0, 2, 3, 0]
    assert tree.rels == ["root", "amod", "flat", "flat"]
