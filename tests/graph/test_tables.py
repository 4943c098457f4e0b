import csv
import io
import json
from dataclasses import replace

import pytest

from kg.graph.tables import COLUMNS, claim_records, write_csv, write_jsonl
from kg.model import Graph, Literal
from kg.schema import Schema
from tests.graph.corpus import BLINKEN, ENTITIES, NSC

KEYS = [
    "id", "relation", "subject", "object", "qualifiers", "negated", "mood", "when", "attributed_to", "cue", "polarity",
    "plover", "rule", "confidence", "proposition", "independent_sources", "evidence",
]  # fmt: skip


def jsonl(graph: Graph, schema: Schema) -> list[str]:
    out = io.BytesIO()
    assert write_jsonl(graph, schema, out) == len(graph.claims)
    assert out.getvalue().endswith(b"\n")
    return out.getvalue().decode("utf-8").splitlines()


def rows(graph: Graph, schema: Schema) -> list[dict[str, str]]:
    out = io.BytesIO()
    assert write_csv(graph, schema, out) == len(graph.claims)
    assert not out.closed
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))


def test_every_record_has_all_keys_and_is_in_order(graph: Graph, hostile: Graph, schema: Schema) -> None:
    for each in (graph, hostile):
        records = list(claim_records(each, schema))
        assert [list(r) for r in records] == [KEYS] * len(each.claims)
        assert [r["id"] for r in records] == sorted(c.id for c in each.claims)
        for record in records:
            assert list(record["qualifiers"]) == ["title", "tenure", "topic", "place", "addressee"]
            assert list(record["when"]) == ["start", "end", "text"]
            assert list(record["subject"]) == ["id", "label", "type", "mention", "aliases", "wikidata"]
            assert record["evidence"]
            assert all(list(e) == ["article", "sentence", "start", "end", "text"] for e in record["evidence"])


def test_a_record_in_full(graph: Graph, schema: Schema) -> None:
    record = next(r for r in claim_records(graph, schema) if r["object"].get("label") == NSC)
    fleitz, council = ENTITIES["Fred Fleitz"], ENTITIES[NSC]
    assert record | {"id": "", "proposition": ""} == {
        "id": "", "relation": "holds_position",
        "subject": {"id": fleitz.id, "label": "Fred Fleitz", "type": "Person", "mention": "Fred Fleitz",
                    "aliases": ["Fleitz"], "wikidata": ""},
        "object": {"id": council.id, "label": NSC, "type": "PublicBody", "mention": NSC, "aliases": ["NSC"],
                   "wikidata": "Q1364128"},
        "qualifiers": {"title": "chief of staff", "tenure": "former", "topic": "", "place": "", "addressee": ""},
        "negated": False, "mood": "actual", "when": {"start": "", "end": "", "text": ""},
        "attributed_to": None, "cue": "",
        "polarity": 0.0, "plover": "", "rule": "test.hand@1", "confidence": 0.93, "proposition": "",
        "independent_sources": 1,
        "evidence": [{"article": "fleitz.md", "sentence": 0, "start": 0, "end": 70,
                      "text": "Fred Fleitz, a former chief of staff in the National Security Council"}],
    } | {"evidence": record["evidence"]}  # fmt: skip
    (evidence,) = record["evidence"]
    text = next(a.text for a in graph.articles if a.key == "fleitz.md")
    assert text[evidence["start"] : evidence["end"]] == evidence["text"] != ""


def test_denied_claims_show_their_speaker_and_the_sign_of_a_stance(graph: Graph, schema: Schema) -> None:
    (record,) = [r for r in claim_records(graph, schema) if r["negated"] and r["relation"] == "supports"]
    assert record["object"] == {"literal": "independence for Taiwan"}
    assert record["attributed_to"]["label"] == BLINKEN
    assert record["cue"] == "said"
    assert record["polarity"] == -0.8
    assert record["independent_sources"] == 0


def test_independent_sources_are_those_of_the_proposition(graph: Graph, schema: Schema) -> None:
    assert {r["independent_sources"] for r in claim_records(graph, schema) if r["relation"] == "met_with"} == {1, 3}


def test_lines_are_json_whatever_the_article_holds(graph: Graph, hostile: Graph, schema: Schema) -> None:
    for each in (graph, hostile):
        lines = jsonl(each, schema)
        assert len(lines) == len(each.claims)
        assert [json.loads(line)["id"] for line in lines] == [c.id for c in each.claims]


def test_json_keeps_every_character_but_lone_surrogates(hostile: Graph, schema: Schema) -> None:
    said = {json.loads(line)["object"].get("literal") for line in jsonl(hostile, schema)} - {None}
    meant = {c.object.text for c in hostile.claims if isinstance(c.object, Literal)}
    assert said == {t.replace("\ud83d", "\ufffd") for t in meant}


def test_the_spreadsheet_has_a_row_for_each_claim(graph: Graph, schema: Schema) -> None:
    found = rows(graph, schema)
    assert len(found) == len(graph.claims)
    assert all(tuple(r) == COLUMNS for r in found)
    row = next(r for r in found if r["object"] == NSC)
    assert (row["subject"], row["title"], row["tenure"], row["negated"]) == (
        "Fred Fleitz",
        "chief of staff",
        "former",
        "false",
    )
    assert (row["article"], row["article_date"], row["source"]) == ("fleitz.md", "2024-06-25", "Potomac Review")
    assert next(r for r in found if r["polarity"] == "-0.8")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_text_is_a_formula(hostile: Graph, schema: Schema, start: str) -> None:
    first = hostile.claims[0]
    claim = replace(first, qualifiers=replace(first.qualifiers, title=start + "cmd|'/c calc'!A0"))
    graph = replace(
        hostile, claims=(claim, *hostile.claims[1:]), proposition_of={**hostile.proposition_of, claim.id: "p:1"}
    )
    found = rows(graph, schema)
    assert sum(r["title"] == f"'{start}cmd|'/c calc'!A0" for r in found) == 1
    numbers = {"polarity", "confidence"}
    assert not [
        c for r in found for k, c in r.items() if k not in numbers and c.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]
    assert not any("\0" in c for r in found for c in r.values())
