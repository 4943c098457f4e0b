"""The build as a whole: what is read again, what is kept, what a fault costs. Articles are read by a toy reader."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.build import ERRORS, REJECTS, Watch, build, build_from, load_graph, refresh
from kg.config import Settings
from kg.errors import InputError, PipelineError, RecordError
from kg.graph.embedded import embedded_state
from kg.graph.record import Record
from kg.graph.stamp import STAMP, read_stamp
from kg.model import Article, Rejection
from tests.readers import make_nothing, make_toy, make_toy_2

A = Article("a.md", "Fred Fleitz met Takeo Akiba in Tokyo. He left.", source="VOA", date="2024-06-27")
B = Article("b.md", "Bill Hagerty did not meet Takeo Akiba. Robert Gray may meet Chris LaCivita.", source="AP")
C = Article("c.md", "Takeo Akiba met Fred Fleitz.", source="Kyodo", date="2024-07-01")
SETTINGS = Settings()


class Stops(Watch):
    """Stops after some articles."""

    def __init__(self, after):
        self.left = after
        self.stages = []

    def article(self, outcome):
        self.left -= 1
        self.stopped = self.left <= 0

    def stage(self, name):
        self.stages.append(name)


def run(items, out, make=make_toy, settings=SETTINGS, **options):
    return build_from(iter(items), out, settings, make_reader=make, **options)


def rejects(out):
    return [json.loads(line) for line in (out / REJECTS).read_text(encoding="utf-8").splitlines()]


def files(out):
    """All that a build left, but the lock, by name and content."""
    return {p.relative_to(out): p.read_bytes() for p in sorted(out.glob("*")) if p.is_file() and p.name != "lock"}


def test_a_first_build_reads_all_and_counts(tmp_path):
    out = tmp_path / "new" / "graph.kg"
    summary = run([A, Rejection("x.bin", "binary", "an image"), B], out)
    assert (summary.read, summary.unchanged, summary.articles) == (2, 0, 2)
    assert summary.rejected == {"binary": 1}
    assert rejects(out) == [{"path": "x.bin", "reason": "binary", "detail": "an image"}]
    graph = load_graph(out)
    assert (summary.entities, summary.claims) == (len(graph.entities), len(graph.claims)) == (5, 3)
    assert summary.propositions == len(graph.propositions)
    assert not (out / ERRORS).exists()


def test_a_second_build_reads_nothing_and_changes_nothing(tmp_path):
    run([A, B], tmp_path)
    before, made = files(tmp_path), embedded_state(tmp_path)
    watch = Stops(after=99)
    summary = run([A, B], tmp_path, watch=watch)
    assert (summary.read, summary.unchanged) == (0, 2)
    assert watch.stages == []
    assert files(tmp_path) == before
    assert embedded_state(tmp_path) == made != ""


def test_only_what_changed_is_read_again(tmp_path):
    run([A, B], tmp_path)
    summary = run([replace(A, text=A.text + " Corrected."), B, C], tmp_path)
    assert (summary.read, summary.unchanged) == (2, 1)


def test_rebuild_and_a_new_reader_read_all_again(tmp_path):
    run([A, B], tmp_path)
    assert run([A, B], tmp_path, rebuild=True).read == 2
    assert run([A, B], tmp_path, make=make_toy_2).read == 2
    assert run([A, B], tmp_path, make=make_toy_2).unchanged == 2


def test_the_order_of_the_articles_does_not_matter(tmp_path):
    run([A, B, C], tmp_path / "1")
    run([C, B, A], tmp_path / "2")
    assert load_graph(tmp_path / "1") == load_graph(tmp_path / "2")


def test_withdrawing_an_article_is_a_build_without_it(tmp_path):
    run([A, B, C], tmp_path / "1")
    run([A, C], tmp_path / "2")
    with Record.open(tmp_path / "1") as record:
        record.withdraw("b.md")
    stamp = refresh(tmp_path / "1")
    assert load_graph(tmp_path / "1") == load_graph(tmp_path / "2")
    assert replace(stamp, reader="") == replace(read_stamp(tmp_path / "2"), reader="")


def test_a_bug_on_one_article_costs_that_article_and_stays_visible(tmp_path):
    summary = run([A, replace(B, text="CRASH"), C], tmp_path)
    assert summary.read == 2
    assert summary.rejected == {"reader_failed": 1}
    assert rejects(tmp_path)[0]["detail"] == "ZeroDivisionError: a bug of the reader"
    log = (tmp_path / ERRORS).read_text(encoding="utf-8")
    assert log.startswith("b.md\nTraceback")
    run([A, C], tmp_path)
    assert not (tmp_path / ERRORS).exists()
    assert rejects(tmp_path) == []


def test_an_article_without_end_costs_that_article(tmp_path):
    settings = Settings(article_seconds=1)
    summary = build_from([A, replace(B, text="HANG"), C], tmp_path, settings, make_reader=make_toy)
    assert (summary.read, summary.rejected) == (2, {"reader_slow": 1})
    assert rejects(tmp_path)[0]["path"] == "b.md"


def test_a_failing_reader_leaves_the_earlier_reading(tmp_path):
    run([A], tmp_path)
    graph = load_graph(tmp_path)
    with pytest.raises(InputError, match="reader_failed 1"):
        run([replace(A, text="CRASH")], tmp_path)
    assert load_graph(tmp_path) == graph


def test_a_stopped_build_keeps_what_it_read_and_the_next_goes_on(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run([A, Rejection("x", "empty"), B, C], tmp_path / "1", watch=Stops(after=2))
    with Record.open(tmp_path / "1", readonly=True) as record:
        assert [article.key for article in record.articles()] == ["a.md"]
    assert rejects(tmp_path / "1") == [{"path": "x", "reason": "empty", "detail": ""}]
    summary = run([A, B, C], tmp_path / "1")
    assert (summary.read, summary.unchanged) == (2, 1)
    run([A, B, C], tmp_path / "2")
    assert load_graph(tmp_path / "1") == load_graph(tmp_path / "2")


def test_a_build_stopped_while_the_graph_is_stored_leaves_the_old_one(tmp_path):
    class StopsStoring(Watch):
        def stage(self, name):
            self.stopped = name == "storing"

    run([A], tmp_path)
    before, made = read_stamp(tmp_path), embedded_state(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run([A, B, C], tmp_path, watch=StopsStoring())
    assert (read_stamp(tmp_path), embedded_state(tmp_path)) == (before, made)
    assert run([A, B, C], tmp_path).unchanged == 3
    assert embedded_state(tmp_path) != made


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.build import Watch, build_from
from kg.config import Settings
from tests.readers import make_toy
from tests.test_build import many

class Kills(Watch):
    seen = 0
    def article(self, outcome):
        self.seen += 1
        if self.seen == 7:
            os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    build_from(many(), Path(sys.argv[1]), Settings(workers=int(sys.argv[2])), make_reader=make_toy, watch=Kills())
"""


