"""What an article says of itself, gathered from front matter, records, entries and pages by the usual names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from kg.model import Article
from kg.sources.dates import parse_date
from kg.sources.encoding import clean

MAX_FIELD = 1_000
"""Characters of a title, name or URL; longer ones are cut, as no real one is."""

MAX_AUTHORS = 50

_NAMES = {
    "title": ("title", "headline", "name"),
    "date": (
        "date", "published", "published_time", "published_at", "date_published", "datepublished", "pubdate", "pub_date",
        "publish_date", "publication_date", "issued", "created",
    ),
    "source": ("source", "publisher", "site", "site_name", "sitename", "outlet", "publication"),
    "url": ("url", "source_url", "link", "canonical_url", "permalink"),
    "authors": ("authors", "author", "byline", "creator"),
}  # fmt: skip
_NOTHING = ("", "null", "~", "none", "nan", "n/a")


@dataclass(frozen=True, slots=True)
class Fields:
    """Metadata of an article; each is "" or () when it is not given."""

    title: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, object]) -> "Fields":
        """Fields of a mapping whose names are any of the usual ones, in any case."""
        known = {name.lower().replace("-", "_").replace(" ", "_"): value for name, value in values.items()}
        first = {field: [known[name] for name in names if name in known] for field, names in _NAMES.items()}
        return cls(
            title=clean_title(_first(first["title"])),
            source=_first(first["source"]),
            date=next((day for raw in first["date"] if (day := parse_date(raw))), ""),
            url=next((url for raw in first["url"] if "://" in (url := flat(raw))), ""),
            authors=next((names for raw in first["authors"] if (names := author_names(raw))), ()),
        )

    def with_title(self, title: str) -> "Fields":
        """These fields with another title."""
        return replace(self, title=clean_title(title))


def make_article(key: str, text: str, fields: Fields, media_type: str) -> Article:
    """Article of a text and its fields."""
    return Article(
        key=key, text=text, title=fields.title, source=fields.source, date=fields.date, url=fields.url,
        authors=fields.authors, media_type=media_type,
    )  # fmt: skip


def flat(value: object) -> str:
    """One line of a scalar value (or of a mapping's name), trimmed; "" for anything else."""
    if isinstance(value, dict):
        return flat(cast("dict[str, object]", value).get("name", ""))
    if isinstance(value, list):
        return flat(cast("list[object]", value)[0]) if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        line = " ".join(clean(str(value)[: 10 * MAX_FIELD]).split())[:MAX_FIELD]
    except ValueError:  # an integer of more digits than Python prints
        return ""
    return "" if line.lower() in _NOTHING else line


def clean_title(title: str) -> str:
    r"""Title without the YAML and Markdown escapes (`\_`, `\u2019`) that careless converters leave in it."""
    if "\\" not in title:
        return title
    title = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), title)
    return flat(re.sub(r"\\([#*\[\]])", r"\1", re.sub(r"\\_|\\ ", " ", title)))


def author_names(value: object) -> tuple[str, ...]:
    """Names of a string (`By A and B`, `A; B`), a list of strings, or of mappings with a name."""
    if isinstance(value, list):
        names = [flat(one) for one in cast("list[object]", value)[:MAX_AUTHORS]]
    else:
        names = re.split(r"\s*(?:;|\||\band\b|&)\s*", re.sub(r"^by:?\s+", "", flat(value), flags=re.IGNORECASE))
    trimmed = (re.sub(r"^by:?\s+", "", name, flags=re.IGNORECASE).strip(" ,") for name in names)
    return tuple(dict.fromkeys(name for name in trimmed if name and "://" not in name))[:MAX_AUTHORS]


def _first(values: list[object]) -> str:
    return next((line for value in values if (line := flat(value))), "")
