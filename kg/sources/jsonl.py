"""Records: one JSON object a line, or a JSON file that is one object or a list of them."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any, cast

from kg.model import Article, Rejection
from kg.sources.boilerplate import strip_furniture
from kg.sources.encoding import clean, decode
from kg.sources.fields import Fields, flat, make_article
from kg.sources.html import fragment_text, has_markup
from kg.sources.inputs import Input
from kg.sources.markdown import strip_inline
from kg.sources.refused import RefusedError

MAX_KEY = 500
"""Characters of an id or URL that may be a key."""

_TEXTS = ("text", "body", "content", "article_text", "maintext", "full_text")
_IDS = ("id", "url", "guid", "link")
_PARAGRAPHS = re.compile(r"</?(?:p|div|br|li|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[[^\[\]]{1,300}\]\((?:https?:|/)[^()\s]{0,500}\)|^\\#|\w\\_\w|^#{1,6} \S", re.MULTILINE)


def read_lines(stream: io.BufferedReader, source: Input, limit: int) -> Iterator[tuple[str, Article | Rejection]]:
    r"""Articles of JSON lines, read one at a time; a bad line is rejected and the rest is read.

    Args:
        stream: bytes; UTF-16 and UTF-32 are recognised by their byte order mark.
        source: the file; names the lines (`file.jsonl#12`, counted from 1).
        limit: bytes of the longest line accepted.

    Yields:
        The line's name, and what it became.
    """
    if stream.peek(4)[:2] in (b"\xff\xfe", b"\xfe\xff") or stream.peek(4)[:4] == b"\x00\x00\xfe\xff":
        stream = io.BufferedReader(io.BytesIO(decode(stream.read(limit)).encode()))
    number = 0
    while True:
        number += 1
        name = f"{source.name}#{number}"
        try:
            line = stream.readline(limit + 1)
            if not line:
                return
            if len(line) > limit:
                _skip_line(stream, line)
                yield name, Rejection(name, "too_large", f"a line of more than {limit:,} bytes")
            elif line.strip():
                yield name, read_record(_load(line), f"{source.key}#{number}")
        except RefusedError as exc:
            yield name, Rejection(name, exc.reason, exc.message)
            if exc.reason in ("truncated", "unreadable"):
                return


def read_json(data: bytes, source: Input) -> Iterator[tuple[str, Article | Rejection]]:
    """Articles of a JSON file that holds one record or a list of records, with their names.

    Raises:
        RefusedError: `bad_json`, or `bad_record` when it holds something else.
    """
    loaded = _load(data)
    if isinstance(loaded, dict):
        yield source.name, read_record(loaded, source.key)
        return
    if not isinstance(loaded, list) or not loaded:
        raise RefusedError("bad_record", "the JSON is neither an object with a text nor a list of them")
    for number, one in enumerate(cast("list[object]", loaded), 1):
        name = f"{source.name}#{number}"
        try:
            yield name, read_record(one, f"{source.key}#{number}")
        except RefusedError as exc:
            yield name, Rejection(name, exc.reason, exc.message)


def read_record(record: object, fallback: str) -> Article:
    """Article of one record.

    Args:
        record: a mapping with `text` and any of `id title date url source author` (or their usual other names).
        fallback: key when the record has neither id nor URL.

    Raises:
        RefusedError: `bad_record` or `no_text`.
    """
    if not isinstance(record, dict):
        raise RefusedError("bad_record", f"a JSON {type(record).__name__}, but an object is needed")
    known = {str(name).lower(): value for name, value in cast("dict[object, Any]", record).items()}
    raw = next((known[name] for name in _TEXTS if isinstance(known.get(name), str)), None)
    if raw is None or not raw.strip():
        raise RefusedError("bad_record", "the object has no text")
    text = record_text(raw)
    if not re.search(r"\w", text):
        raise RefusedError("no_text", "nothing but markup or page furniture is in the text")
    return make_article(record_key(known, fallback), text, Fields.of(known), "application/jsonl")


def record_text(raw: str) -> str:
    """Text of a field: HTML and Markdown marks go, words stay as they are."""
    text = clean(raw)
    if len(_PARAGRAPHS.findall(text)) > text.count("\n\n") and not _MARKDOWN.search(text):
        text = fragment_text(text)
    elif _MARKDOWN.search(text) or has_markup(text):
        text = strip_inline(text)
    return strip_furniture(text).strip()


def record_key(known: dict[str, Any], fallback: str) -> str:
    """Its id, else its URL, else the fallback."""
    names = (flat(known.get(name)) for name in _IDS)
    return next((name for name in names if 0 < len(name) <= MAX_KEY), fallback)


def _load(data: bytes) -> object:
    try:
        return json.loads(decode(data, "utf-8"), strict=False)
    except RecursionError as exc:
        raise RefusedError("bad_json", "nested too deeply") from exc
    except ValueError as exc:
        raise RefusedError("bad_json", str(exc)[:300]) from exc


def _skip_line(stream: io.BufferedReader, part: bytes) -> None:
    while part and not part.endswith(b"\n"):
        part = stream.readline(1 << 20)
