"""Is a text English? By the share of its words that are English function words; no model, no dependency."""

import re

LEAST_WORDS = 30
"""Shorter texts are taken as they are: a caption has too few words to tell."""
LEAST_SHARE = 0.12
"""English prose has 0.35 to 0.50, lists of titles still 0.15; languages that share words ("a", "in") under 0.08."""

_LEAST_LOWER = 15
"""Words in lower case from which on these alone may decide: news dense in names has few words besides."""

_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset({
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "with", "as", "by", "at", "from", "it", "be",
    "are", "this", "which", "have", "has", "had", "were", "their", "its", "they", "but", "not", "an", "a", "he",
    "his", "she", "her", "we", "our", "will", "would", "been", "said", "who", "or", "than", "after", "about",
    "more", "also", "between", "over",
})  # fmt: skip
_SAMPLE = 20_000


def is_english(text: str) -> bool:
    """Does a text read as English?

    Args:
        text: an article; its first 20,000 characters decide.
    """
    words = _WORD.findall(text[:_SAMPLE])
    if len(words) < LEAST_WORDS:
        return not _other_script(text[:_SAMPLE])
    lower = [w for w in words if w[0].islower()]
    return _reads_english(words) or (len(lower) >= _LEAST_LOWER and _reads_english(lower))


def _reads_english(words: list[str]) -> bool:
    return sum(w.casefold() in _FUNCTION_WORDS for w in words) >= LEAST_SHARE * len(words)


def _other_script(text: str) -> bool:
    """Are most letters of another alphabet? Chinese, say, which has few blanks to count words by."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c > "\u024f" for c in letters) * 2 > len(letters)
