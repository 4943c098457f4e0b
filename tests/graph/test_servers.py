"""How Neo4j and Jena come: the scripts for tests, and the compose file for users."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

REPO = Path(__file__).parents[2]
SCRIPT = REPO / "scripts" / "neo4j"


def run(command: str, cache: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "KG_NEO4J_CACHE": str(cache), "JAVA_HOME": "", **environ},
    )


def test_status_and_stop_without_a_server(tmp_path: Path) -> None:
    done = run("status", tmp_path)
    assert (done.returncode, done.stdout) == (3, "not running\n")
    done = run("stop", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "neo4j: not running\n")


def test_a_note_about_another_process_is_not_believed(tmp_path: Path) -> None:
    note = tmp_path / "run.json"
    note.write_text(f'{{"pid": {os.getpid()}, "uri": "bolt://x", "user": "neo4j", "password": "x"}}')
    assert run("status", tmp_path).returncode == 3
    assert run("stop", tmp_path).returncode == 0
    assert not note.exists()


def test_what_is_missing_is_named_with_the_command_that_installs_it(tmp_path: Path) -> None:
    done = run("start", tmp_path / "cache", PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "apt-get install openjdk-17-jre-headless" in done.stderr
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    assert "Java 17 or newer is needed" in run("start", tmp_path / "cache", PATH=str(tmp_path)).stderr
    java.write_text("#!/bin/sh\necho 'openjdk version \"21.0.2\"' >&2\n")
    assert "apt-get install maven" in run("start", tmp_path / "cache", PATH=str(tmp_path)).stderr


def test_jena_that_was_not_fetched_and_cannot_be(tmp_path: Path) -> None:
    script, environ = REPO / "scripts" / "jena", {"KG_JENA_CACHE": str(tmp_path / "c"), "PATH": str(tmp_path)}
    for command, code, said in (("status", 3, "not fetched\n"), ("riot", 1, ""), ("dance", 2, "")):
        done = subprocess.run(
            [sys.executable, str(script), command], capture_output=True, text=True, check=False, env=environ
        )
        assert (done.returncode, done.stdout) == (code, said)
        assert "openjdk" in done.stderr or command != "riot"
    assert not (tmp_path / "c").exists()


def test_script_and_compose_name_one_release_of_neo4j() -> None:
    names = {"m": "http://maven.apache.org/POM/4.0.0"}
    version = ET.parse(REPO / "scripts" / "neo4j.xml").findtext("m:properties/m:neo4j.version", namespaces=names)
    assert version is not None
    image = compose()["services"]["neo4j"]["image"]
    assert image == f"neo4j:{version.rpartition('.')[0]}-community"


def compose() -> dict[str, dict[str, dict[str, object]]]:
    loaded = yaml.safe_load((REPO / "docker" / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_the_server_is_on_loopback_and_has_no_plugins() -> None:
    server = compose()["services"]["neo4j"]
    ports, environment = server["ports"], server["environment"]
    assert isinstance(ports, list)
    assert isinstance(environment, dict)
    assert len(ports) == 2
    assert all(str(port).startswith("127.0.0.1:") for port in ports)
    assert "NEO4J_PLUGINS" not in environment
    assert ":?" in environment["NEO4J_AUTH"], "no password, no server"
    assert server["healthcheck"]
    volumes = server["volumes"]
    assert isinstance(volumes, list)
    assert {str(v).partition(":")[0] for v in volumes} == set(compose()["volumes"])


@pytest.mark.parametrize("name", ["kg", "ontology", "pyproject.toml", "README.md", "LICENSE"])
def test_the_image_is_built_from_what_the_wheel_needs(name: str) -> None:
    kept = (REPO / "docker" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert f"!{name}" in kept
    assert (REPO / name).exists()
