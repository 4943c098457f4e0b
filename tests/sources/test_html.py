"""Pages: article and metadata out of them, and nothing out of hostile ones."""

from collections.abc import Callable

import pytest

from kg.model import Article, Rejection
from kg.sources.html import fragment_text

ReadOne = Callable[..., Article | Rejection]

PARAGRAPHS = (
    (
        "The foreign minister of Sweden visited Oslo on Friday and met her counterpart, "
        "officials said after the talks had ended."
    ),
    "They agreed to meet again in June, and spoke about the war in Ukraine at some length.",
    "“We will stand together,” the minister said.",
)
LINKED = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},%s]}</script>'
)
NEWS = (
    '{"@type":["NewsArticle"],"headline":"Minister visits '
    'Oslo","datePublished":"2024-03-02T23:30:00-05:00","dateModified":"2024-03-09",'
    '"author":[{"@type":"Person","name":"Jane Doe"},{"name":"Ana '
    'Ruiz"}],"publisher":{"@type":"Organization","name":"The Daily"}}'
)


def html(head: str = "", *, article: str = "", footer: str = "© 2024 The Daily") -> str:
    text = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>Minister visits Oslo - The Daily</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        f"<article><h1>Minister visits Oslo</h1>{article}{text}</article>"
        "<aside><h3>Related</h3><ul><li><a href='/x'>Premier Vost met Envoy Harl</a></li></ul></aside>"
        f"<footer>{footer} <a href='/p'>Privacy policy</a></footer></body></html>"
    )


def read(read_one: ReadOne, page: str | bytes, name: str = "x.html", **settings: object) -> Article:
    result = read_one(name, page, **settings)
    assert isinstance(result, Article), result
    return result


def test_text_and_metadata(read_one: ReadOne) -> None:
    article = read(read_one, html('<link rel="canonical" href="https://d.org/a">' + LINKED % NEWS))
    assert article == Article(
        "x.html",
        "\n\n".join(PARAGRAPHS),
        "Minister visits Oslo",
        "The Daily",
        "2024-03-02",
        "https://d.org/a",
        ("Jane Doe", "Ana Ruiz"),
        "text/html",
    )


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x", "x.html.bak"])
def test_pages_are_told_by_their_content(read_one: ReadOne, name: str) -> None:
    assert read(read_one, html(), name).media_type == "text/html"


@pytest.mark.parametrize(
    ("head", "article", "day"),
    [
        (LINKED % NEWS, "", "2024-03-02"),
        ('<meta property="article:published_time" content="2024-03-02T10:00:00Z">', "", "2024-03-02"),
        ('<meta name="DC.date.issued" content="2 March 2024">', "", "2024-03-02"),
        ('<meta property="article:modified_time" content="2024-03-09">', "", ""),
        (LINKED % '{"@type":"NewsArticle","dateModified":"2024-03-09"}', "", ""),
        (LINKED % '{"@type":"Event","datePublished":"2024-03-09"}', "", ""),
        (LINKED % '{"@type":"NewsArticle","datePublished":"2024-02-30"}', "", ""),
        (
            '<script type="application/ld+json">{broken</script>',
            "<time datetime='2024-03-02'>2 March</time>",
            "2024-03-02",
        ),
        ("", "<time class='updated' datetime='2024-03-09'>9 March</time>", ""),
        ("", "<p>March 2, 2024</p>", "2024-03-02"),
        ("", "<p>OSLO, March 2, 2024 (DN) – The talks were held in the old castle of the city.</p>", "2024-03-02"),
        ("", "<p>The talks of March 2, 2024 were held in the old castle of the city.</p>", ""),
        ("", "", ""),
    ],
)
def test_dates_are_declared_or_shown_never_guessed(read_one: ReadOne, head: str, article: str, day: str) -> None:
    assert read(read_one, html(head, article=article)).date == day


def test_a_missing_date_may_be_given(read_one: ReadOne) -> None:
    assert read(read_one, html(), date="2020-01-01").date == "2020-01-01"


def test_headline_and_byline_are_not_text(read_one: ReadOne) -> None:
    assert read(read_one, html(article="<p>By Jane Doe</p>")).text == "\n\n".join(PARAGRAPHS)


def test_lists_quotes_and_inline_marks(read_one: ReadOne) -> None:
    more = (
        "<ul><li>First <b>point</b> of it.</li><li>A <a href='/y'>second</a> "
        "one.</li></ul><blockquote>He said that it was good.</blockquote>"
    )
    text = read(read_one, html().replace("</article>", more + "</article>")).text
    assert text.endswith("\n\n- First point of it.\n- A second one.\n\nHe said that it was good.")


def test_a_short_page_is_read(read_one: ReadOne) -> None:
    assert (
        read(read_one, "<html><body><p>The envoy met the minister in Rome.</p></body></html>").text
        == "The envoy met the minister in Rome."
    )


def test_entities_are_characters(read_one: ReadOne) -> None:
    assert (
        "Mr. Berg & “they” agreed"
        in read(read_one, html().replace("They agreed", "Mr. Berg &amp; &ldquo;they&#8221; agreed")).text
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (
            (
                "<html><body><h1>Secret talks</h1><p>The two leaders met in secret last "
                "week.</p><div>Subscribe to continue reading</div></body></html>"
            ),
            "no_text",
        ),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "no_text"),
        ("<html></html>", "no_text"),
        ("<html>", "no_text"),
        ("<!doctype html>" + "<div>" * 5000, "too_deep"),
        ("<html><body>" + "<b>" * 400 + "text of a kind", "too_deep"),
        ('<html><body><p class="' + "x" * 12_000_000 + '">The minister is here.</p></body></html>', "too_deep"),
        ("<html><body>" + "<p></p>" * 120_000, "too_deep"),
        ("<html><body>" + "<p>word is</p>" * 2_000_000, "too_large"),
    ],
    ids=["paywall", "menu", "empty", "open", "nested", "bold", "attribute", "elements", "large"],
)
def test_no_articles(read_one: ReadOne, page: str, reason: str) -> None:
    result = read_one("x.html", page)
    assert isinstance(result, Rejection)
    assert result.reason == reason


def test_external_entities_are_never_opened(read_one: ReadOne, tmp_path: object) -> None:
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY leak SYSTEM '
        f'"file://{tmp_path}/in/secret"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        "<html><body><p>&leak; The envoy met the minister in Rome. &b;</p></body></html>"
    )
    text = read(read_one, page).text
    assert "The envoy met the minister in Rome." in text
    assert "ENTITY" not in text
    assert "aaaa" not in text


def test_fragments() -> None:
    assert fragment_text("<p>One &amp; two</p><p>three<br>four</p><script>x()</script>  five\n six <b>seven</b>") == (
        "One & two\n\nthree\nfour\n\nfive six seven"
    )
    assert fragment_text("") == ""
