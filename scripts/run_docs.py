#!/usr/bin/env python3
"""Run the commands of README.md and docs/tutorial.md, and write what they print below them.

scripts/run_docs.py            write the output into the files
scripts/run_docs.py --check    write nothing; fail if a file shows quite other output than its commands print

Commands stand in blocks marked `console`, after a dollar sign; the blocks of a file run in one empty folder that holds
copies of examples/ and scripts/. `scripts/test` is not run: it would run these commands again.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/tutorial.md")
NOT_RUN = ("scripts/test",)

_BLOCK = re.compile(r"(?<=```console\n).*?(?=```$)", re.DOTALL | re.MULTILINE)
_SECONDS = re.compile(r"\b\d+\.\d s\b")
ALIKE = 0.95
"""Least likeness: weights of eight bits make other roundings on other processors, and now and then another reading."""

CUT = "[...]"
"""In a block, stands for the lines between the first and the last ones of a long output."""


class CommandError(Exception):
    """A command of the documentation fails."""


def commands(page: str) -> list[str]:
    """All commands of a page."""
    blocks = _BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def rendered(page: str) -> str:
    """The page with the output that its commands print now."""
    text = (ROOT / page).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = _furnish(folder)
        return _BLOCK.sub(lambda block: "".join(_run_block(block[0], folder, environ)), text)


def alike(shown: str, printed: str) -> float:
    """How much of two pages is the same, in [0, 1], by words; seconds may differ."""
    words = [_SECONDS.sub("0.0 s", text).split() for text in (shown, printed)]
    return SequenceMatcher(None, *words, autojunk=False).ratio()


def _timed(printed: str, shown: str) -> str:
    """What is printed, with the seconds of the page on lines that are otherwise the same."""
    known = {_SECONDS.sub("0.0 s", line): line for line in shown.splitlines()}
    return "".join(f"{known.get(_SECONDS.sub('0.0 s', line), line)}\n" for line in printed.splitlines())


def _run_block(block: str, folder: Path, environ: dict[str, str]) -> Iterator[str]:
    for step in re.split(r"(?m)^(?=\$ )", block):
        if not step.strip():
            continue
        line, _, shown = step.partition("\n")
        command = line[2:]
        yield f"{line}\n"
        if command in NOT_RUN:
            yield shown
            continue
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise CommandError(f"{command}\nexit code {done.returncode}\n{done.stdout}")
        yield _cut(done.stdout, shown)


def _cut(printed: str, shown: str) -> str:
    """As many first and last lines as the page shows, if it leaves out what is between."""
    kept = shown.rstrip().splitlines()
    if CUT not in kept:
        return printed
    lines, head, tail = printed.splitlines(), kept.index(CUT), len(kept) - kept.index(CUT) - 1
    if len(lines) <= head + tail:
        return printed
    return "".join(f"{line}\n" for line in [*lines[:head], CUT, *lines[len(lines) - tail :]])


def _furnish(folder: Path) -> dict[str, str]:
    """Copy what the commands need, and make the running Python look like the environment that scripts/demo makes."""
    for name in ("examples", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("training", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    kg = folder / ".venv" / "bin" / "kg"
    kg.parent.mkdir(parents=True)
    kg.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    kg.chmod(kg.stat().st_mode | stat.S_IXUSR)
    wanted = 'printf "%s\\n" "$(cat pyproject.toml scripts/environment.sh | cksum) $(pwd)" >.venv/installed-plain'
    subprocess.run(["bash", "-c", wanted], cwd=folder, check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    paths = {"PATH": f"{kg.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    return {**kept, **paths, "PYTHONWARNINGS": "ignore"}


def main() -> int:
    check, failed = sys.argv[1:] == ["--check"], False
    for page in PAGES:
        try:
            shown, printed = (ROOT / page).read_text(encoding="utf-8"), rendered(page)
        except CommandError as exc:
            print(f"{page}: {exc}", file=sys.stderr)
            return 1
        if not check:
            (ROOT / page).write_text(_timed(printed, shown), encoding="utf-8")
        elif alike(shown, printed) < ALIKE:
            print(f"{page} is not what scripts/run_docs.py writes", file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
