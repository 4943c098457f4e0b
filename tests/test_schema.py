"""The ontology says what the design says, and a broken one is refused with the name of the broken term."""

import importlib.util
import json
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import NamedNode

from kg.errors import DataError
from kg.graph.rdf import quads
from kg.schema import NAMESPACE, Schema, constraint_statements, load_schema, ontology_folder, read_schema
from tests.graph.corpus import world
from tests.graph.samples import sample_graph

ROOT = Path(__file__).parent.parent
TYPES = {
    "Person",
    "Government",
    "PublicBody",
    "ThinkTank",
    "PoliticalParty",
    "IntergovernmentalOrganization",
    "ArmedGroup",
    "PoliticalCampaign",
    "Company",
    "MediaOrganization",
    "Organization",
    "Country",
    "City",
    "Region",
    "Summit",
    "Meeting",
    "Conflict",
    "Election",
    "Agreement",
    "Topic",
}
FAMILIES = {
    "affiliation": "holds_position member_of part_of based_in allied_with party_to appoints nominates dismisses",
    "encounter": "met_with spoke_with visited hosted participated_in negotiates_with mediates",
    "event": "agrees_with pledges_to cooperates_with aids concedes_to requests accuses rejects threatens protests "
    "sanctions mobilizes_against coerces attacks",
    "stance": "supports opposes is_concerned_about is_neutral_on",
    "speech": "says",
}
PLOVER = {
    "agrees_with": "AGREE",
    "pledges_to": "AGREE",
    "cooperates_with": "COOPERATE",
    "aids": "AID",
    "concedes_to": "YIELD",
    "requests": "REQUEST",
    "accuses": "ACCUSE",
    "rejects": "REJECT",
    "threatens": "THREATEN",
    "protests": "PROTEST",
    "sanctions": "SANCTION",
    "mobilizes_against": "MOBILIZE",
    "coerces": "COERCE",
    "attacks": "ASSAULT",
}
SYMMETRIC = {"met_with", "spoke_with", "allied_with", "agrees_with", "cooperates_with", "negotiates_with"}
LITERAL = {"says", "supports", "opposes", "is_concerned_about", "is_neutral_on"}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_classes_are_those_of_the_design(schema: Schema) -> None:
    assert {c.name for c in schema.classes.values() if not c.abstract} == TYPES
    assert {c.name for c in schema.classes.values() if c.abstract} == {"Entity", "Place", "Event"}


def test_relations_are_those_of_the_design(schema: Schema) -> None:
    found = {f: {r.name for r in schema.relations.values() if r.family == f} for f in FAMILIES}
    assert found == {f: set(names.split()) for f, names in FAMILIES.items()}
    assert len(schema.relations) == 35


def test_plover_types_are_those_of_the_design(schema: Schema) -> None:
    assert {r.name: r.plover for r in schema.relations.values() if r.family == "event"} == PLOVER


def test_symmetric_and_literal_relations(schema: Schema) -> None:
    assert {r.name for r in schema.relations.values() if r.symmetric} == SYMMETRIC
    assert {r.name for r in schema.relations.values() if r.literal} == LITERAL


def test_names_of_a_relation_in_all_languages(schema: Schema) -> None:
    relation = schema.relations["holds_position"]
    assert relation.local == "holdsPosition"
    assert relation.cypher == "HOLDS_POSITION"
    assert relation.iri == "https://w3id.org/foreign-policy-kg/ontology#holdsPosition"
    assert len({r.cypher for r in schema.relations.values()}) == len({r.iri for r in schema.relations.values()}) == 35


def test_every_definition_and_example_is_a_sentence_of_its_own(schema: Schema) -> None:
    described = (*schema.classes.values(), *schema.relations.values())
    for text in [d.definition for d in described] + [d.example for d in described]:
        assert re.search(r"[.?]$", text), text
    examples = [d.example for d in described]
    assert len(set(examples)) == len(examples) == 23 + 35


def test_labels_are_root_first(schema: Schema) -> None:
    assert schema.labels("ThinkTank") == ("Entity", "Organization", "ThinkTank")
    assert schema.labels("City") == ("Entity", "Place", "City")
    assert schema.labels("Entity") == ("Entity",)
    assert all(schema.labels(name)[0] == "Entity" for name in schema.classes)


def test_is_a(schema: Schema) -> None:
    assert schema.is_a("Government", "Organization")
    assert schema.is_a("Topic", "Topic")
    assert not schema.is_a("Organization", "Government")
    assert not schema.is_a("Country", "Organization")
    with pytest.raises(KeyError):
        schema.is_a("Robot", "Entity")
    with pytest.raises(KeyError):
        schema.is_a("Person", "Robot")


