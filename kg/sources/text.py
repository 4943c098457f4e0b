"""Plain text, from a clean article to the dump of a whole page: headline, date, byline and body out of it."""

import re
from collections.abc import Sequence

from kg.model import Article
from kg.sources.boilerplate import keep_units
from kg.sources.dates import find_dates
from kg.sources.fields import Fields, author_names, make_article
from kg.sources.furniture import Kind, is_byline, kind_of, menu_items
from kg.sources.refused import RefusedError
from kg.sources.units import Unit, folded, split_units

HEAD_UNITS = 8
"""Units before the first prose that may be headline, byline or date of a clean text."""

TITLE_WORDS = (3, 30)
"""Headlines have so many words (shorter ones only where nothing else is there)."""

MAX_HEADLINE = 400
"""Characters of a line that are looked at for headline and site name."""

DATE_WORDS = 2
"""A date line says no more words than these beside the date and what belongs to dates."""

_DATE_WORDS = """
january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
am pm a.m p.m published posted date dated issued release released update updated last first modified edited revised
on at of the time for immediate min read edt est gmt utc ist bst cet cest jst kst pst pdt cst cdt
"""
_OF_DATES = frozenset(_DATE_WORDS.split())
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|am|pm)?", re.IGNORECASE)
_UPDATED = re.compile(r"(?i)\b(?:updated?|modified|edited|revised|last)\b")
_PLACE_DATE = re.compile(r"[A-Z][\w .,/'’()-]{2,60}?,\s+(?P<date>[^–—()]{6,24}?)\s*(?:\([^)]{2,40}\)\s*)?[–—-]{1,2}\s")
_SITE = re.compile(r"(?P<title>.{8,}?)\s+[|–—-]\s+(?P<site>[^|]{2,40})")


def read_text(text: str, key: str) -> Article:
    """Article of plain text; its text is the kept paragraphs, blank lines between them.

    Raises:
        RefusedError: `no_text` when nothing but page furniture is there.
    """
    units = split_units(text)
    kept = keep_units(units)
    body = _body_start(units, kept)
    title, site = _title(units, body, kept)
    norm = folded(title)
    heads = {index for index in range(body) if _is_head(units[index])}
    repeated = {index for index in kept if norm and folded(units[index].text) == norm and not units[index].prose}
    own = [index for index in kept if index not in heads | repeated]
    if not any(units[index].words for index in own):
        raise RefusedError("no_text", "nothing but page furniture, or a headline, is there")
    bylines = (author_names(units[index].text) for index in range(body) if is_byline(units[index]))
    fields = Fields(title=title, source=site, date=_date(units, body, norm), authors=next(bylines, ()))
    return make_article(key, "\n\n".join(units[index].text.strip("\n") for index in own), fields, "text/plain")


def first_date(text: str) -> str:
    """ISO date of a date line, or of the dateline, at the beginning of a text; or ""."""
    units = split_units(text[:5_000])
    return _date(units, _body_start(units, range(len(units))), "")


def without_head(text: str, title: str) -> str:
    """Text without the headline, bylines and date lines before its first paragraph, which metadata have told."""
    units = split_units(text)
    body = _body_start(units, range(len(units)))
    first = 0
    while first < body and (_is_head(units[first]) or folded(units[first].text) == folded(title)):
        first += 1
    return text[units[first].start :] if units else ""


def _body_start(units: Sequence[Unit], kept: Sequence[int]) -> int:
    """Index of the first unit that is running text, or 0 when the text has no head before it."""
    for index in kept:
        unit = units[index]
        if (
            unit.prose
            or (unit.terminal and len(unit.words) > 5 and unit.stops > 0.1)
            or unit.text.rstrip().endswith(":")
        ):
            return index
    return min(1, len(units) - 1) if len(units) > 1 and not units[0].terminal else 0


def _title(units: Sequence[Unit], body: int, kept: Sequence[int]) -> tuple[str, str]:
    """Headline and site name: the page's own title first, else the first line before the body that may be one."""
    head = [units[index] for index in range(body) if not _is_head(units[index])]
    if head and (found := _SITE.fullmatch(head[0].plain[:MAX_HEADLINE])):
        norm = folded(found["title"])
        if any(folded(unit.text) == norm for unit in units[1:]):
            return found["title"].strip(), found["site"].strip()
    menus = menu_items(units[:body])
    sentences = {folded(unit.text) for unit in units if unit.prose}
    least, most = TITLE_WORDS
    likely = [
        units[index].plain
        for index in range(body)
        if index not in menus
        and _may_be_title(units[index])
        and len(units[index].words) <= most
        and folded(units[index].text) not in sentences
    ]
    if not likely or (len(likely) > HEAD_UNITS and body not in kept):
        return "", ""
    longer = [line for line in likely if len(line.split()) >= least]
    return " ".join((longer or likely)[0].split()), ""


def _may_be_title(unit: Unit) -> bool:
    if unit.bullet or _is_head(unit) or not unit.words or kind_of(unit) is not Kind.NONE:
        return False
    return "\n" not in unit.text.strip() and not unit.text.rstrip().endswith((".", ":", ";", ","))


def _is_head(unit: Unit) -> bool:
    """Date line or byline."""
    return is_byline(unit) or (_is_date_line(unit) and not unit.prose)


def _is_date_line(unit: Unit) -> bool:
    if len(unit.words) > 20 or unit.bullet or not find_dates(unit.plain):
        return False
    others = (word for word in unit.words if word.lower() not in _OF_DATES and not _NUMBER.fullmatch(word))
    return sum(1 for _ in others) <= DATE_WORDS


def _date(units: Sequence[Unit], body: int, title: str) -> str:
    """Date of publication: of the lines between headline and body, of the line above the headline, of the dateline."""
    above: list[str] = []
    below: list[str] = []
    updated: list[str] = []
    named = not title
    touching = False
    for unit in units[:body]:
        if title and folded(unit.text) == title:
            named, touching = True, True
        elif _is_date_line(unit):
            day = find_dates(unit.plain)[0]
            bucket = updated if _UPDATED.search(unit.plain) else below if named else above
            bucket.append(day)
        elif not named:
            above.clear()
    dateline = _PLACE_DATE.match(units[body].plain) if body < len(units) else None
    in_text = find_dates(dateline["date"]) if dateline else []
    if not touching and title:
        above = []
    return next(iter([*below, *in_text, *above[-1:], *updated]), "")
