import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError, LockedError, NotFoundError, QueryError, StoreError
from kg.graph import arcade
from kg.graph.cypher import run_query
from kg.graph.embedded import build_embedded, embedded_state, open_embedded
from kg.model import Graph
from kg.schema import Schema
from tests.graph.conftest import Store
from tests.graph.corpus import PAGES, world

REPO = Path(__file__).parents[2]


def run(script: str, *args: object, cwd: Path = REPO) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, args)]
    environ = {**os.environ, "PYTHONPATH": str(REPO)}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=cwd, env=environ, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "graph.kg"
    path.mkdir()
    return path


def count(folder: Path) -> int:
    with open_embedded(folder) as driver:
        found = run_query(driver, "MATCH (c:Claim) RETURN count(c) AS n").rows[0][0]
    assert isinstance(found, int)
    return found


def test_it_holds_what_was_built_and_knows_from_what(embedded_folder: Path, graph: Graph) -> None:
    assert count(embedded_folder) == len(graph.claims) == 39
    assert embedded_state(embedded_folder) == "state-1"


def test_progress_is_told_to_the_end(folder: Path, graph: Graph, schema: Schema) -> None:
    told: list[tuple[int, int]] = []
    loaded = build_embedded(folder, graph, schema, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (loaded.nodes + loaded.relationships,) * 2
    assert loaded.deleted == 0


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:Mine)",
        "MATCH (n:Claim) DETACH DELETE n",
        "MATCH (n:Claim) SET n.mood = 'actual'",
        "MATCH (n:Claim) REMOVE n.mood",
        "MERGE (n:Entity {id: 'x'})",
        "CREATE INDEX mine FOR (n:Claim) ON (n.rule)",
        "DROP CONSTRAINT claim_id",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV FROM 'http://127.0.0.1:1/x' AS line RETURN line",
        "MATCH (n:Claim) CALL (n) { CREATE (:Mine) } RETURN count(n)",
        "CALL db.createLabel('Mine')",
    ],
)
def test_the_engine_refuses_changes_to_readers(embedded_folder: Path, statement: str) -> None:
    with open_embedded(embedded_folder) as driver:
        before = run_query(driver, "MATCH (n) RETURN count(n) AS n, count(n.mood) AS m").rows
        with pytest.raises(QueryError):
            run_query(driver, statement)
        with pytest.raises(QueryError):
            run_query(driver, statement, write=True)
        assert run_query(driver, "MATCH (n) RETURN count(n) AS n, count(n.mood) AS m").rows == before


def test_who_means_it_may_write(folder: Path, schema: Schema) -> None:
    build_embedded(folder, Graph(), schema)
    with open_embedded(folder, write=True) as driver:
        run_query(driver, "CREATE (:Mine {a: 1})", write=True)
    with open_embedded(folder) as driver:
        assert run_query(driver, "MATCH (n:Mine) RETURN n.a AS a").rows == ((1,),)


def test_a_second_user_is_told_who_has_it(embedded_folder: Path) -> None:
    with open_embedded(embedded_folder):
        with pytest.raises(LockedError, match="this process already") as info, open_embedded(embedded_folder):
            pass
        assert info.value.hint
        other = run(
            """
            import sys
            from pathlib import Path
            from kg.errors import LockedError
            from kg.graph.embedded import open_embedded
            try:
                with open_embedded(Path(sys.argv[1])):
                    print("opened")
            except LockedError as exc:
                print(exc)
            """,
            embedded_folder,
        )
        assert other.stdout.strip().endswith(f"is in use by process {os.getpid()}"), other
    assert count(embedded_folder) == 39


def test_a_second_build_is_told_who_builds(folder: Path, graph: Graph, schema: Schema) -> None:
    refused: list[str] = []

    def again(done: int, total: int) -> None:
        with pytest.raises(LockedError, match="this process already") as info:
            build_embedded(folder, graph, schema)
        refused.append(info.value.hint)

    build_embedded(folder, graph, schema, progress=again)
    assert refused
    assert all(refused)


def test_a_build_does_not_wait_for_those_who_ask(folder: Path, graph: Graph, schema: Schema) -> None:
    build_embedded(folder, graph, schema, state="old")
    with open_embedded(folder) as driver:
        build_embedded(folder, world(pages=PAGES[:2]), schema, state="new")
        assert run_query(driver, "MATCH (c:Claim) RETURN count(c) AS n").rows == ((39,),)
    assert (embedded_state(folder), count(folder)) == ("new", 7)
    build_embedded(folder, graph, schema)
    assert len(list((folder / "embedded").glob("g-*"))) == 1


