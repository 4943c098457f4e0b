"""JSONL, JSON files and feeds; compressed inputs; what is refused."""

import bz2
import gzip
import io
import json
import lzma
import os
import random
from collections.abc import Callable

import pytest
import zstandard

from kg.config import Settings
from kg.model import Article, Rejection
from kg.sources import read_paths

Read = Callable[..., list[Article | Rejection]]
ReadOne = Callable[..., Article | Rejection]
TEXT = "The president met the envoy."
PACKERS = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


def outcome(results: list[Article | Rejection]) -> list[str]:
    return [one.key if isinstance(one, Article) else f"{one.path} {one.reason}" for one in results]


def test_all_fields(read_one: ReadOne) -> None:
    record = {
        "id": "a1",
        "title": "T",
        "date": "2024-06-27",
        "url": "https://x.org/a",
        "source": "S",
        "authors": ["A", "B"],
        "text": TEXT,
    }
    assert read_one("r.jsonl", json.dumps(record)) == Article(
        "a1", TEXT, "T", "S", "2024-06-27", "https://x.org/a", ("A", "B"), "application/jsonl"
    )


@pytest.mark.parametrize(
    ("record", "key", "date"),
    [
        ({"text": TEXT}, "r.jsonl#1", ""),
        ({"url": "https://x.org/a", "text": TEXT}, "https://x.org/a", ""),
        ({"id": 7, "content": TEXT, "published": 1719446400}, "7", "2024-06-27"),
        ({"id": None, "Body": TEXT, "Date": None}, "r.jsonl#1", ""),
        ({"id": "x" * 5000, "text": TEXT, "date": "1946"}, "r.jsonl#1", ""),
        ({"id": " a\u001fb\n", "text": TEXT, "date": {"x": 1}}, "ab", ""),
        ({"id": True, "text": TEXT, "title": [1], "authors": {"name": "A"}}, "r.jsonl#1", ""),
    ],
)
def test_odd_fields(read_one: ReadOne, record: dict[str, object], key: str, date: str) -> None:
    article = read_one("r.jsonl", json.dumps(record))
    assert isinstance(article, Article), article
    assert (article.key, article.date, article.text) == (key, date, TEXT)


