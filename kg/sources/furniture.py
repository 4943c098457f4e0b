"""What page furniture says of itself: phrases of menus, share bars, newsletters, paywalls, captions and footers."""

import re
from collections.abc import Sequence
from enum import Enum

from kg.sources.phrases import BOX_HEADS, END_MARKS, LINE_PARTS, LINE_STARTS, SECTIONS, WHOLE_LINES
from kg.sources.units import Unit


class Kind(Enum):
    """What a unit is, by its own words."""

    NONE = "none"
    LINE = "line"  # furniture by itself
    BOX = "box"  # heads a list of other pages; the list goes too
    END = "end"  # the article is over


MAX_WORDS, MAX_CHARS = 40, 400
"""A longer unit is no line of furniture, but for captions and credits that say so at their end."""


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(forms) + ")", re.IGNORECASE)


_WHOLE_LINES = _any(*WHOLE_LINES)
_LINE_STARTS = _any(*LINE_STARTS)
_LINE_PARTS = _any(*LINE_PARTS)
_BOX_HEADS = _any(*BOX_HEADS)
_END_MARKS = _any(*END_MARKS)

# Credits of pictures, at the end of captions; the case of letters matters.
_CREDIT = re.compile(
    "|".join(
        (
            r"\b(?:File )?(?:Photo|Photograph|Image|Picture|Credit|Sketch|Illustration)s?\s?:\s?[^.!?]{2,70}\.?\Z",
            r"[.!?\])]\s*\(?(?:REUTERS|AFP|AP|EPA|Getty Images?)\s?[/ ]?\s?[A-Z][\w.’' -]+(?:/[\w ]+){0,4}\)?\.?\Z",
            r"[.!?]\s[A-Z]{2,8}\s(?:Sketch|Photo|File [Pp]hoto|Graphic)\.?\Z",
            r"\b[Ff]ile [Pp]hoto\)?\.?\Z",
            r"/(?:AFP|AP|Pool|Getty Images)\b[^.]{0,40}\Z",
        )
    )
)
_ABOUT = re.compile(r"(?:About|Why|ABOUT|WHY) (?:the )?(?P<name>[A-Z][\w&.-]*(?: [A-Z&][\w&.-]*){0,4})")
_BYLINE = re.compile(r"(?:By|BY|by:?) (?!(?:[Tt]he|THE|[Aa]n?|AN?) )[A-Z][^\W\d]*[^.!?:]{0,60}")
_SELF = re.compile(
    r"[A-Z0-9][\w&.’'-]*(?: [A-Z0-9&][\w&.’'-]*){0,4},? (?:is|are) (?:an?|the|one of) .{0,80}?"
    r"(?:news (?:platform|site|website|agency|outlet|organi[sz]ation)|media (?:company|outlet|platform|group)"
    r"|(?:online|digital) (?:magazine|newspaper|publication|platform)|provider of|newsletter)\b"
)
_SEPARATOR = re.compile(r"\s[/>|»›·•]\s")

LABEL_WORDS = 3
"""A line of so few words before a colon is a label (`Share this:`), a longer one opens a list or a quotation."""

MENU_RUN = 6
"""So many short items in a row, one of them a section name, are a menu."""


def kind_of(unit: Unit) -> Kind:
    """What a unit is by its own words, whatever stands around it."""
    text = unit.plain.rstrip(" .!:…|›»→")
    if not unit.words or len(unit.words) > MAX_WORDS or len(text) > MAX_CHARS:
        caption = len(unit.words) <= 2 * MAX_WORDS and _CREDIT.search(unit.plain[-MAX_CHARS:])
        return Kind.LINE if caption else Kind.NONE
    if _goes_on(unit) and not _BOX_HEADS.fullmatch(text):
        return Kind.NONE
    if _END_MARKS.fullmatch(text):
        return Kind.END
    if _BOX_HEADS.fullmatch(text) and not unit.bullet:
        return Kind.BOX
    return Kind.LINE if _is_line(unit, text) else Kind.NONE


def _is_line(unit: Unit, text: str) -> bool:
    if _WHOLE_LINES.fullmatch(text) or _LINE_STARTS.match(unit.plain) or _LINE_PARTS.search(unit.plain):
        return True
    return bool(_CREDIT.search(unit.plain)) or _is_crumbs(unit, text)


def _is_crumbs(unit: Unit, text: str) -> bool:
    """Whether a line is a path through a site, or a row of links: `World / Europe`, `Log in | Register | Help`."""
    pieces = _SEPARATOR.split(text)
    short = all(piece.strip() and len(piece.split()) <= 4 for piece in pieces)
    return short and not unit.terminal and (len(pieces) > 2 or (len(pieces) == 2 and unit.stops < 0.1))


def _goes_on(unit: Unit) -> bool:
    """Whether a unit begins or ends inside a sentence, so that words alone prove nothing."""
    opens = unit.text.rstrip().endswith((":", ",")) and len(unit.words) > LABEL_WORDS
    return opens or unit.text.lstrip()[0].islower()


def is_about(unit: Unit, following: Sequence[Unit]) -> bool:
    """Whether a heading (`About X`, `Why X`) begins what a publisher says of itself: `X is ...`, `We are ...`."""
    found = _ABOUT.fullmatch(unit.plain.rstrip(" ?:"))
    if not found:
        return False
    name = found["name"].casefold()
    starts = [one.plain.casefold().removeprefix("the ") for one in following[:2]]
    return any(
        start.startswith((f"{name} is ", f"{name} are ", f"{name} was ", "we are ", "we provide ", "our "))
        for start in starts
    )


def is_byline(unit: Unit) -> bool:
    """Whether a unit only says who wrote the article."""
    return len(unit.words) <= 10 and not unit.bullet and bool(_BYLINE.fullmatch(unit.plain))


def is_self_description(unit: Unit) -> bool:
    """Whether a publisher says here what it is."""
    return bool(_SELF.match(unit.plain))


def menu_items(units: Sequence[Unit]) -> set[int]:
    """Indices of units that belong to menus: long runs of short items that name sections of a site."""
    found: set[int] = set()
    run: list[int] = []
    for index, unit in enumerate([*units, None]):
        if unit is not None and len(unit.words) <= 5 and not unit.terminal:
            run.append(index)
            continue
        found.update(_menu_in(units, run))
        run = []
    return found


def _menu_in(units: Sequence[Unit], run: list[int]) -> list[int]:
    """The part of a run of short units that is a menu: what its first and last one- or two-word items enclose."""
    short = [index for index in run if len(units[index].words) <= 2]
    if len(short) < MENU_RUN / 2 or (run[0] and units[run[0] - 1].text.rstrip().endswith(":")):
        return []
    items = [index for index in run if short[0] <= index <= short[-1]]
    named = sum(units[index].norm in SECTIONS for index in items)
    return items if len(items) >= MENU_RUN and named >= 2 and len(short) >= len(items) / 2 else []
