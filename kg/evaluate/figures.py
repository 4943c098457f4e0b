"""The figures of an evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Count:
    """What precision and recall are made of.

    Attributes:
        right: predictions that are a gold claim.
        predicted: all predictions.
        found: required gold claims that were found.
        required: all required gold claims.
    """

    right: int = 0
    predicted: int = 0
    found: int = 0
    required: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.right + other.right, self.predicted + other.predicted,
            self.found + other.found, self.required + other.required,
        )  # fmt: skip

    @property
    def precision(self) -> float:
        """Share of right predictions, 0 to 1; a lower bound, since no annotation is complete."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of required claims that were found, 0 to 1."""
        return self.found / self.required if self.required else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int = 0
    of: int = 0

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of similar confidence: from `low` on, how many, their mean confidence, and how many were right."""

    low: float
    n: int
    confidence: float
    right: int

    @property
    def precision(self) -> float:
        """Share of right ones, 0 to 1."""
        return self.right / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True)
class Fault:
    """A required claim that was missed, or a prediction that matches nothing."""

    article: str
    relation: str
    subject: str
    object: str
    words: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """All figures of one comparison.

    Attributes:
        strict: same relation, subject and object.
        loose: a relation of the same family, either direction.
        relations, articles: strict counts of each.
        moods: counts of claims that are also right in mood and polarity, by mood, and `denied`.
        attributes: share of strictly right predictions with the right `title`, `tenure`, `mood`, `negated`,
            `attributed_to`, `when`.
        entities: of the entities of required claims, those `found`; of these, those `typed` rightly; of those with a
            known Wikidata id, those `linked` to it.
        calibration: bins of confidence, lowest first.
        confusion: (gold relation, predicted relation) of wrong predictions with the right two ends, and how many.
        missed, wrong: in the order of the articles.
    """

    strict: Count
    loose: Count
    relations: Mapping[str, Count]
    articles: Mapping[str, Count]
    moods: Mapping[str, Count]
    attributes: Mapping[str, Share]
    entities: Mapping[str, Share]
    calibration: tuple[Bin, ...] = ()
    confusion: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    missed: tuple[Fault, ...] = ()
    wrong: tuple[Fault, ...] = ()

    @property
    def calibration_error(self) -> float:
        """Mean distance between confidence and share of right ones, weighted by bin, 0 to 1."""
        n = sum(b.n for b in self.calibration)
        return sum(b.n * abs(b.confidence - b.precision) for b in self.calibration) / n if n else 0.0
