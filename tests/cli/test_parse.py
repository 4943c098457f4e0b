"""`kg parse` and `kg pipelines`: what the language pipeline sees. Rule pipelines stand in for trained ones."""

import json

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import InputError, PipelineError
from kg.nlp.conllu import parse_conllu, parse_text
from kg.nlp.pipeline import (
    PipelineInfo,
    check_pipeline,
    list_pipelines,
    load_pipeline,
    shipped_folder,
    words_per_second,
)


@Language.component("test_chain", assigns=["token.dep", "token.head", "doc.sents"])
def chain(doc):
    """Every word hangs on the one before it; sentences end with a full stop, unless their bounds are given."""
    given = doc.has_annotation("SENT_START")
    starts = [t.i == 0 or bool(t.is_sent_start if given else doc[t.i - 1].text == ".") for t in doc]
    for token in doc:
        if not given:
            token.is_sent_start = starts[token.i]
    for token in doc:
        token.head = token if starts[token.i] else doc[token.i - 1]
        token.dep_ = "ROOT" if starts[token.i] else "dep"
    return doc


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("test_chain")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Takeo Akiba"}])
    return pipeline


def words(block):
    return [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]


def test_text_becomes_conllu_with_names_and_sentence_bounds(nlp):
    blocks = list(parse_text(nlp, "Takeo Akiba, it is said,\n\n left.  He did."))
    assert [block.splitlines()[:2] for block in blocks] == [
        ["# sent_id = 1", "# text = Takeo Akiba, it is said, left."],
        ["# sent_id = 2", "# text = He did."],
    ]
    first = words(blocks[0])
    assert all(len(row) == 10 for row in first)
    assert [row[0] for row in first] == [str(n) for n in range(1, 10)]
    assert [row[9] for row in first[:4]] == ["NER=B-PERSON", "NER=I-PERSON|SpaceAfter=No", "_", "_"]
    assert [row[1] for row in first][6:] == [",", "left", "."]
    assert first[6][9] == "_"  # two line ends follow, not nothing
    assert [row[6] for row in first] == [str(n) for n in range(9)]
    assert first[0][7] == "root"


def test_blank_text_has_no_sentence(nlp):
    assert list(parse_text(nlp, "")) == []
    assert list(parse_text(nlp, " \n\n ")) == []


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_long_text_is_cut_and_put_together(nlp, monkeypatch, gap):
    text = gap.join(["He met them in Seoul. " * 3] * 20)
    whole = [words(block) for block in parse_text(nlp, text)]
    monkeypatch.setattr("kg.nlp.conllu.BLOCK", 200)
    forms = [row[1] for block in parse_text(nlp, text) for row in words(block)]
    assert "".join(forms) == "".join(text.split())
    if gap != " ":
        assert [words(block) for block in parse_text(nlp, text)] == whole


@given(st.text(alphabet="ab.,' \n\t\u00a0é", max_size=60))
def test_no_word_is_lost_and_every_sentence_is_a_tree(nlp, text):
    rows = [words(block) for block in parse_text(nlp, text)]
    assert "".join(row[1] for sentence in rows for row in sentence) == "".join(text.split())
    for sentence in rows:
        heads = [int(row[6]) for row in sentence]
        assert heads.count(0) == 1
        assert all(0 <= head <= len(sentence) and head != n for n, head in enumerate(heads, 1))


CONLLU = """\
# newdoc id = d1
# sent_id = s-1
# text = Don't go. Akiba
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t0:root\t_
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_
5\tAkiba\tAkiba\tPROPN\tNNP\t_\t3\tdep\t_\t_

# sent_id = s-2
1\tTakeo\t_\t_\t_\t_\t_\t_\t_\t_
2\tAkiba\t_\t_\t_\t_\t_\t_\t_\t_
"""


def test_pretokenized_input_keeps_tokens_bounds_comments_and_multiword_tokens(nlp):
    first, second = parse_conllu(nlp, CONLLU.splitlines(keepends=True))
    assert first.startswith("# newdoc id = d1\n# sent_id = s-1\n# text = Don't go. Akiba\n1-2\tDon't\t")
    assert [row[:2] for row in words(first)] == [
        ["1-2", "Don't"], ["1", "Do"], ["2", "n't"], ["3", "go"], ["4", "."], ["5", "Akiba"],
    ]  # fmt: skip
    assert [row[9] for row in words(first)] == ["_", "_", "_", "SpaceAfter=No", "_", "_"]
    assert first.count("\troot\t") == 1
    assert second.splitlines()[0] == "# sent_id = s-2"
    assert [row[9] for row in words(second)] == ["NER=B-PERSON", "NER=I-PERSON"]


