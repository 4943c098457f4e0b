"""Which names are one person: a date and a text, and below them each name in text order with who it is."""

import pytest

from kg.nlp.entities import Local
from kg.nlp.lexicons import load_lexicons
from kg.nlp.persons import part_of
from tests.nlp.trees import read

ROWS = """
2022-05-02 Hunter Biden was charged. President Biden condemned Russia.
    Hunter Biden, Biden = Joe Biden
2022-05-02 Hunter Biden was charged. President Biden condemned Russia. Biden urged restraint.
    Hunter Biden, Biden = Joe Biden, Biden = Joe Biden
2024-03-03 Hunter Biden testified. The Biden administration sanctioned Iran. Mr. Biden met Giorgia Meloni.
    Hunter Biden, Biden = Joe Biden, Biden = Joe Biden, Giorgia Meloni
2022-05-02 Hunter Biden was charged. Biden denied the charge.
    Hunter Biden, Biden = Hunter Biden
2022-05-02 Beau Biden died. President Joe Biden spoke. President Biden wept.
    Beau Biden, Joe Biden, Biden = Joe Biden
2000-03-04 Bill Clinton visited India. Mrs. Clinton met Abdul Sattar. Clinton praised India.
    Bill Clinton, Clinton = Mrs. Clinton, Abdul Sattar, Clinton = Bill Clinton
2010-03-04 Bill Clinton visited Haiti. Mrs. Clinton met Hamid Karzai.
    Bill Clinton, Clinton = Hillary Clinton, Hamid Karzai
2016-09-01 Hillary Clinton criticized Russia. Former President Clinton praised Ireland.
    Hillary Clinton, Clinton = Bill Clinton
2016-09-01 Hillary Clinton spoke. Bill Clinton listened. Mrs. Clinton left with Mr. Clinton.
    Hillary Clinton, Bill Clinton, Clinton = Hillary Clinton, Clinton = Bill Clinton
2009-08-05 Bill Clinton flew to Pyongyang. Secretary Clinton praised him.
    Bill Clinton, Clinton = Hillary Clinton
2003-05-04 Jeb Bush spoke in Tampa. President Bush urged Iran to stop.
    Jeb Bush, Bush = George W. Bush
2019-03-01 Kim Yo Jong arrived in Hanoi. Chairman Kim met Donald Trump.
    Kim Yo Jong, Kim = Kim Jong Un, Donald Trump
2019-03-01 Ivanka Trump visited Seoul. President Trump criticized NATO. Ms. Trump smiled.
    Ivanka Trump, Trump = Donald Trump, Trump = Ivanka Trump
2011-06-20 Asma al-Assad appeared. President Assad accused foreign powers.
    Asma al-Assad, Assad = Bashar al-Assad
2012-10-04 Nestor Kirchner died. President Kirchner accused Britain.
    Nestor Kirchner, Kirchner = Cristina Fernández de Kirchner
2022-07-01 Imelda Marcos turned 93. President Marcos met Wang Yi.
    Imelda Marcos, Marcos = Ferdinand Marcos Jr., Wang Yi
2010-05-05 Rahul Gandhi spoke. Sonia Gandhi listened. Mrs. Gandhi praised India.
    Rahul Gandhi, Sonia Gandhi, Gandhi = Sonia Gandhi
1999-05-05 Mr. Clinton praised Canada. Mrs. Clinton praised Japan.
    Clinton, Clinton = Mrs. Clinton
2011-01-05 Hillary Clinton spoke. Clinton ruled out a bid. Bill Clinton listened.
    Hillary Clinton, Clinton = Hillary Clinton, Bill Clinton
2011-01-05 Hillary Clinton spoke. Bill Clinton listened. Clinton ruled out a bid.
    Hillary Clinton, Bill Clinton, Clinton
2021-05-05 Takeo Akiba met Jake Sullivan. Mr. Akiba praised Japan.
    Takeo Akiba, Jake Sullivan, Akiba = Takeo Akiba
"""


LINES = ROWS.strip().splitlines()


@pytest.mark.parametrize(("line", "wanted"), list(zip(LINES[::2], LINES[1::2], strict=True)))
def test_who_a_name_means(line: str, wanted: str) -> None:
    date, _, text = line.partition(" ")
    reading = read(text, date=date)
    persons = [m for m in reading.mentions if m.type == "Person"]
    found = [(text[m.span.start : m.span.end], reading.entity(m.entity).name) for m in persons]
    expected = [tuple((*pair.split(" = "), pair)[:2]) for pair in wanted.split(", ")]
    assert [(words, who) for words, who in found] == [(words.strip(), who.strip()) for words, who in expected]


def test_enough_rows() -> None:
    assert len(LINES) >= 2 * 19


def test_parts_of_a_name() -> None:
    person = Local("l:1", "Person", "Joseph Robinette Biden, Jr.")
    assert part_of(["biden"], person)
    assert part_of(["robinette", "biden"], person)
    assert not part_of(["jr"], person)
    assert not part_of(["joseph", "robinette", "biden"], person)


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Kim Yo Jong", "f"), ("Kim Jong Un", "m"), ("Park Geun-hye", "f"), ("Robin Cook", ""), ("Ivanka Trump", "f")],
)
def test_gender_by_one_or_two_first_words(name: str, gender: str) -> None:
    assert load_lexicons().gender(name, set()) == gender
