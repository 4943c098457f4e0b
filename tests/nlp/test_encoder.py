"""The shipped pipeline: loads as any spaCy pipeline, reads the same whatever the company, survives any text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

import kg.data
from kg.nlp.encoder.decode import best_heads, best_tree, cut_long
from kg.nlp.encoder.graphs import KINDS_FILE
from kg.nlp.encoder.kinds import KEY
from kg.nlp.encoder.lemmas import apply_rule, make_rule
from kg.nlp.encoder.windows import spread

PIPELINE = Path(next(iter(kg.data.__path__))) / "pipeline"

NEWS = """Blinken Meets Wang in Beijing

BEIJING (Reuters) - U.S. Secretary of State Antony Blinken met Chinese Foreign Minister Wang Yi on Sunday. "We don't
agree on everything," Blinken said. The Foreign Ministry in Moscow condemned the $1.2 billion arms deal.

Sanctions were imposed by the European Union in 2014. Ukraine's President Volodymyr Zelenskyy, who had been invited by
Prime Minister Narendra Modi, did not attend the G7 summit in Hiroshima."""
OTHERS = (
    "Iran rejected the offer.",
    "The Taliban and Pakistan traded fire along the border; Ishaq Dar blamed Kabul for the attack on the convoy.",
    "SEOUL AND TOKYO REVIVE PACT\n\nSeoul and Tokyo revived a pact.\n" * 12,
    "\n\n".join(NEWS.replace("2014", str(year)) for year in range(1960, 1990)),  # many windows, several batches
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(PIPELINE)


def reading(doc: Doc) -> list[tuple[object, ...]]:
    words: list[tuple[object, ...]] = [
        (t.text, t.pos_, t.tag_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.is_sent_start, t.ent_iob_, t.ent_type_)
        for t in doc
    ]
    return words + kinds(doc)


def kinds(doc: Doc) -> list[tuple[object, ...]]:
    """Names with their kind, and how sure it is."""
    group = doc.spans[KEY]
    return [(n.start, n.end, n.label_, score) for n, score in zip(group, group.attrs["scores"], strict=True)]


def assert_valid(doc: Doc) -> None:
    """Every sentence is one tree; every token has its annotations."""
    for sent in doc.sents:
        roots = [token for token in sent if token.head.i == token.i]
        assert len(roots) == 1, sent.text[:200]
        assert all(sent.start <= token.head.i < sent.end for token in sent)
        assert all(token.dep_ and token.pos_ and token.tag_ for token in sent)
    for token in doc:
        node, steps = token, 0
        while node.head.i != node.i and steps <= 500:
            node, steps = node.head, steps + 1
        assert steps <= 500
    assert all(not ent.text.isspace() and ent.label_ for ent in doc.ents)
    assert doc.tensor.shape[0] == len(doc)


def test_reads_news(nlp: Language) -> None:
    doc = nlp(NEWS)
    assert_valid(doc)
    names = {(ent.text, ent.label_) for ent in doc.ents}
    assert {
        ("Antony Blinken", "PERSON"),
        ("Wang Yi", "PERSON"),
        ("European Union", "ORG"),
        ("Chinese", "NORP"),
        ("Hiroshima", "GPE"),
    } <= names
    relations = {(token.text, token.dep_, token.head.text) for token in doc}
    assert {("Sanctions", "nsubj:pass", "imposed"), ("met", "ROOT", "met"), ("Wang", "obj", "met")} <= relations
    assert {"met": "meet", "imposed": "impose", "Sanctions": "sanction"}.items() <= {
        t.text: t.lemma_ for t in doc
    }.items()
    assert next(doc.sents).text.strip() == "Blinken Meets Wang in Beijing"


def test_is_an_ordinary_pipeline(nlp: Language) -> None:
    assert nlp.meta["lang"] == "en"
    assert nlp.meta["license"] == "CC BY-SA 4.0"
    assert {"PERSON", "ORG", "GPE", "NORP", "nsubj", "obj"} <= set(nlp.pipe_labels["kg_encoder"])
    pairs = list(nlp.pipe([(NEWS, 1), (OTHERS[0], 2)], as_tuples=True))
    assert [context for _, context in pairs] == [1, 2]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (1, 4, 0, 3, 2)])
def test_company_and_order_change_nothing(nlp: Language, order: tuple[int, ...]) -> None:
    texts = (NEWS, *OTHERS)
    alone = [reading(nlp(text)) for text in texts]
    vectors = nlp(NEWS).tensor
    together = list(nlp.pipe([texts[number] for number in order]))
    assert [reading(doc) for doc in together] == [alone[number] for number in order]
    assert np.array_equal(together[order.index(0)].tensor, vectors)


def test_processes_change_nothing(nlp: Language) -> None:
    texts = (NEWS, *OTHERS)
    alone = [reading(nlp(text)) for text in texts]
    assert [reading(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)] == alone


def test_round_trips(nlp: Language, tmp_path: Path) -> None:
    expected = reading(nlp(NEWS))
    nlp.to_disk(tmp_path / "copy")
    assert reading(spacy.load(tmp_path / "copy")(NEWS)) == expected
    blank = spacy.blank("en")
    blank.add_pipe("kg_encoder")
    blank.from_bytes(nlp.to_bytes())
    assert reading(blank(NEWS)) == expected
    stored = Doc(nlp.vocab).from_bytes(nlp(NEWS).to_bytes())
    assert reading(stored) == expected
    nlp(NEWS).to_disk(tmp_path / "doc")
    assert reading(Doc(nlp.vocab).from_disk(tmp_path / "doc")) == expected
    columns = ["POS", "TAG", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    (packed,) = DocBin(docs=[nlp(NEWS)], attrs=columns, store_user_data=True).get_docs(nlp.vocab)
    assert reading(packed) == expected


def test_reads_where_nothing_of_kg_was_imported() -> None:
    program = (
        "import sys, spacy\n"
        "assert not any(name.split('.')[0] == 'kg' for name in sys.modules)\n"
        "nlp = spacy.load(sys.argv[1])\n"
        "print([name.label_ for name in nlp('Blinken met Wang Yi in Beijing.').ents])\n"
    )
    command = [sys.executable, "-c", program, str(PIPELINE)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PIPELINE)
    assert ran.stdout == "['PERSON', 'PERSON', 'GPE']\n"


def test_displacy_draws_trees_names_and_kinds(nlp: Language) -> None:
    doc = nlp("Blinken praised the European Union in Beijing.")
    tree = displacy.render(doc, style="dep")
    assert "nsubj" in tree
    assert "praised" in tree
    assert re.search(r"Beijing\s*<span[^>]*>GPE", displacy.render(doc, style="ent"))
    assert "European" in displacy.render(doc, style="span", options={"spans_key": KEY})


def test_spacy_evaluates_it_from_the_command_line(nlp: Language, tmp_path: Path) -> None:
    doc = nlp(" ".join(NEWS.split()))  # spaCy cannot align whitespace tokens
    DocBin(docs=[doc]).to_disk(tmp_path / "gold.spacy")
    command = [sys.executable, "-m", "spacy", "evaluate", str(PIPELINE), str(tmp_path / "gold.spacy")]
    subprocess.run([*command, "--output", str(tmp_path / "scores.json")], check=True, capture_output=True)
    scores = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    assert scores["dep_las"] == scores["ents_f"] == scores["tag_acc"] == scores["lemma_acc"] == 1.0


def test_contexts_and_disabled_components(nlp: Language) -> None:
    with nlp.select_pipes(disable=["kg_encoder"]):
        assert not nlp(NEWS).ents
    pairs = list(nlp.pipe([(nlp.make_doc(NEWS), {"id": 1}), (OTHERS[0], {"id": 2})], as_tuples=True))
    assert [context["id"] for _, context in pairs] == [1, 2]
    assert reading(pairs[0][0]) == reading(nlp(NEWS))


def test_a_model_without_the_head_for_kinds_reads_all_else(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "p")
    (tmp_path / "p" / "kg_encoder" / KINDS_FILE).unlink()
    doc = spacy.load(tmp_path / "p")(NEWS)
    assert KEY not in doc.spans
    assert [(e.text, e.label_) for e in doc.ents] == [(e.text, e.label_) for e in nlp(NEWS).ents]


def test_evaluates(nlp: Language) -> None:
    text = " ".join(NEWS.split())  # spaCy cannot align whitespace tokens
    scores = nlp.evaluate([Example(nlp.make_doc(text), nlp(text))])
    assert scores["dep_las"] == scores["ents_f"] == scores["sents_f"] == scores["tag_acc"] == 1.0


HOSTILE = {
    "empty": "",
    "spaces": "   \n\n \t ",
    "one letter": "a",
    "marks": "!!! ??? ... ---",
    "controls": "A \x00\x01\x02 visit \x1b[31m to\u202e Paris\ufeff. Next\x0bline.",
    "emoji": "Talks 🇺🇸🤝🇨🇳 went well 👍🏽. 👩‍👩‍👧‍👦!",
    "long word": "The " + "x" * 10_000 + " met " + "é" * 3_000 + ".",
    "no blanks": '"(' * 15_000 + "a-b" * 10_000 + '."' * 15_000,
    "invisible": "Pa\u200bris \u00ad met\u2060 him. \u2028Next\u2029",
    "marks on marks": "e" + "\u0301" * 3_000 + " left.",
    "languages": "Der Minister sagte, dass le ministre a dit que el ministro dijo que the minister said so. " * 5,
    "capitals": "MACRON MEETS SCHOLZ IN BERLIN. TALKS ON GAZA TO FOLLOW.",
    "other script": "外交部发言人表示。 Министр иностранных дел прибыл. وزير الخارجية",
    "newlines": "\n\n\nHe left.\n\n\n\n \n She stayed.\n",
    "leading space": " \n He left.",
    "only quotes": "\"\" '' “” ‘’",
    "crlf": "He left.\r\n\r\nShe stayed.\r\nThey talked.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_survives(nlp: Language, name: str) -> None:
    doc = nlp(HOSTILE[name])
    assert doc.text == HOSTILE[name]
    assert_valid(doc)


def test_survives_a_sentence_of_100k_characters(nlp: Language) -> None:
    doc = nlp("the minister of state and " * 4_000)
    assert_valid(doc)
    assert max(len(sent) for sent in doc.sents) <= 400


def test_paragraphs_end_sentences(nlp: Language) -> None:
    doc = nlp("Talks between Japan\n\nand South Korea\n\n\nwent well")
    assert [sent.text.strip() for sent in doc.sents] == ["Talks between Japan", "and South Korea", "went well"]


def test_wrapped_lines_do_not(nlp: Language) -> None:
    sentence = (
        "The Ministry of Foreign Affairs of Japan said on Tuesday that the prime minister would travel to Washington "
        "next week to meet the president and several members of Congress at the White House."
    )
    words, lines, line = sentence.split(), [], ""
    for word in words:
        if len(line) + len(word) > 60:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    doc = nlp("\n".join([*lines, line]))
    assert len(lines) >= 3
    assert len(list(doc.sents)) == 1


def test_given_bounds_stay(nlp: Language) -> None:
    words = ["He", "left", ".", "She", "stayed", "in", "Paris", "\n\n", "with", "them", "."]
    starts = [number in {0, 5, 8} for number in range(len(words))]
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=starts))
    assert [sent.start for sent in doc.sents] == [0, 5, 8]
    assert_valid(doc)


def test_given_bounds_stay_in_long_sentences(nlp: Language) -> None:
    words = ["peace", "talks"] * 600
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[number in {0, 1_000} for number in range(len(words))]))
    assert [sent.start for sent in doc.sents] == [0, 1_000]
    assert_valid(doc)


def test_best_tree_has_one_root_and_the_best_score() -> None:
    rng = np.random.default_rng(5)
    for _ in range(60):
        size = int(rng.integers(1, 5))
        scores = rng.normal(size=(size, size + 1)).astype(np.float32)
        scores[np.arange(size), np.arange(size) + 1] = -1e4
        heads = best_tree(scores)
        gains = {tuple(h): scores[np.arange(size), h].sum() for h in np.ndindex(*(size + 1,) * size) if is_tree(h)}
        assert is_tree(tuple(heads))
        assert scores[np.arange(size), heads].sum() == pytest.approx(max(gains.values()), abs=1e-4)
        batch = best_heads(np.pad(scores, ((0, 2), (0, 2)))[None], np.array([size]))
        assert is_tree(tuple(batch[0, :size]))


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(head == 0 for head in heads) != 1:
        return False
    for start in range(1, len(heads) + 1):
        node, seen = start, set()
        while node and node not in seen:
            seen.add(node)
            node = heads[node - 1]
        if node:
            return False
    return True


@pytest.mark.parametrize("gaps", [0, 1, 7_000])
def test_vectors_move_from_words_to_tokens(gaps: int) -> None:
    rng = np.random.default_rng(3)
    tokens = np.sort(rng.permutation(10_000 + gaps)[:10_000])
    table = np.zeros((10_000 + gaps, 3), dtype=np.float32)
    table[:10_000] = vectors = rng.normal(size=(10_000, 3)).astype(np.float32)
    vectors = vectors.copy()
    spread(table, tokens)
    assert np.array_equal(table[tokens], vectors)
    assert not np.delete(table, tokens, axis=0).any()


def test_long_sentences_are_cut_at_the_likeliest_start() -> None:
    scores = np.zeros(1_000, dtype=np.float32)
    scores[[300, 650]] = 5
    starts = np.zeros(1_000, dtype=bool)
    starts[0] = True
    assert np.flatnonzero(cut_long(starts, scores))[:3].tolist() == [0, 300, 650]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("Ministries", "ministry"),
        ("went", "go"),
        ("IRAQ", "Iraq"),
        ("Nations", "Nation"),
        ("n't", "not"),
        ("U.S.", "U.S."),
        ("ties", "tie"),
    ],
)
def test_lemma_rules(form: str, lemma: str) -> None:
    assert apply_rule(make_rule(form, lemma), form) == lemma
