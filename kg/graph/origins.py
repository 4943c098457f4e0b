"""Independent origins: how many sources say it, when some only print what an agency or a colleague wrote.

Two articles count as one source when their publisher is the same, when their text is the same, or when both carry the
credit line of the same news agency. An article with a credit line counts for the agency, not for its publisher.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.ids import content_id
from kg.model import Article

_AGENCIES = {
    "Reuters": ("Reuters", "Thomson Reuters"),
    "Associated Press": ("AP", "Associated Press", "The Associated Press", "AP News"),
    "Agence France-Presse": ("AFP", "Agence France-Presse", "Agence France Presse"),
    "United Press International": ("UPI", "United Press International"),
    "Deutsche Presse-Agentur": ("dpa", "Deutsche Presse-Agentur"),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "Xinhua": ("Xinhua", "Xinhua News Agency"),
    "TASS": ("TASS",),
    "Interfax": ("Interfax",),
    "Kyodo News": ("Kyodo", "Kyodo News"),
    "Jiji Press": ("Jiji", "Jiji Press"),
    "Yonhap": ("Yonhap", "Yonhap News Agency"),
    "Press Trust of India": ("PTI", "Press Trust of India"),
    "Anadolu Agency": ("AA", "Anadolu", "Anadolu Agency"),
    "PA Media": ("PA", "PA Media", "Press Association"),
    "ANSA": ("ANSA",),
    "EFE": ("EFE",),
}
"""Wire services by the forms of their credit lines."""

_FORMS = {form: agency for agency, forms in _AGENCIES.items() for form in forms}
_NAMES = "|".join(sorted(map(re.escape, _FORMS), key=len, reverse=True))
_DASH = "[-\u2010-\u2015]{1,2}"
_CREDIT = re.compile(
    rf"\s*(?:[^\n.()]{{0,60}}\((?P<bracketed>{_NAMES})\)\s*(?:{_DASH}|:|\n|\Z)"
    rf"|(?:[^\n.()]{{0,40}}[,/]\s*)?(?P<leading>{_NAMES})\s*{_DASH}\s)"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from, as far as it shows.

    Attributes:
        name: agency, else publisher, else host of the URL, else the article's key.
        wording: hash of the text without credit line, spaces and case.
    """

    name: str
    wording: str


def origin_of(article: Article) -> Origin:
    """Origin of one article."""
    match = _CREDIT.match(article.text)
    body = article.text[match.end() :] if match else article.text
    wording = content_id("w", "".join(body.casefold().split()))
    form = (match["bracketed"] or match["leading"]) if match else ""
    bylines = [a.strip() for a in article.authors]
    agency = _FORMS.get(form) or next((_FORMS[a] for a in bylines if a in _FORMS), "")
    publisher = publisher_of(article)
    return Origin(agency or _FORMS.get(publisher, publisher) or article.key, wording)


def publisher_of(article: Article) -> str:
    """Who published it: the stated source, else the host of its URL, else ""."""
    return " ".join(article.source.split()) or _host(article.url)


def independent(origins: Iterable[Origin]) -> dict[Origin, str]:
    """Group origins that are not independent of each other.

    Returns:
        For each origin the name of its group, which is the lexically first name in it: equal names, one source.
    """
    members = sorted(set(origins), key=lambda o: (o.name.casefold(), o.name, o.wording))
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above] = parent.setdefault(above, above)
            node = above
        return node

    for origin in members:
        a, b = root("name:" + origin.name.casefold()), root(origin.wording)
        parent[max(a, b)] = min(a, b)
    names: dict[str, str] = {}
    for origin in members:
        names.setdefault(root(origin.wording), origin.name)
    return {o: names[root(o.wording)] for o in members}


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # a bracket that is never closed
        return ""
    return host.removeprefix("www.")
