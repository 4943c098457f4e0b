"""A folder to write inputs into, and a call that reads them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Article, Rejection
from kg.sources import read_paths

Read = Callable[..., list[Article | Rejection]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Write files (name to content) into a fresh folder `in` and read it, or the paths given."""
    monkeypatch.chdir(tmp_path)

    def run(files: dict[str, str | bytes], *paths: str, **settings: object) -> list[Article | Rejection]:
        for name, content in files.items():
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_paths(paths or ["in"], settings=Settings(**{"any_language": True, **settings})))  # type: ignore[arg-type]

    return run


@pytest.fixture
def read_one(read: Read) -> Callable[..., Article | Rejection]:
    """Read one file, `NAME`, with the given content."""

    def run(name: str, content: str | bytes, **settings: object) -> Article | Rejection:
        (result,) = read({name: content}, **settings)
        return result

    return run
