"""`kg show`: who or what an entity is, and all that is claimed of it, with the words."""

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.console import emit, number, on_terminal
from kg.cli.options import folder_argument, format_option

SHOWN = 10
"""Claims of a kind that a terminal is given; a pipe gets all."""


@click.command(short_help="Show an entity: offices, encounters, events, stances, statements.")
@folder_argument
@click.argument("entity", metavar="ENTITY")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), help="Claims of each kind; 0: all. Default: 10 on a terminal."
)
@format_option("text", "json", default="text")
def show(folder: Path, entity: str, *, limit: int | None, fmt: str) -> None:
    """Show who or what ENTITY is, and what is claimed of it: each claim with its words and their source.

    ENTITY is a name, another form of it, or an id (`Q30`, `e:...`). Where several entities fit, they are listed.
    """
    from kg.build import load_graph
    from kg.cli.selection import find_entity
    from kg.cli.views import Names, entity_view
    from kg.schema import load_schema

    graph = load_graph(folder)
    view = entity_view(find_entity(graph, entity), Names(graph, load_schema()))
    if fmt == "json":
        click.echo(json.dumps(view, ensure_ascii=False, indent=1))
        return
    shown = limit if limit is not None else SHOWN if on_terminal() else 0
    _head(view)
    _claims(view, shown)


def _head(view: dict[str, Any]) -> None:
    known = f", wikidata {view['wikidata']}" if view["wikidata"] and view["wikidata"] != view["id"] else ""
    emit(f"{view['name']} ({view['type']}, {view['id']}{known})")
    if view["within"]:
        emit(f"within: {view['within']}")
    if view["aliases"]:
        emit(f"also: {'; '.join(view['aliases'])}")
    emit(f"mentioned {number(view['mentions'], 'time')} in {number(len(view['articles']), 'article')}")


def _claims(view: dict[str, Any], limit: int) -> None:
    from kg.cli.views import FAMILIES

    for family, heading in FAMILIES.items():
        claims = view["claims"][family]
        if not claims:
            continue
        emit(f"\n{heading}")
        for claim in claims[: limit or None]:
            contested = " (contested)" if claim["contested"] else ""
            emit(f"  {' '.join(claim['says'].split())}{contested}  {claim['id']}")
            for words in claim["evidence"]:
                source = ", ".join(filter(None, [words["source"], words["date"], words["article"]]))
                emit(f"      “{' '.join(words['text'].split())}”  ({source})")
        if limit and len(claims) > limit:
            emit(f"  and {len(claims) - limit} more: --limit 0")
