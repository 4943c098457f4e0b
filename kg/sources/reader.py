"""`read_paths`: from arguments to a stream of articles and rejections."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg.config import Settings
from kg.model import Article, Rejection
from kg.sources.detect import detect
from kg.sources.encoding import decode
from kg.sources.inputs import STDIN, Input, find_inputs
from kg.sources.language import is_english
from kg.sources.raw import HEAD, open_stream, read_all
from kg.sources.refused import RefusedError


def read_paths(
    paths: Sequence[str], *, settings: Settings, stdin: BinaryIO | None = None
) -> Iterator[Article | Rejection]:
    """Read all articles of some inputs, lazily and in a stable order.

    Args:
        paths: files, folders (read recursively), globs, or `-` for JSONL on standard input.
        settings: `max_bytes` bounds files and lines, `date` is for articles that carry none.
        stdin: stream that `-` stands for.

    Yields:
        An article, or a rejection with one of the reasons in the docstring of `kg.sources`. Keys are unique in a run:
        a second article under a key is left out if it is the same, and rejected as `duplicate_key` if not.
    """
    hashes: dict[str, str] = {}
    for found in find_inputs(paths):
        if isinstance(found, Rejection):
            yield found
            continue
        for name, result in _read_input(found, settings, stdin):
            if isinstance(result, Rejection):
                yield result
                continue
            if not settings.any_language and not is_english(result.text):
                yield Rejection(name, "not_english", "its words are not English")
                continue
            article = result if result.date else replace(result, date=settings.date)
            digest = article.sha256
            if article.key not in hashes:
                hashes[article.key] = digest
                yield article
            elif hashes[article.key] != digest:
                yield Rejection(name, "duplicate_key", f"an earlier article of this run has the key {article.key}")


def _read_input(source: Input, settings: Settings, stdin: BinaryIO | None) -> Iterator[tuple[str, Article | Rejection]]:
    piped = source.path == Path(STDIN)
    if piped and stdin is None:
        yield source.name, Rejection(source.name, "unreadable", "there is no standard input")
        return
    try:
        with open_stream(stdin if piped and stdin is not None else source.path) as stream:
            yield from _read_stream(stream, source, settings)
    except RefusedError as exc:
        yield source.name, Rejection(source.name, exc.reason, exc.message)


def _read_stream(
    stream: io.BufferedReader, source: Input, settings: Settings
) -> Iterator[tuple[str, Article | Rejection]]:
    head = stream.peek(HEAD)[:HEAD]
    form = "jsonl" if source.path == Path(STDIN) and head else detect(head, source.path.name)
    if form == "jsonl":
        from kg.sources.jsonl import read_lines

        yield from read_lines(stream, source, settings.max_bytes)
        return
    data = read_all(stream, settings.max_bytes)
    if form == "json":
        from kg.sources.jsonl import read_json

        yield from read_json(data, source)
    elif form == "feed":
        from kg.sources.feed import read_feed

        yield from read_feed(data, source)
    else:
        yield source.name, _read_document(data, source.key, form)


def _read_document(data: bytes, key: str, form: str) -> Article:
    if form == "html":
        from kg.sources.html import read_html

        return read_html(data, key)
    if form == "markdown":
        from kg.sources.markdown import read_markdown

        return read_markdown(decode(data), key)
    from kg.sources.text import read_text

    return read_text(decode(data), key)
