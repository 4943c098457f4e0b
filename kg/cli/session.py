"""A conversation with a store: statements, and a few commands that begin with a backslash."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.cli.console import emit, write_table
from kg.cli.parameters import parse_parameters, split_parameters
from kg.cli.results import FORMATS, write_rows
from kg.cli.statements import split_statements
from kg.cli.stores import Ask
from kg.errors import UsageError
from kg.graph.queries import find_query, named_queries

COMMANDS = (
    ("\\q", "quit"),
    ("\\?", "this list"),
    ("\\list", "prepared queries"),
    ("\\run NAME [name=value ...]", "ask a prepared query"),
    ("\\set name=value ...", "parameters of the statements that follow"),
    ("\\format FORMAT", f"form of answers: {', '.join(fmt for fmt in FORMATS if fmt != 'parquet')}"),
)


@dataclass(slots=True)
class Session:
    """What lasts from one statement to the next."""

    ask: Ask
    parameters: dict[str, object] = field(default_factory=dict[str, object])
    fmt: str = "table"

    def handle(self, text: str) -> bool:
        """Run a command, or all statements of a text; the last may lack its semicolon.

        Returns:
            Does the conversation go on?

        Raises:
            KgError: a command or statement is wrong.
        """
        if text.lstrip().startswith("\\"):
            return self._command(text.strip())
        done, rest = split_statements(text)
        for statement in [*done, rest] if rest else done:
            self._answer(statement, self.parameters)
        return True

    def _answer(self, cypher: str, parameters: Mapping[str, object]) -> None:
        answer = self.ask(cypher, parameters)
        write_rows(answer.columns, answer.rows, fmt=self.fmt)

    def _command(self, text: str) -> bool:
        name, *words = _words(text.rstrip(";"))
        if name == "\\q":
            return False
        if name == "\\?":
            for form, meaning in COMMANDS:
                emit(f"{form:<28} {meaning}")
        elif name == "\\list":
            queries = named_queries().values()
            write_table(("name", "question", "parameters"), [(q.name, q.title, q.signature) for q in queries])
        elif name == "\\run" and words:
            prepared = find_query(words[0])
            self._answer(prepared.cypher, prepared.bind_words(split_parameters(words[1:])))
        elif name == "\\set" and words:
            self.parameters.update(parse_parameters(words))
        elif name == "\\format" and len(words) == 1 and words[0] in FORMATS and words[0] != "parquet":
            self.fmt = words[0]
        else:
            raise UsageError(f"no command {text!r}", hint="\\? lists the commands")
        return True


def _words(text: str) -> list[str]:
    """Words of a command, as a shell would take them."""
    name, _, rest = text.partition(" ")
    try:
        return [name, *shlex.split(rest)]
    except ValueError as exc:
        raise UsageError(f"{text!r} cannot be read: {exc}") from exc
