"""The graph in a notebook: `graph = kg.open("graph.kg")`.

What it lists are the nouns of `kg.model`, frozen and typed, and each list turns into a pandas or Arrow table. Questions
go to the same stores as those of `kg query` and `kg sparql`, and can change nothing.
"""

import json
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from kg.errors import NotFoundError, UsageError
from kg.model import Article, Claim, Entity, Graph, Mention, Proposition

if TYPE_CHECKING:
    from neo4j import Driver
    from pyoxigraph import Store

    from kg.graph.cypher import Table

T = TypeVar("T")


def open_graph(folder: str | PathLike[str], *, timeout: float = 0) -> "KnowledgeGraph":
    """Open a graph that `kg build` made; `kg.open` is this function.

    Args:
        folder: its folder (`graph.kg`).
        timeout: seconds that a question in Cypher may take; 0: no limit.

    Raises:
        RecordError: there is no graph, or it cannot be read.
    """
    graph = KnowledgeGraph(Path(folder), timeout=timeout)
    graph.state()
    return graph


class KnowledgeGraph:
    """A graph's folder, for reading.

    Lists are those of the record as it is when they are asked for. The embedded store is started for each question and
    stopped again, so that others can use it in between; in a `with` block it is kept running until the block ends.
    """

    def __init__(self, folder: Path, *, timeout: float = 0) -> None:
        self.folder = folder
        self.timeout = timeout
        self._graph: tuple[str, Graph] = ("", Graph())
        self._stores: dict[str, Store] = {}
        self._running: ExitStack | None = None
        self._driver: Driver | None = None

    def __repr__(self) -> str:
        return f"kg.open({str(self.folder)!r})"

    def __enter__(self) -> Self:
        self._running = ExitStack()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        running, self._running, self._driver = self._running, None, None
        if running is not None:
            running.close()

    def state(self) -> str:
        """Hash of all that the graph depends on: record, policy, and the version of `kg`.

        Raises:
            RecordError: there is no graph, or it cannot be read.
        """
        from kg.graph.stamp import code_version, read_stamp

        policy = read_stamp(self.folder).policy
        return f"{self._record_state()} {policy.threshold} {policy.min_sources} {code_version()}"

    def graph(self) -> Graph:
        """All of it, as one value; made when it is first asked for, and again when the record has changed."""
        from kg.build import load_graph

        if (state := self.state()) != self._graph[0]:
            self._graph = state, load_graph(self.folder)
        return self._graph[1]

    def articles(self) -> "Listing[Article]":
        """Articles, by key."""
        graph = self.graph()
        return Listing(graph.articles, graph, "articles")

    def mentions(self) -> "Listing[Mention]":
        """Mentions of entities, in the order of article and text."""
        graph = self.graph()
        return Listing(graph.mentions, graph, "mentions")

    def entities(self) -> "Listing[Entity]":
        """Entities, by id."""
        graph = self.graph()
        return Listing(graph.entities, graph, "entities")

    def claims(self) -> "Listing[Claim]":
        """Claims, by id: also those that are denied, planned or conditional, and those below the threshold."""
        graph = self.graph()
        return Listing(graph.claims, graph, "claims")

    def propositions(self) -> "Listing[Proposition]":
        """What accepted claims have in common, by id: the edges of the graph."""
        graph = self.graph()
        return Listing(graph.propositions, graph, "propositions")

    def entity(self, entity_id: str) -> Entity:
        """The entity of an id.

        Raises:
            NotFoundError: no such entity.
        """
        for entity in self.graph().entities:
            if entity.id == entity_id:
                return entity
        raise NotFoundError(f"no entity {entity_id!r} in {self.folder}")

    def query(self, cypher: str, /, **params: object) -> "Answer":
        """Ask the embedded graph in Cypher: `graph.query("MATCH (p {name: $name}) RETURN p.id", name="Wang Yi")`.

        Raises:
            QueryError: the query is wrong, or would change the graph.
            QueryTimeoutError: it takes longer than `timeout`.
            LockedError: another process has the embedded graph open.
        """
        from kg.graph.cypher import run_query

        with self._engine() as driver:
            return Answer.of(run_query(driver, cypher, params, timeout=self.timeout))

    def sparql(self, query: str) -> "Answer":
        """Ask the RDF view in SPARQL; all prefixes of docs/rdf.md are known.

        Raises:
            QueryError: the query is wrong, or would leave the store.
        """
        from kg.graph.sparql import run_sparql

        return Answer.of(run_sparql(self.sparql_store(), query))

    def sparql_store(self) -> "Store":
        """The RDF view as an Oxigraph store, for reading; built when the graph is first asked in SPARQL.

        Raises:
            LockedError: another process is building it.
            StoreError: it cannot be written or read.
        """
        from kg.graph.sparql import build_sparql, has_sparql, open_sparql
        from kg.schema import load_schema

        if (state := self.state()) not in self._stores:
            if not has_sparql(self.folder, state=state):
                build_sparql(self.folder, self.graph(), load_schema(), state=state)
            self._stores = {state: open_sparql(self.folder, state=state)}
        return self._stores[state]

    def _record_state(self) -> str:
        from kg.graph.record import Record

        with Record.open(self.folder, readonly=True) as record:
            return record.state()

    @contextmanager
    def _engine(self) -> "Generator[Driver]":
        """The embedded store, of the record as it is."""
        from kg.build import refresh
        from kg.graph.embedded import embedded_state, open_embedded

        if self._driver is not None:
            yield self._driver
            return
        if embedded_state(self.folder) != self._record_state():
            refresh(self.folder)
        if self._running is not None:
            self._driver = self._running.enter_context(open_embedded(self.folder, timeout=self.timeout))
            yield self._driver
            return
        with open_embedded(self.folder, timeout=self.timeout) as driver:
            yield driver


