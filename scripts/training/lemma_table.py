"""Lemmas of forms that the treebanks lack: whether `impos` or `impose` is a word, a big corpus tells."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

_LEAST = 5
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$")


def count_words(path: Path) -> Counter[str]:
    """Lower-case words of a corpus of articles (JSON lines with `text`, xz)."""
    counts: Counter[str] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            counts.update(re.findall(r"\b[a-z]{2,20}\b", json.loads(line)["text"]))
    return counts


def regular_verb(form: str, counts: Counter[str]) -> str | None:
    """The verb of a form in -ed or -ing, None where no candidate is a known word."""
    match = re.fullmatch(r"([a-z]{2,})(ed|ing)", form)
    if match is None:
        return None
    stem = match.group(1)
    candidates = [stem + "e"] if _SHORT.fullmatch(stem) and counts[stem + "e"] >= _LEAST else [stem, stem + "e"]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        candidates.append(stem[:-1])
    if form.endswith("ied"):
        candidates = [form[:-3] + "y", form[:-1]]
    best = max(candidates, key=lambda word: counts[word])
    return best if counts[best] >= _LEAST else None


def verb_table(paths: Iterable[Path]) -> dict[str, str]:
    """`form|VERB` to lemma for the regular forms of the corpora."""
    counts = sum((count_words(path) for path in paths), Counter[str]())
    forms = (form for form, count in sorted(counts.items()) if count >= 2 and form.endswith(("ed", "ing")))
    return {f"{form}|VERB": lemma for form in forms if (lemma := regular_verb(form, counts)) is not None}
