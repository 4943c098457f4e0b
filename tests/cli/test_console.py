import sys

import pytest

from kg.cli.console import clean, colour, emit, on_terminal, say, write_table


class Terminal:
    def __init__(self, stream):
        self.stream = stream

    def isatty(self):
        return True

    def __getattr__(self, name):
        return getattr(self.stream, name)


def pretend_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys, "stdout", Terminal(sys.stdout))


@pytest.mark.parametrize("bad", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x00", "\r", "\ud800"])
def test_nothing_of_an_article_steers_the_terminal(bad, capsys):
    assert clean(f"a{bad}[31mb") == "a�[31mb"
    emit(f"a{bad}b")
    say(f"a{bad}b")
    write_table(("x",), [(f"a{bad}b",)])
    captured = capsys.readouterr()
    assert bad not in captured.out + captured.err


def test_ordinary_text_stays():
    text = "Äquator — 東京\t«ok»\n‘quoted’ é"
    assert clean(text) == text


def test_a_piped_table_is_aligned_and_whole(capsys):
    long = "x" * 300
    write_table(("name", "n"), [("東京", "1"), (long, "22"), ("two\nlines", "")], title="Title")
    title, head, rule, wide, row, lines = capsys.readouterr().out.splitlines()
    assert title == "Title"
    assert head.index("n", 1) == 302
    assert rule == "-" * 300 + "  --"
    assert wide == "東京" + " " * 298 + "1"
    assert row == long + "  22"
    assert lines == "two lines"


def test_a_table_on_a_terminal_is_drawn_without_reading_markup(monkeypatch, capsys):
    pretend_terminal(monkeypatch)
    write_table(("name",), [("[red]x[/red]",)])
    drawn = capsys.readouterr().out
    assert "[red]x[/red]" in drawn
    assert "─" in drawn


def test_colours_only_on_a_terminal_that_wants_them(monkeypatch):
    pretend_terminal(monkeypatch)
    assert on_terminal()
    assert colour()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not colour()
