"""The held-out annotation and its scores: names and sentence bounds of a pipeline that is given the plain texts.

    python -m tests.nlp.heldout.scoring [PIPELINE]

prints the scores and every error.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

KINDS = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART")
_FILE = Path(__file__).parent / "names.txt"
_PART = re.compile(r"\[([^\]]+)\]([A-Z_]+)|([^\[]+)")


@dataclass
class Report:
    """One text with its names (first and last character, label) and sentences (first and last character)."""

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


def found_names(doc: Doc) -> set[tuple[int, int, str]]:
    return {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents if ent.label_ in KINDS}


def found_sentences(doc: Doc) -> set[tuple[int, int]]:
    words = [[token for token in sent if not token.is_space] for sent in doc.sents]
    return {(sent[0].idx, sent[-1].idx + len(sent[-1])) for sent in words if sent}


def f_score(counts: Counter[str], kind: str) -> float:
    return 200 * counts[f"{kind} hit"] / max(1, counts[f"{kind} gold"] + counts[f"{kind} found"])


def score(nlp: Language, *, show: bool = False) -> Counter[str]:
    counts: Counter[str] = Counter()
    for report in read_reports():
        doc = nlp(report.text)
        names, sentences = found_names(doc), found_sentences(doc)
        bounds = {name[:2] for name in report.names} & {name[:2] for name in names}
        counts["bounds hit"] += len(bounds)
        for kind, gold, found in (("sentences", report.sentences, sentences), ("names", report.names, names)):
            counts[f"{kind} hit"] += len(gold & found)
            counts[f"{kind} gold"] += len(gold)
            counts[f"{kind} found"] += len(found)
            if show:
                for span in sorted((gold ^ found)):
                    mark = "missed" if span in gold else "wrong "
                    print(f"{report.title:12} {kind} {mark} {' '.join(map(str, span[2:]))} {report.text[slice(*span[:2])]!r}")
        for label in KINDS:
            counts[f"{label} hit"] += sum(name[2] == label for name in report.names & names)
            counts[f"{label} gold"] += sum(name[2] == label for name in report.names)
            counts[f"{label} found"] += sum(name[2] == label for name in names)
    counts["bounds gold"], counts["bounds found"] = counts["names gold"], counts["names found"]
    return counts


def main() -> None:
    counts = score(spacy.load(sys.argv[1] if len(sys.argv) > 1 else "kg/data/pipeline"), show=True)
    for kind in ("sentences", "names", "bounds", *KINDS):
        print(f"{kind:12} F {f_score(counts, kind):5.1f}  of {counts[f'{kind} gold']}")


if __name__ == "__main__":
    main()
