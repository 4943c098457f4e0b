"""English time expressions against the day of writing: `last summer` in June 2024 is 2023-06 to 2023-08.

A hand-written grammar over tokens; it knows nothing of spaCy, and its time is linear in the text. Vague words give
coarse intervals ("in recent weeks": months), never invented days. Intervals are closed; an open end is "".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.model import When
from kg.nlp.dates.grammar import expression
from kg.nlp.dates.interval import Interval
from kg.nlp.dates.parser import Node, Parser
from kg.nlp.dates.words import BREAK, CORE, COUNTED, PLAIN_PREPOSITIONS, Token, listed, tokenise

__all__ = ["TimeMatch", "find_times", "normalise"]

_REACH = 8
"""Tokens before a month, unit or number at which its expression may begin ("at the very end of the third quarter")."""
_OPENERS = PLAIN_PREPOSITIONS | {
    "between", "from", "since", "ever", "by", "until", "till", "through", "before", "after", "no", "as", "starting",
    "beginning", "effective", "prior", "up",
}  # fmt: skip
_DETERMINERS = frozenset(listed("the a an this that these those his her its their our your my"))
_FUNCTION_WORDS = frozenset(
    listed(
        "a an the and or but nor so yet if as at by for from in into of off on onto out over per to up via with "
        "within without about above across after against along amid among around before behind between beyond "
        "despite during except following inside near outside since than through throughout toward towards under "
        "until upon that which who whom whose when where while because although though is are was were be been "
        "being has have had do does did will would can could may might shall should must not it he she they we you "
        "i this these those there here also already only just still even later earlier ago alone onward onwards "
        "saw began ended marked brought"
    )
)
"""Words that end a noun phrase: a year before one of them is not part of a name such as "the 2015 deal"."""
_PAPERS = frozenset(listed("times telegraph mail express post herald review agreement accord"))
_NAMED_DAYS = frozenset({"good", "black", "bloody", "super"})
_FAMOUS = {"09-11": "2001", "10-07": "2023", "01-06": "2021"}
"""Month and day by which attacks are known, and their year."""
_ATTACK = frozenset({"attack", "attacks", "terrorist", "terror", "massacre", "assault", "riot", "insurrection"})
_FUTURE = re.compile(
    r"\b(?:will|shall|won't|['’]ll|scheduled|slated|upcoming|(?:due|set|plans?|planned|planning|expected|expects?"
    r"|intends?|hopes?|going|poised|invited|about) (?:to|for|on|in)|(?:is|are|was|were) to|ahead of|forthcoming|if)\b",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|shall|(?:is|are) (?:due )?to)\b|['’]ll\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:!?]\s|\b(?:that|who|which|whether|if|as|when|but|said|says|told|asked|announced)\b")
_REPORT = re.compile(r"\b(?:said|told|says|announced|reported|added|tweeted|confirmed|warned)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z\"“])|\n\s*\n")
_CUE_REACH = 200
"""Characters around an expression in which a cue of the future is looked for."""
_OPENING = 8
"""An expression that begins within so many characters of its sentence opens it ("On February 12, we will join")."""


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """A time expression in a text.

    Attributes:
        start, end: half-open offsets in Unicode code points; `text[start:end]` is `when.text`.
        when: what it means.
        kind: `time`, or `modifier` where it is part of a name or noun phrase ("the 2015 deal", "Thursday's talks"), and
            dates that thing rather than the sentence.
    """

    start: int
    end: int
    when: When
    kind: str = "time"


def normalise(expression: str, anchor: str, *, future: bool = False) -> When | None:
    """Meaning of one time expression.

    Args:
        expression: the words, e.g. of a DATE span: "on Thursday", "between 2014 and 2016"; a leading "the" is allowed.
        anchor: ISO date of writing, or "": then only expressions that name their date or year have a meaning.
        future: what the words date is still to come: "on Thursday" is the next one, not the last.

    Returns:
        The interval, or None when these words as a whole are no time expression that we know.
    """
    text = expression.strip()
    tokens = tokenise(text)
    here = _day(anchor)
    parser = Parser(tokens, here, here, future=future, strict=False)
    for first in range(min(2, len(tokens))):
        node = _read(parser, first)
        rest = tokens[node.next :] if node else tokens
        if node and (first == 0 or tokens[0].low == "the") and all(t.raw in "'’s.,;:" for t in rest):
            return When(node.span.start, node.span.end, text)
    return None


def find_times(text: str, anchor: str, *, future: bool | None = None) -> list[TimeMatch]:
    """All time expressions of a text, in order, without overlaps.

    Args:
        text: any text; a sentence or an article. "Two days later" counts from the last date found before it.
        anchor: ISO date of writing, or "".
        future: read yearless dates and weekdays as coming (True) or past (False); None: as "will", "scheduled for" and
            the like before them in their sentence suggest.
    """
    tokens = tokenise(text)
    here = _day(anchor)
    parser = Parser(tokens, here)
    matches: list[TimeMatch] = []
    for first, core in _windows(tokens):
        if matches and tokens[core].start < matches[-1].end:
            continue
        found = _scan(parser, (first, core), text, future=future)
        if not found:
            continue
        i, node = found
        match = _match(parser, i, node, text)
        if matches and match.start < matches[-1].end:
            continue
        matches.append(match)
        if exact := _exact_day(node):
            parser = replace(parser, reference=exact, grain=len(node.span.start))
    return matches


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:  # none, or of another form: the article has no usable date
        return None


def _read(parser: Parser, i: int) -> Node | None:
    return expression(parser, i) if i < len(parser.tokens) else None


def _windows(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """For each token that may be the heart of an expression: first token at which that may begin, and itself."""
    for i, token in enumerate(tokens):
        if token.low in CORE or (token.numeric and _numeric_core(token)):
            first = i
            while first > 0 and i - first < _REACH and tokens[first - 1].low != BREAK:
                first -= 1
            yield first, i


def _numeric_core(token: Token) -> bool:
    return sum("0" <= c <= "9" for c in token.raw[:12]) >= 4 or (len(token.raw) == 3 and token.low.endswith("s"))


def _scan(parser: Parser, window: tuple[int, int], text: str, *, future: bool | None) -> tuple[int, Node] | None:
    """The first expression from token `first` on that covers the core, both given by the window."""
    first, core = window
    coming = parser.low(core + 1) in ("will", "would") or _is_coming(text, parser.tokens[core].start)
    cued = coming if future is None else future
    p = replace(parser, future=cued)
    for i in range(first, core + 1):
        node = _read(p, i)
        if node and node.next > core and _is_prose_time(p, i, node):
            return i, node
    return None


def _is_coming(text: str, at: int) -> bool:
    """Does a cue before it in its sentence, or after it where it opens the sentence, speak of the future?"""
    low = max(0, at - _CUE_REACH)
    for end in _SENTENCE_END.finditer(text, low, at + 1):
        low = end.end()
    if at - low < _OPENING:
        cue = _WILL.search(text, at, at + _CUE_REACH)
        return bool(cue) and not _CLAUSE_END.search(text, at, cue.start() if cue else at)
    cues = list(_FUTURE.finditer(text, low, at))
    return bool(cues) and not _REPORT.search(text, cues[-1].end(), at)


def _is_prose_time(p: Parser, i: int, node: Node) -> bool:
    """Weed out numbers that only look like years, and units that nothing places in time."""
    bare = p.low(i) not in _OPENERS
    token = p.tokens[i]
    if node.kind == "year" and node.next == i + 1 and not 1800 <= int(token.raw[:4]) <= 2100:
        return False
    after = p.low(node.next)
    if node.kind == "weekday" and node.next == i + 1 and (after in _PAPERS or p.low(i - 1) in _NAMED_DAYS):
        return False
    counted = node.kind == "year" and len(p.raw(node.next - 1)) == 4 and after in COUNTED
    return not counted and not (bare and node.kind == "season" and not node.given and p.low(i) in ("fall", "spring"))


def _match(p: Parser, i: int, node: Node, text: str) -> TimeMatch:
    inner = p.low(i) in PLAIN_PREPOSITIONS and _possessive(p, node)
    start, end = p.tokens[i + inner].start, p.tokens[node.next - 1].end
    span = node.span
    if not node.given and p.low(node.next) in _ATTACK and span.start[5:] in _FAMOUS and span.start == span.end:
        iso = f"{_FAMOUS[span.start[5:]]}-{span.start[5:]}"
        span = Interval(iso, iso) if span.start >= iso else span
    when = When(span.start, span.end, text[start:end])
    return TimeMatch(start, end, when, "modifier" if _modifies(p, i, node) else "time")


def _modifies(p: Parser, i: int, node: Node) -> bool:
    """Is the expression part of a noun phrase: "the 2015 deal", "a June 27 debate", "Thursday's talks"?"""
    if node.kind == "other" or p.low(i) in _OPENERS:
        return _possessive(p, node) and node.kind in ("day", "weekday", "month", "year")
    named = node.kind == "year" and p.capital(i - 1) and p.low(i - 1) not in _OPENERS | _FUNCTION_WORDS
    if _possessive(p, node) or named:  # "Agenda 2030" is a name
        return True
    j = node.next
    if j >= len(p.tokens) or not p.raw(j)[0].isalpha() or p.low(j) in _FUNCTION_WORDS:
        return False
    owned = p.low(i - 1) in _DETERMINERS or (p.low(i - 1) == "s" and p.low(i - 2) in ("'", "’")) or p.low(i) == "the"
    described = p.raw(i - 1)[:1].isalpha() and p.low(i - 1) not in _FUNCTION_WORDS and not p.capital(j)
    return owned or (node.kind in ("year", "month") and (described or not p.capital(j)))


def _possessive(p: Parser, node: Node) -> bool:
    return p.low(node.next) in ("'", "’") and p.low(node.next + 1) == "s" and p.raw(node.next + 2)[:1].isalpha()


def _exact_day(node: Node) -> date | None:
    """The single day that later expressions may count from."""
    span = node.span
    if span.start and span.start == span.end:
        return _day(f"{span.start}-01-01"[:10])
    return None
