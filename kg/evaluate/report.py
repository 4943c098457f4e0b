"""A score as tables for people and as plain data for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from kg.evaluate.figures import Count, Score, Share

Table = tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]
"""Title, headings, rows."""

WORST = 10
"""Articles in the list of the worst."""
_COUNT_HEADINGS = ("precision", "recall", "F1", "right", "predicted", "found", "required")


def tables(score: Score, *, missed: int = 0, wrong: int = 0) -> list[Table]:
    """All figures as tables.

    Args:
        score: measured.
        missed: how many of the missed claims to list.
        wrong: how many of the wrong predictions to list.
    """
    listed: list[Table] = [
        ("Overall", ("match", *_COUNT_HEADINGS), [("strict", *_cells(score.strict)), ("loose", *_cells(score.loose))]),
        _count_table("Relations", "relation", score.relations),
        _count_table("Mood and polarity", "mood", {m: c for m, c in score.moods.items() if c.predicted or c.required}),
        _share_table("Attributes of right claims", "attribute", score.attributes),
        _share_table("Entities of required claims", "figure", score.entities),
        (
            f"Calibration (error {score.calibration_error:.3f})",
            ("confidence from", "claims", "mean confidence", "right"),
            [(f"{b.low:.1f}", str(b.n), f"{b.confidence:.2f}", f"{b.precision:.2f}") for b in score.calibration],
        ),
        (
            "Right ends, wrong relation",
            ("gold", "predicted", "claims"),
            [(gold, predicted, str(n)) for (gold, predicted), n in score.confusion.items()],
        ),
        _count_table("Worst articles", "article", worst_articles(score)),
    ]
    headings = ("article", "relation", "subject", "object", "words", "rule")
    for title, faults, n in (("Missed", score.missed, missed), ("Wrong", score.wrong, wrong)):
        rows = [(f.article, f.relation, f.subject, f.object[:80], f.words[:160], f.rule) for f in faults[:n]]
        listed.append((title, headings, rows))
    return [table for table in listed if table[2]]


def worst_articles(score: Score) -> dict[str, Count]:
    """The articles of lowest F1, worst first; of equals, the one with more claims first."""
    ranked = sorted(score.articles.items(), key=lambda item: (item[1].f1, -item[1].required, item[0]))
    return dict(ranked[:WORST])


def plain(score: Score) -> dict[str, Any]:
    """All figures as plain data, for JSON."""
    return {
        "strict": _count(score.strict),
        "loose": _count(score.loose),
        "relations": {name: _count(count) for name, count in score.relations.items()},
        "moods": {name: _count(count) for name, count in score.moods.items()},
        "articles": {name: _count(count) for name, count in score.articles.items()},
        "attributes": {name: _share(share) for name, share in score.attributes.items()},
        "entities": {name: _share(share) for name, share in score.entities.items()},
        "calibration": {
            "error": score.calibration_error,
            "bins": [
                {"from": b.low, "claims": b.n, "confidence": b.confidence, "precision": b.precision}
                for b in score.calibration
            ],
        },
        "confusion": [{"gold": gold, "predicted": pred, "claims": n} for (gold, pred), n in score.confusion.items()],
    }


def _count(count: Count) -> dict[str, float | int]:
    return {
        "precision": count.precision, "recall": count.recall, "f1": count.f1, "right": count.right,
        "predicted": count.predicted, "found": count.found, "required": count.required,
    }  # fmt: skip


def _share(share: Share) -> dict[str, float | int]:
    return {"share": share.value, "right": share.right, "of": share.of}


def _cells(count: Count) -> tuple[str, ...]:
    figures = (f"{figure:.3f}" for figure in (count.precision, count.recall, count.f1))
    return (*figures, *map(str, (count.right, count.predicted, count.found, count.required)))


def _count_table(title: str, what: str, counts: Mapping[str, Count]) -> Table:
    return title, (what, *_COUNT_HEADINGS), [(name, *_cells(count)) for name, count in counts.items()]


def _share_table(title: str, what: str, shares: Mapping[str, Share]) -> Table:
    rows = [(name, f"{share.value:.3f}", str(share.right), str(share.of)) for name, share in shares.items()]
    return title, (what, "share", "right", "of"), rows
