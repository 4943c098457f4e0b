"""A lock file that says who holds it; freed by the system when the process ends, however it ends."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import LockedError, StoreError

FILE = "lock"


@contextmanager
def locked(folder: Path, name: str = FILE) -> Generator[None]:
    """Own something of a folder while the block runs.

    Args:
        folder: a graph's.
        name: of the lock file in it.

    Raises:
        LockedError: another process (or another part of this one) owns it.
        StoreError: the folder cannot be written.
    """
    try:
        handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as exc:
        raise StoreError(
            f"{folder} cannot be locked: {exc.strerror}", hint="the graph's folder must be writable, also for queries"
        ) from exc
    try:
        if not _try_lock(handle):
            raise LockedError(
                f"{folder} is in use by {_holder(handle)}",
                hint="close that shell or notebook, or wait for that build; for several at once: kg serve-bolt DIR",
            )
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0) if sys.platform != "win32" else None
        yield
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    if sys.platform == "win32":
        return "another process"
    pid = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
    if not pid:
        return "another process"
    return "this process already" if pid == str(os.getpid()) else f"process {pid}"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
