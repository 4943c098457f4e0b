"""Bytes of an input: bounded, and decompressed when the content (not the name) says so."""

import bz2
import io
import lzma
import os
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from kg.sources.refused import RefusedError

HEAD = 65_536
"""Bytes that are looked at to tell a format: enough for a page head with inlined styles."""

CHUNK = 65_536
ZSTD_CHUNK = 1_024
"""A zstd block may swell 30,000 times and its decompressor takes no output limit, so it is fed little at a time."""

LZMA_MEMORY = 256_000_000
"""Bytes an xz file may ask for; `xz -9` asks for 65 MB."""

COMPRESSED_SUFFIXES = (".gz", ".xz", ".zst", ".bz2")


class _Decompressor(Protocol):
    """What the decompressors of four libraries have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def hungry(self) -> bool: ...

    def feed(self, data: bytes) -> bytes: ...


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def hungry(self) -> bool:
        return not self._inner.unconsumed_tail

    def feed(self, data: bytes) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, CHUNK)


class _Xz:
    def __init__(self) -> None:
        self._inner = lzma.LZMADecompressor(memlimit=LZMA_MEMORY)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def hungry(self) -> bool:
        return self._inner.needs_input

    def feed(self, data: bytes) -> bytes:
        return self._inner.decompress(data, CHUNK)


class _Bzip2(_Xz):
    def __init__(self) -> None:
        self._inner = bz2.BZ2Decompressor()  # type: ignore[assignment]  # same methods, no common base


class _Zstd:
    def __init__(self) -> None:
        import zstandard

        self._inner = zstandard.ZstdDecompressor().decompressobj()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def hungry(self) -> bool:
        return True

    def feed(self, data: bytes) -> bytes:
        import zstandard

        try:
            return self._inner.decompress(data)
        except zstandard.ZstdError as exc:
            raise RefusedError("truncated", f"damaged zstd data: {exc}") from exc


_MAGIC: tuple[tuple[bytes, Callable[[], _Decompressor], int], ...] = (
    (b"\x1f\x8b\x08", _Gzip, CHUNK),
    (b"\xfd7zXZ\x00", _Xz, CHUNK),
    (b"BZh", _Bzip2, CHUNK),
    (b"\x28\xb5\x2f\xfd", _Zstd, ZSTD_CHUNK),
)


class _Decompressed(io.RawIOBase):
    """Decompressed view of a stream; concatenated members are one, and a missing end is an error."""

    def __init__(self, source: io.BufferedReader, make: Callable[[], _Decompressor], chunk: int) -> None:
        self._source, self._make, self._chunk = source, make, chunk
        self._member: _Decompressor = make()
        self._rest = b""
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io passes a memoryview
        while not self._ready and self._advance():
            pass
        taken, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def _advance(self) -> bool:
        """Decompress a little more; False at the end of the last member."""
        if self._member.eof and not self._next_member():
            return False
        data = b""
        if self._member.hungry:
            data, self._rest = self._rest or self._source.read1(self._chunk), b""
            if not data:
                raise RefusedError("truncated", "the compressed data ends too early")
        try:
            self._ready = self._member.feed(data)
        except (lzma.LZMAError, zlib.error, OSError, ValueError, EOFError) as exc:
            raise RefusedError("truncated", f"damaged compressed data: {exc}") from exc
        return True

    def _next_member(self) -> bool:
        self._rest = (self._member.unused_data or self._rest or self._source.read1(self._chunk)).lstrip(b"\0")
        if not self._rest:
            return False
        self._member = self._make()
        return True


@contextmanager
def open_stream(source: Path | BinaryIO) -> Generator[io.BufferedReader]:
    """Open a file, or take over a stream, and decompress it if it is compressed.

    Args:
        source: a path, or a binary stream, which is left open.

    Yields:
        A buffered reader whose `peek` shows at least the first bytes.

    Raises:
        RefusedError: `not_found`, `unreadable` or `truncated`.
    """
    if not isinstance(source, Path):
        yield _decompress(_buffered(source))
        return
    try:
        handle: io.BufferedReader = io.BufferedReader(io.FileIO(source), HEAD)
    except FileNotFoundError as exc:
        raise RefusedError("not_found", "no such file") from exc
    except OSError as exc:
        raise RefusedError("unreadable", exc.strerror or str(exc)) from exc
    with handle:
        try:
            yield _decompress(handle)
        except OSError as exc:
            raise RefusedError("unreadable", exc.strerror or str(exc)) from exc


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return cast("io.BufferedReader", stream)
    return io.BufferedReader(_Plain(stream), buffer_size=HEAD)


class _Plain(io.RawIOBase):
    """Any binary stream as a raw one, so that it can be peeked into."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io passes a memoryview
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _decompress(stream: io.BufferedReader) -> io.BufferedReader:
    head = stream.peek(8)[:8]
    for magic, make, chunk in _MAGIC:
        if head.startswith(magic):
            return io.BufferedReader(_Decompressed(stream, make, chunk), buffer_size=HEAD)
    return stream


def read_all(stream: io.BufferedReader, limit: int) -> bytes:
    """All bytes of a stream.

    Raises:
        RefusedError: `too_large` beyond `limit` bytes, without reading them when the file's size tells.
    """
    raw = stream.raw
    if isinstance(raw, io.FileIO) and os.fstat(raw.fileno()).st_size > limit:
        raise RefusedError("too_large", f"more than {limit:,} bytes")
    data = b"".join(_parts(stream, limit + 1))
    if len(data) > limit:
        raise RefusedError("too_large", f"more than {limit:,} bytes")
    return data


def _parts(stream: io.BufferedReader, size: int) -> Iterator[bytes]:
    while size > 0 and (part := stream.read(min(size, 1 << 20))):
        yield part
        size -= len(part)
