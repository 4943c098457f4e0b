"""spaCy's English tokenizer, moved towards the words of the treebanks; it is saved with the pipeline, as data."""

from __future__ import annotations

import re

import spacy
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_DASHES = r"(?:-|–|—|--|---|——|~)"
_PREFIXES = (
    "non", "pro", "anti", "re", "co", "pre", "post", "sub", "ex", "multi", "semi", "mini", "pan", "inter", "counter",
    "cross", "mid", "e",
)  # fmt: skip
_ABBREVIATIONS = (
    "Amb. Sec. Col. Lt. Maj. Capt. Sgt. Cmdr. Adm. Brig. Pres. Hon. Asst. Supt. Sens. Reps. Ft. al. Mon. Tue. Tues. "
    "MR. MRS. MS. DR. GEN. SEN. REP. AMB. GOV. SEC. ADM. LT. COL. CAPT. MAJ. PROF. "
    "Wed. Thu. Thurs. Fri. Sat. approx. ca. dept. Dept. Amb. Pvt. Cpl. Atty. Gens. Min. Prof. vs. cf."
)
_CLITICS = r"(?<=[A-Za-z])(?:n['’]t|N['’]T|['’](?:ve|re|ll|d|m|s|VE|RE|LL|D|M|S))"
_WHOLE = (
    r"\d{3}[-.]\d{3}[-.]\d{4}$|\d{3}-\d{4}$|\d{1,2}/\d{1,2}(?:/\d{2,4})?$|[Ee]-mails?$|\[\.\.\.\]$"
    r"|[A-Za-z]{2,}[./]\w+\.\w{2,4}$"
    r"|\S{300,}$"  # no text: to peel off its marks one by one takes time in the square of its length
)  # fmt: skip


def _hyphens() -> str:
    """A hyphen between letters or digits, unless after a prefix that the treebanks leave joined."""
    joined = "".join(rf"(?<!\b[{word[0].upper()}{word[0]}]{word[1:]})" for word in _PREFIXES)
    return rf"(?<=[{ALPHA}0-9]){joined}{_DASHES}(?=[{ALPHA}0-9])"


def english() -> Language:
    """A blank English pipeline with our tokenizer."""
    nlp = spacy.blank("en")
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    infixes = [
        *LIST_ELLIPSES, *LIST_ICONS,
        r"(?<=[0-9])[+\*^](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        _hyphens(),
        rf"(?<=[{ALPHA}0-9][.]){_DASHES}(?=[{ALPHA}0-9])",
        rf"(?<=[{ALPHA}0-9%$])[:<>=](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])/(?=[{ALPHA}0-9])",
        rf"(?<=[{ALPHA}0-9])[(\[](?=[{ALPHA}0-9])",
    ]  # fmt: skip
    runs = [r"[!?.]*[!?][!?.]+", r"([*=_<>~#])\1+"]
    suffixes = [*runs, _CLITICS, r"(?<=[0-9])(?:[AaPp][Mm]|[ap]\.m\.|bn|tn|mn|bps)", *(nlp.Defaults.suffixes or ())]
    prefixes = [r"[!?]{2,}", r"([*=_<>~#])\1+", *(nlp.Defaults.prefixes or ())]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.token_match = re.compile(_WHOLE).match
    tokenizer.rules = {text: parts for text, parts in tokenizer.rules.items() if not _emoticon_of_marks(text)}
    for abbreviation in _ABBREVIATIONS.split():
        tokenizer.add_special_case(abbreviation, [{ORTH: abbreviation}])
    for text, parts in {"and/or": ("and", "/", "or"), "wanna": ("wan", "na"), "Wanna": ("Wan", "na")}.items():
        tokenizer.add_special_case(text, [{ORTH: part} for part in parts])
    return nlp


def _emoticon_of_marks(text: str) -> bool:
    """Emoticons that begin or end with a bracket of ordinary text, such as `):`."""
    return text[0] in "()" and len(text) > 1 and set(text) <= set("():;=,")
