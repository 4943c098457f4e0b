"""`kg export`: the graph as RDF, or its claims as JSON lines or a spreadsheet."""

from pathlib import Path

import click

from kg.cli.options import folder_argument, format_option, output_option

RDF = ("nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml")


@click.command(short_help="Write the graph as RDF, or its claims as JSON lines or CSV.")
@folder_argument
@format_option("jsonl", "csv", *RDF, default="jsonl")
@click.option(
    "--graphs",
    type=click.Choice(("all", "articles", "consensus", "meta")),
    default="all",
    show_default=True,
    help="Which named graphs of the RDF.",
)
@output_option
def export(folder: Path, *, fmt: str, graphs: str, output: Path | None) -> None:
    """Write the graph of DIR to stdout or a file.

    `jsonl` and `csv` hold one claim a line (docs/record.md). The others are RDF (docs/rdf.md): `nquads`, `trig` and
    `jsonld` keep a named graph for each article, `turtle`, `ntriples` and `rdfxml` know no graphs and hold their union.
    """
    from kg.build import load_graph
    from kg.cli.outfile import open_output
    from kg.graph.rdf import write_rdf
    from kg.graph.tables import write_csv, write_jsonl
    from kg.schema import load_schema

    graph, schema = load_graph(folder), load_schema()
    with open_output(output) as out:
        if fmt == "jsonl":
            write_jsonl(graph, schema, out)
        elif fmt == "csv":
            write_csv(graph, schema, out)
        else:
            write_rdf(graph, schema, fmt=fmt, out=out, graphs=graphs)