def test_bad_lines_are_rejected_and_the_rest_is_read(read: Read) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT}),
        "nonsense",
        "[1]",
        '{"text": ""}',
        '{"text": 5}',
        '{"id": "b"}',
        "",
        "[" * 5000,
        '{"text": "' + "x" * 500 + '"}',
        '{"id": 1' + "0" * 5000 + "}",
        b'{"id": "c", "text": "caf\xe9 au lait is good."}',
        '{"text": "***"}',
        '{"id": "d", "text": "a \ud800 b"}',
        '{"id": "e", "te',
    ]
    data = b"\n".join(line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass") for line in lines)
    found = read({"r.jsonl": data}, max_bytes=400)
    assert outcome(found) == [
        "a",
        *(
            f"in/r.jsonl#{number} {reason}"
            for number, reason in [
                (2, "bad_json"),
                (3, "bad_record"),
                (4, "bad_record"),
                (5, "bad_record"),
                (6, "bad_record"),
                (8, "too_large"),
                (9, "too_large"),
                (10, "too_large"),
            ]
        ),
        "c",
        "in/r.jsonl#12 no_text",
        "d",
        "in/r.jsonl#14 bad_json",
    ]


def test_deep_and_long_values_are_bad_json(read: Read) -> None:
    data = f'{{"text": "{TEXT}"}}\n' + "[" * 100_000 + '\n{"id": ' + "1" * 5000 + ', "text": "x"}\n'
    assert outcome(read({"r.jsonl": data})) == ["r.jsonl#1", "in/r.jsonl#2 bad_json", "in/r.jsonl#3 bad_json"]


@pytest.mark.parametrize("name", ["r.jsonl", "r.ndjson", "r.json", "r.txt", "r"])
def test_jsonl_is_told_by_its_content(read: Read, name: str) -> None:
    data = f'{{"id": "a", "text": "{TEXT}"}}\n{{"id": "b", "text": "{TEXT}"}}\n'
    assert outcome(read({name: data})) == ["a", "b"]


@pytest.mark.parametrize("name", ["r.json", "r.txt"])
def test_json_files(read: Read, name: str) -> None:
    records = [{"id": "a", "text": TEXT}, {"text": TEXT}, 5, {"id": "z"}]
    expected = ["a", f"{name}#2", f"in/{name}#3 bad_record", f"in/{name}#4 bad_record"]
    assert outcome(read({name: json.dumps(records, indent=1)})) == expected
    assert outcome(read({name: json.dumps(records)})) == expected
    assert outcome(read({name: json.dumps({"text": TEXT}, indent=1)})) == [name]
    assert outcome(read({name: "{\n\n"})) == [f"in/{name} bad_json"]
    assert outcome(read({name: "[]"})) in ([f"in/{name} bad_record"], [f"in/{name} no_text"])


def test_prose_in_brackets_is_text(read_one: ReadOne) -> None:
    article = read_one("x.txt", "[Updated] The president met the envoy in Rome.")
    assert isinstance(article, Article)
    assert article.media_type == "text/plain"


def test_marks_in_texts_go(read: Read) -> None:
    raw = [
        "<p>One&nbsp;is.</p><p>Two is.</p>",
        "The [envoy](https://x.org) **is** here.\n\n\\###",
        "a < b and snake_case_it is",
    ]
    found = read({"r.jsonl": "\n".join(json.dumps({"text": one}) for one in raw)})
    assert [one.text for one in found if isinstance(one, Article)] == [
        "One\xa0is.\n\nTwo is.",
        "The envoy is here.\n\n###",
        "a < b and snake_case_it is",
    ]


def test_titles_lose_the_escapes_of_converters(read_one: ReadOne) -> None:
    article = read_one("r.jsonl", json.dumps({"text": TEXT, "title": "Bill H.R.\\_63:\\ \\ Obama\\u2019s\\_pact"}))
    assert isinstance(article, Article)
    assert article.title == "Bill H.R. 63: Obama’s pact"


def test_utf16_lines(read: Read) -> None:
    data = f'{{"id": "a", "text": "{TEXT}"}}\n{{"id": "b", "text": "{TEXT}"}}\n'
    assert outcome(read({"r.jsonl": data.encode("utf-16")})) == ["a", "b"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed_inputs(read: Read, suffix: str) -> None:
    pack = PACKERS[suffix]
    data = b"".join(json.dumps({"id": f"n{n}", "text": f"{TEXT} {n}"}).encode() + b"\n" for n in range(300))
    expected = [f"n{n}" for n in range(300)]
    assert outcome(read({f"r.jsonl{suffix}": pack(data)})) == expected
    assert outcome(read({f"r.jsonl{suffix}": pack(data[:99]) + pack(data[99:])})) == expected
    assert outcome(read({f"r.jsonl{suffix}": data})) == expected
    assert outcome(read({f"x.txt{suffix}": pack(TEXT.encode())}, f"in/x.txt{suffix}")) == [f"x.txt{suffix}"]
    assert outcome(read({"zipped": pack(b"")}, "in/zipped")) == ["in/zipped empty"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_cut_and_damaged_archives(read: Read, suffix: str) -> None:
    noise = random.Random(1)
    lines = [json.dumps({"id": f"n{n}", "text": f"{TEXT} {noise.randbytes(50).hex()}"}) for n in range(4000)]
    whole = PACKERS[suffix]("\n".join(lines).encode())
    cut = read({"r": whole[: len(whole) * 9 // 10]})
    ids = [one.key for one in cut if isinstance(one, Article)]
    assert ids == [f"n{n}" for n in range(len(ids))]
    assert [one.reason for one in cut if isinstance(one, Rejection)] == ["truncated"]
    broken = bytearray(whole)
    broken[len(whole) // 2 : len(whole) // 2 + 40] = b"\xff" * 40
    assert "truncated" in {one.reason for one in read({"r": bytes(broken)}) if isinstance(one, Rejection)}
    assert outcome(read({"r": whole[:20]})) == ["in/r truncated"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_archive_bombs_are_too_large(read: Read, suffix: str) -> None:
    pack = PACKERS[suffix]
    assert outcome(read({"x.txt": pack(b"word " * 2_000_000)}, max_bytes=100_000)) == ["in/x.txt too_large"]
    assert outcome(read({"x.jsonl": pack(b"[" + b"1," * 2_000_000)}, "in/x.jsonl", max_bytes=100_000)) == [
        "in/x.jsonl#1 too_large"
    ]


def test_large_files_are_not_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    original = io.BufferedReader.read

    class Watched(io.BufferedReader):
        def read(self, size: int | None = -1, /) -> bytes:
            data = original(self, size)
            taken.append(len(data))
            return data

    monkeypatch.setattr(io, "BufferedReader", Watched)
    assert outcome(read({"x.txt": b"word " * 300_000}, max_bytes=1_000_000)) == ["in/x.txt too_large"]
    assert taken == []
    assert outcome(read({"x.txt": b"word " * 100}, max_bytes=1_000)) == ["x.txt"]
    assert sum(taken) == 500


RSS = """<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Gazette</title>
<item><title>One &amp; two</title><link>https://g.org/1</link><pubDate>Thu, 27 Jun 2024 23:10:00 -0500</pubDate>
<author>Ana Ruiz</author>
<description>&lt;p&gt;The minister met the président.&lt;/p&gt;&lt;p&gt;They spoke.&lt;/p&gt;</description></item>
<item><guid isPermaLink="false">g2</guid><description>Plain words of a story are here.</description></item>
<item><title>none</title></item>
<item><description>Another story is told here.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atoms</title><entry><title>E</title><id>urn:1</id>
<published>2024-05-06T00:00:00Z</published><updated>2024-06-06T00:00:00Z</updated><link href="https://g.org/at"/>
<author><name>Tom Berg</name></author>
<summary>Short.</summary>
<content type="html">&lt;p&gt;The chancellor visited Kyiv.&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize("name", ["f.xml", "f.rss", "f.txt"])
def test_rss(read: Read, name: str) -> None:
    found = read({name: RSS})
    assert outcome(found) == ["https://g.org/1", "g2", f"in/{name}#3 no_text", f"{name}#4"]
    assert found[0] == Article(
        "https://g.org/1",
        "The minister met the président.\n\nThey spoke.",
        "One & two",
        "Gazette",
        "2024-06-27",
        "https://g.org/1",
        ("Ana Ruiz",),
        "application/feed",
    )


def test_atom(read_one: ReadOne) -> None:
    assert read_one("f.xml", ATOM) == Article(
        "https://g.org/at",
        "The chancellor visited Kyiv.",
        "E",
        "Atoms",
        "2024-05-06",
        "https://g.org/at",
        ("Tom Berg",),
        "application/feed",
    )


def test_a_feed_cut_short_loses_its_last_entry(read: Read) -> None:
    cut = RSS[: RSS.index("words of a story")]
    assert outcome(read({"f.xml": cut})) == ["https://g.org/1", "in/f.xml#2 truncated"]
    assert outcome(read({"f.xml": "<rss><channel><title>x</title>"})) == ["in/f.xml no_text"]


def test_entities_of_feeds_are_not_expanded(read: Read, tmp_path: object) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [{bomb}<!ENTITY leak SYSTEM "file://{tmp_path}/in/f.xml">]>'
    text = RSS.replace('<?xml version="1.0" encoding="iso-8859-1"?>', head).replace(
        "Plain words", "&e8; &leak; Plain words"
    )
    found = read({"f.xml": text})
    assert "g2" in outcome(found)
    assert all("boom" not in one.text and "DOCTYPE" not in one.text for one in found if isinstance(one, Article))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.txt", b"", "empty"),
        ("x.jsonl", b"", "empty"),
        ("x.html", b" \n\t ", "empty"),
        ("x.md", b"\xef\xbb\xbf", "empty"),
        ("x.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        ("x", bytes(range(256)) * 4, "binary"),
        ("x.txt", b"\x7fELF" + bytes(50), "binary"),
        ("x.html", b"<html>" + b"\0\1\2" * 500, "binary"),
        ("x.txt", b"%PDF-1.7 text", "unknown_format"),
        ("x.docx", b"PK\x03\x04...", "unknown_format"),
        ("x.csv", b"a,b\n1,2\n", "unknown_format"),
        ("x.xml", b"<?xml version='1.0'?><gpx><p/></gpx>", "unknown_format"),
        ("x.txt", bytes(range(128, 256)) * 8, "bad_encoding"),
        ("x.json", b"not json at all, but words", "bad_json"),
        ("x.txt", b"!!! ???", "no_text"),
    ],
)
def test_refused_files(read_one: ReadOne, name: str, content: bytes, reason: str) -> None:
    result = read_one(name, content)
    assert isinstance(result, Rejection), result
    assert (result.path, result.reason) == (f"in/{name}", reason)
    assert result.detail


def test_jsonl_takes_constant_memory() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            line = json.dumps({"id": os.urandom(8).hex(), "text": TEXT}).encode() + b"\n"
            buffer[: len(line)] = line
            return len(line)

    stream = read_paths(["-"], settings=Settings(), stdin=Endless())  # type: ignore[arg-type]
    assert all(isinstance(next(stream), Article) for _ in range(200))
