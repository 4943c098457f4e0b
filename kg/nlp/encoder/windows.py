"""An article as the encoder reads it: word pieces, and windows of whole sentences that a graph can take at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.nlp.encoder.features import GLUED, NO_BREAK, PARAGRAPH_BREAK, SHAPES, SOFT_BREAK, WordPieces, word_shape
from kg.nlp.encoder.graphs import Floats, Ints

MAX_WINDOW = 250
BATCH_PIECES = 1_024
_OVERLAP_WORDS = 24
_MAX_REPEATED = 90
_WRAP = (45, 110)  # width of a full line in hard-wrapped text, in characters
_WRAPPED_LINES = 3
_ROWS = 4_096

Bools = NDArray[np.bool_]
Encode = Callable[[Ints, Ints, Ints], Floats]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a Doc without its whitespace tokens.

    `tokens` [N] token numbers; `breaks` [N] line break before each word; `shapes` [N]; `features` [N]; `pieces` flat
    word pieces; `offsets` [N + 1] where each word's pieces begin; `marks` [N] words that end sentences, `closers` [N]
    quotes and brackets that may follow them.
    """

    tokens: Ints
    breaks: Ints
    shapes: Ints
    features: Ints
    pieces: Ints
    offsets: Ints
    marks: Bools
    closers: Bools


@dataclass(frozen=True, slots=True)
class Window:
    """Words start:end go into the graph together; of them keep_from:keep_to are taken from it."""

    start: int
    end: int
    keep_from: int
    keep_to: int


_MARKS = frozenset(".?!…") | {"...", "?!", "!!", "??"}
_CLOSERS = frozenset({'"', "”", "’", "'", ")", "]", "''"})


def read_words(doc: Doc, vocabulary: WordPieces) -> Words:
    """Words, layout and word pieces of a Doc; Python touches each distinct word once, arrays do the rest."""
    space = doc.to_array("IS_SPACE").astype(bool).ravel()
    tokens = np.flatnonzero(~space)
    distinct, inverse = np.unique(doc.to_array("ORTH").ravel()[tokens], return_inverse=True)
    texts = [doc.vocab.strings[int(key)] for key in distinct]
    ids = [vocabulary.ids(text) for text in texts]
    sizes = np.fromiter((len(row) for row in ids), np.int64, len(ids))
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1].astype(np.int64)
    flat = np.fromiter((piece for row in ids for piece in row), np.int64, int(sizes.sum()))
    offsets = np.concatenate([[0], np.cumsum(sizes[inverse])]).astype(np.int64)
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], sizes[inverse])
    shapes = np.fromiter((word_shape(text) for text in texts), np.int64, len(texts))[inverse]
    breaks, glued = _layout(doc, space, tokens)
    return Words(
        tokens=tokens, breaks=breaks, shapes=shapes, features=shapes + SHAPES * (glued + GLUED * breaks),
        pieces=flat[np.repeat(starts[inverse], sizes[inverse]) + within], offsets=offsets,
        marks=np.fromiter((text in _MARKS for text in texts), bool, len(texts))[inverse],
        closers=np.fromiter((text in _CLOSERS for text in texts), bool, len(texts))[inverse],
    )  # fmt: skip


def _layout(doc: Doc, space: Bools, tokens: Ints) -> tuple[Ints, Ints]:
    """Line break before each word and whether it is glued to the one before."""
    breaks = _line_breaks(doc, np.flatnonzero(space), tokens)
    adjacent = np.diff(tokens, prepend=-2) == 1
    spaced = doc.to_array("SPACY").astype(bool).ravel()
    glued = np.zeros(len(tokens), dtype=np.int64)
    glued[adjacent] = ~spaced[tokens[adjacent] - 1]
    return breaks, glued


def _line_breaks(doc: Doc, spaces: Ints, tokens: Ints) -> Ints:
    """The line break before each word; in text wrapped at a fixed width, a line end is no more than a space."""
    breaks = np.full(len(tokens), NO_BREAK, dtype=np.int64)
    soft: dict[int, int] = {}
    line_start = 0
    for number, word in zip(spaces, np.searchsorted(tokens, spaces), strict=True):
        token = doc[int(number)]
        lines = token.text.count("\n")
        if word < len(tokens) and lines:
            again = breaks[word] != NO_BREAK
            breaks[word] = PARAGRAPH_BREAK if lines > 1 or again else SOFT_BREAK
            soft[int(word)] = token.idx - line_start
            line_start = token.idx + len(token)
    full = [word for word, width in soft.items() if breaks[word] == SOFT_BREAK and _WRAP[0] <= width <= _WRAP[1]]
    if len(full) >= _WRAPPED_LINES and 2 * len(full) >= int((breaks == SOFT_BREAK).sum()):
        breaks[full] = NO_BREAK
    if len(tokens):
        breaks[0] = PARAGRAPH_BREAK
    return breaks


