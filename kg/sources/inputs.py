"""Which files to read: arguments to paths with keys, in a stable order, safe against loops of links."""

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model import Rejection
from kg.sources.detect import MANY, detect
from kg.sources.raw import COMPRESSED_SUFFIXES, HEAD, open_stream
from kg.sources.refused import RefusedError

STDIN = "-"

MAX_LINKS = 4
"""Links to folders on one path: more are a maze."""

_MAGIC = re.compile(r"[*?\[]")
_CONTAINERS = (".jsonl", ".ndjson", ".json", ".xml", ".rss", ".atom", ".rdf", *COMPRESSED_SUFFIXES)
_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read.

    Attributes:
        path: where it is; `-` for standard input.
        name: as the user would name it.
        key: key of its article, if it holds one: path relative to the folder that was given, else the file name.
    """

    path: Path
    name: str
    key: str


def find_inputs(paths: Sequence[str]) -> Iterator[Input | Rejection]:
    """Expand files, folders (recursively) and globs, in the order given, each sorted by name.

    Hidden files in folders are skipped. A file that is reached twice is given once, under its first key.
    """
    seen: set[str] = set()
    for argument in paths:
        for found in _expand(argument):
            if isinstance(found, Input) and argument != STDIN:
                real = os.path.realpath(found.path)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def count_inputs(paths: Sequence[str]) -> int | None:
    """How many articles and rejections `read_paths` will give, about, for a progress bar.

    Files that hold many articles are counted through (lines of JSONL, entries of feeds).

    Returns:
        The number, or None when it cannot be known beforehand: standard input and pipes.
    """
    total = 0
    for found in find_inputs(paths):
        if isinstance(found, Rejection):
            total += 1
        elif found.path == Path(STDIN) or not found.path.is_file():
            return None
        else:
            total += _count(found.path)
    return total


def _count(path: Path) -> int:
    if not path.name.lower().endswith(_CONTAINERS):
        return 1
    count, last = 0, b"\n"
    try:
        with open_stream(path) as stream:
            form = detect(stream.peek(HEAD)[:HEAD], path.name)
            if form not in MANY:
                return 1
            while chunk := stream.read(1 << 20):
                count += len(_ENTRY.findall(chunk)) if form == "feed" else chunk.count(b"\n")
                last = chunk[-1:]
    except RefusedError:
        return count + 1
    return max(1, count + (form == "jsonl" and last != b"\n"))


def _expand(argument: str) -> Iterator[Input | Rejection]:
    if argument == STDIN:
        yield Input(Path(STDIN), STDIN, STDIN)
        return
    path = Path(argument)
    status = _status(path)
    if isinstance(status, Rejection):
        yield from _glob(argument) if _MAGIC.search(argument) and status.reason == "not_found" else [status]
    elif stat.S_ISDIR(status.st_mode):
        yield from _walk(path, argument)
    else:
        yield Input(path, printable(argument), printable(path.name))


def _status(path: Path) -> os.stat_result | Rejection:
    try:
        return path.stat()
    except OSError as exc:
        return _failed(path, exc)
    except ValueError:  # an embedded NUL
        return Rejection(printable(str(path)), "not_found", "no file can have this name")


def _failed(path: Path, exc: OSError) -> Rejection:
    name = printable(str(path))
    if exc.errno == errno.ELOOP:
        return Rejection(name, "symlink_loop", "the link leads back to itself")
    if exc.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return Rejection(name, "not_found", "broken link" if path.is_symlink() else "no such file or folder")
    return Rejection(name, "unreadable", exc.strerror or str(exc))


@dataclass(frozen=True, slots=True)
class _Found:
    """A file or folder that a walk came upon: with the identities of the folders above it, and how many are links."""

    path: Path
    name: str
    key: str
    above: frozenset[tuple[int, int]] = frozenset()
    links: int = 0


def _walk(folder: Path, name: str) -> Iterator[Input | Rejection]:
    """Files below a folder, sorted by name at each level; keys are relative to it.

    A link to a folder above is a loop. Links are followed `MAX_LINKS` deep, because folders that link to each other
    crosswise have no loop but exponentially many paths.
    """
    pending = [_Found(folder, name, "")]
    while pending:
        found = pending.pop()
        status = _status(found.path)
        if isinstance(status, Rejection):
            yield Rejection(printable(found.name), status.reason, status.detail)
        elif stat.S_ISREG(status.st_mode):
            yield Input(found.path, printable(found.name), found.key)
        elif not stat.S_ISDIR(status.st_mode):
            yield Rejection(printable(found.name), "unreadable", "not a regular file")
        else:
            inside = _list(found, (status.st_dev, status.st_ino))
            if isinstance(inside, Rejection):
                yield inside
            else:
                pending.extend(reversed(inside))


def _list(folder: _Found, identity: tuple[int, int]) -> list[_Found] | Rejection:
    links = folder.links + folder.path.is_symlink()
    if identity in folder.above or links > MAX_LINKS:
        return Rejection(printable(folder.name), "symlink_loop", "the link leads back to a folder that holds it")
    try:
        entries = sorted(path.name for path in folder.path.iterdir())
    except OSError as exc:
        failed = _failed(folder.path, exc)
        return Rejection(printable(folder.name), failed.reason, failed.detail)
    above, prefix = folder.above | {identity}, f"{folder.key}/" if folder.key else ""
    return [
        # joined as text, to keep the user's "./"
        _Found(folder.path / entry, os.path.join(folder.name, entry), prefix + printable(entry), above, links)  # noqa: PTH118
        for entry in entries
        if not entry.startswith(".")
    ]


def _glob(pattern: str) -> Iterator[Input | Rejection]:
    """Files that match, and files below matching folders; keys are relative to the part before the first wildcard."""
    parts = Path(pattern).parts
    first = next(index for index, part in enumerate(parts) if _MAGIC.search(part))
    base = Path(*parts[:first])
    matcher = _translate(parts[first:])
    matched = False
    if base.is_dir():
        for found in _walk(base, str(base)):
            key = found.key if isinstance(found, Input) else Path(found.path).relative_to(base).as_posix()
            if matcher.match(key):
                matched = True
                yield found
    if not matched:
        yield Rejection(printable(pattern), "not_found", "no file matches the pattern")


def _translate(parts: Sequence[str]) -> re.Pattern[str]:
    """Regular expression of a glob, for whole relative paths or folders in front of them."""
    out = ""
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            out += ".*" if last else "(?:[^/]+/)*"
            continue
        out += "".join(_translate_part(piece) for piece in re.findall(r"\[!?\]?[^\]]*\]|.", part, re.DOTALL))
        out += "" if last else "/"
    return re.compile(rf"(?:{out})(?:/|\Z)", re.DOTALL)


def _translate_part(piece: str) -> str:
    if piece == "*":
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if len(piece) > 2 and piece.startswith("["):
        inner = piece[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"[{'^' + inner[1:] if inner.startswith('!') else inner}]"
    return re.escape(piece)


def printable(name: str) -> str:
    r"""A file name as valid text: bytes that are no UTF-8, and control characters, as `\xNN`."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda found: f"\\x{ord(found[0]):02x}", text)
