"""Scores of the network in torch on the dev sets, with gold words and, for trees, gold sentences: to watch training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import torch

from .network import Network
from .sentences import NAME_TAGS, Document, Sentence
from .windows import MAX_PIECES, Vectorizer, Window, to_tensors

_UNER_KIND = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def dev_windows(documents: Sequence[Document], vectorizer: Vectorizer) -> list[tuple[Window, list[Sentence]]]:
    """Windows of consecutive sentences without variation."""
    made = []
    for document in documents:
        group: list[Sentence] = []
        used = 0
        for sentence in document.sentences:
            size = vectorizer.size(sentence)
            if size > MAX_PIECES - 4:
                continue
            if group and used + size > MAX_PIECES - 4:
                made.append((vectorizer.window(group, None), group))
                group, used = [], 0
            group.append(sentence)
            used += size
        if group:
            made.append((vectorizer.window(group, None), group))
    return made


def best_path(emissions: np.ndarray, transitions: np.ndarray, first: np.ndarray) -> list[int]:
    """Viterbi: the best tag sequence of one sentence; emissions [W, K], transitions [K, K], first [K] (added)."""
    state, back = emissions[0] + first, []
    for row in emissions[1:]:
        options = state[:, None] + transitions
        back.append(options.argmax(0))
        state = options.max(0) + row
    path = [int(state.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def tag_spans(tags: Iterable[str]) -> set[tuple[int, int, str]]:
    """Spans of a BIO sequence."""
    spans, start, kind = set(), 0, ""
    for number, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            spans.add((start, number, kind))
            kind = ""
        if tag.startswith("B-"):
            start, kind = number, tag[2:]
    return spans


def f_score(hit: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall in percent."""
    return 200 * hit / max(1, found + gold)


@torch.inference_mode()
def evaluate(
    network: Network, documents: Sequence[Document], vectorizer: Vectorizer, *, names: str = ""
) -> dict[str, float]:
    """UAS, LAS, tags, sentence F; with `names` ('uner', 'all') also the F of names, against spans with sure labels."""
    network.eval()
    windows = sorted(dev_windows(documents, vectorizer), key=lambda item: len(item[0].pieces))
    counts: Counter[str] = Counter()
    moves = network.transitions.masked_fill(~network.allowed, -1e4).numpy()
    first = np.where(network.allowed_first.numpy(), 0.0, -1e4)
    for start in range(0, len(windows), 6):
        chunk = windows[start : start + 6]
        batch = to_tensors([window for window, _ in chunk], len(NAME_TAGS))
        with torch.autocast("cpu", torch.bfloat16):
            words = network.words(network.encode(batch["pieces"], batch["mask"], batch["features"]), batch["first"])
            logits = {name: head(words).float() for name, head in network.linear.items()}
            emissions = network.names(words).float().numpy()
        _count_tags(counts, logits, batch)
        if (batch["heads"] >= 0).any():
            _count_trees(counts, network, words.float(), batch)
        if names:
            _count_names(counts, emissions, [sentences for _, sentences in chunk], moves, first, names)
    network.train()
    return _report(counts)


def _count_tags(counts: Counter[str], logits: dict[str, torch.Tensor], batch: dict[str, torch.Tensor]) -> None:
    for name in ("upos", "xpos", "feats", "rules"):
        known = batch["heads"] >= 0
        counts[f"{name}_n"] += int(known.sum())
        counts[f"{name}_hit"] += int((logits[name].argmax(-1) == batch[name])[known].sum())
    known, guess = batch["starts"] >= 0, logits["starts"].argmax(-1)
    guess[:, 0] = 1
    counts["sent_hit"] += int(((guess == 1) & (batch["starts"] == 1) & known).sum())
    counts["sent_found"] += int(((guess == 1) & known).sum())
    counts["sent_gold"] += int(((batch["starts"] == 1) & known).sum())


def _count_trees(counts: Counter[str], network: Network, words: torch.Tensor, batch: dict[str, torch.Tensor]) -> None:
    heads, sentence = batch["heads"], batch["sentence"]
    scores = network.arc_scores(words)
    position = torch.arange(words.shape[1])
    same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & (position.unsqueeze(0) != position.unsqueeze(1))
    scores = scores.masked_fill(~torch.nn.functional.pad(same, (1, 0), value=True), -1e4)
    best = scores.argmax(-1)
    gold = torch.where(heads == position, 0, heads + 1)
    row, column = (heads >= 0).nonzero(as_tuple=True)
    with_root = network.with_root(words)
    right = (best == gold)[row, column]
    labels = network.label_scores(words[row, column], with_root[row, best[row, column]]).argmax(-1)
    counts["arc_n"] += len(row)
    counts["uas_hit"] += int(right.sum())
    counts["las_hit"] += int((right & (labels == batch["deps"][row, column])).sum())


def _count_names(
    counts: Counter[str],
    emissions: np.ndarray,
    groups: list[list[Sentence]],
    moves: np.ndarray,
    first: np.ndarray,
    kind: str,
) -> None:
    for number, sentences in enumerate(groups):
        at = 0
        for sentence in sentences:
            size = len(sentence.words)
            path = best_path(emissions[number, at : at + size], moves, first)
            at += size
            if sentence.names is None:
                continue
            found = tag_spans(NAME_TAGS[tag] for tag in path)
            if kind == "uner":
                guess = {(a, b, _UNER_KIND[label]) for a, b, label in found if label in _UNER_KIND}
                gold = {
                    (s.start, s.end, _UNER_KIND[min(s.labels)])
                    for s in sentence.names
                    if min(s.labels) in _UNER_KIND and not s.or_none
                }
                hits = len(guess & gold)
            else:
                guess = found
                gold = {(s.start, s.end, "|".join(s.labels)) for s in sentence.names if not s.or_none}
                doubtful = [s for s in sentence.names if s.or_none]
                guess = {g for g in guess if not any(s.start < g[1] and g[0] < s.end for s in doubtful)}
                hits = sum(any((a, b) == g[:2] and label in g[2].split("|") for g in gold) for a, b, label in guess)
            counts["name_hit"] += hits
            counts["name_found"] += len(guess)
            counts["name_gold"] += len(gold)


def _report(counts: Counter[str]) -> dict[str, float]:
    scores = {"sent_F": f_score(counts["sent_hit"], counts["sent_found"], counts["sent_gold"])}
    if counts["arc_n"]:
        scores |= {"UAS": 100 * counts["uas_hit"] / counts["arc_n"], "LAS": 100 * counts["las_hit"] / counts["arc_n"]}
        scores |= {
            name: 100 * counts[f"{name}_hit"] / counts[f"{name}_n"] for name in ("upos", "xpos", "feats", "rules")
        }
    if counts["name_gold"]:
        scores["name_F"] = f_score(counts["name_hit"], counts["name_found"], counts["name_gold"])
    return {name: round(value, 2) for name, value in scores.items()}