class Listing(Sequence[T]):
    """Things of one kind; a sequence that turns into a table."""

    def __init__(self, items: Sequence[T], graph: Graph, table: str) -> None:
        self._items = items
        self._graph = graph
        self._table = table

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._items[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __repr__(self) -> str:
        return f"<{len(self)} {self._table}>"

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame` with the columns of the Parquet table of this kind (docs/other-tools.md).

        Raises:
            UsageError: pandas is not installed.
        """
        from kg.graph.parquet import TABLES, table_rows
        from kg.schema import load_schema

        rows = list(table_rows(self._graph, load_schema(), self._table))
        return _pandas().DataFrame(rows, columns=list(TABLES[self._table]))

    def to_arrow(self) -> Any:
        """A `pyarrow.Table` with the same columns, typed.

        Raises:
            UsageError: pyarrow is not installed.
        """
        from kg.graph.parquet import arrow_table
        from kg.schema import load_schema

        return arrow_table(self._graph, load_schema(), self._table)


@dataclass(frozen=True, slots=True)
class Answer(Sequence[tuple[Any, ...]]):
    """Rows of an answer.

    Attributes:
        columns: names.
        rows: plain Python values, as many as there are columns; see `kg.graph.cypher.Table`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @classmethod
    def of(cls, table: "Table") -> Self:
        """The answer in a store's table."""
        return cls(table.columns, table.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Any, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Any, ...] | Sequence[tuple[Any, ...]]:
        return self.rows[index]

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.columns)}>"

    def dicts(self) -> list[dict[str, Any]]:
        """Rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`.

        Raises:
            UsageError: pandas is not installed.
        """
        return _pandas().DataFrame(list(self.rows), columns=list(self.columns))

    def to_arrow(self) -> Any:
        """A `pyarrow.Table`; a column whose values are of several types becomes JSON text.

        Raises:
            UsageError: pyarrow is not installed.
        """
        from kg.graph.parquet import load_pyarrow

        pa = load_pyarrow()

        def column(values: list[Any]) -> Any:
            try:
                return pa.array(values)
            except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
                return pa.array([None if v is None else json.dumps(v, ensure_ascii=False, default=str) for v in values])

        columns = [column([row[place] for row in self.rows]) for place in range(len(self.columns))]
        return pa.Table.from_arrays(columns, names=list(self.columns))


def _pandas() -> Any:
    try:
        return import_module("pandas")
    except ImportError as exc:
        raise UsageError("pandas is not installed", hint="pip install pandas") from exc
