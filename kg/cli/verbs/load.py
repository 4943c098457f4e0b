"""`kg load`: put the graph into a Neo4j server."""

import sys
from pathlib import Path

import click

from kg.cli.console import Level, current_level, on_terminal, say
from kg.cli.options import Login, folder_argument, server_options
from kg.cli.stores import open_server


@click.command(short_help="Load the graph into a Neo4j server.")
@folder_argument
@click.argument("uri", metavar="URI")
@server_options
def load(folder: Path, uri: str, *, login: Login) -> None:
    """Load the graph of DIR into the Neo4j server at URI (`neo4j://host:7687`, `bolt://...`).

    An earlier load is replaced; data that kg did not write stay as they are. Loading twice is loading once.
    """
    from kg.build import load_graph
    from kg.graph.load import load as run
    from kg.schema import load_schema

    graph = load_graph(folder)
    watched = current_level() >= Level.NOTE and on_terminal(sys.stderr)

    def progress(done: int, total: int) -> None:
        if watched:
            click.echo(f"\r{done} of {total}", nl=done >= total, err=True)

    with open_server(uri, login) as driver:
        loaded = run(driver, graph, load_schema(), database=login.database, progress=progress)
    say(
        f"{loaded.nodes} nodes and {loaded.relationships} relationships; "
        f"{loaded.written} of them written, {loaded.deleted} stale ones deleted"
    )
