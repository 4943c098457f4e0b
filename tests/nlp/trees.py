"""Parse trees written by hand, in Universal Dependencies or in CLEAR labels, and the reader that users get."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.ids import fold
from kg.model import Article, Known, Reading
from kg.nlp.grammar import Predicate, Tree, find_predicate, make_tree
from kg.nlp.reader import Reader
from tests.nlp.frame_examples import DATE, make_reader

_POS = {
    tag: pos
    for pos, tags in {
        "ADJ": "JJ JJR JJS", "ADP": "IN RP", "ADV": "RB RBR RBS WRB", "AUX": "MD", "CCONJ": "CC", "DET": "DT",
        "NOUN": "NN NNS", "NUM": "CD", "PART": "POS TO", "PRON": "EX PRP PRP$ WDT WP WP$", "PROPN": "NNP NNPS",
        "PUNCT": ", . : `` '' -LRB- -RRB-", "VERB": "VB VBD VBG VBN VBP VBZ",
    }.items()
    for tag in tags.split()
}  # fmt: skip
_AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass", "cop"})


def universal(table: str) -> Tree:
    """The tree of the third and fourth column."""
    return make_tree(_doc(_rows(table), 2))


def clear(table: str) -> Tree:
    """The tree of the fifth and sixth column, or of the third and fourth where a row has only these."""
    return make_tree(_doc(_rows(table), 4))


def _rows(table: str) -> list[list[str]]:
    """Rows of `word tag[:lemma] head relation [head relation]`; words count from 1, head 0 is the root."""
    rows = [line.split() for line in table.strip().splitlines()]
    assert all(len(row) in {4, 6} for row in rows), rows
    return [row if len(row) == 6 else [*row, *row[2:]] for row in rows]


def _doc(rows: list[list[str]], column: int) -> Doc:
    words = [row[0] for row in rows]
    tags, lemmas, pos = [], [], []
    for row in rows:
        tag, _, lemma = row[1].partition(":")
        rels = {row[3], row[5]}
        tags.append(tag)
        lemmas.append(lemma or row[0].lower())
        verbal = tag.startswith("VB") and bool(rels & _AUXILIARIES or lemma == "be")
        pos.append("AUX" if verbal else "SCONJ" if tag == "IN" and "mark" in rels else _POS[tag])
    heads = [int(row[column]) - 1 if row[column] != "0" else i for i, row in enumerate(rows)]
    deps = ["ROOT" if row[column] == "0" else row[column + 1] for row in rows]
    return Doc(Vocab(), words=words, tags=tags, lemmas=lemmas, pos=pos, heads=heads, deps=deps)


def predicate(tree: Tree, word: str, light: dict[str, frozenset[str]] | None = None) -> Predicate:
    """The predicate at the first occurrence of a word."""
    found = find_predicate(tree, tree.words.index(word), light or {})
    assert found is not None, f"{word} is no predicate"
    return found


def slot(tree: Tree, word: str, name: str, light: dict[str, frozenset[str]] | None = None) -> list[str]:
    """Words that fill a slot of the predicate at a word."""
    return words_of(tree, predicate(tree, word, light).slot(name))


def words_of(tree: Tree, indices: list[int]) -> list[str]:
    return [tree.words[k] for k in indices]


@cache
def shipped() -> Reader:
    """The reader that users get, loaded once."""
    return make_reader()


def read(text: str, *, date: str = DATE) -> Reading:
    """What the shipped reader reads in a text."""
    return shipped().read(Article("test", text, date=date))


def flat(text: str, **names: str) -> Tree:
    """A text of blank-separated words without grammar; keywords give the pipeline's names, `Xi_Jinping="PERSON"`.

    A word with a capital is a PROPN, the last word is the root of all others.
    """
    words = text.split()
    tags = ["NNP" if w[:1].isupper() else "." if not w[:1].isalnum() else "NN" for w in words]
    lines = [
        f"{w} {t} {0 if k == len(words) - 1 else len(words)} {'dep' if t != '.' else 'punct'}"
        for k, (w, t) in enumerate(zip(words, tags, strict=True))
    ]
    tree = universal("\n".join(lines))
    for name, label in names.items():
        part = name.split("_")
        for k in range(len(words)):
            if words[k : k + len(part)] == part:
                tree.names.append((k, k + len(part), label))
    return tree


@dataclass(frozen=True)
class Names:
    """A lexicon of the given names; keys are folded."""

    entries: dict[str, Known] = field(default_factory=dict)
    demonyms: dict[str, Known] = field(default_factory=dict)
    offices: dict[tuple[str, str], Known] = field(default_factory=dict)

    def lookup(self, name: str) -> tuple[Known, ...]:
        found = self.entries.get(fold(name))
        return (found,) if found else ()

    def demonym(self, word: str) -> Known | None:
        return self.demonyms.get(fold(word))

    def names(self) -> Mapping[str, str]:
        return {key: known.type for key, known in self.entries.items()}

    def office(self, title: str, country: str, date: str) -> tuple[Known, ...]:
        found = self.offices.get((fold(title), country))
        return (found,) if found else ()

    def bearers(self, name: str, title: str, date: str, *, past: bool = False) -> tuple[Known, ...]:
        held = [known for (office, _), known in self.offices.items() if office == fold(title)]
        return tuple(known for known in held if fold(known.name).split()[-1] == fold(name))
