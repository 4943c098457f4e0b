"""Runs the accept and reject sentences of all frames through the reader.

python tests/nlp/frame_examples.py [RELATION ...]    prints each example that fails
"""

import sys
from collections.abc import Iterator

from kg.config import Settings
from kg.ids import fold
from kg.model import Argument, Article, Claim, Mood
from kg.nlp.frames import Example, Frame
from kg.nlp.reader import Reader, load_reader
from kg.resolve import load_gazetteer
from kg.schema import load_schema

DATE = "2024-06-27"
"""A Thursday: the day on which all example sentences are taken to be written."""


def make_reader() -> Reader:
    """The reader that users get."""
    return load_reader(Settings(), load_gazetteer(), load_schema())


def read(reader: Reader, text: str) -> list[Claim]:
    """Claims of one sentence."""
    return list(reader.read(Article("example", text, date=DATE)).claims)


def words_of(reader: Reader, text: str) -> dict[str, set[str]]:
    """Local entity id to all its folded forms."""
    reading = reader.read(Article("example", text, date=DATE))
    return {e.id: {fold(e.name), *map(fold, e.aliases)} for e in reading.entities}


def failures(reader: Reader, frames: tuple[Frame, ...]) -> Iterator[tuple[Frame, str, str]]:
    """(frame, sentence, what is wrong) of each example that the reader gets wrong."""
    for frame in frames:
        for example in frame.accept:
            problem = accepted(reader, frame, example)
            if problem:
                yield frame, example.text, problem
        for text in frame.reject:
            wrong = [c for c in read(reader, text) if c.relation == frame.relation]
            if wrong:
                yield frame, text, f"reads {[show(c) for c in wrong]}"


def accepted(reader: Reader, frame: Frame, example: Example) -> str:
    """ "" when every claim of the example is read, else what is missing or wrong."""
    claims = [c for c in read(reader, example.text) if c.relation == frame.relation]
    forms = words_of(reader, example.text)
    for subject, obj, marks in example.claims:
        found = [c for c in claims if fits(c, subject, obj, forms)]
        if not found:
            return f"no {frame.relation} {subject} | {obj}; reads {[show(c) for c in claims]}"
        if not any(marked(c, marks) for c in found):
            return f"{subject} | {obj} is not {sorted(marks)}; reads {[show(c) for c in found]}"
    return ""


def fits(claim: Claim, subject: str, obj: str, forms: dict[str, set[str]]) -> bool:
    """Are these the arguments of the claim, in this order or, for symmetric relations, the other?"""
    symmetric = load_schema().relations[claim.relation].symmetric
    there = same(claim.subject, subject, forms) and same(claim.object, obj, forms)
    back = symmetric and same(claim.subject, obj, forms) and same(claim.object, subject, forms)
    return there or back


def same(argument: object, words: str, forms: dict[str, set[str]]) -> bool:
    """Do these words name the argument?"""
    wanted = fold(words)
    if isinstance(argument, Argument):
        text = fold(argument.text)
        return wanted == text or wanted in forms.get(argument.entity, set()) or f" {wanted} " in f" {text} "
    have = fold(argument.text)  # type: ignore[attr-defined]
    return wanted in have or have in wanted


def marked(claim: Claim, marks: frozenset[str]) -> bool:
    """Has the claim these marks, and no others?"""
    mood = next((m for m in marks if m in set(Mood)), Mood.ACTUAL)
    tenures = {"current", "former", "future"} & marks
    right = claim.mood == mood and claim.negated == ("negated" in marks)
    return right and (not tenures or claim.qualifiers.tenure in tenures)


def show(claim: Claim) -> str:
    """A claim on one line."""
    marks = "".join(
        f" {m}" for m in (claim.mood, "negated" if claim.negated else "", claim.qualifiers.tenure or "") if m
    )
    return f"{claim.subject.text} | {claim.object.text} |{marks} [{claim.evidence[0].rule}]"


def main() -> None:
    """Print failing examples of the relations named, or of all."""
    reader = make_reader()
    frames = tuple(f for f in reader.frames.all if not sys.argv[1:] or f.relation in sys.argv[1:])
    examples = sum(len(f.accept) + len(f.reject) for f in frames)
    count = 0
    for frame, text, problem in failures(reader, frames):
        count += 1
        sys.stdout.write(f"{frame.rule}\n  {text}\n  {problem}\n")
    sys.stdout.write(f"{count} of {examples} examples fail\n")


if __name__ == "__main__":
    main()
