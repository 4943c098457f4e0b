"""Reading the tables of `kg/data/gazetteer`: plain CSV, a header line each, `|` between the values of a list."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from kg.errors import DataError
from kg.ids import content_id
from kg.model import Known
from kg.resolve.folding import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """What the gazetteer knows of one entity.

    Attributes:
        known: id, type, canonical name, Wikidata id, country.
        aliases: other names, as written in the table, without the canonical one.
        table: name of the table it comes from, for `Entity.origin`.
        detail: what only some tables say (the function of a public body, the country whose capital a city is).
    """

    known: Known
    aliases: tuple[str, ...]
    table: str
    detail: str = ""


def read_table(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Rows of one table, in file order.

    Args:
        name: file name without `.csv`.
        columns: the expected header, in order.

    Raises:
        DataError: the file is missing, or its header or a row has other columns.
    """
    resource = files("kg") / "data" / "gazetteer" / f"{name}.csv"
    try:
        lines = resource.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise DataError(f"gazetteer table {name}.csv cannot be read: {exc}", hint="reinstall the package") from exc
    reader = csv.reader(lines)
    if tuple(next(reader, ())) != columns:
        raise DataError(f"gazetteer table {name}.csv must have the columns {', '.join(columns)}")
    width = len(columns)
    for number, row in enumerate(reader, start=2):
        if len(row) != width:
            raise DataError(f"gazetteer table {name}.csv, row {number}: {len(row)} columns instead of {width}")
        yield tuple(row)


def listed(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds a list."""
    return tuple(cell.split("|")) if cell else ()


def text_id(type_: str, name: str) -> str:
    """Id of an entity that is known by type and name alone."""
    return content_id("e", type_, fold(name) or name.strip())
