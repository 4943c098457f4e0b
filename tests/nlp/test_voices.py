"""The first person: "I" and "we" of turns, of quotations and of signed texts, through the shipped reader.

A row of `ROWS` is one text with its title; `claims` lists all of its claims beside offices, as `who relation whom` with
`by` the source where there is one.
"""

from dataclasses import dataclass

import pytest

from kg.model import Argument, Article, Claim, Literal, Reading
from tests.nlp.trees import shipped

PAGE = "https://www.whitehouse.gov/briefings/"


@dataclass(frozen=True)
class Row:
    """A text and what it must give."""

    title: str
    text: str
    claims: frozenset[str]
    url: str = ""


def row(title: str, text: str, *claims: str, url: str = "") -> Row:
    return Row(title, text, frozenset(claims), url)


TALK = "THE PRESIDENT:  We have imposed sanctions on Russia.\n\nQ    {}\n\nTHE PRESIDENT:  We will see."

ROWS = (
    # turns
    row(
        "Remarks by President Biden", "THE PRESIDENT: I condemn Russia.",
        "Joe Biden accuses Russia by Joe Biden", url=PAGE,
    ),
    row(
        "Remarks by President Biden and President Macron of France Before Meeting",
        "PRESIDENT BIDEN: I support Ukraine.\n\nPRESIDENT MACRON: We have sent weapons to Ukraine.",
        "Joe Biden supports Ukraine by Joe Biden", "France aids Ukraine by Emmanuel Macron",
        "Emmanuel Macron says",
        url=PAGE,
    ),
    # statements of persons
    row(
        "Statement by President Joe Biden on Albania", "I congratulate Albania. We support North Macedonia.",
        "Joe Biden supports Albania by Joe Biden", "Joe Biden supports North Macedonia by Joe Biden", url=PAGE,
    ),
    row(
        "Joint Statement by President Joe Biden and Prime Minister Justin Trudeau on Haiti", "We stand with Haiti.",
        "Joe Biden supports Haiti by Joe Biden", "Justin Trudeau supports Haiti by Justin Trudeau", url=PAGE,
    ),
    row(
        "Statement from Press Secretary Karine Jean-Pierre", "We support Ukraine.",
        "United States supports Ukraine by Karine Jean-Pierre", url=PAGE,
    ),
    row(
        "Statement from National Security Advisor Jake Sullivan on Ukraine", "Russia has attacked Ukraine.",
        "Russia attacks Ukraine by Jake Sullivan", url=PAGE,
    ),
    row(
        "Readout of President Biden’s Call with President Macron of France", "Russia has attacked Ukraine.",
        "Russia attacks Ukraine", url=PAGE,
    ),
    # statements of bodies
    row("G7 Leaders’ Statement on Niger", "We condemn Russia.", "G7 accuses Russia by G7"),
    row(
        "Statement on the vote", "The Government of Japan supports Ukraine. We urge Russia to leave.",
        "Government of Japan supports Ukraine", "Government of Japan requests Russia by Government of Japan",
    ),
    row(
        "", "We, the Foreign Ministers of Canada and Japan, condemn Russia.",
        "Canada accuses Russia by Canada", "Japan accuses Russia by Japan",
    ),
    row(
        "", "We, the leaders of India, Japan and the United States, condemn Russia.",
        "India accuses Russia by India", "Japan accuses Russia by Japan",
        "United States accuses Russia by United States",
    ),
    # quotations
    row("", "“I support Ukraine,” said Macron.", "Macron supports Ukraine by Macron", "Macron says"),
    row(
        "", "Anna Berg spoke in Oslo. “Macron thinks we support Russia,” Anna Berg said.", "Anna Berg says",
    ),
    row("", "“We support Ukraine.”"),
    # no voice
    row("A vote in Riga", "We support Ukraine."),
    row("Statement on the withdrawal from Afghanistan", "We support Ukraine."),
    row("Letter to the Speaker of the House", "I support Ukraine."),
    # small talk
    row("Remarks by President Biden", "THE PRESIDENT: God bless America. I welcome your questions.", url=PAGE),
    row("", "God bless Ukraine and its people."),
)  # fmt: skip


def read(title: str, text: str, url: str = "") -> Reading:
    return shipped().read(Article("test", text, title=title, date="2023-05-20", url=url))


def name(reading: Reading, argument: Argument) -> str:
    return reading.entity(argument.entity).name


def say(reading: Reading, claim: Claim) -> str:
    """A claim in the form of `Row.claims`."""
    parts = [name(reading, claim.subject), claim.relation]
    parts += [name(reading, claim.object)] if isinstance(claim.object, Argument) else []
    parts += ["by", name(reading, claim.attributed_to)] if claim.attributed_to else []
    return " ".join(parts)


def told(reading: Reading) -> set[str]:
    return {say(reading, c) for c in reading.claims if c.relation != "holds_position"}


