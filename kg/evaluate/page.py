"""The evaluation as one HTML page: gold and system side by side in the text of each article.

Everything that comes from articles or claims is escaped; the page runs no script and loads nothing.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from kg.evaluate.claims import Predicted, Record, predicted
from kg.evaluate.figures import Count, Score
from kg.evaluate.gold import GoldArticle, GoldClaim
from kg.evaluate.matching import Comparison, by_article, compare
from kg.evaluate.report import tables

Mark = tuple[int, int, bool]
"""A stretch of text, and whether its claim is right (or found)."""

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:90rem;padding:0 1rem;color:#1c1c1c;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
td,th{padding:.15rem .7rem;text-align:left;border-bottom:1px solid #ddd;vertical-align:top}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}
.text{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #ddd;padding:1rem}
mark.ok{background:#cdebd3}
mark.bad{background:#f8d0cd}
li.ok::marker{content:"✓ "}
li.bad::marker{content:"✗ "}
.optional{color:#666}
summary{cursor:pointer;font-weight:600}
@media(max-width:60rem){.pair{grid-template-columns:1fr}}
"""
_HEAD = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    '<meta name="viewport" content="width=device-width"><title>Evaluation</title>'
)


def write_page(golds: Sequence[GoldArticle], claims: Iterable[Record], score: Score) -> str:
    """The page.

    Args:
        golds: annotated articles.
        claims: the records that were scored.
        score: their figures.
    """
    sorted_out = by_article(golds, map(predicted, claims))
    parts = [f"{_HEAD}<style>{_STYLE}</style></head><body><h1>Evaluation</h1>"]
    parts += [_table(title, headings, rows) for title, headings, rows in tables(score)]
    parts += ["<h2>Articles</h2><p>Green: found, or right. Red: missed, or matching nothing. Grey: not required.</p>"]
    for gold in golds:
        parts.append(_article(compare(gold, sorted_out[gold.name], loose=False), score.articles[gold.name]))
    return "".join([*parts, "</body></html>\n"])


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(h)}</th>" for h in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(title)}</caption><tr>{head}</tr>{body}</table>"


def _article(c: Comparison, count: Count) -> str:
    gold_marks = [(*g.span, bool(c.found_by(g))) for g in c.gold.claims if g.span and (g.required or c.found_by(g))]
    system_marks = [
        (at, at + len(words), bool(matched))
        for p, matched in zip(c.predictions, c.matches, strict=True)
        for words in p.words_in(c.gold.name)
        if words and (at := c.gold.text.find(words)) >= 0
    ]
    golds = "".join(_gold_line(c, g) for g in c.gold.claims)
    systems = "".join(_line(p, right=bool(matched)) for p, matched in zip(c.predictions, c.matches, strict=True))
    figures = f"precision {count.precision:.2f}, recall {count.recall:.2f}"
    return (
        f"<details><summary>{escape(c.gold.name)} · {figures}</summary><div class='pair'>"
        f"<div><h3>Gold</h3><div class='text'>{_marked(c.gold.text, gold_marks)}</div><ul>{golds}</ul></div>"
        f"<div><h3>System</h3><div class='text'>{_marked(c.gold.text, system_marks)}</div><ul>{systems}</ul></div>"
        "</div></details>"
    )


def _marked(text: str, marks: Iterable[Mark]) -> str:
    """Text with stretches marked; where marks overlap, red wins."""
    held = list(marks)
    cuts = sorted({0, len(text), *(edge for start, end, _ in held for edge in (start, end))})
    parts = list[str]()
    for start, end in pairwise(cuts):
        covering = [right for first, last, right in held if first <= start and end <= last]
        piece = escape(text[start:end])
        parts.append(f"<mark class='{'ok' if all(covering) else 'bad'}'>{piece}</mark>" if covering else piece)
    return "".join(parts)


def _gold_line(c: Comparison, claim: GoldClaim) -> str:
    found = bool(c.found_by(claim))
    kind = "ok" if found else "bad" if claim.required else "optional"
    what = _what(claim.relation, claim.subject, claim.object, mood=claim.mood, negated=claim.negated)
    return f"<li class='{kind}'><span class='{'' if claim.required else 'optional'}'>{what}</span></li>"


def _line(p: Predicted, *, right: bool) -> str:
    subject, obj = p.subject.label or p.subject.text, p.object.label or p.object.text
    what = _what(p.relation, subject, obj, mood=p.mood, negated=p.negated)
    return f"<li class='{'ok' if right else 'bad'}'>{what} <small>{escape(p.rule)} {p.confidence:.2f}</small></li>"


def _what(relation: str, subject: str, obj: str, *, mood: str, negated: bool) -> str:
    tags = [tag for tag in ("not" if negated else "", "" if mood == "actual" else mood) if tag]
    note = f" <em>({escape(', '.join(tags))})</em>" if tags else ""
    return f"{escape(subject)} <b>{escape(relation)}</b> {escape(obj)}{note}"
