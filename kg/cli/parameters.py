"""Parameters of a query, from `name=value` words."""

import json
import re
from collections.abc import Iterable

from kg.errors import UsageError

_NAME = re.compile(r"[^\W\d]\w*")


def parse_parameters(words: Iterable[str]) -> dict[str, object]:
    """Values by name; a value is JSON where it can be (`2024`, `true`, `["a", "b"]`, `"2024"`), else text.

    Raises:
        UsageError: a word is not `name=value`, or a name comes twice.
    """
    return {name: parse_value(raw) for name, raw in split_parameters(words).items()}


def split_parameters(words: Iterable[str]) -> dict[str, str]:
    """The same, but values stay as they were typed."""
    values: dict[str, str] = {}
    for word in words:
        name, equals, raw = word.partition("=")
        if not equals or not _NAME.fullmatch(name):
            raise UsageError(f"parameter {word!r} is not name=value", hint="e.g. -p person='Fred Fleitz' -p year=2024")
        if name in values:
            raise UsageError(f"parameter {name!r} is given twice")
        values[name] = raw
    return values


def parse_value(raw: str) -> object:
    """A JSON value, or the text itself."""
    try:
        return json.loads(raw, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return raw


def _refuse(word: str) -> object:
    """NaN and Infinity are no JSON: they are text."""
    raise ValueError(word)
