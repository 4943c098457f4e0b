import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotFoundError, RecordError
from kg.graph import record as record_module
from kg.graph.codec import CodecError, decode_reading, decode_text, encode_reading, encode_text
from kg.graph.migrations import APPLICATION_ID, SCHEMA_VERSION
from kg.graph.record import FILE, Record
from kg.model import Argument, Article, Claim, Evidence, Literal, Mood, Qualifiers, Reading, Span, Tenure, When
from tests.graph.corpus import PAGES

words = st.text(max_size=12)  # with lone surrogates, control characters and all


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    key = draw(words)
    spans = st.builds(Span, st.just(key), st.integers(0, 99), st.integers(0, 99))
    arguments = st.builds(Argument, words, words, words)
    evidence = st.builds(Evidence, spans, st.integers(0, 9), words, st.floats(0, 1))
    claims = st.builds(
        Claim,
        st.just(key),
        arguments,
        words,
        st.one_of(arguments, st.builds(Literal, words)),
        st.lists(evidence, min_size=1, max_size=3).map(tuple),
        st.builds(
            Qualifiers,
            words,
            st.sampled_from([None, *Tenure]),
            words,
            st.one_of(st.none(), arguments),
            st.one_of(st.none(), arguments),
        ),
        st.booleans(),
        st.sampled_from(Mood),
        st.builds(When, words, words, words),
        st.one_of(st.none(), arguments),
        words,
    )
    return Reading(
        article=key,
        sha256=draw(words),
        reader=draw(words),
        sentences=tuple(draw(st.lists(spans, max_size=3))),
        claims=tuple(draw(st.lists(claims, max_size=3))),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "graph.kg"


@pytest.fixture
def filled(folder: Path) -> Iterator[Record]:
    with Record.open(folder, create=True) as record:
        for page in PAGES:
            record.put(*page.pair)
        yield record


@given(readings())
@settings(max_examples=60)
def test_a_reading_survives_its_encoding(reading: Reading) -> None:
    assert decode_reading(encode_reading(reading)) == reading


def test_hand_written_readings_survive_their_encoding() -> None:
    pairs = [p.pair for p in PAGES]
    assert sum(len(r.mentions) + len(r.entities) for _, r in pairs) > 40
    assert [decode_reading(encode_reading(r)) for _, r in pairs] == [r for _, r in pairs]


@pytest.mark.parametrize("data", [b"", b"nonsense", encode_text("[]"), encode_text("[1,2]"), encode_text("[99,1,2]")])
def test_other_bytes_are_no_reading(data: bytes) -> None:
    with pytest.raises(CodecError):
        decode_reading(data)


def test_a_reading_may_not_point_into_another_article() -> None:
    reading = Reading("a", "x", "r", sentences=(Span("b", 0, 1),))
    with pytest.raises(ValueError, match="points into"):
        encode_reading(reading)


def test_what_is_put_comes_back_in_order_of_keys(filled: Record) -> None:
    pairs = sorted((p.pair for p in PAGES), key=lambda pair: pair[0].key)
    assert list(filled.pairs()) == pairs
    assert list(filled.articles()) == [a for a, _ in pairs]
    assert list(filled.readings()) == [r for _, r in pairs]
    assert filled.keys() == [a.key for a, _ in pairs]
    article, reading = pairs[3]
    assert filled.article(article.key) == article
    assert filled.reading(article.key) == reading
    assert filled.known(article.key) == (article.sha256, "test-1")
    assert filled.known("never") is None


def test_keys_sort_by_code_point_and_survive_any_character(folder: Path) -> None:
    keys = ["z", "a", "\U0001f600", "\uffee", "\udcff", "ä", 'q"uote', "line\nbreak", "nul\0"]
    with Record.open(folder, create=True) as record:
        for key in keys:
            article = Article(key, f"text of {key}", title="\ud800", source=key, url=key, authors=(key,))
            record.put(article, Reading(key, article.sha256, "r"))
    with Record.open(folder, readonly=True) as record:
        assert record.keys() == sorted(keys)
        assert [a.authors for a in record.articles()] == [(k,) for k in sorted(keys)]
        assert all(record.known(k) for k in keys)


def test_putting_again_replaces(filled: Record) -> None:
    article = Article("beijing.md", "Corrected.", source="The Courier")
    filled.put(article, Reading(article.key, article.sha256, "test-2"))
    assert filled.known("beijing.md") == (article.sha256, "test-2")
    assert len(list(filled.pairs())) == len(PAGES)


def test_a_reading_of_another_text_is_refused(folder: Path) -> None:
    with Record.open(folder, create=True) as record, pytest.raises(ValueError, match="put with"):
        record.put(Article("a", "new text"), Reading("a", Article("a", "old text").sha256, "r"))


def test_the_state_changes_with_the_content_and_only_with_it(folder: Path, tmp_path: Path) -> None:
    pairs = [p.pair for p in PAGES]
    with Record.open(folder, create=True) as one, Record.open(tmp_path / "other", create=True) as two:
        empty = one.state()
        for pair in pairs:
            one.put(*pair)
        for pair in reversed(pairs):
            two.put(*pair)
        full = one.state()
        assert full == two.state() != empty
        one.put(*pairs[0])
        assert one.state() == full
        one.withdraw(pairs[0][0].key)
        assert one.state() != full
        one.put(*pairs[0])
        assert one.state() == full


def test_withdrawing_leaves_nothing(filled: Record) -> None:
    filled.withdraw("beijing.md")
    assert filled.known("beijing.md") is None
    for look in (filled.article, filled.reading, filled.withdraw):
        with pytest.raises(NotFoundError):
            look("beijing.md")
    assert filled.faults() == []


def test_a_missing_record_is_an_error_with_a_hint(folder: Path) -> None:
    with pytest.raises(RecordError, match="holds no graph") as info:
        Record.open(folder)
    assert "kg build" in info.value.hint
    with pytest.raises(RecordError):
        Record.open(folder, create=True, readonly=True)
    assert not folder.exists()


def test_a_readonly_record_refuses_to_be_written(filled: Record) -> None:
    before = filled.state()
    with Record.open(filled.path.parent, readonly=True) as record:
        with pytest.raises(RecordError, match="cannot be written"):
            record.withdraw("beijing.md")
        assert record.state() == before


def test_readers_see_what_a_writer_commits(filled: Record) -> None:
    with Record.open(filled.path.parent, readonly=True) as reader:
        seen = list(reader.keys())
        filled.withdraw("beijing.md")
        assert reader.keys() == [k for k in seen if k != "beijing.md"]


def test_another_file_is_no_record(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE).write_text("something else " * 100)
    with pytest.raises(RecordError, match="not a record"):
        Record.open(folder)


def test_another_database_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / FILE) as db:
        db.execute("CREATE TABLE theirs (x)")
    db.close()
    with pytest.raises(RecordError, match="not a record"):
        Record.open(folder, create=True)


