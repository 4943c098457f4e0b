"""Ids, values and entities as FollowTheMoney takes them."""

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from kg.graph.dates import first_day
from kg.graph.strings import storable
from kg.ids import content_id

Thing: TypeAlias = dict[str, Any]
"""`{"id": ..., "schema": ..., "properties": {name: [value, ...]}}`."""

_LENGTHS = {"name": 384, "alias": 384, "full": 250, "location": 250, "summary": 65_000, "description": 65_000}
_LENGTH = 1024
"""Longest values in code points, as FollowTheMoney 4 declares them; the second is for all other properties."""

_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?\Z")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}\Z", re.ASCII)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*\Z", re.ASCII | re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def ident(name: str) -> str:
    """An id as FollowTheMoney has them: letters, digits, dots and hyphens."""
    plain = name.replace(":", "-")
    return plain if len(plain) <= 100 and _ID.match(plain) else ident(content_id("id", name))


def thing(ident: str, schema: str, **properties: Iterable[str]) -> Thing:
    """An entity without empty values; without double ones either, in the order given."""
    kept: dict[str, list[str]] = {}
    for name, values in properties.items():
        if clean := list(dict.fromkeys(v for v in (_value(name, value) for value in values) if v)):
            kept[name] = clean
    return {"id": ident, "schema": schema, "properties": kept}


def _value(name: str, value: str) -> str:
    """A value that the property takes; "" for one that it does not."""
    text = " ".join(_CONTROL.sub(" ", storable(value)).split())
    if name in ("startDate", "endDate", "date", "publishedAt"):
        return text if _DATE.match(text) and first_day(text) else ""
    if name == "sourceUrl":
        return text if _WEB_ADDRESS.match(text) and len(text) <= 4096 else ""
    length = _LENGTHS.get(name, _LENGTH)
    return text if len(text) <= length else text[: length - 1] + "…"
