"""`kg serve-bolt`: keep the graph open for clients of Neo4j."""

import os
import secrets
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.cli.console import emit, say
from kg.cli.options import folder_argument, timeout_option
from kg.cli.stores import make_ready
from kg.errors import UsageError

PASSWORD = "KG_BOLT_PASSWORD"  # noqa: S105 - the name of a variable
LEAST = 8
"""Characters of a password; what Neo4j asks for, too."""
_LOOK_SECONDS = 2.0

HELP = f"""Serve the graph of DIR to clients of Neo4j on this machine, for reading, until Ctrl-C.

\b
kg serve-bolt graph.kg
cypher-shell -a bolt://127.0.0.1:7687 -u neo4j -p ... 'MATCH (n) RETURN count(n)'

Address, user and password are printed; the password is random unless {PASSWORD} or --password-file gives one. The
server listens on loopback alone and refuses every change. It serves a copy: the graph can be asked and built meanwhile.
"""


@click.command("serve-bolt", help=HELP, short_help="Serve the graph to clients of Neo4j, for reading.")
@folder_argument
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=7687,
    show_default=True,
    help="Port on loopback; 0 takes a free one.",
)
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the password from the first line of FILE.",
)
@timeout_option(default=300)
def serve_bolt(folder: Path, *, port: int, password_file: Path | None, timeout: float) -> None:
    """Serve the graph."""
    from kg.graph.embedded import embedded_state, serve_embedded

    password, origin = _password(password_file)
    make_ready(folder)
    with _stopping() as stop, serve_embedded(folder, password, port=port, timeout=timeout) as served:
        emit(f"{served.uri}\nuser      {served.user.name}\npassword  {origin or password}")
        say(f"serving {folder} for reading; Ctrl-C ends it")
        told = False
        while not stop.wait(_LOOK_SECONDS):
            if not told and embedded_state(folder) != served.state:
                say(f"{folder} was built anew: start again to serve the new graph")
                told = True
    say("ended")


def _password(file: Path | None) -> tuple[str, str]:
    """The password, and where it was found; "" for one that was made here."""
    if file is not None:
        try:
            password, origin = file.read_text(encoding="utf-8").partition("\n")[0].strip(), f"(from {file})"
        except (OSError, UnicodeDecodeError) as exc:
            raise UsageError(f"{file} cannot be read: {exc}") from exc
    elif PASSWORD in os.environ:
        password, origin = os.environ[PASSWORD], f"(from {PASSWORD})"
    else:
        return secrets.token_hex(12), ""  # one that begins with "-" would be an option to cypher-shell
    if len(password) < LEAST:
        raise UsageError(f"the password {origin} is too short", hint=f"it needs {LEAST} characters or more")
    return password, origin


@contextmanager
def _stopping() -> Generator[threading.Event]:
    """An event that Ctrl-C, SIGTERM and the end of the terminal set."""
    stop = threading.Event()
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    previous = {number: signal.signal(number, lambda *_: stop.set()) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
