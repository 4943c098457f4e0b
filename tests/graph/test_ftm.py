"""FollowTheMoney's own model takes every entity; what each proposition becomes."""

import io
import json
from collections import Counter
from pathlib import Path

import pytest

from kg.graph.ftm import ftm_entities, write_ftm
from kg.model import Article, Entity, Graph, Literal, Tenure, When
from tests.graph.corpus import ENTITIES, JAPAN, KISHIDA, US, YOON, Page, Said, world


def by_schema(graph, schema):
    found = {}
    for entity in ftm_entities(graph, schema):
        found.setdefault(entity["schema"], []).append(entity["properties"])
    return found


def page(key, text, *said, **fields):
    return Page(Article(key, text, source="The Courier", date="2024-05-01", **fields), said)


@pytest.fixture(params=["graph", "hostile"])
def any_graph(request):
    return request.getfixturevalue(request.param)


def test_followthemoney_takes_every_entity_as_it_is(any_graph, schema):
    reason = "followthemoney is not installed; it is optional, and its pyicu is compiled at installation"
    model = pytest.importorskip("followthemoney", reason=reason, exc_type=ImportError).model
    entities = {e["id"]: e for e in ftm_entities(any_graph, schema)}
    assert len(entities) > 30
    for entity in entities.values():
        schema = model.get(entity["schema"])
        schema.validate(entity)
        assert all(entity["properties"].get(name) for name in schema.required), entity
        cleaned = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        assert {k: sorted(v) for k, v in cleaned.items()} == {k: sorted(v) for k, v in entity["properties"].items()}
        for name, values in entity["properties"].items():
            prop = schema.properties[name]
            assert max(map(len, values)) <= prop.max_length
            if prop.type.name == "entity":
                assert all(model.get(entities[value]["schema"]).is_a(prop.range) for value in values), entity


def test_ids_are_unique_and_all_references_lead_somewhere(any_graph, schema):
    entities = list(ftm_entities(any_graph, schema))
    ids = Counter(e["id"] for e in entities)
    assert max(ids.values()) == 1
    names = ("proof", "holder", "post", "organization", "subject", "object", "entity", "document", "resolved",
             "organizer", "involved", "employee", "employer", "participant", "project", "member")  # fmt: skip
    used = [v for e in entities for name in names for v in e["properties"].get(name, ())]
    assert len(used) > 30
    assert [value for value in used if value not in ids] == []


def test_an_office_is_a_position_and_its_occupancy(graph, schema):
    found = by_schema(graph, schema)
    chief = next(p for p in found["Position"] if p["name"][0].startswith("chief of staff"))
    assert chief["name"] == ["chief of staff, United States National Security Council"]
    assert chief["organization"] == ["Q1364128"]
    held = next(p for p in found["Occupancy"] if "Fred Fleitz" in p["summary"][0])
    assert held["status"] == ["ended"]
    assert held["description"] == ["Fred Fleitz, a former chief of staff in the National Security Council"]
    assert held["publisher"] == ["Potomac Review"]
    (held,) = (p for p in found["Occupancy"] if p["holder"] == ["Q1075718"])
    assert len(held["proof"]) == 2
    assert held["status"] == ["ended"], "the later article has the last word"
    assert [p["employer"] for p in found["Employment"]] == [["Q1043863"], ["Q107387545"]]


def test_two_holders_of_one_office_share_the_position(schema):
    text = "Fumio Kishida is prime minister of Japan. Yoon Suk Yeol was Prime Minister of Japan."
    said = (
        Said(KISHIDA, "holds_position", JAPAN, "Fumio Kishida is prime minister of Japan", title="prime minister",
             tenure=Tenure.CURRENT, when=When("2021-10", "", "since October 2021")),
        Said(YOON, "holds_position", JAPAN, "Yoon Suk Yeol was Prime Minister of Japan", title="Prime Minister",
             tenure=Tenure.FORMER, when=When("2019", "2020", "from 2019 to 2020")),
    )  # fmt: skip
    found = by_schema(world(pages=[page("a.md", text, *said)]), schema)
    assert [p["name"] for p in found["Position"]] == [["Prime Minister, Government of Japan"]]
    held = {p["status"][0]: p for p in found["Occupancy"]}
    assert (held["current"]["startDate"], held["current"].get("endDate")) == (["2021-10"], None)
    assert (held["ended"]["startDate"], held["ended"]["endDate"]) == (["2019"], ["2020"])


def test_an_event_is_kept_whole(graph, schema):
    found = by_schema(graph, schema)
    assert not {"hosted", "participated in"} & {p["role"][0] for p in found["UnknownLink"]}
    summit = next(p for p in found["Event"] if p["name"] == ["G7 summit in Hiroshima"])
    assert sorted(summit["involved"]) == ["Q1075718", "Q24838774"]
    assert summit["organizer"] == ["Q1075718"]
    assert summit["location"] == ["Hiroshima"]
    assert summit["date"] == ["2023-05"]


