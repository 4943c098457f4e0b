"""`kg stats`: what a graph holds, in numbers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import emit, write_table
from kg.cli.options import folder_argument, format_option

if TYPE_CHECKING:
    from kg.model import Graph


@click.command(short_help="Count what a graph holds.")
@folder_argument
@click.option("--articles", "listing", flag_value="articles", help="List all articles instead.")
@click.option("--entities", "listing", flag_value="entities", help="List all entities instead.")
@format_option("table", "json", default="table")
def stats(folder: Path, *, listing: str | None, fmt: str) -> None:
    """Count what the graph of DIR holds: articles, entities by type, claims by relation and mood."""
    from kg.build import load_graph

    graph = load_graph(folder)
    tables = [LISTINGS[listing](graph)] if listing else _counts(graph)
    if fmt == "json":
        named = {title: [dict(zip(columns, row, strict=True)) for row in rows] for title, columns, rows in tables}
        click.echo(json.dumps(named, ensure_ascii=False, indent=1))
        return
    for number, (title, columns, rows) in enumerate(tables):
        if number:
            emit("")
        write_table(columns, [[str(cell) for cell in row] for row in rows], title=title)


Counted = tuple[str, tuple[str, ...], Sequence[tuple[str | int, ...]]]


def _counts(graph: "Graph") -> list[Counted]:
    from kg.cli.views import counts
    from kg.graph.origins import publisher_of
    from kg.model import Mood

    dates = sorted(article.date for article in graph.articles if article.date)
    asserted = sum(claim.asserted for claim in graph.claims)
    denied = sum(claim.negated for claim in graph.claims)
    overview: list[tuple[str | int, ...]] = [
        ("articles", len(graph.articles)),
        ("first date", dates[0] if dates else ""),
        ("last date", dates[-1] if dates else ""),
        ("entities", len(graph.entities)),
        ("mentions", len(graph.mentions)),
        ("claims", len(graph.claims)),
        ("asserted", asserted),
        ("denied", denied),
        *((f"{mood}", sum(c.mood is mood for c in graph.claims)) for mood in Mood if mood is not Mood.ACTUAL),
        ("propositions", len(graph.propositions)),
        ("with several sources", sum(len(p.sources) > 1 for p in graph.propositions)),
        ("contested", sum(p.contested for p in graph.propositions)),
    ]
    return [
        ("Overview", ("what", "count"), overview),
        ("Entities", ("type", "count"), counts(entity.type for entity in graph.entities)),
        ("Claims", ("relation", "count"), counts(claim.relation for claim in graph.claims)),
        ("Sources", ("source", "articles"), counts(publisher_of(article) or "?" for article in graph.articles)),
    ]


def _articles(graph: "Graph") -> Counted:
    rows = [(a.key, a.date, a.source, a.title) for a in graph.articles]
    return "Articles", ("article", "date", "source", "title"), rows


def _entities(graph: "Graph") -> Counted:
    rows = [(e.id, e.type, e.name, "; ".join(e.aliases)) for e in graph.entities]
    return "Entities", ("id", "type", "name", "also"), rows


LISTINGS = {"articles": _articles, "entities": _entities}
