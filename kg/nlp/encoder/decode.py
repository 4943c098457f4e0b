"""From scores to structure: sentence bounds, one valid tree per sentence, names without contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.nlp.encoder.features import PARAGRAPH_BREAK, SOFT_BREAK
from kg.nlp.encoder.graphs import Floats, Ints
from kg.nlp.encoder.windows import Bools, Words

MAX_SENTENCE = 400
_NEVER = np.float32(-1e4)
_HEADLINE_WORDS = 12


def sentence_starts(scores: Floats, words: Words) -> Bools:
    """Which words begin a sentence.

    A paragraph break always ends one, and so does a line break after a line that ends in a mark or is as short as a
    headline or list item, when the next line begins like a sentence. Sentences longer than `MAX_SENTENCE` words are cut
    where a start is likeliest.

    Args:
        scores: [N] log-odds of a start.
        words: the article.
    """
    starts = (scores > 0) | (words.breaks == PARAGRAPH_BREAK)
    starts |= _line_starts(words)
    starts[:1] = True
    return cut_long(starts, scores)


def _line_starts(words: Words) -> Bools:
    soft = np.flatnonzero(words.breaks == SOFT_BREAK)
    forced = np.zeros(len(words.tokens), dtype=bool)
    if len(soft) == 0:
        return forced
    lines = np.flatnonzero(words.breaks > 0)
    lengths = soft - lines[np.searchsorted(lines, soft) - 1]
    finished = words.marks[soft - 1] | words.closers[soft - 1]
    begins = np.isin(words.shapes[soft], (2, 3, 4, 5, 6, 7, 9, 10))
    forced[soft] = begins & (finished | (lengths <= _HEADLINE_WORDS))
    return forced


def cut_long(starts: Bools, scores: Floats) -> Bools:
    """The same starts, with more where a sentence has over `MAX_SENTENCE` words."""
    starts = starts.copy()
    bounds = np.append(np.flatnonzero(starts), len(starts))
    for first, last in pairwise(bounds.tolist()):
        begin = first
        while last - begin > MAX_SENTENCE:
            half = begin + MAX_SENTENCE // 2
            begin = half + int(scores[half : begin + MAX_SENTENCE].argmax())
            starts[begin] = True
    return starts


def batches_by_length(bounds: Ints, *, words: int) -> list[tuple[Ints, int]]:
    """Spans bounds[i]:bounds[i + 1] grouped by like length: their numbers, and the longest length of each group.

    Args:
        bounds: [S + 1] first words, and the end.
        words: most words in a group, with padding.
    """
    lengths = np.diff(bounds)
    order = np.argsort(lengths, kind="stable")
    groups: list[tuple[Ints, int]] = []
    end = len(order)
    while end > 0:
        longest = int(lengths[order[end - 1]])
        start = max(0, end - max(1, words // longest))
        groups.append((order[start:end], longest))
        end = start
    return groups


def best_heads(scores: Floats, lengths: Ints) -> Ints:
    """One tree with one root for each sentence of a batch.

    The best head of each word where that is a tree already, which it nearly always is; else the best tree, with the
    root of the best heads where they agree on one.

    Args:
        scores: [B, L, 1 + L], column 0 the root.
        lengths: [B] words of each sentence.

    Returns:
        Heads [B, L]: 0 the root, else 1 + the word number.
    """
    size = scores.shape[1]
    position = np.arange(size)
    padding = position >= lengths[:, None]
    masked = scores.copy()
    masked[:, position, position + 1] = _NEVER
    masked[:, :, 1:][np.broadcast_to(padding[:, None, :], (len(scores), size, size))] = _NEVER
    heads: Ints = masked.argmax(2)
    heads[padding] = 0
    roots = ((heads == 0) & ~padding).sum(1)
    reached = np.concatenate([np.zeros((len(heads), 1), heads.dtype), heads], axis=1)
    for _ in range(int(size).bit_length()):
        reached = np.take_along_axis(reached, reached, axis=1)
    for row in np.flatnonzero((roots != 1) | (reached != 0).any(1)):
        length = int(lengths[row])
        table = masked[row, :length, : length + 1]
        if roots[row] == 1:
            table[heads[row, :length] != 0, 0] = _NEVER
        heads[row, :length] = best_tree(table)
    return heads


def best_tree(scores: Floats) -> Ints:
    """The best tree with exactly one root: heads [L], 0 the root, else 1 + word number.

    Every arc from the root costs more than all others can gain, so only one is used.

    Args:
        scores: [L, 1 + L].

    Source: Chu and Liu 1965; Edmonds 1967. Root constraint: Zmigrod, Vieira and Cotterell 2020, section 3.
    """
    size = len(scores)
    table = np.full((size + 1, size + 1), -np.inf)
    table[1:] = scores
    real = scores[scores > _NEVER / 2]
    spread = float(real.max() - real.min()) if len(real) else 1.0
    table[1:, 0] -= (spread + 1.0) * (size + 1)
    np.fill_diagonal(table, -np.inf)
    heads: Ints = _arborescence(table)[1:]
    return heads


def _arborescence(table: NDArray[np.float64]) -> Ints:
    """Heads of the best arborescence from node 0; table[dependent, head]."""
    heads: Ints = table.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    rest = np.setdiff1d(np.arange(len(table)), cycle)
    inside = table[cycle, heads[cycle]]
    enter = table[np.ix_(cycle, rest)] - inside[:, None]
    leave = table[np.ix_(rest, cycle)]
    size = len(rest)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = table[np.ix_(rest, rest)]
    smaller[size, :size] = enter.max(0)
    smaller[:size, size] = leave.max(1)
    smaller[0] = -np.inf
    found = _arborescence(smaller)
    heads[rest] = np.where(found[:size] == size, cycle[leave.argmax(1)], rest[np.minimum(found[:size], size - 1)])
    entry = found[size]
    heads[cycle[enter[:, entry].argmax()]] = rest[entry]
    heads[0] = 0
    return heads


def _find_cycle(heads: Ints) -> Ints | None:
    seen = np.zeros(len(heads), dtype=np.int64)
    seen[0] = -1
    for start in range(1, len(heads)):
        node, path = start, []
        while seen[node] == 0:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if seen[node] == start:
            return np.array(path[path.index(node) :])
    return None


class NameDecoder:
    """Best sequence of name tags of each sentence.

    Args:
        tags: tags in order, `O`, `B-X`, `I-X`.
        transitions: [K, K] learned scores of one tag after another.
    """

    def __init__(self, tags: Sequence[str], transitions: Floats) -> None:
        kinds = np.array([tag[2:] for tag in tags])
        inner = np.array([tag.startswith("I-") for tag in tags])
        allowed = ~inner[None, :] | (kinds[:, None] == kinds[None, :])
        self._moves = np.where(allowed, transitions, _NEVER).astype(np.float32)
        self._first = np.where(inner, _NEVER, 0).astype(np.float32)

    def __call__(self, scores: Floats, bounds: Ints) -> Ints:
        """Best tags [N] of words [N, K] in sentences bounds[i]:bounds[i + 1]."""
        tags = np.zeros(len(scores), dtype=np.int64)
        quiet = scores[:, 0] - scores[:, 1:].max(1, initial=_NEVER) > 12
        busy = np.add.reduceat(~quiet, bounds[:-1]) > 0 if len(scores) else np.zeros(0, dtype=bool)
        for numbers, longest in batches_by_length(bounds, words=4_096):
            chosen = numbers[busy[numbers]]
            if len(chosen):
                self._decode(scores, bounds, chosen, longest, tags)
        return tags

    def _decode(self, scores: Floats, bounds: Ints, numbers: Ints, longest: int, tags: Ints) -> None:
        lengths = bounds[numbers + 1] - bounds[numbers]
        state = scores[bounds[numbers]] + self._first
        back = np.zeros((longest, len(numbers), scores.shape[1]), dtype=np.int16)
        same = np.arange(scores.shape[1], dtype=np.int16)
        for step in range(1, longest):
            options = state[:, :, None] + self._moves
            back[step] = options.argmax(1)
            live = step < lengths
            following = options.max(1) + scores[np.minimum(bounds[numbers] + step, len(scores) - 1)]
            state = np.where(live[:, None], following, state)
            back[step][~live] = same
        row = np.arange(len(numbers))
        current = state.argmax(1)
        for step in range(longest - 1, -1, -1):
            live = step < lengths
            tags[(bounds[numbers] + step)[live]] = current[live]
            current = back[step, row, current] if step else current
