"""JSON-LD in the compact form of our context, written as a stream: one node a line, one block a named graph."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO

from pyoxigraph import Literal, NamedNode

from kg.errors import DataError
from kg.graph import vocabulary as v
from kg.graph.vocabulary import NamedGraph, Statement, Value
from kg.schema import NAMESPACE, ontology_folder

_STRING = v.term("xsd:string")


@dataclass(frozen=True, slots=True)
class Context:
    """How IRIs become keys.

    Attributes:
        keys: by IRI of a property: its key, and the type that its values are taken to have ("" for none).
        prefixes: IRI to prefix, longest first.
        source: the context as the document carries it.
    """

    keys: Mapping[str, tuple[str, str]]
    prefixes: tuple[tuple[str, str], ...]
    source: Mapping[str, Any]

    def compact(self, iri: str) -> str:
        """`kg-entity:Q30` for its IRI; an IRI that no prefix begins stays as it is."""
        for start, prefix in self.prefixes:
            if iri.startswith(start):
                return f"{prefix}:{iri[len(start) :]}"
        return iri

    def name(self, iri: str) -> str:
        """A term of our vocabulary by its bare name, any other IRI in compact form."""
        return iri.removeprefix(NAMESPACE) if iri.startswith(NAMESPACE) else self.compact(iri)

    def key(self, iri: str) -> tuple[str, str]:
        """Key and value type of a property."""
        return self.keys.get(iri) or (self.name(iri), "")

    def value(self, value: Value, taken: str) -> object:
        """A value as JSON under a key whose values are taken to be of type `taken`."""
        if isinstance(value, Literal):
            return self._literal(value, taken)
        iri = value.value
        if taken == "@vocab":
            return self.name(iri)
        return self.compact(iri) if taken == "@id" else {"id": self.compact(iri)}

    def _literal(self, value: Literal, taken: str) -> object:
        if value.language:
            return {"@value": value.value, "@language": value.language}
        datatype = self.compact(value.datatype.value)
        if datatype == taken:
            if value in (v.TRUE, v.FALSE):
                return value == v.TRUE
            return int(value.value) if value.datatype == v.COUNT else value.value
        if value.datatype == _STRING:
            return {"@value": value.value} if taken else value.value
        return {"@value": value.value, "@type": datatype}


def load_context() -> Context:
    """The context that `scripts/generate.py` derives from the ontology.

    Raises:
        DataError: it is missing or no JSON object.
    """
    path = ontology_folder() / "context.jsonld"
    try:
        source = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise DataError(f"{path} cannot be read: {exc}", hint="run scripts/generate.py") from exc
    starts = {iri: prefix for prefix, iri in source.items() if isinstance(iri, str) and iri.endswith(("/", "#"))}
    starts.pop(NAMESPACE, None)
    starts[NAMESPACE] = "kg"
    prefixes = tuple(sorted(starts.items(), key=lambda item: (-len(item[0]), item[0])))
    keys: dict[str, tuple[str, str]] = {}
    for key, entry in source.items():
        compact, taken = (entry["@id"], entry.get("@type", "")) if isinstance(entry, dict) else (entry, "")
        prefix, _, local = str(compact).partition(":")
        if prefix in source and local:
            keys[source[prefix] + local] = (key, taken)
    keys[v.TYPE.value] = ("type", "@vocab")
    return Context(keys, prefixes, source)


def write_jsonld(graphs: Iterable[NamedGraph], out: BinaryIO) -> None:
    """Write named graphs as one JSON-LD document that carries its context.

    Args:
        graphs: statements of one subject side by side.
        out: where to; it stays open.
    """
    context = load_context()
    head = json.dumps(context.source, ensure_ascii=False, indent=1)
    out.write(f'{{"@context": {head},\n"@graph": ['.encode())
    after = "\n"
    for name, statements in graphs:
        start = ""
        for subject, found in groupby(statements, key=itemgetter(0)):
            start = ",\n" if start else f'{after}{{"id": {json.dumps(context.compact(name.value))}, "@graph": [\n'
            out.write((start + json.dumps(_node(context, subject, found), ensure_ascii=False)).encode())
        if start:
            out.write(b"\n]}")
            after = ",\n"
    out.write(b"\n]}\n")


def _node(context: Context, subject: NamedNode, statements: Iterable[Statement]) -> dict[str, object]:
    """What is said of one subject as a JSON object; a key with several values holds a list."""
    values: dict[str, list[object]] = {}
    for _, predicate, value in statements:
        key, taken = context.key(predicate.value)
        values.setdefault(key, []).append(context.value(value, taken))
    return {
        "id": context.compact(subject.value),
        **{k: found[0] if len(found) == 1 else found for k, found in values.items()},
    }
