"""Front matter of every kind; bodies whose words stay as they are."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Rejection
from kg.sources.markdown import read_markdown, split_front, strip_inline

ReadOne = Callable[..., Article | Rejection]
BODY = "The envoy met\nthe\xa0minister in  Rome.\n\nThey spoke of the “pact” – for hours."


def markdown(front: str, body: str = BODY) -> Article:
    return read_markdown(f"---\n{front}\n---\n\n{body}\n", "k.md")


def test_metadata_come_from_front_matter() -> None:
    article = markdown(
        "title: 'A: the pact'\ndate: 2024-06-27 10:00:00-04:00\nsource: The Gazette\nsource_url: "
        "https://x.org/a\nauthor: [A B, C D]\ntags: {a: 1}"
    )
    assert article == Article(
        "k.md", BODY, "A: the pact", "The Gazette", "2024-06-27", "https://x.org/a", ("A B", "C D"), "text/markdown"
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("title: 1984", "title", "1984"),
        ("title: yes", "title", "yes"),
        ("title: null", "title", ""),
        ("title: [a, b]", "title", "a"),
        ("title: {name: x}", "title", "x"),
        ("title: |\n  two\n  lines", "title", "two lines"),
        ('title: "President\\_Ruiz"', "title", "President\xa0Ruiz"),
        ("title: Foo: bar", "title", "Foo: bar"),
        ("date: 2024-02-30", "date", ""),
        ("date: '2024-06-27'", "date", "2024-06-27"),
        ("published_time: 2024-06-27 14:42:40-04:00", "date", "2024-06-27"),
        ("date: ''\npublished: 3 May 2024", "date", "2024-05-03"),
        ("url: not an address", "url", ""),
        ("author: By Ana Ruiz and Tom Berg", "authors", ("Ana Ruiz", "Tom Berg")),
        ("author:\n  - name: Ana Ruiz\n  - Tom Berg", "authors", ("Ana Ruiz", "Tom Berg")),
        ("publisher: {name: Gazette}", "source", "Gazette"),
        ("title: &a x\nsource: *a", "source", "x"),
        ("TITLE: upper", "title", "upper"),
    ],
)
def test_values_of_any_type(line: str, field: str, value: object) -> None:
    article = markdown(line)
    assert getattr(article, field) == (" ".join(value.split()) if isinstance(value, str) else value)
    assert article.text == BODY


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: x\n---\n{BODY}",
        f"\n\n---\ntitle: x\n...\n{BODY}",
        f"+++\ntitle = 'x'\n+++\n{BODY}",
        f"---\n\n# note\ntitle: x\n---   \n{BODY}",
    ],
)
def test_fences(text: str) -> None:
    article = read_markdown(text, "k")
    assert (article.title, article.text) == ("x", BODY)


@pytest.mark.parametrize("text", [BODY, f"---\n{BODY}\n---\n{BODY}", f"---\ntitle: x\n{BODY}", "---"])
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert split_front(text) == ({}, text)


def test_yaml_bombs_and_objects_do_nothing() -> None:
    bomb = "a: &a [x,x,x,x]\n" + "".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'},*a]\n" for n in range(40))
    assert markdown(f"{bomb}title: ok").title == "ok"
    assert markdown("title: !!python/object/apply:os.getcwd []").text == BODY
    assert markdown("a: " + "[" * 5000 + "\ntitle: ok").title == "ok"


def test_the_first_heading_is_the_title_when_there_is_none() -> None:
    assert read_markdown("# The *pact* #\n\nHe met her in Rome.", "k").title == "The pact"


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("an [exclusive\ninterview](https://x.com/a_(b)) on", "an exclusive\ninterview on"),
        ("[**said**](https://x.com)", "said"),
        ("**bold _and_ more:** x", "bold and more: x"),
        ("![a picture](p.png 'title') x", " x"),
        ("a [ref][1] b\n\n[1]: http://x.y", "a ref b\n\n"),
        ("## A heading", "A heading"),
        ("> quoted\n> text", "quoted\ntext"),
        (r"\### and H.R.\_63 \[sic\]", "### and H.R._63 [sic]"),
        ("11<sup>th</sup> &amp; last<br />", "11th & last "),
        ("a<!-- no -->b", "ab"),
        ("<https://x.y>", "https://x.y"),
        ("[](https://x.y)[a [b] c](/d)", "a [b] c"),
    ],
)
def test_inline_markup_goes(markup: str, plain: str) -> None:
    assert strip_inline(markup) == plain


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name and 2 * 3 * 4 = 24",
        "-   an item\n    of a list\n\n1. one",
        "a < b and c > d",
        "it [was] so (he said)",
        "AT&T; R&D",
        "5 * x",
        "* item one\n* item two",
        "“quotes”\xa0— dashes… é\u0301",
        "Mr. B.* and Ms. C.*",
        "end  \nof line",
        "#hashtag",
    ],
)
def test_ordinary_characters_stay(text: str) -> None:
    assert strip_inline(text) == text


@given(st.lists(st.text(alphabet="abc ,.;“”’\xa0\n–éß", max_size=40)).map("\n\n".join))
def test_bodies_without_markup_are_kept_verbatim(body: str) -> None:
    assert strip_inline(body) == body


def test_page_dumps_in_markdown_lose_their_furniture(read_one: ReadOne) -> None:
    body = (
        "# Pact signed\n\nHome\nWorld\nSports\nOpinion\nVideo\nContact\n\n"
        + BODY
        + "\n\nThey will meet again.\n\nLeave a Comment\n\nMORE"
    )
    article = read_one("x.md", body)
    assert isinstance(article, Article)
    assert article.text == f"Pact signed\n\n{BODY}\n\nThey will meet again."


def test_nothing_but_front_matter(read_one: ReadOne) -> None:
    result = read_one("x.md", "---\ntitle: x\n---\n\n## \n")
    assert isinstance(result, Rejection)
    assert result.reason == "no_text"
