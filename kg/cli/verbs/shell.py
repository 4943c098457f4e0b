"""`kg shell`: ask one question after the other."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Level, on_terminal, say
from kg.cli.options import Login, server_options, timeout_option
from kg.cli.session import Session
from kg.cli.statements import split_statements
from kg.cli.stores import open_store
from kg.errors import KgError

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyPressEvent


@click.command(short_help="Ask a graph one question after the other.")
@click.argument("target", metavar="DIR|URI")
@click.option("--write", is_flag=True, help="Allow statements to change the graph.")
@timeout_option()
@server_options
def shell(target: str, *, write: bool, timeout: float, login: Login) -> None:
    r"""Ask the graph of DIR (or of a Neo4j server) interactively.

    Statements may take several lines and end with a semicolon; `\?` lists the commands. Statements that come in a pipe
    are run one by one, until one fails.
    """
    with open_store(target, login, write=write, timeout=timeout) as ask:
        session = Session(ask)
        if on_terminal(sys.stdin):
            _talk(session)
        else:
            _run(session, sys.stdin.read())


def _run(session: Session, script: str) -> None:
    """Run a script: commands take a line, statements end with a semicolon."""
    pending = ""
    for line in script.splitlines(keepends=True):
        if not pending.strip() and line.lstrip().startswith("\\"):
            if not session.handle(line):
                return
            continue
        done, pending = split_statements(pending + line)
        for statement in done:
            session.handle(statement)
    session.handle(pending)


def _talk(session: Session) -> None:
    """Ask for statements until the user leaves; a wrong one is not the end."""
    prompt = _prompt()
    say("Statements end with a semicolon; \\? lists the commands, \\q leaves.")
    while True:
        try:
            if not session.handle(prompt.prompt()):
                return
        except KgError as exc:
            say(f"{exc.message}{f' ({exc.hint})' if exc.hint else ''}", level=Level.ERROR)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _prompt() -> "PromptSession[str]":
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("enter")
    def _(event: "KeyPressEvent") -> None:
        text = event.current_buffer.text
        if not text.strip() or text.lstrip().startswith("\\") or not split_statements(text)[1]:
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    file = history_file()
    history: History = FileHistory(str(file)) if file else InMemoryHistory()
    return PromptSession(
        "kg> ",
        multiline=True,
        prompt_continuation="  > ",
        history=history,
        key_bindings=keys,
        enable_history_search=True,
    )


def history_file() -> Path | None:
    """The file that keeps what was asked, for this user's eyes only; None where none can be kept."""
    home = Path.home()
    if sys.platform == "win32":
        state = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        state = home / "Library" / "Application Support"
    else:
        state = Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    file = state / "kg" / "history"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as exc:
        say(f"no history is kept: {exc.strerror}", level=Level.DETAIL)
        return None
    return file
