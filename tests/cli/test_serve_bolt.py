"""`kg serve-bolt`: started, asked, ended."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.graph.cypher import connect, run_query

REPO = Path(__file__).parents[2]
COUNT = "MATCH (a:Article) RETURN count(a) AS n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@contextmanager
def serving(folder: Path, *options: str, **environ: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The process, and what it printed first: address, user, password."""
    command = [sys.executable, "-m", "kg", "serve-bolt", str(folder), "--port", "0", *options]
    env = {**os.environ, "PYTHONPATH": str(REPO), **environ}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline().rstrip("\n") for _ in range(3)]
            assert lines[0], process.stderr.read() if process.stderr else ""
            yield process, [line.split(maxsplit=1)[-1] for line in lines]
        finally:
            process.kill()


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_until_it_is_told_to_end(own_graph: Path, number: int) -> None:
    before = sorted(p.name for p in (own_graph / "embedded").iterdir())
    with serving(own_graph) as (process, (uri, user, password)):
        assert re.fullmatch(r"bolt://127\.0\.0\.1:\d+", uri)
        with connect(uri, user=user, password=password) as driver:
            assert run_query(driver, COUNT).rows == ((3,),)
            process.send_signal(number)
            assert ended(process) == (0, "", f"serving {own_graph} for reading; Ctrl-C ends it\nended\n")
    after = {p.name for p in (own_graph / "embedded").iterdir() if not p.name.startswith("lock-")}
    assert after == {name for name in before if not name.startswith("lock-")}


def test_it_ends_while_a_query_runs(own_graph: Path) -> None:
    with (
        serving(own_graph) as (process, (uri, user, password)),
        connect(uri, user=user, password=password) as driver,
        driver.session() as session,
    ):
        result = session.run("UNWIND range(1, 5000000) AS a UNWIND range(1, 5000000) AS b RETURN a, b")
        assert next(iter(result)).data() == {"a": 1, "b": 1}
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    assert len(list((own_graph / "embedded").glob("g-*"))) == 1


def test_kg_itself_is_a_client(kg, own_graph: Path) -> None:
    with serving(own_graph) as (_, (uri, _, password)):
        assert password.isalnum()  # and so no option to a client that takes it as an argument
        login = {"env": {"KG_NEO4J_PASSWORD": password}}
        assert kg("query", uri, COUNT, "-f", "csv", **login).stdout == "n\n3\n"
        assert kg("query", own_graph, COUNT, "-f", "csv").stdout == "n\n3\n"
        named = ("--named", "encounters", "--format", "jsonl")
        assert kg("query", uri, *named, **login).stdout == kg("query", own_graph, *named).stdout
        assert "not allowed" in kg("query", uri, "CREATE (:Mine)", "--write", code=8, **login).stderr
        assert "not allowed" in kg("unload", uri, code=7, **login).stderr
        kg("check", own_graph, "--server", uri, **login)
        assert "; 0 of them written" in kg("load", own_graph, uri, **login).stderr
        kg("withdraw", own_graph, "one.md")
        assert "not allowed" in kg("load", own_graph, uri, code=7, **login).stderr


def test_a_build_goes_on_meanwhile_and_is_noticed(kg, own_graph: Path) -> None:
    with serving(own_graph) as (process, (uri, user, password)), connect(uri, user=user, password=password) as driver:
        kg("withdraw", own_graph, "one.md")
        assert process.stderr is not None
        while "was built anew" not in (line := process.stderr.readline()):
            assert line, "it ended without a word of the new graph"
        assert run_query(driver, COUNT).rows == ((3,),)
        assert kg("query", own_graph, COUNT, "-f", "csv").stdout == "n\n2\n"
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    assert kg("query", own_graph, COUNT, "-f", "csv").stdout == "n\n2\n"


def test_a_given_password_is_taken_and_not_shown(own_graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("from the file\n", encoding="utf-8")
    for options, environ, word in (
        (("--password-file", str(file)), {"KG_BOLT_PASSWORD": "of the environment"}, "from the file"),
        ((), {"KG_BOLT_PASSWORD": "of the environment"}, "of the environment"),
    ):
        with serving(own_graph, *options, **environ) as (process, (uri, user, shown)):
            assert shown == (f"(from {file})" if options else "(from KG_BOLT_PASSWORD)")
            with connect(uri, user=user, password=word) as driver:
                assert run_query(driver, COUNT).rows == ((3,),)
            process.send_signal(signal.SIGTERM)
            assert all(word not in text for text in map(str, ended(process)))


def test_what_cannot_be_served_is_told(kg, own_graph: Path, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("1234567", encoding="utf-8")
    assert "8 characters" in kg("serve-bolt", own_graph, "--password-file", short, code=2).stderr
    short.write_bytes(b"\xff" * 20)
    assert "cannot be read" in kg("serve-bolt", own_graph, "--password-file", short, code=2).stderr
    assert "too short" in kg("serve-bolt", own_graph, code=2, env={"KG_BOLT_PASSWORD": ""}).stderr
    kg("serve-bolt", own_graph, "--host", "0.0.0.0", code=2)
    kg("serve-bolt", own_graph, "--port", "70000", code=2)
    kg("serve-bolt", tmp_path / "nothing", code=6)
    with serving(own_graph) as (_, (uri, _, _)):
        port = uri.rpartition(":")[2]
        assert f"port {port} is taken" in kg("serve-bolt", own_graph, "--port", port, code=7).stderr


@pytest.mark.neo4j
def test_cypher_shell_is_served(own_graph: Path) -> None:
    if "KG_NEO4J_URI" not in os.environ:
        pytest.skip('no cypher-shell: eval "$(scripts/neo4j start)"')

    def ask(address: str, password: str, script: str) -> subprocess.CompletedProcess[str]:
        login = ["-a", address, "-u", "neo4j", "-p", password, "--format", "plain", "--non-interactive"]
        command = [sys.executable, str(REPO / "scripts" / "neo4j"), "shell", *login]
        return subprocess.run(command, input=script, capture_output=True, text=True, timeout=120, check=False)

    script = (
        ":param {name: 'Fred Fleitz'}\n:begin\nMATCH p = (a {name: $name})-[r:MET_WITH]-(b) "
        "RETURN b.name AS other, r.first AS day, length(p) AS length;\n:commit\n"
    )
    with serving(own_graph) as (_, (uri, _, password)):
        for address in (uri, uri.replace("bolt", "neo4j")):
            done = ask(address, password, script)
            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout.splitlines() == ["other, day, length", '"Takeo Akiba", 2024-06-27, 1']
        assert "not allowed" in ask(uri, password, "CREATE (:Mine);").stderr
        assert "Syntax error" in ask(uri, password, "MATCH (n RETURN n;").stderr
        assert "Authentication failed" in ask(uri, "wrong password", "RETURN 1;").stderr
