"""Count the predicates that stand between two political actors, to decide which of them deserve a frame.

Reads news and government text, finds names of actors by a list, and counts two shapes in each sentence:

* a verb between two actors (`Japan urged China`), with the particle or preposition before the second one;
* an event noun of the first actor with a preposition before the second (`Berlin's criticism of Moscow`).

No parser is used, so the counts rank candidates and judge none of them. `--undecided` hides what a frame already has.

    python scripts/mine_predicates.py --data DIR --undecided --top 200

DIR holds corpora/whitehouse.jsonl.xz, ner/gmb_voa.csv.gz, treebank/*.conllu.gz and facts/country-codes.csv.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import lzma
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ACTOR_TAGS = frozenset({"geo", "gpe", "org", "per"})
PREPOSITIONS = frozenset({
    "about", "above", "across", "after", "against", "ahead", "alongside", "among", "around", "as", "at", "before",
    "behind", "between", "by", "down", "for", "from", "in", "into", "of", "off", "on", "onto", "out", "over",
    "through", "to", "toward", "towards", "under", "up", "upon", "with", "within", "without",
})  # fmt: skip
SKIPPED_VERBS = frozenset({
    "be", "have", "do", "can", "could", "may", "might", "must", "shall", "should", "will", "would", "say", "tell",
    "get", "go", "make", "take",
})  # fmt: skip
MAX_GAP = 12
"""Words between two actors: beyond this the verb seldom joins them."""
MIN_NAME_COUNT = 3
"""A name of the tagged corpus counts as an actor from this many sightings on, its tags being noisy."""
TOKEN = re.compile(
    r"[A-Za-z]+(?:[.&-][A-Za-z]+)*\.?(?=['’]s\b)|['’]s\b|[A-Za-z][A-Za-z.&-]*[A-Za-z]|[A-Za-z]|[.!?;:\"“”()]"
)
SENTENCE_END = frozenset('.!?;:"“”()')


@dataclass(slots=True)
class Words:
    """Lemmas of verb and noun forms, as a treebank has them."""

    verbs: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """How often each pattern was met, with one example."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def add(self, pattern: tuple[str, str, str], words: list[str]) -> None:
        self.counts[pattern] += 1
        self.examples.setdefault(pattern, " ".join(words)[:160])


