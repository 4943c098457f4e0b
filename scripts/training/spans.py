"""Where a name begins and ends, and which label its words tell: pieces of `conventions`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .sentences import NameSpan, Sentence
from .words import WORDS

TITLES = frozenset(WORDS["titles"])
_STRONG_TITLES = TITLES - frozenset(WORDS["weak_titles"])
LINKS = frozenset({"of", "for", "and", "on", "the", "to", "in", "de", "al", "bin", "von", "van", "&"})
BEFORE_DEMONYMS = frozenset({"South", "North", "Latin", "Sri", "Costa", "Puerto", "Saudi", "East", "West"})


def with_compass(sentence: Sentence, span: NameSpan, names: Sequence[NameSpan]) -> NameSpan:
    """South Korean is one nationality: a demonym takes the compass word before it."""
    if (
        span.labels == frozenset({"NORP"})
        and span.start
        and sentence.words[span.start - 1] in BEFORE_DEMONYMS
        and not covered(names, span.start - 1)
    ):
        return NameSpan(span.start - 1, span.end, span.labels, span.or_none)
    return span


_LAST_WORDS = {
    word: label
    for label, words in {
        "LAW": "Protocol Treaty Accord Accords Convention Act Constitution Resolution Statute",
        "EVENT": "War Summit Olympics Games Cup Revolution Festival Intifada Holocaust",
    }.items()
    for word in words.split()
}


def by_last_word(text: str, labels: frozenset[str]) -> frozenset[str]:
    label = _LAST_WORDS.get(text.rsplit(" ", 1)[-1]) if " " in text and "PERSON" not in labels else None
    return frozenset({label}) if label else labels


def covered(spans: Iterable[NameSpan], position: int) -> bool:
    return any(span.start <= position < span.end for span in spans)


def overlaps(spans: Iterable[NameSpan], other: NameSpan) -> bool:
    return any(span.start < other.end and other.start < span.end for span in spans)


def after_titles(words: Sequence[str], start: int, end: int) -> int:
    """Where the name begins after titles: past the last title of its first words, if one of them is surely a title."""
    strong = [i for i in range(start, min(end, start + 5)) if words[i].lower() in _STRONG_TITLES]
    if strong:
        start = strong[-1] + 1
    while start < end and (words[start].lower() in {"of", "state", "-", "general", "minister", "elect"}):
        start += 1
    return start


def in_longer_name(sentence: Sentence, position: int) -> bool:
    """An adjective of nationality inside a longer proper name (Korean War): leave it to the annotation."""
    following = sentence.words[position + 1 : position + 2]
    tags = sentence.tags[position + 1 : position + 2]
    return bool(
        following
        and following[0][:1].isupper()
        and tags
        and tags[0].startswith("NNP")
        and following[0].lower() not in TITLES
    )


def proper_run(sentence: Sentence, head: int, start: int, end: int, *, wide: bool) -> tuple[int, int]:
    tree = sentence.tree
    assert tree is not None
    proper = [
        tag == "PROPN" or (word[:1].isupper() and tag in {"ADJ", "NOUN", "VERB"})
        for tag, word in zip(tree.upos, sentence.words, strict=True)
    ]
    inner = {"-", "'s", "’s", ".", "/"} | (set(LINKS) if wide else set())
    first, last = head, head
    while first - 1 >= start and (
        proper[first - 1]
        or (sentence.words[first - 1] in inner - {"and", "in", "to"} and first - 2 >= start and proper[first - 2])
    ):
        first -= 1
    while last + 1 < end:
        step = last + 1
        while step < end and sentence.words[step] in inner:
            step += 1
        if step < end and proper[step]:
            last = step
        else:
            break
    while first < head and (tree.upos[first] == "DET" or sentence.words[first].lower() in inner):
        first += 1
    return first, last + 1


def joined_people(names: Sequence[NameSpan]) -> list[NameSpan]:
    """Two person spans in a row are a title and a name, or two halves of one name."""
    joined: list[NameSpan] = []
    for span in names:
        before = joined[-1] if joined else None
        if before and before.end == span.start and before.labels == span.labels == frozenset({"PERSON"}):
            joined[-1] = NameSpan(before.start, span.end, span.labels)
        else:
            joined.append(span)
    return joined


def capitalised_core(words: Sequence[str], inside: Sequence[int]) -> tuple[int, int] | None:
    capital = [i for i in inside if words[i][:1].isupper() and words[i].lower() not in {"the", "a", "an"}]
    if not capital:
        return None
    first, last = capital[0], capital[-1] + 1
    if any(not words[i][:1].isupper() and words[i] not in LINKS | {"-", "'s", "’s", "al"} for i in range(first, last)):
        return None
    return first, last


def inside(span: NameSpan, others: Iterable[NameSpan]) -> bool:
    """Is it part of a longer sure name?"""
    size = span.end - span.start
    return any(o.start <= span.start and span.end <= o.end and size < o.end - o.start and not o.or_none for o in others)


def wars_and_storms(words: Sequence[str]) -> list[NameSpan]:
    """World wars, storms and "... Without Borders", which corpora cut in pieces or leave out."""
    found: list[NameSpan] = []
    for i, (word, following) in enumerate(pairwise(words)):
        third = words[i + 2] if i + 2 < len(words) else ""
        if word == "World" and following in {"War", "Wars"}:
            found.append(
                NameSpan(i, i + 2 + (third in {"I", "II", "III", "One", "Two", "1", "2"}), frozenset({"EVENT"}))
            )
        elif (
            word in {"Hurricane", "Typhoon", "Cyclone"}
            and following.istitle()
            and following not in {"Center", "Season"}
        ):
            found.append(NameSpan(i, i + 2, frozenset({"EVENT"})))
        elif word in {"Reporters", "Doctors"} and (following, third) == ("Without", "Borders"):
            found.append(NameSpan(i, i + 3, frozenset({"ORG"})))
    return found
