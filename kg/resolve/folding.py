"""The one folding of names (`kg.ids.fold`), made quick for the thousands of plain names in the gazetteer."""

import re
from functools import lru_cache

from kg.ids import fold as fold_any

MAX_NAME = 200
"""Longer strings are no names; they fold to "" so that hostile text costs nothing."""

_PLAIN = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


def fold(name: str) -> str:
    """The form in which names are compared: `kg.ids.fold`, or "" for what is too long to be a name."""
    return _fold(name) if len(name) <= MAX_NAME else ""


@lru_cache(maxsize=1 << 16)
def _fold(name: str) -> str:
    if _PLAIN.fullmatch(name):
        return name.lower().removeprefix("the ")
    return fold_any(name)
