"""Whatever bytes are read, articles and reasoned rejections come out, never an exception."""

import bz2
import gzip
import io
import json
import lzma
import re
from datetime import date
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg.sources
from kg.config import Settings
from kg.model import Article, Rejection
from kg.sources import count_inputs, read_paths
from tests.sources.furniture_samples import BOXES, HEADERS, TAILS, page
from tests.sources.test_html import LINKED, NEWS, html
from tests.sources.test_records import ATOM, RSS

REASONS = frozenset(re.findall(r"^    ([a-z_]+)  ", kg.sources.__doc__ or "", re.MULTILINE))
JSONL = "\n".join(
    json.dumps({"id": n, "title": "T", "date": "2024-01-02", "text": f"The envoy met the minister {n}."})
    for n in range(4)
)
MARKDOWN = "---\ntitle: x\ndate: 2024-01-02\n---\n\n# Pact\n\nThe **envoy** met [him](https://x.org) – “soon”.\n"
SAMPLES = {
    "x.html": html(LINKED % NEWS).encode(),
    "x.md": MARKDOWN.encode(),
    "x.txt": page(HEADERS[0], BOXES[0], TAILS[0]).encode(),
    "x.jsonl": JSONL.encode(),
    "x.json": json.dumps([json.loads(line) for line in JSONL.split("\n")], indent=1).encode(),
    "x.xml": RSS.encode(),
    "y.xml": ATOM.encode(),
    "x16.txt": MARKDOWN.encode("utf-16"),
    "l1.html": html().encode("cp1252"),
    "x.jsonl.gz": gzip.compress(JSONL.encode(), mtime=0),
    "x.jsonl.xz": lzma.compress(JSONL.encode()),
    "x.jsonl.bz2": bz2.compress(JSONL.encode()),
    "x.jsonl.zst": zstandard.compress(JSONL.encode()),
}
NAMES = sorted(SAMPLES)
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(results: list[Article | Rejection]) -> None:
    assert results
    keys = [one.key for one in results if isinstance(one, Article)]
    assert len(keys) == len(set(keys))
    for one in results:
        if isinstance(one, Rejection):
            assert one.reason in REASONS
            assert one.path
            (one.path + one.detail).encode()
            continue
        fields = (one.key, one.text, one.title, one.source, one.date, one.url, *one.authors)
        assert not any(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", field) for field in fields), fields
        assert one.key
        assert re.search(r"\w", one.text)
        assert one.date == "" or date.fromisoformat(one.date)


def read_bytes(folder: Path, name: str, data: bytes) -> list[Article | Rejection]:
    path = folder / name
    path.write_bytes(data)
    count_inputs([str(path)])
    return list(read_paths([str(path)], settings=Settings(max_bytes=200_000)))


def test_the_reasons_are_documented() -> None:
    assert len(REASONS) == 15
    used = {
        found
        for file in Path(kg.sources.__file__).parent.glob("*.py")
        for found in re.findall(r'(?:Error|Rejection)\((?:[\w.()]+, )?"([a-z_]+)"', file.read_text())
    }
    assert used == REASONS


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_read(tmp_path: Path, name: str) -> None:
    results = read_bytes(tmp_path, name, SAMPLES[name])
    check(results)
    assert any(isinstance(one, Article) for one in results)


@FUZZ
@given(name=st.sampled_from([*NAMES, "x", "x.bin"]), data=st.binary(max_size=300))
def test_random_bytes(tmp_path: Path, name: str, data: bytes) -> None:
    check(read_bytes(tmp_path, name, data))


@FUZZ
@given(
    name=st.sampled_from(NAMES), text=st.text(alphabet="<>/&;![]()*_#-+:{}\"'\\ \n\tab1\x00\ufeff\xa0é𝄞", max_size=200)
)
def test_random_markup(tmp_path: Path, name: str, text: str) -> None:
    check(read_bytes(tmp_path, name, text.encode()))


@FUZZ
@given(name=st.sampled_from(NAMES), share=st.floats(0, 1))
def test_cut_files(tmp_path: Path, name: str, share: float) -> None:
    data = SAMPLES[name]
    check(read_bytes(tmp_path, name, data[: int(share * len(data))]))


@FUZZ
@given(
    name=st.sampled_from(NAMES),
    as_name=st.sampled_from(NAMES),
    at=st.floats(0, 1),
    junk=st.binary(max_size=20),
    drop=st.integers(0, 40),
)
def test_damaged_files(tmp_path: Path, name: str, as_name: str, at: float, junk: bytes, drop: int) -> None:
    data = SAMPLES[name]
    where = int(at * len(data))
    check(read_bytes(tmp_path, as_name, data[:where] + junk + data[where + drop :]))


@FUZZ
@given(
    lines=st.lists(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["id", "title", "date", "url", "source", "text", "author", "x"]), inner, max_size=6
                )
            ),
            max_leaves=12,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_records_of_any_shape(lines: list[object]) -> None:
    data = "\n".join(json.dumps(line) for line in lines)
    check(list(read_paths(["-"], settings=Settings(), stdin=io.BytesIO(data.encode()))))


@FUZZ
@given(paths=st.lists(st.text(alphabet="ab/*?[]!.\\-\n", max_size=8), max_size=4))
def test_paths_of_any_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir(exist_ok=True)
    Path("a/b").write_text("The envoy met the minister.")
    within = [path for path in paths if not path.startswith("/") and ".." not in path]
    for one in read_paths(within, settings=Settings(), stdin=io.BytesIO()):
        assert isinstance(one, Article) or one.reason in REASONS


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 60_000,
        b"[a](" * 20_000,
        b"*a " * 20_000,
        b"_a " * 20_000,
        b"<!--" * 20_000,
        b"# " + b" " * 60_000 + b"x",
        b"&" * 60_000,
        b"<a " * 30_000,
        b"<!DOCTYPE[" * 10_000,
        b"<!---->" * 10_000,
        b"<?x?>" * 10_000,
        b"A" + b" " * 60_000 + b"| b",
        b"---\n" * 20_000,
        b'{"text":' * 10_000,
        b"By " * 30_000,
        b"a | " * 30_000,
        b"June 3, 2024 " * 8_000,
        b"- item\n" * 20_000,
        b'"' * 60_000,
        b"<rss>" + b"<item>" * 5_000,
        b"![" * 30_000,
        b"&#1;" * 20_000,
    ],
    ids=lambda data: repr(data[:9]),
)
def test_swollen_files_end(tmp_path: Path, data: bytes) -> None:
    for name in ("x.txt", "x.md", "x.html", "x.jsonl"):
        check(read_bytes(tmp_path, name, data))
