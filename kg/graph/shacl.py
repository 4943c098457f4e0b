"""Check the RDF view against `ontology/shapes.ttl`, by pyshifty where it is installed and by pySHACL where not."""

import warnings
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, cast

from kg.graph.rdf import write_rdf
from kg.graph.vocabulary import PREFIXES
from kg.model import Graph
from kg.schema import Schema, ontology_folder

if TYPE_CHECKING:
    import rdflib

ENGINES = ("shifty", "pyshacl")


def validate(graph: Graph, schema: Schema) -> list[str]:
    """Where the RDF view breaks the shapes, one sentence each, sorted; [] where nowhere."""
    buffer = BytesIO()
    write_rdf(graph, schema, fmt="ntriples", out=buffer)
    return validate_triples(buffer.getvalue())


def validate_triples(ntriples: bytes, *, engine: str | None = None) -> list[str]:
    """Like `validate`, for a dump.

    Args:
        ntriples: all named graphs in one, as N-Triples.
        engine: one of `ENGINES`; by default the first that is installed.
    """
    engine = engine or next(name for name in ENGINES if find_spec(name))
    shapes = (ontology_folder() / "shapes.ttl").read_text(encoding="utf-8")
    report = _shifty(ntriples, shapes) if engine == "shifty" else _pyshacl(ntriples, shapes)
    return _problems(report)


def _shifty(ntriples: bytes, shapes: str) -> "rdflib.Graph":
    shifty = import_module("shifty")  # an optional dependency
    _, report, _ = shifty.validate(ntriples, shapes, infer=False, on_unsupported="error")
    return cast("rdflib.Graph", report)


def _pyshacl(ntriples: bytes, shapes: str) -> "rdflib.Graph":
    import rdflib

    with warnings.catch_warnings():
        # pySHACL uses rdflib interfaces that rdflib has marked for removal
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        import pyshacl

        data = rdflib.Graph().parse(data=ntriples, format="nt")
        rules = rdflib.Graph().parse(data=shapes, format="turtle")
        _, report, _ = pyshacl.validate(data, shacl_graph=rules, inplace=True)
    return cast("rdflib.Graph", report)


def _problems(report: "rdflib.Graph") -> list[str]:
    import rdflib

    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    problems: set[str] = set()
    for result in report.objects(None, shacl.result):
        focus, value = report.value(result, shacl.focusNode), report.value(result, shacl.value)
        message = report.value(result, shacl.resultMessage)
        about = _short(str(focus)) + (f" ({_short(str(value))})" if value is not None and value != focus else "")
        problems.add(f"SHACL: {about}: {message}")
    return sorted(problems)


def _short(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri[:200]
