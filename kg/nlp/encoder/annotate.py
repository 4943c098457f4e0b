"""Write what was read into a Doc, whole columns at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.nlp.encoder.graphs import Ints, Tags
from kg.nlp.encoder.inventory import Inventory
from kg.nlp.encoder.lemmas import apply_rule
from kg.nlp.encoder.windows import Bools, Words

Hashes = NDArray[np.uint64]
_ATTRIBUTES = ("POS", "TAG", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")
_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read of N words; `heads` are word numbers, a root's its own."""

    tags: Tags
    starts: Bools
    heads: Ints
    relations: Ints
    names: Ints


def write(doc: Doc, words: Words, reading: Reading, inventory: Inventory, *, given: bool) -> None:
    """Set all annotations of `doc`; whitespace tokens hang from the word before them.

    Args:
        doc: the Doc.
        words: its words.
        reading: what was read.
        inventory: class names.
        given: whether the sentence bounds were in the Doc before.
    """
    if len(doc) == 0:
        return
    table = np.zeros((len(doc), len(_ATTRIBUTES)), dtype=np.uint64)
    anchors = _anchors(doc, words, reading.starts, given=given)
    _write_space(table, doc, words, anchors)
    rows = words.tokens
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    table[rows, 0] = _keys(inventory.upos, strings)[reading.tags.upos]
    table[rows, 1] = _keys(inventory.xpos, strings)[reading.tags.xpos]
    feats = np.array([morphology.add(bundle) for bundle in inventory.feats], dtype=np.uint64)
    table[rows, 2] = feats[reading.tags.feats]
    table[rows, 3] = _lemmas(doc, words, reading.tags, inventory)
    table[rows, 4] = (rows[reading.heads] - rows).astype(np.int64).view(np.uint64)
    relations = _keys(tuple("ROOT" if name == "root" else name for name in inventory.relations), strings)
    table[rows, 5] = relations[reading.relations]
    _write_names(table, words, reading.names, inventory, strings)
    writable: Any = doc  # spaCy's stubs know no unsigned arrays
    writable.from_array(list(_ATTRIBUTES), table)


def _keys(names: tuple[str, ...], strings: Any) -> Hashes:
    return np.array([strings.add(name) if name else 0 for name in names], dtype=np.uint64)


def _anchors(doc: Doc, words: Words, starts: Bools, *, given: bool) -> Ints:
    """For each token the word it belongs to: itself, or for whitespace the word before (at the very beginning, after).

    With given bounds, whitespace that begins a sentence belongs to the word after it.
    """
    anchors = np.searchsorted(words.tokens, np.arange(len(doc)), side="right") - 1
    np.maximum(anchors, 0, out=anchors)
    if given and len(words.tokens):
        for token in (token.i for token in doc if token.is_sent_start and token.is_space):
            following = int(np.searchsorted(words.tokens, token))
            if following < len(words.tokens) and starts[following]:
                anchors[token : words.tokens[following]] = following
    return anchors


def _write_space(table: Hashes, doc: Doc, words: Words, anchors: Ints) -> None:
    space = np.setdiff1d(np.arange(len(doc)), words.tokens)
    strings = doc.vocab.strings
    table[space, 0] = strings.add("SPACE")
    table[space, 1] = strings.add("_SP")
    table[space, 2] = doc.vocab.morphology.add("_")
    table[space, 3] = doc.to_array("ORTH")[space]
    heads = words.tokens[anchors[space]] if len(words.tokens) else np.zeros(len(space), dtype=np.int64)
    table[space, 4] = (heads - space).astype(np.int64).view(np.uint64)
    table[space, 5] = np.where(heads == space, strings.add("ROOT"), strings.add("dep"))
    table[space, 6] = _OUTSIDE


def _lemmas(doc: Doc, words: Words, tags: Tags, inventory: Inventory) -> Hashes:
    """Lemma of each word; each distinct triple of form, rule and tag is worked out once."""
    forms = doc.to_array("ORTH")[words.tokens]
    if len(forms) == 0:
        return np.zeros(0, dtype=np.uint64)
    order = np.lexsort((tags.upos, tags.rules, forms))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(forms[order]) != 0) | (np.diff(tags.rules[order]) != 0) | (np.diff(tags.upos[order]) != 0)
    strings = doc.vocab.strings
    found = [
        strings.add(_lemma(strings[int(forms[row])], int(tags.rules[row]), int(tags.upos[row]), inventory))
        for row in order[new]
    ]
    lemmas = np.zeros(len(order), dtype=np.uint64)
    lemmas[order] = np.array(found, dtype=np.uint64)[np.cumsum(new) - 1]
    return lemmas


def _lemma(form: str, rule: int, upos: int, inventory: Inventory) -> str:
    known = inventory.exceptions.get(f"{form.lower()}|{inventory.upos[upos]}")
    return known or apply_rule(inventory.rules[rule], form)


def _write_names(table: Hashes, words: Words, names: Ints, inventory: Inventory, strings: Any) -> None:
    parts = np.array([{"O": _OUTSIDE, "B": _BEGIN, "I": _INSIDE}[tag[0]] for tag in inventory.names], dtype=np.uint64)
    kinds = _keys(tuple(tag[2:] for tag in inventory.names), strings)
    table[words.tokens, 6] = parts[names]
    table[words.tokens, 7] = kinds[names]
    inner = np.flatnonzero((parts[names] == _INSIDE)[1:] & (np.diff(words.tokens) > 1)) + 1
    for word in inner:
        gap = slice(int(words.tokens[word - 1]) + 1, int(words.tokens[word]))
        table[gap, 6], table[gap, 7] = _INSIDE, kinds[names[word]]
