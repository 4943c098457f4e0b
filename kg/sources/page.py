"""Metadata of a page, from what it declares: structured data, meta elements, time elements."""

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from kg.sources.dates import parse_date
from kg.sources.encoding import clean
from kg.sources.fields import Fields, author_names, flat

MAX_JSON_NODES = 5_000
"""Values that are looked at in the structured data of one page."""

MAX_TIMES = 3
"""Time elements of the article that are looked at: later ones date comments and related pages."""

DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "article.published",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "cxenseparse:recs:publishtime",
    "release_date",
)
"""Meta elements (`property`, `name` or `itemprop`) that give the day of publication, most reliable first."""


def page_fields(tree: Any) -> Fields:
    """What a page declares of itself: JSON-LD first, then meta elements, then `<time>` in the article.

    Args:
        tree: parsed page; not changed.

    Returns:
        Title, publisher, day of publication (never of a change, never guessed), canonical URL, authors.
    """
    metas = _metas(tree)
    data = _linked_data(tree)
    url = next((flat(one) for one in tree.xpath("//link[@rel='canonical']/@href")), "") or metas.get("og:url", "")
    stamps = [
        *(data.get(name) for name in ("datePublished", "dateCreated")),
        *(metas.get(name) for name in DATE_METAS),
        *_times(tree),
    ]
    return Fields(
        title=flat(data.get("headline")) or metas.get("og:title", ""),
        source=metas.get("og:site_name", "") or flat(data.get("publisher")),
        date=next((day for stamp in stamps if (day := parse_date(stamp))), ""),
        url=url if "://" in url else "",
        authors=author_names(data.get("author")) if data.get("author") else author_names(metas.get("author", "")),
    )


def _metas(tree: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := flat(meta.get("content"))):
            out.setdefault(name.lower(), content)
    return out


def _linked_data(tree: Any) -> dict[str, Any]:
    """The article among the page's JSON-LD objects: the one with a date of publication."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            loaded = json.loads(clean(script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        for one in _objects(loaded):
            kind = json.dumps(one.get("@type", ""))[:500]
            if "datePublished" in one and re.search("Article|Posting|Report|News|WebPage|Opinion|Review", kind):
                return one
    return {}


def _objects(value: object) -> Iterator[dict[str, Any]]:
    stack, left = [value], MAX_JSON_NODES
    while stack and left:
        left -= 1
        one = stack.pop()
        if isinstance(one, dict):
            yield cast("dict[str, Any]", one)
            stack.extend(reversed(list(cast("dict[str, Any]", one).values())))
        elif isinstance(one, list):
            stack.extend(reversed(cast("list[object]", one)))


def _times(tree: Any) -> list[str]:
    """Stamps of the first time elements of the article or its head, but for those of changes."""
    holders = "//article | //main | //header | //*[@itemprop='datePublished']"
    for holder in tree.xpath(holders):
        times = holder.xpath("descendant-or-self::*[self::time or @itemprop='datePublished']")[:MAX_TIMES]
        marks = [
            (f"{one.get('class')} {one.get('itemprop')}", one.get("datetime") or one.get("content")) for one in times
        ]
        if found := [stamp for mark, stamp in marks if stamp and not re.search("(?i)updat|modif", mark)]:
            return found
    return []
