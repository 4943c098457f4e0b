"""Whose the authorities, the army or a regime are that stand without an owner; `-` where that stays open."""

import pytest

from tests.nlp.test_coref import label, read_referents

ROWS = """
Pakistani police arrested two men. Authorities said they were armed. | Authorities | Pakistan's Government
Russian officials left. Officials said the talks failed. | Officials | Russia's Government
A bomb exploded in Karachi, Pakistan. Police said four people died. | Police | Pakistan's Police
A bomb exploded in Karachi, Pakistan. The government condemned the attack. | government | Pakistan's Government
A bomb exploded in Karachi, Pakistan. Local authorities praised the police. | authorities | -
Israel attacked Gaza. The military said five militants died. | military | Israel's Armed Forces
Israel and Egypt met in Doha. The government condemned the attack. | government | -
President Biden arrived in Vietnam. Officials said the talks were useful. | Officials | officials
The Bush administration banned travel to Cuba. The administration condemned Iran. | administration | Bush administration
The Bush administration banned travel to Cuba. Officials say more will follow. | Officials | Bush administration
Officials met the envoy. | Officials | -
Authorities said the city was calm. | Authorities | authorities
Officials in the room said Iran would sign. It gets oil. Officials said yes. | Officials | Officials in the room
Officials said Peru would join the pact. | Officials | officials
Officials said a bomb had exploded in Iraq. | Officials | Iraq's Government
The military released a former British envoy. | military | -
The military has seized power in Niger. | military | Niger's Armed Forces
The Assad regime condemned Israel. | regime | Assad regime
The Maduro government condemned Colombia. | government | Maduro government
The Gulf Arab state of Qatar condemned Iran. | state | Qatar
The tiny kingdom of Bahrain condemned Iran. | kingdom | Bahrain
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_whose(row: str) -> None:
    text, word, wanted = (part.strip() for part in row.split("|"))
    referents = read_referents(text)
    found = referents.of(max(k for k, w in enumerate(referents.tree.words) if w == word))
    assert ([label(referents.entities, r.entity) for r in found] or ["-"]) == [wanted]


def test_enough_rows() -> None:
    assert len(ROWS.strip().splitlines()) >= 16