def read_words(folder: Path) -> Words:
    """Verb and noun forms of the treebanks; a form counts as verb (noun) if at least a third of its uses are."""
    seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for path in sorted(folder.glob("*.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                columns = line.split("\t")
                if len(columns) == 10:
                    seen[columns[1].lower()][columns[3], columns[2].lower()] += 1
    words = Words()
    for form, tags in seen.items():
        total = sum(tags.values())
        for upos, lemmas in (("VERB", words.verbs), ("NOUN", words.nouns)):
            uses = Counter({lemma: count for (tag, lemma), count in tags.items() if tag == upos})
            if 3 * sum(uses.values()) >= total:
                lemmas[form] = uses.most_common(1)[0][0]
    return words


def read_tagged(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Sentences of the tagged news corpus as (word, tag) pairs."""
    with gzip.open(path, "rt", encoding="latin-1", newline="") as lines:
        sentence: list[tuple[str, str]] = []
        for row in csv.DictReader(lines):
            if row["Sentence #"] and sentence:
                yield sentence
                sentence = []
            sentence.append((row["Word"], row["Tag"]))
        if sentence:
            yield sentence


def actor_names(tagged: Path, countries: Path) -> frozenset[tuple[str, ...]]:
    """Names of actors: those often tagged as such in the news corpus, with countries and capitals."""
    counts: Counter[tuple[str, ...]] = Counter()
    for sentence in read_tagged(tagged):
        inside = groupby(sentence, key=lambda pair: pair[1][2:] in ACTOR_TAGS and pair[1][2:])
        counts.update(tuple(word for word, _ in run) for tag, run in inside if tag)
    names = {name for name, count in counts.items() if count >= MIN_NAME_COUNT and name[0][:1].isupper()}
    with countries.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names |= {
                tuple(row[key].split()) for key in ("UNTERM English Short", "CLDR display name", "Capital") if row[key]
            }
    return frozenset(names)


def read_sentences(data: Path) -> Iterator[list[str]]:
    """Tokens of every sentence of both corpora."""
    for sentence in read_tagged(data / "ner/gmb_voa.csv.gz"):
        yield [word for word, _ in sentence]
    with lzma.open(data / "corpora/whitehouse.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from _split(TOKEN.findall(json.loads(line)["text"]))


def _split(tokens: Iterable[str]) -> Iterator[list[str]]:
    sentence: list[str] = []
    for token in tokens:
        if token not in SENTENCE_END:
            sentence.append(token)
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def find_actors(words: list[str], names: frozenset[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Longest names of the list, as half-open word spans; neighbouring names are one actor."""
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(words):
        end = next((e for e in range(min(start + 5, len(words)), start, -1) if tuple(words[start:e]) in names), start)
        if end == start:
            start += 1
            continue
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        start = end
    return spans


def patterns(words: list[str], names: frozenset[tuple[str, ...]], lexicon: Words) -> Iterator[tuple[str, str, str]]:
    """(part of speech, lemma, preposition) of what stands between neighbouring actors."""
    for (_, left), (right, _) in pairwise(find_actors(words, names)):
        gap = [word.lower() for word in words[left:right]]
        if not 0 < len(gap) <= MAX_GAP:
            continue
        link = next((word for word in reversed(gap) if word in PREPOSITIONS), "")
        if gap[0] in {"'s", "’s"} or (len(gap) > 1 and gap[0] in lexicon.nouns and gap[0] not in lexicon.verbs):
            noun = next((word for word in gap if word in lexicon.nouns), "")
            if noun and link:
                yield "noun", lexicon.nouns[noun], link
            continue
        for position, word in enumerate(gap):
            lemma = lexicon.verbs.get(word, "")
            if lemma and lemma not in SKIPPED_VERBS:
                link = next((w for w in reversed(gap[position + 1 :]) if w in PREPOSITIONS), "")
                yield "verb", lemma, link
                break


def decided_triggers(folder: Path) -> dict[tuple[str, str], set[str]]:
    """(part of speech, lemma) to the relations whose frames have it."""
    decided: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for frame in table["frame"]:
            relation = frame.get("relation", table.get("relation", path.stem))
            for key, pos in (("verbs", "verb"), ("nouns", "noun"), ("adjectives", "adjective")):
                for lemma in frame.get(key, ()):
                    decided[pos, lemma.split()[0] if pos == "verb" else lemma].add(relation)
    return decided


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--frames", type=Path, default=ROOT / "kg/data/frames", help="folder of the frame files")
    parser.add_argument("--top", type=int, default=300, help="how many patterns to print")
    parser.add_argument("--least", type=int, default=5, help="least count of a pattern")
    parser.add_argument("--undecided", action="store_true", help="hide lemmas that some frame has")
    parser.add_argument("--by-lemma", action="store_true", help="add the counts of all prepositions of a lemma")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    data: Path = args.data
    lexicon = read_words(data / "treebank")
    names = actor_names(data / "ner/gmb_voa.csv.gz", data / "facts/country-codes.csv")
    tally = Tally()
    for words in read_sentences(data):
        for pos, lemma, link in patterns(words, names, lexicon):
            tally.add((pos, lemma, "" if args.by_lemma else link), words)
    decided = decided_triggers(args.frames)
    out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    out.writerow(("count", "pos", "lemma", "preposition", "relations", "example"))
    ranked = sorted(tally.counts.items(), key=lambda item: (-item[1], item[0]))
    rows = ((count, key, decided.get(key[:2], set())) for key, count in ranked if count >= args.least)
    kept = [row for row in rows if not (args.undecided and row[2])]
    for count, key, relations in kept[: args.top]:
        out.writerow((count, *key, " ".join(sorted(relations)), tally.examples[key]))


if __name__ == "__main__":
    main()
