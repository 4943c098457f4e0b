"""ArcadeDB inside this process, over a folder, behind Bolt on loopback; the only home of arcadedb.

Users are made anew at every start: `root` may do everything and its password is known to this process alone; the reader
may read and nothing else, which the engine enforces.
"""

import base64
import hashlib
import json
import os
import secrets
import shutil
import socket
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.graph.cypher import connect

if TYPE_CHECKING:
    from neo4j import Driver

HOST = "127.0.0.1"
"""No other address is ever listened on."""

_ITERATIONS = 65_536
"""Of PBKDF2, as the engine expects them; it reads the number from the entry."""
_STARTS = 3
_QUERIES = 100
"""At once; an answer that its client has not fetched to the end counts. By default it is twice the number of cores, and
further queries wait for half a minute and fail."""


@dataclass(frozen=True, slots=True)
class User:
    """Who logs in."""

    name: str
    password: str

    @classmethod
    def random(cls, name: str) -> "User":
        """A user with a password that nobody can guess."""
        return cls(name, secrets.token_urlsafe(24))


@dataclass(frozen=True, slots=True)
class Engine:
    """A running engine.

    Attributes:
        uri: `bolt://127.0.0.1:PORT`.
        root: may do everything.
        reader: may read.
        database: its database, in this process.
    """

    uri: str
    root: User
    reader: User
    database: Any = field(repr=False)

    def connect(self, *, write: bool = False) -> "Driver":
        """A driver that is logged in as the reader, or as root."""
        user = self.root if write else self.reader
        return connect(self.uri, user=user.name, password=user.password)

    def limit(self, seconds: float) -> None:
        """End every query that takes longer; 0 is no limit.

        It is a setting of the database, which outlives this process: the engine heeds neither the limit that a driver
        sends nor a setting of the server (26.11).
        """
        self.database.command("sql", f"ALTER DATABASE `arcadedb.command.timeout` {ceil(seconds * 1000)}")


@contextmanager
def run_engine(
    root: Path, database: str, *, log: Path, create: bool = False, reader: User | None = None, port: int = 0
) -> Generator[Engine]:
    """Run the engine over a folder while the block lasts.

    Args:
        root: the engine's folder; `root/databases/DATABASE` holds the data.
        database: its name.
        log: folder of the engine's log.
        create: make the database.
        reader: whoever may read; one with a random password by default.
        port: of Bolt; 0 for a free one.

    Raises:
        StoreError: the engine does not start, the port is taken, or the folder cannot be written.
    """
    admin, reader = User.random("root"), reader or User.random("reader")
    try:
        _prepare(log)
        _write_users(root / "config", database, admin, reader)
    except OSError as exc:
        raise StoreError(
            f"{root} cannot be written: {exc.strerror}", hint="the graph's folder must be writable, also for queries"
        ) from exc
    server, port = _started(root, database, admin.password, port, create=create)
    try:
        yield Engine(f"bolt://{HOST}:{port}", admin, reader, server.get_database(database))
    finally:
        server.stop()


def _started(root: Path, database: str, password: str, port: int, *, create: bool) -> tuple[Any, int]:
    """The engine, and its Bolt port; another program may take a free port before the engine does."""
    try:
        import arcadedb
    except ImportError as exc:
        raise StoreError(
            f"the embedded graph is not available here: {exc}", hint="load into a Neo4j server: kg load DIR URI"
        ) from exc
    if port and not _is_free(port):
        raise StoreError(f"port {port} is taken", hint="choose another one: --port N; 0 takes a free one")
    last: Exception | None = None
    for _ in range(_STARTS):
        bolt = port or _free_port()
        settings: dict[str, Any] = {
            "mode": "development",  # production mode hides what is wrong with a query
            "host": HOST,
            "http_port": _free_port(),
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_host": HOST,
            "bolt_port": bolt,
            "bolt_defaultDatabase": database,
        }
        try:
            server = arcadedb.create_server(root_path=str(root.absolute()), root_password=password, config=settings)
            server.start()
            if create:
                server.create_database(database)
        except arcadedb.ArcadeDBError as exc:
            last = exc
        else:
            return server, bolt
    raise StoreError(f"the embedded graph does not start: {last}", hint="build it anew: kg build") from last


def _prepare(log: Path) -> None:
    """What the engine reads once, when it is loaded: no word to the terminal or to folders of others; many queries."""
    log.mkdir(parents=True, exist_ok=True)
    for old in log.glob("server-event-log-*"):
        old.unlink(missing_ok=True)
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(log.absolute()))
    os.environ.setdefault("ARCADEDB_NATIVE_ISOLATE_ARGS", f"-Darcadedb.queryMaxConcurrent={_QUERIES}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere the option takes ports that are in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _write_users(config: Path, database: str, root: User, reader: User) -> None:
    """Users and groups as the engine reads them at its start."""
    shutil.rmtree(config, ignore_errors=True)
    config.mkdir(mode=0o700)
    everything = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    groups = {
        "admin": _group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], everything),
        "reader": _group([], ["readRecord"]),
        "*": _group([], []),
    }
    rights = ((root, {"*": ["admin"]}), (reader, {database: ["reader"]}))
    lines = [
        json.dumps({"name": user.name, "databases": groups, "password": _hash(user.password)})
        for user, groups in rights
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