@pytest.mark.parametrize(
    ("relation", "subject", "value", "allowed"),
    [
        ("holds_position", "Person", "PublicBody", True),
        ("holds_position", "Person", "Country", False),
        ("holds_position", "Government", "PublicBody", False),
        ("visited", "Person", "City", True),
        ("visited", "Person", "PublicBody", True),
        ("visited", "City", "City", False),
        ("party_to", "Government", "Agreement", True),
        ("party_to", "Government", "Summit", False),
        ("participated_in", "ArmedGroup", "Conflict", True),
        ("attacks", "Government", "Region", True),
        ("accuses", "Government", "Region", False),
        ("accuses", "Country", "Government", False),
        ("appoints", "Government", "Government", False),
        ("supports", "Person", "Topic", True),
        ("supports", "Person", None, True),
        ("accuses", "Person", None, False),
        ("says", "Person", None, True),
        ("says", "Person", "Government", False),
    ],
)
def test_allows(schema: Schema, relation: str, subject: str, value: str | None, allowed: bool) -> None:
    assert schema.allows(relation, subject, value) is allowed


def test_places_never_act(schema: Schema) -> None:
    values = (*schema.classes, None)
    acting = {
        n for n in schema.relations for place in ("Country", "City") for v in values if schema.allows(n, place, v)
    }
    assert acting == {"part_of"}


def test_weights_order_war_below_worry_below_help(schema: Schema) -> None:
    weight = {name: relation.weight for name, relation in schema.relations.items()}
    assert weight["attacks"] == -1 < weight["sanctions"] < weight["is_concerned_about"] < weight["says"] == 0
    assert 0 < weight["met_with"] < weight["agrees_with"] < weight["supports"] <= 1


def test_polarity_of_denials(schema: Schema) -> None:
    supports, attacks, neutral = (schema.relations[n] for n in ("supports", "attacks", "is_neutral_on"))
    assert supports.polarity(negated=False) == 0.8
    assert supports.polarity(negated=True) == -0.8
    assert attacks.polarity(negated=True) == 0
    assert str(neutral.polarity(negated=True)) == "0.0"


def test_schema_travels_to_worker_processes(schema: Schema) -> None:
    assert pickle.loads(pickle.dumps(schema)) == schema


def test_constraints_name_every_kind_of_node(schema: Schema) -> None:
    statements = constraint_statements(schema)
    labels = [
        re.fullmatch(r"CREATE CONSTRAINT \w+ IF NOT EXISTS FOR \(n:(\w+)\) REQUIRE n.id IS UNIQUE", s)
        for s in statements
    ]
    assert {m[1] for m in labels if m} == TYPES | {"Entity", "Claim", "Sentence", "Article", "Source"}
    assert len({s.split()[2] for s in statements}) == len(statements) == 25


