"""When two names, phrases or relation names are the same for the evaluation."""

import re
import unicodedata

_POSSESSIVE = re.compile(r"['’]s\b")
_NO_WORD = re.compile(r"[^\w\s]")
_ARTICLE = re.compile(r"^the ")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_EXTENSION = re.compile(r"\.(md|txt|html?|json)$")
_EMPTY_WORDS = frozenset({
    "the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "with", "by", "at", "from", "that", "this", "its",
    "his", "her", "their", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "not", "no",
    "as", "it",
})  # fmt: skip
"""Words that carry no content when phrases are compared."""


def fold(text: str) -> str:
    """A name without case, accents, punctuation, possessive and leading article."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = _NO_WORD.sub(" ", _POSSESSIVE.sub("", folded))
    return _ARTICLE.sub("", " ".join(folded.split()))


def content_words(text: str) -> frozenset[str]:
    """Folded words of a phrase, without the empty ones."""
    return frozenset(fold(text).split()) - _EMPTY_WORDS


def overlap(one: str, other: str) -> bool:
    """Do two phrases share at least a third of the content words of the shorter one?"""
    a, b = content_words(one), content_words(other)
    return bool(a and b) and 3 * len(a & b) >= min(len(a), len(b))


def snake(name: str) -> str:
    """A relation's name as it is in tables, from any of its forms: `HOLDS_POSITION`, `holdsPosition`, an IRI."""
    local = name.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return _HUMP.sub("_", local).casefold().replace("-", "_").replace(" ", "_")


def stem(article: str) -> str:
    """An article's name without folders and extension."""
    return _EXTENSION.sub("", article.rsplit("/", 1)[-1])


FAMILIES = {
    "affiliation": ("holds_position", "member_of", "part_of", "based_in", "appoints", "nominates", "dismisses"),
    "encounter": ("met_with", "spoke_with", "visited", "hosted", "participated_in", "negotiates_with", "mediates"),
    "cooperation": (
        "agrees_with", "pledges_to", "cooperates_with", "aids", "concedes_to", "supports", "allied_with", "party_to",
    ),
    "conflict": (
        "accuses", "rejects", "threatens", "protests", "sanctions", "mobilizes_against", "coerces", "attacks",
        "opposes", "is_concerned_about",
    ),
    "request": ("requests",),
    "neutral": ("is_neutral_on",),
    "speech": ("says",),
}  # fmt: skip
"""Relations that a loose comparison takes for one another."""

FAMILY_OF = {relation: family for family, relations in FAMILIES.items() for relation in relations}
