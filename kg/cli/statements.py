"""Cut what is typed or piped into statements: they end with a semicolon outside of strings, names and comments."""

import re

_TOKEN = re.compile(
    r"""
      '(?:[^'\\]|\\.)*(?:'|\Z)          # strings and quoted names; an unfinished one runs to the end
    | "(?:[^"\\]|\\.)*(?:"|\Z)
    | `(?:[^`]|``)*(?:`|\Z)
    | //[^\n]*
    | /\*.*?(?:\*/|\Z)
    | (?P<end>;)
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.DOTALL)


def split_statements(text: str) -> tuple[list[str], str]:
    """Cut text into statements.

    Returns:
        The statements that end with a semicolon, without it, and the rest; blank ones and mere comments are left out.
    """
    done: list[str] = []
    start = 0
    for token in _TOKEN.finditer(text):
        if token["end"]:
            done.append(text[start : token.start()].strip())
            start = token.end()
    rest = text[start:].strip()
    return [statement for statement in done if not is_blank(statement)], "" if is_blank(rest) else rest


def is_blank(text: str) -> bool:
    """Is there nothing but blanks and comments?"""
    position = 0
    while found := _COMMENT.match(text, position):
        position = found.end()
    return position == len(text)
