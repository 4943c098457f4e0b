"""One frozen `Settings`, made once at the edge: flag > environment (`KG_*`) > `kg.toml` > default."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from kg.errors import ConfigError

MAX_BYTES = 50_000_000
"""Largest accepted input file or JSONL line: fifty times the longest article of our corpora."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; each field's `help` is its documentation."""

    pipeline: str = field(default="", metadata={"help": "spaCy pipeline to read with; empty: the shipped one"})
    workers: int = field(default=1, metadata={"help": "processes that read articles; 0: one per core"})
    threshold: float = field(default=0.5, metadata={"help": "least confidence of a claim that draws an edge, 0 to 1"})
    min_sources: int = field(default=1, metadata={"help": "least number of independent sources behind an edge"})
    max_bytes: int = field(default=MAX_BYTES, metadata={"help": "largest accepted file or JSONL line, in bytes"})
    article_seconds: int = field(default=600, metadata={"help": "seconds to read one article in; 0: no limit"})
    any_language: bool = field(default=False, metadata={"help": "read texts that are not English, too"})
    date: str = field(default="", metadata={"help": "ISO date for articles that carry none"})

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise ConfigError(f"threshold is {self.threshold}, but must lie in 0 to 1")
        for name in ("workers", "min_sources", "max_bytes", "article_seconds"):
            if getattr(self, name) < 0:
                raise ConfigError(f"{name} is {getattr(self, name)}, but must not be negative")


def load_settings(
    flags: Mapping[str, object] | None = None, *, environ: Mapping[str, str] | None = None, file: Path | None = None
) -> Settings:
    """Settings from flags (None = not given), environment and file, in this order of precedence.

    Args:
        flags: values by field name, already typed.
        environ: the process environment by default; `KG_WORKERS=2` sets `workers`.
        file: `kg.toml` in the working directory by default; may be absent.

    Raises:
        ConfigError: unknown key, or a value of the wrong type.
    """
    environ = os.environ if environ is None else environ
    path = Path("kg.toml") if file is None else file
    values = _from_file(path) if path.is_file() else {}
    for f in fields(Settings):
        if (raw := environ.get(f"KG_{f.name.upper()}")) is not None:
            values[f.name] = _typed(f.name, raw)
    values |= {k: v for k, v in (flags or {}).items() if v is not None}
    return Settings(**values)  # type: ignore[arg-type]


def _from_file(path: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise ConfigError(f"{path} cannot be read: {exc}") from exc
    return {key: _typed(key, value) for key, value in table.items()}


def _typed(name: str, raw: object) -> object:
    types: dict[str, type] = {f.name: type(f.default) for f in fields(Settings)}
    if name not in types:
        raise ConfigError(f"unknown setting {name!r}", hint=f"known settings: {', '.join(sorted(types))}")
    if types[name] is bool:
        known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
        if str(raw).casefold() not in known:
            raise ConfigError(f"setting {name} is {raw!r}, but must be true or false")
        return known[str(raw).casefold()]
    try:
        return types[name](raw)
    except (TypeError, ValueError) as exc:
        raise ConfigError(f"setting {name} is {raw!r}, but must be of type {types[name].__name__}") from exc
