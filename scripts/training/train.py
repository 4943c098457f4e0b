"""Stage two: joint training of the encoder and all heads, with checkpoints; the learning rate ends at zero."""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from kg.nlp.encoder.features import WordPieces

from .augment import NameSwapper
from .network import WEIGHTS, Network
from .prepare import load_prepared
from .scores import evaluate
from .sentences import NAME_TAGS, Document
from .windows import Inventory, Vectorizer, make_batches, to_tensors, training_windows

_WARM_UP = 0.03
_SAVE_SECONDS = 240


@dataclass(frozen=True, slots=True)
class Plan:
    """What one training run is.

    `epochs` set the length; with `until` (seconds since 1970) the clock does: the rate falls to zero at that time.
    `rate` scales both rates; `gmb_share` is the part of the GMB news that one epoch takes.
    """

    epochs: float = 10.0
    until: float | None = None
    encoder_rate: float = 1.2e-4
    head_rate: float = 1.5e-3
    rate: float = 1.0
    pieces: int = 1000
    gmb_share: float = 0.28
    own_times: int = 3
    seed: int = 7
    threads: int = 1
    limit: int | None = None


def epoch_documents(train: dict[str, list[Document]], plan: Plan, rng: random.Random) -> list[Document]:
    """The documents of one epoch: all treebanks and small name corpora, a share of the news, our own several times."""
    chosen: list[Document] = []
    for source, documents in train.items():
        if source == "gmb":
            chosen += rng.sample(documents, max(1, int(len(documents) * plan.gmb_share)))
        else:
            chosen += documents * (plan.own_times if source == "own" else 1)
    rng.shuffle(chosen)
    return chosen[: plan.limit] if plan.limit else chosen


def make_optimizer(network: Network, plan: Plan) -> torch.optim.AdamW:
    """AdamW with three groups of parameters: pre-trained, layout tables, heads."""
    groups: tuple[list[torch.nn.Parameter], ...] = ([], [], [])
    for name, parameter in network.named_parameters():
        layout = name.split(".")[0] in {"shape", "glue", "cut"}
        groups[0 if "bert." in name else 1 if layout else 2].append(parameter)
    peaks, decays = (plan.encoder_rate, plan.head_rate, plan.head_rate), (0.01, 0.0, 0.01)
    return torch.optim.AdamW(
        [
            {"params": parameters, "peak": peak * plan.rate, "weight_decay": decay}
            for parameters, peak, decay in zip(groups, peaks, decays, strict=True)
        ],
        lr=plan.encoder_rate,
        betas=(0.9, 0.98),
    )


class Trainer:
    """Holds network, optimiser and progress; `run` trains to the end of the plan."""

    def __init__(self, work: Path, encoder: Path, plan: Plan) -> None:
        torch.manual_seed(plan.seed)
        torch.set_num_threads(plan.threads)
        self.work, self.plan = work, plan
        self.train, self.dev, self.inventory, gazetteer = load_prepared(work)
        self.vectorizer = Vectorizer(
            self.inventory, WordPieces((encoder / "tokenizer.json").read_text(encoding="utf-8"))
        )
        self.swapper = NameSwapper(gazetteer)
        self.network = Network(encoder, sizes(self.inventory))
        self.optimizer = make_optimizer(self.network, plan)
        self.epoch, self.step, self.progress, self.begun = 0, 0, 0.0, time.time()

    def save(self, name: str, *, optimizer: bool = True) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {
            "network": self.network.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
            "progress": self.progress,
            "begun": self.begun,
            "inventory": self.inventory,
        }
        if optimizer:
            state["optimizer"] = self.optimizer.state_dict()
        torch.save(state, self.work / f"{name}.new")
        (self.work / f"{name}.new").replace(self.work / name)

    def resume(self) -> bool:
        """Continue from `last.pt` where there is one: at the start of the epoch after the last whole one."""
        path = self.work / "last.pt"
        if not path.exists():
            return False
        state = torch.load(path, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.step, self.progress, self.begun = (state[k] for k in ("epoch", "step", "progress", "begun"))
        return True

    def start_from(self, checkpoint: Path) -> None:
        """Begin with the weights of another run, to train them further on other data."""
        self.network.load_state_dict(torch.load(checkpoint, weights_only=False)["network"])

    def run(self) -> None:
        """Train until the plan is done, one checkpoint an epoch and every few minutes."""
        while self.progress < 1.0:
            if (self.work / "corpora.pickle").stat().st_mtime > self.begun:
                self.train, self.dev, _, _ = load_prepared(self.work)
            self._epoch()
            self.epoch += 1
            self.save("last.pt")
            self.save("weights.pt", optimizer=False)
            self.report()
        self.save("final.pt", optimizer=False)

    def report(self) -> None:
        """Dev scores, to the log."""
        started = time.time()
        for source, documents in self.dev.items():
            found = evaluate(
                self.network, documents[: self.plan.limit], self.vectorizer, names="uner" if source == "ewt" else "all"
            )
            log({"epoch": self.epoch, "dev": source, **found})
        log({"evaluated_in": round(time.time() - started)})

    def _epoch(self) -> None:
        rng = random.Random(self.plan.seed * 1000 + self.epoch)
        documents = epoch_documents(self.train, self.plan, rng)
        batches = make_batches(
            list(training_windows(documents, self.vectorizer, self.swapper, rng)), pieces=self.plan.pieces, rng=rng
        )
        words = sum(len(w.first) for batch in batches for w in batch)
        log({"epoch": self.epoch, "batches": len(batches), "words": words, "progress": round(self.progress, 3)})
        sums: dict[str, list[float]] = defaultdict(list)
        seen, started, saved = 0, time.time(), time.time()
        for number, batch in enumerate(batches):
            self._set_rates(len(batches))
            if self.progress >= 1.0:
                return
            for name, value in self._train_on(to_tensors(batch, len(NAME_TAGS))).items():
                sums[name].append(value)
            seen += sum(len(w.first) for w in batch)
            if number % 100 == 99:
                means = {name: round(float(np.mean(values)), 3) for name, values in sums.items()}
                log(
                    {
                        "step": self.step,
                        "progress": round(self.progress, 3),
                        "words_s": round(seen / (time.time() - started)),
                        **means,
                    }
                )
                sums.clear()
            if time.time() - saved > _SAVE_SECONDS:
                self.save("weights.pt", optimizer=False)
                saved = time.time()

    def _train_on(self, batch: dict[str, torch.Tensor]) -> dict[str, float]:
        parts = self.network.losses(batch)
        loss = sum((WEIGHTS[name] * value for name, value in parts.items()), torch.zeros(()))
        if torch.isfinite(loss):
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
            self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        return {name: float(value.detach()) for name, value in parts.items()}

    def _set_rates(self, batches: int) -> None:
        if self.plan.until is None:
            self.progress = self.step / (self.plan.epochs * batches)
        else:
            self.progress = max(self.progress, (time.time() - self.begun) / (self.plan.until - self.begun))
        factor = min(self.progress / _WARM_UP, (1 - self.progress) / (1 - _WARM_UP))
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * max(factor, 0.01)


def sizes(inventory: Inventory) -> dict[str, int]:
    """Number of classes of each head."""
    return {name: len(getattr(inventory, name)) for name in ("upos", "xpos", "feats", "rules", "deps")}


def log(record: dict[str, object]) -> None:
    """One JSON line to stdout."""
    print(json.dumps({"t": time.strftime("%H:%M:%S"), **record}), flush=True)
