"""`kg check`: is the graph what it should be, and do all its views say the same?"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import number, say, write_table
from kg.cli.options import Login, folder_argument, server_options
from kg.cli.stores import make_ready, open_server
from kg.errors import CheckFailedError

if TYPE_CHECKING:
    from kg.graph.check import Problem


@click.command(short_help="Check that the graph is sound and that its views agree; exit code 10 if not.")
@folder_argument
@click.option("--server", "--against", metavar="URI", help="Check a Neo4j server too, which `kg load` has filled.")
@server_options
def check(folder: Path, *, server: str | None, login: Login) -> None:
    """Check the graph of DIR, and print every difference; exit code 10 if there is one.

    Every span slices to its words; every id means something; every edge rests on claims that allow it; the RDF conforms
    to its shapes; embedded graph, RDF and record say the same, and so does the store of `kg sparql`, if there is one.
    """
    from kg.api import open_graph
    from kg.build import load_graph
    from kg.graph.check import check_graph, check_rdf, check_record, check_sparql, check_store
    from kg.graph.embedded import open_embedded
    from kg.graph.record import Record
    from kg.graph.sparql import has_sparql, open_sparql
    from kg.schema import load_schema

    make_ready(folder)
    schema = load_schema()
    with Record.open(folder, readonly=True) as record:
        problems = check_record(record)
    graph = load_graph(folder)
    problems += [*check_graph(graph), *check_rdf(graph, schema)]
    asked = has_sparql(folder, state=(state := open_graph(folder).state()))
    if asked:
        problems += check_sparql(open_sparql(folder, state=state), graph, schema)
    with open_embedded(folder) as driver:
        problems += check_store(driver, graph, schema)
    if server is not None:
        with open_server(server, login) as driver:
            problems += check_store(driver, graph, schema, database=login.database)
    if problems:
        raise _failure(problems)
    held = {"article": len(graph.articles), "claim": len(graph.claims), "edge": len(graph.propositions)}
    views = ["record", "embedded graph", "RDF", *(["SPARQL store"] if asked else []), *(["server"] if server else [])]
    counted = ", ".join(number(count, noun) for noun, count in held.items())
    say(f"{', '.join(views[:-1])} and {views[-1]} agree: {counted}")


def _failure(problems: "Sequence[Problem]") -> CheckFailedError:
    """List the differences; the error counts them."""
    write_table(("kind", "difference"), [(problem.kind, problem.detail) for problem in problems])
    kinds = Counter(problem.kind for problem in problems)
    listed = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    hint = "`kg build --rebuild` makes all views anew"
    if kinds["sparql"]:
        hint += ", but for the SPARQL store: delete DIR/sparql, and the next `kg sparql` builds it"
    return CheckFailedError(f"{number(len(problems), 'difference')} ({listed})", hint=hint)
