"""Which files are read, in which order, under which keys."""

import io
import os
from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Article, Rejection
from kg.sources import count_inputs, read_paths

SENTENCE = "The minister of {} met the envoy."


def keys(results: list[Article | Rejection]) -> list[str]:
    return [one.key if isinstance(one, Article) else f"{one.reason}:{one.path}" for one in results]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.txt", "in/a/z.txt", "in/a/deep/c.txt", "in/c.md", "in/.hidden.txt", "in/.git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SENTENCE.format(name))
    return tmp_path


def read(*paths: str) -> list[Article | Rejection]:
    return list(read_paths(paths, settings=Settings()))


def test_folders_are_read_recursively_sorted_and_without_hidden_files(tree: Path) -> None:
    assert keys(read("in")) == ["a/deep/c.txt", "a/z.txt", "b.txt", "c.md"]
    assert keys(read(str(tree / "in"))) == ["a/deep/c.txt", "a/z.txt", "b.txt", "c.md"]


def test_the_key_of_a_file_is_its_name(tree: Path) -> None:
    assert keys(read("in/a/z.txt", "./in/b.txt")) == ["z.txt", "b.txt"]


def test_a_file_reached_twice_is_read_once(tree: Path) -> None:
    assert keys(read("in/a/z.txt", "in", "in/a/z.txt")) == ["z.txt", "a/deep/c.txt", "b.txt", "c.md"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in/*.txt", ["b.txt"]),
        ("in/[bc].*", ["b.txt", "c.md"]),
        ("in/[!b].??", ["c.md"]),
        ("in/**/*.txt", ["a/deep/c.txt", "a/z.txt", "b.txt"]),
        ("in/*", ["a/deep/c.txt", "a/z.txt", "b.txt", "c.md"]),
        ("i*/a", ["in/a/deep/c.txt", "in/a/z.txt"]),
        ("in/a/**", ["deep/c.txt", "z.txt"]),
        ("in/*.pdf", ["not_found:in/*.pdf"]),
    ],
)
def test_globs(tree: Path, pattern: str, expected: list[str]) -> None:
    assert keys(read(pattern)) == expected


def test_a_file_whose_name_looks_like_a_glob_is_read(tree: Path) -> None:
    (tree / "a[1].txt").write_text(SENTENCE.format("x"))
    assert keys(read("a[1].txt")) == ["a[1].txt"]


def test_what_is_not_there_is_rejected(tree: Path) -> None:
    assert keys(read("nowhere.txt", "in/b.txt/x", "bad\0name")) == [
        "not_found:nowhere.txt",
        "not_found:in/b.txt/x",
        "not_found:bad\\x00name",
    ]


def test_links_that_lead_nowhere_or_back_are_rejected(tree: Path) -> None:
    (tree / "in/a/up").symlink_to("..")
    (tree / "in/a/dangling").symlink_to("gone")
    (tree / "in/self").symlink_to("self")
    (tree / "in/copy.txt").symlink_to("b.txt")
    assert keys(read("in")) == [
        "not_found:in/a/dangling",
        "a/deep/c.txt",
        "symlink_loop:in/a/up",
        "a/z.txt",
        "b.txt",
        "c.md",
        "symlink_loop:in/self",
    ]


def test_folders_linked_crosswise_end(tree: Path) -> None:
    for index in range(12):
        folder = tree / f"maze/{index:02}"
        folder.mkdir(parents=True)
        for side in "lr":
            (folder / side).symlink_to(f"../{index + 1:02}")
    (tree / "maze/12").mkdir()
    (tree / "maze/12/x.txt").write_text(SENTENCE.format("x"))
    found = read("maze")
    assert [one.key for one in found if isinstance(one, Article)] == ["08/l/l/l/l/x.txt"]


def test_deep_folders_need_no_recursion(tree: Path) -> None:
    deep = ["d/" * depth for depth in range(1, 1050)]
    for folder in deep:
        Path(folder).mkdir()
    Path(deep[-1], "x.txt").write_text(SENTENCE.format("x"))
    found = read("d")
    Path(deep[-1], "x.txt").unlink()
    for folder in reversed(deep):  # pytest's own cleaning would recurse
        Path(folder).rmdir()
    assert keys(found) == [deep[-1][2:] + "x.txt"]


def test_devices_and_pipes_in_folders_are_rejected(tree: Path) -> None:
    os.mkfifo(tree / "in/pipe")
    assert "unreadable:in/pipe" in keys(read("in"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_rejected(tree: Path) -> None:
    (tree / "in/b.txt").chmod(0)
    assert "unreadable:in/b.txt" in keys(read("in"))


def test_failing_disks_are_rejected(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("io.FileIO", fail)
    (result,) = read("in/b.txt")
    assert result == Rejection("in/b.txt", "unreadable", "Input/output error")


def test_names_that_are_no_text_make_printable_keys(tree: Path) -> None:
    Path(os.fsdecode(b"in/caf\xe9\n.txt")).write_text(SENTENCE.format("x"))
    assert r"caf\xe9\x0a.txt" in keys(read("in"))


def test_standard_input_is_jsonl() -> None:
    lines = b'{"text": "The president met the envoy."}\nnonsense\n'
    found = list(read_paths(["-"], settings=Settings(), stdin=io.BytesIO(lines)))
    assert keys(found) == ["-#1", "bad_json:-#2"]
    assert keys(list(read_paths(["-"], settings=Settings(), stdin=io.BytesIO(b"")))) == ["empty:-"]
    assert keys(list(read_paths(["-"], settings=Settings()))) == ["unreadable:-"]


def test_standard_input_may_be_any_stream(tmp_path: Path) -> None:
    class Stream(io.BytesIO):
        def peek(self) -> None:
            raise AssertionError

    found = read_paths(["-"], settings=Settings(), stdin=Stream(b'{"text": "The president met the envoy."}'))
    assert keys(list(found)) == ["-#1"]


def test_inputs_are_counted(tree: Path) -> None:
    (tree / "in/r.jsonl").write_bytes(b'{"text": "x y"}\n{"text": "x z"}')
    (tree / "in/f.xml").write_bytes(b"<rss><channel><item></item><item></item></channel></rss>")
    assert count_inputs(["in"]) == 8
    assert count_inputs(["in/a", "nowhere"]) == 3
    assert count_inputs(["in", "-"]) is None
    os.mkfifo(tree / "pipe")
    assert count_inputs(["pipe"]) is None


def test_the_same_key_with_other_content_is_rejected(tree: Path) -> None:
    (tree / "in/r.jsonl").write_text(
        '{"id": "1", "text": "He met her."}\n{"id": "1", "text": "He met her."}\n{"id": "1", "text": "She met him."}\n'
    )
    found = read("in/r.jsonl")
    assert keys(found) == ["1", "duplicate_key:in/r.jsonl#3"]


def test_reading_is_lazy(tree: Path) -> None:
    stream = read_paths(["in/b.txt", "nowhere"], settings=Settings())
    first = next(stream)
    (tree / "nowhere").write_text(SENTENCE.format("x"))
    assert keys([first, *stream]) == ["b.txt", "nowhere"]
