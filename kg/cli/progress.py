"""Progress of a build: a bar with rate and remaining time on a terminal, silence in a pipe; and Ctrl-C."""

import signal
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from kg.build import Watch
from kg.cli.console import Level, colour, current_level, on_terminal, say

if TYPE_CHECKING:
    from rich.progress import Progress, Task, TaskID
    from rich.text import Text

STAGES = {
    "resolving": "Deciding who is who",
    "storing": "Storing the graph",
}


class CountingWatch(Watch):
    """Counts what is done, and tells at the end of the run; shows nothing meanwhile."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def article(self, outcome: str) -> None:
        """Count an article."""
        self.counts[outcome] += 1

    def stage(self, name: str) -> None:
        """Say what begins, to those who want to hear much."""
        say(f"{STAGES.get(name, name)} ...", level=Level.DETAIL)


class BarWatch(CountingWatch):
    """The same with a progress bar on stderr."""

    def __init__(self, bar: "Progress", total: int | None) -> None:
        super().__init__()
        self._bar = bar
        self._task: TaskID = bar.add_task("Reading articles", total=total)

    def article(self, outcome: str) -> None:
        """Count an article, and move the bar."""
        super().article(outcome)
        task = self._bar.tasks[0]
        # A file may hold many articles: a total of files is a lower bound.
        total = task.total if task.total is None else max(task.total, task.completed + 1)
        self._bar.update(self._task, advance=1, total=total)

    def stage(self, name: str) -> None:
        """Replace the bar's words."""
        self._bar.reset(self._task, description=STAGES.get(name, name), total=None)

    def stored(self, done: int, total: int) -> None:
        """Move the bar over the elements of the graph."""
        self._bar.update(self._task, completed=done, total=total)


@contextmanager
def watching(total: int | None) -> Generator[CountingWatch, None, None]:
    """Watch a build as fits: with a bar if a person looks on.

    Args:
        total: number of inputs, if known.
    """
    if current_level() < Level.NOTE or not on_terminal(sys.stderr):
        watch = CountingWatch()
        with _stopping(watch):
            yield watch
        return
    with _bar() as bar:
        shown = BarWatch(bar, total)
        with _stopping(shown):
            yield shown


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class RateColumn(ProgressColumn):
        """Articles a second."""

        def render(self, task: "Task") -> "Text":
            return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")

    console = Console(stderr=True, no_color=not colour(sys.stderr), highlight=False)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}", style="progress.download"),
        RateColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console, transient=True)


@contextmanager
def _stopping(watch: Watch) -> Generator[None, None, None]:
    """Let the first Ctrl-C (or SIGTERM) end the run after the article at hand, and the second at once."""

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
        if watch.stopped:
            raise KeyboardInterrupt
        watch.stopped = True
        say("\nkg: stopping after this article; press Ctrl-C again to stop at once", level=Level.ERROR)

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
