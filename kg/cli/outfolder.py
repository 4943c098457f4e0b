"""A folder of data that appears only when it is complete, in place of an earlier one of its kind."""

import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

from kg.errors import UsageError


@contextmanager
def open_folder(path: Path | None, *, patterns: Sequence[str]) -> Generator[Path, None, None]:
    """Make a folder to write files into.

    Args:
        path: where it shall be; it may be there if it is empty, or holds nothing but an earlier export.
        patterns: names of the files of an export.

    Yields:
        An empty folder that takes this place when the block ends well.

    Raises:
        UsageError: no folder is named, it holds something else, or it cannot be written.
    """
    if path is None or str(path) == "-":
        raise UsageError("this format is a folder of several files", hint="name one: -o FOLDER")
    _refuse(path, patterns)
    try:
        new = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.absolute().parent))
        try:
            yield new
            new.chmod(0o777 & ~_umask(new))
            _swap(new, path)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as exc:
        raise UsageError(f"{path} cannot be written: {exc.strerror}", hint="give another folder: -o FOLDER") from exc


def _refuse(path: Path, patterns: Sequence[str]) -> None:
    if path.is_dir():
        strange = sorted(p.name for p in path.iterdir() if not any(fnmatchcase(p.name, known) for known in patterns))
        if strange:
            raise UsageError(f"{path} holds {strange[0]!r}, which no export wrote", hint="give another folder")
    elif path.exists():
        raise UsageError(f"{path} is a file, but this format is a folder of several files", hint="give a folder")


def _swap(new: Path, path: Path) -> None:
    """Put the new folder into its place; for a moment the old one has another name."""
    if path.is_dir():
        old = new.with_name(f"{new.name}.old")
        path.rename(old)
        new.rename(path)
        shutil.rmtree(old)
    else:
        new.rename(path)


def _umask(folder: Path) -> int:
    """The mask of the process, as a file in the folder shows it."""
    probe = folder / ".probe"
    probe.touch()
    mode = probe.stat().st_mode
    probe.unlink()
    return 0o666 & ~mode
