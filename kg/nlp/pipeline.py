"""Any English spaCy pipeline, by name; the shipped one is the default."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Any

from spacy import load as spacy_load
from spacy.language import Language
from spacy.util import get_installed_models

from kg.errors import PipelineError

SHIPPED = "kg"
"""Name of the pipeline that comes with the package; "" means it as well."""

NEEDED = (
    ("a parser", frozenset({"token.dep", "token.head"})),
    ("a component that finds names", frozenset({"doc.ents"})),
    ("a tagger", frozenset({"token.tag", "token.pos"})),
    ("a lemmatizer", frozenset({"token.lemma"})),
)
"""What reading cannot do without, and the attributes (as spaCy components declare them) that show it is there."""

_CLINGING = r"""(?<=\w)[.,!?;:…]+(?=["“”]\w)|(?<=[\w.,!?;:…])["“”](?=\w)"""
"""A quotation mark, and what ends a clause before it, between words that no blank parts: `failed,"said Brown`."""


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """A pipeline that can be loaded, as its meta data describe it.

    Attributes:
        name: what to pass to `--pipeline`.
        version: the pipeline's own version.
        lang: language code.
        labels: labels by component, sorted; empty where a component lists none.
        size: bytes on disk.
        path: its folder.
    """

    name: str
    version: str
    lang: str
    labels: dict[str, tuple[str, ...]]
    size: int
    path: Path


def load_pipeline(name: str = "") -> Language:
    """Load a pipeline and see that it can do what reading needs.

    Args:
        name: "" or "kg" for the shipped one, else the name of an installed package, or a folder.

    Raises:
        PipelineError: it is not there, is damaged, is not English, or lacks something of `NEEDED`.
    """
    shipped = name in ("", SHIPPED)
    target = shipped_folder() if shipped else name
    if shipped and not (shipped_folder() / "meta.json").is_file():
        raise PipelineError(
            "the pipeline that comes with kg is not in this installation",
            hint="install kg from a wheel, or name an installed spaCy pipeline with --pipeline",
        )
    try:
        nlp = spacy_load(target)
    except OSError as exc:
        raise PipelineError(
            f"no spaCy pipeline {name or SHIPPED!r} can be loaded: {_first_line(exc)}",
            hint="`kg pipelines` lists those that are installed",
        ) from exc
    except (ValueError, ImportError, KeyError) as exc:  # what spaCy raises for a damaged or foreign config
        raise PipelineError(
            f"the spaCy pipeline {name or SHIPPED!r} does not load: {_first_line(exc)}",
            hint="install the version of it that fits the installed spaCy",
        ) from exc
    check_pipeline(nlp, name or SHIPPED)
    _part_quotations(nlp)
    return nlp


def _part_quotations(nlp: Language) -> None:
    """Make words of quotation marks that touch words on both sides, as texts copied from web pages have them."""
    tokenizer: Any = nlp.tokenizer
    infixes = getattr(getattr(tokenizer, "infix_finditer", None), "__self__", None)
    if isinstance(infixes, re.Pattern):
        tokenizer.infix_finditer = re.compile(f"{_CLINGING}|{infixes.pattern}", infixes.flags).finditer


def check_pipeline(nlp: Language, name: str) -> None:
    """See that a pipeline is English and has all that reading needs.

    Raises:
        PipelineError: it says what is missing.
    """
    if nlp.lang != "en":
        raise PipelineError(
            f"the pipeline {name!r} reads language {nlp.lang!r}, but kg reads English",
            hint="`kg pipelines` lists those that are installed",
        )
    assigned = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    missing = [what for what, attributes in NEEDED if not attributes & assigned]
    if missing:
        raise PipelineError(
            f"the pipeline {name!r} lacks {_listed(missing)} (it has: {', '.join(nlp.pipe_names) or 'nothing'})",
            hint="use a full pipeline such as the shipped one (no --pipeline) or en_core_web_sm",
        )


def _listed(things: list[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))


def words_per_second(nlp: Language, *, seconds: float = 1.0) -> float:
    """How fast a pipeline reads a short text of ours on this machine, beside all else that runs on it.

    Args:
        nlp: the pipeline.
        seconds: for how long to read the text over and over; the pass that goes beyond is the last one.
    """
    text = (files("kg") / "data" / "sample.txt").read_text(encoding="utf-8")
    nlp(text)  # the first pass fills caches
    passes, start, spent = 0, perf_counter(), 0.0
    while not passes or spent < seconds:
        nlp(text)
        passes, spent = passes + 1, perf_counter() - start
    return passes * len(text.split()) / spent


def shipped_folder() -> Path:
    """Folder of the pipeline that comes with the package; it may be absent in a bare source tree."""
    return Path(str(files("kg"))) / "data" / "pipeline"


def list_pipelines() -> tuple[PipelineInfo, ...]:
    """The shipped pipeline, if it is there, and all installed ones by name, without loading any."""
    found = [_describe(SHIPPED, shipped_folder())] if (shipped_folder() / "meta.json").is_file() else []
    for name in sorted(get_installed_models()):
        folder = _package_folder(name)
        if folder is not None:
            found.append(_describe(name, folder))
    return tuple(found)


def _describe(name: str, folder: Path) -> PipelineInfo:
    try:
        meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise PipelineError(f"the meta data of pipeline {name!r} cannot be read: {_first_line(exc)}") from exc
    labels = {pipe: tuple(sorted(map(str, values))) for pipe, values in sorted(dict(meta.get("labels", {})).items())}
    size = sum(file.stat().st_size for file in sorted(folder.rglob("*")) if file.is_file())
    return PipelineInfo(name, str(meta.get("version", "")), str(meta.get("lang", "")), labels, size, folder)


@cache
def _package_folder(name: str) -> Path | None:
    """Data folder of an installed pipeline package: the one beneath the package that holds meta.json and a config."""
    try:
        listed = distribution(name).files or []
    except PackageNotFoundError:
        return None
    configs = [file for file in listed if file.name == "config.cfg"]
    return Path(str(configs[0].locate())).parent if configs else None


def _first_line(exc: BaseException) -> str:
    return str(exc).strip().partition("\n")[0]
