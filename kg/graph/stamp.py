"""What the embedded graph of a folder was made from: `DIR/stamp.json`."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version as installed_version
from importlib.resources import files
from pathlib import Path

from kg._version import __version__
from kg.model import Policy

STAMP = "stamp.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the embedded graph of a folder was made from, and how much it holds.

    Attributes:
        state: of the record.
        code: hash of the installed package with its data.
        reader: version of the reader that `code` gives with the shipped pipeline; "" while nothing was read with it.
        threshold: of the policy.
        min_sources: of the policy.
        entities: their number; so for claims and propositions.
    """

    state: str = ""
    code: str = ""
    reader: str = ""
    threshold: float = Policy().threshold
    min_sources: int = Policy().min_sources
    entities: int = 0
    claims: int = 0
    propositions: int = 0

    @property
    def policy(self) -> Policy:
        """When claims become edges in this folder."""
        return Policy(self.threshold, self.min_sources)


def read_stamp(folder: Path) -> Stamp:
    """The stamp of a folder; an empty one if there is none, or none that this version wrote."""
    try:
        values = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        return Stamp(**{name: type(default)(values[name]) for name, default in asdict(Stamp()).items()})
    except (OSError, ValueError, KeyError, TypeError):
        return Stamp()


def write_stamp(folder: Path, stamp: Stamp) -> None:
    """Leave the stamp in its folder."""
    replace_text(folder / STAMP, json.dumps(asdict(stamp), indent=1) + "\n")


@cache
def code_version() -> str:
    """Hash of all that decides what a build makes of an article: the package, its data, and the version of spaCy."""
    digest = sha256(f"{__version__} {installed_version('spacy')}".encode())
    root = Path(str(files("kg")))
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def replace_text(path: Path, text: str) -> None:
    """Replace a file at once: readers see the old content or the new."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", errors="backslashreplace")
    part.replace(path)