def test_the_lock_goes_with_a_killed_process(embedded_folder: Path) -> None:
    script = """
        import sys, time
        from pathlib import Path
        from kg.graph.embedded import open_embedded
        with open_embedded(Path(sys.argv[1])):
            print("open", flush=True)
            time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(embedded_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPO) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(LockedError, match=f"process {process.pid}"), open_embedded(embedded_folder):
            pass
        process.kill()
        process.wait()
    assert count(embedded_folder) == 39


def test_a_build_that_is_killed_leaves_the_graph_that_was_there(folder: Path, graph: Graph, schema: Schema) -> None:
    build_embedded(folder, graph, schema, state="old")
    killed = run(
        """
        import os, signal, sys
        from pathlib import Path
        from kg.graph.embedded import build_embedded
        from kg.model import Graph
        from kg.schema import load_schema
        from tests.graph.corpus import PAGES, world
        def die(done, total):
            if done > total // 2:
                os.kill(os.getpid(), signal.SIGKILL)
        build_embedded(Path(sys.argv[1]), world(), load_schema(), state="new", progress=die)
        """,
        folder,
    )
    assert killed.returncode == -signal.SIGKILL
    assert embedded_state(folder) == "old"
    assert count(folder) == 39
    build_embedded(folder, world(pages=PAGES[:2]), schema, state="new")
    assert (embedded_state(folder), count(folder)) == ("new", 7)
    assert len(list((folder / "embedded").glob("g-*"))) == 1


def test_a_build_that_fails_leaves_the_graph_that_was_there(folder: Path, graph: Graph, schema: Schema) -> None:
    build_embedded(folder, graph, schema, state="old")

    def fail(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_embedded(folder, graph, schema, state="new", progress=fail)
    assert (embedded_state(folder), count(folder)) == ("old", 39)
    assert len(list((folder / "embedded").glob("g-*"))) == 1


@pytest.mark.parametrize("pointer", ["", "g-missing", "../..", "g-\xff", "/"])
def test_no_graph_is_an_error_with_a_hint(folder: Path, pointer: str) -> None:
    for _ in range(2):
        assert embedded_state(folder) == ""
        with pytest.raises(NotFoundError, match="no embedded graph") as info, open_embedded(folder):
            pass
        assert "kg build" in info.value.hint
        (folder / "embedded").mkdir(exist_ok=True)
        (folder / "embedded" / "current").write_text(pointer, encoding="latin-1")


def test_a_damaged_graph_is_an_error_of_the_store(folder: Path, graph: Graph, schema: Schema) -> None:
    build_embedded(folder, graph, schema)
    (current,) = (folder / "embedded").glob("g-*")
    for file in (current / "databases" / "kg").iterdir():
        file.write_bytes(b"\0" * 100)
    with pytest.raises(KgError) as info, open_embedded(folder) as driver:
        run_query(driver, "MATCH (c:Claim) RETURN count(c) AS n")
    assert isinstance(info.value, StoreError)


def test_it_says_nothing_and_writes_only_into_its_folder(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run(
        """
        import sys
        from pathlib import Path
        from kg.graph.cypher import run_query
        from kg.graph.embedded import build_embedded, open_embedded
        from kg.schema import load_schema
        from tests.graph.corpus import world
        folder = Path(sys.argv[1])
        build_embedded(folder, world(), load_schema())
        with open_embedded(folder) as driver:
            run_query(driver, "MATCH (c:Claim) RETURN c.nothing AS n")
        """,
        folder,
        cwd=elsewhere,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(elsewhere.iterdir()) == []
    assert sorted(p.name for p in folder.iterdir()) == ["embedded", "lock"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_users_and_passwords_are_for_the_owner_only(embedded_folder: Path) -> None:
    with open_embedded(embedded_folder):
        (config,) = (embedded_folder / "embedded").glob("g-*/config")
        assert config.stat().st_mode & 0o077 == 0
        users = [json.loads(line) for line in (config / "server-users.jsonl").read_text().splitlines()]
        assert {u["name"] for u in users} == {"root", "reader"}
        assert all(u["password"].startswith("PBKDF2WithHmacSHA256$") for u in users)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="Linux's list of sockets")
def test_it_listens_on_loopback_only(embedded_folder: Path) -> None:
    def listening() -> set[str]:
        inodes = set()
        for handle in Path("/proc/self/fd").iterdir():
            try:
                inodes.add(str(handle.readlink()))
            except OSError:
                continue
        found = set()
        for name in ("tcp", "tcp6"):
            for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes:
                    found.add(fields[1].rpartition(":")[0])
        return found

    with open_embedded(embedded_folder):
        assert listening() <= {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
        assert len(listening()) >= 1


def test_a_stranger_without_the_password_is_refused(embedded_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.errors import StoreAuthError
    from kg.graph.cypher import connect

    ports: list[int] = []
    original = arcade._free_port

    def noted() -> int:
        ports.append(original())
        return ports[-1]

    monkeypatch.setattr(arcade, "_free_port", noted)
    with open_embedded(embedded_folder):
        bolt = next(p for p in ports if _speaks_bolt(p))
        for user, password in (("root", "root"), ("reader", "reader"), ("root", ""), ("", "")):
            with pytest.raises((StoreAuthError, StoreError)):
                connect(f"bolt://127.0.0.1:{bolt}", user=user, password=password)


def _speaks_bolt(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.sendall(bytes.fromhex("6060b017 00000405 00000004 00000000 00000000"))
        return client.recv(4) == bytes.fromhex("00000405")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_ctrl_c_ends_a_long_query_at_once(embedded_folder: Path) -> None:
    endless = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x * y AS z WHERE z < 0 RETURN count(z)"
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    try:
        timer.start()
        with pytest.raises(KeyboardInterrupt), open_embedded(embedded_folder) as driver:
            run_query(driver, endless)
        timer.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert count(embedded_folder) == 39


def test_names_of_any_kind_survive(folder: Path, schema: Schema, hostile: Graph) -> None:
    build_embedded(folder, hostile, schema)
    with open_embedded(folder) as driver:
        check_hostile(Store("embedded", driver), hostile)


def check_hostile(store: Store, hostile: Graph) -> None:
    from kg.graph.strings import clip

    stored: dict[Any, Any] = dict(store.ask("MATCH (e:Entity) RETURN e.id AS id, e.name AS name"))
    assert stored == {e.id: clip(e.name) for e in hostile.entities}
    assert len(stored) == len(hostile.entities) >= 12
    for entity in hostile.entities:
        assert store.ask("MATCH (e:Entity) WHERE e.name = $name RETURN e.id AS id", name=clip(entity.name)) == [
            (entity.id,)
        ]


def test_replacing_a_graph_keeps_no_old_claims(folder: Path, schema: Schema) -> None:
    build_embedded(folder, world(), schema)
    build_embedded(folder, replace(world(pages=PAGES[:1])), schema)
    assert count(folder) == 5
