"""Page furniture out of plain text, article in: by phrases, shapes, repetition and position.

A text is cut into units; a unit is furniture by its own words (`furniture`), by standing in a list under such words,
by repeating another, or by standing behind the article's end. Only when the page gives itself away as a dump (two
signs of furniture or more) the rest is judged by position too: the article is then the run of units with the greatest
sum of weights, prose counting by its words and everything else against it.

Source: maximum subsequence segmentation, Pasternack and Roth (WWW 2009); features after Kohlschütter et al.,
boilerplate detection using shallow text features (WSDM 2010), and Pomikálek, jusText (2011).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kg.sources.furniture import Kind, is_about, is_byline, is_self_description, kind_of, menu_items
from kg.sources.units import Unit, folded, split_units

DUMP_SIGNS = 2
"""Signs of furniture that make a text a page dump."""

REPEATED_WORDS = 8
REPEATED_WORDS_CLEAN = 25
"""Words from which a repeated unit is the page's doing, not the author's; more where nothing hints at a page."""

TAIL_SHARE = 1.0
TAIL_SHARE_CLEAN = 0.25
"""Share of the prose so far that may stand behind an end mark; less where it is the only sign, or a mere byline."""

SECOND_SHARE, SECOND_WORDS = 0.4, 100
"""Another run of prose is kept when it has this share of the main run's weight, or so many words."""

BOX_WORDS, BULLETED_WORDS = 20, 6
"""A sentence of so many words under a box heading is the article again; fewer do where the box's items had bullets."""

ITEM_WORDS = 4
"""List items of so many words speak neither for nor against prose; shorter ones are like menus."""

PARAGRAPH_WEIGHT = 80
"""Words of one unit that count: a single long paragraph must not outweigh an article."""


def strip_furniture(text: str, *, title: str = "") -> str:
    """Text without page furniture; what stays is as it was, character for character.

    Args:
        text: a page or an article, as text.
        title: its headline if known; a line that repeats it once before the article is kept.

    Returns:
        Runs of kept units as they stand, blank lines between the runs; the text itself if nothing is furniture.
    """
    units = split_units(text)
    kept = keep_units(units, gentle=True)
    if len(kept) == len(units):
        return text
    if title and (index := _headline(units, title)) is not None and kept and index < kept[0]:
        kept = [index, *kept]
    return "\n\n".join(text[units[first].start : units[last].end] for first, last in _runs(kept))


def keep_units(units: Sequence[Unit], *, gentle: bool = False) -> list[int]:
    """Indices of the units that are the article's own, in order.

    Args:
        units: of the whole text.
        gentle: remove nothing by repetition alone.
    """
    kinds = [kind_of(unit) for unit in units]
    menus = menu_items(units)
    gone = {index for index, kind in enumerate(kinds) if kind is not Kind.NONE} | menus
    signs = _signs(units, gone - menus) + (DUMP_SIGNS if menus else 0)
    if signs or not gentle:
        gone |= _repeated(units, gone, REPEATED_WORDS if signs else REPEATED_WORDS_CLEAN)
    if not gone:
        return list(range(len(units)))
    gone |= _boxed(units, kinds, gone)
    end = _end(units, kinds, gone, signs)
    gone.update(range(end, len(units)))
    if signs >= DUMP_SIGNS:
        gone |= _cards(units, gone)
        gone |= _outside(units, gone)
    return [index for index in range(len(units)) if index not in gone]


def _signs(units: Sequence[Unit], flagged: Iterable[int]) -> int:
    """How many different units say that they are furniture; end-of-text marks (`###`) say nothing."""
    return len({units[index].norm for index in flagged if units[index].norm})


def _repeated(units: Sequence[Unit], gone: set[int], least: int) -> set[int]:
    """Later copies of a unit; of a standfirst without full stop and its sentence in the text, the standfirst."""
    first: dict[str, int] = {}
    out: set[int] = set()
    for index, unit in enumerate(units):
        if index in gone or len(unit.words) < least:
            continue
        earlier = first.setdefault(unit.norm, index)
        if earlier == index:
            continue
        if unit.terminal and not units[earlier].terminal:
            out.add(earlier)
            first[unit.norm] = index
        else:
            out.add(index)
    return out


