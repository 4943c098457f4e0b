"""Speaker turns of transcripts: "THE PRESIDENT: ...", "Q  Jen, ...", "Secretary Blinken: ..." at the start of lines."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.ids import fold
from kg.nlp.lexicons import Lexicons

_MARK = r"[*_]{0,3}"
_LABEL = re.compile(
    rf"^[ \t\xa0]*(?:[-•*+–][ \t\xa0]+)?{_MARK}(?P<label>[^\W\d_][^\n:*_;!?“”\"]{{0,79}}?)"
    rf"(?:{_MARK}:{_MARK}|:)(?=\s+\S)",
    re.MULTILINE,
)
_QUESTION = re.compile(rf"^[ \t\xa0]*{_MARK}(?P<label>Q)(?:[.:]{_MARK}|{_MARK})[ \t\xa0]+(?=[\S])", re.MULTILINE)
_ASIDE = re.compile(r"[ \t\xa0]*[(\[][^()\[\]\n]{1,60}[)\]]")
_STAGE = re.compile(
    r"[(\[](?:(?:as |through |via )?interpret|applause|laugh|inaudible|cross-?talk|cheers|booing|pause|"
    r"no audible|off[- ]mic)[^()\[\]\n]{0,60}[)\]]",
    re.IGNORECASE,
)
"""What a transcript tells of the room: no words of the speaker's."""
_CLOSING = re.compile(r"^[ \t\xa0]*(?:END\b[^\n]*|\\?#(?:\\?#)+|\* \* \*|\d{1,2}:\d\d [AP]\.M\.[^\n]*)$", re.MULTILINE)
_ITEM = re.compile(r"[ \t\xa0]*[-•*+–][ \t\xa0]")
_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n")
_LINE = r"\n(?![ \t\xa0]*(?:\n|[-•*–][ \t\xa0]))"
_QUOTE = re.compile(rf"“(?:[^”\n]|{_LINE}|\n[ \t\xa0]*\n\s*(?=“)){{2,2000}}”|\"(?:[^\"\n]|{_LINE}){{2,2000}}\"")
"""A quotation; it goes on in the next paragraph only where that opens with a mark again."""
_PARTICLES = frozenset({
    "of", "the", "for", "and", "de", "del", "der", "den", "van", "von", "al", "bin", "da", "dos", "to",
})  # fmt: skip
_LONGEST_LABEL = 9
_LONGEST_NAME = 4
_LEAST_PLAIN_TURNS = 6
"""Turns of a dialogue whose labels are bare names; fewer may be headings of paragraphs."""
_MOST_PLAIN_SPEAKERS = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at a stretch: `text[words:end]`, behind a label at `start`.

    Attributes:
        label: the words that name the speaker, without marks.
        start, words, end: character offsets of the label, of what is said, and of its end.
        silent: a questioner, a moderator, the audience: nothing that they say is a claim.
    """

    label: str
    start: int
    words: int
    end: int
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its parts: office ("secretary of state", folded), name ("Blinken"), honorific or not."""

    office: str
    name: str
    courtesy: bool = False


def find_turns(text: str, lexicons: Lexicons) -> tuple[Turn, ...]:
    """The dialogue of a text, in order; () where it has none.

    A label counts when it is clearly one (an office or honorific in capitals), or when the text has several turns.
    """
    found = sorted({t.start: t for t in _candidates(text)}.values(), key=lambda t: t.start)
    kinds = [_kind(t, lexicons) for t in found]
    several = sum(kind != "plain" for kind in kinds) > 1
    names = _plain_speakers(text, [t for t, kind in zip(found, kinds, strict=True) if kind == "plain"], several=several)
    turns = [
        t
        for t, kind in zip(found, kinds, strict=True)
        if kind == "clear" or (kind == "likely" and (several or _quotes(text, t))) or (fold(t.label) in names)
    ]
    asking = _questioners(text, turns, lexicons)
    return tuple(_ended(text, replace(t, silent=fold(t.label) in asking), turns[k + 1 :]) for k, t in enumerate(turns))


def blank_labels(text: str, turns: tuple[Turn, ...]) -> str:
    """The text with blanks for labels and stage directions, at the same offsets."""
    parts, at = [], 0
    for turn in turns:
        parts += [text[at : turn.start], re.sub(r"[^\n]", " ", text[turn.start : turn.words])]
        at = turn.words
    whole = "".join(parts) + text[at:]
    return _STAGE.sub(lambda m: " " * len(m[0]), whole) if turns else whole


def find_quotes(text: str) -> list[tuple[int, int]]:
    """Character ranges of what stands in quotation marks."""
    return [m.span() for m in _QUOTE.finditer(text)]


def read_label(label: str, lexicons: Lexicons) -> Label:
    """Its office and its name: "SECRETARY OF STATE BLINKEN" is ("secretary of state", "BLINKEN")."""
    words = _ASIDE.sub("", label).replace(",", " ").split()
    if words[:1] and words[0].casefold() == "the":
        words = words[1:]
    courtesy = False
    while words and words[0].casefold().rstrip(".") in lexicons.honorifics:
        courtesy, words = True, words[1:]
    cut = 0
    for k, word in enumerate(words):
        if _is_head(word, lexicons) or (k and _is_head(f"{words[k - 1]} {word}", lexicons)):
            cut = k + 1
    if cut and cut < len(words) and words[cut].casefold() in {"of", "for"}:
        cut += 1
        while cut < len(words) and _is_office_word(words[cut], lexicons):
            cut += 1
    if cut and not all(_is_office_word(w, lexicons) for w in words[: min(cut, len(words))]):
        cut = 0
    office = " ".join(words[:cut]).casefold()
    return Label(lexicons.honorific_titles.get(office.rstrip("."), office), " ".join(words[cut:]), courtesy)


