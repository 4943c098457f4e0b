"""`kg withdraw`: take an article back."""

from pathlib import Path

import click

from kg.cli.console import number, say
from kg.cli.options import folder_argument


@click.command(short_help="Take an article back, with all that was read from it.")
@folder_argument
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
def withdraw(folder: Path, articles: tuple[str, ...]) -> None:
    """Take each ARTICLE out of DIR: the graph becomes what a build without it gives.

    ARTICLE is the key that `kg stats DIR --articles` lists. A later build that is given the article reads it again.
    """
    from kg.build import refresh
    from kg.graph.record import Record

    with Record.open(folder) as record:
        for key in articles:
            record.article(key)  # all must be there before the first one goes
        for key in articles:
            record.withdraw(key)
    stamp = refresh(folder)
    say(f"{len(articles)} withdrawn; left: {number(stamp.entities, 'entity')}, {number(stamp.claims, 'claim')}")
