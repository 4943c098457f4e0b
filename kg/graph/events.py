"""One event, one entity: which meetings and summits of several articles are the same, and which only share a name.

A reading knows its article only: "NATO summit" is one entity in all articles, whichever year, and "the Seoul meeting of
Biden and Yoon" another one in each. Here they are put right, from what the claims say of time and participants. A pure
function of all claims: their order does not matter, and what is withdrawn leaves no trace.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kg.graph.dates import first_day, last_day
from kg.ids import content_id, fold
from kg.model import Argument, Claim, Entity

KINDS = frozenset({"Summit", "Meeting"})
EXACT = timedelta(days=10)
"""An event whose dates lie no farther apart is dated well enough to be known by its participants."""
NEAR = timedelta(days=10)
"""An event without a date is taken to lie so near to the day of its article."""

Same = Mapping[tuple[str, str], str]
"""Article and id of an event in its reading, to the id of the event."""


@dataclass(slots=True)
class _Occurrence:
    """One event as one article tells of it."""

    article: str
    entity: Entity
    parties: set[str] = field(default_factory=set[str])
    days: list[date] = field(default_factory=list[date])
    exact: bool = False

    @property
    def key(self) -> tuple[date, str, str]:
        """Order by time, then by article."""
        return (min(self.days, default=date.min), self.article, self.entity.id)

    def date_by(self, published: date | None) -> None:
        """Use the article's date where no claim has one."""
        self.exact = bool(self.days) and max(self.days) - min(self.days) <= EXACT
        if not self.days and published is not None and date.min + NEAR <= published <= date.max - NEAR:
            self.days = [published - NEAR, published + NEAR]

    def meets(self, other: "_Occurrence") -> bool:
        """May both be at one time?"""
        if not self.days or not other.days:
            return not self.days and not other.days
        return min(self.days) <= max(other.days) and min(other.days) <= max(self.days)

    def shares_name(self, other: "_Occurrence") -> bool:
        """Are two events of one name the same? One that names nobody and no place needs a common participant."""
        if not self.meets(other):
            return False
        common = bool(self.parties & other.parties)
        if self.entity.name == self.entity.name.casefold():
            return common and self.exact and other.exact
        return common or self.entity.type == "Summit" or not self.parties or not other.parties

    def shares_parties(self, other: "_Occurrence") -> bool:
        """Are two events of any name the same, by day and participants?"""
        common = len(self.parties & other.parties)
        most = max(len(self.parties), len(other.parties))
        return self.exact and other.exact and self.meets(other) and common >= 2 and 2 * common >= most


def is_told(entity: Entity) -> bool:
    """Is it a meeting or summit that articles tell of, and none that the gazetteer knows?"""
    return entity.type in KINDS and entity.origin == "text"


def same_events(claims: Iterable[Claim], events: Mapping[tuple[str, str], Entity], dates: Mapping[str, str]) -> Same:
    """Identity of each event of each article.

    Args:
        claims: of all articles.
        events: by article and id, those that articles tell of; others stay as they are.
        dates: ISO date of each article, or "".

    Returns:
        The canonical id where it is another than the reading's.
    """
    found = _occurrences(claims, events, dates)
    groups = _Groups(found)
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_day: dict[tuple[str, date], list[int]] = defaultdict(list)
    for i, occurrence in enumerate(found):
        by_name[occurrence.entity.type, fold(occurrence.entity.name)].append(i)
        for day in {min(occurrence.days), max(occurrence.days)} if occurrence.exact else ():
            by_day[occurrence.entity.type, day].append(i)
    for block in by_name.values():
        groups.gather(block)
    for block in by_day.values():
        for at, i in enumerate(block):
            for j in block[at + 1 :]:
                if found[i].shares_parties(found[j]):
                    groups.join(i, j)
    return _identities(groups.all())


def rename_events(claim: Claim, same: Same) -> Claim:
    """The claim about the events as they are known."""
    ends = [claim.subject, claim.object]
    known = [
        replace(e, entity=same.get((claim.article, e.entity), e.entity)) if isinstance(e, Argument) else e for e in ends
    ]
    if known == ends or not isinstance(known[0], Argument):
        return claim
    return replace(claim, subject=known[0], object=known[1])


class _Groups:
    """Occurrences that are one event: a partition, made finer sets first."""

    def __init__(self, found: Sequence[_Occurrence]) -> None:
        self._found = found
        self._root = list(range(len(found)))

    def gather(self, block: Sequence[int]) -> None:
        """Join occurrences of one name, in the order of time, each to the first group that all of it may belong to."""
        groups: list[list[int]] = []
        for i in block:
            for group in groups:
                if all(self._found[i].shares_name(self._found[k]) for k in group):
                    group.append(i)
                    self.join(group[0], i)
                    break
            else:
                groups.append([i])

    def join(self, i: int, j: int) -> None:
        """Make two occurrences one event."""
        first, second = sorted((self._top(i), self._top(j)))
        self._root[second] = first

    def all(self) -> list[list[_Occurrence]]:
        """The events."""
        events: dict[int, list[_Occurrence]] = defaultdict(list)
        for i, occurrence in enumerate(self._found):
            events[self._top(i)].append(occurrence)
        return list(events.values())

    def _top(self, i: int) -> int:
        while self._root[i] != i:
            self._root[i] = self._root[self._root[i]]
            i = self._root[i]
        return i


def _occurrences(
    claims: Iterable[Claim], events: Mapping[tuple[str, str], Entity], dates: Mapping[str, str]
) -> list[_Occurrence]:
    """All events of all articles, in the order of time."""
    found: dict[tuple[str, str], _Occurrence] = {}
    for claim in claims:
        ends = [e.entity for e in (claim.subject, claim.object) if isinstance(e, Argument)]
        for event in ends:
            key = claim.article, event
            if key not in events:
                continue
            occurrence = found.setdefault(key, _Occurrence(claim.article, events[key]))
            occurrence.parties |= {e for e in ends if e != event and not claim.negated}
            days = first_day(claim.when.start or claim.when.end), last_day(claim.when.end or claim.when.start)
            occurrence.days += [d for d in days if d is not None]
    for occurrence in found.values():
        occurrence.date_by(first_day(dates[occurrence.article]))
    return sorted(found.values(), key=lambda o: o.key)


def _identities(events: Sequence[Sequence[_Occurrence]]) -> Same:
    """An id that no other event has stays; else it is made of the event's name, day and first article."""
    homes: dict[str, int] = defaultdict(int)
    for event in events:
        for ident in {o.entity.id for o in event}:
            homes[ident] += 1
    same: dict[tuple[str, str], str] = {}
    for event in events:
        ids = sorted({o.entity.id for o in event})
        own = next((i for i in ids if homes[i] == 1), "")
        first = event[0]
        canonical = own or content_id("e", first.entity.type, ids[0], *map(str, first.key))
        for occurrence in event:
            if occurrence.entity.id != canonical:
                same[occurrence.article, occurrence.entity.id] = canonical
    return same