def _candidates(text: str) -> Iterator[Turn]:
    for found in _LABEL.finditer(text):
        label = found["label"].strip()
        if _looks_like_label(label) and _opens(text, found.start()):
            yield Turn(label, found.start(), found.end(), found.end())
    for found in _QUESTION.finditer(text):
        if _opens(text, found.start()):
            yield Turn("Q", found.start(), found.end(), found.end())


def _looks_like_label(label: str) -> bool:
    words = _ASIDE.sub("", label).split()
    return 0 < len(words) <= _LONGEST_LABEL and all(
        w[:1].isupper() or w.casefold() in _PARTICLES or "-" in w for w in words
    )


def _opens(text: str, start: int) -> bool:
    """Does a paragraph begin here, or a line behind a finished sentence?"""
    before = text[:start].rstrip(" \t\xa0")
    lines = before[-400:].split("\n")
    above = lines[-2].strip(" \t\xa0*_") if len(lines) > 1 else ""
    return not above or above.endswith((".", "?", "!", ")", "]", "”", '"', "’", "—"))


def _kind(turn: Turn, lexicons: Lexicons) -> str:
    """`clear`, `likely` (an office or a question, but it might be a heading) or `plain` (some name)."""
    if fold(turn.label) in lexicons.silent:
        return "clear" if turn.label.isupper() and turn.label != "Q" else "likely"
    label = read_label(turn.label, lexicons)
    name = label.name.split()
    capitals = turn.label.isupper()
    if len(name) > _LONGEST_NAME or not (label.office or label.courtesy):
        return "plain"
    bare = not name and not turn.label.casefold().startswith("the ") and " " not in label.office
    if capitals:
        return "likely" if bare else "clear"
    return "plain" if bare or not name else "likely"


def _plain_speakers(text: str, turns: list[Turn], *, several: bool) -> set[str]:
    """Folded labels that are bare names of a dialogue: each comes again, they take turns, and somebody asks."""
    counts = Counter(fold(t.label) for t in turns)
    names = {n for n, count in counts.items() if count > 1 and len(n.split()) <= _LONGEST_NAME}
    kept = [t for t in turns if fold(t.label) in names]
    if several and names:
        return {fold(t.label) for t in kept if t.label.isupper() or len(names) <= _MOST_PLAIN_SPEAKERS}
    changes = sum(fold(a.label) != fold(b.label) for a, b in pairwise(kept))
    if not 1 < len(names) <= _MOST_PLAIN_SPEAKERS or len(kept) < _LEAST_PLAIN_TURNS or 2 * changes < len(kept):
        return set()
    asked = sum(_asks(text, t, kept[k + 1 :]) for k, t in enumerate(kept))
    return names if 4 * asked >= len(kept) else set()


def _questioners(text: str, turns: list[Turn], lexicons: Lexicons) -> set[str]:
    """Folded labels of those who ask: by their label, or because most of their turns end in a question."""
    silent = lexicons.silent
    asking: set[str] = {fold(t.label) for t in turns if fold(t.label) in silent}
    asking |= {fold(t.label) for t in turns if fold(_ASIDE.sub("", t.label)) in silent}
    counts = Counter(fold(t.label) for t in turns)
    asked = Counter(fold(t.label) for k, t in enumerate(turns) if _asks(text, t, turns[k + 1 :]))
    return asking | {name for name, count in counts.items() if count > 1 and 2 * asked[name] > count}


def _asks(text: str, turn: Turn, later: list[Turn]) -> bool:
    return text[turn.words : later[0].start if later else len(text)].rstrip(' \n\t\xa0”"').endswith("?")


def _quotes(text: str, turn: Turn) -> bool:
    return text[turn.words :].lstrip()[:1] in {"“", '"'}


def _ended(text: str, turn: Turn, later: list[Turn]) -> Turn:
    """With its end: the next label, the closing line, or its paragraph where a quotation follows the label."""
    end = later[0].start if later else len(text)
    closing = _CLOSING.search(text, turn.words, end)
    if closing:
        end = closing.start()
    if (_quotes(text, turn) or _ITEM.match(text, turn.start)) and (gap := _BLANK_LINE.search(text, turn.words, end)):
        end = gap.start()
    return replace(turn, end=end)


def _is_head(word: str, lexicons: Lexicons) -> bool:
    word = word.casefold()
    return word in lexicons.title_heads or word.rstrip(".") in lexicons.honorific_titles


def _is_office_word(word: str, lexicons: Lexicons) -> bool:
    folded = word.casefold()
    known = lexicons.title_modifiers | lexicons.label_words
    return (
        _is_head(word, lexicons)
        or folded in known
        or folded in _PARTICLES
        or any(folded in head.split() for head in lexicons.title_heads if " " in head)
    )