def test_a_pipeline_that_cuts_a_given_sentence_still_gives_one_tree():
    pipeline = spacy.blank("en")

    @Language.component("test_two_roots")
    def two_roots(doc: Doc) -> Doc:
        for token in doc:
            token.head, token.dep_ = token, "ROOT"
        return doc

    pipeline.add_pipe("test_two_roots")
    (block,) = parse_conllu(pipeline, ["1\ta" + "\t_" * 8, "2\tb" + "\t_" * 8])
    assert [row[6:8] for row in words(block)] == [["0", "root"], ["1", "parataxis"]]


@pytest.mark.parametrize("line", ["plain text", "1\ta\tb", "x" + "\t_" * 9, "2\ta" + "\t_" * 8, "1-\ta" + "\t_" * 8])
def test_what_is_not_conllu_is_an_error_with_its_line(nlp, line):
    with pytest.raises(InputError, match="line 3"):
        list(parse_conllu(nlp, ["# a comment", "", line]))


def test_the_verb_reads_files_and_stdin(kg, nlp, monkeypatch, tmp_path):
    monkeypatch.setattr("kg.nlp.pipeline.load_pipeline", lambda name: nlp)
    text = "Takeo Akiba left.\r\nÉ."
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())
    out = kg("parse", file).stdout
    assert out.count("# sent_id") == 2
    assert kg("parse", input=text.encode()).stdout == out
    assert kg("parse", "-", input=text.encode()).stdout == out
    again = kg("parse", "--pretokenized", input=out).stdout
    assert again == out
    file.write_bytes(b"caf\xe9")
    assert "is not UTF-8" in kg("parse", file, code=3).stderr
    assert "cannot be read" in kg("parse", tmp_path / "none", code=3).stderr


def test_the_verb_passes_the_name_of_the_pipeline(kg, nlp, monkeypatch):
    names = []
    monkeypatch.setattr("kg.nlp.pipeline.load_pipeline", lambda name: names.append(name) or nlp)
    kg("parse", "--pipeline", "en_core_web_sm", input="x")
    kg("parse", input="x", env={"KG_PIPELINE": "en_other"})
    assert names == ["en_core_web_sm", "en_other"]


@pytest.mark.parametrize(
    ("lang", "pipes", "missing"),
    [
        ("de", ["parser", "ner", "tagger", "lemmatizer"], "reads language 'de'"),
        ("en", ["ner", "tagger", "lemmatizer"], r"lacks a parser \(it has: ner, tagger, lemmatizer\)"),
        ("en", ["parser", "tagger", "lemmatizer"], r"lacks a component that finds names \("),
        ("en", ["parser", "ner", "lemmatizer"], r"lacks a tagger \("),
        ("en", ["parser", "ner", "morphologizer"], r"lacks a lemmatizer \("),
        ("en", [], "lacks a parser, a component that finds names, a tagger and a lemmatizer"),
    ],
)
def test_a_pipeline_that_cannot_read_says_what_it_lacks(lang, pipes, missing):
    pipeline = spacy.blank(lang)
    for pipe in pipes:
        pipeline.add_pipe(pipe)
    with pytest.raises(PipelineError, match=missing) as caught:
        check_pipeline(pipeline, "x")
    assert caught.value.hint


def test_a_pipeline_with_all_that_reading_needs_will_do(tmp_path):
    pipeline = full_pipeline()
    pipeline.to_disk(tmp_path / "p")
    assert load_pipeline(str(tmp_path / "p")).pipe_names == ["tagger", "parser", "lemmatizer", "ner"]


def full_pipeline():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("tagger").add_label("NN")
    pipeline.add_pipe("parser").add_label("dep")
    pipeline.add_pipe("trainable_lemmatizer", name="lemmatizer", config={"min_tree_freq": 1})
    pipeline.add_pipe("ner").add_label("PERSON")
    doc = spacy.tokens.Doc(pipeline.vocab, words=["Talks"], tags=["NN"], lemmas=["talk"], heads=[0], deps=["dep"])
    pipeline.initialize(lambda: [spacy.training.Example(doc, doc)])
    return pipeline


