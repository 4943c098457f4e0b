"""Bytes to text: byte order mark, then UTF-8, then what the page declares, then what the bytes suggest."""

import codecs
import re

from kg.sources.refused import RefusedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What pages say and what browsers read instead; source: WHATWG Encoding Standard, section 4.2.
_WHATWG = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "shift_jis": "cp932", "sjis": "cp932",
    "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs",
}  # fmt: skip

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 27), *range(28, 32)])
_ASCII = bytes(range(128))
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")

MAX_REPLACED = 0.005
"""Share of bytes that may be wrong in a text that is otherwise UTF-8: one slip in 200 bytes."""

FEW_FOREIGN = 0.08
"""Share of non-ASCII bytes below which statistics mislead, and cp1252 is the best guess."""

MAX_CONTROLS = 0.01
"""Share of control characters above which decoded bytes are no text."""


def decode(data: bytes, declared: str = "") -> str:
    """Text of some bytes, with line breaks and control characters cleaned; Unicode is not normalised otherwise.

    Args:
        data: all bytes of the text.
        declared: a charset from outside the bytes; by default what a `<meta>` or XML declaration in them says.

    Raises:
        RefusedError: `binary` or `bad_encoding`.
    """
    text = _decode(data, declared or declared_charset(data))
    controls = len(_CONTROLS.findall(text))
    if controls > MAX_CONTROLS * len(text):
        raise RefusedError("binary", f"{controls} of {len(text)} characters are control characters")
    return clean(text)


def clean(text: str) -> str:
    r"""Text with `\n` as the only line break and no other control character but the tab."""
    text = _CONTROLS.sub("", _LINE_BREAKS.sub("\n", text.removeprefix("\ufeff")))
    return _SURROGATES.sub("\ufffd", text)


def declared_charset(data: bytes) -> str:
    """What the head of a page or feed declares, or ""."""
    found = _DECLARED.search(data[:4096])
    return (found[1] or found[2]).decode("ascii") if found else ""


def _decode(data: bytes, declared: str) -> str:
    mark, name = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", _unmarked_utf16(data)))
    if name:
        return data[len(mark) :].decode(name, "replace")
    # The bytes of ISO-2022 are ASCII, its text is not.
    if b"\x1b$" in data and (text := _try(data, declared)) is not None:
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, declared)


def _decode_other(data: bytes, declared: str) -> str:
    """Text of bytes that are not quite UTF-8: with slips, else as declared, else as guessed."""
    if len(data) - len(data.translate(None, _CONTROL_BYTES)) > MAX_CONTROLS * len(data):
        raise RefusedError("binary", "not a text file: it holds control characters")
    text = data.decode("utf-8", "replace")
    wrong, foreign = text.count("\ufffd"), len(data.translate(None, _ASCII))
    if wrong <= max(1, MAX_REPLACED * len(data)) and wrong * 4 < foreign:
        return text
    if declared.lower() not in ("utf-8", "utf8") and (given := _try(data, declared)) is not None:
        return given
    return _guess(data, foreign)


def _try(data: bytes, declared: str) -> str | None:
    """Decoded strictly by a declared charset; None when it is unknown, not for text, or wrong."""
    try:
        text = data.decode(_WHATWG.get(declared.lower(), declared)) if declared else None
    except (LookupError, ValueError):
        return None
    return None if text is None or _CONTROLS.search(text) else text


def _guess(data: bytes, foreign: int) -> str:
    if foreign < FEW_FOREIGN * len(data) and (text := _try(data, "cp1252")) is not None:
        return text
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:200_000]).best()
    if best is None:
        raise RefusedError("bad_encoding", "the bytes are valid in no encoding that fits them")
    return data.decode(best.encoding, "replace")


def _unmarked_utf16(data: bytes) -> str:
    """Mostly Latin text in UTF-16 has a NUL as every second byte."""
    sample = data[:2000]
    if len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else ""
