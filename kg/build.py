"""The default pipeline, from paths to a graph. Read this file first.

    read_paths      paths                 -> Article | Rejection          kg.sources
    map_articles    Article               -> Reading, local entities      kg.engine, with the reader of kg.nlp
    record.put      Article, Reading      -> DIR/record.sqlite            kg.graph.record
    resolve         Reading               -> Reading, canonical entities  kg.resolve
    project         all readings          -> Graph                        kg.graph.project
    build_embedded  Graph                 -> DIR/embedded                 kg.graph.embedded

The first three are a stream: an article is committed as soon as it is read, so a run may end at any moment and the
next one goes on from there. The last three are made anew from the whole record, and only if something they depend on
has changed; `DIR/stamp.json` tells.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from kg.config import Settings
from kg.engine import ArticleReader, Failure, map_articles
from kg.errors import InputError
from kg.graph.stamp import Stamp, code_version, read_stamp, replace_text, write_stamp
from kg.model import Article, Graph, Policy, Reading, Rejection, Summary

if TYPE_CHECKING:
    from kg.graph.record import Record

REJECTS, ERRORS = "rejects.jsonl", "errors.log"
"""What DIR holds of the last run."""

_SHOWN = 3


class VersionedReader(ArticleReader, Protocol):
    """A reader whose readings can be told from those of another version."""

    @property
    def version(self) -> str:
        """Changes whenever the same article might be read differently."""
        ...


class Watch:
    """What a caller may see of a build, and its way to stop one; this one sees nothing and never stops."""

    stopped: bool = False
    """Set it to end after the article at hand, or while the graph is stored; what was read is kept."""

    def article(self, outcome: str) -> None:
        """One article is done: `read`, `unchanged` or `rejected`."""

    def stage(self, name: str) -> None:
        """Something other than reading begins: `resolving`, `storing`."""

    def stored(self, done: int, total: int) -> None:
        """So many of all elements of the graph are stored."""


@dataclass(slots=True)
class _Run:
    """Counts and faults of one run."""

    watch: Watch
    read: int = 0
    unchanged: int = 0
    reader: str = ""
    rejections: list[Rejection] = field(default_factory=list[Rejection])
    traces: list[str] = field(default_factory=list[str])

    def done(self, outcome: str) -> None:
        self.read += outcome == "read"
        self.unchanged += outcome == "unchanged"
        self.watch.article(outcome)

    def reject(self, rejection: Rejection, trace: str = "") -> None:
        self.rejections.append(rejection)
        if trace:
            self.traces.append(f"{rejection.path}\n{trace}")
        self.done("rejected")

    @property
    def reasons(self) -> dict[str, int]:
        return dict(sorted(Counter(rejection.reason for rejection in self.rejections).items()))


def build(
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    *,
    rebuild: bool = False,
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
) -> Summary:
    """Read articles into the record of a folder, and bring its graph up to date.

    Args:
        paths: files, folders, glob patterns, or `-` for JSONL on `stdin`.
        out: the folder (`graph.kg`); made if it is not there.
        settings: pipeline, workers, policy, limits.
        rebuild: read again what has not changed.
        stdin: what `-` reads.
        watch: sees the progress, and may stop the run.

    Raises:
        InputError: no article was given; `out` then holds the reasons.
        KeyboardInterrupt: `watch.stopped` was set; the record holds what was read so far.
        KgError: the pipeline, the record or the embedded graph cannot be had.
    """
    from kg.sources import read_paths

    items = read_paths(paths, settings=settings, stdin=stdin)
    return build_from(items, out, settings, rebuild=rebuild, watch=watch)


def build_from(
    items: Iterable[Article | Rejection],
    out: Path,
    settings: Settings,
    *,
    make_reader: Callable[[], VersionedReader] | None = None,
    rebuild: bool = False,
    watch: Watch | None = None,
) -> Summary:
    """`build` for articles that are at hand already, and for any reader."""
    from kg.graph.record import Record

    began, run = time.monotonic(), _Run(watch or Watch())
    items = iter(items)
    first = list(islice(items, 1))  # an input that cannot be read at all fails here, before a folder is made
    make = make_reader or partial(load_reader, settings)
    version = cache(lambda: make().version) if make_reader else cache(partial(_reader_version, out, settings))
    remember = not make_reader and not settings.pipeline
    with Record.open(out, create=True) as record:
        changed = _changed(record, chain(first, items), run, version=None if rebuild else version)
        try:
            _read(record, map_articles(make, changed, workers=settings.workers, seconds=settings.article_seconds), run)
        finally:
            _write_faults(out, run)
        if not run.read and not run.unchanged:
            raise _nothing(run, out)
        policy = Policy(settings.threshold, settings.min_sources)
        stamp = _refresh(out, record, policy, run.watch, reader=run.reader if remember else "")
    return Summary(
        articles=run.read + run.unchanged,
        read=run.read,
        unchanged=run.unchanged,
        rejected=run.reasons,
        entities=stamp.entities,
        claims=stamp.claims,
        propositions=stamp.propositions,
        seconds=time.monotonic() - began,
    )


def refresh(folder: Path, *, watch: Watch | None = None) -> Stamp:
    """Bring the embedded graph of a folder up to date with its record, under the policy of its last build."""
    from kg.graph.record import Record

    with Record.open(folder, readonly=True) as record:
        return _refresh(folder, record, read_stamp(folder).policy, watch or Watch())


def load_graph(folder: Path, settings: Settings | None = None) -> Graph:
    """The graph of a folder's record.

    Args:
        folder: made by `build`.
        settings: threshold and sources of the policy; None: those of the last build.

    Raises:
        RecordError: there is no record, or it cannot be read.
    """
    from kg.graph.record import Record

    policy = Policy(settings.threshold, settings.min_sources) if settings else read_stamp(folder).policy
    with Record.open(folder, readonly=True) as record:
        return _project(record, policy)


@cache
def load_reader(settings: Settings) -> VersionedReader:
    """The reader of the rules, the gazetteer and the pipeline of these settings; loaded once in a process."""
    from kg.nlp.reader import load_reader
    from kg.resolve import load_gazetteer
    from kg.schema import load_schema

    return load_reader(settings, load_gazetteer(), load_schema())


def _changed(
    record: "Record", items: Iterable[Article | Rejection], run: _Run, *, version: Callable[[], str] | None
) -> Iterator[Article]:
    """Articles that the record lacks, or has in another state; with no `version`, all."""
    for item in items:
        _stop_if_told(run.watch)
        if isinstance(item, Rejection):
            run.reject(item)
            continue
        known = record.known(item.key) if version else None
        if version and known and known[0] == item.sha256 and known[1] == version():
            run.done("unchanged")
        else:
            yield item


def _read(record: "Record", outcomes: Iterable[tuple[Article, Reading | Failure]], run: _Run) -> None:
    for article, outcome in outcomes:
        if isinstance(outcome, Failure):
            run.reject(outcome.rejection, outcome.trace or outcome.rejection.detail)
        else:
            record.put(article, outcome)
            run.reader = outcome.reader
            run.done("read")
        _stop_if_told(run.watch)


def _stop_if_told(watch: Watch) -> None:
    if watch.stopped:
        raise KeyboardInterrupt


def _refresh(folder: Path, record: "Record", policy: Policy, watch: Watch, *, reader: str = "") -> Stamp:
    """Make the embedded graph anew, unless record, code and policy are those that it was made from."""
    from kg.graph.embedded import build_embedded, embedded_state
    from kg.schema import load_schema

    last, state, code = read_stamp(folder), record.state(), code_version()
    if (last.state, last.code, last.policy) == (state, code, policy) and embedded_state(folder) == state:
        return last
    watch.stage("resolving")
    graph = _project(record, policy)
    watch.stage("storing")

    def stored(done: int, total: int) -> None:
        _stop_if_told(watch)
        watch.stored(done, total)

    build_embedded(folder, graph, load_schema(), state=state, progress=stored)
    stamp = Stamp(
        state=state,
        code=code,
        reader=reader or (last.reader if last.code == code else ""),
        threshold=policy.threshold,
        min_sources=policy.min_sources,
        entities=len(graph.entities),
        claims=len(graph.claims),
        propositions=len(graph.propositions),
    )
    write_stamp(folder, stamp)
    return stamp


def _project(record: "Record", policy: Policy) -> Graph:
    from kg.graph.project import project
    from kg.resolve import Resolver, load_gazetteer
    from kg.schema import load_schema

    schema = load_schema()
    resolver = Resolver(load_gazetteer(), schema)
    pairs = ((article, resolver.resolve(reading, article)) for article, reading in record.pairs())
    return project(pairs, schema, policy)


def _reader_version(folder: Path, settings: Settings) -> str:
    """Version of the reader, from the stamp if that was written by the same code: loading a reader takes seconds."""
    stamp = read_stamp(folder)
    if not settings.pipeline and stamp.reader and stamp.code == code_version():
        return stamp.reader
    return load_reader(settings).version


def _nothing(run: _Run, folder: Path) -> InputError:
    """Say why there is no article; the first reasons in full."""
    if not run.rejections:
        return InputError("no article was found (the input is empty)", hint="give files or folders that hold articles")
    counts = ", ".join(f"{reason} {count}" for reason, count in run.reasons.items())
    shown = "\n    ".join(f"{r.path}: {r.detail or r.reason}" for r in run.rejections[:_SHOWN])
    return InputError(f"no article was found ({counts})", hint=f"{shown}\n    {folder / REJECTS} has all of them")


def _write_faults(folder: Path, run: _Run) -> None:
    """Leave what was refused in this run, and the tracebacks of what failed, if anything did."""
    replace_text(folder / REJECTS, "".join(json.dumps(asdict(r), ensure_ascii=False) + "\n" for r in run.rejections))
    if run.traces:
        replace_text(folder / ERRORS, "\n".join(run.traces))
    else:
        (folder / ERRORS).unlink(missing_ok=True)