def many():
    return iter([replace(A, key=f"{n:02}.md", date=f"2024-07-{n:02}") for n in range(1, 13)])


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_killed_build_keeps_what_it_read_and_the_next_goes_on(tmp_path, workers):
    root = Path(__file__).parent.parent
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")
    words = [sys.executable, str(tmp_path / "killed.py"), str(tmp_path / "1"), workers]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    summary = run(many(), tmp_path / "1")
    assert (summary.read, summary.unchanged) == (5, 7)
    run(many(), tmp_path / "2")
    assert load_graph(tmp_path / "1") == load_graph(tmp_path / "2")


def test_nothing_to_read_is_an_error_that_says_why(tmp_path):
    with pytest.raises(InputError, match=r"no article was found \(binary 1, empty 2\)") as caught:
        run([Rejection("x", "empty"), Rejection("y", "binary"), Rejection("z", "empty")], tmp_path)
    assert REJECTS in caught.value.hint
    assert len(rejects(tmp_path)) == 3


def test_an_input_that_fails_at_once_leaves_no_folder(tmp_path):
    def broken():
        raise InputError("no such thing")
        yield

    with pytest.raises(InputError, match="no such thing"):
        run(broken(), tmp_path / "graph.kg")
    assert not (tmp_path / "graph.kg").exists()


def test_no_reader_is_made_when_nothing_is_to_be_read(tmp_path):
    with pytest.raises(InputError):
        run([Rejection("x", "empty")], tmp_path, make=make_nothing)
    with pytest.raises(PipelineError):
        run([A], tmp_path, make=make_nothing)


def test_another_policy_draws_other_edges_and_stays_with_the_folder(tmp_path):
    run([A, B, C], tmp_path)
    both = load_graph(tmp_path).propositions
    strict = replace(SETTINGS, min_sources=3)
    assert run([A, B, C], tmp_path, settings=strict).unchanged == 3
    assert read_stamp(tmp_path).policy.min_sources == 3
    assert load_graph(tmp_path).propositions == load_graph(tmp_path, strict).propositions
    assert len(load_graph(tmp_path).propositions) < len(both)
    assert load_graph(tmp_path, SETTINGS).propositions == both


def test_a_damaged_stamp_costs_only_time(tmp_path):
    run([A, B], tmp_path)
    before = read_stamp(tmp_path)
    (tmp_path / STAMP).write_text('{"state": 3', encoding="utf-8")
    assert read_stamp(tmp_path).state == ""
    assert run([A, B], tmp_path).unchanged == 2
    assert read_stamp(tmp_path) == before


def test_workers_make_the_same_graph(tmp_path):
    run([A, B, C], tmp_path / "1")
    run([A, B, C], tmp_path / "2", settings=replace(SETTINGS, workers=2))
    assert load_graph(tmp_path / "1") == load_graph(tmp_path / "2")


def test_a_folder_without_a_record_is_no_graph(tmp_path):
    with pytest.raises(RecordError, match="holds no graph"):
        load_graph(tmp_path)


def test_paths_are_read_and_missing_ones_rejected(tmp_path):
    with pytest.raises(InputError, match="not_found 1"):
        build([str(tmp_path / "nowhere")], tmp_path / "graph.kg", SETTINGS)
