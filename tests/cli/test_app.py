import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg import __version__
from kg.cli import cli
from kg.cli.app import VERBS
from kg.errors import CheckFailedError, KgError, LockedError, NotFoundError, QueryError


def python(*words, **options):
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, **options)


def test_version(kg):
    assert kg("--version").stdout == f"kg {__version__}\n"


def test_every_verb_has_a_short_and_a_long_help(kg):
    listed = kg("--help").stdout
    assert len(VERBS) == 17
    for verb in VERBS:
        command = cli.get_command(click.Context(cli), verb)
        assert f"  {verb} " in listed
        assert command.get_short_help_str()
        assert kg(verb, "--help").stdout.startswith(f"Usage: kg {verb} ")
        assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_an_unknown_verb_is_a_usage_error(kg):
    assert "No such command" in kg("biuld", code=2).stderr


@pytest.mark.parametrize("error", [KgError, QueryError, NotFoundError, LockedError, CheckFailedError])
def test_an_error_is_a_line_a_hint_and_its_code(kg, monkeypatch, error):
    def fail(*args):
        raise error("it went wrong", hint="do it otherwise")

    monkeypatch.setattr("kg.build.load_graph", fail)
    result = kg("stats", "x", code=error.exit_code)
    assert result.stderr == "kg: it went wrong\n    do it otherwise\n"
    assert result.stdout == ""


def test_a_bug_stays_a_traceback(kg, monkeypatch):
    monkeypatch.setattr("kg.build.load_graph", lambda folder: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        kg("stats", "x")


def test_an_interrupt_has_the_shell_s_exit_code(kg, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.build.load_graph", interrupt)
    assert kg("stats", "x", code=130).stderr == "kg: interrupted\n"


def test_errors_are_said_even_to_the_quiet(kg, tmp_path):
    assert "holds no graph" in kg("-q", "stats", tmp_path, code=6).stderr


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["query", "--help"], ["completion", "bash"]])
def test_what_needs_no_library_imports_none(words):
    heavy = {"spacy", "rdflib", "neo4j", "arcadedb", "rich", "prompt_toolkit", "numpy", "pyoxigraph", "trafilatura"}
    code = (
        "import sys\n"
        "from kg.cli import main\n"
        f"sys.argv = ['kg', *{words!r}]\n"
        "try:\n    main()\n"
        f"finally:\n    print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)\n"
    )
    assert python("-c", code).stderr == "[]\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
def test_a_reader_that_goes_away_is_no_error(toy_graph):
    code = f"{sys.executable} -m kg export {toy_graph} | head -c 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout[0] == "{"
    assert done.stdout[1:].strip() in ("0", "141")  # the export may be done before the pipe is closed


def test_a_closed_pipe_has_the_shell_s_exit_code(kg, monkeypatch):
    def closed(*args):
        raise BrokenPipeError

    monkeypatch.setattr("kg.build.load_graph", closed)
    monkeypatch.setattr("kg.cli.app._forget_stdout", lambda: None)
    assert kg("stats", "x", code=141).stderr == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_kg(kg, shell):
    assert "_KG_COMPLETE" in kg("completion", shell).stdout


def test_completion_knows_the_running_shell(kg):
    assert kg("completion", env={"SHELL": "/usr/bin/zsh"}).stdout == kg("completion", "zsh").stdout
    assert "no completion for shell 'tcsh'" in kg("completion", env={"SHELL": "/bin/tcsh"}, code=2).stderr


def test_completion_offers_verbs():
    environ = {**os.environ, "_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg ex", "COMP_CWORD": "1"}
    assert python("-m", "kg", env=environ).stdout.split() == ["plain,explain", "plain,export"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("words", ["query {} 'MATCH (n) RETURN n.id' -f csv", "export {}", "stats {}"])
def test_a_full_disk_is_no_bug(toy_graph, words):
    code = f"{sys.executable} -m kg {words.format(toy_graph)} > /dev/full"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "kg: the output cannot be written: the disk is full")


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_a_graph_that_may_only_be_read_is_read(own_graph):
    for path in (*own_graph.rglob("*"), own_graph):
        path.chmod(path.stat().st_mode & ~0o222)
    command = [sys.executable, "-m", "kg"]
    if os.geteuid() == 0:  # root writes where it likes, unless it gives that up
        if not shutil.which("setpriv"):
            pytest.skip("root, and no setpriv")
        given_up = "-dac_override,-dac_read_search"
        command = ["setpriv", "--bounding-set", given_up, "--inh-caps", given_up, *command]

    def run(*words):
        return subprocess.run([*command, *words], capture_output=True, text=True, check=False)

    try:
        assert "3" in run("stats", str(own_graph)).stdout
        assert len(run("export", str(own_graph)).stdout.splitlines()) >= 4
        asked = run("query", str(own_graph), "RETURN 1 AS n")
        assert (asked.returncode, asked.stdout) == (7, "")
        assert "must be writable, also for queries" in asked.stderr
    finally:
        for path in (own_graph, *own_graph.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)
