"""Tables of the record, as steps from one version to the next; a step that was released is never changed."""

APPLICATION_ID = 0x6B670001
"""SQLite's mark for the kind of file: "kg" and a number; `file(1)` shows it."""

_FIRST = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """CREATE TABLE article (
        key TEXT PRIMARY KEY, sha256 TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL, date TEXT NOT NULL,
        url TEXT NOT NULL, authors TEXT NOT NULL, media_type TEXT NOT NULL, text BLOB NOT NULL) STRICT""",
    """CREATE TABLE reading (
        article TEXT PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
        sha256 TEXT NOT NULL, reader TEXT NOT NULL, body BLOB NOT NULL) STRICT""",
    """CREATE TABLE judgement (
        a TEXT NOT NULL, b TEXT NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
        judge TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (a, b), CHECK (a < b)) STRICT""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
"""MIGRATIONS[n] turns tables of version n into version n + 1."""

SCHEMA_VERSION = len(MIGRATIONS)
