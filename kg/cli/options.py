"""Arguments and options that verbs share."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

DEFAULT_FOLDER = "graph.kg"

_F = TypeVar("_F", bound=Callable[..., Any])


def folder_argument(function: _F) -> _F:
    """A graph's folder."""
    return click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))(function)


def format_option(*formats: str, default: str) -> Callable[[_F], _F]:
    """`--format`, one of these."""
    return click.option(
        "-f",
        "--format",
        "fmt",
        type=click.Choice(formats),
        default=default,
        show_default=True,
        help="Form of the output.",
    )


def output_option(function: _F) -> _F:
    """`-o FILE`."""
    return click.option(
        "-o", "--output", "output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
        help="Write to FILE, at once when complete, instead of stdout; compressed if its name ends in .gz or .zst.",
    )(function)  # fmt: skip


def timeout_option(default: float = 0) -> Callable[[_F], _F]:
    """`--timeout SECONDS` of a query."""
    return click.option(
        "--timeout", metavar="SECONDS", type=click.FloatRange(min=0), default=default, show_default=bool(default),
        help="End a query that takes longer; 0: never.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Login:
    """User and database of a server; the password is never an argument, where others could see it."""

    user: str
    database: str


def server_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Who asks a Neo4j server, where one is given instead of a folder: the argument `login` of the verb."""

    @wraps(function)
    def with_login(*args: Any, user: str, database: str, **options: Any) -> Any:
        return function(*args, login=Login(user, database), **options)

    at = click.option("--database", default="neo4j", show_default=True, help="Database of the server.")
    who = click.option(
        "--user", envvar="KG_NEO4J_USER", default="neo4j", show_default=True, show_envvar=True,
        help="User of the server; the password is read from KG_NEO4J_PASSWORD, or asked for.",
    )  # fmt: skip
    return who(at(with_login))
