"""The classes of each head, in the order of the exported graphs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Inventory:
    """Classes by head, the transition scores of name tags, and the width of the encoder's vectors.

    `kinds` is empty where the model has no head for kinds of names.
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    rules: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]
    transitions: tuple[tuple[float, ...], ...]
    width: int
    exceptions: dict[str, str]
    kinds: tuple[str, ...] = ()

    @property
    def root(self) -> int:
        """Class of the root relation."""
        return self.relations.index("root")

    @property
    def parataxis(self) -> int:
        """Class of the relation between loosely joined clauses."""
        return self.relations.index("parataxis")

    def to_json(self) -> bytes:
        """As a JSON file."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8")

    @classmethod
    def from_json(cls, content: bytes) -> Inventory:
        """Read what `to_json` made."""
        found = json.loads(content)
        lists = {name: tuple(found[name]) for name in ("upos", "xpos", "feats", "rules", "relations", "names")}
        transitions = tuple(tuple(row) for row in found["transitions"])
        kinds = tuple(found.get("kinds", ()))
        return cls(**lists, transitions=transitions, width=found["width"], exceptions=found["exceptions"], kinds=kinds)
