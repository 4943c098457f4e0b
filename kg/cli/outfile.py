"""Where data goes: stdout, or a file that appears only when it is complete."""

import gzip
import os
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from kg.errors import UsageError


@contextmanager
def open_output(path: Path | None) -> Generator[BinaryIO, None, None]:
    """Open an output for writing bytes.

    Args:
        path: the file, gzip-compressed if its name ends in `.gz`; None or `-` for stdout.

    Raises:
        UsageError: the file cannot be written.
    """
    if path is None or str(path) == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as exc:
        raise UsageError(f"{path} cannot be written: {exc.strerror}", hint="give another file: -o FILE") from exc
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            if path.suffix == ".gz":
                # No name and no time in its head: the same data give the same file.
                with gzip.GzipFile(filename="", fileobj=cast("IO[bytes]", raw), mode="wb", mtime=0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield raw
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as exc:
        if exc.filename not in (None, name):
            raise
        raise UsageError(f"{path} cannot be written: {exc.strerror}", hint="give another file: -o FILE") from exc
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    """The mask of the process, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
