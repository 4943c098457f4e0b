"""The record: one SQLite file that holds articles, readings and judgements, and from which all else is made.

Each article is written in one transaction, together with what was read from it. A process that dies at any moment
leaves the articles that were written before; the next build goes on from there.
"""

import errno
import hashlib
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from kg.errors import NotFoundError, RecordError
from kg.graph.codec import CodecError, article_fields, article_from, decode_reading, encode_reading
from kg.graph.migrations import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION
from kg.model import Article, Reading

FILE = "record.sqlite"
BUSY_MS = 10_000
"""How long a writer waits for another one; a build's transactions last milliseconds."""

_ARTICLE = "sha256, title, source, date, url, authors, media_type, text"
_HINTS = {
    sqlite3.SQLITE_BUSY: ("is locked by another process", "wait until the other build has finished"),
    sqlite3.SQLITE_LOCKED: ("is locked by another process", "wait until the other build has finished"),
    sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "make room and run the same command again"),
    sqlite3.SQLITE_READONLY: ("cannot be written", "check the permissions of file and folder"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check the permissions of file and folder"),
    sqlite3.SQLITE_PERM: ("cannot be opened", "check the permissions of file and folder"),
    sqlite3.SQLITE_NOTADB: ("is not a record of kg", "give the folder that `kg build --out` wrote"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "restore a copy, or build into a new folder"),
    sqlite3.SQLITE_IOERR: ("cannot be read or written: the disk reports an error", "check the disk"),
}


