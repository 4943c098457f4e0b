"""Stage one: all corpora read, their names brought to one convention, written as one file."""

from __future__ import annotations

import csv
import gzip
import io
import json
import pickle
from collections.abc import Iterator
from pathlib import Path

from . import corpora
from .conventions import Conventions
from .gazetteer import Gazetteer, load_gazetteer
from .lemma_table import verb_table
from .sentences import Document, Sentence
from .windows import Inventory

_GMB_DEV_EVERY = 40
_GMB_BLOCK = 40


def _nationalities(path: Path) -> Iterator[str]:
    with gzip.open(path, "rb") as stream:
        for row in csv.reader(io.TextIOWrapper(stream, encoding="utf-8")):
            if row[3] == "B-gpe":
                yield row[1]


def split_blocks(document: Document, *, size: int, every: int) -> tuple[list[Document], list[Document]]:
    """A long document in blocks of `size` sentences; every `every`-th block goes to the dev part."""
    train: list[Document] = []
    dev: list[Document] = []
    for number, start in enumerate(range(0, len(document.sentences), size)):
        block: list[Sentence] = document.sentences[start : start + size]
        (dev if number % every == every - 1 else train).append(Document(document.source, block))
    return train, dev


def load_rules(data: Path) -> Conventions:
    """The label conventions with the gazetteer of `data`."""
    rules = Conventions(load_gazetteer(data / "facts"))
    rules.learn_demonyms(_nationalities(data / "ner/gmb_voa.csv.gz"))
    return rules


def prepare(data: Path, work: Path, own: Path | None = None) -> None:
    """Write `work/corpora.pickle`: train and dev documents by source, class inventory, gazetteer.

    Args:
        data: folder of the raw corpora.
        work: folder for everything that training makes.
        own: a file of sentences annotated by ourselves, in brackets: `[Wang Yi]PERSON met ...`.
    """
    rules = load_rules(data)
    bank, ner = data / "treebank", data / "ner"
    train = {
        "ewt": corpora.read_ewt(bank / "en_ewt-train.conllu.gz", ner / "uner_ewt-train.iob2.gz", rules),
        "gum": corpora.read_gum(bank / "en_gum-clean-train.conllu.gz", rules),
        "wikigold": corpora.read_wikigold(ner / "wikigold.conll.txt.gz", rules),
        "crossner": corpora.read_crossner(ner / "crossner_politics-train.txt.gz", rules),
        "re3d": corpora.read_re3d(data / "relations/re3d.jsonl.xz", rules),
    }
    dev = {
        "ewt": corpora.read_ewt(bank / "en_ewt-dev.conllu.gz", ner / "uner_ewt-dev.iob2.gz", rules),
        "gum": corpora.read_gum(bank / "en_gum-clean-dev.conllu.gz", rules),
        "crossner": corpora.read_crossner(ner / "crossner_politics-dev.txt.gz", rules),
    }
    train["gmb"], dev["gmb"] = split_blocks(
        corpora.read_gmb(ner / "gmb_voa.csv.gz", rules)[0], size=_GMB_BLOCK, every=_GMB_DEV_EVERY
    )
    if own is not None:
        train["own"] = corpora.read_bracketed(own, rules)
    inventory = Inventory.collect(train["ewt"] + train["gum"])
    work.mkdir(parents=True, exist_ok=True)
    (work / "verbs.json").write_text(json.dumps(verb_table([data / "corpora/whitehouse.jsonl.xz"])), encoding="utf-8")
    with (work / "corpora.pickle.new").open("wb") as stream:
        pickle.dump({"train": train, "dev": dev, "inventory": inventory, "gazetteer": rules.gazetteer}, stream)
    (work / "corpora.pickle.new").replace(work / "corpora.pickle")


def load_prepared(work: Path) -> tuple[dict[str, list[Document]], dict[str, list[Document]], Inventory, Gazetteer]:
    """What `prepare` wrote."""
    with (work / "corpora.pickle").open("rb") as stream:
        made = pickle.load(stream)
    return made["train"], made["dev"], made["inventory"], made["gazetteer"]
