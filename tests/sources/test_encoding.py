import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.encoding import clean, decode
from kg.sources.refused import RefusedError

TEXT = (
    "Der Präsident sprach über den „Vertrag“ – und die Außenministerin schwieg dazu. Später "
    "traf sie den Botschafter in Köln."
)


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_told(name: str) -> None:
    assert decode(TEXT.encode(name)) == TEXT


def test_a_wrong_declaration_is_overruled() -> None:
    assert decode(b'<meta charset="iso-8859-1">' + TEXT.encode()).endswith(TEXT)
    assert decode(b'<meta charset="utf-8">' + TEXT.encode("cp1252")).endswith(TEXT)
    assert decode(b'<meta charset="no-such-thing">' + TEXT.encode("cp1252")).endswith(TEXT)
    assert decode(b'<meta charset="base64">' + TEXT.encode("cp1252")).endswith(TEXT)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("windows-1251", "Президент встретился с министром иностранных дел и обсудил договор о границе."),
        ("shift_jis", "首相は外相と会談し、条約について協議した。会談は東京で行われた。"),
        ("euc-kr", "대통령은 외무장관을 만나 조약을 논의했다. 회담은 서울에서 열렸다."),
        ("gb2312", "总统会见了外交部长，讨论了条约。会谈在北京举行。"),
        ("iso-2022-jp", "首相は外相と会談した。"),
    ],
)
def test_a_right_declaration_is_believed(name: str, text: str) -> None:
    assert decode(f'<meta http-equiv="x" content="text/html; charset={name}">{text}'.encode(name)).endswith(text)


def test_undeclared_cyrillic_is_guessed() -> None:
    text = "Президент встретился с министром иностранных дел и обсудил с ним договор о границе между странами. " * 3
    assert decode(text.encode("windows-1251")) == text


def test_slips_do_not_spoil_a_text() -> None:
    data = (TEXT * 5).encode()
    assert decode(data[:300] + b"\xff" + data[300:]).count("\ufffd") == 1


def test_only_line_breaks_and_control_characters_change() -> None:
    assert clean("a\r\nb\rc\u2028d\x85e\x0cf") == "a\nb\nc\nd\ne\nf"
    assert clean("\ufeffa\x00b\x07c\td\x1fe\x9b") == "abc\tde"
    assert clean("e\u0301 \u00e9 \xa0\u200b\ufb01") == "e\u0301 \u00e9 \xa0\u200b\ufb01"
    assert clean("x\ud800y") == "x\ufffdy"


def test_control_characters_make_bytes_binary() -> None:
    with pytest.raises(RefusedError) as caught:
        decode(b"ab\x01\x02\x03\x04cd")
    assert caught.value.reason == "binary"


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except RefusedError as exc:
        text = exc.reason
    text.encode()
    assert "\r" not in text
    assert "\0" not in text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=200))
def test_utf8_is_kept_as_it_is(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text.removeprefix("\ufeff")
