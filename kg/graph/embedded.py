"""The embedded graph: ArcadeDB inside this process behind a loopback Bolt port; the only home of arcadedb.

It is a projection and can be deleted at any time. Each build makes a new folder `embedded/g-...` and then names it in
`embedded/current` by one atomic rename, so that a build that dies leaves the graph that was there. Users are made anew
at every start, with passwords that only this process knows: `reader` may read and nothing else, which the engine
enforces; `root` is for building and for `--write`.
"""

import base64
import hashlib
import json
import os
import secrets
import shutil
import socket
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import NotFoundError, StoreError
from kg.graph.cypher import connect
from kg.graph.load import Loaded, Progress, load
from kg.graph.lock import locked
from kg.model import Graph
from kg.schema import Schema

if TYPE_CHECKING:
    from neo4j import Driver

FOLDER = "embedded"
DATABASE = "kg"

_CURRENT, _STATE, _PREFIX = "current", "state", "g-"
_ITERATIONS = 65_536
"""Of PBKDF2, as the engine expects them; it reads the number from the entry."""
_STARTS = 3


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
        LockedError: another process uses the embedded graph.
        StoreError: it cannot be written.
    """
    with locked(folder):
        home = folder / FOLDER
        new = home / f"{_PREFIX}{secrets.token_hex(4)}"
        try:
            new.mkdir(parents=True)
            with _driver(home, new, "root", create=True) as driver:
                loaded = load(driver, graph, schema, fresh=True, progress=progress)
            (new / _STATE).write_text(state, encoding="ascii")
            _swap(home, new)
        except OSError as exc:
            raise StoreError(
                f"{home} cannot be written: {exc.strerror}", hint="check disk space and permissions"
            ) from exc
        finally:
            _sweep(home)
    return loaded


@contextmanager
def open_embedded(folder: Path, *, write: bool = False) -> "Generator[Driver]":
    """Start the embedded graph of a folder and connect to it; it stops when the block ends.

    Args:
        folder: the graph's folder (`graph.kg`).
        write: log in as a user who may change the graph; otherwise the engine refuses every change.

    Raises:
        NotFoundError: the folder holds no embedded graph.
        LockedError: another process uses it.
        StoreError: it does not start.
    """
    current = _current(folder)
    user = "root" if write else "reader"
    with locked(folder), _driver(folder / FOLDER, current, user) as driver:
        yield driver


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


def _sweep(home: Path) -> None:
    """Delete what no pointer names: earlier graphs, and builds that broke off."""
    with suppress(OSError):
        kept = (home / _CURRENT).read_text(encoding="ascii") if (home / _CURRENT).is_file() else ""
        for path in home.glob(f"{_PREFIX}*"):
            if path.name != kept:
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _driver(home: Path, root: Path, user: str, *, create: bool = False) -> "Generator[Driver]":
    """Run the engine over a folder and log in."""
    passwords = {name: secrets.token_urlsafe(24) for name in ("root", "reader")}
    try:
        _quieten(home)
        _write_users(root / "config", passwords)
    except OSError as exc:
        raise StoreError(
            f"{home} cannot be written: {exc.strerror}", hint="the graph's folder must be writable, also for queries"
        ) from exc
    server, port = _started(root, passwords["root"], create=create)
    try:
        with connect(f"bolt://127.0.0.1:{port}", user=user, password=passwords[user]) as driver:
            yield driver
    finally:
        server.stop()


def _started(root: Path, password: str, *, create: bool) -> tuple[Any, int]:
    """The engine, and its Bolt port; another program may take a free port before the engine does."""
    try:
        import arcadedb
    except ImportError as exc:
        raise StoreError(
            f"the embedded graph is not available here: {exc}", hint="load into a Neo4j server: kg load DIR URI"
        ) from exc
    last: Exception | None = None
    for _ in range(_STARTS):
        port = _free_port()
        settings: dict[str, Any] = {
            "mode": "development",  # production mode hides what is wrong with a query
            "host": "127.0.0.1",
            "http_port": _free_port(),
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": port,
            "bolt_defaultDatabase": DATABASE,
        }
        try:
            server = arcadedb.create_server(root_path=str(root.absolute()), root_password=password, config=settings)
            server.start()
            if create:
                server.create_database(DATABASE)
        except arcadedb.ArcadeDBError as exc:
            last = exc
        else:
            return server, port
    raise StoreError(f"the embedded graph does not start: {last}", hint="build it anew: kg build") from last


def _quieten(home: Path) -> None:
    """Keep the engine from the terminal and from folders of others; it reads this once, when it is loaded."""
    log = home / "log"
    log.mkdir(parents=True, exist_ok=True)
    for old in log.glob("server-event-log-*"):
        old.unlink(missing_ok=True)
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(log.absolute()))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_users(config: Path, passwords: dict[str, str]) -> None:
    """Users and groups as the engine reads them at its start."""
    shutil.rmtree(config, ignore_errors=True)
    config.mkdir(mode=0o700)
    everything = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    groups = {
        "admin": _group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], everything),
        "reader": _group([], ["readRecord"]),
        "*": _group([], []),
    }
    users = (("root", {"*": ["admin"]}), ("reader", {DATABASE: ["reader"]}))
    lines = [
        json.dumps({"name": name, "databases": rights, "password": _hash(passwords[name])}) for name, rights in users
    ]
    _write_private(config / "server-groups.json", json.dumps({"databases": {"*": {"groups": groups}}, "version": 2}))
    _write_private(config / "server-users.jsonl", "\n".join(lines) + "\n")


def _group(access: list[str], types: list[str]) -> dict[str, Any]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": types}}}


def _hash(password: str) -> str:
    """As the engine stores it: the base64 text itself is the salt."""
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _ITERATIONS, 32)
    return f"PBKDF2WithHmacSHA256${_ITERATIONS}${salt}${base64.b64encode(key).decode()}"


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