_CAPITAL_SHAPES = (2, 3, 4, 5, 6, 7)


def likely_starts(words: Words) -> Bools:
    """Words that probably begin a sentence, to cut windows there: after a full stop or a line break."""
    closing = words.marks.copy()
    closing[1:] |= words.closers[1:] & words.marks[:-1]
    starts = np.zeros(len(words.tokens), dtype=bool)
    starts[1:] = closing[:-1] & ~words.closers[1:]
    starts &= np.isin(words.shapes, _CAPITAL_SHAPES) | (words.shapes >= 9)
    starts |= words.breaks == SOFT_BREAK
    return starts


def cut_windows(words: Words, given: Bools | None) -> list[Window]:
    """Windows over all words: cut at paragraphs where possible, else at likely starts, one sentence read twice.

    Args:
        words: the article.
        given: sentence starts that are known already, or None.
    """
    paragraphs = np.flatnonzero(words.breaks == PARAGRAPH_BREAK)
    starts = np.flatnonzero(given if given is not None else likely_starts(words) | (words.breaks == PARAGRAPH_BREAK))
    windows: list[Window] = []
    begin, keep, total = 0, 0, len(words.tokens)
    while keep < total:
        end = int(np.searchsorted(words.offsets, words.offsets[begin] + MAX_WINDOW, side="right")) - 1
        if end >= total:
            windows.append(Window(begin, total, keep, total))
            break
        stop, cut, following = _cut(words.offsets, paragraphs, starts, keep, end)
        windows.append(Window(begin, stop, keep, cut))
        begin, keep = following, cut
    return windows


def _cut(offsets: Ints, paragraphs: Ints, starts: Ints, keep: int, end: int) -> tuple[int, int, int]:
    """Of a window that can hold words up to `end`: where it stops, up to where it is kept, where the next begins."""
    half = keep + (end - keep) // 3
    paragraph = int(paragraphs[np.searchsorted(paragraphs, end, side="right") - 1])
    if paragraph > half:
        return paragraph, paragraph, paragraph
    at = int(np.searchsorted(starts, end, side="right")) - 1
    if at > 0 and starts[at] > half:
        cut, before = int(starts[at]), int(starts[at - 1])
        repeat = before >= keep and offsets[cut] - offsets[before] <= _MAX_REPEATED
        return cut, cut, before if repeat and before > keep else cut
    cut = max(keep + 1, end - _OVERLAP_WORDS)
    return end, cut, cut - _OVERLAP_WORDS if cut - keep > 2 * _OVERLAP_WORDS else cut


def read_windows(words: Words, windows: list[Window], encode: Encode, vocabulary: WordPieces, out: Floats) -> None:
    """Put the vector of every word's first piece into `out` [N, width]; windows of like length go together."""
    sizes = [int(words.offsets[w.end] - words.offsets[w.start]) for w in windows]
    order = sorted(range(len(windows)), key=sizes.__getitem__)
    while order:
        longest = sizes[order[-1]] + 2
        count = max(1, BATCH_PIECES // longest)
        batch = [windows[number] for number in order[-count:]]
        del order[-count:]
        hidden = encode(*_tensors(words, batch, longest, vocabulary))
        for row, window in enumerate(batch):
            kept = slice(window.keep_from, window.keep_to)
            out[kept] = hidden[row, words.offsets[kept] - words.offsets[window.start] + 1]


def spread(table: Floats, tokens: Ints) -> None:
    """Move the first rows of a table, one a word, to the rows of their tokens; the others become zeros.

    In place, from behind: a second table would be the largest thing in memory.

    Args:
        table: [T, width].
        tokens: [N] token numbers, rising.
    """
    for end in range(len(tokens), 0, -_ROWS):
        chunk = slice(max(0, end - _ROWS), end)
        moved = table[chunk].copy()
        table[chunk] = 0
        table[tokens[chunk]] = moved


def _tensors(words: Words, batch: list[Window], width: int, vocabulary: WordPieces) -> tuple[Ints, Ints, Ints]:
    pieces, mask, features = (np.zeros((len(batch), width), dtype=np.int64) for _ in range(3))
    for row, window in enumerate(batch):
        first, last = int(words.offsets[window.start]), int(words.offsets[window.end])
        size = last - first
        counts = np.diff(words.offsets[window.start : window.end + 1])
        pieces[row, 0], pieces[row, size + 1] = vocabulary.start, vocabulary.stop
        pieces[row, 1 : size + 1] = words.pieces[first:last]
        features[row, 1 : size + 1] = np.repeat(words.features[window.start : window.end], counts)
        mask[row, : size + 2] = 1
    return pieces, mask, features
