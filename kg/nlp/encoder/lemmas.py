"""Lemmas as edit scripts: a rule turns a form into its lemma, so that a classifier can choose among some hundred rules.

Source: Straka, UDPipe 2.0 prototype at CoNLL 2018 UD shared task, section 3.2 (casing script and edit script).
"""

from __future__ import annotations

from difflib import SequenceMatcher

KEEP = "k|0||0|"


def make_rule(form: str, lemma: str) -> str:
    """The rule that turns `form` into `lemma`: casing, then what to cut and add in front and behind.

    A rule is `casing|cut|add|cut|add`, or `=lemma` where form and lemma share nothing. Casing: `l` lower, `k` as in the
    form, `t` first letter a capital.
    """
    if lemma == lemma.lower():
        casing, base = "l", form.lower()
    elif _edit(form, lemma) is not None and _shared(form, lemma) == _shared(form.lower(), lemma.lower()):
        casing, base = "k", form
    elif lemma[1:] == lemma[1:].lower():
        casing, base, lemma = "t", form.lower(), lemma.lower()
    else:
        return "=" + lemma
    edit = _edit(base, lemma)
    return "=" + lemma if edit is None else f"{casing}|{edit}"


def _shared(form: str, lemma: str) -> int:
    return SequenceMatcher(None, form, lemma, autojunk=False).find_longest_match().size


def _edit(form: str, lemma: str) -> str | None:
    match = SequenceMatcher(None, form, lemma, autojunk=False).find_longest_match()
    if match.size == 0:
        return None
    before, after = lemma[: match.b], lemma[match.b + match.size :]
    cut = len(form) - match.a - match.size
    return f"{match.a}|{before}|{cut}|{after}"


def apply_rule(rule: str, form: str) -> str:
    """The lemma of `form` under `rule`; the form itself where the rule would leave nothing."""
    if rule.startswith("="):
        return rule[1:]
    casing, cut_front, front, cut_back, back = rule.split("|", 4)
    base = form if casing == "k" else form.lower()
    end = len(base) - int(cut_back)
    if int(cut_front) > end:
        return base
    lemma = front + base[int(cut_front) : end] + back
    if not lemma:
        return base
    return lemma[:1].upper() + lemma[1:] if casing == "t" else lemma
