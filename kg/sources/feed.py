"""RSS and Atom: each entry with a text is an article."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.model import Article, Rejection
from kg.sources.boilerplate import strip_furniture
from kg.sources.encoding import clean, decode
from kg.sources.fields import Fields, flat, make_article
from kg.sources.html import fragment_text, has_markup
from kg.sources.inputs import Input
from kg.sources.jsonl import record_key
from kg.sources.refused import RefusedError

_PROLOG = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]?)?\s*>?", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>\s*\Z", re.IGNORECASE)


def read_feed(data: bytes, source: Input) -> Iterator[tuple[str, Article | Rejection]]:
    """Articles of a feed, with their names; entries without text, and the last of a feed cut short, are rejected.

    Raises:
        RefusedError: `bad_encoding`, `binary`, or `no_text` when the feed has no entries.
    """
    text = decode(data)
    feed = _parse(text)
    entries: list[Mapping[str, Any]] = list(feed.get("entries", ()))
    if not entries:
        raise RefusedError("no_text", "the feed has no entries")
    publisher = flat(feed.get("feed", {}).get("title", ""))
    cut = bool(feed.get("bozo")) and not _CLOSED.search(text[-200:])
    for number, entry in enumerate(entries, 1):
        name = f"{source.name}#{number}"
        if cut and number == len(entries):
            yield name, Rejection(name, "truncated", "the feed ends inside this entry")
            return
        try:
            yield name, _article(entry, publisher, f"{source.key}#{number}")
        except RefusedError as exc:
            yield name, Rejection(name, exc.reason, exc.message)


def _parse(text: str) -> Mapping[str, Any]:
    """Entries of a feed. Its document type, the home of entity bombs and external entities, is not handed on."""
    import feedparser

    plain = _DOCTYPE.sub("", _PROLOG.sub("", text, count=1), count=1)
    body = f'<?xml version="1.0" encoding="utf-8"?>{plain.lstrip()}'.encode()
    try:
        parsed: Mapping[str, Any] = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as exc:  # hostile feeds reach faults of the parser of any type; counted, not hidden
        raise RefusedError("no_text", f"the feed cannot be parsed: {type(exc).__name__}: {exc}") from exc
    return parsed


def _article(entry: Mapping[str, Any], publisher: str, fallback: str) -> Article:
    contents = [flat_text(one.get("value")) for one in entry.get("content", ())]
    raw = max([*contents, flat_text(entry.get("summary"))], key=len)
    text = fragment_text(raw) if has_markup(raw) or "&" in raw else clean(raw)
    text = strip_furniture(text).strip()
    if not re.search(r"\w", text):
        raise RefusedError("no_text", "the entry has no text")
    title = flat(entry.get("title"))
    fields = Fields.of(
        {
            "title": flat(fragment_text(title)) if has_markup(title) or "&" in title else title,
            "date": entry.get("published") or entry.get("issued") or entry.get("created") or entry.get("updated"),
            "source": entry.get("source", {}).get("title") or publisher,
            "url": entry.get("link", ""),
            "authors": [author.get("name", "") for author in entry.get("authors", ())] or entry.get("author", ""),
        }
    )
    key = record_key({"url": entry.get("link", ""), "guid": entry.get("id", "")}, fallback)
    return make_article(key, text, fields, "application/feed")


def flat_text(value: object) -> str:
    """A text value, or "" for any other."""
    return value if isinstance(value, str) else ""
