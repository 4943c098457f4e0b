"""The format of an input, by its content first and its name last."""

import codecs
import json
import re
from typing import Literal

from kg.sources.encoding import decode
from kg.sources.raw import COMPRESSED_SUFFIXES
from kg.sources.refused import RefusedError

Format = Literal["html", "markdown", "text", "jsonl", "json", "feed"]

MANY: tuple[Format, ...] = ("jsonl", "feed")
"""Formats of which one file holds many articles."""

_BINARY = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x7fELF", b"MZ\x90", b"\xca\xfe\xba\xbe", b"SQLite format",
    b"\x00\x00\x01\x00", b"OggS", b"ID3", b"7z\xbc\xaf", b"Rar!", b"\x00asm", b"PAR1",
    b"\xcf\xfa\xed\xfe", b"\x93NUMPY",
)  # fmt: skip
_KNOWN = (
    (b"%PDF", "PDF; convert it to text first"),
    (b"PK\x03\x04", "a zip archive or office document; unpack or convert it first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; convert it first"),
    (b"{\\rtf", "RTF; convert it first"),
    (b"WARC/", "a web archive; extract its pages first"),
)
_TABLES = (".csv", ".tsv", ".psv")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"</?(?:p|div|a|span|h[1-6]|ul|ol|li|br|img|article|section|table|td|meta|title|script)\b[^<>]*>", re.IGNORECASE
)
_ROOT = re.compile(
    r"\s*(?:<\?(?:(?!\?>).)*\?>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>\s*)*<([\w:.-]+)",
    re.DOTALL | re.IGNORECASE,
)
_FEEDS = ("rss", "feed", "rdf:rdf", "channel")
_FRONT = re.compile(r"(?:---[ \t]*\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)|\+\+\+[ \t]*\n(?:[^\n]*\n)*?\+\+\+)")
_YAML_KEY = re.compile(r"^['\"]?[A-Za-z][\w -]*['\"]?[ \t]*[:=]", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} \S|^\S[^\n]*\n(?:===+|---+)[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?:|/|#|mailto:)[^)\s]{0,500}\)")


def detect(head: bytes, name: str) -> Format:
    """Tell the format of an input.

    Args:
        head: its first bytes (decompressed).
        name: its name, which decides only where the content allows several formats.

    Raises:
        RefusedError: `empty`, `binary` or `unknown_format`.
    """
    suffix = _suffix(name)
    if not head:
        raise RefusedError("empty", "the file has no content")
    for magic, what in _KNOWN:
        if head.startswith(magic):
            raise RefusedError("unknown_format", what)
    if head.startswith(_BINARY) or _is_tar(head):
        raise RefusedError("binary", "not a text file")
    if suffix in _TABLES:
        raise RefusedError("unknown_format", "a table; convert it to JSONL first")
    text = _decode_head(head)
    if not text.strip():
        raise RefusedError("empty", "the file has only white space")
    return _detect_text(text, suffix)


def is_markdown(text: str) -> bool:
    """Whether a text shows signs of Markdown: front matter, or headings together with links."""
    return bool(_FRONT.match(text)) or (bool(_HEADING.search(text)) and bool(_LINK.search(text)))


def _suffix(name: str) -> str:
    lower = name.lower()
    for ending in COMPRESSED_SUFFIXES:
        lower = lower.removesuffix(ending)
    return "." + lower.rpartition(".")[2] if "." in lower else ""


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _decode_head(head: bytes) -> str:
    """The head as text; NULs that are no UTF-16 make it binary."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:4] == b"\x00\x00\xfe\xff":
        return decode(head)
    nuls = head.count(0)
    if nuls and nuls < len(head) * 0.3:
        if nuls > max(8, len(head) * 0.001):
            raise RefusedError("binary", "not a text file: it holds NUL bytes")
        head = head.replace(b"\0", b"")
    try:  # the last character may be cut
        return codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return decode(head)


def _detect_text(text: str, suffix: str) -> Format:
    start = text.lstrip()
    form: Format | None = None
    if start.startswith(("{", "[")):
        form = _detect_json(start, suffix)
    elif start.startswith("<"):
        form = "html" if _HTML_START.match(text) else _detect_markup(start)
    elif _FRONT.match(text) and _YAML_KEY.search(text[:2000]):
        form = "markdown"
    return form or _by_name(suffix, text) or ("markdown" if is_markdown(text) else "text")


def _by_name(suffix: str, text: str) -> Format | None:
    """What the name says, where the content does not contradict."""
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    if suffix in (".md", ".markdown", ".mdown"):
        return "markdown"
    if suffix == ".json":
        return "json"
    tags = len(_TAG.findall(text))
    page = suffix in (".html", ".htm", ".xhtml") and tags > 0
    return "html" if page or ("</" in text and tags > max(5, text.count("\n\n"))) else None


def _detect_json(start: str, suffix: str) -> Format | None:
    """JSONL when a line is an object of its own; JSON when the whole may be one value; None when it is prose."""
    lines = [line for line in start.split("\n") if line.strip()][:5]
    whole_lines = lines if start.count("\n") >= len(lines) else lines[:-1] or lines
    if any(_is_object(line) for line in whole_lines):
        return "jsonl"
    if suffix in (".jsonl", ".ndjson") or (len(lines) == 1 and re.match(r'\{\s*"', start)):
        return "jsonl"
    if suffix == ".json" or re.match(r'[\[{]\s*(?:["{\[]|\Z)', start):
        return "json"
    return None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _detect_markup(start: str) -> Format | None:
    found = _ROOT.match(start)
    root = found[1].lower() if found else ""
    if root in _FEEDS or root.endswith((":feed", ":rss")):
        return "feed"
    if root == "html" or len(_TAG.findall(start)) > 2:
        return "html"
    if start.lower().startswith("<?xml"):
        raise RefusedError("unknown_format", f"XML that is no feed or page: its root is <{root}>")
    return "html" if _TAG.match(start) else None
