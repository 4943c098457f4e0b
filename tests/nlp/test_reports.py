"""Sentences that end or break off in who says so, and speakers without a name: a text, and below it who says what.

All statements of a text are listed, and nothing else may be read as said by anybody.
"""

import pytest

from kg.model import Literal
from kg.nlp.grammar import mend_reports
from tests.nlp.trees import read, universal

TABLE = """
# the report behind what is said
Norway today dropped its claim to the islet, government officials said.
    officials: Norway today dropped its claim to the islet
Belkacem, Algeria's best-known dissident, began a fast in prison, his lawyer said on Tuesday.
    his lawyer: Belkacem, Algeria's best-known dissident, began a fast in prison
Hezbollah gunmen wounded a mayor in southern Lebanon Sunday sources on both sides said.
    sources on both sides: Hezbollah gunmen wounded a mayor in southern Lebanon Sunday
The government of President Jean Moreau declared a curfew on Saturday, a spokeswoman for the Dutch embassy said.
    spokeswoman for the Dutch embassy: The government of President Jean Moreau declared a curfew on Saturday
Kenyan troops crossed into Somalia, a military spokesman said, adding that they would stay.
    military spokesman: Kenyan troops crossed into Somalia
    military spokesman: they would stay
North Korea fired a missile into the sea, South Korea's military said Thursday.
    South Korea's military: North Korea fired a missile into the sea
The army shelled the village, residents said by telephone.
    residents: The army shelled the village
Israel bombed a depot near Damascus, a war monitor says.
    war monitor: Israel bombed a depot near Damascus
Iran has freed two sailors, according to three diplomats.
    three diplomats: Iran has freed two sailors
Allies of Orban are telling Brussels that he will back the plan, according to five people familiar with the talks.
    Allies of Orban: he will back the plan
    five people familiar with the talks: Allies of Orban are telling Brussels that he will back the plan
# marks that touch the words, and what stands behind the closing mark
"The talks have failed,"said Senator Anna Moreau, who was at the table."We will try again."
    Anna Moreau: The talks have failed
    Anna Moreau: We will try again
"No one may speak for us,"Anna Moreau, a senior adviser, said when asked about the letter.
    Anna Moreau: No one may speak for us
“We should go,” said Anna Moreau, former White House chief of staff under Obama and now head of Atlas, a think tank.
    Anna Moreau: We should go
"Japan follows the vote closely," the country's foreign ministry said in a statement.
    the country's foreign ministry: Japan follows the vote closely
# documents speak for those who issued them
A report released Monday by the IAEA said Iran's objections were slowing its work.
    IAEA: Iran's objections were slowing its work
The IAEA released a report on Monday. The report says Iran has enriched uranium.
    report: Iran has enriched uranium
The Amnesty International report says Syria tortured prisoners.
    Amnesty International: Syria tortured prisoners
Reports from Syria say a plane has crashed near Damascus.
An Israeli report says a plane has crashed near Damascus.
The report says a plane has crashed near Damascus.
# what is said without a clause below a verb of saying
President Macron also conveyed his hope that the deal would open a new chapter.
    Macron: his hope that the deal would open a new chapter
Macron expressed confidence that the truce would hold.
    Macron: confidence that the truce would hold
Macron's advisers have delivered this message to officials in Kyiv: if he wins, France will stay.
    Macron's advisers: if he wins, France will stay
Policy advisers have delivered this message to officials in Kyiv: France will stay.
    Policy advisers: France will stay
Macron described the talks as useful.
    Macron: the talks as useful
Macron will hold talks with Friedrich Merz, which he described as part of a dialogue.
    he: part of a dialogue
Macron warned not to expect a breakthrough in Berlin.
    Macron: not to expect a breakthrough in Berlin
Macron conveyed that France remains committed to Lebanon.
    Macron: France remains committed to Lebanon
Macron expressed hope for peace.
Macron might describe the talks as useful.
Macron sent a message to Berlin.
# the report inside
Russia, Polish President Andrzej Duda said on Friday, is preparing an attack.
    Andrzej Duda: Russia is preparing an attack
The ceasefire, Qatar's foreign ministry said, will begin on Sunday.
    Qatar's foreign ministry: The ceasefire will begin on Sunday
"The sanctions," Borrell told reporters, "will remain in place."
    Borrell: The sanctions will remain in place
# the report before
Aides from the Kurdish party say President Barham Salih will call an election.
    Aides from the Kurdish party: President Barham Salih will call an election
The diplomats, speaking in Vienna, said Russian officials agreed to the delay.
    diplomats: Russian officials agreed to the delay
Uganda said on Sunday it had paid a fine.
    Uganda: it had paid a fine
Morocco said late on Monday it had recalled its ambassador to Tunis.
    Morocco: it had recalled its ambassador to Tunis
# those who spoke before
A Western diplomat said Iran had agreed. The diplomat said France had agreed too.
    Western diplomat: Iran had agreed
    diplomat: France had agreed too
Two Western diplomats said Iran had agreed. They added that France had agreed too.
    Two Western diplomats: Iran had agreed
    They: France had agreed too
# who is told says nothing
Macron told the council Germany would leave the pact.
    Macron: Germany would leave the pact
Japan's foreign ministry said in a statement that it "is only natural" for the two states to work together.
    Japan's foreign ministry: it "is only natural" for the two states to work together
Macron told a news conference France would like to support the plan.
    Macron: France would like to support the plan
Allies of Orban are assuring officials in Brussels that he will back the plan, five people familiar with it said.
    Allies of Orban: he will back the plan
    five people familiar with it: Allies of Orban are assuring officials in Brussels that he will back the plan
Barak told members of his party Thursday that the plan was dead.
    Barak: the plan was dead
Chavez was told that the plan was dead.
Israel has a right to strike at men it says are planning attacks.
"""


