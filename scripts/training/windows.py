"""From sentences to batches of tensors: windows of consecutive sentences, as the encoder will read articles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from kg.nlp.encoder.features import NO_BREAK, PARAGRAPH_BREAK, SOFT_BREAK, WordPieces, feature_ids
from kg.nlp.encoder.lemmas import KEEP, make_rule

from .augment import NameSwapper, drop_final_mark, recase
from .sentences import Document, Sentence, name_mask

MAX_PIECES = 254


@dataclass(slots=True)
class Inventory:
    """The classes of each head, in order."""

    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)

    @classmethod
    def collect(cls, documents: Iterable[Document], *, least_rule: int = 3) -> Inventory:
        """All classes of the treebank documents; lemma rules seen at least `least_rule` times."""
        counts = {name: Counter[str]() for name in ("upos", "xpos", "feats", "rules", "deps")}
        for tree, words in ((s.tree, s.words) for d in documents for s in d.sentences if s.tree):
            for name in ("upos", "xpos", "feats", "deps"):
                counts[name].update(getattr(tree, name))
            counts["rules"].update(make_rule(form, lemma) for form, lemma in zip(words, tree.lemmas, strict=True))
        counts["rules"][KEEP] += least_rule
        least = {"rules": least_rule, "feats": 2}
        return cls(
            **{
                name: sorted(key for key, n in found.items() if n >= least.get(name, 1))
                for name, found in counts.items()
            }
        )


@dataclass(slots=True)
class Window:
    """Numbers of one window; -1 where unknown. `heads` are word positions in the window, a root's its own."""

    pieces: list[int]
    features: list[int]
    first: list[int]
    sentence: list[int]
    starts: list[int]
    labels: dict[str, list[int]]
    heads: list[int]
    names: list[int]


class Vectorizer:
    """Sentences to windows.

    Args:
        inventory: classes of the heads.
        pieces: the word-piece vocabulary.
    """

    def __init__(self, inventory: Inventory, pieces: WordPieces) -> None:
        self.pieces = pieces
        self._index = {
            name: {key: i for i, key in enumerate(getattr(inventory, name))}
            for name in ("upos", "xpos", "feats", "rules", "deps")
        }
        self._rule_cache: dict[tuple[str, str], int] = {}

    def size(self, sentence: Sentence) -> int:
        """Word pieces of a sentence."""
        return sum(len(self.pieces.ids(word)) for word in sentence.words)

    def window(self, sentences: Sequence[Sentence], rng: random.Random | None, *, bounds: bool = True) -> Window:
        """One window; with `rng`, layout is varied."""
        made = Window([self.pieces.start], [0], [], [], [], {name: [] for name in self._index}, [], [])
        wrap = rng is not None and rng.random() < 0.2
        for number, sentence in enumerate(sentences):
            breaks = self._breaks(sentence, number, rng, wrap=wrap)
            self._add(made, sentence, number, breaks, bounds=bounds)
        made.pieces.append(self.pieces.stop)
        made.features.append(0)
        return made

    def _breaks(self, sentence: Sentence, number: int, rng: random.Random | None, *, wrap: bool) -> list[int]:
        breaks = [NO_BREAK] * len(sentence.words)
        if rng is not None and wrap:
            breaks = [
                SOFT_BREAK if rng.random() < (0.25 if word[:1].isupper() else 0.06) else NO_BREAK
                for word in sentence.words
            ]
        if sentence.paragraph or number == 0:
            soft = rng is not None and not wrap and number > 0 and rng.random() < 0.25
            breaks[0] = SOFT_BREAK if soft else PARAGRAPH_BREAK
            if number == 0 and not sentence.paragraph and rng is not None and rng.random() < 0.5:
                breaks[0] = NO_BREAK
        return breaks

    def _add(self, made: Window, sentence: Sentence, number: int, breaks: list[int], *, bounds: bool) -> None:
        base, tree = len(made.first), sentence.tree
        for word, feature in zip(sentence.words, feature_ids(sentence.words, sentence.glued, breaks), strict=True):
            ids = self.pieces.ids(word)
            made.first.append(len(made.pieces))
            made.pieces.extend(ids)
            made.features.extend([feature] * len(ids))
        size = len(sentence.words)
        made.sentence += [number] * size
        made.starts += [1] + [0] * (size - 1) if bounds else [-1] * size
        made.names += name_mask(sentence)
        if tree is None:
            made.heads += [-1] * size
            for values in made.labels.values():
                values.extend([-1] * size)
            return
        made.heads += [base + head for head in tree.heads]
        for name in ("upos", "xpos", "feats", "deps"):
            made.labels[name] += [self._index[name].get(key, -1) for key in getattr(tree, name)]
        made.labels["rules"] += [
            self._rule(form, lemma) for form, lemma in zip(sentence.words, tree.lemmas, strict=True)
        ]

    def _rule(self, form: str, lemma: str) -> int:
        found = self._rule_cache.get((form, lemma))
        if found is None:
            found = self._index["rules"].get(make_rule(form, lemma), -1)
            self._rule_cache[form, lemma] = found
        return found


