"""More names and typography from the same sentences: other people, states, organisations; capitals; no full stop."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from .gazetteer import Gazetteer
from .sentences import NameSpan, Sentence, split_name

_MEETINGS = frozenset({"Summit", "Conference", "Forum", "Dialogue", "Talks", "Americas"})
_WARS = frozenset({"War", "Wars", "Revolution", "Intifada", "Uprising", "Genocide", "Spring"})
CASE_SHARE = {"upper": 0.035, "lower": 0.03, "title": 0.025}


class NameSwapper:
    """Puts other names of the same kind in place of names of one sure label.

    Args:
        gazetteer: names to take.
        share: part of the names to swap.
    """

    def __init__(self, gazetteer: Gazetteer, *, share: float = 0.35) -> None:
        self.share = share
        people = [split_name(name) for name in gazetteer.people]
        self._names = {
            "PERSON": people,
            "ORG": [split_name(name) for name in gazetteer.organizations],
            "LAW": [split_name(name) for name in gazetteer.agreements],
            "summit": [split_name(name) for name in gazetteer.summits],
            "conflict": [split_name(name) for name in gazetteer.conflicts],
            "adjective": [split_name(name) for name in gazetteer.adjectives],
            "people": [split_name(name) for name in gazetteer.peoples],
            "GPE": [
                split_name(name) for name in sorted(gazetteer.states) + sorted(gazetteer.cities) if name.count(" ") < 3
            ],
        }
        self._surnames = [((words[-1],), (False,)) for words, _ in people if len(words[-1]) > 2]
        self._by_length: dict[tuple[str, int], list[tuple[tuple[str, ...], tuple[bool, ...]]]] = {}
        for kind, names in self._names.items():
            for name in names:
                self._by_length.setdefault((kind, len(name[0])), []).append(name)
        self._by_length["PERSON", 1] = self._surnames

    def __call__(self, sentence: Sentence, rng: random.Random) -> Sentence:
        """The sentence with some of its names swapped; in a treebank sentence the number of words and the tree stay."""
        chosen = [span for span in sentence.names or () if self._may_swap(sentence, span, rng)]
        for span in reversed(chosen):
            sentence = self._swap(sentence, span, rng)
        return sentence

    def _may_swap(self, sentence: Sentence, span: NameSpan, rng: random.Random) -> bool:
        if len(span.labels) != 1 or span.or_none or rng.random() >= self.share:
            return False
        words = sentence.words[span.start : span.end]
        kind = _kind(words, *span.labels)
        return kind in self._names and words[0][:1].isupper() and words[0] not in {"White", "U.S.", "US", "I"}

    def _swap(self, sentence: Sentence, span: NameSpan, rng: random.Random) -> Sentence:
        size = span.end - span.start
        kind = _kind(sentence.words[span.start : span.end], *span.labels)
        if sentence.tree is not None or (kind == "PERSON" and size == 1):
            choices = self._by_length.get((kind, size), [])
        else:
            choices = self._names[kind]
        if not choices:
            return sentence
        words, glued = rng.choice(choices)
        shift = len(words) - size
        names = tuple(
            NameSpan(s.start, s.end + shift, s.labels) if s == span
            else NameSpan(s.start + shift, s.end + shift, s.labels, s.or_none) if s.start >= span.end else s
            for s in sentence.names or ()
        )  # fmt: skip
        cut = slice(span.start, span.end)
        tree = sentence.tree
        if tree is not None:
            lemmas = tuple(
                words[i - span.start] if span.start <= i < span.end and tree.upos[i] == "PROPN" else lemma
                for i, lemma in enumerate(tree.lemmas)
            )
            tree = replace(tree, lemmas=lemmas)
        tight = (sentence.glued[span.start], *glued[1:])
        return replace(
            sentence, words=_put(sentence.words, cut, words), glued=_put(sentence.glued, cut, tight),
            names=names, tree=tree,
            tags=_put(sentence.tags, cut, ("NNP",) * len(words)) if sentence.tags else (),
        )  # fmt: skip


def _kind(words: Sequence[str], label: str) -> str:
    """What a name can be swapped with: its label, or one of two kinds of events, or of words for a people."""
    if label == "NORP":
        return "people" if words[-1].endswith("s") else "adjective"
    if label != "EVENT":
        return label
    return "summit" if words[-1] in _MEETINGS else "conflict" if words[-1] in _WARS else ""


def _put(items: Sequence, cut: slice, new: Sequence) -> tuple:  # type: ignore[type-arg]
    return (*items[: cut.start], *new, *items[cut.stop :])


def recase(sentence: Sentence, rng: random.Random) -> Sentence:
    """Now and then the whole sentence in capitals, without them, or as a headline."""
    draw = rng.random()
    if sum(map(len, sentence.words)) < 8:
        return sentence
    for kind, share in CASE_SHARE.items():
        if draw < share:
            change = {"upper": str.upper, "lower": str.lower, "title": _title}[kind]
            unjudged = sentence.unjudged if kind == "lower" or not sentence.unjudged else frozenset()
            return replace(sentence, words=tuple(change(word) for word in sentence.words), unjudged=unjudged)
        draw -= share
    return sentence


def _title(word: str) -> str:
    return (
        word
        if word in {"a", "an", "the", "of", "in", "on", "to", "and", "for", "at", "by"}
        else word[:1].upper() + word[1:]
    )


def drop_final_mark(sentence: Sentence) -> Sentence:
    """The sentence without its full stop, where nothing hangs from it."""
    tree, last = sentence.tree, len(sentence.words) - 1
    if last < 3 or sentence.words[last] not in {".", "?", "!"} or any(span.end > last for span in sentence.names or ()):
        return sentence
    if tree is not None:
        if last in tree.heads:
            return sentence
        tree = type(tree)(
            *(getattr(tree, name)[:last] for name in ("upos", "xpos", "feats", "lemmas", "heads", "deps"))
        )
    return replace(
        sentence, words=sentence.words[:last], glued=sentence.glued[:last], tree=tree, tags=sentence.tags[:last]
    )
