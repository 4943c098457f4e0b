#!/usr/bin/env python3
"""Score a spaCy pipeline: trees, tags, lemmas, sentence bounds and names, from given tokens and from raw text.

    python scripts/evaluate_pipeline.py kg/data/pipeline --data DATA [--json]
    python scripts/evaluate_pipeline.py kg/data/pipeline --heldout [--errors]

DATA holds the treebanks (their dev parts); --heldout takes our own annotation of news (names and sentence bounds).
Words match when they cover the same characters (as in the CoNLL 2018 shared task), so a pipeline with other
tokenisation can be scored as well; relations of other label schemes than UD cannot.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

TREEBANKS = {"EWT": "treebank/en_ewt-dev.conllu.gz", "GUM": "treebank/en_gum-clean-dev.conllu.gz"}
NAMES = "ner/uner_ewt-dev.iob2.gz"
KINDS = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


@dataclass(slots=True)
class GoldSentence:
    """CoNLL-U rows of one sentence, and which words are glued to the one before."""

    rows: list[list[str]] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)
    paragraph: bool = False
    key: str = ""


def read_conllu(path: Path) -> Iterator[list[GoldSentence]]:
    """Documents of a CoNLL-U file."""
    document: list[GoldSentence] = []
    sentence, tight, inside, range_tight = GoldSentence(), False, 0, False
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in map(str.rstrip, stream):
            if line.startswith("# newdoc") and document:
                yield document
                document = []
            sentence.paragraph |= line.startswith(("# newdoc", "# newpar"))
            if line.startswith("# sent_id = "):
                sentence.key = line[12:]
            if not line:
                document.append(sentence)
                sentence, tight = GoldSentence(), False
            elif not line.startswith("#"):
                columns = line.split("\t")
                if "-" in columns[0]:
                    low, high = map(int, columns[0].split("-"))
                    inside, range_tight = high - low + 1, "SpaceAfter=No" in columns[9]
                elif "." not in columns[0]:
                    sentence.rows.append(columns)
                    sentence.glued.append(tight)
                    tight = "SpaceAfter=No" in columns[9]
                    if inside:
                        inside -= 1
                        tight = range_tight if inside == 0 else True
    if document:
        yield document


def read_names(path: Path) -> dict[str, list[str]]:
    """Name tags by sentence id."""
    tags: dict[str, list[str]] = {}
    key = ""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("# sent_id = "):
                key = line[12:].strip()
                tags[key] = []
            elif line.strip() and not line.startswith("#"):
                tags[key].append(line.split("\t")[2].strip())
    return tags


def given_doc(nlp: Language, document: list[GoldSentence]) -> Doc:
    """A Doc with the gold words and sentence bounds."""
    words = [row[1] for sentence in document for row in sentence.rows]
    glued = [tight for sentence in document for tight in sentence.glued]
    spaces = [not tight for tight in glued[1:]] + [False]
    starts = [number == 0 for sentence in document for number in range(len(sentence.rows))]
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def raw_text(document: list[GoldSentence]) -> tuple[str, list[tuple[int, int]], list[int]]:
    """The text of a document, the characters of each word, and the number of each sentence's first word."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    firsts: list[int] = []
    at = 0
    for number, sentence in enumerate(document):
        gap = "" if number == 0 else "\n\n" if sentence.paragraph else " "
        firsts.append(len(spans))
        for word, (row, tight) in enumerate(zip(sentence.rows, sentence.glued, strict=True)):
            between = gap if word == 0 else "" if tight else " "
            parts += [between, row[1]]
            at += len(between)
            spans.append((at, at + len(row[1])))
            at += len(row[1])
    return "".join(parts), spans, firsts


def count_words(counts: Counter[str], document: list[GoldSentence], spans: list[tuple[int, int]], doc: Doc) -> None:
    """Matches of words and of what is said of them."""
    rows = [row for sentence in document for row in sentence.rows]
    heads: list[int] = []
    for sentence in document:
        base = len(heads)
        heads += [base + (int(row[6]) - 1 if row[6] != "0" else number) for number, row in enumerate(sentence.rows)]
    tokens = {(token.idx, token.idx + len(token)): token for token in doc if not token.is_space}
    counts["gold"] += len(rows)
    counts["found"] += len(tokens)
    for number, (row, span) in enumerate(zip(rows, spans, strict=True)):
        token = tokens.get(span)
        if token is None:
            continue
        counts["words"] += 1
        counts["upos"] += token.pos_ == row[3]
        counts["xpos"] += token.tag_ == row[4]
        counts["feats"] += (str(token.morph) or "_") == row[5]
        counts["lemma"] += token.lemma_ == row[2]
        head = (token.head.idx, token.head.idx + len(token.head))
        attached = head == spans[heads[number]]
        counts["UAS"] += attached
        counts["LAS"] += attached and (token.dep_.lower() if token.dep_ == "ROOT" else token.dep_) == row[7]


