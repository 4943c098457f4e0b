"""Readers that workers can import: they need no language pipeline."""

import contextlib
import os
from dataclasses import dataclass

from kg.errors import PipelineError
from kg.model import Article, Reading


@dataclass(frozen=True)
class EchoReader:
    version: str = "echo@1"

    def read(self, article: Article) -> Reading:
        if article.text == "raise":
            raise ValueError("no such frame")
        if article.text == "die":
            os._exit(3)
        if article.text == "hang":
            _hang()
        return Reading(article.key, article.sha256, f"{self.version} {os.getpid()}")


def _hang() -> None:
    """Never end, as a loop that mends whatever goes wrong in it would."""
    while True:
        with contextlib.suppress(Exception):
            for _ in range(1000):
                pass


def make_echo() -> EchoReader:
    return EchoReader()


def make_nothing() -> EchoReader:
    raise PipelineError("there is no pipeline", hint="install one")


def make_bug() -> EchoReader:
    raise KeyError("frames")


def make_dead() -> EchoReader:
    os._exit(4)