class Record:
    """Articles with what was read from them, by key.

    Made by `Record.open`; a context manager. Not to be shared between threads.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, readonly: bool = False) -> Self:
        """Open the record of a graph folder, and bring its tables up to date.

        Args:
            folder: the graph's folder (`graph.kg`).
            create: make folder and record where there are none.
            readonly: write nothing, not even to update the tables.

        Raises:
            RecordError: no record there, of a newer version, damaged, locked or without permission.
        """
        path = folder / FILE
        if create and not readonly:
            _make_folder(folder)
        elif not path.is_file():
            raise RecordError(f"{folder} holds no graph", hint=f"build one: kg build ARTICLES --out {folder}")
        with _mapped(path):
            connection = _connect(path, readonly=readonly)
            try:
                _prepare(connection, path, readonly=readonly)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def close(self) -> None:
        """Let go of the file."""
        with _mapped(self.path):
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def known(self, key: str) -> tuple[str, str] | None:
        """Hash of the article that was read under this key and the reader's version, or None."""
        row = self._one("SELECT sha256, reader FROM reading WHERE article = CAST(? AS TEXT)", key)
        return (row[0], row[1]) if row else None

    def put(self, article: Article, reading: Reading) -> None:
        """Keep an article and its reading, in place of what the key held before; all or nothing.

        Raises:
            RecordError: the record cannot be written.
            ValueError: the reading is of another article.
        """
        if (reading.article, reading.sha256) != (article.key, article.sha256):
            raise ValueError(f"reading of {reading.article!r} put with article {article.key!r}")
        key, body = _bytes(article.key), encode_reading(reading)
        fields, text = article_fields(article)
        with _mapped(self.path), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("DELETE FROM article WHERE key = CAST(? AS TEXT)", (key,))
            self._db.execute(
                f"INSERT INTO article (key, {_ARTICLE}) VALUES ({'CAST(? AS TEXT), ' * 8}?)",  # noqa: S608 - constants
                (key, *map(_bytes, fields), text),
            )
            self._db.execute(
                "INSERT INTO reading (article, sha256, reader, body) VALUES (CAST(? AS TEXT), ?, ?, ?)",
                (key, reading.sha256, reading.reader, body),
            )

    def withdraw(self, key: str) -> None:
        """Forget an article and all that was read from it.

        Raises:
            NotFoundError: no such article.
            RecordError: the record cannot be written.
        """
        with _mapped(self.path), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            gone = self._db.execute("DELETE FROM article WHERE key = CAST(? AS TEXT)", (_bytes(key),))
        if gone.rowcount == 0:
            raise NotFoundError(f"no article {key!r} in {self.path.parent}", hint="see the keys: kg stats --articles")

    def article(self, key: str) -> Article:
        """The article of this key.

        Raises:
            NotFoundError: no such article.
        """
        row = self._one(f"SELECT {_ARTICLE} FROM article WHERE key = CAST(? AS TEXT)", key)  # noqa: S608
        if row is None:
            raise NotFoundError(f"no article {key!r} in {self.path.parent}")
        with _mapped(self.path):
            return article_from(key, row)

    def reading(self, key: str) -> Reading:
        """What was read from the article of this key.

        Raises:
            NotFoundError: no such article.
        """
        row = self._one("SELECT body FROM reading WHERE article = CAST(? AS TEXT)", key)
        if row is None:
            raise NotFoundError(f"no reading of {key!r} in {self.path.parent}")
        with _mapped(self.path):
            return decode_reading(row[0])

    def keys(self) -> list[str]:
        """Keys of all articles, sorted."""
        return [row[0] for row in self._rows("SELECT key FROM article ORDER BY key")]

    def articles(self) -> Iterator[Article]:
        """All articles, by key."""
        for key, *row in self._rows(f"SELECT key, {_ARTICLE} FROM article ORDER BY key"):  # noqa: S608
            with _mapped(self.path):
                yield article_from(key, tuple(row))

    def readings(self) -> Iterator[Reading]:
        """All readings, by key of their article."""
        for (body,) in self._rows("SELECT body FROM reading ORDER BY article"):
            with _mapped(self.path):
                yield decode_reading(body)

    def pairs(self) -> Iterator[tuple[Article, Reading]]:
        """Each article with its reading, by key."""
        columns = ", ".join(f"a.{c}" for c in _ARTICLE.split(", "))
        query = f"SELECT a.key, r.body, {columns} FROM article a JOIN reading r ON r.article = a.key ORDER BY a.key"  # noqa: S608
        for key, body, *row in self._rows(query):
            with _mapped(self.path):
                article, reading = article_from(key, tuple(row)), decode_reading(body)
            yield article, reading

    def state(self) -> str:
        """Content hash: changes if and only if articles, readers or judgements do."""
        digest = hashlib.sha256()
        for query in (
            "SELECT article, sha256, reader FROM reading ORDER BY article",
            "SELECT a, b, verdict FROM judgement ORDER BY a, b",
        ):
            for row in self._rows(query):
                digest.update(b"\x1e" + b"\x1f".join(_bytes(cell) for cell in row))
            digest.update(b"\x1d")
        return digest.hexdigest()

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file; [] when nothing."""
        found = [row[0] for row in self._rows("PRAGMA integrity_check(100)") if row[0] != "ok"]
        orphans = list(self._rows("SELECT article FROM reading WHERE article NOT IN (SELECT key FROM article)"))
        unread = list(self._rows("SELECT key FROM article WHERE key NOT IN (SELECT article FROM reading)"))
        found += [f"a reading has lost its article {key!r}" for (key,) in orphans]
        return found + [f"article {key!r} has lost its reading" for (key,) in unread]

    def _one(self, query: str, key: str) -> tuple[Any, ...] | None:
        with _mapped(self.path):
            return cast("tuple[Any, ...] | None", self._db.execute(query, (_bytes(key),)).fetchone())

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        with _mapped(self.path):
            cursor = self._db.execute(query)
        while True:
            with _mapped(self.path):
                row = cast("tuple[Any, ...] | None", cursor.fetchone())
            if row is None:
                return
            yield row


def _bytes(text: str) -> bytes:
    """UTF-8 to be cast to TEXT: sqlite3 binds no lone surrogates. SQLite compares it by code point, as we do."""
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        full = exc.errno == errno.ENOSPC
        raise RecordError(
            f"{folder} cannot be made: {exc.strerror}",
            hint="make room on the disk" if full else "give another folder: --out DIR",
        ) from exc


def _connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    mode = "ro" if readonly else "rwc"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_MS / 1000, isolation_level=None)
    connection.text_factory = _text
    if not readonly:
        return connection
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as exc:
        connection.close()
        refused = exc.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not refused or path.with_name(f"{FILE}-wal").exists():
            raise
        # A folder that cannot be written has no room for SQLite's -shm file; nobody else can be writing there either.
        connection = sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
        connection.text_factory = _text
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, readonly: bool) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not empty and application != APPLICATION_ID:
        raise RecordError(f"{path} is not a record of kg", hint="give the folder that `kg build --out` wrote")
    if version > SCHEMA_VERSION:
        raise RecordError(
            f"{path} was written by a newer kg (tables {version}, this one knows {SCHEMA_VERSION})",
            hint="upgrade: pip install --upgrade foreign-policy-kg",
        )
    if readonly and version < SCHEMA_VERSION:
        raise RecordError(
            f"{path} has tables of an older kg ({version} of {SCHEMA_VERSION})", hint="run kg build on it once"
        )
    if readonly:
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    for statements in MIGRATIONS[version:]:
        _migrate(connection, statements)


def _migrate(connection: sqlite3.Connection, statements: tuple[str, ...]) -> None:
    """One step, all or nothing; another process may have taken it meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        step = MIGRATIONS.index(statements)
        if connection.execute("PRAGMA user_version").fetchone()[0] == step:
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step + 1}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


@contextmanager
def _mapped(path: Path) -> Generator[None]:
    """Turn errors of SQLite and of the codec into RecordError."""
    try:
        yield
    except CodecError as exc:
        raise RecordError(f"{path} holds an entry that cannot be read: {exc}", hint="kg build --rebuild") from exc
    except sqlite3.Error as exc:
        code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
        if code not in _HINTS:
            raise RecordError(f"{path} cannot be used: {exc}") from exc
        message, hint = _HINTS[code]
        raise RecordError(f"{path} {message}", hint=hint) from exc
