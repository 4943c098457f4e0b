"""Prepared queries: `kg/data/queries/*.cypher`, each a question that analysts ask.

A file begins with comments that say what it is:

    // title: Who holds which office
    // description: Offices, and when we read of them.
    // param name: string = "" — part of the person's name; empty: all
    MATCH ...
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.cli.parameters import parse_value
from kg.errors import DataError, NotFoundError, UsageError

TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "list": list,
}
"""Types of parameters, as their files name them."""

_PARAMETER = re.compile(r"(?P<name>[A-Za-z_]\w*): (?P<type>\w+)(?: = (?P<default>.+?))? — (?P<note>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a prepared query.

    Attributes:
        name: without its dollar sign.
        type: one of `TYPES`.
        default: JSON; None where a value must be given.
        note: what it means.
    """

    name: str
    type: str
    default: str | None
    note: str

    def value(self, raw: str) -> object:
        """A value as it was typed, in the parameter's type.

        Raises:
            UsageError: it has another type.
        """
        value: object = parse_value(raw)
        if self.type == "string":
            return value if isinstance(value, str) else raw
        if isinstance(value, bool) is not (self.type == "bool") or not isinstance(value, TYPES[self.type]):
            raise UsageError(f"parameter {self.name!r} is {raw!r}, but must be a value of type {self.type}")
        return value


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A prepared query.

    Attributes:
        name: of its file.
        title: the question.
        description: what the answer shows.
        parameters: in the order of the file.
        cypher: the statement.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    cypher: str

    @property
    def signature(self) -> str:
        """Its parameters with their defaults, as `-p` takes them."""
        return " ".join(p.name if p.default is None else f"{p.name}={p.default}" for p in self.parameters)

    def values(self, given: Mapping[str, str]) -> dict[str, object]:
        """Values of all parameters, from those that were typed and the defaults of the others.

        Raises:
            UsageError: one is unknown, missing, or of another type.
        """
        known = ", ".join(p.name for p in self.parameters) or "it has none"
        if unknown := sorted(given.keys() - {p.name for p in self.parameters}):
            raise UsageError(f"query {self.name!r} has no parameter {unknown[0]!r}", hint=f"its parameters: {known}")
        values: dict[str, object] = {}
        for parameter in self.parameters:
            if parameter.name in given:
                values[parameter.name] = parameter.value(given[parameter.name])
            elif parameter.default is None:
                hint = f"-p {parameter.name}=..., the {parameter.note}"
                raise UsageError(f"query {self.name!r} needs the parameter {parameter.name!r}", hint=hint)
            else:
                values[parameter.name] = json.loads(parameter.default)
        return values


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All prepared queries, by name.

    Raises:
        DataError: a file does not say what it is.
    """
    folder = files("kg") / "data" / "queries"
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".cypher")}
    queries = (read_query(name.removesuffix(".cypher"), texts[name]) for name in sorted(texts))
    return {query.name: query for query in queries}


def find_query(name: str) -> NamedQuery:
    """The prepared query of a name.

    Raises:
        NotFoundError: there is none.
    """
    known = named_queries()
    if name not in known:
        raise NotFoundError(f"no prepared query {name!r}", hint=f"there are: {', '.join(known)}")
    return known[name]


def read_query(name: str, text: str) -> NamedQuery:
    """A prepared query from the text of its file.

    Raises:
        DataError: it lacks a title or a statement, or a comment is none of the three kinds.
    """
    said: dict[str, str] = {}
    parameters: list[Parameter] = []
    lines = text.strip().splitlines()
    while lines and lines[0].startswith("//"):
        kind, _, words = lines.pop(0)[2:].strip().replace("param ", "param: ", 1).partition(": ")
        if kind in ("title", "description"):
            said[kind] = words.strip()
        elif kind == "param":
            parameters.append(_parameter(name, words))
        else:
            raise DataError(f"query {name}: a comment is no title, description or param: {kind!r}")
    cypher = "\n".join(lines).strip().removesuffix(";")
    if "title" not in said or not cypher:
        raise DataError(f"query {name} lacks its title or its statement")
    return NamedQuery(name, said["title"], said.get("description", ""), tuple(parameters), cypher)


def _parameter(query: str, words: str) -> Parameter:
    found = _PARAMETER.fullmatch(words)
    if found is None or found["type"] not in TYPES:
        raise DataError(f"query {query}: {words!r} is not `name: type = default — note`")
    parameter = Parameter(found["name"], found["type"], found["default"], found["note"])
    if parameter.default is not None:
        try:
            json.loads(parameter.default)
        except ValueError as exc:
            raise DataError(f"query {query}: the default of {parameter.name!r} is no JSON") from exc
    return parameter
