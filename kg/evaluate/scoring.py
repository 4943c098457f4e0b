"""Score predicted claims against annotated articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.evaluate.claims import Predicted, Record, predicted
from kg.evaluate.figures import Bin, Count, Fault, Score, Share
from kg.evaluate.gold import GoldArticle, GoldClaim
from kg.evaluate.matching import Comparison, by_article, compare, parties, same_ends
from kg.evaluate.names import overlap
from kg.model import Mood

BINS = 10
"""Bins of confidence. Source: Guo et al., On Calibration of Modern Neural Networks, 2017 (there 15, on more data)."""
DENIED = "denied"


def score(golds: Sequence[GoldArticle], claims: Iterable[Record]) -> Score:
    """Compare claim records with annotated articles.

    Args:
        golds: annotated articles; predictions on others do not count.
        claims: records as `kg export` writes them.

    Returns:
        All figures; a claim with evidence in several articles counts in each.
    """
    sorted_out = by_article(golds, map(predicted, claims))
    strict = [compare(gold, sorted_out[gold.name], loose=False) for gold in golds]
    loose = [compare(gold, sorted_out[gold.name], loose=True) for gold in golds]
    relations = _relations(strict)
    return Score(
        strict=sum(relations.values(), Count()),
        loose=sum(_relations(loose).values(), Count()),
        relations=relations,
        articles={c.gold.name: sum(_relations([c]).values(), Count()) for c in strict},
        moods=_moods(strict),
        attributes=_attributes(strict),
        entities=_entities(golds, sorted_out),
        calibration=_calibration(strict),
        confusion=_confusion(strict),
        missed=tuple(fault for c in strict for fault in _missed(c)),
        wrong=tuple(fault for c in strict for fault in _wrong(c)),
    )


def _relations(comparisons: Iterable[Comparison]) -> dict[str, Count]:
    counts: defaultdict[str, Count] = defaultdict(Count)
    for c in comparisons:
        for prediction, matched in zip(c.predictions, c.matches, strict=True):
            counts[prediction.relation] += Count(right=bool(matched), predicted=1)
        for claim in c.gold.claims:
            if claim.required:
                counts[claim.relation] += Count(found=bool(c.found_by(claim)), required=1)
    return dict(sorted(counts.items(), key=lambda item: (-item[1].required, item[0])))


def _mode(claim: GoldClaim | Predicted) -> str:
    return DENIED if claim.negated else claim.mood


def _moods(comparisons: Iterable[Comparison]) -> dict[str, Count]:
    counts = {mode: Count() for mode in (*(mood.value for mood in Mood), DENIED)}
    for c in comparisons:
        for number, prediction in enumerate(c.predictions):
            right = bool(c.matches[number]) and _mode(c.best_match(number)) == _mode(prediction)
            mode = _mode(prediction)
            counts[mode] = counts.get(mode, Count()) + Count(right=right, predicted=1)
        for claim in c.gold.claims:
            if claim.required:
                found = any(_mode(p) == _mode(claim) for p in c.found_by(claim))
                counts[_mode(claim)] += Count(found=found, required=1)
    return counts


def _attributes(comparisons: Iterable[Comparison]) -> dict[str, Share]:
    tally: defaultdict[str, list[bool]] = defaultdict(list)
    for c in comparisons:
        for number, prediction in enumerate(c.predictions):
            if c.matches[number]:
                for name, right in _attribute_checks(c.gold, c.best_match(number), prediction):
                    tally[name].append(right)
    return {name: Share(sum(rights), len(rights)) for name, rights in sorted(tally.items())}


def _attribute_checks(gold: GoldArticle, claim: GoldClaim, prediction: Predicted) -> Iterable[tuple[str, bool]]:
    if claim.relation == "holds_position":
        yield "title", any(overlap(prediction.title, title) for title in claim.titles)
        yield "tenure", prediction.tenure == claim.tenure
    yield "mood", prediction.mood == claim.mood
    yield "negated", prediction.negated == claim.negated
    if claim.attributed_to:
        yield "attributed_to", prediction.source is not None and gold.same(claim.attributed_to, prediction.source)
    if claim.start:
        yield "when", prediction.start.startswith(claim.start)


def _entities(golds: Sequence[GoldArticle], sorted_out: dict[str, list[Predicted]]) -> dict[str, Share]:
    counts: Counter[str] = Counter()
    for gold in golds:
        mentioned = parties(sorted_out[gold.name])
        used = {name for claim in gold.claims if claim.required for name in (claim.subject, claim.object)}
        for entity in gold.entities.values():
            if entity.name not in used or entity.type == "Topic":
                continue
            matched = [party for party in mentioned if gold.same(entity.name, party)]
            counts["all"] += 1
            counts["found"] += bool(matched)
            counts["typed"] += any(party.type == entity.type for party in matched)
            if matched and entity.wikidata:
                counts["known"] += 1
                counts["linked"] += any(party.wikidata.endswith(entity.wikidata) for party in matched)
    return {
        "found": Share(counts["found"], counts["all"]),
        "typed": Share(counts["typed"], counts["found"]),
        "linked": Share(counts["linked"], counts["known"]),
    }


def _calibration(comparisons: Iterable[Comparison]) -> tuple[Bin, ...]:
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for c in comparisons:
        for prediction, matched in zip(c.predictions, c.matches, strict=True):
            index = min(BINS - 1, max(0, int(prediction.confidence * BINS)))
            bins[index].append((prediction.confidence, bool(matched)))
    return tuple(
        Bin(index / BINS, len(held), sum(conf for conf, _ in held) / len(held), sum(right for _, right in held))
        for index, held in sorted(bins.items())
    )


def _confusion(comparisons: Iterable[Comparison]) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for c in comparisons:
        for prediction, matched in zip(c.predictions, c.matches, strict=True):
            if matched:
                continue
            meant = {g.relation for g in c.gold.claims if same_ends(c.gold, g, prediction, either_way=True)}
            for relation in sorted(meant):
                counts[relation, prediction.relation] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _missed(c: Comparison) -> Iterable[Fault]:
    for claim in c.gold.claims:
        if claim.required and not c.found_by(claim):
            yield Fault(c.gold.name, claim.relation, claim.subject, claim.object, claim.evidence)


def _wrong(c: Comparison) -> Iterable[Fault]:
    for prediction, matched in zip(c.predictions, c.matches, strict=True):
        if not matched:
            words = next(iter(prediction.words_in(c.gold.name)), "")
            subject, obj = prediction.subject, prediction.object
            yield Fault(
                c.gold.name,
                prediction.relation,
                subject.label or subject.text,
                obj.label or obj.text,
                words,
                prediction.rule,
            )
