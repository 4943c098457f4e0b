"""Text as every store and file takes it: UTF-8 has no lone surrogates, and an index of Neo4j no key above 8 kB."""

import re

KEY_LENGTH = 1000
"""Longest indexed string, in code points: at most 4,000 bytes, below the 8,168 that Neo4j's range index takes."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """Text that UTF-8 can hold: a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def clip(text: str) -> str:
    """Storable text that an index takes; only hostile names are longer."""
    text = storable(text)
    return text if len(text) <= KEY_LENGTH else text[: KEY_LENGTH - 1] + "…"
