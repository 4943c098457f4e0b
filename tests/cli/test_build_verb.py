"""`kg build` as a user runs it: messages, exit codes, signals. Articles are read by a toy reader."""

import io
import json
import signal
import sys

import pytest

from kg.cli.progress import BarWatch, CountingWatch, watching
from kg.graph.stamp import read_stamp
from tests.readers import ToyReader, make_nothing, make_toy


@pytest.fixture(autouse=True)
def _toy(monkeypatch):
    monkeypatch.setattr("kg.build.load_reader", lambda settings: make_toy())


@pytest.fixture
def articles(tmp_path, monkeypatch):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text(
        "---\ntitle: A visit\ndate: 2024-06-27\nsource: VOA\n---\n\nFred Fleitz met Takeo Akiba in Tokyo on Thursday. "
        "They spoke for an hour about the coming summit and its agenda.\n",
        encoding="utf-8",
    )
    (folder / "two.md").write_text(
        "---\ntitle: A denial\ndate: 2024-06-28\nsource: AP\n---\n\nBill Hagerty did not meet Takeo Akiba, his office "
        "said on Friday. The senator had stayed in Washington all week.\n",
        encoding="utf-8",
    )
    (folder / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_build_says_what_it_did(kg, articles):
    result = kg("build", "articles")
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0].startswith("2 articles read, 1 rejected in ")
    assert lines[1] == "    binary: 1"
    assert lines[2] == "graph.kg: 3 entities, 2 claims, 1 proposition"
    again = kg("build", "articles").stderr
    assert again.startswith("0 articles read, 2 unchanged, 1 rejected in ")


def test_a_quiet_build_says_nothing(kg, articles):
    assert kg("-q", "build", "articles").stderr == ""


def test_flags_reach_the_build(kg, articles, tmp_path):
    kg("build", "articles", "--out", "other.kg", "--threshold", "0.95", "--min-sources", "2")
    stamp = read_stamp(tmp_path / "other.kg")
    assert (stamp.threshold, stamp.min_sources, stamp.propositions) == (0.95, 2, 0)


def test_the_environment_reaches_the_build(kg, articles, tmp_path):
    kg("build", "articles", env={"KG_MIN_SOURCES": "2"})
    assert read_stamp(tmp_path / "graph.kg").min_sources == 2


def test_jsonl_on_stdin(kg, articles):
    text = "Fred Fleitz met Takeo Akiba in Tokyo on Thursday. They spoke for an hour about the coming summit."
    line = json.dumps({"id": "x1", "title": "A visit", "text": text})
    assert kg("build", "-", "--date", "2024-06-27", input=line + "\n").stderr.startswith("1 article read")
    assert "x1" in kg("stats", "graph.kg", "--articles").stdout
    assert "2024-06-27" in kg("stats", "graph.kg", "--articles").stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["nowhere"], 3, "no article was found (not_found 1)"),
        (["articles/image.png"], 3, "no article was found (binary 1)"),
        (["articles", "--threshold", "2"], 2, "threshold is 2.0"),
        (["articles", "--workers", "-1"], 2, "workers is -1"),
        (["articles", "--date", "June"], 2, "'June' is no date"),
        ([], 2, "Missing argument"),
    ],
)
def test_wrong_calls_have_their_message_and_code(kg, articles, words, code, message):
    assert message in kg("build", *words, code=code).stderr


def test_what_was_refused_is_named(kg, articles, tmp_path):
    (tmp_path / "none").mkdir()
    said = kg("build", "nowhere", code=3).stderr.splitlines()
    assert said[1].strip().startswith("nowhere: ")
    assert said[2].strip().startswith("graph.kg/rejects.jsonl")
    assert "give files or folders" in kg("build", "none", code=3).stderr


def test_a_missing_pipeline_has_its_code_and_keeps_nothing_half(kg, articles, monkeypatch):
    monkeypatch.setattr("kg.build.load_reader", lambda settings: make_nothing())
    assert "there is no pipeline\n    install one" in kg("build", "articles", code=5).stderr
    monkeypatch.setattr("kg.build.load_reader", lambda settings: make_toy())
    assert kg("build", "articles").stderr.startswith("2 articles read")


def test_a_fault_of_the_reader_is_said(kg, articles):
    (articles / "three.md").write_text(
        "A CRASH is reported here today. It was a long one, they say.\n", encoding="utf-8"
    )
    result = kg("build", "articles")
    assert "reader_failed: 1" in result.stderr
    assert "1 article could not be read because of a fault in kg: see graph.kg/errors.log" in result.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_after_the_article(kg, articles, monkeypatch, number):
    class Interrupted(ToyReader):
        def read(self, article):
            if article.key.endswith("one.md"):
                signal.raise_signal(number)
            return super().read(article)

    monkeypatch.setattr("kg.build.load_reader", lambda settings: Interrupted())
    result = kg("build", "articles", code=130)
    assert "stopping after this article" in result.stderr
    assert "stopped; 1 article read and kept" in result.stderr
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    monkeypatch.setattr("kg.build.load_reader", lambda settings: make_toy())
    assert kg("build", "articles").stderr.startswith("1 article read, 1 unchanged")


def test_a_second_signal_ends_the_run_at_once(kg, articles, monkeypatch):
    class Interrupted(ToyReader):
        def read(self, article):
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            raise AssertionError("it went on")

    monkeypatch.setattr("kg.build.load_reader", lambda settings: Interrupted())
    assert "stopped; 0 articles" in kg("build", "articles", code=130).stderr


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_a_bar_with_rate_and_remaining_time(monkeypatch):
    screen = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    with watching(3) as watch:
        assert isinstance(watch, BarWatch)
        for outcome in ("read", "unchanged", "rejected", "read"):
            watch.article(outcome)
        watch.stage("storing")
        watch.stored(5, 10)
    shown = screen.getvalue()
    assert "Reading articles" in shown
    assert "Storing the graph" in shown
    assert watch.counts == {"read": 2, "unchanged": 1, "rejected": 1}


def test_a_pipe_sees_no_bar(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with watching(3) as watch:
        assert type(watch) is CountingWatch
        watch.article("read")
    assert sys.stderr.getvalue() == ""
