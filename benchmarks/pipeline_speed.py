"""How fast is the language pipeline alone, in one process and in two at once, and how much memory does each take?

    python benchmarks/pipeline_speed.py [--articles FOLDER ...] [--pipeline NAME] [--passes 3] [--out RESULT.json]

The articles (by default those in examples/articles) are split among the processes by turns. Each process loads the
pipeline, reads its share once to warm up, waits for the others, and then reads it `--passes` times; a run takes from
the common start to the end of the last process. The figures are words (between blanks) a second of all processes
together, the best of `--runs` runs, and the peak memory of the largest process in MiB. They mean something on a quiet
machine only.
"""

import argparse
import json
import multiprocessing
import os
import platform
import resource
import sys
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from measurement import commit

from kg.config import Settings
from kg.model import Article
from kg.nlp.pipeline import load_pipeline
from kg.sources import read_paths


def read_share(name: str, texts: list[str], passes: int, start: Barrier, results: Any) -> None:
    """Read some texts in a process of its own, once all are ready; puts (began, ended, peak MiB)."""
    nlp = load_pipeline(name)
    for text in texts:
        nlp(text)
    start.wait()
    began = time.monotonic()
    for _ in range(passes):
        for text in texts:
            nlp(text)
    ended = time.monotonic()
    results.put((began, ended, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def measure(name: str, texts: list[str], processes: int, passes: int) -> tuple[float, int]:
    """(words a second of all processes together, peak MiB of the largest)."""
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(processes), context.Queue()
    shares = [texts[number::processes] for number in range(processes)]
    workers = [context.Process(target=read_share, args=(name, share, passes, start, results)) for share in shares]
    for worker in workers:
        worker.start()
    found = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    seconds = max(ended for _, ended, _ in found) - min(began for began, _, _ in found)
    return passes * sum(len(text.split()) for text in texts) / seconds, max(peak for *_, peak in found)


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", nargs="+", default=[str(Path(__file__).parents[1] / "examples" / "articles")])
    parser.add_argument("--pipeline", default="", help="name or folder; the shipped one by default")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    texts = [a.text for a in read_paths(options.articles, settings=Settings()) if isinstance(a, Article)]
    texts = sorted((text for text in texts if text.strip()), key=len, reverse=True)
    if len(texts) < 2:
        sys.exit("pipeline_speed: at least two articles are needed")
    result: dict[str, object] = {
        "pipeline": options.pipeline or "kg", "articles": len(texts), "words": sum(len(t.split()) for t in texts),
        "passes": options.passes, "machine": platform.processor() or platform.machine(), "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2), "commit": commit(),
    }  # fmt: skip
    for processes in (1, 2):
        runs = [measure(options.pipeline, texts, processes, options.passes) for _ in range(options.runs)]
        result[f"words_s_{processes}"] = round(max(speed for speed, _ in runs))
        result[f"peak_mib_{processes}"] = max(peak for _, peak in runs)
    text = json.dumps(result, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
