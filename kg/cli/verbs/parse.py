"""`kg parse`: what the reader's pipeline sees, as CoNLL-U."""

import io
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from kg.errors import InputError


@click.command(short_help="Parse text, or CoNLL-U, and print CoNLL-U with names.")
@click.argument(
    "file", metavar="[FILE|-]", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path)
)
@click.option("--pretokenized", is_flag=True, help="FILE is CoNLL-U: keep its tokens, sentences and comments.")
@click.option("--pipeline", metavar="NAME", help="spaCy pipeline to parse with (see `kg pipelines`).")
def parse(file: Path, *, pretokenized: bool, pipeline: str | None) -> None:
    """Print FILE (UTF-8, stdin by default) as CoNLL-U: what the pipeline sees before any rule of kg.

    Names stand in the last column, as `NER=B-PERSON`.
    """
    from kg.config import load_settings
    from kg.nlp.conllu import parse_conllu, parse_text
    from kg.nlp.pipeline import load_pipeline

    name = load_settings({"pipeline": pipeline}).pipeline
    with _open(file) as source:
        nlp = load_pipeline(name)
        try:
            for block in parse_conllu(nlp, source) if pretokenized else parse_text(nlp, source.read()):
                click.echo(block, nl=False)
        except UnicodeDecodeError as exc:
            raise InputError(f"{file} is not UTF-8: {exc.reason} at byte {exc.start}") from exc


@contextmanager
def _open(file: Path) -> Generator[TextIO, None, None]:
    if str(file) == "-":
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
        return
    try:
        source = file.open(encoding="utf-8", newline="")
    except OSError as exc:
        raise InputError(f"{file} cannot be read: {exc.strerror}") from exc
    with source:
        yield source
