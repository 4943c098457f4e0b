"""The parse of an article as plain lists, in Universal Dependencies whatever the parser's scheme."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SUBJECTS = ("nsubj", "nsubj:outer", "csubj")
VERDICTS = frozenset({
    "call", "label", "brand", "term", "describe", "deem", "consider", "find", "view", "see", "regard", "think",
    "believe", "judge", "declare", "denounce", "dismiss", "condemn", "characterise", "characterize", "portray", "slam",
    "criticise", "criticize", "hail", "praise", "decry", "reject", "pronounce", "perceive",
})  # fmt: skip
"""Verbs whose subject holds what their predicative says: "called the report absurd", "sees it as a threat"."""
_BESIDE_THE_PHRASE = frozenset({
    "case", "mark", "punct", "cc", "conj", "appos", "acl:relcl", "advcl:relcl", "parataxis", "advcl", "ccomp", "csubj",
})  # fmt: skip
"""Relations of what stands beside a noun phrase and is none of its words."""
_TIGHT = frozenset(".!?\"'“”‘’()[]–—-")
"""Marks that may stand between two words of a phrase."""


@dataclass(slots=True)
class Tree:
    """Parallel lists over the article's words (whitespace tokens left out).

    Attributes:
        text: the article's text.
        words, lemmas, pos, tags, rels: strings a word; lemmas in lower case, rels in UD.
        heads: index of the head; a root's head is itself.
        starts, ends: character offsets into `text`.
        sents: index of the word's sentence.
        bounds: (first, end) word range of each sentence.
        names: (first, end, label) of the pipeline's named entities, in words.
        kinds: for each word of a name whose kind the pipeline guesses: the kind, and how sure it is.
    """

    text: str
    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    rels: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    sents: list[int]
    bounds: list[tuple[int, int]]
    names: list[tuple[int, int, str]]
    kinds: dict[int, tuple[str, float]] = field(default_factory=dict[int, tuple[str, float]])
    children: list[list[int]] = field(default_factory=list[list[int]])

    def __post_init__(self) -> None:
        self.children = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)

    def move(self, i: int, head: int, rel: str) -> None:
        """Hang a word elsewhere; `head` may be the word itself, which makes it the root.

        A word stays where it is when the head hangs on it: a circle would have no way up.
        """
        if i in self.ancestors(head):
            return
        self.children[self.heads[i]] = [c for c in self.children[self.heads[i]] if c != i]
        self.heads[i], self.rels[i] = head, rel
        if head != i:
            self.children[head] = sorted([*self.children[head], i])

    def kids(self, i: int, *rels: str) -> list[int]:
        """Children of `i` with one of these relations, in order."""
        return [c for c in self.children[i] if self.rels[c] in rels]

    def kid(self, i: int, *rels: str) -> int | None:
        """First child of `i` with one of these relations."""
        return next((c for c in self.children[i] if self.rels[c] in rels), None)

    def conjuncts(self, i: int) -> list[int]:
        """`i` and all that is coordinated below it, in order."""
        found = [i]
        for c in self.children[i]:
            if self.rels[c] == "conj":
                found += self.conjuncts(c)
        return found

    def case(self, i: int) -> str:
        """Preposition (or subordinating mark) of a phrase: `with`, `because of`; "" without one."""
        for c in self.children[i]:
            if self.rels[c] in {"case", "mark"} and c < i:
                fixed = [self.words[k] for k in self.kids(c, "fixed")]
                return " ".join([self.words[c], *fixed]).casefold()
        return ""

    def is_infinitive(self, i: int) -> bool:
        """Does "to" open the clause?"""
        return any(self.words[c].casefold() == "to" for c in self.kids(i, "mark"))

    def is_perfect(self, i: int) -> bool:
        """Has a verb "have" as an auxiliary?"""
        return any(self.lemmas[c] == "have" for c in self.kids(i, "aux"))

    def is_plural(self, i: int) -> bool:
        """Is the word a noun or name tagged as a plural?"""
        return self.tags[i] in {"NNS", "NNPS"}

    def opener(self, i: int) -> str:
        """What opens a phrase or clause; "to" also behind "for" and a subject ("for Sweden to join")."""
        return "to" if self.is_infinitive(i) else self.case(i)

    def subtree(self, i: int, *, skip: Iterable[str] = ()) -> list[int]:
        """Indices of `i` and all below it, sorted; children with a relation in `skip` are left out."""
        left_out = frozenset(skip)
        found, stack = [i], [i]
        while stack:
            for c in self.children[stack.pop()]:
                if self.rels[c] not in left_out:
                    found.append(c)
                    stack.append(c)
        return sorted(found)

    def clause(self, i: int) -> tuple[int, int]:
        """Word range (first, end) of the phrase or clause at `i`, outer punctuation and conjunct clauses left out."""
        inside = [k for k in self.subtree(i, skip=("punct",)) if self.sents[k] == self.sents[i]]
        return inside[0], inside[-1] + 1

    def phrase(self, i: int) -> tuple[int, int]:
        """Word range of the noun phrase at `i`: no case, coordination, relative clause or apposition of its own."""
        own = (c for c in self.children[i] if self.rels[c] not in _BESIDE_THE_PHRASE)
        inside = {i, *(k for c in own for k in self.subtree(c) if self.sents[k] == self.sents[i])}
        low = high = i
        while low - 1 in inside or (low - 2 in inside and self.words[low - 1] in _TIGHT):
            low -= 1
        while high + 1 in inside or (high + 2 in inside and self.words[high + 1] in _TIGHT):
            high += 1
        return low, high + 1

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """Character range of a word range."""
        return self.starts[first], self.ends[end - 1]

    def quote(self, first: int, end: int) -> str:
        """The words of a range as they stand in the article."""
        return self.text[self.starts[first] : self.ends[end - 1]]

    def line(self, first: int, end: int) -> str:
        """The same words on one line, with one blank between them."""
        return " ".join(self.quote(first, end).split())

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads above `i`, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i
