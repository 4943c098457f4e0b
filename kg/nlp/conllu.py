"""What a pipeline sees, as CoNLL-U: of plain text, or of CoNLL-U whose tokens and sentences are kept.

Names are written in the last column as `NER=B-PERSON`, `NER=I-PERSON`; absent means outside of any name.

Source: CoNLL-U, https://universaldependencies.org/format.html (`SpaceAfter=No`, multiword-token lines, comments).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.errors import InputError

BLOCK = 100_000
"""Characters that are parsed at once: longer text is cut at blank lines, so that memory stays bounded."""

COLUMNS = 10
WORD_ID = re.compile(r"[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})?|[0-9]{1,6}\.[1-9][0-9]{0,5}")
BATCH = 64


@dataclass(slots=True)
class _Sentence:
    """A sentence of CoNLL-U input: its comments, its words, and its multiword tokens by the word they stand before."""

    comments: list[str] = field(default_factory=list[str])
    words: list[str] = field(default_factory=list[str])
    spaces: list[bool] = field(default_factory=list[bool])
    ranges: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    inside: set[int] = field(default_factory=set[int])


def parse_text(nlp: Language, text: str) -> Iterator[str]:
    """Parse text.

    Args:
        nlp: a pipeline as `kg.nlp.pipeline.load_pipeline` gives it.
        text: any text.

    Yields:
        One CoNLL-U sentence each: `# sent_id`, `# text`, token lines, and an empty line at the end.
    """
    number = 0
    for doc in nlp.pipe(_blocks(text), batch_size=1):
        for sent in doc.sents:
            tokens = [token for token in sent if not token.is_space]
            if not tokens:
                continue
            number += 1
            comments = [f"# sent_id = {number}", f"# text = {' '.join(sent.text.split())}"]
            yield _block(comments, _rows(tokens, [_glued(token) for token in tokens]), {})


def parse_conllu(nlp: Language, lines: Iterable[str]) -> Iterator[str]:
    """Parse CoNLL-U anew: tokens, sentence bounds, multiword tokens and comments stay, all else is the pipeline's.

    Empty nodes (`8.1`) belong to enhanced dependencies, which no pipeline gives: they are left out.

    Args:
        nlp: a pipeline as `kg.nlp.pipeline.load_pipeline` gives it.
        lines: of a CoNLL-U file.

    Yields:
        One CoNLL-U sentence each, in order.

    Raises:
        InputError: a line is not CoNLL-U; it names the line.
    """
    pairs = ((_doc(nlp, sentence), sentence) for sentence in _sentences(lines))
    for doc, sentence in nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
        glued = [not space and n not in sentence.inside for n, space in enumerate(sentence.spaces, 1)]
        rows = _rows(list(doc), glued)
        yield _block(sentence.comments, rows, sentence.ranges)


def _blocks(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + BLOCK
        if end < len(text):
            blank = text.rfind("\n\n", start, end)
            cut = blank if blank > start else text.rfind("\n", start, end)
            end = cut + 1 if cut > start else end
        yield text[start:end]
        start = end


def _doc(nlp: Language, sentence: _Sentence) -> Doc:
    starts: list[bool | int | None] = [i == 0 for i in range(len(sentence.words))]
    return Doc(nlp.vocab, words=sentence.words, spaces=sentence.spaces, sent_starts=starts)


def _sentences(lines: Iterable[str]) -> Iterator[_Sentence]:
    current = _Sentence()
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        if line.startswith("#") and not current.words:
            current.comments.append(line)
        elif line.strip():
            _add(current, line, number)
        elif current.words:
            yield current
            current = _Sentence()
    if current.words:
        yield current


def _add(sentence: _Sentence, line: str, number: int) -> None:
    columns = line.split("\t")
    key = columns[0]
    if len(columns) != COLUMNS or not WORD_ID.fullmatch(key):
        raise InputError(
            f"line {number} is not CoNLL-U: {line[:60]!r}",
            hint="ten columns with tabs between them; plain text is read without --pretokenized",
        )
    if "." in key:
        return
    ends_word = "SpaceAfter=No" in columns[9].split("|")
    if "-" in key:
        first, last = (int(part) for part in key.split("-", 1))
        sentence.ranges[first] = columns
        sentence.inside.update(range(first, last + 1))
        return
    if int(key) != len(sentence.words) + 1:
        raise InputError(f"line {number}: word {key} does not follow word {len(sentence.words)}")
    sentence.words.append(columns[1])
    if int(key) in sentence.inside:
        outer = next(reversed(sentence.ranges.values()))
        ends_word = int(key) + 1 in sentence.inside or "SpaceAfter=No" in outer[9].split("|")
    sentence.spaces.append(not ends_word)


def _glued(token: Token) -> bool:
    """Does the next word follow without a blank?"""
    after = token.i + 1
    return not token.whitespace_ and not (after < len(token.doc) and token.doc[after].is_space)


def _rows(tokens: Sequence[Token], glued: Sequence[bool]) -> list[list[str]]:
    """Token lines of one sentence; heads that fall outside of it are the root, and further roots hang on the first."""
    position = {token.i: n for n, token in enumerate(tokens, 1)}
    heads = [position.get(_head(token), 0) for token in tokens]
    root = heads.index(0) + 1 if 0 in heads else 1
    rows: list[list[str]] = []
    for n, token in enumerate(tokens, 1):
        head, label = heads[n - 1], token.dep_ or "dep"
        if n == root:
            head, label = 0, "root"
        elif head == 0:
            head, label = root, "parataxis"
        rows.append(
            [
                str(n), token.text, token.lemma_ or "_", token.pos_ or "_", token.tag_ or "_", str(token.morph) or "_",
                str(head), label, "_", _misc(token, glued=glued[n - 1]),
            ]
        )  # fmt: skip
    return rows


def _head(token: Token) -> int:
    """Index of a token's head, past blanks, which CoNLL-U does not show; -1 for the root."""
    head = token.head
    while head.is_space and head.head.i != head.i:
        head = head.head
    return -1 if head.i == token.i else head.i


def _misc(token: Token, *, glued: bool) -> str:
    parts = [f"NER={token.ent_iob_}-{token.ent_type_}"] if token.ent_type_ else []
    parts += ["SpaceAfter=No"] if glued else []
    return "|".join(parts) or "_"


def _block(comments: Sequence[str], rows: Sequence[Sequence[str]], ranges: dict[int, list[str]]) -> str:
    lines = list(comments)
    for n, row in enumerate(rows, 1):
        if n in ranges:
            lines.append("\t".join(ranges[n]))
        lines.append("\t".join(row))
    return "\n".join(lines) + "\n\n"
