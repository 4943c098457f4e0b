"""`kg sparql`: ask a graph in SPARQL."""

from pathlib import Path

import click

from kg.cli.options import folder_argument, format_option, output_option
from kg.errors import UsageError

HELP = """Ask the RDF view of DIR's graph in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE.

\b
kg sparql graph.kg 'SELECT ?a ?b { ?x kg:metWith ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }'
kg sparql graph.kg --file question.rq --format csv -o answer.csv
kg sparql graph.kg 'CONSTRUCT { ?s kg:supports ?o } WHERE { ?s kg:supports ?o }' --format turtle

All prefixes of docs/rdf.md are known, and the default graph is the union of all. The first question after a build makes
a store in DIR/sparql, later ones use it. `json` is SPARQL's own format (JSON-LD for triples); `turtle` and `ntriples`
are for triples alone.
"""


@click.command(help=HELP, short_help="Ask a graph in SPARQL.")
@folder_argument
@click.argument("query", metavar="[SPARQL]", required=False)
@click.option(
    "--file",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Read the query from FILE; `-` for stdin.",
)
@format_option("table", "json", "csv", "turtle", "ntriples", default="table")
@output_option
def sparql(folder: Path, query: str | None, *, file: Path | None, fmt: str, output: Path | None) -> None:
    """Ask a graph in SPARQL."""
    from kg.api import open_graph
    from kg.cli.outfile import open_output
    from kg.cli.results import write_rows
    from kg.graph.sparql import Iri, run_sparql, write_answer

    text = _query(query, file)
    store = open_graph(folder).sparql_store()
    if fmt in ("table", "csv"):
        answer = run_sparql(store, text)
        rows = [
            [cell.compact if fmt == "table" and isinstance(cell, Iri) else cell for cell in row] for row in answer.rows
        ]
        write_rows(answer.columns, rows, fmt=fmt, output=output)
        return
    with open_output(output) as out:
        write_answer(store, text, fmt=fmt, out=out)


def _query(query: str | None, file: Path | None) -> str:
    if (query is None) == (file is None):
        raise UsageError("a query is needed, and one is enough", hint="give SPARQL, or --file FILE")
    if query is not None:
        return query
    try:
        with click.open_file(str(file), encoding="utf-8") as source:
            return str(source.read())
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"{file} cannot be read: {exc}") from exc
