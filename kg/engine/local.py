"""Read articles in processes of this machine: in order, a bounded number at a time, and no article can stop the run.

Processes are spawned, never forked: a fork copies the threads' locks of native libraries, but not their threads.
"""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Protocol, cast

from kg.engine.limit import Overtime, time_limit
from kg.errors import KgError, PipelineError
from kg.model import Article, Reading, Rejection

WINDOW = 8
"""Articles a worker may be ahead of the oldest one that is still being read: bounds memory, hides uneven lengths."""

FAULTS = ("reader_failed", "reader_slow", "reader_crashed")
"""Reasons of rejections that are faults of the reader: an exception, its time was over, its process died."""

GRACE = 5.0
"""Seconds a worker gets to end by itself."""


class ArticleReader(Protocol):
    """What turns an article into a reading; `kg.nlp` has it."""

    def read(self, article: Article) -> Reading:
        """The reading of one article."""
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read: a fault of the reader, not of the article.

    Attributes:
        rejection: its reason is one of `FAULTS`.
        trace: the traceback, or "".
    """

    rejection: Rejection
    trace: str = ""


MakeReader = Callable[[], ArticleReader]


def map_articles(
    make_reader: MakeReader, articles: Iterable[Article], *, workers: int = 1, seconds: float = 0
) -> Iterator[tuple[Article, Reading | Failure]]:
    """Read articles, in order.

    Args:
        make_reader: called once in each process, when there is something to read; picklable if `workers` is not 1.
        articles: taken lazily, at most `WINDOW` a worker ahead.
        workers: processes; 1 reads in this one, 0 means one per core.
        seconds: that one article may take; 0: no limit (see `time_limit`).

    Yields:
        Each article with its reading, or with the failure that took its place.

    Raises:
        KgError: whatever `make_reader` raises.
    """
    count = workers or available_cores()
    if count == 1:
        yield from _read_here(make_reader, articles, seconds)
        return
    pool = _Pool(make_reader, count, seconds)
    try:
        yield from pool.run(articles)
    finally:
        pool.close()


def available_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _read_here(
    make_reader: MakeReader, articles: Iterable[Article], seconds: float
) -> Iterator[tuple[Article, Reading | Failure]]:
    reader: ArticleReader | None = None
    for article in articles:
        reader = reader or make_reader()
        yield article, _read(reader, article, seconds)


def _read(reader: ArticleReader, article: Article, seconds: float) -> Reading | Failure:
    try:
        with time_limit(seconds):
            return reader.read(article)
    except Overtime:
        detail = f"not read in {seconds:g} seconds ({len(article.text)} characters)"
        return Failure(Rejection(article.key, "reader_slow", detail), traceback.format_exc())
    except Exception as exc:  # noqa: BLE001 - a bug on one article must not cost the others; it is logged and counted
        detail = f"{type(exc).__name__}: {exc}".partition("\n")[0][:300]
        return Failure(Rejection(article.key, "reader_failed", detail), traceback.format_exc())


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    ready: bool = False
    job: int | None = None


class _Pool:
    """Workers with one article each in hand; a dead one costs the article it had, and is replaced."""

    def __init__(self, make_reader: MakeReader, count: int, seconds: float) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._make_reader = make_reader
        self._count = count
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._articles: dict[int, Article] = {}
        self._outcomes: dict[int, Reading | Failure] = {}
        self._waiting: list[int] = []

    def run(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Reading | Failure]]:
        """Yield outcomes in the order of the articles."""
        source = enumerate(articles)
        due = 0
        more = True
        while more or self._articles:
            while more and len(self._articles) < WINDOW * self._count and not self._waiting:
                number, article = next(source, (-1, None))
                more = article is not None
                if article is not None:
                    self._articles[number] = article
                    self._waiting.append(number)
                    self._assign()
            if self._articles:
                self._collect()
            while due in self._outcomes:
                yield self._articles.pop(due), self._outcomes.pop(due)
                due += 1

    def close(self) -> None:
        """End all workers, at once those that are busy."""
        for worker in self._workers:
            if worker.job is None and worker.ready:
                _send(worker, None)
            else:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join(GRACE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.connection.close()
        self._workers.clear()

    def _assign(self) -> None:
        """Give waiting articles to idle workers, starting more if there are too few."""
        idle = [worker for worker in self._workers if worker.job is None]
        while self._waiting and (idle or len(self._workers) < self._count):
            worker = idle.pop() if idle else self._start()
            worker.job = self._waiting.pop(0)
            if worker.ready:
                _send(worker, self._articles[worker.job])

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        work = (self._make_reader, theirs, self._seconds)
        process = self._context.Process(target=_serve, args=work, daemon=True, name="kg-reader")
        process.start()
        theirs.close()  # so that the end of the process is the end of the pipe
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _collect(self) -> None:
        """Wait for at least one answer, and hand out new work."""
        by_connection = {worker.connection: worker for worker in self._workers if worker.job is not None}
        for connection in wait(list(by_connection)):
            self._receive(by_connection[cast("Connection", connection)])
        self._assign()

    def _receive(self, worker: _Worker) -> None:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if isinstance(answer, Exception):
            raise answer
        if worker.job is not None and worker.ready:
            self._outcomes[worker.job] = answer
            worker.job = None
        elif worker.job is not None:  # its reader is made: it can have the article that was meant for it
            worker.ready = True
            _send(worker, self._articles[worker.job])

    def _bury(self, worker: _Worker) -> None:
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        code = worker.process.exitcode
        if not worker.ready:
            raise PipelineError(
                f"a reading process died while it started (exit code {code})", hint="try --workers 1 to see why"
            )
        if worker.job is not None:
            key = self._articles[worker.job].key
            cause = Rejection(key, "reader_crashed", f"the process that read it died (exit code {code})")
            self._outcomes[worker.job] = Failure(cause)


def _send(worker: _Worker, message: Article | None) -> None:
    try:
        worker.connection.send(message)
    except OSError:
        # It died while idle: the next receive finds the closed pipe, and buries it.
        return


def _serve(make_reader: MakeReader, connection: Connection, seconds: float) -> None:
    """Body of a worker: make a reader, say so, answer articles until told to end or left alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    try:
        reader = make_reader()
    except KgError as exc:
        connection.send(exc)
        return
    except Exception:  # noqa: BLE001 - a bug, to be raised in the parent with its traceback
        connection.send(RuntimeError(f"the reader could not be made:\n{traceback.format_exc()}"))
        return
    try:
        connection.send(None)
        while (article := connection.recv()) is not None:
            connection.send(_read(reader, article, seconds))
    except (EOFError, OSError):
        return  # the parent is gone
