"""Ids are content hashes: the same input has the same id on any machine and in any order. Names compare folded."""

import hashlib
import re
import unicodedata

_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)")
_PUNCTUATION = re.compile(r"[^\w\s&+]|_")


def content_id(prefix: str, *parts: str) -> str:
    r"""Hash of some strings, e.g. `c:5f0c9a...` (prefix, colon, 20 hexadecimal digits: 80 bits).

    Parts are joined by U+001F, which no accepted text holds, so that ("ab", "c") and ("a", "bc") differ. Lone
    surrogates are hashed as they stand.
    """
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return f"{prefix}:{hashlib.sha256(joined).hexdigest()[:20]}"


def fold(name: str) -> str:
    """Normal form for comparing names: no case, accents, possessive, punctuation, leading article or extra blanks."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    text = _POSSESSIVE.sub("", text)
    text = " ".join(_PUNCTUATION.sub(" ", text.replace(".", "")).split())
    return text.removeprefix("the ")
