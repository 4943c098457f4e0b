"""Forms that stores answer differently must not occur in any Cypher of ours: package, tests and documents."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
PLACES = ("kg/data/queries/*.cypher", "kg/**/*.py", "tests/graph/*.py", "docs/*.md", "README.md", "scripts/*")
WRONG_ON_PURPOSE = {Path(__file__).name, "test_cypher_check.py"}

_CALL_WITH = re.compile(r"CALL\s*\{\s*WITH\b")
_RELATIONSHIP = re.compile(r"\[\s*(\w+)\s*:?[^\]\[|]*\]\s*-|-\s*\[\s*(\w+)\s*[:*\]]")
_MAP_READ = re.compile(r"\(\s*\w*\s*(?::[\w:|]+)?\s*\{[^{}]*?:\s*(\w+)\.\w+")
_WITH = re.compile(r"\bWITH\b|\bUNWIND\b")


def faults(text: str) -> list[str]:
    """`CALL { WITH` is deprecated; a property map that reads an earlier relationship finds nothing when embedded."""
    found = [m.group() for m in _CALL_WITH.finditer(text)]
    for match in _MAP_READ.finditer(text):
        before = text[max(0, match.start() - 2000) : match.start()]
        before = before[[0, *(m.end() for m in _WITH.finditer(before))][-1] :]
        before = re.split(r"\n\s*\n|\"\"\"", before)[-1]
        named = {name for pair in _RELATIONSHIP.findall(before) for name in pair if name}
        if match[1] in named:
            found.append(match.group())
    return found


def files() -> Iterator[Path]:
    for place in PLACES:
        yield from (p for p in sorted(REPO.glob(place)) if p.is_file() and p.name not in WRONG_ON_PURPOSE)


def test_no_cypher_of_ours_has_a_form_that_stores_answer_differently() -> None:
    seen = {path: faults(path.read_text(encoding="utf-8")) for path in files()}
    assert len([p for p in seen if p.suffix == ".cypher"]) == 22
    assert {p: f for p, f in seen.items() if f} == {}


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (:Person {id: 'a'})-[m:MET_WITH]->() MATCH (c:Claim {pid: m.pid}) RETURN c",
        "MATCH (a)-[ r:MET_WITH|VISITED {pid: $p} ]-(b)\nOPTIONAL MATCH (c:Claim {pid: r.pid, negated: true}) RETURN c",
        "MATCH (a)-[r]->(b), (c {pid: r.pid}) RETURN c",
        "MATCH (t) CALL { WITH t MATCH (t)--(x) RETURN x } RETURN x",
    ],
)
def test_the_scan_finds_them(text: str) -> None:
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a)-[r:MET_WITH]->(b) MATCH (c:Claim) WHERE c.pid = r.pid RETURN c",
        "MATCH (a)-[r:MET_WITH]->(b) WITH r.pid AS pid MATCH (c:Claim {pid: pid}) RETURN c",
        "UNWIND $rows AS row MATCH (a:Person {id: row.id}) RETURN a",
        "MATCH (p)-[r:X]->(q) MATCH (c {id: p.ref}) RETURN c",
        "MATCH (t) CALL (t) { MATCH (t)--(x) RETURN x } RETURN x",
    ],
)
def test_the_scan_lets_the_rest_pass(text: str) -> None:
    assert faults(text) == []
