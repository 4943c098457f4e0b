"""`kg export`: the graph in formats of other tools."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.cli.options import folder_argument, format_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.model import Graph
    from kg.schema import Schema

RDF = ("nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml")
NETWORKS = ("graphml", "gexf")
FOLDERS = ("parquet", "neo4j-admin")
SELECTING = ("jsonl", "csv", *RDF)
"""Formats that hold claims, so that a part of them makes sense; the others are made of propositions."""

HELP = """Write the graph of DIR to stdout or a file.

`jsonl` and `csv` hold one claim a line (docs/record.md). RDF (docs/rdf.md): `nquads`, `trig` and `jsonld` keep a named
graph for each article; `turtle`, `ntriples` and `rdfxml` know no graphs and hold their union.

For other tools (docs/other-tools.md): `ftm` is FollowTheMoney JSON; `graphml` and `gexf` are networks for Gephi and its
like; `parquet` (tables) and `neo4j-admin` (for Neo4j's bulk importer) are folders of files and need `-o FOLDER`.

`--since` and `--entity` take a part of the claims, and what these refer to; counts of sources stay those of the whole
graph. They are for `jsonl`, `csv` and RDF.
"""


@click.command(help=HELP, short_help="Write the graph as RDF, tables, networks, or for bulk import.")
@folder_argument
@format_option("jsonl", "csv", *RDF, "ftm", *NETWORKS, *FOLDERS, default="jsonl")
@click.option(
    "--graphs",
    type=click.Choice(("all", "articles", "consensus", "meta")),
    help="Which named graphs of RDF; all if not given.",
)
@click.option(
    "--since", metavar="DATE", help="Only claims of articles of this day or later (`2024-06-30`, `2024-06`, `2024`)."
)
@click.option("--entity", metavar="NAME|ID", help="Only claims whose subject, object or speaker this is.")
@click.option(
    "-o", "--output", "output", metavar="PATH", type=click.Path(path_type=Path),
    help="Write to this file or folder, at once when complete, instead of stdout; a file is compressed if its name "
    "ends in .gz or .zst.",
)  # fmt: skip
def export(
    folder: Path, *, fmt: str, graphs: str | None, since: str | None, entity: str | None, output: Path | None
) -> None:
    """Write the graph in a format."""
    from kg.build import load_graph
    from kg.cli.outfile import open_output
    from kg.schema import load_schema

    if graphs and fmt not in RDF:
        raise UsageError(f"{fmt} has no named graphs, which --graphs chooses", hint=f"they are in {', '.join(RDF)}")
    if (since or entity) and fmt not in SELECTING:
        raise UsageError(
            f"{fmt} is made of propositions, but --since and --entity choose claims",
            hint=f"export the whole, or choose one of {', '.join(SELECTING)}",
        )
    if fmt in FOLDERS:
        _export_folder(folder, fmt=fmt, output=output)
        return
    if output is not None and output.is_dir():
        raise click.BadParameter(f"{output} is a folder, but {fmt} is one file", param_hint="-o")
    graph, schema = load_graph(folder), load_schema()
    if since or entity:
        graph = _selected(graph, since=since, entity=entity)
    write = _writer(fmt, graphs or "all")
    with open_output(output) as out:
        write(graph, schema, out)


def _selected(graph: "Graph", *, since: str | None, entity: str | None) -> "Graph":
    """The part that was asked for."""
    from kg.cli.console import number, say
    from kg.cli.selection import find_entity
    from kg.graph.dates import first_day
    from kg.graph.select import select

    day = first_day(since) if since else None
    if since and day is None:
        raise UsageError(f"{since!r} is no date", hint="give a day, month or year: --since 2024-06-30")
    part = select(graph, since=day, entity=find_entity(graph, entity).id if entity else "")
    say(f"{number(len(part.claims), 'claim')} of {len(graph.claims)}, from {number(len(part.articles), 'article')}")
    return part


def _writer(fmt: str, graphs: str) -> Callable[["Graph", "Schema", BinaryIO], object]:
    """What writes a format of one file."""
    from kg.graph.ftm import write_ftm
    from kg.graph.network import write_network
    from kg.graph.rdf import write_rdf
    from kg.graph.tables import write_csv, write_jsonl

    if fmt in RDF:
        return lambda graph, schema, out: write_rdf(graph, schema, fmt=fmt, out=out, graphs=graphs)
    if fmt in NETWORKS:
        return lambda graph, schema, out: write_network(graph, schema, fmt=fmt, out=out)
    return {"jsonl": write_jsonl, "csv": write_csv, "ftm": write_ftm}[fmt]


def _export_folder(folder: Path, *, fmt: str, output: Path | None) -> None:
    from kg.build import load_graph
    from kg.cli.console import number, say
    from kg.cli.outfolder import open_folder
    from kg.graph.admin_csv import FILES, write_admin_csv
    from kg.graph.parquet import load_pyarrow, write_parquet
    from kg.schema import load_schema

    if fmt == "parquet":
        load_pyarrow()
        with open_folder(output, patterns=("*.parquet",)) as out:
            write_parquet(load_graph(folder), load_schema(), out)
        return
    with open_folder(output, patterns=FILES) as out:
        written = write_admin_csv(load_graph(folder), load_schema(), out)
    say(f"{number(written.nodes, 'node')}, {number(written.relationships, 'relationship')}; then, in {output}:")
    say("    neo4j-admin database import full neo4j @import.args --overwrite-destination")
