"""What is said to a person on stderr, and how tables are written to stdout.

Article text is hostile: control characters never reach a terminal. Tables are drawn only on a terminal; in a pipe they
are plain, aligned and whole.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum

import click

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]")
"""Control characters but tab and newline, marks that turn the direction of text, and lone surrogates."""


class Level(IntEnum):
    """How much is said on stderr."""

    ERROR = 0
    NOTE = 1
    DETAIL = 2


def say(text: str, *, level: Level = Level.NOTE) -> None:
    """Write a line to stderr, if the user wants to hear lines of this level."""
    if level <= current_level():
        click.secho(clean(text), err=True, fg="red" if level is Level.ERROR and colour(sys.stderr) else None)


def current_level() -> Level:
    """The level of the running command."""
    context = click.get_current_context(silent=True)
    found = context.find_object(Level) if context else None
    return Level.NOTE if found is None else found


def emit(text: str) -> None:
    """Write text and a newline to stdout."""
    click.echo(clean(text))


def number(count: int, noun: str) -> str:
    """`1 article`, `2 articles`, `3 entities`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"


def clean(text: str) -> str:
    """Text without what could steer a terminal."""
    return _CONTROL.sub("�", text)


def on_terminal(stream: object = None) -> bool:
    """Is this stream (stdout by default) read by a person?"""
    isatty = getattr(sys.stdout if stream is None else stream, "isatty", None)
    return bool(isatty and isatty())


def colour(stream: object = None) -> bool:
    """May this stream have colours? See https://no-color.org."""
    return on_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """Write a table to stdout.

    Args:
        columns: headings.
        rows: cells of each row, as many as columns; line breaks in cells become blanks.
        title: a line above the table.
    """
    cells = [[" ".join(clean(cell).split()) for cell in row] for row in rows]
    if on_terminal():
        _draw(columns, cells, title)
        return
    if title:
        emit(title)
    widths = [max([_width(name), *(_width(row[i]) for row in cells)]) for i, name in enumerate(columns)]
    for row in [list(columns), ["-" * width for width in widths], *cells]:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        emit("  ".join(padded).rstrip())


def _draw(columns: Sequence[str], cells: Sequence[Sequence[str]], title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, title_justify="left", box=box.SIMPLE_HEAD)
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    Console(file=sys.stdout, no_color=not colour(), highlight=False).print(table)


def _width(text: str) -> int:
    """Columns that text takes in a fixed-width font."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) != 0 for char in text)
