"""`kg query`: ask a graph in Cypher."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from kg.cli.console import write_table
from kg.cli.options import Login, format_option, output_option, server_options, timeout_option
from kg.cli.parameters import parse_parameters, split_parameters
from kg.cli.results import FORMATS, Rows, write_rows
from kg.cli.stores import open_store
from kg.errors import UsageError
from kg.graph.queries import find_query, named_queries

HELP = """Ask the graph of DIR, or of the Neo4j server at a `neo4j://` or `bolt://` address, in Cypher.

\b
kg query graph.kg 'MATCH (p:Person)-[r:MET_WITH]-(q) RETURN p.name, q.name, r.first LIMIT 10'
kg query graph.kg --named offices -p body=Japan --format csv
kg query graph.kg --list

Nothing can be changed without --write. What is changed in an embedded graph is gone with the next build.
"""


@click.command(help=HELP, short_help="Ask a graph in Cypher, or by the name of a prepared query.")
@click.argument("target", metavar="DIR|URI")
@click.argument("cypher", metavar="[CYPHER]", required=False)
@click.option(
    "-p",
    "--param",
    "params",
    metavar="NAME=VALUE",
    multiple=True,
    help="A $parameter; JSON where it can be, else text.",
)
@click.option("--named", metavar="NAME", help="Ask a prepared query instead.")
@click.option("--columns", metavar="NAME,...", help="Show these columns of the answer only, in this order.")
@click.option("--list", "listing", is_flag=True, help="List the prepared queries with their parameters.")
@click.option("--write", is_flag=True, help="Allow the query to change the graph.")
@timeout_option()
@format_option(*FORMATS, default="table")
@output_option
@server_options
def query(  # noqa: PLR0913 - click passes every option by name
    target: str,
    cypher: str | None,
    *,
    params: tuple[str, ...],
    named: str | None,
    columns: str | None,
    listing: bool,
    write: bool,
    timeout: float,
    fmt: str,
    output: Path | None,
    login: Login,
) -> None:
    """Ask a graph in Cypher."""
    if listing:
        _list()
        return
    values: Mapping[str, object] = parse_parameters(params)
    if named is not None:
        if cypher is not None:
            raise UsageError("a query and the name of one are given: one is enough")
        prepared = find_query(named)
        cypher, values = prepared.cypher, prepared.bind_words(split_parameters(params))
    if cypher is None or not cypher.strip():
        raise UsageError("no query is given", hint="give Cypher, or --named NAME; --list shows the names")
    with open_store(target, login, write=write, timeout=timeout) as ask:
        answer = ask(cypher, values)
    names, rows = _chosen(columns, answer.columns, answer.rows)
    write_rows(names, rows, fmt=fmt, output=output)


def _chosen(columns: str | None, names: Sequence[str], rows: Rows) -> tuple[Sequence[str], Rows]:
    """The columns that the user wants to see."""
    if columns is None:
        return names, rows
    wanted = [name.strip() for name in columns.split(",")]
    if unknown := [name for name in wanted if name not in names]:
        raise UsageError(f"the answer has no column {unknown[0]!r}", hint=f"it has: {', '.join(names)}")
    places = [names.index(name) for name in wanted]
    return wanted, [[row[place] for place in places] for row in rows]


def _list() -> None:
    rows = [(query.name, query.title, query.signature) for query in named_queries().values()]
    write_table(("name", "question", "parameters"), rows)
