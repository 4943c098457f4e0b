"""SPARQL over the RDF view: an Oxigraph store on disk beside the graph, built once for each state of it.

The store lies in `DIR/sparql/STATE`. It is built under another name and renamed when it is complete, so it is there as
a whole or not at all. It is opened for reading only, by as many processes as like, and its default graph is the union
of all named graphs. A query can neither change it nor fetch anything from elsewhere.
"""

import re
import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)
from pyoxigraph import Literal as RdfLiteral

from kg.errors import LockedError, NotFoundError, QueryError, StoreError, UsageError
from kg.graph.cypher import Cell, Table
from kg.graph.lock import locked
from kg.graph.rdf import quads
from kg.graph.vocabulary import PREFIXES, VOCABULARIES
from kg.ids import content_id
from kg.model import Graph
from kg.schema import Schema

FOLDER = "sparql"
FORMATS = ("json", "turtle", "ntriples")
"""Of `write_answer`: SPARQL's own JSON, for triples JSON-LD; and two for triples alone."""

_RDF_FORMATS = {"json": RdfFormat.JSON_LD, "turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}
_PROLOGUE = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()) + "\n"
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>|\"""(?:[^\\]|\\.)*?\"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    r"|\#[^\n\r]*|[?$]\w+|(?P<prefix>[\w.-]*):[\w.%-]*|(?P<word>\w+)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLACE = re.compile(r"error at (\d+):")
_LOCAL = re.compile(r"[\w:%-]+", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_XSD = VOCABULARIES["xsd"]

Term = NamedNode | BlankNode | RdfLiteral | Triple


class Iri(str):
    """An IRI in an answer."""

    __slots__ = ()

    @property
    def compact(self) -> str:
        """`kg-entity:Q30`, or `<...>` where no known prefix begins it."""
        for start, prefix in _starts():
            local = self.removeprefix(start)
            if local != self and _LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
        return f"<{self}>"


def build_sparql(folder: Path, graph: Graph, schema: Schema, *, state: str) -> None:
    """Build the store of a state, unless it is there, and delete those of earlier states.

    Args:
        folder: the graph's folder (`graph.kg`).
        graph: what it shall hold.
        schema: the schema that the graph was made with.
        state: what the graph was made from, in any words; the same words stand for the same graph.

    Raises:
        LockedError: another process is building it.
        StoreError: it cannot be written.
    """
    home = folder / FOLDER
    target = _place(folder, state)
    try:
        home.mkdir(exist_ok=True)
        with locked(home):
            if target.is_dir():
                return
            new = home / f"new-{secrets.token_hex(4)}"
            _fill(new, graph, schema)
            new.rename(target)
            for path in home.iterdir():
                if path.is_dir() and path != target:
                    shutil.rmtree(path, ignore_errors=True)
    except LockedError as exc:
        raise LockedError(f"another process is building {home}", hint="run the same command again in a moment") from exc
    except OSError as exc:
        raise StoreError(f"{home} cannot be written: {exc}", hint="check disk space and permissions") from exc


def _fill(path: Path, graph: Graph, schema: Schema) -> None:
    store = Store(str(path))  # it is closed when nothing refers to it
    store.bulk_extend(quads(graph, schema))
    store.flush()


def _place(folder: Path, state: str) -> Path:
    return folder / FOLDER / content_id("s", state).removeprefix("s:")


def has_sparql(folder: Path, *, state: str) -> bool:
    """Is the store of a state there?"""
    return _place(folder, state).is_dir()


def open_sparql(folder: Path, *, state: str) -> Store:
    """The store of a state, for reading.

    Raises:
        NotFoundError: it has not been built.
        StoreError: it cannot be opened.
    """
    target = _place(folder, state)
    if not target.is_dir():
        raise NotFoundError(f"{folder} holds no SPARQL store of this state", hint="`kg sparql` builds it")
    with _mapped():
        return Store.read_only(str(target))


def run_sparql(store: Store, query: str) -> Table:
    """Answer a query with plain values.

    Args:
        store: from `open_sparql`.
        query: SELECT, ASK, CONSTRUCT or DESCRIBE; all prefixes of docs/rdf.md are known.

    Returns:
        The solutions; for ASK one cell `answer`; for triples `subject`, `predicate`, `object`. IRIs are `Iri`, dates
        and numbers those of Python, an unbound variable is None.

    Raises:
        QueryError: the query is wrong, or would leave the store.
        StoreError: the store cannot be read.
    """
    with _mapped():
        match answer := _answer(store, query):
            case QueryBoolean():
                return Table(("answer",), ((bool(answer),),))
            case QuerySolutions():
                names = tuple(variable.value for variable in answer.variables)
                return Table(names, tuple(tuple(_cell(row[name]) for name in names) for row in answer))
            case QueryTriples():
                rows = ((_cell(t.subject), _cell(t.predicate), _cell(t.object)) for t in answer)
                return Table(("subject", "predicate", "object"), tuple(rows))


def write_answer(store: Store, query: str, *, fmt: str, out: BinaryIO) -> None:
    """Write the answer in a format of its own.

    Args:
        store: from `open_sparql`.
        query: SELECT, ASK, CONSTRUCT or DESCRIBE.
        fmt: one of `FORMATS`.
        out: where to; it stays open.

    Raises:
        UsageError: the answer is no triples, but `fmt` is for triples.
        QueryError, StoreError: see `run_sparql`.
    """
    with _mapped():
        answer = _answer(store, query)
        if isinstance(answer, QueryTriples):
            serialize(answer, out, _RDF_FORMATS[fmt], prefixes=PREFIXES if fmt == "turtle" else None)
        elif fmt == "json":
            answer.serialize(out, QueryResultsFormat.JSON)
            out.write(b"\n")
        else:
            raise UsageError(f"{fmt} is for triples", hint="ask with CONSTRUCT, or choose table, json or csv")


def _answer(store: Store, query: str) -> QueryBoolean | QuerySolutions | QueryTriples:
    if any(map(_leaves, (query, _unescaped(query)))):
        raise QueryError("SERVICE asks another server, which is not allowed here", hint="ask that server itself")
    return store.query(_PROLOGUE + query, use_default_graph_as_union=True)


def _leaves(query: str) -> bool:
    """Does the keyword SERVICE occur? Where a parser needs no blank, it may be the end of a word or a prefix."""
    return any("SERVICE" in (found["word"] or found["prefix"] or "").upper() for found in _TOKEN.finditer(query))


def _unescaped(query: str) -> str:
    r"""Keywords may be spelt with `\u0053`, says SPARQL 1.1, section 19.2."""

    def char(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number < 0x110000 else "\ufffd"

    return _ESCAPE.sub(char, query)


@contextmanager
def _mapped() -> Generator[None]:
    try:
        yield
    except SyntaxError as exc:
        said = _PLACE.sub(lambda place: f"error at {int(place[1]) - 1}:", str(exc))  # without the line of prefixes
        raise QueryError(said, hint="examples: docs/sparql.md") from exc
    except UnicodeEncodeError as exc:
        raise QueryError("the query holds half of a surrogate pair, which no text can hold") from exc
    except (OSError, RuntimeError) as exc:  # the latter where its files are damaged
        raise StoreError(f"the SPARQL store cannot be read: {exc}", hint="delete its folder; it is built anew") from exc


def _cell(term: Term | None) -> Cell:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Iri(term.value)
    return _value(term) if isinstance(term, RdfLiteral) else str(term)


def _value(literal: RdfLiteral) -> Cell:
    """A literal as a value of Python; as its text where that is not possible."""
    text, kind = literal.value, literal.datatype.value.removeprefix(_XSD)
    try:
        if kind == "boolean":
            return text in ("true", "1")
        if kind in ("decimal", "double", "float"):
            return float(text)
        if kind == "date":
            return date.fromisoformat(text)
        return int(text) if kind.lower().endswith(("integer", "int", "long")) and _WHOLE.fullmatch(text) else text
    except ValueError:
        return text


@cache
def _starts() -> tuple[tuple[str, str], ...]:
    """IRIs of prefixes, the longest first."""
    return tuple(sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), key=lambda s: (-len(s[0]), s[1])))
