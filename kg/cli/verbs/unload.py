"""`kg unload`: take out of a Neo4j server what `kg load` put there."""

import click

from kg.cli.console import say
from kg.cli.options import Login, server_options
from kg.cli.stores import open_server


@click.command(short_help="Delete from a Neo4j server what `kg load` wrote.")
@click.argument("uri", metavar="URI")
@server_options
def unload(uri: str, *, login: Login) -> None:
    """Delete from the Neo4j server at URI all that `kg load` wrote, and nothing else."""
    from kg.graph.load import unload as run

    with open_server(uri, login) as driver:
        deleted = run(driver, database=login.database)
    say(f"{deleted} nodes and relationships deleted")