@pytest.mark.parametrize("one", ROWS, ids=lambda one: one.text[:40])
def test_first_person(one: Row) -> None:
    assert told(read(one.title, one.text, one.url)) == one.claims


def test_a_title_gives_the_speakers_of_a_dialogue_their_full_names() -> None:
    reading = read("Secretary Paula Reyes at a Press Availability", "SECRETARY REYES: We support Ukraine.", PAGE)
    assert told(reading) == {"Paula Reyes supports Ukraine by Paula Reyes"}


def test_a_dialogue_that_somebody_else_signs_is_no_statement() -> None:
    reading = read("Macron at a Press Conference", "We support Ukraine.\n\nMS. LIND: Hello.\n\nMR. POE: Good.", PAGE)
    assert told(reading) == set()


@pytest.mark.parametrize(
    "words",
    [
        "I am more hopeful about your plans for Iran.", "I have never been more optimistic about Iran.",
        "You have heard the President and me talk to Iran.", "I want to note that it helps Iran.",
    ],
)  # fmt: skip
def test_asides_are_no_claims(words: str) -> None:
    reading = read("Remarks by President Biden", f"THE PRESIDENT: {words}", PAGE)
    assert {c.relation for c in reading.claims} <= {"says"}


def test_what_we_do_is_the_state_and_what_we_want_is_the_speaker() -> None:
    text = "THE PRESIDENT: We have imposed sanctions on Russia. We support Ukraine."
    reading = read("Remarks by President Biden", text, PAGE)
    subjects = {c.relation: name(reading, c.subject) for c in reading.claims if c.relation in {"sanctions", "supports"}}
    assert subjects == {"sanctions": "United States", "supports": "Joe Biden"}


@pytest.mark.parametrize(
    "question", ["Will you support Ukraine?", "Macron said that he supports Ukraine.", "Germany attacked Iran."]
)
def test_nothing_in_a_question_is_a_claim(question: str) -> None:
    text = TALK.format(question)
    end = text.index(question) + len(question)
    reading = read("Remarks by President Biden", text, PAGE)
    spans = [e.span for c in reading.claims for e in c.evidence]
    assert spans
    assert all(span.end <= text.index(question) or span.start >= end for span in spans)


def test_turns_state_what_names_a_foreign_actor() -> None:
    text = (
        "THE PRESIDENT: I am glad that so many of you came tonight. I doubt whether Putin will come to the summit. "
        "Our roads and bridges are better than they were. What will Russia do about it in the end? "
        "My mother told me that Russia was very far away. I would refer you to Japan for an answer to that one."
    )
    reading = read("Remarks by President Biden", text, PAGE)
    said = [c.object for c in reading.claims if c.relation == "says"]
    assert said == [Literal("I doubt whether Putin will come to the summit.")]
    assert {name(reading, c.subject) for c in reading.claims if c.relation == "says"} == {"Joe Biden"}


def test_a_quotation_behind_a_label_is_said() -> None:
    reading = read(
        "Reactions", "Senator Paul Moss: “The treaty keeps all of us safe at last.”\n\nThe vote is on Monday."
    )
    said = [(name(reading, c.subject), c.object) for c in reading.claims if c.relation == "says"]
    assert said == [("Paul Moss", Literal("The treaty keeps all of us safe at last."))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MS. PSAKI: Macron came.\n\nMR. KIRBY: He supports Ukraine.", set()),
        ("MR. KIRBY: Macron came to Washington. He supports Ukraine.", {"Macron supports Ukraine by Kirby"}),
        ("MR. KIRBY: I agree. He supports Ukraine.", set()),
        ("MR. KIRBY: Macron met my father in Paris. He supports Ukraine.", set()),
    ],
)
def test_he_is_nobody_of_another_turn_and_not_the_speaker(text: str, expected: set[str]) -> None:
    reading = read("Press Briefing", text, PAGE)
    assert {say(reading, c) for c in reading.claims if c.relation == "supports"} == expected


def test_the_president_of_a_page_is_the_one_in_office() -> None:
    reading = read("Readout", "The President supports Ukraine. President Xi and President Putin met.", PAGE)
    assert "Joe Biden supports Ukraine" in told(reading)


def test_a_label_is_no_part_of_the_sentence_and_evidence_stays_exact() -> None:
    text = "Riga\n\nPRESIDENT BIDEN:  (Laughs.)  I support Ukraine.\n\nPRESIDENT MACRON: I condemn Russia."
    reading = read("Remarks by President Biden and President Macron", text, PAGE)
    evidence = {
        text[e.span.start : e.span.end] for c in reading.claims for e in c.evidence if c.relation != "holds_position"
    }
    assert evidence == {"I support Ukraine", "I condemn Russia"}


def test_a_list_does_not_go_on_with_a_quotation() -> None:
    text = 'Macron said: "Prices fell."\n\n- "Ports reopened in Odesa this week"\n- "Grain is cheap"'
    reading = read("", text)
    assert [c.object for c in reading.claims if c.relation == "says"] == [Literal("Prices fell")]
