"""Programs of other projects that some tests need: where they are not installed, those tests are skipped."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

JENA = Path(__file__).parents[1] / "scripts" / "jena"
ENVIRON = dict(os.environ)
"""As the tests found it: they run without the settings of the user, which say where Jena lies."""


def run_jena(words: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a command of Apache Jena, if it has been fetched."""
    if _run([sys.executable, JENA, "status"]).returncode != 0:
        pytest.skip("no Apache Jena: scripts/jena fetch")
    return _run([sys.executable, JENA, *words])


def run_rapper(words: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run Raptor's `rapper`, if it is installed."""
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("no rapper: sudo apt-get install raptor2-utils")
    return _run([rapper, *words])


def _run(words: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(w) for w in words], capture_output=True, encoding="utf-8", check=False, env=ENVIRON, timeout=280
    )
