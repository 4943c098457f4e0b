"""How fast is a whole build, against the bare pipeline, on one core and on two?

    python benchmarks/build_speed.py --corpus whitehouse.jsonl.xz [--documents 500] [--out RESULT.json]

One run: the same documents go through the pipeline alone, through the reader (pipeline and rules), and through
`kg build` with one worker and with two. The figures are words a second, peak memory of the largest process in MiB, and
the share of reading that is not the pipeline's.
"""

import argparse
import json
import lzma
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measurement import clock, commit

from kg.config import Settings
from kg.model import Article
from kg.nlp.reader import load_reader
from kg.resolve import load_gazetteer
from kg.schema import load_schema
from kg.sources import read_paths


def documents(corpus: Path, count: int, folder: Path) -> Path:
    """The first documents of a corpus as a JSONL file of their own."""
    path = folder / "documents.jsonl"
    with lzma.open(corpus, "rt", encoding="utf-8") as lines, path.open("w", encoding="utf-8") as out:
        for _, line in zip(range(count), lines, strict=False):
            out.write(line)
    return path


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = documents(options.corpus, options.documents, folder)
        articles = [a for a in read_paths([str(path)], settings=Settings()) if isinstance(a, Article)]
        words = sum(len(a.text.split()) for a in articles)
        result: dict[str, object] = {"documents": len(articles), "words": words, "machine": platform.processor(),
                                     "cores": os.cpu_count(), "commit": commit()}  # fmt: skip
        reader = load_reader(Settings(), load_gazetteer(), load_schema())
        bare = clock(lambda: [reader.nlp(a.text) for a in articles])
        full = clock(lambda: [reader.read(a) for a in articles])
        result |= {"pipeline_words_s": round(words / bare), "reader_words_s": round(words / full),
                   "rules_share_of_pipeline": round(full / bare - 1, 3)}  # fmt: skip
        for workers in (1, 2):
            out = folder / f"graph{workers}"
            command = [sys.executable, "-m", "kg", "build", str(path), "--out", str(out), "--workers", str(workers)]
            seconds = clock(lambda c=command: subprocess.run(c, check=True, capture_output=True))
            result[f"build_words_s_{workers}"] = round(words / seconds)
            shutil.rmtree(out)
        result["peak_mib"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        text = json.dumps(result, indent=1)
        print(text)
        if options.out:
            options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
