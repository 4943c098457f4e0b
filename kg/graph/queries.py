"""Prepared queries for analysts: Cypher files whose header says what they answer and what may be set.

The header is `// title: ...`, `// description: ...` and, for each parameter, `// param name: type = default — meaning`;
a parameter without a default must be given.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TypeAlias

from kg.errors import DataError, NotFoundError, UsageError

Scalar: TypeAlias = str | int | float | bool

_TYPES: Mapping[str, type[Scalar]] = {"string": str, "int": int, "float": float, "bool": bool}
_HEADER = re.compile(r"// (?P<key>title|description|param): ?(?P<value>.*)\Z|// param (?P<param>.+)\Z")
_PARAMETER = re.compile(r"(?P<name>[a-z_]+): (?P<type>\w+)(?: = (?P<default>\S+))? — (?P<meaning>\S.*)\Z")
_USED = re.compile(r"\$([A-Za-z_][A-Za-z_0-9]*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query asks for.

    Attributes:
        name: without the dollar sign.
        type: `string`, `int`, `float` or `bool`.
        default: None when it must be given.
        meaning: one line for people.
    """

    name: str
    type: str
    default: Scalar | None
    meaning: str

    def parse(self, word: str) -> object:
        """A word as people type it: JSON, where the parameter is no string; `bind` checks the type."""
        try:
            value: object = json.loads(word)
        except (ValueError, RecursionError):
            return word
        return word if self.type == "string" and not isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A prepared query.

    Attributes:
        name: the file's, without ending.
        title: what it answers.
        description: one sentence more.
        parameters: by name, in the order of the file.
        cypher: the statement, without the header.
    """

    name: str
    title: str
    description: str
    parameters: Mapping[str, Parameter]
    cypher: str

    @property
    def signature(self) -> str:
        """Its parameters, with their defaults in JSON."""
        known = self.parameters.values()
        return " ".join(p.name if p.default is None else f"{p.name}={json.dumps(p.default)}" for p in known)

    def bind_words(self, words: Mapping[str, str]) -> dict[str, Scalar]:
        """`bind` for values as people type them.

        Raises:
            UsageError: as `bind`.
        """
        known = self.parameters
        return self.bind({name: known[name].parse(word) if name in known else word for name, word in words.items()})

    def bind(self, given: Mapping[str, object]) -> dict[str, Scalar]:
        """Values for all parameters: those given, of the right type, and defaults for the rest.

        Raises:
            UsageError: an unknown parameter, one that is missing, or a value of another type.
        """
        if unknown := sorted(given.keys() - self.parameters.keys()):
            known = ", ".join(self.parameters) or "none"
            raise UsageError(f"query {self.name} has no parameter {unknown[0]}", hint=f"its parameters: {known}")
        values: dict[str, Scalar] = {}
        for name, parameter in self.parameters.items():
            if name in given:
                values[name] = _typed(parameter, given[name])
            elif parameter.default is None:
                raise UsageError(
                    f"query {self.name} needs {name}: {parameter.meaning}", hint=f"give it: -p {name}=VALUE"
                )
            else:
                values[name] = parameter.default
        return values


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All prepared queries of the package, by name.

    Raises:
        DataError: a file's header is wrong.
    """
    return read_queries(files("kg") / "data" / "queries")


def find_query(name: str) -> NamedQuery:
    """The prepared query of this name.

    Raises:
        NotFoundError: there is none.
    """
    known = named_queries()
    if name not in known:
        raise NotFoundError(f"no prepared query {name!r}", hint=f"there are: {', '.join(known)}")
    return known[name]


def read_queries(folder: Traversable) -> Mapping[str, NamedQuery]:
    """Prepared queries of a folder, by name.

    Raises:
        DataError: a file's header is wrong; the message names file and line.
    """
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".cypher")), key=lambda p: p.name)
    queries = (_parse(p.name.removesuffix(".cypher"), p.read_text(encoding="utf-8")) for p in paths)
    return MappingProxyType({q.name: q for q in queries})


def _parse(name: str, text: str) -> NamedQuery:
    head, _, body = text.partition("\n\n")
    texts: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    for number, line in enumerate(head.splitlines(), 1):
        match = _HEADER.match(line)
        if match is None:
            raise DataError(f"{name}.cypher, line {number}: neither title, description nor param: {line!r}")
        if match["param"]:
            parameter = _parameter(f"{name}.cypher, line {number}", match["param"])
            parameters[parameter.name] = parameter
        else:
            texts[match["key"]] = match["value"].strip()
    for key in ("title", "description"):
        if not texts.get(key):
            raise DataError(f"{name}.cypher has no {key}")
    used = set(_USED.findall(body))
    if used != set(parameters):
        odd = ", ".join(sorted(used ^ set(parameters)))
        raise DataError(f"{name}.cypher: parameters of header and statement differ: {odd}")
    return NamedQuery(name, texts["title"], texts["description"], MappingProxyType(parameters), body.strip())


def _parameter(place: str, line: str) -> Parameter:
    match = _PARAMETER.match(line)
    if match is None or match["type"] not in _TYPES:
        raise DataError(f"{place}: not `name: type = default — meaning` with a type of {', '.join(_TYPES)}")
    parameter = Parameter(match["name"], match["type"], None, match["meaning"])
    if match["default"] is None:
        return parameter
    try:
        default = _typed(parameter, json.loads(match["default"]))
    except (ValueError, UsageError) as exc:
        raise DataError(f"{place}: the default is no {match['type']}") from exc
    return Parameter(parameter.name, parameter.type, default, parameter.meaning)


def _typed(parameter: Parameter, value: object) -> Scalar:
    wanted = _TYPES[parameter.type]
    if isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool):
        return value
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if wanted is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise UsageError(f"parameter {parameter.name} is {value!r}, but must be of type {parameter.type}")