def training_windows(
    documents: Sequence[Document], vectorizer: Vectorizer, swapper: NameSwapper, rng: random.Random
) -> Iterator[Window]:
    """Windows of a random number of consecutive sentences, each sentence varied anew."""
    for document in documents:
        group: list[Sentence] = []
        used, limit = 0, _limit(rng)
        for sentence in document.sentences:
            changed = recase(swapper(sentence, rng), rng)
            if rng.random() < 0.03:
                changed = drop_final_mark(changed)
            size = vectorizer.size(changed)
            if size > MAX_PIECES - 2:
                continue
            if group and used + size > limit:
                yield vectorizer.window(group, rng, bounds=document.bounds)
                group, used, limit = [], 0, _limit(rng)
            group.append(changed)
            used += size
        if group:
            yield vectorizer.window(group, rng, bounds=document.bounds)


def _limit(rng: random.Random) -> int:
    return 1 if rng.random() < 0.12 else rng.randint(40, MAX_PIECES - 4)


def make_batches(windows: list[Window], *, pieces: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, about `pieces` pieces a batch with padding, in random order."""
    windows = sorted(windows, key=lambda window: len(window.pieces) + rng.random() * 12)
    batches: list[list[Window]] = []
    batch: list[Window] = []
    for window in windows:
        if batch and (len(batch) + 1) * max(len(window.pieces), len(batch[0].pieces)) > pieces:
            batches.append(batch)
            batch = []
        batch.append(window)
    if batch:
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def to_tensors(batch: Sequence[Window], name_tags: int) -> dict[str, torch.Tensor]:
    """Padded tensors.

    `pieces`, `features` [B, T]; `first`, `sentence` (-1: padding), `starts`, `heads`, one per label [B, W]; `names`
    [B, W, K].
    """
    width, words = max(len(w.pieces) for w in batch), max(len(w.first) for w in batch)

    def pad(rows: list[list[int]], size: int, value: int) -> torch.Tensor:
        full = np.full((len(rows), size), value, dtype=np.int64)
        for number, row in enumerate(rows):
            full[number, : len(row)] = row
        return torch.from_numpy(full)

    tensors = {
        "pieces": pad([w.pieces for w in batch], width, 0),
        "features": pad([w.features for w in batch], width, 0),
    }
    tensors["mask"] = pad([[1] * len(w.pieces) for w in batch], width, 0)
    for name, value in (("first", 0), ("sentence", -1), ("starts", -1), ("heads", -1)):
        tensors[name] = pad([getattr(w, name) for w in batch], words, value)
    for name in batch[0].labels:
        tensors[name] = pad([w.labels[name] for w in batch], words, -1)
    bits = np.full((len(batch), words), 0, dtype=object)
    for number, window in enumerate(batch):
        bits[number, : len(window.names)] = window.names
    flat = np.array([[value >> tag & 1 for tag in range(name_tags)] for value in bits.ravel()], dtype=bool)
    tensors["names"] = torch.from_numpy(flat.reshape(len(batch), words, name_tags))
    return tensors
