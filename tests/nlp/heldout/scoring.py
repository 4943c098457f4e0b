"""The held-out annotation and what a pipeline that is given the plain texts scores on it: names and sentence bounds."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

KINDS = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART")
_FILE = Path(__file__).parent / "names.txt"
_PART = re.compile(r"\[([^\]]+)\]([A-Z_]+)|([^\[]+)")


@dataclass
class Report:
    """One text with its names (first character, end, label) and sentences (first character, end)."""

    title: str
    text: str = ""
    names: set[tuple[int, int, str]] = field(default_factory=set)
    sentences: set[tuple[int, int]] = field(default_factory=set)

    def add(self, line: str, gap: str) -> None:
        self.text += gap if self.text else ""
        start = len(self.text)
        for name, label, other in _PART.findall(line):
            if label:
                assert label in KINDS, line
                self.names.add((len(self.text), len(self.text) + len(name), label))
            self.text += name or other
        self.sentences.add((start, len(self.text)))


def read_reports() -> list[Report]:
    """All texts of names.txt, whose head describes its form."""
    reports: list[Report] = []
    gap = " "
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            reports.append(Report(line[3:]))
        elif not line:
            gap = "\n\n"
        elif not line.startswith("#"):
            reports[-1].add(line.removeprefix("> "), "\n" if line.startswith("> ") else gap)
            gap = " "
    return reports


@dataclass
class Score:
    """Counts by kind: `sentences`, `names` with labels, `bounds` of names whatever their label, and each label."""

    hits: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def compare(self, kind: str, gold: set, found: set) -> None:
        self.hits[kind] += len(gold & found)
        self.gold[kind] += len(gold)
        self.found[kind] += len(found)

    def f(self, kind: str) -> float:
        """F in percent."""
        return 200 * self.hits[kind] / max(1, self.gold[kind] + self.found[kind])


def score(nlp: Language) -> Score:
    """Read all texts with a pipeline."""
    total = Score()
    for report in read_reports():
        doc = nlp(report.text)
        names = {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents if ent.label_ in KINDS}
        total.compare("sentences", report.sentences, found_sentences(doc))
        total.compare("names", report.names, names)
        total.compare("bounds", {name[:2] for name in report.names}, {name[:2] for name in names})
        for kind in KINDS:
            pair = [{name for name in some if name[2] == kind} for some in (report.names, names)]
            total.compare(kind, *pair)
        for gold, found in ((report.names, names), (report.sentences, found_sentences(doc))):
            for span in sorted(gold ^ found):
                mark, what = "missed" if span in gold else "wrong", "".join(span[2:]) or "sentence"
                total.errors.append(f"{report.title}: {mark} {what} {report.text[slice(*span[:2])]!r}")
    return total


def found_sentences(doc: Doc) -> set[tuple[int, int]]:
    """Sentences of a Doc without the blanks around them."""
    words = [[token for token in sent if not token.is_space] for sent in doc.sents]
    return {(sent[0].idx, sent[-1].idx + len(sent[-1])) for sent in words if sent}
