"""Whose office it is not: fields that look like parties, parties of presidents, leaders of others than the state."""

import pytest

from tests.nlp.trees import read

TABLE = """
# a field is no party, and a party employs no minister
Serbian Labour Minister Dragan Petrovic signed the bill. | Serbia |
U.S. Labor Secretary Marty Bell signed the bill. | United States |
Labour Prime Minister Keir Starmer spoke. | United Kingdom | Labour Party
Republican President George W. Bush spoke. | United States | Republican Party
Labour Foreign Secretary David Lammy spoke. | United Kingdom | Labour Party
Likud chairman Ehud Olmert spoke. | Likud |
Socialist Party president Elio Di Rupo spoke. | Socialist |
Pakistan Peoples Party co-chairman Asif Ali Zardari spoke. | Pakistan People's Party |
U.N. Secretary-General Kofi Annan spoke. | United Nations |
# sent by the one, to the other
China's U.N. ambassador Zhang Jun spoke. | China |
Russian U.N. envoy Vasily Nebenzya spoke. | Russia |
# leaders of others
Colombian guerrilla leader Ivan Marquez spoke. | |
Kenyan opposition leader Raila Odinga spoke. | |
Burma's pro-democracy leader Aung San Suu Kyi spoke. | |
Iraqi Shi'ite leader Moqtada al-Sadr spoke. | |
Zimbabwe opposition chief Morgan Tsvangirai spoke. | |
Somali warlord Mohamed Qanyare spoke. | |
Sudanese junta leader Omar al-Bashir spoke. | Sudan |
North Korean leader Kim Jong Un spoke. | North Korea |
Pakistani army chief Asim Munir spoke. | Armed Forces |
"""


def rows() -> list[tuple[str, str, str]]:
    lines = [line for line in TABLE.strip().splitlines() if not line.startswith("#")]
    return [(text, owner, party) for text, owner, party in ([p.strip() for p in x.split("|")] for x in lines)]


def test_table_is_whole() -> None:
    assert len(rows()) >= 20


@pytest.mark.parametrize(("text", "owner", "party"), rows())
def test_whose_office_it_is(text: str, owner: str, party: str) -> None:
    reading = read(text, date="2025-06-12")
    found: dict[str, set[str]] = {"holds_position": set(), "member_of": set()}
    for claim in reading.claims:
        if claim.relation in found:
            entity = reading.entity(claim.object.entity)  # type: ignore[union-attr]
            found[claim.relation].add(entity.name)
    assert found == {"holds_position": {owner} - {""}, "member_of": {party} - {""}}


@pytest.mark.parametrize("text", [
    "Foreign ministers Annalena Baerbock of Germany and Catherine Colonna of France visited Ethiopia.",
    "French and German foreign ministers Catherine Colonna and Annalena Baerbock visited Ethiopia.",
])  # fmt: skip
def test_names_that_share_a_title_act_together(text: str) -> None:
    visited = {c.subject.text for c in read(text).claims if c.relation == "visited"}
    assert visited == {"Annalena Baerbock", "Catherine Colonna"}
