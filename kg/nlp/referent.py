"""What the words of an article refer to: the answer, and who can be asked for it."""

from dataclasses import dataclass
from typing import Protocol

from kg.nlp.entities import Entities, Name

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves", "both"})
IT = frozenset({"it", "its", "itself"})
GROUP_TYPES = frozenset({
    "Country", "Government", "PublicBody", "Organization", "ThinkTank", "PoliticalParty",
    "IntergovernmentalOrganization", "ArmedGroup", "PoliticalCampaign", "Company", "MediaOrganization",
})  # fmt: skip
RECIPROCAL = "reciprocal"
"""Rule of a referent whose words are "each other"."""
LONGEST = 12
"""Words of the longest description; longer ones are named by what stands before their head."""
REACH = 3
"""Sentences that a pronoun looks back; farther antecedents are wrong more often than right."""


@dataclass(frozen=True, slots=True)
class Referent:
    """An entity in a slot, with the words that put it there.

    Attributes:
        entity: local id. type: its entity type. first, end: word range of the words. rule: how they mean it.
    """

    entity: str
    type: str
    first: int
    end: int
    rule: str


class Finder(Protocol):
    """Whoever finds the referents of words; each kind of noun may need those of others."""

    def of(self, i: int, /) -> tuple[Referent, ...]:
        """Referents of the word `i` as the head of an argument; () when it names nobody."""
        ...

    def all_of(self, heads: list[int], /) -> list[Referent]:
        """Referents of several words, each entity once."""
        ...

    def main_subjects(self, sent: int, /, *, before: int) -> tuple[Referent, ...]:
        """Referents of the subject of a sentence's main verb, if it stands before the word `before`."""
        ...


def of_name(entities: Entities, name: Name) -> Referent:
    """What a name refers to."""
    return Referent(name.entity, entities.type_of(name.entity), name.first, name.end, name.rule)
