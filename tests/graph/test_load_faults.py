"""What befalls a load: a server that dies, one that is read-only, a loader that is killed, two at once, a full disk."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest
from neo4j import GraphDatabase

from kg.errors import StoreError
from kg.graph import load as load_module
from kg.graph.check import check_store
from kg.graph.cypher import connect
from kg.graph.embedded import build_embedded, embedded_state
from kg.graph.load import load
from kg.model import Graph
from kg.schema import Schema
from tests.graph.conftest import Store
from tests.graph.corpus import PAGES, world

REPO = Path(__file__).parents[2]
LOADER = """
    import os, signal, sys
    from kg.errors import LockedError
    from kg.graph import load as load_module
    from kg.graph.cypher import connect
    from kg.schema import load_schema
    from tests.graph.corpus import world
    load_module.BATCH = 10
    def die(done, total):
        if sys.argv[1] == "die" and done > total // 2:
            os.kill(os.getpid(), signal.SIGKILL)
    login = {"user": os.environ.get("KG_NEO4J_USER", "neo4j"), "password": os.environ["KG_NEO4J_PASSWORD"]}
    with connect(os.environ["KG_NEO4J_URI"], **login) as driver:
        try:
            load_module.load(driver, world(), load_schema(), progress=die)
        except LockedError:
            print("locked")
        else:
            print("loaded")
"""


def loader(argument: str) -> "subprocess.Popen[str]":
    """Another process that loads into the server of the tests."""
    command = [sys.executable, "-c", textwrap.dedent(LOADER), argument]
    environ = {**os.environ, "PYTHONPATH": str(REPO)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ, cwd=REPO)


@dataclass
class Server:
    """A Neo4j server of our own, to be killed and started again over the same data."""

    script: ModuleType
    home: Path
    port: int
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    def start(self, *settings: str) -> None:
        for name in ("conf", "data", "logs", "run", "plugins", "import"):
            (self.home / name).mkdir(exist_ok=True)
        lines = (self.script.CONF.format(port=self.port), "dbms.security.auth_enabled=false", *settings)
        (self.home / "conf" / "neo4j.conf").write_text("\n".join(lines), encoding="utf-8")
        opened = [f"--add-opens={module}=ALL-UNNAMED" for module in self.script.OPENED]
        classpath = ["-cp", str(self.script.fetch("neo4j") / "*"), "org.neo4j.server.CommunityEntryPoint"]
        folders = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        self.script.HOME = self.home
        with (self.home / "logs" / "console.log").open("wb") as log:
            command = [self.script.find_java(), "-Xmx512m", *opened, *classpath, *folders, "--console-mode"]
            self.processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        self.script.wait(self.processes[-1], self.port)

    def stop(self) -> None:
        """In good order, so that nothing is left to be recovered."""
        self.processes[-1].terminate()
        self.processes[-1].wait(60)

    def kill(self) -> None:
        self.processes[-1].kill()
        self.processes[-1].wait(60)


@pytest.fixture(scope="module")
def mortal(neo4j: Store, script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(script, tmp_path_factory.mktemp("mortal"), script.free_port())
    server.start()
    yield server
    server.kill()
    shutil.rmtree(server.home, ignore_errors=True)


@pytest.mark.neo4j
def test_a_server_that_is_killed_in_a_load_holds_all_once_after_the_next(
    mortal: Server, graph: Graph, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_module, "BATCH", 10)

    def kill(done: int, total: int) -> None:
        if done > total // 2 and len(mortal.processes) == 1 and mortal.processes[0].poll() is None:
            mortal.kill()

    with GraphDatabase.driver(mortal.uri, max_transaction_retry_time=1) as driver:  # for the test's sake: it is 30
        with pytest.raises(StoreError, match="does not answer") as info:
            load(driver, graph, schema, progress=kill)
        assert "running" in info.value.hint
    started = time.monotonic()
    with pytest.raises(StoreError, match="does not answer"):
        connect(mortal.uri)
    assert time.monotonic() - started < 10, "no half minute of retries"
    mortal.start()
    with connect(mortal.uri) as driver:
        assert check_store(driver, graph, schema) != []
        done = load(driver, graph, schema)
        assert 0 < done.written < 337
        assert check_store(driver, graph, schema) == []


@pytest.mark.neo4j
def test_a_read_only_database_is_told(mortal: Server, schema: Schema) -> None:
    mortal.stop()  # what a killed one left cannot be recovered by a server that may not write
    mortal.start("server.databases.default_to_read_only=true")
    with connect(mortal.uri) as driver, pytest.raises(StoreError, match="refuses to be changed") as info:
        load(driver, world(pages=PAGES[:2]), schema)
    assert "read-only" in info.value.hint
    assert info.value.exit_code == 7


@pytest.mark.neo4j
def test_a_loader_that_is_killed_leaves_no_lock_and_no_double(neo4j: Store, graph: Graph, schema: Schema) -> None:
    neo4j.empty()
    process = loader("die")
    output, _ = process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL, output
    assert check_store(neo4j.driver, graph, schema) != []
    assert 0 < load(neo4j.driver, graph, schema).written < 337
    assert check_store(neo4j.driver, graph, schema) == []
    neo4j.empty()


@pytest.mark.neo4j
def test_two_loaders_at_once(neo4j: Store, graph: Graph, schema: Schema) -> None:
    neo4j.empty()
    for kind, name in (("CONSTRAINT", "SHOW CONSTRAINTS YIELD name"), ("INDEX", "SHOW INDEXES YIELD name, type")):
        for row in neo4j.ask(f"{name} RETURN *"):
            if "LOOKUP" not in row:
                neo4j.write(f"DROP {kind} `{row[0]}` IF EXISTS")
    processes = [loader("live") for _ in range(3)]
    said = [process.communicate(timeout=300)[0].strip() for process in processes]
    assert set(said) <= {"loaded", "locked"}, said
    assert "loaded" in said
    assert check_store(neo4j.driver, graph, schema) == []
    neo4j.empty()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process")
@pytest.mark.parametrize("most", [100, 2_000, 70_000])
def test_a_disk_without_room_leaves_the_graph_that_was_there(tmp_path: Path, schema: Schema, most: int) -> None:
    build_embedded(tmp_path, world(pages=PAGES[:2]), schema, state="old")
    script = """
        import resource, signal, sys
        from pathlib import Path
        from kg.errors import StoreError
        from kg.graph.embedded import build_embedded
        from kg.schema import load_schema
        from tests.graph.corpus import world
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
        try:
            build_embedded(Path(sys.argv[1]), world(), load_schema(), state="new")
        except StoreError as exc:
            sys.exit(f"told: {exc.message} {exc.hint}")
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path), str(most)]
    environ = {**os.environ, "PYTHONPATH": str(REPO)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=REPO, env=environ, check=False)
    assert "told: " in done.stderr
    assert "Traceback" not in done.stderr
    assert embedded_state(tmp_path) == "old"
    assert len(list((tmp_path / "embedded").glob("g-*"))) == 1
