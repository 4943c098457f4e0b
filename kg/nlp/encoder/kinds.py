"""What kind of organization, event or document a name is, by its words and those around it.

The kinds of a Doc stand in `doc.spans["name_kinds"]`: one span a name, its label the likeliest kind, and the scores in
`attrs["scores"]`, as in spaCy's span categorizer; they survive `Doc.to_disk`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.tokens import Doc, Span, SpanGroup

from kg.nlp.encoder.graphs import Floats, Graphs
from kg.nlp.encoder.windows import Words

KEY = "name_kinds"
NAMED = frozenset({"ORG", "EVENT", "LAW"})
"""Labels of the names that are told apart further."""
PARTS = 5
"""Vectors that `name_features` puts together."""
_REACH = 12


def name_features(vectors: Floats, first: int, end: int) -> Floats:
    """What the head sees of the name first:end [PARTS * H], given the vectors [N, H] of all words of the text.

    The mean of the name's words, its last word, the word before, the word behind, and the mean of twelve words on
    either side.
    """
    none = np.zeros(vectors.shape[1], dtype=np.float32)
    around = np.concatenate([vectors[max(0, first - _REACH) : first], vectors[end : end + _REACH]])
    return np.concatenate([
        vectors[first:end].mean(0),
        vectors[end - 1],
        vectors[first - 1] if first else none,
        vectors[end] if end < len(vectors) else none,
        around.mean(0) if len(around) else none,
    ])  # fmt: skip


def word_range(name: Span, words: Words) -> tuple[int, int]:
    """First and end of a name in words; an article in front is left out."""
    first, end = (int(at) for at in np.searchsorted(words.tokens, (name.start, name.end)))
    return first + (end - first > 1 and name[0].lower_ == "the"), end


def mark_kinds(doc: Doc, words: Words, vectors: Floats, graphs: Graphs, kinds: tuple[str, ...]) -> None:
    """Set `doc.spans[KEY]` for the names of `doc`.

    Args:
        doc: with names.
        words: its words.
        vectors: of its words [N, H].
        graphs: with the head.
        kinds: its classes.
    """
    names = [name for name in doc.ents if name.label_ in NAMED]
    spans: list[Span] = []
    scores: list[float] = []
    if names:
        features = np.stack([name_features(vectors, *word_range(name, words)) for name in names])
        found = graphs.kinds(features)
        best = found.argmax(1)
        spans = [Span(doc, n.start, n.end, label=kinds[kind]) for n, kind in zip(names, best, strict=True)]
        scores = [float(row[kind]) for row, kind in zip(found, best, strict=True)]
    groups: Any = doc.spans
    groups[KEY] = SpanGroup(doc, name=KEY, spans=spans, attrs={"scores": scores})