def _boxed(units: Sequence[Unit], kinds: Sequence[Kind], gone: set[int]) -> set[int]:
    """Units in lists under box headings: up to the next prose, or to what follows bulleted items."""
    out: set[int] = set()
    inside = bulleted = False
    for index, unit in enumerate(units):
        if kinds[index] is Kind.BOX:
            inside, bulleted = True, False
        elif inside:
            bulleted |= unit.bullet
            inside = (
                index in gone or unit.bullet or not _resumes(units, index, BULLETED_WORDS if bulleted else BOX_WORDS)
            )
            if inside:
                out.add(index)
    return out


def _resumes(units: Sequence[Unit], index: int, least: int) -> bool:
    """Whether the article goes on here: with a sentence, or with a heading before one."""
    unit = units[index]
    if unit.stops >= 0.15 and (unit.terminal or unit.prose):
        return len(unit.words) >= least
    if least != BULLETED_WORDS or index + 1 == len(units) or unit.norm == units[index - 1].norm:
        return False
    after = units[index + 1]
    return not after.bullet and after.terminal and after.prose


def _end(units: Sequence[Unit], kinds: Sequence[Kind], gone: set[int], signs: int) -> int:
    """Index behind the article's last unit: the first end mark with enough prose before it and little after."""
    weights = [len(unit.words) if unit.prose and index not in gone else 0 for index, unit in enumerate(units)]
    before, after = 0, sum(weights)
    for index, unit in enumerate(units):
        marked = kinds[index] is Kind.END or is_about(unit, units[index + 1 : index + 3])
        if before and marked and after <= (TAIL_SHARE if signs >= DUMP_SIGNS else TAIL_SHARE_CLEAN) * before:
            return index
        if before and signs and is_byline(unit) and 0 < after <= TAIL_SHARE_CLEAN * before:
            return index
        if before and signs and is_self_description(unit) and after == weights[index] <= TAIL_SHARE * before:
            return index
        before, after = before + weights[index], after - weights[index]
    return len(units)


def _cards(units: Sequence[Unit], gone: set[int]) -> set[int]:
    """Teasers and captions that a dump shows twice in a row (the picture's description, then the link)."""
    out: set[int] = set()
    for index, (unit, after) in enumerate(pairwise(units)):
        if not {index, index + 1} <= gone and unit.norm and unit.norm == after.norm and not unit.terminal:
            out.update((index, index + 1))
    return out


def _outside(units: Sequence[Unit], gone: set[int]) -> set[int]:
    """Units outside the main runs of prose."""
    scores = [_score(unit, lost=index in gone) for index, unit in enumerate(units)]
    runs = _best_runs(scores)
    if not runs:
        return set()
    main = max(total for _, _, total in runs)
    inside: set[int] = set()
    for first, last, total in runs:
        if total >= min(SECOND_SHARE * main, SECOND_WORDS):
            inside.update(range(first, _extended(units, gone, last) + 1))
    return set(range(len(units))) - inside


def _score(unit: Unit, *, lost: bool) -> int:
    if lost:
        return -8
    if unit.prose:
        return min(len(unit.words), PARAGRAPH_WEIGHT)
    if unit.bullet and len(unit.words) >= ITEM_WORDS:
        return 0
    return min(len(unit.words), 10) if unit.terminal and len(unit.words) > 2 and unit.stops > 0.1 else -3


def _best_runs(scores: Sequence[int]) -> list[tuple[int, int, int]]:
    """All maximal runs of positive sum as (first, last, sum), in order.

    Source: Ruzzo and Tompa (1999), in the simple form that starts anew when the sum falls to zero.
    """
    runs: list[tuple[int, int, int]] = []
    first, total, best, last = 0, 0, 0, -1
    for index, score in enumerate([*scores, -(10**9)]):
        if total == 0:
            first = index
        total += score
        if total > best:
            best, last = total, index
        if total <= 0:
            if best > 0:
                runs.append((first, last, best))
            total, best, last = 0, 0, -1
    return runs


def _extended(units: Sequence[Unit], gone: set[int], last: int) -> int:
    """A list that begins in a run, or is announced behind it by a line with a colon, belongs to it whole."""
    index = last
    while index + 1 < len(units) and index + 1 not in gone:
        index += 1
        if units[index].bullet and (units[index - 1].bullet or units[index - 1].text.rstrip().endswith(":")):
            last = index
        elif not units[index].text.rstrip().endswith(":"):
            break
    return last


def _headline(units: Sequence[Unit], title: str) -> int | None:
    matches = [index for index, unit in enumerate(units[:200]) if folded(unit.text) == folded(title)]
    return matches[-1] if matches else None


def _runs(kept: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index in kept:
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs
