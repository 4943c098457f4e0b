"""How Neo4j and Jena come: the scripts for tests, and the compose file for users."""

import os
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

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


def compose() -> dict[str, Any]:
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


KEYS = {
    "file": {"name", "services", "volumes"},
    "service": {"image", "restart", "ports", "environment", "volumes", "healthcheck", "profiles", "build", "user",
                "depends_on"},
    "healthcheck": {"test", "interval", "timeout", "retries", "start_period"},
    "build": {"context", "dockerfile"},
}  # fmt: skip
"""Of the Compose Specification, those that we use: a slip of the pen is none of them."""


def compose_faults(file: dict[str, Any]) -> list[str]:
    """Keys that are none, and names that lead nowhere."""
    found = [f"file: {key}" for key in file.keys() - KEYS["file"]]
    for name, service in file["services"].items():
        found += [f"{name}: {key}" for key in service.keys() - KEYS["service"]]
        for part in ("healthcheck", "build"):
            found += [f"{name}.{part}: {key}" for key in service.get(part, {}).keys() - KEYS[part]]
        if "build" in service:
            context = REPO / "docker" / service["build"]["context"]
            found += [] if (context / service["build"]["dockerfile"]).is_file() else [f"{name}: no Dockerfile"]
        elif not re.fullmatch(r"[\w./-]+:\d[\w.-]*", service["image"]):
            found.append(f"{name}: an image without a version")
        for other, need in service.get("depends_on", {}).items():
            healthy = "healthcheck" in file["services"].get(other, {})
            if not healthy or need != {"condition": "service_healthy"}:
                found.append(f"{name}: depends on the health of {other}")
        named = [v.partition(":")[0] for v in service["volumes"] if re.match(r"\w", v)]
        found += [f"{name}: no volume {volume}" for volume in named if volume not in file["volumes"]]
    return found


def test_the_compose_file_has_no_slip() -> None:
    assert compose_faults(compose()) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.update(servics={}),
        lambda file: file["services"]["neo4j"].update(prots=[]),
        lambda file: file["services"]["neo4j"].update(image="neo4j"),
        lambda file: file["services"]["neo4j"]["healthcheck"].update(retires=3),
        lambda file: file["services"]["neo4j"]["volumes"].append("dta:/data"),
        lambda file: file["services"]["kg"]["depends_on"]["neo4j"].update(condition="healthy"),
        lambda file: file["services"]["kg"]["build"].update(dockerfile="Dockerfile"),
    ],
)
def test_a_slip_is_found(change: Callable[[dict[str, Any]], None]) -> None:
    file = compose()
    change(file)
    assert len(compose_faults(file)) == 1


def instructions() -> list[tuple[str, str]]:
    """Of the Dockerfile, continued lines joined."""
    text = (REPO / "docker" / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines]


def test_the_image_has_a_supported_python_and_no_root() -> None:
    found = instructions()
    supported = SpecifierSet(tomllib.loads((REPO / "pyproject.toml").read_text())["project"]["requires-python"])
    bases = [words for name, words in found if name == "FROM"]
    assert len(bases) == 2
    for base in bases:
        version = re.match(r"python:(\d+\.\d+)-slim-bookworm( AS build)?$", base)
        assert version is not None
        assert version[1] in supported
    assert [words for name, words in found if name == "USER"] == ["kg"]
    order = [name for name, _ in found]
    assert order.index("USER") > max(at for at, name in enumerate(order) if name in {"RUN", "COPY"})
    assert dict(found)["ENTRYPOINT"] == '["kg"]'
    assert all("--no-cache-dir" in words for name, words in found if name == "RUN" and "pip install" in words)
    assert {words.split()[0] for name, words in found if name == "COPY"} == {".", "--from=build"}
    built = next(words for name, words in found if name == "RUN" and "--outdir" in words).split()[-1]
    assert ("COPY", f"--from=build {built} {built}") in found


def test_the_image_is_built_from_what_the_wheel_needs() -> None:
    kept = [n[1:] for n in (REPO / "docker/Dockerfile.dockerignore").read_text(encoding="utf-8").split() if n[0] == "!"]
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], *project["project"]["license-files"]}
    assert set(kept) == needed | {project["project"]["readme"], "pyproject.toml"}
    assert all((REPO / name).exists() for name in kept)
