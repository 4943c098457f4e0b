"""What the readers of all corpora give: sentences with whatever each corpus knows about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

LABELS = (
    "PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART",
    "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL",
)  # fmt: skip
NAME_TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
TAG_INDEX = {tag: index for index, tag in enumerate(NAME_TAGS)}
ANY = frozenset(LABELS)
PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Words start:end are a name with one of `labels`; `or_none` where it may also be no name at all."""

    start: int
    end: int
    labels: frozenset[str]
    or_none: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """What a treebank knows of each word. `heads` are word numbers from 0; a root's head is itself."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words, whether each is glued to the one before, and what the corpus says.

    `names` is None where the corpus says nothing of names; words outside its spans may have the labels `unjudged`.
    """

    words: tuple[str, ...]
    glued: tuple[bool, ...]
    paragraph: bool = False
    tree: Tree | None = None
    names: tuple[NameSpan, ...] | None = None
    unjudged: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """Consecutive sentences of one source."""

    source: str
    sentences: list[Sentence] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    bounds: bool = True


def split_hyphens(
    words: Sequence[str], tags: Sequence[str], pos: Sequence[str]
) -> tuple[list[str], list[str], list[str], list[bool]]:
    """Words of news corpora as treebank words: hyphens between letters or digits apart.

    The last list tells which words begin inside an old one.
    """
    new: tuple[list[str], list[str], list[str], list[bool]] = ([], [], [], [])
    for word, tag, part_of_speech in zip(words, tags, pos, strict=True):
        parts = (
            re.findall(r"(?<=[\w.])[-–](?=\w)|.+?(?=(?<=[\w.])[-–]\w|$)", word)
            if "-" in word[1:-1] and len(word) < 60
            else [word]
        )
        if "".join(parts) != word:
            parts = [word]
        for number, part in enumerate(parts):
            new[0].append(part)
            new[1].append(tag if number == 0 or tag == "O" else "I-" + tag[2:])
            new[2].append(
                part_of_speech
                if len(parts) == 1
                else "HYPH"
                if part == "-"
                else part_of_speech
                if number == len(parts) - 1
                else ""
            )
            new[3].append(number > 0)
    return new


def name_mask(sentence: Sentence) -> list[int]:
    """For each word the set of name tags that the corpus allows (bit i: `NAME_TAGS[i]`); 0 where nothing is known."""
    size = len(sentence.words)
    if sentence.names is None:
        return [0] * size
    masks = [_outside(word, sentence.unjudged) for word in sentence.words]
    for span in sentence.names:
        for position in range(span.start, span.end):
            masks[position] = _inside(span, first=position == span.start)
    return masks


def _outside(word: str, unjudged: frozenset[str]) -> int:
    mask = 1
    if unjudged and word[:1].isupper():
        mask |= _bits(unjudged, "BI")
    return mask


def _inside(span: NameSpan, *, first: bool) -> int:
    if span.or_none:
        return 1 | _bits(span.labels, "BI")
    return _bits(span.labels, "B" if first else "I")


def _bits(labels: Iterable[str], parts: str) -> int:
    return sum(1 << TAG_INDEX[f"{part}-{label}"] for label in labels for part in parts)


_CLOSERS = {
    ".",
    ",",
    ":",
    ";",
    "?",
    "!",
    ")",
    "]",
    "}",
    "%",
    "'s",
    "'",
    "n't",
    "'re",
    "'ve",
    "'ll",
    "'m",
    "'d",
    "’s",
    "’",
}
_OPENERS = {"(", "[", "{", "$", "US$", "€", "£", "#"}


def guess_glue(words: Iterable[str]) -> tuple[bool, ...]:
    """Where a text without layout has no space before a word; straight quotes open and close in turn."""
    glued: list[bool] = []
    previous, quotes = "", 0
    for word in words:
        tight = word in _CLOSERS or previous in _OPENERS
        if word == '"':
            quotes += 1
            tight = quotes % 2 == 0
        elif previous == '"' and quotes % 2 == 1:
            tight = True
        glued.append(bool(glued) and tight)
        previous = word
    return tuple(glued)


def split_name(name: str) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """A name as treebank words: split at spaces and around hyphens; possessives and commas apart."""
    words: list[str] = []
    glued: list[bool] = []
    for chunk in name.split():
        for number, part in enumerate(re.findall(r"[-–]|,|\(|\)|'s\b|[^-–,()]+?(?='s\b)|[^-–,()]+", chunk)):
            words.append(part)
            glued.append(number > 0)
    return tuple(words), tuple(glued)


def with_names(sentence: Sentence, names: Iterable[NameSpan], unjudged: frozenset[str]) -> Sentence:
    """The sentence with another layer of names."""
    ordered = tuple(sorted(names, key=lambda span: span.start))
    return replace(sentence, names=ordered, unjudged=unjudged)
