"""Furniture goes, the article stays: dumps of pages, and clean texts of several shapes."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.boilerplate import keep_units, strip_furniture
from kg.sources.refused import RefusedError
from kg.sources.text import read_text
from kg.sources.units import split_units
from tests.sources.furniture_samples import BODY, BOXES, HEADERS, LEAKS, TAILS, TITLE, page

PAGES = list(product(HEADERS, BOXES, TAILS))

CLEAN = {
    "readout": """President Almar spoke today by phone with Prime Minister Quist of Denmark.

The leaders discussed:

  * the war in Ukraine
  * the security of the Baltic Sea, and the next steps of the pact
  * trade

They agreed to speak again.""",
    "interview": """Q: Did you meet the minister?

A: Yes.

Q: Where?

A: In Rome. We spoke for an hour, and it was a good talk.

Q: Will you sign?

A: We will see.""",
    "wrapped": """The foreign minister of Peru said on Friday that his country would not
sign the treaty before the end of the year, because the Senate had
Asked for more time. He spoke to reporters in Lima.

    1. The treaty has been discussed since 2019 by envoys of both
       Sides of the border.
    2. It has not been read in full.

Bolivia has called for calm.""",
    "participants": """The meeting in Geneva was attended by the following envoys:

- Ana Ruiz, Spain
- Tom Berg, Norway
- Lu Wen, China
- Petra Novak, Czechia
- Amir Haddad, Jordan
- Sara Levi, Israel
- Olu Ade, Nigeria

The envoys will meet again in May.""",
    "speech": """Mr. President, excellencies.

We meet at a dark hour. We have seen war return. We will not be silent.

Never again.

We ask all states to sign the convention, and to sign it now.

Never again.""",
    "about": """Ministers met in Vienna on Monday to talk about the future of the accord, which is in doubt.

About Ukraine

Ukraine was not on the agenda, but the ministers talked about it over dinner, and agreed to send more aid to Kyiv.

Why Taiwan

Taiwan came up as well, since two of the ministers had been there in March and had met the president of the island.""",
}

COMMENTS = """The chancellor was asked about the plan.

Comments

Her comments came a day after the president of France had said that the plan was dead, and would not be supported.