def rows() -> list[tuple[str, set[tuple[str, str]]]]:
    found: list[tuple[str, set[tuple[str, str]]]] = []
    for line in TABLE.strip().splitlines():
        if line.startswith("    "):
            speaker, content = line.strip().split(": ", 1)
            found[-1][1].add((speaker, content))
        elif not line.startswith("#"):
            found.append((line, set()))
    return found


def test_table_is_whole() -> None:
    assert len(rows()) >= 20


@pytest.mark.parametrize(("text", "wanted"), rows())
def test_who_says_what(text: str, wanted: set[tuple[str, str]]) -> None:
    said = [c for c in read(text).claims if c.relation == "says"]
    assert {(c.subject.text, c.object.text) for c in said if isinstance(c.object, Literal)} == wanted


def test_a_claim_has_its_unnamed_source() -> None:
    reading = read("Iran has threatened Israel, two Western diplomats said.")
    sources = {c.attributed_to.text for c in reading.claims if c.relation == "threatens" and c.attributed_to}
    assert sources == {"two Western diplomats"}


@pytest.mark.parametrize("text", [
    "His lawyer said Belkacem was ill. He met Macron in January.",
    "A palace spokesman said Belkacem was ill. He met Macron in January.",
    "His lawyer said he met Macron in January.",
])  # fmt: skip
def test_a_pronoun_does_not_mean_who_speaks_unnamed(text: str) -> None:
    met = [c for c in read(text).claims if c.relation == "met_with"]
    assert not any("lawyer" in c.subject.text or "spokesman" in c.subject.text for c in met)


@pytest.mark.parametrize(("text", "source"), [
    ("Reuters quotes Emmanuel Macron as saying Iran has attacked Israel.", "Emmanuel Macron"),
    ("Reuters reported that a Western diplomat said Iran had attacked Israel.", "Western diplomat"),
    ("Gen. Asim Munir met Xi Jinping. The general said Iran had attacked Israel.", "The general"),
])  # fmt: skip
def test_the_innermost_speaker_is_the_source_of_a_claim(text: str, source: str) -> None:
    found = {c.attributed_to.text for c in read(text).claims if c.relation == "attacks" and c.attributed_to}
    assert found == {source}


@pytest.mark.parametrize("text", [
    "Reuters quotes Emmanuel Macron as saying Iran has attacked Israel.",
    "Reuters reported that a Western diplomat said Iran had attacked Israel.",
])  # fmt: skip
def test_a_statement_in_another_is_told_by_the_outer_speaker(text: str) -> None:
    said = [c for c in read(text).claims if c.relation == "says" and "Reuters" not in c.subject.text]
    assert [c.attributed_to.text if c.attributed_to else "" for c in said] == ["Reuters"]


@pytest.mark.parametrize(("text", "source"), [
    ("Macron stressed Germany's support for Ukraine.", "Macron"),
    ("Macron conveyed that Germany supports Ukraine.", "Macron"),
    ("Macron stressed his support for Ukraine.", ""),
    ("Macron visited Germany, which supports Ukraine.", ""),
])  # fmt: skip
def test_what_somebody_speaks_of_is_his(text: str, source: str) -> None:
    found = {c.attributed_to.text if c.attributed_to else "" for c in read(text).claims if c.relation == "supports"}
    assert found == {source}


@pytest.mark.parametrize(("text", "wanted"), [
    ("A report by the UN accused Russia of war crimes.", {"UN"}),
    ("A joint statement by France and Germany condemned Russia.", {"France", "Germany"}),
    ("In a resolution passed on Friday, NATO praised Japan. The resolution condemned Russia.", {"resolution"}),
])  # fmt: skip
def test_a_document_accuses_for_those_who_issued_it(text: str, wanted: set[str]) -> None:
    assert {c.subject.text for c in read(text).claims if c.relation == "accuses"} == wanted


def test_a_report_beside_another_is_not_inside_it() -> None:
    text = (
        "A military official said the pullout would end by Sunday, while a security official said it would end later."
    )
    said = [c for c in read(text).claims if c.relation == "says" and c.subject.text == "security official"]
    assert [c.attributed_to for c in said] == [None]


EXCHANGED = """
Norway NNP 3 nsubj 8 nsubj
today NN 3 obl:unmarked 3 obl:unmarked
accepted VBD 8 ccomp 8 ccomp
it PRP 3 obj 3 obj
, , 3 punct 3 punct
its PRP$ 7 nmod:poss 7 nmod:poss
ministers NNS 8 nsubj 3 nsubj
said VBD:say 0 root 0 root
"""


def test_exchanged_subjects_are_put_right() -> None:
    """The third and fourth column is how it should be, the others how parsers have it."""
    right = universal("\n".join(" ".join(line.split()[:4]) for line in EXCHANGED.strip().splitlines()))
    rows = [line.split() for line in EXCHANGED.strip().splitlines()]
    tree = universal("\n".join(f"{word} {tag} {head} {rel}" for word, tag, _, _, head, rel in rows))
    assert tree.heads != right.heads
    mend_reports(tree, {"say"})
    assert (tree.heads, tree.rels) == (right.heads, right.rels)
    mend_reports(right, {"say"})
    assert tree.heads == right.heads
