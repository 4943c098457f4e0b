"""All exceptions that `kg` raises on purpose.

    KgError
    ├── UsageError            2   the call cannot be understood
    ├── InputError            3   nothing usable was given to read
    ├── ConfigError           2   a setting has an impossible value
    ├── DataError             4   a data file of the package is wrong (frames, gazetteer, ontology)
    ├── PipelineError         5   the spaCy pipeline is missing or lacks a component
    ├── RecordError           6   the record cannot be opened, read or written
    ├── StoreError            7   a graph store cannot be reached, or refuses
    │   ├── LockedError       7   another process owns the store
    │   ├── QueryError        8   a Cypher query is wrong, or not allowed
    │   │   └── QueryTimeoutError   11   a query took longer than allowed
    │   └── StoreAuthError    7   user or password refused
    ├── NotFoundError         9   no such entity, claim, article or named query
    └── CheckFailedError     10   `kg check` found differences

Errors of other libraries are turned into one of these at the edge of the room that calls them, with `from`.
Anything else that escapes is a bug and stays a traceback.
"""

from typing import ClassVar


class KgError(Exception):
    """Base of all errors that a user can do something about.

    Args:
        message: what went wrong, one sentence.
        hint: what to do next, one sentence, or "".
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KgError):
    """The call cannot be understood."""

    exit_code = 2


class ConfigError(KgError):
    """A setting has an impossible value."""

    exit_code = 2


class InputError(KgError):
    """Nothing usable was given to read."""

    exit_code = 3


class DataError(KgError):
    """A data file of the package (frames, gazetteer, ontology, queries) is wrong."""

    exit_code = 4


class PipelineError(KgError):
    """The spaCy pipeline is missing, is not English, or lacks a component."""

    exit_code = 5


class RecordError(KgError):
    """The record cannot be opened, read or written."""

    exit_code = 6


class StoreError(KgError):
    """A graph store cannot be reached, or refuses."""

    exit_code = 7


class LockedError(StoreError):
    """Another process owns the embedded graph, or loads into the server."""


class StoreAuthError(StoreError):
    """The store refuses this user or password."""


class QueryError(StoreError):
    """A Cypher query is wrong, or is not allowed."""

    exit_code = 8


class QueryTimeoutError(QueryError):
    """A query took longer than `--timeout` allows."""

    exit_code = 11


class NotFoundError(KgError):
    """No such entity, claim, article or named query."""

    exit_code = 9


class CheckFailedError(KgError):
    """`kg check` found that a view differs from the record."""

    exit_code = 10