She said that she would go to Paris on Thursday and talk to him about what could be saved of it before the summit."""


@pytest.mark.parametrize(("header", "box", "tail"), PAGES)
def test_pages_give_exactly_their_article(header: str, box: str, tail: str) -> None:
    article = read_text(page(header, box, tail), "k")
    assert article.text.split("\n\n") == list(BODY)
    assert (article.title, article.date) == (TITLE, "2023-06-27")
    assert [word for word in LEAKS if word in article.text] == []


@pytest.mark.parametrize(("header", "box", "tail"), PAGES)
def test_pages_in_markdown_and_records_keep_their_headline_too(header: str, box: str, tail: str) -> None:
    assert strip_furniture(page(header, box, tail), title=TITLE).split("\n\n") == [TITLE, *BODY]


def test_one_heading_in_the_middle_ends_nothing() -> None:
    half = "\n\n".join(BODY)
    assert BODY[1] in strip_furniture(f"{half}\n\nComments\n\n{half.replace('Norway', 'Iceland')}")
    assert "Iceland" in strip_furniture(f"{half}\n\nComments\n\n{half.replace('Norway', 'Iceland')}")


def test_there_are_pages_of_every_make() -> None:
    assert len(PAGES) == 100
    assert [leak for leak in LEAKS if leak not in "".join(HEADERS + TAILS + BOXES)] == []


@pytest.mark.parametrize("name", CLEAN)
def test_clean_texts_survive_whole(name: str) -> None:
    article = read_text(CLEAN[name], "k")
    kept = (article.title + " " + article.text).split()
    assert sorted(kept) == sorted(CLEAN[name].split())
    assert strip_furniture(CLEAN[name]) == CLEAN[name]


def test_a_heading_that_might_end_a_page_does_not_end_an_article() -> None:
    article = read_text(COMMENTS, "k")
    assert article.text.split("\n\n") == [part for part in COMMENTS.split("\n\n") if part != "Comments"]


def test_what_is_kept_stays_character_for_character() -> None:
    text = (
        "First\xa0paragraph  of the\ntext is here.\n\n\n  Second one,\tand more of it.\n\nShare "
        "this:\n\nThird one is the last."
    )
    assert strip_furniture(text) == (
        "First\xa0paragraph  of the\ntext is here.\n\n\n  Second one,\tand more of it.\n\nThird one is the last."
    )


def test_a_list_at_the_end_of_an_article_belongs_to_it() -> None:
    envoys = "The following envoys took part:\n\n- Ana Ruiz, envoy of Spain\n- Tom Berg, envoy of Norway"
    text = read_text("\n\n".join([HEADERS[0], TITLE, *BODY, envoys, TAILS[1]]), "k").text
    assert text.split("\n\n") == [*BODY, *envoys.replace("\n- ", "\n\n- ").replace("\n\n\n", "\n\n").split("\n\n")]


def test_captions_shown_twice_go() -> None:
    caption = "The old port of Oslo at night"
    text = read_text("\n\n".join([HEADERS[0], TITLE, *BODY[:3], caption, caption, *BODY[3:], TAILS[0]]), "k").text
    assert text.split("\n\n") == list(BODY)


def test_a_passage_shown_twice_is_kept_once() -> None:
    lead = (
        "The council of the union met in Brussels on Monday to discuss the sanctions, and its "
        "members agreed to a new list of names."
    )
    text = f"Free Trial\n\n{lead}\n\n230 words\n\nClose\n\n{lead}\n"
    assert read_text(text, "k").text == lead


def test_a_standfirst_gives_way_to_its_sentence() -> None:
    sentence = "The council of the union met in Brussels on Monday to discuss the sanctions and agreed to a list"
    text = (
        f"Skip to content\nHome\n\n{sentence}\n\nSubscribe\n\n{sentence}.\n\nIt will be published "
        f"in the journal of the union."
    )
    assert read_text(text, "k").text.startswith(f"{sentence}.\n\nIt will")


def test_a_page_without_an_article_is_refused() -> None:
    for text in (
        "Home\nWorld\nPolitics\nBusiness\nSports\nContact\n",
        "Subscribe\n\nSign in\n",
        "!!!\n",
        "© 2024 All rights reserved",
    ):
        with pytest.raises(RefusedError) as caught:
            read_text(text, "k")
        assert caught.value.reason == "no_text"


@pytest.mark.parametrize(
    ("text", "title", "date", "authors"),
    [
        (
            "A headline of some words\nBy Ana Ruiz\nJune 3, 2023\n\nHe met her in the city of Rome.",
            "A headline of some words",
            "2023-06-03",
            ("Ana Ruiz",),
        ),
        ("October 02, 2022\n\nOn pacts\n\nHe met her in the city of Rome.", "On pacts", "2022-10-02", ()),
        (
            "Pact signed\n\nUpdated: 5 July 2023\n3 July 2023\n\nHe met her in the city of Rome.",
            "Pact signed",
            "2023-07-03",
            (),
        ),
        ("Pact signed\n\nROME, July 3, 2023 (ANSA) – He met her in the city of Rome.", "Pact signed", "2023-07-03", ()),
        ("Pact signed\n\nROME, July 3 (ANSA) – He met her in the city of Rome.", "Pact signed", "", ()),
        ("He met her in Rome on June 3, 2023.", "", "", ()),
        ("He met her in the city of Rome.\n\n(c) 2024 Gazette", "", "", ()),
        (
            "Press briefing, June 3, 2023, by the spokesman of the ministry\n\nHe met her in the city of Rome.",
            "Press briefing, June 3, 2023, by the spokesman of the ministry",
            "",
            (),
        ),
    ],
)
def test_heads(text: str, title: str, date: str, authors: tuple[str, ...]) -> None:
    article = read_text(text, "k")
    assert (article.title, article.date, article.authors) == (title, date, authors)
    assert "He met her in" in article.text
    assert not title or title not in article.text


def test_the_day_of_the_visit_to_the_page_is_not_its_date() -> None:
    text = (
        "Home\nWorld\nPolitics\nSports\nOpinion\nVideo\n\nMONDAY, MAY 5, 2025\n\nPact signed in "
        "Rome today\n\n3 July 2023, 09:30 am\n\n"
    ) + BODY[0]
    assert read_text(text, "k").date == "2023-07-03"


def test_the_site_is_told_from_the_title() -> None:
    article = read_text(f"{TITLE} | The Harbour Gazette\nSkip to content\n\n{TITLE}\n\n{BODY[0]}\n\n{BODY[1]}", "k")
    assert (article.title, article.source) == (TITLE, "The Harbour Gazette")


@given(st.lists(st.sampled_from([*BODY, *BOXES, *HEADERS, *TAILS, "", "* * *", "Comments"]), max_size=12))
def test_kept_units_are_in_order_and_of_the_text(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    units = split_units(text)
    kept = keep_units(units)
    assert kept == sorted(set(kept))
    assert all(text[unit.start : unit.end] == unit.text for unit in units)
    assert "".join("".join(unit.text.split()) for unit in units) == "".join(text.split())
    assert (
        strip_furniture(strip_furniture(text)).split()
        == strip_furniture(strip_furniture(strip_furniture(text))).split()
    )


@given(st.text(max_size=300))
def test_any_text_can_be_stripped(text: str) -> None:
    stripped = strip_furniture(text)
    assert set(stripped) <= set(text) | {"\n"}
