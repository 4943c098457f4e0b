"""The head that tells kinds of names apart, trained on the vectors of a pipeline that stays as it is.

Its features are those of `kg.nlp.encoder.kinds`. Words of the name and words around it are left out at random, so that
it learns from both and knows no list by heart; it is measured on names of which it saw no use.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
import torch
from numpy.typing import NDArray
from spacy.language import Language
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kg.nlp.encoder.kinds import NAMED, PARTS, name_features
from kg.nlp.lexicons import load_lexicons

from .export import VERSION
from .kind_names import FOLDS, OTHER, Context, Named, Names, fold_of, words_of
from .network import HIDDEN
from .words import WORDS

KINDS = (
    "Organization", "PublicBody", "ThinkTank", "PoliticalParty", "IntergovernmentalOrganization", "ArmedGroup",
    "Company", "MediaOrganization", "Government", "Agreement", "Conflict", "Summit", OTHER,
)  # fmt: skip
_TOGETHER = 8
"""Contexts that are read as paragraphs of one text."""
_SILVER_USES = 3
_INSIDE, _WITHOUT_NAME, _WITHOUT_CONTEXT = 96, 0.15, 0.10
_EPOCHS, _BATCH, _RATE, _DECAY, _SMOOTHING = 14, 128, 1e-3, 0.02, 0.05


@dataclass(frozen=True, slots=True)
class Use:
    """A name as the pipeline found it: what it means, its label, and its words."""

    named: Named
    label: str
    name: str
    hosted: bool


def read_uses(nlp: Language, contexts: list[Context], names: Names) -> tuple[NDArray[np.float16], list[Use]]:
    """Features and uses: names that the pipeline found with the bounds of a list, and names whose words tell a kind."""
    rows: list[NDArray[np.float16]] = []
    uses: list[Use] = []
    silver: Counter[tuple[str, ...]] = Counter()
    order = np.random.default_rng(3).permutation(len(contexts))
    for start in range(0, len(order), _TOGETHER):
        group = [contexts[number] for number in order[start : start + _TOGETHER]]
        for use, features in _read(nlp, group, names):
            key = words_of(use.name)
            if use.named.source == "words":
                silver[key] += 1
                if silver[key] > _SILVER_USES:
                    continue
            rows.append(features.astype(np.float16))
            uses.append(use)
    return np.array(rows), uses


def _read(nlp: Language, group: list[Context], names: Names) -> Iterator[tuple[Use, NDArray[np.float32]]]:
    wanted: dict[tuple[int, int], Context] = {}
    text = ""
    for context in group:
        first = len(text) + len(context.left)
        wanted[first, first + len(context.name)] = context
        text += f"{context.left}{context.name}{context.right}\n\n"
    doc = nlp(text)
    words = [token.i for token in doc if not token.is_space]
    number = {token: word for word, token in enumerate(words)}
    for ent in doc.ents:
        tokens = [token for token in ent if token.i in number]
        if ent.label_ not in NAMED or not tokens:
            continue
        if len(tokens) > 1 and tokens[0].lower_ == "the":
            tokens = tokens[1:]
        name = doc.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])]
        context = wanted.get((tokens[0].idx, tokens[0].idx + len(name)))
        named = context.named if context else _told(name, names)
        if named is not None:
            features = name_features(doc.tensor[words], number[tokens[0].i], number[tokens[-1].i] + 1)
            yield Use(named, ent.label_, name, bool(context and context.hosted)), features


def _told(name: str, names: Names) -> Named | None:
    """A name that no list has, by its last word or, before "of", its first."""
    words = words_of(name)
    if words in names.kinds or len(words) < 2:
        return None
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    kind = next((kind for kind, heads in WORDS["kinds"]["heads"].items() if head in heads), "")
    return Named(kind, " ".join(words), "words") if kind else None


class Head(nn.Module):
    """One hidden layer over scaled features."""

    def __init__(self, mean: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        self.inside = nn.Linear(PARTS * HIDDEN, _INSIDE)
        self.outside = nn.Linear(_INSIDE, len(KINDS))
        self.register_buffer("temperature", torch.ones(()))

    def scores(self, names: Tensor) -> Tensor:
        """Scores of the kinds; in training some of the name or of its context is hidden."""
        seen = (names - self.mean) / self.scale
        if self.training:
            draw = torch.rand(len(seen), 1)
            keep = torch.ones(len(seen), PARTS)
            keep[:, :2] *= draw > _WITHOUT_NAME
            keep[:, 2:] *= (draw < _WITHOUT_NAME) | (draw > _WITHOUT_NAME + _WITHOUT_CONTEXT)
            seen = F.dropout(seen * keep.repeat_interleave(HIDDEN, 1), 0.2)
        return self.outside(F.dropout(self.inside(seen).relu(), 0.4, training=self.training))

    def forward(self, names: Tensor) -> Tensor:
        """Probability of each kind [N, K]."""
        return (self.scores(names) / self.temperature).softmax(-1)


def fit(features: Tensor, gold: Tensor, weights: Tensor, *, seed: int = 0) -> Head:
    """A head trained on these rows."""
    torch.manual_seed(seed)
    head = Head(features.mean(0), features.std(0) + 1e-3)
    optimizer = torch.optim.AdamW(head.parameters(), _RATE, weight_decay=_DECAY)
    steps = _EPOCHS * (len(features) // _BATCH) + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(_EPOCHS):
        for rows in torch.randperm(len(features)).split(_BATCH)[:-1]:
            loss = F.cross_entropy(
                head.scores(features[rows]), gold[rows], reduction="none", label_smoothing=_SMOOTHING
            )
            optimizer.zero_grad()
            (loss * weights[rows]).mean().backward()
            optimizer.step()
            schedule.step()
    return head.eval()


def weigh(uses: list[Use]) -> Tensor:
    """Frequent names and kinds count less; hosted names and those told by their words are no more than company."""
    of_name = Counter(use.named.canonical for use in uses)
    of_kind = Counter(use.named.kind for use in uses)
    weights = torch.tensor([
        of_name[use.named.canonical] ** -0.5 * of_kind[use.named.kind] ** -0.3 * (0.5 if use.hosted else 1.0)
        for use in uses
    ])  # fmt: skip
    return weights / weights.mean()


@dataclass(frozen=True, slots=True)
class Trial:
    """Cross-validation: scores by heads that saw no name of the fold, and the temperature that fits them."""

    scores: Tensor
    temperature: float


def cross_validate(features: Tensor, gold: Tensor, uses: list[Use]) -> Trial:
    """Train a head for each fold on the names of the others."""
    folds = torch.tensor([fold_of(use.named.canonical) for use in uses])
    weights = weigh(uses)
    scores = torch.zeros(len(uses), len(KINDS))
    for fold in range(FOLDS):
        inside, outside = folds != fold, folds == fold
        head = fit(features[inside], gold[inside], weights[inside])
        with torch.no_grad():
            scores[outside] = head.scores(features[outside])
    ours = torch.tensor([use.named.source == "gazetteer" for use in uses])
    candidates = [0.6 + 0.05 * step for step in range(28)]
    losses = [float(F.cross_entropy(scores[ours] / t, gold[ours])) for t in candidates]
    return Trial(scores, candidates[int(np.argmin(losses))])


def report(trial: Trial, gold: Tensor, uses: list[Use]) -> dict[str, object]:
    """How often rule and head are right about names of our gazetteer that the head never saw, and where they differ."""
    lexicons = load_lexicons()
    rows = [number for number, use in enumerate(uses) if use.named.source == "gazetteer" and not use.hosted]
    chance = (trial.scores / trial.temperature).softmax(-1)
    counts: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for number in rows:
        use, right = uses[number], KINDS[int(gold[number])]
        rule = lexicons.type_of_name(use.name, use.label)
        told = "by words" if rule else "by default"
        rule = rule or ("Organization" if use.label == "ORG" else "")
        rule = {"Meeting": "Summit", "Election": "Summit"}.get(rule, rule)
        sure, best = (float(chance[number].max()), KINDS[int(chance[number].argmax())])
        by_kind[right].update(n=1, rule=rule == right, head=best == right)
        for threshold in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
            if sure >= threshold and best not in {rule, OTHER}:
                key = f"{use.label} {told} {threshold}"
                counts.update({f"{key} n": 1, f"{key} head": best == right, f"{key} rule": rule == right})
    return {
        "uses": len(rows), "names": len({uses[number].named.canonical for number in rows}),
        "temperature": trial.temperature, "kinds": by_kind, "overrides": dict(sorted(counts.items())),
    }  # fmt: skip


def train_kinds(features: NDArray[np.float16], uses: list[Use], work: Path) -> Head:
    """Measure by cross-validation, write the report to `work`, and train on all names."""
    torch.set_num_threads(1)
    rows = torch.from_numpy(features.astype(np.float32))
    gold = torch.tensor([KINDS.index(use.named.kind) for use in uses])
    trial = cross_validate(rows, gold, uses)
    (work / "kinds.json").write_text(json.dumps(report(trial, gold, uses), indent=1), encoding="utf-8")
    head = fit(rows, gold, weigh(uses))
    head.temperature.fill_(trial.temperature)
    return head


def export_kinds(head: Head, pipeline: Path) -> None:
    """Write the head into the folder of a pipeline, whose other graphs stay as they are."""
    component = pipeline / "kg_encoder"
    torch.onnx.export(
        head, (torch.randn(3, PARTS * HIDDEN),), str(component / "kinds.onnx"), input_names=["names"],
        output_names=["kinds"], dynamic_axes={"names": {0: "batch"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    inventory = json.loads((component / "inventory.json").read_text(encoding="utf-8"))
    inventory["kinds"] = KINDS
    (component / "inventory.json").write_text(json.dumps(inventory, ensure_ascii=False), encoding="utf-8")
    nlp = spacy.load(pipeline)
    nlp.meta["version"] = VERSION
    nlp.to_disk(pipeline)