def count_sentences(counts: Counter[str], spans: list[tuple[int, int]], firsts: list[int], doc: Doc) -> None:
    """Sentences with the right first and last word."""
    bounds = [*firsts, len(spans)]
    gold = {(spans[a][0], spans[b - 1][1]) for a, b in pairwise(bounds)}
    found = set()
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        if words:
            found.add((words[0].idx, words[-1].idx + len(words[-1])))
    counts["sent_hit"] += len(gold & found)
    counts["sent_gold"] += len(gold)
    counts["sent_found"] += len(found)


def name_spans(tags: list[str], base: int) -> set[tuple[int, int, str]]:
    """Spans of an IOB2 sequence with the three kinds that UNER annotates."""
    spans, start, kind = set(), 0, ""
    for number, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            spans.add((base + start, base + number, kind))
            kind = ""
        if tag.startswith("B-") and tag[2:] in {"PER", "ORG", "LOC"}:
            start, kind = number, tag[2:]
    return spans


def count_names(counts: Counter[str], document: list[GoldSentence], tags: dict[str, list[str]], doc: Doc) -> None:
    """Names with the right bounds and kind, on given words."""
    gold: set[tuple[int, int, str]] = set()
    base = 0
    for sentence in document:
        gold |= name_spans(tags.get(sentence.key, []), base)
        base += len(sentence.rows)
    found = {(ent.start, ent.end, KINDS[ent.label_]) for ent in doc.ents if ent.label_ in KINDS}
    counts["name_hit"] += len(gold & found)
    counts["name_gold"] += len(gold)
    counts["name_found"] += len(found)


def percent(hit: int, found: int, gold: int) -> float:
    """F in percent."""
    return round(200 * hit / max(1, found + gold), 2)


def evaluate(nlp: Language, data: Path) -> dict[str, dict[str, float]]:
    """All scores by set and kind of input."""
    scores: dict[str, dict[str, float]] = {}
    tags = read_names(data / NAMES)
    for name, path in TREEBANKS.items():
        given: Counter[str] = Counter()
        raw: Counter[str] = Counter()
        for document in read_conllu(data / path):
            doc = run(nlp, given_doc(nlp, document))
            spans = [(token.idx, token.idx + len(token)) for token in doc]
            count_words(given, document, spans, doc)
            if name == "EWT":
                count_names(given, document, tags, doc)
            text, spans, firsts = raw_text(document)
            doc = nlp(text)
            count_words(raw, document, spans, doc)
            count_sentences(raw, spans, firsts, doc)
        fields = ("UAS", "LAS", "upos", "xpos", "feats", "lemma")
        scores[f"{name} given tokens"] = {key: round(100 * given[key] / given["gold"], 2) for key in fields}
        if name == "EWT":
            scores[f"{name} given tokens"]["names_F"] = percent(
                given["name_hit"], given["name_found"], given["name_gold"]
            )
        scores[f"{name} raw text"] = {key: percent(raw[key], raw["found"], raw["gold"]) for key in ("words", *fields)}
        scores[f"{name} raw text"]["sent_F"] = percent(raw["sent_hit"], raw["sent_found"], raw["sent_gold"])
    return scores


def score_heldout(nlp: Language, *, errors: bool) -> dict[str, float]:
    """F on our own annotation."""
    from tests.nlp.heldout.scoring import KINDS, score

    found = score(nlp)
    if errors:
        print(*found.errors, sep="\n")
    return {kind: round(found.f(kind), 1) for kind in ("sentences", "names", "bounds", *KINDS)}


def run(nlp: Language, doc: Doc) -> Doc:
    """All components on a Doc that has its words already."""
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline", help="a pipeline directory or package")
    parser.add_argument("--data", type=Path, help="folder of the raw corpora")
    parser.add_argument("--heldout", action="store_true", help="score on our own annotation")
    parser.add_argument("--errors", action="store_true", help="with --heldout: list every error")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent.parent))
    import kg.nlp.encoder  # noqa: F401 - registers the factory where the package is not installed

    nlp = spacy.load(options.pipeline)
    begun = time.time()
    scores: dict[str, Any] = evaluate(nlp, options.data) if options.data else {}
    if options.heldout:
        scores["held-out news"] = score_heldout(nlp, errors=options.errors)
    scores["seconds"] = round(time.time() - begun, 1)
    if options.json:
        print(json.dumps(scores))
        return
    for name, found in scores.items():
        print(
            f"{name:18}",
            found if not isinstance(found, dict) else "  ".join(f"{key} {value:.2f}" for key, value in found.items()),
        )


if __name__ == "__main__":
    main()
