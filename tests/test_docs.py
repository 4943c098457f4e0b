"""The documentation cannot drift: its commands run, and lists in it are compared with what they list."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from kg.build import ERRORS, REJECTS
from kg.cli.app import VERBS
from kg.graph.stamp import STAMP
from kg.graph.tables import claim_records
from kg.schema import load_schema

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def script(name: str) -> ModuleType:
    """A module of scripts/, which is no package."""
    module = ModuleType(name)
    module.__file__ = str(ROOT / "scripts" / f"{name}.py")
    source = Path(module.__file__).read_text(encoding="utf-8")
    exec(compile(ast.parse(source), module.__file__, "exec"), module.__dict__)
    return module


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "count"), [("README.md", 6), ("docs/tutorial.md", 13)])
def test_commands_of_the_documentation_print_what_it_shows(page, count):
    run_docs = script("run_docs")
    assert page in run_docs.PAGES
    assert len(run_docs.commands(page)) >= count
    assert run_docs.alike(text(page), run_docs.rendered(page)) >= run_docs.ALIKE, "run scripts/run_docs.py"


def test_seconds_alone_do_not_change_a_page():
    run_docs = script("run_docs")
    shown = "$ kg build a\n3 articles read in 1.5 s\nto do\n"
    assert run_docs._timed("$ kg build a\n3 articles read in 2.7 s\nto do\n", shown) == shown
    assert (
        run_docs._timed("$ kg build a\n4 articles read in 2.7 s\n", shown) == "$ kg build a\n4 articles read in 2.7 s\n"
    )


def test_a_page_with_other_output_is_noticed():
    run_docs = script("run_docs")
    page = text("README.md")
    assert run_docs.alike(page, re.sub(r"\b\d+\.\d s\b", "99.9 s", page)) == 1
    shown = run_docs._BLOCK.sub(lambda block: "\n".join(w for w in block[0].splitlines() if w.startswith("$ ")), page)
    assert run_docs.alike(page, shown) < run_docs.ALIKE


def test_a_command_that_fails_is_noticed(tmp_path, monkeypatch):
    run_docs = script("run_docs")
    (tmp_path / "page.md").write_text("```console\n$ kg show nowhere nobody\n```\n", encoding="utf-8")
    for folder in ("examples", "scripts"):
        (tmp_path / folder).mkdir()
    for name in ("pyproject.toml", "scripts/environment.sh"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(run_docs, "ROOT", tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with pytest.raises(run_docs.CommandError, match="exit code"):
        run_docs.rendered("page.md")


def test_the_page_of_the_command_line_is_generated():
    assert text("docs/cli.md") == script("cli_reference").page(), "run scripts/cli_reference.py"


def test_every_verb_has_its_section():
    sections = re.findall(r"^## kg ([\w-]+)$", text("docs/cli.md"), re.MULTILINE)
    assert sections == list(VERBS)


def test_links_of_the_documentation_lead_somewhere():
    links = [
        (page, link) for page in PAGES for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    ]
    inside = [(page, link.partition("#")[0]) for page, link in links if "://" not in link and not link.startswith("#")]
    assert len(inside) >= 15
    assert [(page.name, link) for page, link in inside if not (page.parent / link).exists()] == []


def test_every_dependency_is_explained_with_its_range():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    declared = dict(re.fullmatch(r"([\w-]+)(?:\[\w+\])?(.*)", line).groups() for line in lines)
    rows = re.findall(r"^\|(?: `\w+` \|)? ([\w-]+) \| ([<>=][^|]*) \|", text("docs/dependencies.md"), re.MULTILINE)
    assert dict(rows) == declared
    assert len(declared) >= 15


def test_every_development_tool_is_named():
    groups = tomllib.loads(text("pyproject.toml"))["dependency-groups"]["dev"]
    names = [re.match(r"[\w-]+", line)[0] for line in groups]
    page = text("docs/dependencies.md")
    assert [name for name in names if name not in page] == []


def test_the_fields_of_the_record_are_explained(toy_graph):
    from kg.build import load_graph

    record = next(iter(claim_records(load_graph(toy_graph), load_schema())))
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", text("docs/record.md"), re.MULTILINE)
    explained = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert record.keys() <= explained
    sample = re.search(r"```json\n(.*?)```", text("docs/record.md"), re.DOTALL)[1]
    import json

    assert json.loads(sample).keys() == record.keys()


def test_the_files_of_a_graph_are_explained(toy_graph):
    page = text("docs/record.md")
    names = {path.name for path in toy_graph.iterdir()} | {REJECTS, ERRORS, STAMP}
    names -= {"record.sqlite-wal", "record.sqlite-shm"}
    assert [name for name in sorted(names) if f"`{name}" not in page] == []


def test_reasons_of_rejections_are_explained():
    import kg.sources

    reasons = re.findall(r"^    (\w+)  +\w", kg.sources.__doc__, re.MULTILINE)
    assert len(reasons) >= 10
    assert [reason for reason in reasons if f"`{reason}`" not in text("docs/record.md")] == []


def test_scripts_that_the_documentation_names_are_there_and_run():
    named = {name for page in PAGES for name in re.findall(r"\bscripts/[\w./]+\w", page.read_text(encoding="utf-8"))}
    assert {"scripts/demo", "scripts/test", "scripts/check", "scripts/neo4j", "scripts/jena"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    for name in ("demo", "test", "check"):
        assert (ROOT / "scripts" / name).stat().st_mode & 0o111
        subprocess.run(["bash", "-n", f"scripts/{name}"], cwd=ROOT, check=True)
    subprocess.run(["sh", "-n", "scripts/environment.sh"], cwd=ROOT, check=True)
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)