def test_what_is_denied_or_planned_is_not_told(graph, schema):
    found = by_schema(graph, schema)
    words = json.dumps(found)
    assert "has not sanctioned Volga Shipping, Olga Marin said" in words, "it is said"
    assert "Japan is party to no New START" not in words
    assert "will meet at Camp David" not in words
    sanctions = [p for p in found["UnknownLink"] if p["role"] == ["sanctions"]]
    assert [(p["status"], p["date"]) for p in sanctions] == [(["contested"], ["2024-03-04"])]


def test_words_and_topics_become_notes(graph, schema):
    notes = {p["description"][0]: p for p in by_schema(graph, schema)["Note"]}
    said = notes["Olga Marin says: the pact could lapse"]
    assert said["entity"] == ["e-4ae42f20147e86fa63fb"]
    assert notes["Fred Fleitz opposes: aid without talks (Ukraine)"]["keywords"] == ["opposes", "Ukraine"]
    assert notes["Government of Japan is concerned about Taiwan Strait"]["entity"] == ["Q1049255"]


def test_memberships_and_agreements(schema):
    text = "Japan is a member of NATO. Japan is party to New START."
    said = (
        Said(JAPAN, "member_of", "NATO", "Japan is a member of NATO"),
        Said(JAPAN, "party_to", "New START", "Japan is party to New START"),
    )
    found = by_schema(world(pages=[page("a.md", text, *said)]), schema)
    assert [(p["member"], p["organization"]) for p in found["Membership"]] == [(["Q1049255"], ["Q7184"])]
    assert [(p["participant"], p["project"]) for p in found["ProjectParticipant"]] == [(["Q1049255"], ["Q382258"])]
    assert found["Project"][0]["keywords"] == ["agreement"]
    nato = next(p for p in found["Organization"] if p["name"] == ["NATO"])
    assert (nato["topics"], nato["wikidataId"]) == (["gov.igo"], ["Q7184"])


def test_mentions_tell_names_and_no_pronouns(graph, schema):
    found = by_schema(graph, schema)["Mention"]
    assert {"document", "resolved", "name", "detectedSchema"} == set(found[0])
    assert ["Fumio Kishida"] in [p["name"] for p in found]
    assert "Address" not in {p["detectedSchema"][0] for p in found}


def test_only_web_addresses_and_dates_pass(schema):
    article = Article("a b/ß:#.md", "Nothing.", url="javascript:alert(1)", date="2024-02-31", title="\u202eT\0\n")
    (entity,) = ftm_entities(Graph(articles=(article,)), schema)
    assert entity["properties"] == {"title": ["T"], "fileName": ["a b/ß:#.md"], "mimeType": ["text/plain"]}


def test_every_class_is_thought_of(schema):
    graph = Graph(entities=tuple(Entity(f"Q{i}", name, name) for i, name in enumerate(schema.classes)))
    found = {e["properties"]["name"][0]: e["schema"] for e in ftm_entities(graph, schema)}
    assert set(schema.classes) - set(found) == {"Entity", "Topic"}
    assert found["ThinkTank"] == "Organization"
    assert found["City"] == "Address"
    page = (Path(__file__).parent.parent.parent / "docs" / "other-tools.md").read_text(encoding="utf-8")
    assert {name for name in found.values() if f"`{name}`" not in page} == set()


def test_lines_are_json_in_utf8_and_the_same_again(any_graph, schema):
    one, two = io.BytesIO(), io.BytesIO()
    count = write_ftm(any_graph, schema, one)
    write_ftm(any_graph, schema, two)
    assert one.getvalue() == two.getvalue()
    lines = one.getvalue().decode().splitlines()
    assert len(lines) == count > 30
    for line in lines:
        entity = json.loads(line)
        assert set(entity) == {"id", "schema", "properties"}
        assert all(v and all(isinstance(x, str) and x for x in v) for v in entity["properties"].values())


def test_a_literal_and_an_entity_of_the_same_words_are_told_apart(schema):
    text = "Washington supports New START. Washington supports the treaty."
    said = (
        Said(US, "supports", "New START", "Washington supports New START"),
        Said(US, "supports", Literal("the treaty"), "Washington supports the treaty"),
    )
    found = by_schema(world(pages=[page("a.md", text, *said)]), schema)
    assert [p["object"] for p in found["UnknownLink"]] == [[ENTITIES["New START"].id]]
    assert [p["entity"] for p in found["Note"]] == [[ENTITIES[US].id]]
