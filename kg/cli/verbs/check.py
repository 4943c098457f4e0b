"""`kg check`: is the graph what it should be, and do all its views say the same?"""

from collections import Counter
from pathlib import Path

import click

from kg.cli.console import number, say, write_table
from kg.cli.options import Login, folder_argument, server_options
from kg.cli.stores import make_ready, open_server
from kg.errors import CheckFailedError


@click.command(short_help="Check that the graph is sound and that its views agree; exit code 10 if not.")
@folder_argument
@click.option("--server", metavar="URI", help="Check a Neo4j server too, which `kg load` has filled.")
@server_options
def check(folder: Path, *, server: str | None, login: Login) -> None:
    """Check the graph of DIR, and print every difference; exit code 10 if there is one.

    Every span slices to its words; every id means something; every edge rests on claims that allow it; the RDF conforms
    to its shapes; embedded graph, RDF and record say the same.
    """
    from kg.build import load_graph
    from kg.graph.check import check_graph, check_rdf, check_record, check_store
    from kg.graph.embedded import open_embedded
    from kg.graph.record import Record
    from kg.schema import load_schema

    make_ready(folder)
    schema = load_schema()
    with Record.open(folder, readonly=True) as record:
        problems = check_record(record)
    graph = load_graph(folder)
    problems += [*check_graph(graph), *check_rdf(graph, schema)]
    with open_embedded(folder) as driver:
        problems += check_store(driver, graph, schema)
    if server is not None:
        with open_server(server, login) as driver:
            problems += check_store(driver, graph, schema, database=login.database)
    if problems:
        write_table(("kind", "difference"), [(problem.kind, problem.detail) for problem in problems])
        kinds = Counter(problem.kind for problem in problems)
        listed = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        found = number(len(problems), "difference")
        raise CheckFailedError(f"{found} ({listed})", hint="`kg build --rebuild` makes all views anew")
    held = {"article": len(graph.articles), "claim": len(graph.claims), "edge": len(graph.propositions)}
    views = "record, embedded graph and RDF" + (" and server" if server else "")
    say(f"{views} agree: {', '.join(number(count, noun) for noun, count in held.items())}")
