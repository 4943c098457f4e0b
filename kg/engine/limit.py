"""A limit to the time that reading one article may take."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager


class Overtime(BaseException):
    """The time is over. No `Exception`: nothing on its way out may take it for a fault that it knows how to mend."""


@contextmanager
def time_limit(seconds: float) -> Generator[None]:
    """Interrupt what runs within after so many seconds; 0: never.

    The alarm of the process is used, so only its main thread has limits, and none has them where there is no such alarm
    (Windows). A native call that never returns is not interrupted.

    Raises:
        Overtime: within, when the time is over.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise Overtime

    handler = signal.signal(signal.SIGALRM, ring)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)  # of whoever had set an alarm before; 0 sets none
        signal.signal(signal.SIGALRM, handler)
