"""Every shape holds on a good graph and fails on a planted fault, with either engine."""

import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg.graph import shacl
from kg.graph import vocabulary as v
from kg.graph.rdf import quads, write_rdf
from kg.graph.shacl import ENGINES, validate, validate_triples
from kg.model import Graph
from kg.schema import NAMESPACE, load_schema, ontology_folder
from tests.graph.samples import sample_graph
from tests.tools import run_jena

SCHEMA = load_schema()
INSTALLED = [name for name in ENGINES if find_spec(name)]
WRONG = ox.NamedNode("urn:wrong")


def generate() -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ROWS = [(name, targets.split(", ")[0], *row) for name, (targets, rows) in generate().SHAPES.items() for row in rows]
"""Shape, target class, path, number of values, what they must be, message."""

VALUES = {
    "kg:confidence": [v.decimal(1.01), v.decimal(-0.01), ox.Literal("high")],
    "kg:polarity": [v.decimal(1.5), v.decimal(-1.5)],
    "kg:negated": [ox.Literal("no")],
    "kg:contested": [ox.Literal("no")],
    "kg:rule": [ox.Literal("")],
    "nif:anchorOf": [ox.Literal("")],
    "nif:beginIndex": [v.count(10**6), ox.Literal("-1", datatype=v.term("xsd:integer"))],
    "nif:endIndex": [ox.Literal("-1", datatype=v.term("xsd:integer"))],
    "rdf:object": [WRONG, v.count(3)],
    "kg:mood": [v.term("kg:tenure-former"), v.term("kg:mood-sure")],
    "kg:tenure": [v.term("kg:mood-actual")],
    "rdf:predicate": [v.term("kg:loves")],
    "kg:mentionType": [v.term("kg:Claim")],
    "rdf:type": [v.term("kg:Event")],
}
"""Faulty values by path; `WRONG`, an IRI that nothing describes, where a path is not listed."""


@pytest.fixture(scope="module")
def triples() -> list[ox.Triple]:
    return [q.triple for q in quads(sample_graph(), SCHEMA)]


@pytest.fixture(params=INSTALLED)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def problems(triples: Iterable[ox.Triple], engine: str) -> list[str]:
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert data is not None
    return validate_triples(data, engine=engine)


def statements(triples: list[ox.Triple], target: str, path: str) -> list[ox.Triple]:
    """The statements that give instances of the class a value of the path; of the last step, if the path has two."""
    nodes = {t.subject for t in triples if t.predicate == v.TYPE and t.object == v.term(target)}
    *before, last = path.strip("() ").split()
    for step in before:
        nodes = {t.object for t in triples if t.subject in nodes and t.predicate == v.term(step)}  # type: ignore[misc]
    found = [t for t in triples if t.subject in nodes and t.predicate == v.term(last)]
    assert found, f"the samples have no {target} with {path}"
    return found


def test_good_graphs_conform(engine: str) -> None:
    buffer = BytesIO()
    write_rdf(sample_graph(), SCHEMA, fmt="ntriples", out=buffer)
    assert validate_triples(buffer.getvalue(), engine=engine) == []


def test_validate_takes_a_graph() -> None:
    assert validate(sample_graph(), SCHEMA) == []
    assert validate(Graph(), SCHEMA) == []


def test_pyshacl_is_always_there() -> None:
    assert "pyshacl" in INSTALLED


def test_every_shape_of_the_file_is_tested_here() -> None:
    shapes = (ontology_folder() / "shapes.ttl").read_text(encoding="utf-8")
    messages = set(re.findall(r'sh:message "(.*?)"', shapes))
    ends = {f"the {end} of {r} is of a class that the ontology allows" for r in SCHEMA.relations for end in ENDS}
    assert messages == {row[-1] for row in ROWS} | ends
    assert len(ROWS) == 38


Fault = tuple[list[ox.Triple], str]
"""Triples with one thing wrong, and the message that says so."""


def missing(triples: list[ox.Triple]) -> Iterator[Fault]:
    """Without a value that must be there."""
    for _, target, path, number, _, message in ROWS:
        if number.startswith("1"):
            victim = statements(triples, target, path)[0]
            yield [t for t in triples if (t.subject, t.predicate) != (victim.subject, victim.predicate)], message


def doubled(triples: list[ox.Triple]) -> Iterator[Fault]:
    """With a second value where there must be one at most."""
    for _, target, path, number, _, message in ROWS:
        if number.endswith("1"):
            victim = statements(triples, target, path)[0]
            other = [t.object for t in triples if t.predicate == victim.predicate and t.object != victim.object]
            yield [*triples, ox.Triple(victim.subject, victim.predicate, other[0] if other else SECOND[path])], message


def changed(triples: list[ox.Triple]) -> Iterator[Fault]:
    """With another value than is allowed."""
    for _, target, path, _, _, message in ROWS:
        found = statements(triples, target, path)
        victim = next((t for t in found if t.object == v.term("kg:Summit")), found[0])
        for value in wrong_values(path):
            yield [ox.Triple(t.subject, t.predicate, value) if t == victim else t for t in triples], message


def wrong_values(path: str) -> Sequence[ox.NamedNode | ox.Literal]:
    if path in NOT_ANY_IRI:
        return [ox.Literal("words")]
    if path in ("( kg:supportedBy kg:negated )", "( kg:deniedBy kg:negated )"):
        return [v.TRUE if "supportedBy" in path else v.FALSE]
    return VALUES.get(path.strip("() ").split()[-1], [WRONG])


