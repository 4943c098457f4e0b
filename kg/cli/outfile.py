"""Where data goes: stdout, or a file that appears only when it is complete."""

import gzip
import io
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
        path: the file, compressed if its name ends in `.gz` or `.zst`; None or `-` for stdout.

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
        with os.fdopen(handle, "wb") as raw, _packed(raw, path.suffix) as out:
            yield out
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as exc:
        if exc.filename not in (None, name):
            raise
        raise UsageError(f"{path} cannot be written: {exc.strerror}", hint="give another file: -o FILE") from exc
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _packed(raw: BinaryIO, suffix: str) -> Generator[BinaryIO, None, None]:
    """What compresses into a file as its suffix says; the same data give the same file, however they are cut."""
    if suffix == ".gz":
        # No name and no time in its head.
        packer: object = gzip.GzipFile(filename="", fileobj=cast("IO[bytes]", raw), mode="wb", mtime=0)
    elif suffix == ".zst":
        import zstandard

        compressor = zstandard.ZstdCompressor(write_checksum=True)
        packer = compressor.stream_writer(cast("IO[bytes]", raw), closefd=False)
    else:
        yield raw
        return
    with io.BufferedWriter(cast("io.RawIOBase", packer), buffer_size=1 << 20) as out:
        yield out


def _umask() -> int:
    """The mask of the process, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
