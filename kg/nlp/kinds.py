"""Entity types of names that no list has: by their own words, and by what the pipeline says of all their uses."""

from collections import defaultdict

from kg.ids import fold
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

TOLD_APART = frozenset({"ORG", "EVENT", "LAW"})
"""Labels of names that have kinds."""
OTHER = "Other"
"""What the pipeline's head says of a name that is nothing of the kind: a disease, a weapon, an office."""
_ENOUGH = 0.8
"""How sure the head must be where the words of a name say nothing (docs/pipeline.md has the figures)."""
_SURE = 0.9
"""The same where it contradicts them; the words of events and agreements are not contradicted."""


def agree_on_kinds(tree: Tree) -> None:
    """Make all uses of one name in an article of one kind: the mean of what the head says of each."""
    uses: defaultdict[str, list[range]] = defaultdict(list)
    for first, end, label in tree.names:
        if label in TOLD_APART and first in tree.kinds:
            uses[fold(tree.quote(first, end))].append(range(first, end))
    for ranges in uses.values():
        scores: defaultdict[str, float] = defaultdict(float)
        for words in ranges:
            kind, score = tree.kinds[words[0]]
            scores[kind] += score / len(ranges)
        best = min(scores, key=lambda kind: (-scores[kind], kind))
        tree.kinds.update((word, (best, scores[best])) for words in ranges for word in words)


def type_of_unknown(tree: Tree, span: tuple[int, int], label: str, lexicons: Lexicons) -> str:
    """Entity type of an organization, event or agreement that no list has, or "" where nothing tells.

    Args:
        tree: the article's words, with kinds that are agreed on.
        span: word range of the name.
        label: what the pipeline called it (`TOLD_APART`).
        lexicons: word lists.
    """
    told = lexicons.type_of_name(tree.quote(*span), label)
    guess, score = tree.kinds.get(span[0], ("", 0.0))
    if label != "ORG" and told:
        return told
    if guess not in {"", OTHER} and score >= (_SURE if told else _ENOUGH):
        return guess
    return told or ("Organization" if label == "ORG" else "")
