"""The group of all verbs: what they share, and how their errors become messages and exit codes."""

import contextlib
import errno
import importlib
import io
import os
import sys
from typing import Any

import click

from kg import __version__
from kg.cli.console import Level, say
from kg.errors import KgError, UsageError

INTERRUPTED, BROKEN_PIPE = 130, 141
"""Exit codes of a shell's convention: 128 plus the number of the signal (SIGINT, SIGPIPE)."""

VERBS = (
    "build",
    "query",
    "sparql",
    "shell",
    "serve-bolt",
    "show",
    "explain",
    "stats",
    "check",
    "export",
    "load",
    "unload",
    "withdraw",
    "parse",
    "pipelines",
    "evaluate",
    "completion",
)
"""In the order of `kg --help`; verb `x-y` is the command `x_y` of module `kg.cli.verbs.x_y`."""


class Verbs(click.Group):
    """Verbs, imported when they are asked for; errors of `kg` become a line, a hint and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of all verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of a verb."""
        if cmd_name not in VERBS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(importlib.import_module(f"kg.cli.verbs.{name}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"kg.cli.verbs.{name}.{name} is no command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb, and turn what it raises into what a user and a script can use."""
        try:
            return super().invoke(ctx)
        except KgError as exc:
            say(f"kg: {exc.message}", level=Level.ERROR)
            if exc.hint:
                say(f"    {exc.hint}", level=Level.ERROR)
            ctx.exit(exc.exit_code)
        except (KeyboardInterrupt, click.Abort):
            say("kg: interrupted", level=Level.ERROR)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            _forget_stdout()
            ctx.exit(BROKEN_PIPE)
        except OSError as exc:
            if exc.errno != errno.ENOSPC or exc.filename is not None:
                raise
            _forget_stdout()
            say("kg: the output cannot be written: the disk is full", level=Level.ERROR)
            ctx.exit(UsageError.exit_code)


def _forget_stdout() -> None:
    """Point stdout elsewhere, so that the interpreter's last flush does not complain of the closed pipe."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="kg", message="%(prog)s %(version)s")
@click.option("-v", "--verbose", count=True, help="Say more on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
@click.pass_context
def cli(ctx: click.Context, *, verbose: int, quiet: bool) -> None:
    """Build a knowledge graph of foreign policy from articles, and ask it.

    Start with `kg build ARTICLES`, then `kg stats graph.kg` and `kg query graph.kg --list`.
    """
    ctx.obj = Level.ERROR if quiet else Level.DETAIL if verbose else Level.NOTE


def main() -> None:
    """Entry point of the command `kg`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter shows its number
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="kg")
