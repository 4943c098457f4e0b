"""Speaker turns: which labels make a dialogue, who asks, and where a turn ends."""

from dataclasses import replace
from itertools import pairwise

import pytest

from kg.nlp.lexicons import load_lexicons
from kg.nlp.turns import Label, Turn, blank_labels, find_quotes, find_turns, read_label

LEXICONS = load_lexicons()

LABELS = [
    ("THE PRESIDENT", Label("president", "")),
    ("PRESIDENT DUARTE SOLIS", Label("president", "DUARTE SOLIS")),
    ("THE VICE PRESIDENT", Label("vice president", "")),
    ("VICE PRESIDENT OKORO", Label("vice president", "OKORO")),
    ("MS. LIND-HOLM", Label("", "LIND-HOLM", courtesy=True)),
    ("SECRETARY OF STATE REYES", Label("secretary of state", "REYES")),
    ("Minister of Foreign Affairs Anna Berg", Label("minister of foreign affairs", "Anna Berg")),
    ("Sen. Paul Moss", Label("senator", "Paul Moss")),
    ("SENIOR ADMINISTRATION OFFICIAL", Label("senior administration official", "")),
    ("CHANCELLOR WEISS (As interpreted)", Label("chancellor", "WEISS")),
    ("Paula Moss", Label("", "Paula Moss")),
]

NONE = [
    "Note: the talks begin on Monday.\n\nBackground: Iran left the talks in May.",
    "SUBJECT: Trade\n\nBACKGROUND: Iran left the talks.\n\nRESTORING PEACE: The plan has three parts.",
    "Climate: the plan cuts coal.\n\nEnergy: it adds wind.\n\nTrade: it lowers duties.\n\nHealth: it pays nurses.",
    "The minister met the council of the\nSecretary General: it was the third meeting.",
    "Here is the deal: Iran stops. Dear Mr. Speaker: I report.",
    "- Japan: 30 ships\n- Korea: 12 ships\n- Japan: 4 planes\n- Korea: 5 planes",
    "",
]


def turns(text: str) -> list[tuple[str, str, bool]]:
    """Label, words and silence of each turn."""
    return [(t.label, text[t.words : t.end].strip(), t.silent) for t in find_turns(text, LEXICONS)]


@pytest.mark.parametrize(("words", "label"), LABELS)
def test_labels_have_an_office_and_a_name(words: str, label: Label) -> None:
    assert read_label(words, LEXICONS) == label


@pytest.mark.parametrize("text", NONE)
def test_headings_and_lists_are_no_dialogue(text: str) -> None:
    assert turns(text) == []


def test_one_label_in_capitals_is_enough() -> None:
    text = "Riga, Latvia\n\nTHE PRESIDENT:  Good evening. (Applause.)\n\nWe stand with Latvia.\n\nEND  5:12 P.M."
    assert turns(text) == [("THE PRESIDENT", "Good evening. (Applause.)\n\nWe stand with Latvia.", False)]


def test_questions_are_silent() -> None:
    asked = "MS. LIND: Hello.\n\nQ    Will you go to Riga?\n\nMS. LIND:  No.\n\nQ: Why?\n\n"
    text = asked + "MODERATOR: Last question.\n\nMS. LIND: Bye."
    assert turns(text) == [
        ("MS. LIND", "Hello.", False), ("Q", "Will you go to Riga?", True), ("MS. LIND", "No.", False),
        ("Q", "Why?", True), ("MODERATOR", "Last question.", True), ("MS. LIND", "Bye.", False),
    ]  # fmt: skip


def test_labels_in_small_letters_need_company() -> None:
    alone = "Secretary Reyes: on the road\n\nHe flew to Rome."
    assert turns(alone) == []
    both = "Secretary Reyes: We thank Italy.\n\nQuestion: And France?\n\nSecretary Reyes: France too."
    assert [label for label, _, _ in turns(both)] == ["Secretary Reyes", "Question", "Secretary Reyes"]


def test_marks_around_labels_do_not_matter() -> None:
    text = "**PRESIDENT WEISS:** We thank Italy.\n\n**Q:** And France?\n\n*PRESIDENT WEISS*: France too."
    assert [label for label, _, _ in turns(text)] == ["PRESIDENT WEISS", "Q", "PRESIDENT WEISS"]


def test_an_interview_with_bare_names() -> None:
    asked = "Daily Star: {} \n\nAnna Berg: {}\n\n"
    text = "".join(
        asked.format(q, a) for q, a in (("Why Rome?", "It is near."), ("And Oslo?", "No."), ("When?", "Soon."))
    )
    assert [(label, silent) for label, _, silent in turns(text)] == [("Daily Star", True), ("Anna Berg", False)] * 3


def test_a_quotation_behind_a_label_ends_with_its_paragraph() -> None:
    text = "Senator Paul Moss: “The treaty is good.”\n\nThe vote is on Monday."
    assert turns(text) == [("Senator Paul Moss", "“The treaty is good.”", False)]


def test_blanked_labels_keep_all_offsets() -> None:
    text = "THE PRESIDENT:  We agree. (Laughter.)\n\nQ    Why?\n\nTHE PRESIDENT: It helps."
    found = find_turns(text, LEXICONS)
    blanked = blank_labels(text, found)
    assert len(blanked) == len(text)
    assert blanked.split() == ["We", "agree.", "Why?", "It", "helps."]
    assert all(
        blanked[t.words : t.end].split() == text[t.words : t.end].replace("(Laughter.)", "").split() for t in found
    )
    assert [m for m in range(len(text)) if text[m] == "\n"] == [m for m in range(len(text)) if blanked[m] == "\n"]


def test_turns_are_ordered_and_apart() -> None:
    text = "MS. LIND: One.\n\nMR. POE: Two.\n\nMS. LIND: Three."
    found = find_turns(text, LEXICONS)
    assert all(a.start < a.words < a.end <= b.start for a, b in pairwise(found))
    assert replace(found[0], label="") == Turn("", 0, 9, 16)


def test_a_quotation_goes_on_only_where_it_is_opened_again() -> None:
    one = "He said: “We agree.\n\n“We go on.”"
    assert [one[a:b] for a, b in find_quotes(one)] == ["“We agree.\n\n“We go on.”"]
    two = 'A 5" pipe\n\n- A 6" pipe'
    assert find_quotes(two) == []
