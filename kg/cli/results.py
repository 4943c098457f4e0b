"""Write the rows of an answer: for a person, for a program, or for a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from kg.cli.console import number, on_terminal, say, write_table
from kg.cli.outfile import open_output
from kg.errors import UsageError

FORMATS = ("table", "json", "jsonl", "csv", "parquet")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet run a cell. Source: OWASP, CSV injection."""

Rows = Sequence[Sequence[Any]]


def write_rows(columns: Sequence[str], rows: Rows, *, fmt: str, output: Path | None = None) -> None:
    """Write rows in a format.

    Args:
        columns: names, all different.
        rows: plain values, lists and dicts of them.
        fmt: one of `FORMATS`.
        output: a file, or None for stdout.

    Raises:
        UsageError: Parquet to a terminal, or without its library; a file that cannot be written.
    """
    if fmt == "table" and output is None:
        write_table(columns, [[cell_text(cell) for cell in row] for row in rows])
        say(number(len(rows), "row"))
        return
    if fmt == "table":
        raise UsageError("a table is for reading here, not for a file", hint="add --format csv, json, jsonl or parquet")
    if fmt == "parquet" and output is None and on_terminal():
        raise UsageError("Parquet is not for a terminal", hint="add -o FILE.parquet")
    with open_output(output) as out:
        {"json": _json, "jsonl": _jsonl, "csv": _csv, "parquet": _parquet}[fmt](columns, rows, out)


def cell_text(value: object) -> str:
    """A value as a person reads it: lists of words with semicolons, what is deeper as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return "; ".join(cell_text(item) for item in value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=_plain)


def spreadsheet_safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _objects(columns: Sequence[str], rows: Rows) -> Iterable[dict[str, Any]]:
    return (dict(zip(columns, row, strict=True)) for row in rows)


def _json(columns: Sequence[str], rows: Rows, out: BinaryIO) -> None:
    text = json.dumps(list(_objects(columns, rows)), ensure_ascii=False, indent=1, default=_plain)
    out.write(text.encode("utf-8", "backslashreplace") + b"\n")


def _jsonl(columns: Sequence[str], rows: Rows, out: BinaryIO) -> None:
    lines = (json.dumps(row, ensure_ascii=False, default=_plain) for row in _objects(columns, rows))
    out.writelines(line.encode("utf-8", "backslashreplace") + b"\n" for line in lines)


def _csv(columns: Sequence[str], rows: Rows, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")  # what the tools of a pipe take for the end of a line
    writer.writerow(map(spreadsheet_safe, columns))
    for row in rows:
        writer.writerow([spreadsheet_safe(c) if isinstance(c, str) else cell_text(c) for c in row])
    text.detach()


def _parquet(columns: Sequence[str], rows: Rows, out: BinaryIO) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as exc:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed", hint="pip install 'foreign-policy-kg[parquet]'"
        ) from exc

    def column(values: list[Any]) -> Any:
        try:
            return pa.array(values)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):  # values of several types
            return pa.array([None if value is None else cell_text(value) for value in values], pa.string())

    arrays = [column([row[i] for row in rows]) for i in range(len(columns))]
    pq.write_table(pa.table(dict(zip(columns, arrays, strict=True))), out)