def test_a_newer_record_is_refused(folder: Path) -> None:
    Record.open(folder, create=True).close()
    with sqlite3.connect(folder / FILE) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    with pytest.raises(RecordError, match="newer kg") as info:
        Record.open(folder)
    assert "upgrade" in info.value.hint


def test_an_older_record_is_brought_up_to_date(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Record.open(folder, create=True) as record:
        record.put(*PAGES[0].pair)
    later = (*record_module.MIGRATIONS, ("ALTER TABLE judgement ADD COLUMN reason TEXT NOT NULL DEFAULT ''",))
    monkeypatch.setattr(record_module, "MIGRATIONS", later)
    monkeypatch.setattr(record_module, "SCHEMA_VERSION", len(later))
    with pytest.raises(RecordError, match="older kg"):
        Record.open(folder, readonly=True)
    with Record.open(folder) as record:
        assert list(record.pairs()) == [PAGES[0].pair]
    with sqlite3.connect(folder / FILE) as db:
        assert "reason" in [row[1] for row in db.execute("PRAGMA table_info(judgement)")]
    db.close()


def test_a_failing_migration_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Record.open(folder, create=True).close()
    broken = (*record_module.MIGRATIONS, ("CREATE TABLE half (x)", "NONSENSE"))
    monkeypatch.setattr(record_module, "MIGRATIONS", broken)
    monkeypatch.setattr(record_module, "SCHEMA_VERSION", len(broken))
    with pytest.raises(RecordError):
        Record.open(folder)
    with sqlite3.connect(folder / FILE) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    db.close()


def test_a_locked_record_says_so(filled: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "BUSY_MS", 10)
    other = sqlite3.connect(filled.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with Record.open(filled.path.parent) as record, pytest.raises(RecordError, match="locked by another process"):
            record.withdraw("beijing.md")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert filled.known("beijing.md")


def test_a_full_disk_keeps_what_was_there(filled: Record) -> None:
    before = filled.state()
    pages = filled._db.execute("PRAGMA page_count").fetchone()[0]
    filled._db.execute(f"PRAGMA max_page_count = {pages}")
    article = Article("big", "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(200_000)))
    with pytest.raises(RecordError, match="disk is full"):
        filled.put(article, Reading("big", article.sha256, "r"))
    assert filled.state() == before
    assert filled.faults() == []


def test_a_damaged_entry_is_reported(filled: Record) -> None:
    filled._db.execute("UPDATE reading SET body = x'00' WHERE article = 'beijing.md'")
    with pytest.raises(RecordError, match="cannot be read"):
        list(filled.pairs())


def test_lost_partners_are_faults(filled: Record) -> None:
    filled._db.execute("PRAGMA foreign_keys = OFF")
    filled._db.execute("DELETE FROM article WHERE key = 'beijing.md'")
    filled._db.execute("DELETE FROM reading WHERE article = 'fleitz.md'")
    assert filled.faults() == [
        "a reading has lost its article 'beijing.md'",
        "article 'fleitz.md' has lost its reading",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_build_leaves_whole_articles(folder: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from kg.graph.record import Record
        from kg.model import Article, Reading
        with Record.open(Path(sys.argv[1]), create=True) as record:
            for i in range(10**6):
                article = Article(f"{i:06}", f"text {i} " * 50)
                record.put(article, Reading(article.key, article.sha256, "r"))
                print(i, flush=True)
    """)
    process = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= 50:
            break
    os.kill(process.pid, signal.SIGKILL)
    said = [int(line) for line in process.stdout.read().split()]
    process.wait()
    process.stdout.close()
    with Record.open(folder) as record:
        kept = record.keys()
        assert kept == [f"{i:06}" for i in range(len(kept))]
        assert len(kept) >= max(said, default=50) + 1
        assert record.faults() == []
        assert all(a.sha256 == r.sha256 for a, r in record.pairs())


def test_text_is_decoded_or_refused() -> None:
    assert decode_text(encode_text("Ärger \ud800")) == "Ärger \ud800"
    with pytest.raises(CodecError):
        decode_text(b"no")
