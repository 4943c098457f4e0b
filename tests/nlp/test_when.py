"""Dates of claims through the shipped reader; the article is of Thursday, 2025-06-12."""

import pytest

from tests.nlp.trees import read

DATE = "2025-06-12"

TABLE = """
# in the clause, or not
met_with | Macron met Zelenskyy in May 2023. | 2023-05
met_with | Macron said on Thursday that he met Zelenskyy in May. | 2025-05
met_with | A spokesman said on Monday that Macron had met Zelenskyy. |
met_with | Macron met Zelenskyy, a spokesman said on Monday. |
says | Macron said he met Zelenskyy on Monday. |
says | Sunday Burma's state-owned media said Macron met Zelenskyy. | 2025-06-08
says | Reuters quotes Macron today as saying the talks were useful. | 2025-06-12
says | Macron left on Monday, a day after saying the talks were useful. |
says | Macron tested a plane in May, and says it flies well. |
says | Project 2025 said it does not speak for Macron. |
# events and purposes
met_with | Macron met Zelenskyy on the sidelines of the July summit in Washington. | 2024-07
met_with | Macron will visit Kyiv on Tuesday to meet Zelenskyy. | 2025-06-17
met_with | Macron arrived in Kyiv last week for talks with Zelenskyy. | 2025-06-02
accuses | In a statement on Friday, the EU accused China of spying. | 2025-06-06
says | After Monday's talks, Macron said the plan was dead. | 2025-06-09
says | Following the June 12 election, Macron said the plan was dead. |
participated_in | Egypt hosted a summit on Gaza on Saturday that was attended by Abbas. | 2025-06-07
# how long it had not happened
visited | Macron visited Riyadh for the first time since 2018. |
visited | Nixon was the first president to visit Israel in 1974. | 1974
# counted from a date told before
met_with | Macron met Zelenskyy on May 3. Scholz met Biden a day earlier. | 2025-05-03 2025-05-02
met_with | Macron met Zelenskyy a day earlier. |
says | A report released Monday by NATO said Russia had lost. | 2025-06-09
says | In a statement issued on Friday, NATO said Russia had lost. | 2025-06-06
# an article about one meeting or call
supports | Macron spoke today with Zelenskyy. Macron expressed support for the plan. | 2025-06-12
supports | Macron spoke today with Zelenskyy. Macron stressed France's support for the plan. | 2025-06-12
supports | Macron spoke today with Zelenskyy. Macron supports the plan. |
supports | Macron spoke today with Zelenskyy. Scholz expressed support for the plan. |
supports | Macron said he spoke today with Zelenskyy. Macron expressed support for the plan. |
says | Macron met Scholz on Monday. Macron spoke with Zelenskyy on Tuesday. Scholz said the talks were useful. |
says | Police say a raid Tuesday killed ten rebels. |
# what the first sentence sums up
says | Macron says the plan is dead. Macron told a newspaper on Tuesday that it had failed. | 2025-06-10
says | Macron said the plan was dead. Macron met Scholz on Tuesday. |
supports | Macron has voiced support for the plan. On Tuesday, Macron said it would work. | 2025-06-10
supports | Macron supports the plan. On Tuesday, Macron said it would work. |
supports | Macron has voiced support for the plan. On Tuesday, Scholz said it would work. |
visited | Macron flew to Kyiv and met Zelenskyy there on Monday. | 2025-06-09
rejects | On Monday, Macron said he was ready. But he said he will not accept any Russian proposal. | 2025-06-09
# own words have the day on which they are said
supports | Macron said on Monday that he supports the plan. | 2025-06-09
supports | Macron said on Monday that he had supported the plan. |
supports | Macron said on Monday that Scholz supports the plan. |
# what the sentence goes on from, and what the next one tells
says | Macron met Zelenskyy on Monday. He said the talks were useful. | 2025-06-09
says | Macron met Zelenskyy on Monday. He has said the talks were useful. |
says | In an interview on Monday, Macron praised Zelenskyy. Macron said the talks were useful. | 2025-06-09
accuses | Iran has accused Israel of spying. The foreign minister made the accusation on Monday in Tehran. | 2025-06-09
sanctions | The United States has sanctioned Iran. Tuesday's announcement came as Macron met Zelenskyy. | 2025-06-10
sanctions | The United States has sanctioned Iran. Tuesday's weather was fine. |
says | Oslo met Bern's envoy on August 10 and Macron says the talks will go on. |
"""


def rows() -> list[tuple[str, str, set[str]]]:
    lines = [line for line in TABLE.strip().splitlines() if not line.startswith("#")]
    parts = [[p.strip() for p in line.split("|")] for line in lines]
    return [(relation, text, set(dates.split()) or {""}) for relation, text, dates in parts]


def test_table_is_whole() -> None:
    assert len(rows()) >= 25


@pytest.mark.parametrize(("relation", "text", "dates"), rows())
def test_when(relation: str, text: str, dates: set[str]) -> None:
    reading = read(text, date=DATE)
    assert {c.when.start for c in reading.claims if c.relation == relation} == dates
