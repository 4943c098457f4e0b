"""The spaCy component `kg_encoder`: tags, morphology, lemmas, trees, names, sentence bounds, vectors, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import srsly  # type: ignore[import-untyped]  # ships no types
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example, validate_examples

from kg.nlp.encoder.annotate import Reading, write
from kg.nlp.encoder.decode import NameDecoder, batches_by_length, best_heads, cut_long, sentence_starts
from kg.nlp.encoder.features import WordPieces
from kg.nlp.encoder.graphs import GRAPH_FILES, KINDS_FILE, Floats, Graphs, Ints, Tags
from kg.nlp.encoder.inventory import Inventory
from kg.nlp.encoder.kinds import mark_kinds
from kg.nlp.encoder.windows import Bools, Words, cut_windows, read_windows, read_words, spread

_CHUNK = 2_048
_SENTENCE_BATCH = 1_536
_FILES = (*GRAPH_FILES, "tokenizer.json", "inventory.json")


@Language.factory(  # pyright: ignore[reportUntypedFunctionDecorator]  # spaCy does not type its decorators
    "kg_encoder",
    assigns=[
        "doc.ents", "doc.sents", "doc.spans", "doc.tensor", "token.pos", "token.tag", "token.morph", "token.lemma",
        "token.head", "token.dep", "token.is_sent_start", "token.ent_iob", "token.ent_type",
    ],
    default_score_weights={
        "tag_acc": 0.1, "pos_acc": 0.1, "morph_acc": 0.05, "lemma_acc": 0.05, "dep_uas": 0.1, "dep_las": 0.3,
        "sents_f": 0.1, "ents_f": 0.2,
    },
)  # fmt: skip
def make_encoder(nlp: Language, name: str) -> Encoder:
    """The factory that spaCy calls for `factory = "kg_encoder"`."""
    return Encoder(nlp.vocab, name)


class Encoder(Pipe):
    """Reads a Doc with one encoder and several heads; what it says of a Doc depends on that Doc alone.

    int8 graphs scale activations over a batch, so batches never cross Docs.

    Args:
        vocab: the pipeline's vocabulary.
        name: of the component in the pipeline.
    """

    def __init__(self, vocab: Any, name: str = "kg_encoder") -> None:
        self.vocab = vocab
        self.name = name
        self._files: dict[str, bytes] = {}
        self._graphs: Graphs | None = None

    def load(self, files: dict[str, bytes]) -> None:
        """Take the model files (`graphs.GRAPH_FILES`, tokenizer.json, inventory.json, perhaps `KINDS_FILE`) by name.

        Raises:
            ValueError: if one is missing.
        """
        missing = [name for name in _FILES if name not in files]
        if missing:
            raise ValueError(f"{self.name}: the model lacks {', '.join(missing)}")
        self._files = {name: files[name] for name in (*_FILES, KINDS_FILE) if name in files}
        self._graphs = Graphs(files)
        self._pieces = WordPieces(files["tokenizer.json"].decode("utf-8"))
        self._inventory = Inventory.from_json(files["inventory.json"])
        self._names = NameDecoder(self._inventory.names, np.array(self._inventory.transitions, dtype=np.float32))

    @property
    def labels(self) -> tuple[str, ...]:
        """Name labels, then relations of the trees, then kinds of names."""
        return self.name_labels + self.relation_labels + self.kind_labels

    @property
    def name_labels(self) -> tuple[str, ...]:
        """Labels of names."""
        return tuple(sorted({tag[2:] for tag in self._inventory.names if tag != "O"})) if self._graphs else ()

    @property
    def relation_labels(self) -> tuple[str, ...]:
        """Relations of the dependency trees."""
        return tuple(self._inventory.relations) if self._graphs else ()

    @property
    def kind_labels(self) -> tuple[str, ...]:
        """Kinds of names, in `doc.spans["name_kinds"]`."""
        return self._inventory.kinds if self._graphs else ()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        if self._graphs is None:
            raise ValueError(f"{self.name}: no model loaded; use spacy.load on the pipeline's directory")
        words = read_words(doc, self._pieces)
        given = _given_starts(doc, words)
        tensor = np.zeros((len(doc), self._inventory.width), dtype=np.float32)
        vectors = tensor[: len(words.tokens)]
        read_windows(words, cut_windows(words, given), self._graphs.encode, self._pieces, vectors)
        tags = _tag_words(vectors, self._graphs)
        starts = sentence_starts(tags.starts, words) if given is None else given
        bounds = np.append(np.flatnonzero(starts), len(starts)).astype(np.int64)
        heads, relations = self._parse(vectors, starts, tags.starts, self._graphs)
        names = self._names(tags.names, bounds)
        write(
            doc,
            words,
            Reading(tags, starts, heads, relations, names),
            self._inventory,
            given=given is not None,
        )
        if self._graphs.has_kinds:
            mark_kinds(doc, words, vectors, self._graphs, self._inventory.kinds)
        spread(tensor, words.tokens)
        doc.tensor = tensor  # type: ignore[assignment]  # spaCy's stubs know no single-precision arrays
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotate Docs in order, each by itself; `batch_size` changes nothing."""
        del batch_size
        handle: Callable[..., Any] = self.get_error_handler()
        for doc in stream:
            try:
                self(doc)
            except Exception as error:  # noqa: BLE001 - spaCy's protocol: the pipeline's error handler decides
                handle(self.name, self, [doc], error)
            else:
                yield doc

    def _parse(self, vectors: Floats, starts: Bools, scores: Floats, graphs: Graphs) -> tuple[Ints, Ints]:
        """Head of each word (its own number for a root) and its relation."""
        total = len(vectors)
        heads, relations = np.arange(total), np.full(total, self._inventory.root, dtype=np.int64)
        parts = np.append(np.flatnonzero(cut_long(starts, scores)), total).astype(np.int64)
        for numbers, longest in batches_by_length(parts, words=_SENTENCE_BATCH):
            first, lengths = parts[numbers], parts[numbers + 1] - parts[numbers]
            at = first[:, None] + np.minimum(np.arange(longest), (lengths - 1)[:, None])
            found = best_heads(graphs.arcs(vectors[at]), lengths)
            real = np.arange(longest) < lengths[:, None]
            heads[at[real]] = np.where(found > 0, found - 1 + first[:, None], at)[real]
        dependents = np.flatnonzero(heads != np.arange(total))
        for begin in range(0, len(dependents), _CHUNK):
            chunk = dependents[begin : begin + _CHUNK]
            relations[chunk] = graphs.labels(vectors[chunk], vectors[heads[chunk]])
        return self._joined(heads, relations, starts, parts)

    def _joined(self, heads: Ints, relations: Ints, starts: Bools, parts: Ints) -> tuple[Ints, Ints]:
        """Parts of an over-long given sentence hang from the root of its first part."""
        extra = parts[:-1][~starts[parts[:-1]]]
        if len(extra):
            roots = np.flatnonzero(heads == np.arange(len(heads)))
            sentence = np.cumsum(starts)
            first_root = roots[np.unique(sentence[roots], return_index=True)[1]]
            later = np.setdiff1d(roots, first_root)
            heads[later] = first_root[sentence[later] - 1]
            relations[later] = self._inventory.parataxis
        return heads, relations

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """SpaCy's standard scores of everything this component sets."""
        examples = list(examples)
        validate_examples(examples, "Encoder.score")
        scores: dict[str, Any] = {}
        for attribute in ("tag", "pos", "morph", "lemma"):
            scores |= Scorer.score_token_attr(examples, attribute, **kwargs)
        scores |= Scorer.score_deps(examples, "dep", ignore_labels=("punct",), **kwargs)
        scores |= Scorer.score_spans(examples, "sents", **kwargs)
        return scores | Scorer.score_spans(
            examples, "ents", has_annotation=lambda doc: doc.has_annotation("ENT_IOB"), **kwargs
        )

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model files to a directory."""
        del exclude
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (folder / name).write_bytes(content)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read what `to_disk` wrote."""
        del exclude
        found = (Path(path) / name for name in (*_FILES, KINDS_FILE))
        self.load({file.name: file.read_bytes() for file in found if file.name in _FILES or file.is_file()})
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The model as one byte string."""
        del exclude
        return bytes(srsly.msgpack_dumps(self._files))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read what `to_bytes` made."""
        del exclude
        files: Any = srsly.msgpack_loads(data)
        self.load(files)
        return self


def _tag_words(vectors: Floats, graphs: Graphs) -> Tags:
    """The word heads over all words, some at a time."""
    parts = [graphs.tags(vectors[start : start + _CHUNK]) for start in range(0, max(1, len(vectors)), _CHUNK)]
    names = Tags.__slots__
    return Tags(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _given_starts(doc: Doc, words: Words) -> Bools | None:
    """Sentence starts that the Doc has already [N]; a start on a whitespace token moves to the next word."""
    if not doc.has_annotation("SENT_START"):
        return None
    marked = [token.i for token in doc if token.is_sent_start]
    starts = np.zeros(len(words.tokens) + 1, dtype=bool)
    starts[np.searchsorted(words.tokens, np.array([0, *marked], dtype=np.int64))] = True
    return starts[:-1]