@pytest.mark.parametrize(
    ("lang", "left_out", "said"),
    [
        ("en", "ner", "lacks a component that finds names"),
        ("en", "parser", "lacks a parser"),
        ("de", "", "reads language 'de', but kg reads English"),
    ],
)
def test_a_build_with_a_pipeline_that_cannot_read_is_refused(kg, tmp_path, lang, left_out, said):
    pipeline = full_pipeline()
    if left_out:
        pipeline.remove_pipe(left_out)
    pipeline.to_disk(tmp_path / "p")
    config = tmp_path / "p" / "config.cfg"
    config.write_text(config.read_text(encoding="utf-8").replace('lang = "en"', f'lang = "{lang}"'), encoding="utf-8")
    (tmp_path / "a.txt").write_text("The minister met the envoy in Rabat on Monday, and they spoke.", encoding="utf-8")
    result = kg("build", tmp_path / "a.txt", "--out", tmp_path / "g", "--pipeline", tmp_path / "p", code=5)
    assert said in result.stderr
    assert "en_core_web_sm" in result.stderr or "`kg pipelines`" in result.stderr
    assert not list((tmp_path / "g").glob("dump*"))
    assert not result.stdout


def test_a_pipeline_that_is_not_installed(kg):
    assert "`kg pipelines` lists" in kg("parse", "--pipeline", "en_none", input="x", code=5).stderr


def test_a_damaged_pipeline(tmp_path):
    (tmp_path / "meta.json").write_text('{"lang": "en"}', encoding="utf-8")
    (tmp_path / "config.cfg").write_text('[nlp]\nlang = "en"\npipeline = ["nothing"]\n[components]\n', encoding="utf-8")
    with pytest.raises(PipelineError, match=r"does not load|can be loaded"):
        load_pipeline(str(tmp_path))


def test_pipelines_are_listed(kg, monkeypatch, tmp_path):
    info = PipelineInfo("en_x", "1.2", "en", {"ner": ("LOC", "PERSON")}, 12_345_678, tmp_path)
    monkeypatch.setattr("kg.nlp.pipeline.list_pipelines", lambda: (info,))
    table = kg("pipelines").stdout.splitlines()
    assert table[2].split() == ["en_x", "1.2", "en", "12.3", "MB", "ner"]
    assert kg("pipelines", "--labels").stdout.splitlines()[2].split() == ["en_x", "ner", "LOC", "PERSON"]
    assert json.loads(kg("pipelines", "--format", "json").stdout)[0]["labels"] == {"ner": ["LOC", "PERSON"]}


def test_speed_is_measured_only_when_asked_for(kg, nlp, monkeypatch, tmp_path):
    infos = tuple(PipelineInfo(name, "1", "en", {}, 1, tmp_path) for name in ("en_x", "en_poor"))
    monkeypatch.setattr("kg.nlp.pipeline.list_pipelines", lambda: infos)
    loaded = []

    def load(name):
        loaded.append(name)
        if name == "en_poor":
            raise PipelineError("it lacks a parser")
        return nlp

    monkeypatch.setattr("kg.nlp.pipeline.load_pipeline", load)
    kg("pipelines")
    assert not loaded
    monkeypatch.setattr("kg.nlp.pipeline.words_per_second", lambda nlp: 6543.2)
    rows = kg("pipelines", "--speed").stdout.splitlines()
    assert rows[0].split()[:5] == ["pipeline", "version", "lang", "size", "words/s"]
    assert rows[2].split() == ["en_x", "1", "en", "0.0", "MB", "6543"]
    assert rows[3].endswith("refused: it lacks a parser")
    views = json.loads(kg("pipelines", "--speed", "-f", "json").stdout)
    assert [(v.get("words_per_second"), v.get("refused")) for v in views] == [(6543, None), (None, "it lacks a parser")]


def test_speed_is_words_of_all_passes_by_the_time_that_they_took(monkeypatch):
    ticks = iter([100.0, 100.4, 100.8, 101.25])
    monkeypatch.setattr("kg.nlp.pipeline.perf_counter", lambda: next(ticks))
    texts = []
    assert words_per_second(texts.append, seconds=1.0) == pytest.approx(3 * len(texts[0].split()) / 1.25)
    assert len(texts) == 4  # the first is not counted


def test_the_shipped_pipeline_is_listed_first_if_it_is_there(monkeypatch, tmp_path):
    monkeypatch.setattr("kg.nlp.pipeline.shipped_folder", lambda: tmp_path)
    with pytest.raises(PipelineError, match="is not in this installation"):
        load_pipeline()
    assert "kg" not in [p.name for p in list_pipelines()]
    (tmp_path / "meta.json").write_text(
        '{"lang": "en", "version": "3", "labels": {"ner": ["B", "A"]}}', encoding="utf-8"
    )
    file = tmp_path / "meta.json"
    first = list_pipelines()[0]
    assert (first.name, first.version, first.labels, first.size) == (
        "kg",
        "3",
        {"ner": ("A", "B")},
        file.stat().st_size,
    )
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(PipelineError, match="meta data"):
        list_pipelines()


def test_the_shipped_pipeline_loads():
    assert (shipped_folder() / "meta.json").is_file(), "the pipeline is part of the package"
    assert load_pipeline().lang == "en"
