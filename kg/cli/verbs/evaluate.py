"""`kg evaluate`: how good are the claims, against annotated articles?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import emit, say, write_table
from kg.cli.options import format_option, output_option
from kg.errors import CheckFailedError, InputError

if TYPE_CHECKING:
    from kg.evaluate import Record, Score


@click.command(short_help="Score claims against annotated articles; exit code 10 below the floors.")
@click.argument("gold", metavar="GOLD", type=click.Path(file_okay=False, path_type=Path))
@click.argument("claims", metavar="DIR_OR_CLAIMS", type=click.Path(path_type=Path))
@format_option("table", "json", default="table")
@output_option
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write a page with gold and system side by side in the text.")  # fmt: skip
@click.option("--missed", type=click.IntRange(min=0), default=0, metavar="N", help="List N claims that were missed.")
@click.option("--wrong", type=click.IntRange(min=0), default=0, metavar="N", help="List N claims that match nothing.")
@click.option("--floors", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Fail if a figure is below its floor in this TOML file.")  # fmt: skip
def evaluate(gold: Path, claims: Path, *, floors: Path | None, page: Path | None, **options: Any) -> None:
    """Score the claims of a graph against the annotated articles of the folder GOLD.

    DIR_OR_CLAIMS is a graph's folder, or a file of claims as `kg export --format jsonl` writes it. An article is
    recognised by its file name: `NAME.md` in GOLD is `NAME.md`, `NAME.txt` or `NAME.html` in the graph.
    """
    from kg.evaluate import corpus_hash, failures, read_floors, read_gold, score, write_page

    least = read_floors(floors) if floors else None
    golds = read_gold(gold)
    records = list(_records(claims))
    figures = score(golds, records)
    if not any(count.predicted for count in figures.articles.values()):
        say(f"no claim of {claims} is from an article of {gold}: are the file names the same?")
    _write(figures, **options)
    if page:
        _write_bytes(write_page(golds, records, figures).encode("utf-8", "backslashreplace"), page)
    if least and (below := failures(figures, least, corpus=corpus_hash(gold))):
        for line in below:
            say(line)
        raise CheckFailedError(f"{len(below)} of the figures fail", hint=f"the floors are in {floors}")


def _records(path: Path) -> "Iterator[Record]":
    from kg.evaluate import read_records

    if path.is_dir():
        from kg.build import load_graph
        from kg.graph.tables import claim_records
        from kg.schema import load_schema

        yield from claim_records(load_graph(path), load_schema())
        return
    try:
        with path.open(encoding="utf-8") as lines:
            yield from read_records(lines, name=str(path))
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(
            f"{path} cannot be read: {exc}", hint="give a graph's folder or a JSONL file of claims"
        ) from exc


def _write(figures: "Score", *, fmt: str, output: Path | None, missed: int, wrong: int) -> None:
    from kg.evaluate import plain, tables

    if fmt == "json" or output:
        _write_bytes(json.dumps(plain(figures), ensure_ascii=False, indent=1).encode() + b"\n", output)
        return
    for number, (title, headings, rows) in enumerate(tables(figures, missed=missed, wrong=wrong)):
        if number:
            emit("")
        write_table(headings, rows, title=title)


def _write_bytes(content: bytes, path: Path | None) -> None:
    from kg.cli.outfile import open_output

    with open_output(path) as out:
        out.write(content)
