"""Markdown with front matter: metadata out of it, and a body whose words stay exactly as they are."""

import re
import tomllib
from collections.abc import Callable
from html import unescape
from typing import cast

import yaml  # type: ignore[import-untyped]  # PyYAML ships no types

from kg.model import Article
from kg.sources.boilerplate import strip_furniture
from kg.sources.encoding import clean
from kg.sources.fields import Fields, flat, make_article
from kg.sources.refused import RefusedError

MAX_FRONT = 100_000
"""Characters of front matter that are parsed: real ones have some hundreds."""

_FRONT = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<front>(?:[^\n]*\n)*?)(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)")
_LINE = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]*(?P<value>[^\n]*)$", re.MULTILINE)
_FIRST_KEY = re.compile(r"(?:\s*#[^\n]*\n)*\s*['\"]?[A-Za-z][\w -]{0,40}['\"]?[ \t]*[:=]")
_ATX = re.compile(r"^#[ \t]+(?P<title>\S[^\n]*)$", re.MULTILINE)

# Inline markup and what is left of it. Words, line breaks and spaces are never touched.
_URL = r"<?[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*>?"
_TARGET = rf"\(\s*{_URL}(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
_BLOCK_TAGS = (
    "blockquote|br|caption|col|colgroup|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|table|tbody|td|tfoot|th"
    "|thead|tr|ul"
)
_SPAN_TAGS = "a|abbr|b|cite|code|del|em|font|i|iframe|img|ins|mark|q|s|small|span|strike|strong|sub|sup|time|u"
_INLINE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"!\[[^\]\n]{{0,500}}\]{_TARGET}"), ""),
    (re.compile(rf"(?<![\\!])\[((?:[^\[\]\\]|\\.|\[[^\[\]]{{0,80}}\]){{0,500}})\]{_TARGET}", re.DOTALL), r"\1"),
    (re.compile(r"(?<![\\!])\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,80}\]"), r"\1"),
    (re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]+\S+[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"<(https?://[^\s<>]+)>"), r"\1"),
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?:[\s/][^<>]{{0,2000}})?>", re.IGNORECASE), " "),
    (re.compile(rf"</?(?:{_SPAN_TAGS})(?:[\s/][^<>]{{0,2000}})?>", re.IGNORECASE), ""),
    (re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});", re.IGNORECASE), lambda found: clean(unescape(found[0]))),
    (re.compile(r"(?<![\\*\w])(\*{1,3})(?=[^\s*])((?:[^*\\]|\\.){1,600}?)(?<=[^\s*])\1(?![*\w])", re.DOTALL), r"\2"),
    (re.compile(r"(?<![\\_\w])(_{1,3})(?=[^\s_])((?:[^_\\\n]|\\.){1,500}?)(?<=[^\s_])\1(?![_\w])"), r"\2"),
    (re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(?=\S)", re.MULTILINE), ""),
    (re.compile(r"^[ ]{0,3}>[ ]?", re.MULTILINE), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def read_markdown(text: str, key: str) -> Article:
    """Article of a Markdown file.

    Raises:
        RefusedError: `no_text` when there is nothing but front matter and page furniture.
    """
    front, body = split_front(text)
    fields = Fields.of(front)
    if not fields.title and (heading := _ATX.search(body)):
        fields = fields.with_title(strip_inline(heading["title"].rstrip("# \t")))
    kept = strip_furniture(strip_inline(body), title=fields.title).strip()
    if not re.search(r"\w", kept):
        raise RefusedError("no_text", "no text after the front matter")
    return make_article(key, kept, fields, "text/markdown")


def split_front(text: str) -> tuple[dict[str, object], str]:
    """Front matter (YAML between `---`, TOML between `+++`) and the body after it, character for character."""
    found = _FRONT.match(text)
    if not found or not _looks_like_front(found["front"]):
        return {}, text
    return _parse_front(found["front"][:MAX_FRONT], found["fence"]), text[found.end() :]


def strip_inline(text: str) -> str:
    """Text without link targets, images, emphasis marks, heading marks and backslash escapes."""
    text = _without(_without(text, "<!--", "-->"), "<style", "</style>")
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def _without(text: str, begin: str, end: str) -> str:
    """Text without all that stands between two marks; a search, as a pattern would take quadratic time."""
    parts: list[str] = []
    at = 0
    while (start := text.find(begin, at)) >= 0 and (stop := text.find(end, start)) >= 0:
        parts.append(text[at:start])
        at = stop + len(end)
    return "".join(parts) + text[at:]


def _looks_like_front(front: str) -> bool:
    return not front.strip() or bool(_FIRST_KEY.match(front))


def _parse_front(front: str, fence: str) -> dict[str, object]:
    """Values as written, as strings; a block that is not valid is read line by line."""
    try:
        if fence == "+++":
            return dict(tomllib.loads(front))
        loaded = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506  # builds strings, lists and mappings only
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        loaded = None
    if isinstance(loaded, dict):
        return {str(name): value for name, value in cast("dict[object, object]", loaded).items()}
    return {found["key"]: flat(found["value"]).strip("'\"") for found in _LINE.finditer(front)}
