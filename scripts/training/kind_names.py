"""Names whose kind is known (parties, think tanks, agreements ...), and where the corpora use them."""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .gazetteer import party_names
from .words import WORDS

OTHER = "Other"
"""No kind: names of diseases, programmes, weapons, days and places that pipelines take for organizations."""
_TABLES = Path(__file__).parents[2] / "kg" / "data" / "gazetteer"
_WITH_TYPES = (
    "organizations", "bodies", "groups", "parties", "think_tanks", "media", "companies", "agreements", "conflicts",
    "summits", "administrations", "cities", "regions",
)  # fmt: skip
_SAME = {"Meeting": "Summit", "Election": "Summit", "City": OTHER, "Region": OTHER}
_CORPORA = (("whitehouse", 0.5), ("un_general_debate", 0.35), ("office_of_the_historian", 1.0))
_STORY = 12
"""Sentences of news read as one text; the corpus has no document bounds."""
_TOKEN = re.compile(r"[^\W_]+(?:[.'’\-&][^\W_]+)*\.?|[^\w\s]")
_LONGEST = 9
_LEFT, _RIGHT = 260, 210
_AT_MOST = {OTHER: 3, "PublicBody": 7}
_USUAL = 10
_HOSTED = 1_500
"""Names of a kind that no corpus has and that are put in the place of others."""
_PETRARCH = {
    "Phoenix.MilNonState.actors.txt.gz": ((r"REB|INS|SEP|UAF", "ArmedGroup"),),
    "Phoenix.International.actors.txt.gz": (
        (r"^NGO|HRI$", "Organization"), (r"^MNC", "Company"), (r"^NGM", "MediaOrganization"), (r"^IMG", "ArmedGroup"),
        (r"^IGO(?!.*(MED|GOV))", "IntergovernmentalOrganization"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means: its kind, the usual name of the same thing, and the list that says so."""

    kind: str
    canonical: str
    source: str


@dataclass(frozen=True, slots=True)
class Context:
    """A name with the text before and behind it; `hosted` where it stands in another's place."""

    named: Named
    left: str
    name: str
    right: str
    hosted: bool = False


class Names:
    """Names by their folded words; a name of two kinds is none."""

    def __init__(self) -> None:
        self.kinds: dict[tuple[str, ...], Named] = {}
        self.forms: dict[tuple[str, ...], str] = {}
        self._twofold: set[tuple[str, ...]] = set()

    def add(self, name: str, named: Named) -> None:
        """Enter a name; one that begins with a small letter or is very short or long stays out."""
        name = re.sub(r"^(?i:the)\s+", "", name.strip())
        key = words_of(name)
        if not (name[:1].isupper() or name[:1].isdigit()) or not key or len(key) > _LONGEST or len(name) < 3:
            return
        known = self.kinds.setdefault(key, named)
        self.forms.setdefault(key, name)
        if known.kind != named.kind and known.source == named.source:
            self._twofold.add(key)

    def settle(self) -> None:
        """Remove what is of two kinds in one list."""
        for key in self._twofold:
            del self.kinds[key]


def words_of(text: str) -> tuple[str, ...]:
    """The words by which names are compared."""
    return tuple(_fold(word) for word in _TOKEN.findall(text))


def _fold(word: str) -> str:
    return word.casefold().replace(".", "").replace("’", "'")


def load_names(data: Path) -> Names:
    """All names of known kind: ours first, then those of the fact tables in `data`."""
    names = Names()
    for table in _WITH_TYPES:
        with (_TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                named = Named(_SAME.get(row["type"], row["type"]), row["name"], "gazetteer")
                for name in (row["name"], *row["aliases"].split("|")):
                    names.add(name, named)
    for name in WORDS["kinds"]["other"]:
        names.add(name, Named(OTHER, name, "hand"))
    _add_organisations(names, data / "facts" / "supraverden_international_organisations.yaml")
    for name in party_names(data / "facts" / "factbook_government.jsonl.xz"):
        names.add(name, Named("PoliticalParty", name, "factbook"))
    for file, codes in _PETRARCH.items():
        _add_actors(names, data / "events" / "petrarch2" / file, codes)
    names.settle()
    return names


def _add_organisations(names: Names, path: Path) -> None:
    usual = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"\s+(Name_en|Abbreviation_en): (.+)$", line)
        if match:
            name = match.group(2).strip("'\"").split("(")[0].strip()
            usual = name if match.group(1) == "Name_en" else usual
            if "," not in name and "[" not in name:
                names.add(name, Named("IntergovernmentalOrganization", usual, "supraverden"))


def _add_actors(names: Names, path: Path, codes: tuple[tuple[str, str], ...]) -> None:
    """Actors of PETRARCH: a line with a name in capitals, `+` lines with its other names, a code in brackets."""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as stream:
        text = "\n".join(line.rstrip("\n") for line in stream if line.strip() and not line.startswith("#"))
    for block in re.split(r"\n(?![+\t])", text):
        found = re.findall(r"\[([A-Z]+)", block)
        kinds = {kind for code in found for pattern, kind in codes if re.search(pattern, code)}
        if len(kinds) != 1:
            continue
        (kind,) = kinds
        forms = [re.split(r"[\t\[#]|_ ", line.lstrip("+"))[0] for line in block.split("\n") if line[:1] != "\t"]
        forms = [re.sub(r"_?\([^)]*\)", "", form).strip("_ ").replace("_", " ") for form in forms]
        for form in forms:
            if len(form) > 3:
                names.add(form.title() if " " in form else form, Named(kind, forms[0], "petrarch"))


def _texts(data: Path, rng: random.Random) -> Iterator[str]:
    for name, share in _CORPORA:
        with lzma.open(data / "corpora" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as stream:
            for line in stream:
                if rng.random() < share:
                    yield (json.loads(line).get("text") or "").replace("\r", "")
    sentences: list[list[str]] = []
    with gzip.open(data / "ner" / "gmb_voa.csv.gz", "rt", encoding="utf-8", errors="replace", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        for row in rows:
            if row[0].strip():
                sentences.append([])
            sentences[-1].append(row[1])
    for first in range(0, len(sentences), _STORY):
        yield " ".join(_joined(words) for words in sentences[first : first + _STORY])


def _joined(words: list[str]) -> str:
    """Words of a corpus as a text has them."""
    text = re.sub(r" ([,.;:?!%)])", r"\1", " ".join(words))
    text = re.sub(r" ('s|n't|'re|'ve|'ll|'m|')(?= |$|[,.])", r"\1", text)
    return text.replace("( ", "(").replace("$ ", "$").replace("`` ", '"').replace(" ''", '"')


def find_contexts(data: Path, names: Names, *, seed: int = 7) -> list[Context]:
    """Some uses of each name in the corpora, drawn at random, and hosted uses of some that they do not have."""
    rng = random.Random(seed)
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in sorted(names.kinds, key=len, reverse=True):
        by_first[key[0]].append(key)
    found: defaultdict[tuple[str, ...], list[Context]] = defaultdict(list)
    seen: Counter[tuple[str, ...]] = Counter()
    for text in _texts(data, rng):
        for key, start, end in _uses(text, by_first):
            seen[key] += 1
            most = _AT_MOST.get(names.kinds[key].kind, _USUAL)
            place = len(found[key]) if len(found[key]) < most else rng.randrange(seen[key])
            if place < most:
                context = Context(names.kinds[key], *_clip(text, start, end))
                found[key][place : place + 1] = [context]
    contexts = [context for key in sorted(found) for context in found[key]]
    return contexts + _hosted(contexts, names, set(found), rng)


def _uses(text: str, by_first: dict[str, list[tuple[str, ...]]]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
    folded = [_fold(text[start:end]) for start, end in tokens]
    at = 0
    while at < len(tokens):
        start = tokens[at][0]
        if text[start].isupper() or text[start].isdigit():
            for key in by_first.get(folded[at], ()):
                if tuple(folded[at : at + len(key)]) == key:
                    at += len(key) - 1
                    yield key, start, tokens[at][1]
                    break
        at += 1


def _clip(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Text before a use, the name, text behind: of the same paragraph, cut at blanks."""
    left, right = text[max(0, start - _LEFT) : start], text[end : end + _RIGHT]
    if start > _LEFT and " " in left:
        left = left.split(" ", 1)[1]
    if len(right) == _RIGHT and " " in right:
        right = right.rsplit(" ", 1)[0]
    return left.rsplit("\n\n", 1)[-1], text[start:end], right.split("\n\n", 1)[0]


def _hosted(contexts: list[Context], names: Names, found: set[tuple[str, ...]], rng: random.Random) -> list[Context]:
    """Names that no corpus has, each in two places of another name of its kind and its fold."""
    hosts: defaultdict[tuple[str, int], list[Context]] = defaultdict(list)
    for context in contexts:
        hosts[context.named.kind, fold_of(context.named.canonical)].append(context)
    waiting: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in sorted(set(names.kinds) - found):
        waiting[names.kinds[key].kind].append(key)
    hosted: list[Context] = []
    for keys in waiting.values():
        for key in rng.sample(keys, min(_HOSTED, len(keys))):
            named = names.kinds[key]
            places = hosts[named.kind, fold_of(named.canonical)]
            hosted += [
                Context(named, host.left, names.forms[key], host.right, hosted=True)
                for host in rng.sample(places, min(2, len(places)))
            ]
    return hosted


FOLDS = 5


def fold_of(canonical: str) -> int:
    """The fold of a name in cross-validation; all names of one thing are in the same."""
    return sum(canonical.casefold().encode("utf-8")) % FOLDS
