"""Every serialisation is read, without a warning and without a loss, by Apache Jena and by Raptor."""

import re
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.rdf import FORMATS
from kg.model import Graph
from tests.graph.corpus import world
from tests.graph.samples import sample_graph
from tests.graph.test_rdf import ADDRESSES, NASTY, PARSERS, addressed, dump, every_character, hostile
from tests.tools import run_jena, run_rapper

SUFFIX = dict(zip(FORMATS, ("nq", "trig", "ttl", "nt", "jsonld", "rdf"), strict=True))
RAPTOR = dict(zip(FORMATS, ("nquads", "trig", "turtle", "ntriples", "", "rdfxml"), strict=True))
"""Raptor's names of the formats; it knows no JSON-LD."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Path]]:
    """Good and nasty graphs in every format: files by format."""
    graphs: dict[str, Graph] = {"sample": sample_graph(), "world": world(), "addresses": addressed(ADDRESSES)}
    graphs |= {f"nasty{number}": hostile(words) for number, words in enumerate(NASTY)}
    graphs |= {"characters": every_character()}
    folder = tmp_path_factory.mktemp("corpus")
    files: dict[str, list[Path]] = {}
    for fmt, suffix in SUFFIX.items():
        files[fmt] = [folder / f"{name}.{suffix}" for name in graphs]
        for path, graph in zip(files[fmt], graphs.values(), strict=True):
            path.write_bytes(dump(graph, fmt))
    return files


def statements(data: str | bytes, fmt: str) -> set[ox.Quad]:
    return set(ox.parse(data, format=PARSERS[fmt]))


@pytest.mark.jena
def test_jena_warns_of_nothing(corpus: Mapping[str, list[Path]]) -> None:
    files = [path for paths in corpus.values() for path in paths]
    done = run_jena(["riot", "--validate", *files])
    said = done.stderr.splitlines()
    assert [line for line in said if " INFO " not in line] == []
    assert len([line for line in said if "File:" in line]) == len(files) == len(FORMATS) * (len(NASTY) + 4)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.jena
@pytest.mark.parametrize("fmt", FORMATS)
def test_jena_loses_nothing(corpus: Mapping[str, list[Path]], fmt: str) -> None:
    done = run_jena(["riot", "--output=nquads", *corpus[fmt]])
    written = set().union(*(statements(path.read_bytes(), fmt) for path in corpus[fmt]))
    assert statements(done.stdout, "nquads") == written


@pytest.mark.jena
@pytest.mark.parametrize(
    "fault", ['<http://x/> <http://y/> "soon"^^<http://www.w3.org/2001/XMLSchema#date> .', "<a> b"]
)
def test_jena_would_warn(tmp_path: Path, fault: str) -> None:
    (tmp_path / "bad.nt").write_text(fault, encoding="utf-8")
    done = run_jena(["riot", "--validate", tmp_path / "bad.nt"])
    assert re.search("WARN|ERROR", done.stderr)


@pytest.mark.rapper
@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if RAPTOR[fmt]])
def test_raptor_warns_of_nothing_and_loses_nothing(corpus: Mapping[str, list[Path]], fmt: str) -> None:
    for path in corpus[fmt]:
        done = run_rapper(["--quiet", "--input", RAPTOR[fmt], "--output", "nquads", path])
        assert (done.returncode, done.stderr) == (0, ""), path.name
        written = path.read_bytes()
        # Raptor ends a string at U+0000, as C does; it reads the rest of the file.
        whole = {q for q in statements(written, fmt) if "\0" not in q.object.value}  # type: ignore[union-attr]
        assert whole <= statements(done.stdout, "nquads"), path.name
        assert len(statements(done.stdout, "nquads")) == len(statements(written, fmt)), path.name


@pytest.mark.rapper
def test_raptor_would_warn(tmp_path: Path) -> None:
    (tmp_path / "bad.nt").write_text('<http://x/> <http://y/> "\\uffff" .', encoding="utf-8")
    assert "Illegal Unicode" in run_rapper(["--quiet", "--input", "ntriples", tmp_path / "bad.nt"]).stderr
