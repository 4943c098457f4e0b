"""From the label conventions of each corpus to one: OntoNotes-like names, without titles, articles and possessives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .expressions import find_expressions
from .gazetteer import FACILITY_WORDS, REGIONS, WATER_AND_LAND, Gazetteer
from .sentences import ANY, PLACES, Document, NameSpan, Sentence, guess_glue, split_name, with_names
from .spans import (
    BEFORE_DEMONYMS,
    after_titles,
    by_last_word,
    capitalised_core,
    covered,
    in_longer_name,
    inside,
    joined_people,
    overlaps,
    proper_run,
    wars_and_storms,
    with_compass,
)
from .words import WORDS

_PRONOUNS = frozenset(
    ("i", "we", "my", "our", "us", "his", "he", "she", "her", "they", "their", "you", "it", "its", "all", "those")
)
_DEMONYM = re.compile(r"[A-Z][a-z]{2,}(?:ans?|ese|ish|is?|ians?|ians|ch|ks?|nes?|tes?|ders?)$")
_NOT_DEMONYM = frozenset(
    {"Islam", "Taliban", "Taleban", "Katrina", "Gaza", "Israel", "Nepal", "Darfur", "Congo", "Nigeria"}
)
_TITLED = frozenset({"WORK_OF_ART"})
_GMB = {
    "geo": PLACES,
    "gpe": frozenset({"GPE", "NORP"}),
    "per": frozenset({"PERSON"}),
    "org": frozenset({"ORG"}),
    "eve": frozenset({"EVENT"}),
}


class Conventions:
    """Decides labels that a corpus leaves open, with a gazetteer; `learn_demonyms` first."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._long_names: dict[str, list[int]] = {}
        for state in gazetteer.states:
            words = split_name(state)[0]
            if len(words) >= 3 and "," not in words:
                self._long_names.setdefault(words[0], []).append(len(words))
        for sizes in self._long_names.values():
            sizes.sort(reverse=True)
        self.demonyms: frozenset[str] = frozenset(WORDS["demonyms"])

    def learn_demonyms(self, names: Iterable[str], *, least: int = 3) -> None:
        """Take frequent one-word nationality names (GMB's gpe) that are no states as demonyms."""
        counts: dict[str, int] = {}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        found = {
            n
            for n, c in counts.items()
            if c >= least and _DEMONYM.match(n) and n not in self.gazetteer.states and n not in self.gazetteer.cities
        }
        self.demonyms = self.demonyms | (found - _NOT_DEMONYM)

    def complete(
        self, sentence: Sentence, spans: Sequence[NameSpan], unjudged: frozenset[str], *, proper_open: bool = False
    ) -> Sentence:
        """Settle places, add demonyms, dates and numbers.

        `unjudged` labels stay open; with `proper_open`, all labels do on proper nouns that no span covers.
        """
        fixed = self._long_states(sentence) + [
            span for span in wars_and_storms(sentence.words) if not inside(span, spans)
        ]
        names = [
            settled
            for span in spans
            if (settled := self._settle(sentence, span)) is not None and not overlaps(fixed, span)
        ]
        names = fixed + names
        names = [with_compass(sentence, span, names) for span in names]
        names += self._demonyms(sentence, names)
        if proper_open and sentence.tree is not None:
            names += [
                NameSpan(i, i + 1, ANY, or_none=True)
                for i, tag in enumerate(sentence.tree.upos)
                if tag == "PROPN" and not covered(names, i)
            ]
        tags = sentence.tags or ("",) * len(sentence.words)
        names += find_expressions(sentence.words, tags, [span for span in names if not span.or_none])
        firm = [span for span in names if not span.or_none]
        names = firm + [span for span in names if span.or_none and not overlaps(firm, span)]
        return with_names(sentence, names, unjudged)

    def _settle(self, sentence: Sentence, span: NameSpan) -> NameSpan | None:
        start, end = span.start, span.end
        while end > start and sentence.words[end - 1] in {"'s", "’s", "'", ",", "."}:
            end -= 1
        while start < end and sentence.words[start].lower() in {"the", "a", "an"} and span.labels != _TITLED:
            start += 1
        if "PERSON" in span.labels and len(span.labels) == 1:
            start = after_titles(sentence.words, start, end)
        if start >= end:
            return None
        text = " ".join(sentence.words[start:end])
        labels = self.place_labels(text) if span.labels == PLACES else by_last_word(text, span.labels)
        if labels == frozenset({"ORG"}) and start and sentence.words[start - 1] in {"Mr.", "Mrs.", "Ms."}:
            labels = frozenset({"PERSON"})
        return NameSpan(start, end, labels, span.or_none)

    def place_labels(self, text: str) -> frozenset[str]:
        """GPE, LOC or FAC of a place where its name tells; all three otherwise."""
        last = text.rsplit(maxsplit=1)[-1]
        if (
            text in REGIONS
            or last in WATER_AND_LAND
            or text.split(maxsplit=1)[0] in {"Mount", "Lake", "Cape", "Strait", "Gulf"}
        ):
            return frozenset({"LOC"})
        if text in self.gazetteer.states or text in self.gazetteer.cities:
            return frozenset({"GPE"})
        return frozenset({"FAC"}) if last in FACILITY_WORDS else PLACES

    def _demonyms(self, sentence: Sentence, taken: Sequence[NameSpan]) -> list[NameSpan]:
        return [
            NameSpan(
                i - (i > 0 and sentence.words[i - 1] in BEFORE_DEMONYMS and not covered(taken, i - 1)),
                i + 1,
                frozenset({"NORP"}),
            )
            for i, word in enumerate(sentence.words)
            if word in self.demonyms and not covered(taken, i) and not in_longer_name(sentence, i)
        ]

    def _long_states(self, sentence: Sentence) -> list[NameSpan]:
        """States of three words or more, which corpora cut in pieces: Democratic Republic of the Congo."""
        found: list[NameSpan] = []
        start = 0
        while start < len(sentence.words):
            sizes = self._long_names.get(sentence.words[start], ())
            size = next(
                (
                    n
                    for n in sizes
                    if start + n <= len(sentence.words)
                    and " ".join(sentence.words[start : start + n]) in self.gazetteer.states
                ),
                0,
            )
            if size:
                found.append(NameSpan(start, start + size, frozenset({"GPE"})))
            start += max(1, size)
        return found

    def proper_cores(self, sentence: Sentence, mentions: Sequence[tuple[int, int, frozenset[str]]]) -> list[NameSpan]:
        """The run of proper nouns around each head that is one; outermost mention first, no overlaps."""
        tree = sentence.tree
        assert tree is not None
        found: list[NameSpan] = []
        for start, end, labels in sorted(mentions, key=lambda item: item[0] - item[1]):
            head = next((i for i in range(start, end) if not start <= tree.heads[i] < end or tree.heads[i] == i), start)
            if tree.upos[head] != "PROPN":
                continue
            span = NameSpan(
                *proper_run(sentence, head, start, end, wide="PERSON" not in labels), labels, labels not in (_GUM_SURE)
            )
            if self._is_people(sentence, span):
                span = NameSpan(span.start, span.end, frozenset({"NORP"}))
            if not overlaps(found, span):
                found.append(span)
        return found

    def _is_people(self, sentence: Sentence, span: NameSpan) -> bool:
        return span.end - span.start == 1 and sentence.words[span.start] in self.demonyms

    def clean_gmb(self, sentence: Sentence, spans: Sequence[tuple[int, int, str]]) -> Sentence:
        """GMB's machine-made names in our convention; what cannot be trusted stays open."""
        names: list[NameSpan] = []
        for start, end, kind in spans:
            text = " ".join(sentence.words[start:end])
            if text in {"Sri", "Hong"} and end < len(sentence.words):
                names.append(NameSpan(start, end + 1, frozenset({"GPE"})))
                continue
            if names and start < names[-1].end:
                continue
            span = self._gmb_span(sentence, start, end, kind, text)
            if span is not None:
                names.append(span)
        return self.complete(sentence, joined_people(names), frozenset())

    def _gmb_span(self, sentence: Sentence, start: int, end: int, kind: str, text: str) -> NameSpan | None:
        def span(*labels: str, or_none: bool = False) -> NameSpan:
            return NameSpan(start, end, frozenset(labels), or_none)

        if kind == "tim":
            return span("DATE", "TIME", "CARDINAL", or_none=True)
        if not any(word[:1].isupper() for word in sentence.words[start:end]):
            return span(*ANY, or_none=True)
        labels = self._known_labels(text.removeprefix("the ").removeprefix("The "), kind) or _GMB.get(kind)
        if labels:
            return span(*labels)
        return span("PRODUCT", "WORK_OF_ART", "LAW", "FAC", "EVENT", "ORG", "LOC", or_none=True)

    def _known_labels(self, text: str, kind: str) -> frozenset[str]:
        """Labels of a name that a table knows, whatever GMB calls it; empty for all others."""
        for label, known in (
            ("NORP", text in self.demonyms),
            ("GPE", text in self.gazetteer.states and kind in {"geo", "gpe", "org", "per"}),
            ("ORG", text in {"U.N.", "UN", "United Nations", "EU", "NATO", "European Union"}),
            ("LOC", text in REGIONS),
        ):
            if known:
                return frozenset({label})
        return frozenset({"GPE", "ORG"}) if kind == "org" and text in self.gazetteer.cities else frozenset()

    def re3d_document(self, text: str, spans: Sequence[tuple[int, int, str]]) -> Document:
        """A press release: sentences by a simple rule, names where a marked entity has a capitalised core."""
        document = Document("re3d", bounds=False)
        for match in re.finditer(r"\S[^\n]*?(?:(?<=[a-z)][.?!])(?=\s+[A-Z])|(?=\n)|$)", text):
            tokens = [
                (m.start() + match.start(), m.group())
                for m in re.finditer(r"\w+(?:\.\w+)+\.?|\w+|'s|’s|[^\w\s]", match.group())
            ]
            if not tokens:
                continue
            words = tuple(word for _, word in tokens)
            names: list[NameSpan] = []
            for begin, stop, label in sorted(spans, key=lambda item: item[1] - item[0]):
                inside = [i for i, (at, word) in enumerate(tokens) if begin <= at < stop]
                core = capitalised_core(words, inside)
                if core and words[core[0]].lower() not in _PRONOUNS and not overlaps(names, NameSpan(*core, ANY)):
                    doubtful = label == "LOC" and words[core[0]].isupper()
                    names.append(
                        NameSpan(*core, ANY if doubtful else PLACES if label == "LOC" else frozenset({label}), doubtful)
                    )
            sentence = Sentence(words, guess_glue(words), paragraph=text[: match.start()].endswith("\n"))
            document.sentences.append(self.complete(sentence, [self._trusted(words, name) for name in names], ANY))
        return document

    def _trusted(self, words: Sequence[str], name: NameSpan) -> NameSpan:
        text = " ".join(words[name.start : name.end])
        if text in self.gazetteer.states:
            return NameSpan(name.start, name.end, frozenset({"GPE"}))
        return NameSpan(name.start, name.end, frozenset({"NORP"}) if text in self.demonyms else name.labels)


_GUM_SURE = (frozenset({"PERSON"}), PLACES, frozenset({"ORG"}), frozenset({"EVENT"}))
