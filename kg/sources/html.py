"""Pages: text by trafilatura, metadata by what the page itself declares; dates are never guessed."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from kg.model import Article
from kg.sources.boilerplate import strip_furniture
from kg.sources.encoding import clean, decode
from kg.sources.fields import Fields, author_names, flat, make_article
from kg.sources.page import page_fields
from kg.sources.refused import RefusedError
from kg.sources.text import first_date, without_head

for _name in ("trafilatura", "htmldate", "courlan"):  # what they have to say is said by the rejection
    logging.getLogger(_name).addHandler(logging.NullHandler())

MAX_PAGE = 20_000_000
"""Bytes of a page: a tree takes many times its size; trafilatura draws the line at the same place."""

MAX_ELEMENTS = 100_000
"""Elements of a page: long articles with all their furniture have ten thousand."""

MIN_WORDS = 6
TEASER_WORDS = 80
"""Fewer words are no article; so few words with a paywall's phrase are its teaser."""

_PAYWALL = re.compile(
    r"\b(?:subscribe|sign in|log ?in|register|create (?:a|an|your) (?:free )?account|become a (?:member|subscriber))\b"
    r".{0,40}\b(?:to|and) (?:continue|read|keep|unlock|access|view|get)\b|\b(?:continue|keep) reading\b"
    r"|\bsubscribers? only\b|\balready a (?:subscriber|member)\b|\b(?:free|remaining) articles?\b",
    re.IGNORECASE,
)
_PROLOG = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE[^>\[]*\[[^\]]*\]\s*>)?", re.IGNORECASE)
_TOO_DEEP = ("excessive depth", "resource limit", "huge")
_BLOCK_NAMES = """
address article aside blockquote body dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav
ol p pre section table td th tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT_NAMES = "script style noscript template svg iframe object head nav footer form button select aside"
_SILENT = frozenset(_SILENT_NAMES.split())


def read_html(data: bytes, key: str) -> Article:
    """Article of a page.

    Raises:
        RefusedError: `too_large`, `too_deep`, `bad_encoding`, `binary`, or `no_text` (also for a paywall's teaser).
    """
    if len(data) > MAX_PAGE:
        raise RefusedError("too_large", f"a page of more than {MAX_PAGE:,} bytes")
    page = decode(data)
    tree = _parse(page)
    fields = page_fields(tree)
    body, title, site, authors = _extract(tree)
    title = fields.title or title
    text = strip_furniture(body, title=title)
    if _too_short(text):
        text = strip_furniture(_tree_text(_parse(page)), title=title)
    day = fields.date or first_date(text)
    text = without_head(text, title)
    if _too_short(text):
        raise RefusedError("no_text", "no article could be found in the page")
    if len(text.split()) < TEASER_WORDS and _PAYWALL.search(page):
        raise RefusedError("no_text", "only the teaser before a paywall")
    fields = Fields(title, fields.source or site, day, fields.url, fields.authors or authors)
    return make_article(key, text, fields, "text/html")


def fragment_text(fragment: str) -> str:
    """Text of a piece of HTML, as feeds and records carry it: blank lines between blocks, no markup.

    Raises:
        RefusedError: `too_deep`.
    """
    return _tree_text(_parse(f"<html><body>{fragment}</body></html>"))


def has_markup(text: str) -> bool:
    """Whether a text is HTML rather than plain: it closes tags, or is full of entities and breaks."""
    return bool(
        re.search(r"</(?:p|div|a|b|i|em|strong|li|ul|span|h[1-6]|blockquote)\s*>|<br\s*/?>|<p[ >]", text, re.IGNORECASE)
    )


def _parse(page: str) -> Any:
    """Tree of a page; the parser resolves no entities, opens no files or addresses, and stops at depth 255."""
    import lxml.etree  # type: ignore[import-untyped]  # lxml ships no types
    import lxml.html  # type: ignore[import-untyped]  # lxml ships no types

    prolog = _PROLOG.match(page)
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(page[prolog.end() if prolog else 0 :] or " ", parser=parser)
    except (lxml.etree.LxmlError, ValueError) as exc:
        raise RefusedError("no_text", f"the page cannot be parsed: {exc}") from exc
    swollen = any(word in str(entry.message).lower() for entry in parser.error_log for word in _TOO_DEEP)
    if swollen or sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise RefusedError("too_deep", "markup nested or swollen beyond what any article has")
    return tree


def _extract(tree: Any) -> tuple[str, str, str, tuple[str, ...]]:
    """Text, title, site name and authors as trafilatura finds them; "" where it finds none. Changes the tree."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True)
    except Exception as exc:  # hostile pages reach faults of the extractor of any type; counted, not hidden
        raise RefusedError("no_text", f"the extractor failed: {type(exc).__name__}: {exc}") from exc
    if found is None or isinstance(found, dict):
        return "", "", "", ()
    text = "" if found.body is None else clean("\n\n".join(_blocks(found.body)))
    return text, flat(found.title), flat(found.sitename), author_names(found.author or "")


def _blocks(body: Any) -> Iterator[str]:
    """Blocks of trafilatura's tree, in order; list items and table rows are lines."""
    for block in body:
        if block.tag == "list":
            text = "\n".join(f"- {line}" for item in block.iter("item") if (line := _line(item)))
        elif block.tag == "table":
            rows = ([_line(cell) for cell in row.iter("cell")] for row in block.iter("row"))
            text = "\n".join(" | ".join(filter(None, row)) for row in rows if any(row))
        elif block.tag == "quote" and len(block):
            parts = block if block.find("p") is not None else [block]
            text = "\n\n".join(line for part in parts if (line := _line(part)))
        else:
            text = _line(block)
        if text:
            yield text


def _line(element: Any) -> str:
    """Text of an element on one line; a non-breaking space stays what it is."""
    for line_break in element.iter("lb"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return re.sub(r"[ \t\n]+", " ", "".join(element.itertext())).strip()


def _tree_text(tree: Any) -> str:
    """All visible text of a tree, blank lines between blocks."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, leaving = stack.pop()
        if not isinstance(element.tag, str):
            continue
        block = element.tag in _BLOCKS
        if leaving:
            parts.append(("\n\n" if block else "") + _squeezed(element.tail))
            continue
        stack.append((element, True))
        if element.tag in _SILENT:
            continue
        parts.append(("\n\n" if block else "\n" if element.tag == "br" else "") + _squeezed(element.text))
        stack.extend((child, False) for child in reversed(element))
    lines = (line.strip(" \t") for line in "".join(parts).split("\n"))
    return clean(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


def _squeezed(text: str | None) -> str:
    return re.sub(r"[ \t\n\r]+", " ", text or "")


def _too_short(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) < MIN_WORDS and not re.search(r"\w\w.*[.!?]", text)
