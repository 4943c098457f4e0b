"""Vocabulary of English time expressions, and the cutting of text into tokens."""

import re
from typing import NamedTuple


def listed(words: str) -> tuple[str, ...]:
    """Words of a string, in order."""
    return tuple(words.split())


_MONTH_NAMES = listed("january february march april may june july august september october november december")
MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, 1)}
SHORT_MONTHS = {name[:3]: i for name, i in MONTHS.items() if name != "may"} | {"sept": 9}
_DAY_NAMES = listed("monday tuesday wednesday thursday friday saturday sunday")
WEEKDAYS = {name: i for i, name in enumerate(_DAY_NAMES)}
SHORT_WEEKDAYS = {name[:3]: i for name, i in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}
AMBIGUOUS_MONTHS = frozenset({"may", "march"})
"""Months that are also verbs: capitals and a preposition must speak for them."""

_SMALL = listed(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBERS = {w: i for i, w in enumerate(_SMALL, 1)} | {
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
VAGUE = {"couple": (2, 2), "few": (2, 5), "several": (3, 9), "dozen": (12, 12)}
"""What vague quantities span at least and at most."""

_ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {w: i for i, w in enumerate(_ORDINALS, 1)}
_UNIT_NAMES = listed("minute hour day week weekend fortnight month quarter year decade")
UNITS = {u: u for u in _UNIT_NAMES} | {f"{u}s": u for u in _UNIT_NAMES} | {"century": "century", "centuries": "century"}
DAYTIMES = frozenset({"morning", "afternoon", "evening", "night", "noon", "midday", "midnight"})
DECADE_NAMES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
                "eighties": 80, "nineties": 90}  # fmt: skip
MODIFIED = {"early": "early", "mid": "mid", "middle": "mid", "late": "late"}
EDGES = {"beginning": "early", "start": "early", "middle": "mid", "end": "late", "close": "late"}
LAST = frozenset({"last", "past", "previous", "preceding"})
NEXT = frozenset({"next", "coming", "following"})
DEICTIC_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014")
PLAIN_PREPOSITIONS = frozenset({"in", "on", "at", "during", "over", "throughout", "within", "for", "around", "of"})
COUNTED = frozenset(
    listed(
        "troops soldiers people civilians refugees migrants dollars euros pounds yen yuan rubles km kilometers "
        "kilometres miles meters metres tons tonnes percent members delegates missiles drones tanks barrels words "
        "pages men women children homes villages jobs hectares acres feet gmt utc hours gallons prisoners police "
        "officers"
    )
)
"""Nouns after which a four-digit number is a quantity, not a year."""
NUMBERED = frozenset(
    listed(
        "resolution unscr no nos number article section page room flight boeing route paragraph chapter law order "
        "decree res bill channel highway"
    )
)
"""Nouns whose following number is a name, not a year."""
SEASON_NAMES = frozenset({"spring", "summer", "autumn", "fall", "winter"})
CORE = frozenset(
    MONTHS.keys() | SHORT_MONTHS.keys() | WEEKDAYS.keys() | UNITS.keys() | SEASON_NAMES | DEICTIC_DAYS.keys() | DAYTIMES
    | DECADE_NAMES.keys() | {"half", "halves", "overnight", "fiscal", "fy", "q"}
)  # fmt: skip
"""Words without which, or without a number, there is no time expression."""


class Token(NamedTuple):
    """A word, a number with what is glued to it (`1990s`, `27th`, `2024-06-27`), a punctuation mark, or a break."""

    start: int
    end: int
    raw: str
    low: str

    @property
    def numeric(self) -> bool:
        """Does it begin with a digit?"""
        return "0" <= self.raw[:1] <= "9"


BREAK = "\n\n"
_TOKEN = re.compile(
    r"[0-9]+(?:[.,/:\u2010-\u2014-][0-9]+)*(?:T[0-9:.]+Z?|[^\W\d_]*)"  # numbers, with inner separators and a suffix
    r"|[^\W\d_]+"
    r"|\n[ \t\r]*\n"  # a paragraph's end, which no expression crosses
    r"|\S"
)


def tokenise(text: str) -> list[Token]:
    """Tokens of a text, in order, in time linear in its length."""
    tokens: list[Token] = []
    for m in _TOKEN.finditer(text):
        raw = m[0]
        low = BREAK if raw[0] == "\n" else raw.lower()
        tokens.append(Token(m.start(), m.end(), raw, low))
    return tokens