KG = (ontology_folder() / "kg.ttl").read_text(encoding="utf-8")
CITY = "rdfs:subClassOf {} ;\n    skos:closeMatch schema:City"
ENDS = "kg:domainIncludes kg:Organization ;\n    kg:rangeIncludes kg:{} ;\n    kg:weight 0.8"
TOPIC = "rdfs:subClassOf kg:{}, skos:Concept"
FAULTS = [
    ("    kg:domainIncludes kg:Person ;\n", "", "kg:holdsPosition has no domainIncludes"),
    ("    kg:rangeIncludes kg:Agreement ;\n", "", "kg:partyTo has neither rangeIncludes"),
    ("kg:rangeIncludes kg:Agreement ", "kg:rangeIncludes kg:Pact ", "kg:partyTo has rangeIncludes Pact"),
    ('skos:definition "The actor proposes', 'rdfs:comment "The actor', "kg:nominates has 0 values of definition"),
    ('skos:example "The king', 'rdfs:comment "The king', "kg:appoints has 0 values of example"),
    ('rdfs:label "says" ;', 'rdfs:label "says", "states" ;', "kg:says has 2 values of label"),
    ("kg:weight -1.0", "kg:weight -1.5", "kg:attacks has weight -1.5"),
    ("kg:weight -1.0", 'kg:weight "high"', "kg:attacks has weight 'high'"),
    ("kg:family kg:family-speech ;", "kg:family kg:speech ;", "kg:says points to"),
    (ENDS.format("Organization"), ENDS.format("Person"), "kg:alliedWith is symmetric"),
    (CITY.format("kg:Place"), CITY.format("kg:Place, kg:Topic"), "kg:City has several superclasses"),
    (TOPIC.format("Entity"), TOPIC.format("Topic"), "kg:Topic is its own superclass"),
    (TOPIC.format("Entity"), TOPIC.format("Thing"), "kg:Topic is a subclass of kg:Thing"),
    ("kg:cue a owl:DatatypeProperty", "kg:cue a owl:Thing", "kg:cue has no type"),
    ('rdfs:label "cue" ;', "", "kg:cue has no label"),
    ("skos:closeMatch kg:plover-YIELD", "skos:closeMatch kg:plover-YIELD, kg:plover-AID", "several PLOVER matches"),
    ("kg:Person a owl:Class ;", "kg:Person a owl:Class", "line"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[f[2] for f in FAULTS])
def test_broken_ontologies_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in KG
    path = tmp_path / "kg.ttl"
    path.write_text(KG.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        read_schema(path)
    assert "kg.ttl" in caught.value.message


def test_missing_ontology_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_schema(tmp_path / "none.ttl")


def test_ontology_without_a_root_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="kg:Entity is not defined"):
        read_schema(tmp_path / "kg.ttl")


def _generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "scripts" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    path = list(sys.path)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = path
    return module


def test_generated_files_are_up_to_date(schema: Schema) -> None:
    outputs = _generate().outputs(schema)
    assert sorted(p.name for p in outputs) == ["context.jsonld", "graph-model.md", "ontology.md", "shapes.ttl"]
    for path, text in outputs.items():
        assert path.read_text(encoding="utf-8") == text, f"run scripts/generate.py: {path.name} is stale"


def test_the_diagrams_name_every_class_and_relation(schema: Schema) -> None:
    page = (ROOT / "docs" / "graph-model.md").read_text(encoding="utf-8")
    drawn = dict(re.findall(r"<!-- diagram (\w+).*?-->\n(.*?)<!-- end", page, re.DOTALL))
    assert set(drawn) == {"classes", "relations"}
    assert all(f'"{name}"' in drawn["classes"] for name in schema.classes)
    assert drawn["classes"].count("-->") == len(schema.classes) - 1
    named = re.findall(r"[A-Z]+_?[A-Z_]+(?=[<\"])", drawn["relations"])
    assert sorted(named) == sorted(relation.cypher for relation in schema.relations.values())


def test_check_fails_on_a_stale_file(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    module = _generate()
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    assert module.main() == 0
    stale = module.ROOT / "docs" / "ontology.md"
    before = stale.read_bytes()
    monkeypatch.setattr(module, "outputs", lambda _: {stale: "something else"})
    assert module.main() == 1
    assert "docs/ontology.md is not up to date" in capsys.readouterr().err.replace("\\", "/")
    assert stale.read_bytes() == before


def test_the_ontology_is_found_in_an_installed_package(tmp_path: Path) -> None:
    package = tmp_path / "kg"
    package.mkdir()
    shutil.copytree(ROOT / "kg" / "schema", package / "schema")
    (package / "__init__.py").write_text("", encoding="utf-8")
    for name in ("_version.py", "errors.py"):
        shutil.copy(ROOT / "kg" / name, package)
    code = "import kg.schema as s; print(len(s.load_schema().relations), s.ontology_folder())"
    command = [sys.executable, "-W", "error", "-c", code]
    bare = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "the ontology (kg.ttl) is missing" in bare.stderr
    shutil.copytree(ROOT / "ontology", package / "data" / "ontology")
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["35", str(package / "data" / "ontology")]


def test_generated_files_name_every_class_and_relation(schema: Schema) -> None:
    context = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    shapes = (ontology_folder() / "shapes.ttl").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    for relation in schema.relations.values():
        assert relation.local in context
        assert f"kgs:{relation.local} a sh:NodeShape" in shapes
        assert f'#### <a id="{relation.local}"></a>{relation.name}\n' in page
    for name in schema.classes:
        assert f"**{name}**" in page


def test_every_term_of_a_dump_has_an_anchor_on_the_page(schema: Schema) -> None:
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    anchors = re.findall(r'<a id="([\w-]+)"></a>', page)
    assert len(anchors) == len(set(anchors))
    terms = {*schema.classes, *schema.terms, *(r.local for r in schema.relations.values())}
    assert terms == set(anchors)
    dump = [*quads(sample_graph(), schema), *quads(world(), schema)]
    used = {part.value for quad in dump for part in quad.triple if isinstance(part, NamedNode)}
    local = {iri.removeprefix(NAMESPACE) for iri in used if iri.startswith(NAMESPACE)}
    assert len(local) > 60
    assert local <= set(anchors)
