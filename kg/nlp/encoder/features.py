"""Words as the encoder sees them: word-piece ids and one layout feature per piece.

The encoder is uncased, so what its word pieces cannot show — capitals, digits, a missing space, a line break — goes in
as a second input, one small integer per piece. Training and reading both use this file, so they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

SHAPES = 12
GLUED = 2
BREAKS = 3
FEATURES = SHAPES * GLUED * BREAKS
NO_BREAK, SOFT_BREAK, PARAGRAPH_BREAK = range(BREAKS)

MAX_PIECES_PER_WORD = 12
MAX_WORD_CHARS = 64
_CACHE_LIMIT = 200_000


def word_shape(word: str) -> int:
    """Class of a word by its letters.

    1 lower, 2 Title, 3 CAPITALS, 4 one capital, 5 mixed, 6 digits, 7 with digits, 8 full stop, 9 quote, 10 mark, 11.
    """
    if word.isalpha():
        if word.islower():
            return 1
        if word.isupper():
            return 4 if len(word) == 1 else 3
        if word.istitle():
            return 2
        return 5 if word.lower() != word else 11
    if word.isdigit():
        return 6
    return _mixed_shape(word)


def _mixed_shape(word: str) -> int:
    letters = "".join(char for char in word if char.isalpha())
    if any(char.isdigit() for char in word):
        return 7
    if not letters:
        return (
            8 if len(word) == 1 and word in ".?!" else 9 if word in {'"', "'", "``", "''", "“", "”", "‘", "’"} else 10
        )
    if letters.islower():
        return 1
    if letters.isupper():
        return 3 if len(letters) > 1 else 4
    return 2 if word[:1].isupper() else 5


class WordPieces:
    """Word to word-piece ids, remembered for words seen before.

    Args:
        definition: content of a `tokenizers` file (tokenizer.json).
    """

    def __init__(self, definition: str) -> None:
        self._tokenizer = Tokenizer.from_str(definition)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cache: dict[str, tuple[int, ...]] = {}
        self.unknown = self._id("[UNK]")
        self.start = self._id("[CLS]")
        self.stop = self._id("[SEP]")

    def _id(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        if found is None:
            raise ValueError(f"the word-piece vocabulary lacks {piece}")
        return int(found)

    def ids(self, word: str) -> tuple[int, ...]:
        """Ids of one word: one to `MAX_PIECES_PER_WORD` of them, `[UNK]` for a word without any."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            encoded = self._tokenizer.encode(word[:MAX_WORD_CHARS], add_special_tokens=False).ids
            found = tuple(encoded[:MAX_PIECES_PER_WORD]) or (self.unknown,)
            if len(word) <= MAX_WORD_CHARS:
                self._cache[word] = found
        return found


def feature_ids(words: Sequence[str], glued: Sequence[bool], breaks: Sequence[int]) -> list[int]:
    """One layout feature per word.

    Args:
        words: the words of a text, in order.
        glued: whether no space separates a word from the one before.
        breaks: the line break before a word: `NO_BREAK`, `SOFT_BREAK` or `PARAGRAPH_BREAK`.
    """
    return [
        word_shape(word) + SHAPES * (bool(tight) + GLUED * cut)
        for word, tight, cut in zip(words, glued, breaks, strict=True)
    ]
