"""The exported graphs, each in one onnxruntime session with one thread. The only user of onnxruntime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

GRAPH_FILES = ("encoder.int8.onnx", "tags.onnx", "arcs.onnx", "labels.onnx")
KINDS_FILE = "kinds.onnx"
"""A head that is trained after the others, on vectors that stay as they are; a model may lack it."""
_SILENT = 3


@dataclass(frozen=True, slots=True)
class Tags:
    """What the word heads say of N words: the best class of each closed head, and scores where decoding follows.

    `upos`, `xpos`, `feats`, `rules`: [N] class numbers; `starts`: [N] log-odds of a sentence start; `names`: [N, K]
    scores.
    """

    upos: Ints
    xpos: Ints
    feats: Ints
    rules: Ints
    starts: Floats
    names: Floats


class Graphs:
    """Sessions over the exported graphs.

    One thread each: the same input gives the same bits on one machine, whatever else runs.

    Args:
        files: contents of the graph files by name (`GRAPH_FILES`, perhaps `KINDS_FILE`).
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._encoder, self._tags, self._arcs, self._labels = (_session(files[name]) for name in GRAPH_FILES)
        self._kinds = _session(files[KINDS_FILE]) if KINDS_FILE in files else None

    @property
    def has_kinds(self) -> bool:
        """Is there a head for kinds of names?"""
        return self._kinds is not None

    def encode(self, pieces: Ints, mask: Ints, features: Ints) -> Floats:
        """Piece vectors [B, T, H] of padded windows [B, T]."""
        (hidden,) = self._encoder.run(None, {"pieces": pieces, "mask": mask, "features": features})
        return np.asarray(hidden, dtype=np.float32)

    def tags(self, words: Floats) -> Tags:
        """All word heads on word vectors [N, H]."""
        return Tags(*self._tags.run(None, {"words": words}))

    def arcs(self, words: Floats) -> Floats:
        """Scores [B, L, 1 + L] of every head for every word of padded sentences [B, L, H]; column 0 is the root."""
        (scores,) = self._arcs.run(None, {"words": words})
        return np.asarray(scores, dtype=np.float32)

    def labels(self, dependents: Floats, heads: Floats) -> Ints:
        """Best relation [N] of words to their heads, both as vectors [N, H]; never the root relation."""
        (best,) = self._labels.run(None, {"dependents": dependents, "heads": heads})
        return np.asarray(best, dtype=np.int64)

    def kinds(self, names: Floats) -> Floats:
        """Probability of each kind [N, K] of names, as `kinds.name_features` [N, F] shows them.

        Raises:
            ValueError: the model has no such head.
        """
        if self._kinds is None:
            raise ValueError(f"the model lacks {KINDS_FILE}")
        (scores,) = self._kinds.run(None, {"names": names})
        return np.asarray(scores, dtype=np.float32)


def _session(content: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _SILENT
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
