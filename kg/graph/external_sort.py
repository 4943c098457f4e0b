"""Sort more lines than memory should hold: sorted runs on disk, then one merge."""

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from typing import IO, BinaryIO

RUN = 100_000
"""Lines that are sorted in memory; of a dump about 25 MB."""


def write_sorted(lines: Iterable[bytes], out: BinaryIO) -> None:
    """Write lines in the order of their bytes.

    Args:
        lines: each ending in a newline.
        out: where to; it stays open.
    """
    rest = iter(lines)
    last = sorted(islice(rest, RUN))
    with ExitStack() as stack:
        files: list[IO[bytes]] = []
        while run := sorted(islice(rest, RUN)):
            files.append(stack.enter_context(_kept(last)))
            last = run
        out.writelines(merge(*files, last) if files else last)


def _kept(lines: Iterable[bytes]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.writelines(lines)
    file.seek(0)
    return file
