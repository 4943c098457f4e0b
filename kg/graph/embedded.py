"""The embedded graph of a folder: a projection that can be deleted at any time and is made again.

Each build makes a new folder `embedded/g-...` and then names it in `embedded/current` by one atomic rename, so that a
build that dies leaves the graph that was there. Whoever has a graph open holds a lock on that graph, not on the folder:
queries and builds do not wait for each other, and a build deletes earlier graphs only when nobody has them open.
"""

import secrets
import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import LockedError, NotFoundError, StoreError
from kg.graph.arcade import User, run_engine
from kg.graph.load import Loaded, Progress, load
from kg.graph.lock import locked
from kg.model import Graph
from kg.schema import Schema

if TYPE_CHECKING:
    from neo4j import Driver

FOLDER = "embedded"
DATABASE = "kg"
SERVED = "neo4j"
"""Name of user and database of a served graph: what clients of Neo4j take if nobody says otherwise."""

_CURRENT, _STATE, _LOG, _PREFIX, _LOCK = "current", "state", "log", "g-", "lock-"


@dataclass(frozen=True, slots=True)
class Served:
    """A graph that clients can ask.

    Attributes:
        uri: `bolt://127.0.0.1:PORT`.
        user: may read, and nothing else.
        state: of the record that it was made from.
    """

    uri: str
    user: User
    state: str


def build_embedded(
    folder: Path, graph: Graph, schema: Schema, *, state: str = "", progress: Progress | None = None
) -> Loaded:
    """Build the embedded graph of a folder anew, and swap it in when it is complete.

    Args:
        folder: the graph's folder (`graph.kg`).
        graph: what it shall hold.
        schema: labels, types and constraints.
        state: of the record it was made from (`Record.state`); `embedded_state` gives it back.
        progress: called with elements done and elements in all.

    Raises:
        LockedError: another process builds it.
        StoreError: it cannot be written.
    """
    home = folder / FOLDER
    with locked(folder), _writing(home):
        home.mkdir(parents=True, exist_ok=True)
        new = home / f"{_PREFIX}{secrets.token_hex(4)}"
        try:
            with locked(folder, _lock(new.name)):
                new.mkdir()
                with (
                    run_engine(new, DATABASE, log=home / _LOG, create=True) as engine,
                    engine.connect(write=True) as driver,
                ):
                    loaded = load(driver, graph, schema, fresh=True, progress=progress)
                (new / _STATE).write_text(state, encoding="ascii")
            _swap(home, new)
        finally:
            _sweep(folder)
    return loaded


@contextmanager
def open_embedded(folder: Path, *, write: bool = False, timeout: float = 0) -> "Generator[Driver]":
    """Start the embedded graph of a folder and connect to it; it stops when the block ends.

    Args:
        folder: the graph's folder (`graph.kg`).
        write: log in as a user who may change the graph; otherwise the engine refuses every change.
        timeout: seconds that a query may take; 0: no limit.

    Raises:
        NotFoundError: the folder holds no embedded graph.
        LockedError: another process has it open.
        StoreError: it does not start.
    """
    with (
        _held(folder) as graph,
        run_engine(graph, DATABASE, log=folder / FOLDER / _LOG) as engine,
        engine.connect(write=write) as driver,
    ):
        engine.limit(timeout)
        yield driver


@contextmanager
def serve_embedded(folder: Path, password: str, *, port: int = 0, timeout: float = 0) -> Generator[Served]:
    """Serve a copy of the embedded graph to clients of Neo4j on loopback; it stops when the block ends.

    It is a copy, so that the graph can be asked and built meanwhile, and is safe from whatever clients do.

    Args:
        folder: the graph's folder (`graph.kg`).
        password: of the user who may read.
        port: 0 for a free one.
        timeout: seconds that a query may take; 0: no limit.

    Raises:
        NotFoundError: the folder holds no embedded graph.
        LockedError: another process has it open just now.
        StoreError: it does not start, or the port is taken.
    """
    home = folder / FOLDER
    copy = home / f"{_PREFIX}{secrets.token_hex(4)}"
    with ExitStack() as stack:
        with _held(folder) as graph, _writing(home):
            stack.callback((folder / _lock(copy.name)).unlink, missing_ok=True)
            stack.enter_context(locked(folder, _lock(copy.name)))  # so that no build takes it for one that broke off
            stack.callback(shutil.rmtree, copy, ignore_errors=True)
            shutil.copytree(graph, copy, ignore=shutil.ignore_patterns("config", _LOG))
            (copy / "databases" / DATABASE).rename(copy / "databases" / SERVED)
        user = User(SERVED, password)
        engine = stack.enter_context(run_engine(copy, SERVED, log=home / _LOG, reader=user, port=port))
        engine.limit(timeout)
        yield Served(engine.uri, user, (copy / _STATE).read_text(encoding="ascii"))


def embedded_state(folder: Path) -> str:
    """State of the record that the embedded graph was made from; "" when there is none, or it is not said."""
    try:
        return (_current(folder) / _STATE).read_text(encoding="ascii")
    except (NotFoundError, OSError, UnicodeDecodeError):
        return ""


def _current(folder: Path) -> Path:
    home = folder / FOLDER
    try:
        name = (home / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if not name.startswith(_PREFIX) or "/" in name or "\\" in name or not (home / name).is_dir():
        raise NotFoundError(f"{folder} holds no embedded graph", hint=f"make it: kg build --out {folder}")
    return home / name


def _swap(home: Path, new: Path) -> None:
    """From here on, `new` is the graph."""
    pointer = home / f"{_CURRENT}.new"
    pointer.write_text(new.name, encoding="ascii")
    pointer.replace(home / _CURRENT)


def _sweep(folder: Path) -> None:
    """Delete what no pointer names and nobody has open: earlier graphs, builds that broke off, copies left behind."""
    home = folder / FOLDER
    with suppress(OSError):
        kept = (home / _CURRENT).read_text(encoding="ascii") if (home / _CURRENT).is_file() else ""
        for name in {path.name.removeprefix(_LOCK) for path in home.glob(f"*{_PREFIX}*")} - {kept}:
            with suppress(LockedError):
                with locked(folder, _lock(name)):
                    shutil.rmtree(home / name, ignore_errors=True)
                (folder / _lock(name)).unlink(missing_ok=True)


@contextmanager
def _held(folder: Path) -> Generator[Path]:
    """The folder of the graph that the pointer names; no build deletes it meanwhile."""
    with ExitStack() as stack:
        graph = _current(folder)
        stack.enter_context(locked(folder, _lock(graph.name)))
        while (current := _current(folder)) != graph:  # a build was quicker
            stack.pop_all().close()
            graph = current
            stack.enter_context(locked(folder, _lock(graph.name)))
        yield graph


def _lock(name: str) -> str:
    """Name of the lock of one graph, from the folder."""
    return f"{FOLDER}/{_LOCK}{name}"


@contextmanager
def _writing(home: Path) -> Generator[None]:
    """Say what a full disk or a lack of rights means."""
    try:
        yield
    except OSError as exc:
        raise StoreError(f"{home} cannot be written: {exc.strerror}", hint="check disk space and permissions") from exc
