"""Readers of the training corpora: each file as documents of sentences, with the names in our labels."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from .conventions import Conventions
from .sentences import ANY, PLACES, Document, NameSpan, Sentence, Tree, guess_glue, split_hyphens, with_names

_UNER = {"PER": frozenset({"PERSON"}), "ORG": frozenset({"ORG"}), "LOC": PLACES}
_UNER_OPEN = frozenset({"NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})


def _open_text(path: Path) -> io.TextIOWrapper:
    opener = lzma.open if path.suffix == ".xz" else gzip.open
    return io.TextIOWrapper(opener(path, "rb"), encoding="utf-8")


def _blocks(path: Path) -> Iterator[list[str]]:
    block: list[str] = []
    with _open_text(path) as stream:
        for line in stream:
            if line.strip():
                block.append(line.rstrip("\n"))
            elif block:
                yield block
                block = []
    if block:
        yield block


def _treebank_sentence(block: list[str]) -> tuple[Sentence, list[list[str]]]:
    rows, glued, tight, inside = [], [], False, 0
    for line in block:
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        if "-" in columns[0]:
            first, last = columns[0].split("-")
            inside, range_tight = int(last) - int(first) + 1, "SpaceAfter=No" in columns[9]
            continue
        if "." in columns[0]:
            continue
        rows.append(columns)
        glued.append(tight)
        tight = "SpaceAfter=No" in columns[9]
        if inside:
            inside -= 1
            tight = range_tight if inside == 0 else True
    heads = tuple(int(row[6]) - 1 if row[6] != "0" else number for number, row in enumerate(rows))
    tree = Tree(*(tuple(row[column] for row in rows) for column in (3, 4, 5, 2)), heads, tuple(row[7] for row in rows))
    paragraph = any(line.startswith(("# newpar", "# newdoc")) for line in block)
    return Sentence(tuple(row[1] for row in rows), tuple(glued), paragraph, tree, tags=tree.xpos), rows


def _comment(block: list[str], name: str) -> str | None:
    prefix = f"# {name} = "
    return next((line[len(prefix) :] for line in block if line.startswith(prefix)), None)


def _iob_spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start, kind = 0, ""
    for number, tag in enumerate([*tags, "O"]):
        part, _, label = tag.partition("-")
        if kind and (part != "I" or label != kind):
            yield start, number, kind
            kind = ""
        if part in {"B", "I"} and label and not kind:
            start, kind = number, label
    return


def read_uner(path: Path) -> dict[str, list[str]]:
    """Name tags of EWT by sentence id."""
    return {
        _comment(block, "sent_id") or "": [line.split("\t")[2] for line in block if not line.startswith("#")]
        for block in _blocks(path)
    }


def read_ewt(treebank: Path, names: Path, rules: Conventions) -> list[Document]:
    """EWT trees with the names of UNER; what UNER does not annotate stays open on capitalised proper nouns."""
    tags = read_uner(names)
    documents: list[Document] = []
    for block in _blocks(treebank):
        sentence, _ = _treebank_sentence(block)
        identifier = _comment(block, "sent_id") or ""
        if _comment(block, "newdoc id"):
            documents.append(Document("ewt"))
        found = tags.get(identifier)
        if found is not None and len(found) == len(sentence.words):
            spans = [NameSpan(start, end, _UNER[kind]) for start, end, kind in _iob_spans(found) if kind in _UNER]
            sentence = rules.complete(sentence, spans, _UNER_OPEN)
        documents[-1].sentences.append(sentence)
        documents[-1].ids.append(identifier)
    return documents


_GUM = {
    "person": frozenset({"PERSON"}), "place": PLACES, "organization": frozenset({"ORG"}), "event": frozenset({"EVENT"}),
    "object": frozenset({"PRODUCT", "FAC", "WORK_OF_ART"}),
    "abstract": frozenset({"WORK_OF_ART", "LAW", "PRODUCT", "EVENT", "ORG", "NORP"}),
    "animal": frozenset({"PRODUCT", "PERSON"}), "plant": frozenset({"PRODUCT"}), "substance": frozenset({"PRODUCT"}),
}  # fmt: skip


def _gum_mentions(rows: list[list[str]]) -> list[tuple[int, int, str]]:
    open_spans: dict[str, list[tuple[int, str]]] = defaultdict(list)
    found = []
    for number, row in enumerate(rows):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        if not match:
            continue
        for start, key, rest, only_end in re.findall(
            r"(\()(\d+)(?:\[[\d/]*\])?-([^()]*)|(\d+)(?=(?:\[[\d/]*\])?\))", match.group(1)
        ):
            if start:
                kind = rest.split("-")[0]
                if rest.endswith(")"):
                    found.append((number, number + 1, kind))
                open_spans[key].append((number, kind))
            elif open_spans[only_end]:
                begin, kind = open_spans[only_end].pop()
                found.append((begin, number + 1, kind))
        for key in re.findall(r"\((\d+)(?:\[[\d/]*\])?-[^()]*\)", match.group(1)):
            if open_spans[key]:
                begin, kind = open_spans[key].pop()
                found.append((begin, number + 1, kind))
    return found


def read_gum(path: Path, rules: Conventions) -> list[Document]:
    """GUM trees; names are the proper-noun cores of its entity mentions."""
    documents: list[Document] = []
    for block in _blocks(path):
        sentence, rows = _treebank_sentence(block)
        if _comment(block, "newdoc id"):
            documents.append(Document("gum"))
        spans = rules.proper_cores(sentence, [(a, b, _GUM[k]) for a, b, k in _gum_mentions(rows) if k in _GUM])
        documents[-1].sentences.append(rules.complete(sentence, spans, frozenset(), proper_open=True))
        documents[-1].ids.append(_comment(block, "sent_id") or "")
    return documents


_WIKIGOLD = {
    "PER": frozenset({"PERSON"}), "ORG": frozenset({"ORG"}), "LOC": PLACES,
    "MISC": frozenset({"NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"}),
}  # fmt: skip
_CROSSNER = {
    "politician": frozenset({"PERSON"}), "person": frozenset({"PERSON"}), "politicalparty": frozenset({"ORG"}),
    "organisation": frozenset({"ORG"}), "election": frozenset({"EVENT"}),
    "event": frozenset({"EVENT"}), "country": frozenset({"GPE"}),
    "location": PLACES, "misc": frozenset({"NORP", "LAW", "PRODUCT", "WORK_OF_ART", "EVENT", "ORG"}),
}  # fmt: skip


def _glue(words: list[str], inner: list[bool]) -> tuple[bool, ...]:
    return tuple(tight or split for tight, split in zip(guess_glue(words), inner, strict=True))


def read_columns(
    path: Path, source: str, separator: str, labels: dict[str, frozenset[str]], rules: Conventions
) -> list[Document]:
    """A corpus of one word and tag a line, sentences apart by an empty line."""
    document = Document(source)
    for block in _blocks(path):
        pairs = [line.rsplit(separator, 1) for line in block if separator in line and not line.startswith("-DOCSTART-")]
        if not pairs:
            continue
        words, tags, _, inner = split_hyphens([word for word, _ in pairs], [tag for _, tag in pairs], [""] * len(pairs))
        spans = [NameSpan(a, b, labels[kind], kind in {"misc", "MISC"}) for a, b, kind in _iob_spans(tags)]
        sentence = Sentence(tuple(words), _glue(words, inner))
        document.sentences.append(rules.complete(sentence, spans, frozenset()))
    return [document]


def read_wikigold(path: Path, rules: Conventions) -> list[Document]:
    """WikiGold: people, organisations, places; MISC is anything else."""
    return read_columns(path, "wikigold", " ", _WIKIGOLD, rules)


def read_crossner(path: Path, rules: Conventions) -> list[Document]:
    """CrossNER politics."""
    return read_columns(path, "crossner", "\t", _CROSSNER, rules)


def read_gmb(path: Path, rules: Conventions) -> list[Document]:
    """GMB/VOA news, cleaned by `Conventions`: consecutive sentences, no document bounds."""
    document = Document("gmb")
    words: list[str] = []
    pos: list[str] = []
    tags: list[str] = []

    def flush() -> None:
        if words:
            new_words, new_tags, new_pos, inner = split_hyphens(words, tags, pos)
            sentence = Sentence(tuple(new_words), _glue(new_words, inner), tags=tuple(new_pos))
            document.sentences.append(rules.clean_gmb(sentence, list(_iob_spans(new_tags))))
        words.clear(), pos.clear(), tags.clear()

    with _open_text(path) as stream:
        rows = csv.reader(stream)
        next(rows)
        for row in rows:
            if row[0]:
                flush()
            if row[1].strip():
                words.append(row[1].strip())
                pos.append(row[2])
                tags.append(row[3])
    flush()
    return [document]


_RE3D = {"Organisation": "ORG", "Location": "LOC", "Person": "PERSON", "Nationality": "NORP"}


def read_re3d(path: Path, rules: Conventions) -> list[Document]:
    """re3d press releases: capitalised cores of its entities; other capitalised words stay open."""
    texts: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    with _open_text(path) as stream:
        for record in map(json.loads, stream):
            if record["kind"] == "documents":
                texts[record["_id"]] = record["text"]
            elif record["kind"] == "entities" and record["type"] in _RE3D and record["confidence"] >= 0.5:
                spans[record["documentId"]].append((record["begin"], record["end"], _RE3D[record["type"]]))
    return [rules.re3d_document(text, spans[key]) for key, text in texts.items()]


def bare(sentence: Sentence) -> Sentence:
    """The sentence with every name label open, for text whose names nobody judged."""
    return with_names(sentence, (), ANY)


def read_bracketed(path: Path, rules: Conventions) -> list[Document]:
    """Sentences we annotated: names in brackets with their label behind, `[Wang Yi]PERSON met ...`.

    An empty line ends a document.

    Each line is a sentence; words are split as `split_words` does.
    """
    documents = [Document("own")]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            documents.append(Document("own"))
            continue
        words: list[str] = []
        glued: list[bool] = []
        spans: list[NameSpan] = []
        for chunk, label in _chunks(line):
            new, tight = split_words(chunk, after=bool(words))
            if label:
                spans.append(NameSpan(len(words), len(words) + len(new), frozenset({label})))
            words += new
            glued += tight
        sentence = Sentence(tuple(words), tuple(glued), paragraph=not documents[-1].sentences)
        documents[-1].sentences.append(rules.complete(sentence, spans, frozenset()))
    return [document for document in documents if document.sentences]


def _chunks(line: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"\[([^\]]+)\]([A-Z_]+)|([^\[]+)", line):
        yield (match.group(1), match.group(2)) if match.group(2) else (match.group(3), "")


_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep|Gov|St|Jr|No|Tex|MR|MRS|MS|DR|JR)\."
    r"|\b[A-Z]\.(?= [A-Z])|\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|m|d|S)\b|\d[\d.,]*\d|\w+|[^\w\s]"
)


def split_words(text: str, *, after: bool) -> tuple[list[str], list[bool]]:
    """Words of a plain text, nearly as the treebanks split them, and whether each is glued to the one before."""
    words: list[str] = []
    glued: list[bool] = []
    end = 0 if after else -1
    for match in _WORD.finditer(text):
        words.append(match.group())
        glued.append(match.start() == end)
        end = match.end()
    return words, glued
