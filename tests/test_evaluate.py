"""The evaluation: what counts as right, the figures, the report, the floors and the verb."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.verbs.evaluate import evaluate
from kg.errors import CheckFailedError, DataError, InputError
from kg.evaluate import (
    Count,
    Score,
    corpus_hash,
    failures,
    plain,
    read_floors,
    read_gold,
    read_records,
    score,
    tables,
    write_page,
)
from kg.evaluate.names import FAMILY_OF, fold, overlap, snake, stem
from kg.schema import load_schema
from tests.eval.synthetic import noisy_claims

OWN = Path(__file__).parent / "eval" / "gold"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"

TEXT = """Prime Minister Jane Doe of Freedonia met President José Roe in Paris on Monday.
Freedonia accused Sylvania of theft. Sylvania may sanction Freedonia. Doe did not visit Rome.
"We will not yield," Doe said. Freedonia opposes new tariffs.
"""


def entity(name: str, kind: str, *aliases: str, wikidata: str = "") -> dict[str, Any]:
    return {"name": name, "type": kind, "aliases": list(aliases), "wikidata": wikidata}


def claim(relation: str, subject: str, obj: str, evidence: str, **fields: Any) -> dict[str, Any]:
    return {"relation": relation, "subject": subject, "object": obj, "evidence": evidence, "required": True, **fields}


GOLD: dict[str, Any] = {
    "entities": [
        entity("Jane Doe", "Person", "Prime Minister Jane Doe", wikidata="Q111"),
        entity("José Roe", "Person"),
        entity("Government of Freedonia", "Government", "Freedonia"),
        entity("Government of Sylvania", "Government", "Sylvania"),
        entity("Rome", "City"),
        entity("new tariffs", "Topic"),
    ],
    "claims": [
        claim(
            "holds_position",
            "Jane Doe",
            "Government of Freedonia",
            "Prime Minister Jane Doe of Freedonia",
            title=["Prime Minister"],
            tenure="current",
        ),
        claim(
            "met_with",
            "Jane Doe",
            "José Roe",
            "Jane Doe of Freedonia met President José Roe",
            when={"start": "2024-06"},
        ),
        claim("spoke_with", "Jane Doe", "José Roe", "met President José Roe", required=False),
        claim("accuses", "Government of Freedonia", "Government of Sylvania", "Freedonia accused Sylvania of theft"),
        claim(
            "sanctions", "Government of Sylvania", "Government of Freedonia", "Sylvania may sanction", mood="possible"
        ),
        claim("visited", "Jane Doe", "Rome", "Doe did not visit Rome", negated=True),
        claim("says", "Jane Doe", "we will not yield", '"We will not yield," Doe said'),
        claim("opposes", "Government of Freedonia", "new tariffs", "Freedonia opposes new tariffs", topic=["tariffs"]),
    ],
}


def record(relation: str, subject: str, obj: str, words: str = "", /, **fields: Any) -> dict[str, Any]:
    return {
        "relation": relation,
        "subject": {"label": subject, "type": "Person"},
        "object": {"label": obj, "type": "Person"},
        "evidence": [{"article": "news/one.html", "text": words}],
        "confidence": 0.75,
        **fields,
    }


def write_gold(folder: Path, gold: dict[str, Any] | None = None, *, text: str = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "one.md").write_text(text, encoding="utf-8")
    (folder / "one.gold.json").write_text(json.dumps(GOLD if gold is None else gold), encoding="utf-8")
    return folder


@pytest.fixture
def gold_folder(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "gold")


def scored(folder: Path, *records: dict[str, Any]) -> Score:
    return score(read_gold(folder), records)


# ---- names


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The European Union", "european union"),
        ("José Roe", "jose roe"),
        ("Japan’s", "japan"),
        ("U.S.", "u s"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text).removeprefix("the ")) == fold(fold(text)).removeprefix("the ")
    assert "  " not in fold(text)


def test_overlap_needs_a_third_of_the_shorter() -> None:
    assert overlap("the price of oil", "oil exports and gas")
    assert not overlap("a b c d", "d e f g h i x y z w"[2:])
    assert not overlap("the of", "the of")
    assert not overlap("", "oil")


@pytest.mark.parametrize(
    "name", ["HOLDS_POSITION", "holdsPosition", "holds_position", "https://w3id.org/x#holdsPosition"]
)
def test_snake(name: str) -> None:
    assert snake(name) == "holds_position"


def test_stem() -> None:
    assert [stem(n) for n in ("a/b/one.md", "one.html", "one.htm", "one.txt", "one.json", "one", "one.v2.md")] == [
        "one", "one", "one", "one", "one", "one", "one.v2",
    ]  # fmt: skip


def test_every_relation_has_a_family() -> None:
    assert set(FAMILY_OF) == set(load_schema().relations)


# ---- what is right


def test_nothing_predicted(gold_folder: Path) -> None:
    s = scored(gold_folder)
    assert s.strict == s.loose == Count(0, 0, 0, 7)
    assert len(s.missed) == 7
    assert (s.strict.precision, s.strict.recall, s.strict.f1) == (0, 0, 0)


def test_aliases_last_names_and_accents_match(gold_folder: Path) -> None:
    s = scored(
        gold_folder,
        record("MET_WITH", "Doe", "President Jose Roe"),
        record("accuses", "freedonia", "Sylvania's"),
        record("met_with", "John Doe", "Roe"),
    )
    assert s.strict == Count(3, 3, 2, 7)


def test_symmetric_relations_match_either_way_and_others_do_not(gold_folder: Path) -> None:
    s = scored(gold_folder, record("met_with", "José Roe", "Jane Doe"), record("accuses", "Sylvania", "Freedonia"))
    assert (s.strict.right, s.strict.found) == (1, 1)
    assert (s.loose.right, s.loose.found) == (2, 3)  # loosely, accusing Freedonia is also sanctioning it
    assert [w.relation for w in s.wrong] == ["accuses"]


def test_optional_claims_are_right_and_not_missed(gold_folder: Path) -> None:
    s = scored(gold_folder, record("spoke_with", "Jane Doe", "José Roe"))
    assert s.strict == Count(1, 1, 1, 7)  # and stands for the meeting, whose words it shares
    assert "met_with" not in [m.relation for m in s.missed]


def test_a_claim_counts_in_the_article_of_its_evidence(gold_folder: Path) -> None:
    stray = record("met_with", "Jane Doe", "José Roe")
    stray["evidence"][0]["article"] = "two.md"
    unknown = record("teleports_to", "Jane Doe", "Rome")
    assert scored(gold_folder, stray, unknown).strict.predicted == 0


def test_words_match_where_the_object_is_a_phrase(gold_folder: Path) -> None:
    s = scored(
        gold_folder,
        record("opposes", "Freedonia", "", object={"literal": "tariffs on steel"}),
        record("says", "Doe", "", '"We will not yield," Doe said', object={"literal": "something else"}),
        record("says", "Doe", "", object={"literal": "rain is expected"}),
    )
    assert (s.strict.right, s.strict.predicted, s.strict.found) == (2, 3, 2)


def test_strings_are_accepted_as_arguments(gold_folder: Path) -> None:
    assert scored(gold_folder, record("met_with", "", "", subject="Jane Doe", object="Roe")).strict.right == 1


# ---- figures


def test_attributes_of_right_claims(gold_folder: Path) -> None:
    s = scored(
        gold_folder,
        record("holds_position", "Doe", "Freedonia", qualifiers={"title": "the prime minister", "tenure": "former"}),
        record("met_with", "Doe", "Roe", when={"start": "2024-06-24"}),
        record("sanctions", "Sylvania", "Freedonia", mood="actual"),
        record("visited", "Doe", "Rome", negated=True),
    )
    assert {name: (share.right, share.of) for name, share in s.attributes.items()} == {
        "title": (1, 1), "tenure": (0, 1), "mood": (3, 4), "negated": (4, 4), "when": (1, 1),
    }  # fmt: skip


def test_moods_need_the_right_mood(gold_folder: Path) -> None:
    s = scored(
        gold_folder,
        record("sanctions", "Sylvania", "Freedonia", mood="possible"),
        record("visited", "Doe", "Rome"),
        record("met_with", "Doe", "Roe"),
    )
    assert s.moods["possible"] == Count(1, 1, 1, 1)
    assert s.moods["denied"] == Count(0, 0, 0, 1)
    assert s.moods["actual"] == Count(1, 2, 1, 5)


def test_entities_found_typed_linked(gold_folder: Path) -> None:
    doe = {"label": "Jane Doe", "type": "Person", "wikidata": "http://www.wikidata.org/entity/Q111"}
    s = scored(gold_folder, record("met_with", "", "Roe", subject=doe), record("accuses", "Freedonia", "Sylvania"))
    assert (s.entities["found"].right, s.entities["found"].of) == (4, 5)
    assert (s.entities["typed"].right, s.entities["typed"].of) == (2, 4)
    assert (s.entities["linked"].right, s.entities["linked"].of) == (1, 1)


def test_calibration(gold_folder: Path) -> None:
    s = scored(
        gold_folder,
        record("met_with", "Doe", "Roe", confidence=0.9),
        record("met_with", "Doe", "Rome", confidence=0.95),
        record("met_with", "Doe", "Freedonia", confidence=0.1),
        record("accuses", "Freedonia", "Sylvania", confidence=1.0),
    )
    assert [(b.low, b.n, b.right) for b in s.calibration] == [(0.1, 1, 0), (0.9, 3, 2)]
    assert s.calibration_error == pytest.approx(0.25 * 0.1 + 0.75 * (0.95 - 2 / 3))


def test_confusion_names_what_was_meant(gold_folder: Path) -> None:
    s = scored(gold_folder, record("threatens", "Freedonia", "Sylvania"), record("supports", "Doe", "Rome"))
    assert s.confusion == {("accuses", "threatens"): 1, ("sanctions", "threatens"): 1, ("visited", "supports"): 1}


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_consistent(seed: int) -> None:
    golds, records = read_gold(OWN), noisy_claims(OWN, seed)
    s = score(golds, records)
    assert sum(s.articles.values(), Count()) == sum(s.relations.values(), Count()) == s.strict
    assert s.strict.right <= s.loose.right <= s.strict.predicted == s.loose.predicted
    assert s.strict.found <= s.loose.found
    assert sum(b.n for b in s.calibration) == s.strict.predicted
    assert len(s.missed) == s.strict.required - s.strict.found
    assert len(s.wrong) == s.strict.predicted - s.strict.right
    assert s.strict.right > 20
    assert score(golds, list(reversed(records))).relations == s.relations


# ---- equality


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(2))
def test_figures_equal_those_of_the_reference_scorer(seed: int, tmp_path: Path) -> None:
    if not (SHARED / "score.py").is_file():
        pytest.skip("the reference scorer is not here")
    folder, claims, out = SHARED / "dev", tmp_path / "claims.jsonl", tmp_path / "figures.json"
    claims.write_text("".join(json.dumps(r) + "\n" for r in noisy_claims(folder, seed)), encoding="utf-8")
    subprocess.run(
        [sys.executable, SHARED / "score.py", folder, claims, "--json", out], check=True, capture_output=True
    )
    wanted = json.loads(out.read_text(encoding="utf-8"))
    with claims.open(encoding="utf-8") as lines:
        got = plain(score(read_gold(folder), read_records(lines, name="claims")))
    for match in ("strict", "loose"):
        assert {name: got[match][name] for name in wanted[match]} == pytest.approx(wanted[match], abs=1e-12)
    assert set(got["relations"]) == set(wanted["relations"])
    for name, figures in wanted["relations"].items():
        assert {key: got["relations"][name][key] for key in figures} == pytest.approx(figures, abs=1e-12)
    assert {name: s["share"] for name, s in got["attributes"].items()} == pytest.approx(wanted["attributes"], abs=1e-12)
    entities = wanted["entities"]
    assert {n: s["share"] for n, s in got["entities"].items()} == pytest.approx(
        {n: entities[n] for n in got["entities"]}
    )
    assert (got["entities"]["found"]["of"], got["entities"]["linked"]["of"]) == (entities["n"], entities["with_qid"])


# ---- reading


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"relation": "teleports_to"}, "no such relation"),
        ({"mood": "wild"}, "no such mood"),
        ({"subject": "Nobody"}, "subject 'Nobody'"),
        ({"object": "Nobody"}, "object 'Nobody'"),
        ({"attributed_to": "Nobody"}, "source 'Nobody'"),
        ({"evidence": "not there"}, "evidence is not in the text"),
    ],
)
def test_faulty_gold_is_refused(change: dict[str, str], message: str, tmp_path: Path) -> None:
    gold = {**GOLD, "claims": [{**GOLD["claims"][1], **change}]}
    with pytest.raises(InputError, match=message):
        read_gold(write_gold(tmp_path / "gold", gold))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"entities": 3, "claims": []}', '{"entities": [], "claims": [7]}'])
def test_gold_of_another_form_is_refused(content: str, gold_folder: Path) -> None:
    (gold_folder / "one.gold.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"one\.gold\.json"):
        read_gold(gold_folder)


def test_gold_without_text_or_without_anything_is_refused(gold_folder: Path, tmp_path: Path) -> None:
    (gold_folder / "one.md").unlink()
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(gold_folder)
    with pytest.raises(InputError, match="no annotated article"):
        read_gold(tmp_path)


@pytest.mark.parametrize("line", ["{", "3", '{"relation": "says"}'])
def test_lines_that_are_no_claims_are_refused(line: str) -> None:
    with pytest.raises(InputError, match="x:2"):
        list(read_records(["\n", line], name="x"))


@pytest.mark.parametrize("change", [{"subject": None}, {"confidence": "high"}, {"evidence": [3]}, {"when": "today"}])
def test_records_with_impossible_values_are_refused(change: dict[str, Any], gold_folder: Path) -> None:
    with pytest.raises(InputError, match="no claim record"):
        scored(gold_folder, record("met_with", "Doe", "Roe", **change))


# ---- report


def test_tables_and_plain_data_tell_the_same(gold_folder: Path) -> None:
    s = scored(gold_folder, record("met_with", "Doe", "Roe"), record("threatens", "Freedonia", "Sylvania", rule="r@1"))
    listed = {title: rows for title, _, rows in tables(s, missed=2, wrong=5)}
    assert listed["Overall"][0] == ("strict", "0.500", "0.143", "0.222", "1", "2", "1", "7")
    assert len(listed["Missed"]) == 2
    assert listed["Wrong"] == [("one", "threatens", "Freedonia", "Sylvania", "", "r@1")]
    assert all(len(row) == len(headings) for _, headings, rows in tables(s, missed=9, wrong=9) for row in rows)
    data = json.loads(json.dumps(plain(s)))
    assert data["strict"]["precision"] == 0.5
    assert data["relations"]["met_with"]["found"] == 1


def test_page_escapes_everything(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> & \"'"
    gold = {"entities": [entity(evil, "Person"), entity("B", "City")], "claims": [claim("visited", evil, "B", evil)]}
    folder = write_gold(tmp_path / "gold", gold, text=f"Before {evil} after")
    records = [record("visited", evil, "B", evil, rule=evil), record("accuses", evil, evil, "after", mood=evil)]
    page = write_page(read_gold(folder), records, scored(folder, *records))
    assert "<script" not in page
    assert "alert(1)" in page
    assert page.count("<mark class='ok'>") == 2
    assert "<mark class='bad'>after</mark>" in page


def test_page_keeps_the_text_whole(gold_folder: Path) -> None:
    records = [
        record("met_with", "Doe", "Roe", "Jane Doe of Freedonia met"),
        record("says", "Doe", "x", "Freedonia met President"),
    ]
    page = write_page(read_gold(gold_folder), records, scored(gold_folder, *records))
    plain_text = page.replace("<mark class='ok'>", "").replace("<mark class='bad'>", "").replace("</mark>", "")
    assert plain_text.count("Prime Minister Jane Doe of Freedonia met President José Roe in Paris on Monday.") == 2


# ---- floors


def floors_file(folder: Path, content: str) -> Path:
    path = folder / "floors.toml"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("corpus = 'x'\n[relations.teleports_to]\nf1 = 0.5", "unknown relation 'teleports_to'"),
        ("corpus = 'x'\n[strict]\naccuracy = 0.5", "unknown figure 'accuracy'"),
        ("corpus = 'x'\n[strict]\nf1 = 1.5", "floor of f1"),
        ("corpus = 'x'\n[strict]\nf1 = true", "floor of f1"),
        ("corpus = 'x'\nstrict = 3", "strict is no table"),
        ("corpus = 'x'\n[attributes]\nmod = 0.5", "unknown figure 'mod'"),
        ("corpus = 'x'\nspeed = 3", "unknown key 'speed'"),
        ("[strict]\nf1 = 0.5", "`corpus` is missing"),
        ("corpus = ", "cannot be read"),
    ],
)
def test_wrong_floors_are_refused(content: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=message):
        read_floors(floors_file(tmp_path, content))


def test_figures_below_their_floor_are_named(gold_folder: Path, tmp_path: Path) -> None:
    s = scored(gold_folder, record("met_with", "Doe", "Roe"))
    text = "corpus = 'abc'\n[strict]\nprecision = 1.0\nrecall = 0.2\n"
    text += "[relations.says]\nf1 = 0.5\n[relations.met_with]\nf1 = 1.0\n"
    text += "[attributes]\nmood = 1.0\ntitle = 0.1\n[entities]\nfound = 0.4\n"
    assert failures(s, read_floors(floors_file(tmp_path, text)), corpus="abc") == [
        "strict recall is 0.143, below its floor of 0.200",
        "says f1 is 0.000, below its floor of 0.500",
        "attribute title is 0.000, below its floor of 0.100",
    ]


def test_a_changed_corpus_fails(gold_folder: Path, tmp_path: Path) -> None:
    before = corpus_hash(gold_folder)
    floors = read_floors(floors_file(tmp_path, f"corpus = '{before}'"))
    assert failures(scored(gold_folder), floors, corpus=before) == []
    (gold_folder / "one.md").write_text(TEXT + "More.", encoding="utf-8")
    assert corpus_hash(gold_folder) != before
    assert len(failures(scored(gold_folder), floors, corpus=corpus_hash(gold_folder))) == 1


# ---- verb


def run(*words: object) -> Any:
    return CliRunner().invoke(evaluate, [str(word) for word in words])


@pytest.fixture
def claims_file(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    records = [record("met_with", "Doe", "Roe"), record("accuses", "Doe", "Rome", "wrong words")]
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_verb_writes_tables(gold_folder: Path, claims_file: Path) -> None:
    result = run(gold_folder, claims_file, "--wrong", 3)
    assert result.exit_code == 0, result.output
    assert "Overall" in result.output
    assert "wrong words" in result.output


def test_verb_writes_json_and_page(gold_folder: Path, claims_file: Path, tmp_path: Path) -> None:
    page, out = tmp_path / "page.html", tmp_path / "figures.json"
    assert run(gold_folder, claims_file, "--format", "json", "-o", out, "--html", page).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["strict"]["predicted"] == 2
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_verb_fails_below_the_floors(gold_folder: Path, claims_file: Path, tmp_path: Path) -> None:
    good = floors_file(tmp_path, f"corpus = '{corpus_hash(gold_folder)}'\n[strict]\nprecision = 0.5")
    assert run(gold_folder, claims_file, "--floors", good).exit_code == 0
    bad = floors_file(tmp_path, f"corpus = '{corpus_hash(gold_folder)}'\n[strict]\nprecision = 0.6")
    assert isinstance(run(gold_folder, claims_file, "--floors", bad).exception, CheckFailedError)


def test_verb_reads_a_graph(toy_graph: Path, tmp_path: Path) -> None:
    text = "Fred Fleitz met Takeo Akiba in Tokyo. Bill Hagerty did not meet Takeo Akiba."
    people = [entity(name, "Person") for name in ("Fred Fleitz", "Takeo Akiba", "Bill Hagerty")]
    claims = [
        claim("met_with", "Fred Fleitz", "Takeo Akiba", "Fred Fleitz met Takeo Akiba"),
        claim("met_with", "Bill Hagerty", "Takeo Akiba", "Bill Hagerty did not meet Takeo Akiba", negated=True),
    ]
    folder = write_gold(tmp_path / "gold", {"entities": people, "claims": claims}, text=text)
    result = run(folder, toy_graph, "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["strict"]["f1"] == 1.0


def test_verb_says_what_it_cannot_read(gold_folder: Path, tmp_path: Path) -> None:
    assert isinstance(run(gold_folder, tmp_path / "none.jsonl").exception, InputError)
    assert isinstance(run(tmp_path, gold_folder / "one.md").exception, InputError)
