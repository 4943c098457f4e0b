"""The property graph as files for Neo4j's bulk importer: what `kg load` writes, for an empty database and much faster.

`neo4j-admin database import full` takes a header and a data file for each set of labels and each type of relationship.
`import.args` names them all, with the delimiters that they need; `schema.cypher` holds the constraints and indexes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.graph.constraints import schema_statements
from kg.graph.edges import EdgeRows, edge_rows
from kg.graph.marks import MARK, edge_mark, node_mark
from kg.graph.rows import NodeRows, Properties, Value, node_rows
from kg.model import Graph
from kg.schema import Schema

ARGUMENTS, SCHEMA = "import.args", "schema.cypher"
"""Beside the data: options of the importer, and statements to run when the server is up."""

FILES = ("nodes-*.csv", "edges-*.csv", ARGUMENTS, SCHEMA, "import.report")
"""Patterns of the names of all files; the importer itself adds the last."""

ARRAY_DELIMITER = "\x1f"
"""Between the values of a list. The importer knows no escape for it, so no value may hold it: U+001F occurs in hostile
text only, and becomes U+FFFD there. Its default, a semicolon, does occur in titles and names."""

_OPTIONS = ("--array-delimiter=U+001F", "--multiline-fields=true")
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double", date: "date", list: "string[]"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, in numbers: those that the importer reports."""

    nodes: int
    relationships: int


def write_admin_csv(graph: Graph, schema: Schema, folder: Path) -> Exported:
    """Write headers, data, options and schema.

    Args:
        graph: what `kg.graph.project` made.
        schema: labels, types and constraints.
        folder: an empty one.

    Raises:
        OSError: the folder cannot be written.
    """
    files = _Files(folder)
    nodes = sum(files.nodes(group) for group in node_rows(graph, schema) if group.rows)
    relationships = sum(files.edges(group) for group in edge_rows(graph, schema) if group.rows)
    _write(folder / ARGUMENTS, (*_OPTIONS, *files.options))
    _write(folder / SCHEMA, (f"{statement};" for statement in schema_statements(schema)))
    return Exported(nodes, relationships)


@dataclass(slots=True)
class _Files:
    """Files of one export, and the options that name them."""

    folder: Path
    options: list[str] = field(default_factory=list[str])

    def nodes(self, group: NodeRows) -> int:
        """Write the nodes of one set of labels."""
        name, columns = f"nodes-{group.labels[-1]}", _columns(group.rows)
        header = [f"id:ID({group.labels[0]})" if column == "id" else _typed(column, columns) for column in columns]
        self._pair(
            name, [*header, f"{MARK}:string"], (_line(row, columns, node_mark(group.labels, row)) for row in group.rows)
        )
        self.options.append(f"--nodes={':'.join(group.labels)}={name}-header.csv,{name}.csv")
        return len(group.rows)

    def edges(self, group: EdgeRows) -> int:
        """Write the relationships of one type between nodes of two labels."""
        name, columns = f"edges-{group.type}-{group.end_label}", _columns(row.properties for row in group.rows)
        ends = [f":START_ID({group.start_label})", f":END_ID({group.end_label})"]
        header = [*ends, *(_typed(column, columns) for column in columns), f"{MARK}:string"]
        lines = (
            f"{_cell(row.start)},{_cell(row.end)},{_line(row.properties, columns, edge_mark(group, row))}"
            for row in group.rows
        )
        self._pair(name, header, lines)
        self.options.append(f"--relationships={group.type}={name}-header.csv,{name}.csv")
        return len(group.rows)

    def _pair(self, name: str, header: list[str], lines: Iterable[str]) -> None:
        _write(self.folder / f"{name}-header.csv", (",".join(header),))
        _write(self.folder / f"{name}.csv", lines)


def _columns(rows: Iterable[Properties]) -> dict[str, str]:
    """Type of each property that occurs, in the order of first occurrence."""
    columns: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            kind = _TYPES[type(value)]
            if columns.setdefault(name, kind) != kind:
                raise TypeError(f"property {name} is {columns[name]} here and {kind} there")
    return columns


def _typed(name: str, columns: dict[str, str]) -> str:
    return f"{name}:{columns[name]}"


def _line(row: Properties, columns: Iterable[str], mark: str) -> str:
    return ",".join((*(_cell(row.get(column)) for column in columns), mark))


def _cell(value: Value | None) -> str:
    """A value as the importer reads it; text always in quotes, because nothing at all is no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return _quoted(ARRAY_DELIMITER.join(item.replace(ARRAY_DELIMITER, "\ufffd") for item in value))
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(f"{line}\n" for line in lines)