@pytest.mark.parametrize(("plant", "count"), [(missing, 25), (doubled, 30), (changed, 46)])
def test_a_fault_of_every_shape_is_noticed(
    triples: list[ox.Triple], engine: str, plant: Callable[[list[ox.Triple]], Iterable[Fault]], count: int
) -> None:
    faults = list(plant(triples))
    assert len(faults) == count
    for faulty, message in faults:
        assert any(p.endswith(f": {message}") for p in problems(faulty, engine)), message


def together(triples: list[ox.Triple]) -> list[ox.Triple]:
    """All faults in one graph: a copy of the samples, with IRIs of its own, for each."""
    copies = [faulty for plant in (missing, doubled, changed) for faulty, _ in plant(triples)]
    faulty = [ox.Triple(_of(n, t.subject), t.predicate, _of(n, t.object)) for n, c in enumerate(copies) for t in c]
    ends = [t for name in SCHEMA.relations for t in as_bare_triple(name, right=False)]
    return [*faulty, *world(), *ends, *(t for name in SCHEMA.relations for t in as_proposition(name, right=False))]


def _of(copy: int, term: object) -> Any:
    own = isinstance(term, ox.NamedNode) and term.value.startswith(v.ID)
    return ox.NamedNode(f"{term.value}-{copy}") if own else term  # type: ignore[attr-defined]


@pytest.mark.jena
@pytest.mark.parametrize("sound", [True, False])
def test_engines_agree_with_jena(triples: list[ox.Triple], tmp_path: Path, sound: bool) -> None:
    data = ox.serialize(triples if sound else together(triples), format=ox.RdfFormat.N_TRIPLES)
    assert data is not None
    (tmp_path / "data.nt").write_bytes(data)
    files = ["--shapes", ontology_folder() / "shapes.ttl", "--data", tmp_path / "data.nt"]
    done = run_jena(["shacl", "validate", *files])
    assert done.stderr == ""
    found = shacl._problems(rdflib.Graph().parse(data=done.stdout, format="turtle"))
    assert (found == []) == sound
    for engine in INSTALLED:
        assert validate_triples(data, engine=engine) == found
    if not sound:
        said = {message for _, message in (p.rsplit(": ", 1) for p in found)}
        assert said == set(re.findall(r'sh:message "(.*?)"', (ontology_folder() / "shapes.ttl").read_text("utf-8")))


ENDS = ("subject", "object")
NOT_ANY_IRI = {"kg:proposition", "kg:within"}
SECOND = {
    "kg:place": v.node("entity", "Q20"),
    "kg:addressee": v.node("entity", "Q20"),
    "grasp:wasAttributedTo": v.node("entity", "Q20"),
    "kg:within": v.node("entity", "Q20"),
    "kg:tenure": v.term("kg:tenure-future"),
}


def typed(name: str, kind: str) -> list[ox.Triple]:
    return [ox.Triple(v.node("entity", name), v.TYPE, v.term(f"kg:{label}")) for label in SCHEMA.labels(kind)]


def ends_of(relation: str, *, right: bool) -> tuple[ox.NamedNode, ox.NamedNode | ox.Literal]:
    """Two ends that the relation allows, or two that it does not; what they are is in `world`."""
    known = SCHEMA.relations[relation]
    if not right:
        return v.node("entity", "Topic"), v.count(3)
    value = v.node("entity", _concrete(known.range[0])) if known.range else ox.Literal("words")
    return v.node("entity", _concrete(known.domain[0])), value


def _concrete(name: str) -> str:
    return next(c.name for c in SCHEMA.classes.values() if not c.abstract and SCHEMA.is_a(c.name, name))


def world() -> list[ox.Triple]:
    return [t for c in SCHEMA.classes.values() if not c.abstract for t in typed(c.name, c.name)]


def as_proposition(relation: str, *, right: bool) -> list[ox.Triple]:
    node = v.node("proposition", relation)
    subject, value = ends_of(relation, right=right)
    name = v.term(f"kg:{SCHEMA.relations[relation].local}")
    return [ox.Triple(node, v.PREDICATE, name), ox.Triple(node, v.SUBJECT, subject), ox.Triple(node, v.OBJECT, value)]


def as_bare_triple(relation: str, *, right: bool) -> list[ox.Triple]:
    subject, value = ends_of(relation, right=right)
    return [ox.Triple(subject, v.term(f"kg:{SCHEMA.relations[relation].local}"), value)]


@pytest.mark.parametrize("form", [as_proposition, as_bare_triple])
def test_ends_of_every_relation(engine: str, form: Callable[..., list[ox.Triple]]) -> None:
    for right in (True, False):
        data = [*world(), *(t for name in SCHEMA.relations for t in form(name, right=right))]
        found = {p.rsplit(": ", 1)[1] for p in problems(data, engine) if "that the ontology allows" in p}
        wanted = {f"the {end} of {r} is of a class that the ontology allows" for r in SCHEMA.relations for end in ENDS}
        assert found == (set() if right else wanted)


def test_words_are_no_object_of_an_encounter(triples: list[ox.Triple], engine: str) -> None:
    meeting = next(t for t in triples if t.predicate == v.term("kg:metWith"))
    changed = [ox.Triple(t.subject, t.predicate, ox.Literal("x")) if t == meeting else t for t in triples]
    (problem,) = problems(changed, engine)
    assert problem == "SHACL: x: the object of met_with is of a class that the ontology allows"


def test_problems_name_the_node(triples: list[ox.Triple], engine: str) -> None:
    victim = statements(triples, "kg:Claim", "kg:mood")[0]
    (problem,) = problems([t for t in triples if t != victim], engine)
    claim = victim.subject.value.removeprefix(v.ID + "claim/")  # type: ignore[union-attr]
    assert problem == f"SHACL: kg-claim:{claim}: a claim has one mood of kg:moods"
    assert NAMESPACE not in problem
