"""From the label conventions of each corpus to one: OntoNotes-like names, without titles, articles and possessives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .expressions import find_expressions
from .gazetteer import FACILITY_WORDS, REGIONS, WATER_AND_LAND, Gazetteer
from .sentences import ANY, PLACES, Document, NameSpan, Sentence, guess_glue, split_name, with_names

TITLES = frozenset(
    "mr. mr mrs. mrs ms. ms dr. dr president prime minister vice premier king queen prince princess pope cardinal archbishop bishop "
    "chancellor secretary state general gen. lieutenant lt. colonel col. major maj. captain capt. sergeant sgt. admiral senator sen. "
    "representative rep. congressman congresswoman governor gov. mayor ambassador judge justice sheikh shaikh ayatollah grand imam mullah "
    "foreign defense defence interior finance justice chief spokesman spokeswoman envoy chairman former deputy speaker professor "
    "prof. special advisor adviser col maj lt gen spc cpl. prophet saint justice sir lord lady emperor sultan emir commander premier attorney director sheik crown commissioner marshal brigadier reverend rev.".split()
)
_STRONG_TITLES = TITLES - frozenset("state general grand foreign defense defence interior finance justice chief former crown vice prime cardinal major".split())
_PRONOUNS = frozenset({"i", "we", "my", "our", "us", "his", "he", "she", "her", "they", "their", "you", "it", "its", "all", "those"})
_LINKS = frozenset({"of", "for", "and", "on", "the", "to", "in", "de", "al", "bin", "von", "van", "&"})
_BEFORE_DEMONYMS = frozenset({"South", "North", "Latin", "Sri", "Costa", "Puerto", "Saudi", "East", "West"})
_DEMONYM = re.compile(r"[A-Z][a-z]{2,}(?:ans?|ese|ish|is?|ians?|ians|ch|ks?|nes?|tes?|ders?)$")
_NOT_DEMONYM = frozenset({"Islam", "Taliban", "Taleban", "Katrina", "Gaza", "Israel", "Nepal", "Darfur", "Congo", "Nigeria"})


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
        self.demonyms: frozenset[str] = frozenset({"Republican", "Republicans", "Democrat", "Democrats", "Muslim", "Muslims", "Christian", "Christians", "Jewish", "Jews", "Kurds", "Kurdish", "European", "Saudi", "Asian", "Shi'ite", "Shiite", "Sunni", "Sunnis", "Shiites", "Arab", "Arabs", "Islamic"})

    def learn_demonyms(self, names: Iterable[str], *, least: int = 3) -> None:
        """Take frequent one-word nationality names (GMB's gpe) that are no states as demonyms."""
        counts: dict[str, int] = {}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        found = {n for n, c in counts.items() if c >= least and _DEMONYM.match(n) and n not in self.gazetteer.states and n not in self.gazetteer.cities}
        self.demonyms = self.demonyms | (found - _NOT_DEMONYM)

    def complete(self, sentence: Sentence, spans: Sequence[NameSpan], unjudged: frozenset[str], *, proper_open: bool = False) -> Sentence:
        """Settle places, add demonyms, dates and numbers; `unjudged` labels stay open, with `proper_open` on uncovered proper nouns."""
        long_states = self._long_states(sentence)
        names = [settled for span in spans if (settled := self._settle(sentence, span)) is not None and not _overlaps(long_states, span)]
        names = long_states + names
        names = [_with_compass(sentence, span, names) for span in names]
        names += self._demonyms(sentence, names)
        if proper_open and sentence.tree is not None:
            names += [NameSpan(i, i + 1, ANY, or_none=True) for i, tag in enumerate(sentence.tree.upos) if tag == "PROPN" and not _covered(names, i)]
        tags = sentence.tags or ("",) * len(sentence.words)
        names += find_expressions(sentence.words, tags, [span for span in names if not span.or_none])
        firm = [span for span in names if not span.or_none]
        names = firm + [span for span in names if span.or_none and not _overlaps(firm, span)]
        return with_names(sentence, names, unjudged)

    def _settle(self, sentence: Sentence, span: NameSpan) -> NameSpan | None:
        start, end = span.start, span.end
        while end > start and sentence.words[end - 1] in {"'s", "’s", "'", ",", "."}:
            end -= 1
        while start < end and sentence.words[start].lower() in {"the", "a", "an"}:
            start += 1
        if "PERSON" in span.labels and len(span.labels) == 1:
            start = _after_titles(sentence.words, start, end)
        if start >= end:
            return None
        text = " ".join(sentence.words[start:end])
        labels = self.place_labels(text) if span.labels == PLACES else _by_last_word(text, span.labels)
        if labels == frozenset({"ORG"}) and start and sentence.words[start - 1] in {"Mr.", "Mrs.", "Ms."}:
            labels = frozenset({"PERSON"})
        return NameSpan(start, end, labels, span.or_none)

    def place_labels(self, text: str) -> frozenset[str]:
        """GPE, LOC or FAC of a place where its name tells; all three otherwise."""
        last = text.split()[-1]
        if text in REGIONS or last in WATER_AND_LAND or text.split()[0] in {"Mount", "Lake", "Cape", "Strait", "Gulf"}:
            return frozenset({"LOC"})
        if text in self.gazetteer.states or text in self.gazetteer.cities:
            return frozenset({"GPE"})
        return frozenset({"FAC"}) if last in FACILITY_WORDS else PLACES

    def _demonyms(self, sentence: Sentence, taken: Sequence[NameSpan]) -> list[NameSpan]:
        return [
            NameSpan(i - (i > 0 and sentence.words[i - 1] in _BEFORE_DEMONYMS and not _covered(taken, i - 1)), i + 1, frozenset({"NORP"}))
            for i, word in enumerate(sentence.words)
            if word in self.demonyms and not _covered(taken, i) and not _in_longer_name(sentence, i)
        ]

    def _long_states(self, sentence: Sentence) -> list[NameSpan]:
        """States of three words or more, which corpora cut in pieces: Democratic Republic of the Congo."""
        found: list[NameSpan] = []
        start = 0
        while start < len(sentence.words):
            sizes = self._long_names.get(sentence.words[start], ())
            size = next((n for n in sizes if start + n <= len(sentence.words) and " ".join(sentence.words[start : start + n]) in self.gazetteer.states), 0)
            if size:
                found.append(NameSpan(start, start + size, frozenset({"GPE"})))
            start += max(1, size)
        return found

    def proper_cores(self, sentence: Sentence, mentions: Sequence[tuple[int, int, frozenset[str]]]) -> list[NameSpan]:
        """The run of proper nouns around the head of each mention that is a proper noun; outermost first, no overlaps."""
        tree = sentence.tree
        assert tree is not None
        found: list[NameSpan] = []
        for start, end, labels in sorted(mentions, key=lambda item: item[0] - item[1]):
            head = next((i for i in range(start, end) if not start <= tree.heads[i] < end or tree.heads[i] == i), start)
            if tree.upos[head] != "PROPN":
                continue
            span = NameSpan(*_proper_run(sentence, head, start, end, wide="PERSON" not in labels), labels, labels not in (_GUM_SURE))
            if self._is_people(sentence, span):
                span = NameSpan(span.start, span.end, frozenset({"NORP"}))
            if not _overlaps(found, span):
                found.append(span)
        return found

    def _is_people(self, sentence: Sentence, span: NameSpan) -> bool:
        return span.end - span.start == 1 and sentence.words[span.start] in self.demonyms

    def clean_gmb(self, sentence: Sentence, spans: Sequence[tuple[int, int, str]]) -> Sentence:
        """GMB's machine-made names in our convention; what cannot be trusted stays open."""
        names: list[NameSpan] = []
        for start, end, kind in spans:
            text = " ".join(sentence.words[start:end])
            if (text == "Sri" or text == "Hong") and end < len(sentence.words):
                names.append(NameSpan(start, end + 1, frozenset({"GPE"})))
                continue
            if names and start < names[-1].end:
                continue
            span = self._gmb_span(sentence, start, end, kind, text)
            if span is not None:
                names.append(span)
        return self.complete(sentence, _joined_people(sentence, names), frozenset())

    def _gmb_span(self, sentence: Sentence, start: int, end: int, kind: str, text: str) -> NameSpan | None:
        def span(*labels: str, or_none: bool = False) -> NameSpan:
            return NameSpan(start, end, frozenset(labels), or_none)

        if kind == "tim":
            return span("DATE", "TIME", "CARDINAL", or_none=True)
        if not any(word[:1].isupper() for word in sentence.words[start:end]):
            return span(*ANY, or_none=True)
        bare = text.removeprefix("the ").removeprefix("The ")
        if bare in self.demonyms:
            return span("NORP")
        if bare in self.gazetteer.states and kind in {"geo", "gpe", "org", "per"}:
            return span("GPE")
        if bare in {"U.N.", "UN", "United Nations", "EU", "NATO", "European Union"}:
            return span("ORG")
        if bare in REGIONS:
            return span("LOC")
        if kind == "org" and bare in self.gazetteer.cities:
            return span("GPE", "ORG")
        table = {"geo": PLACES, "gpe": frozenset({"GPE", "NORP"}), "per": frozenset({"PERSON"}), "org": frozenset({"ORG"}), "eve": frozenset({"EVENT"})}
        if kind in table:
            return NameSpan(start, end, table[kind])
        return span("PRODUCT", "WORK_OF_ART", "LAW", "FAC", "EVENT", "ORG", "LOC", or_none=True)

    def re3d_document(self, text: str, spans: Sequence[tuple[int, int, str]]) -> Document:
        """A press release: sentences by a simple rule, names where a marked entity has a capitalised core."""
        document = Document("re3d", bounds=False)
        for match in re.finditer(r"\S[^\n]*?(?:(?<=[a-z)][.?!])(?=\s+[A-Z])|(?=\n)|$)", text):
            tokens = [(m.start() + match.start(), m.group()) for m in re.finditer(r"\w+(?:\.\w+)+\.?|\w+|'s|’s|[^\w\s]", match.group())]
            if not tokens:
                continue
            words = tuple(word for _, word in tokens)
            names: list[NameSpan] = []
            for begin, stop, label in sorted(spans, key=lambda item: item[1] - item[0]):
                inside = [i for i, (at, word) in enumerate(tokens) if begin <= at < stop]
                core = _capitalised_core(words, inside)
                if core and words[core[0]].lower() not in _PRONOUNS and not _overlaps(names, NameSpan(*core, ANY)):
                    doubtful = label == "LOC" and words[core[0]].isupper()
                    names.append(NameSpan(*core, ANY if doubtful else PLACES if label == "LOC" else frozenset({label}), doubtful))
            sentence = Sentence(words, guess_glue(words), paragraph=text[: match.start()].endswith("\n"))
            document.sentences.append(self.complete(sentence, [self._trusted(words, name) for name in names], ANY))
        return document

    def _trusted(self, words: Sequence[str], name: NameSpan) -> NameSpan:
        text = " ".join(words[name.start : name.end])
        if text in self.gazetteer.states:
            return NameSpan(name.start, name.end, frozenset({"GPE"}))
        return NameSpan(name.start, name.end, frozenset({"NORP"}) if text in self.demonyms else name.labels)


_GUM_SURE = (frozenset({"PERSON"}), PLACES, frozenset({"ORG"}), frozenset({"EVENT"}))


def _with_compass(sentence: Sentence, span: NameSpan, names: Sequence[NameSpan]) -> NameSpan:
    """South Korean is one nationality: a demonym takes the compass word before it."""
    if span.labels == frozenset({"NORP"}) and span.start and sentence.words[span.start - 1] in _BEFORE_DEMONYMS and not _covered(names, span.start - 1):
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


def _by_last_word(text: str, labels: frozenset[str]) -> frozenset[str]:
    label = _LAST_WORDS.get(text.rsplit(" ", 1)[-1]) if " " in text and "PERSON" not in labels else None
    return frozenset({label}) if label else labels


def _covered(spans: Iterable[NameSpan], position: int) -> bool:
    return any(span.start <= position < span.end for span in spans)


def _overlaps(spans: Iterable[NameSpan], other: NameSpan) -> bool:
    return any(span.start < other.end and other.start < span.end for span in spans)


def _after_titles(words: Sequence[str], start: int, end: int) -> int:
    """Where the name begins after titles: past the last title among its first words, if one of them is surely a title."""
    strong = [i for i in range(start, min(end, start + 5)) if words[i].lower() in _STRONG_TITLES]
    if strong:
        start = strong[-1] + 1
    while start < end and (words[start].lower() in {"of", "state", "-", "general", "minister", "elect"}):
        start += 1
    return start


def _in_longer_name(sentence: Sentence, position: int) -> bool:
    """An adjective of nationality inside a longer proper name (Korean War): leave it to the annotation."""
    following = sentence.words[position + 1 : position + 2]
    tags = sentence.tags[position + 1 : position + 2]
    return bool(following and following[0][:1].isupper() and tags and tags[0].startswith("NNP") and following[0].lower() not in TITLES)


def _proper_run(sentence: Sentence, head: int, start: int, end: int, *, wide: bool) -> tuple[int, int]:
    tree = sentence.tree
    assert tree is not None
    proper = [tag == "PROPN" or (word[:1].isupper() and tag in {"ADJ", "NOUN", "VERB"}) for tag, word in zip(tree.upos, sentence.words, strict=True)]
    inner = {"-", "'s", "’s", ".", "/"} | (set(_LINKS) if wide else set())
    first, last = head, head
    while first - 1 >= start and (proper[first - 1] or (sentence.words[first - 1] in inner - {"and", "in", "to"} and first - 2 >= start and proper[first - 2])):
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


def _joined_people(sentence: Sentence, names: Sequence[NameSpan]) -> list[NameSpan]:
    """Two person spans in a row are a title and a name, or two halves of one name."""
    joined: list[NameSpan] = []
    for span in names:
        before = joined[-1] if joined else None
        if before and before.end == span.start and before.labels == span.labels == frozenset({"PERSON"}):
            joined[-1] = NameSpan(before.start, span.end, span.labels)
        else:
            joined.append(span)
    return joined


def _capitalised_core(words: Sequence[str], inside: Sequence[int]) -> tuple[int, int] | None:
    capital = [i for i in inside if words[i][:1].isupper() and words[i].lower() not in {"the", "a", "an"}]
    if not capital:
        return None
    first, last = capital[0], capital[-1] + 1
    if any(not words[i][:1].isupper() and words[i] not in _LINKS | {"-", "'s", "’s", "al"} for i in range(first, last)):
        return None
    return first, last
