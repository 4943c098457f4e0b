"""Which predictions are which gold claims, article by article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.claims import Party, Predicted
from kg.evaluate.gold import GoldArticle, GoldClaim
from kg.evaluate.names import FAMILY_OF, overlap
from kg.schema import load_schema


@dataclass(frozen=True, slots=True)
class Comparison:
    """The claims of one article, compared.

    Attributes:
        gold: the annotated article.
        predictions: of known relations, in their order.
        matches: for each prediction, the gold claims that it is; () where it is none.
        hits: for each gold claim, by index, the predictions that are it.
    """

    gold: GoldArticle
    predictions: tuple[Predicted, ...]
    matches: tuple[tuple[GoldClaim, ...], ...]
    hits: Mapping[int, tuple[Predicted, ...]]

    def found_by(self, claim: GoldClaim) -> tuple[Predicted, ...]:
        """Predictions that are a gold claim, or an annotator's other reading of the same words."""
        alternatives = (p for other in self.gold.alternatives(claim) for p in self.hits[other.index])
        return (*self.hits[claim.index], *alternatives)

    def best_match(self, number: int) -> GoldClaim:
        """The gold claim that a right prediction is compared with: the first whose evidence it shares, or the first."""
        matched, prediction = self.matches[number], self.predictions[number]
        return next((g for g in matched if evidence_meets(self.gold, g, prediction)), matched[0])


def compare(gold: GoldArticle, predictions: Iterable[Predicted], *, loose: bool) -> Comparison:
    """Match predictions with the gold claims of their article.

    Args:
        gold: the annotated article.
        predictions: claims with evidence in it.
        loose: let a relation of the same family, and the other direction, pass.
    """
    known = tuple(p for p in predictions if p.relation in FAMILY_OF)
    matches = tuple(tuple(g for g in gold.claims if matching(gold, g, p, loose=loose)) for p in known)
    hits: dict[int, list[Predicted]] = {g.index: [] for g in gold.claims}
    for prediction, matched in zip(known, matches, strict=True):
        for claim in matched:
            hits[claim.index].append(prediction)
    return Comparison(gold, known, matches, {index: tuple(found) for index, found in hits.items()})


def matching(gold: GoldArticle, claim: GoldClaim, prediction: Predicted, *, loose: bool) -> bool:
    """Is a prediction this gold claim?"""
    same_relation = prediction.relation == claim.relation
    if not same_relation and not (loose and FAMILY_OF[prediction.relation] == FAMILY_OF.get(claim.relation)):
        return False
    either_way = loose or load_schema().relations[claim.relation].symmetric
    return same_ends(gold, claim, prediction, either_way=either_way)


def same_ends(gold: GoldArticle, claim: GoldClaim, prediction: Predicted, *, either_way: bool) -> bool:
    """Has a prediction the subject and the object of a gold claim, whatever its relation?"""
    subject, obj = prediction.subject, prediction.object
    if gold.same(claim.subject, subject) and object_meets(gold, claim, prediction):
        return True
    return either_way and gold.same(claim.subject, obj) and gold.same(claim.object, subject)


def object_meets(gold: GoldArticle, claim: GoldClaim, prediction: Predicted) -> bool:
    """Is the predicted object the gold one: the same entity, or overlapping words where the gold one is a phrase?"""
    if gold.same(claim.object, prediction.object):
        return True
    entity = gold.entities.get(claim.object)
    if claim.relation != "says" and entity is not None and entity.type != "Topic":
        return False
    wanted = " ".join([claim.object, *claim.topics])
    had = f"{prediction.object.text} {prediction.topic}"
    return overlap(wanted, had) or (claim.relation == "says" and evidence_meets(gold, claim, prediction))


def evidence_meets(gold: GoldArticle, claim: GoldClaim, prediction: Predicted) -> bool:
    """Do the words of a prediction overlap those of a gold claim?"""
    return any(overlap(words, claim.evidence) for words in prediction.words_in(gold.name) if words)


def by_article(golds: Sequence[GoldArticle], predictions: Iterable[Predicted]) -> dict[str, list[Predicted]]:
    """Predictions under the name of each annotated article in which they have evidence."""
    sorted_out: dict[str, list[Predicted]] = {gold.name: [] for gold in golds}
    for prediction in predictions:
        for name in dict.fromkeys(name for name, _ in prediction.quotes):
            if name in sorted_out:
                sorted_out[name].append(prediction)
    return sorted_out


def parties(predictions: Iterable[Predicted]) -> list[Party]:
    """All entities that predictions are about or come from."""
    found = (party for p in predictions for party in (p.subject, p.object, p.source))
    return [party for party in found if party is not None and party.label]
