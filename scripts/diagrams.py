"""Diagrams of the ontology for docs/graph-model.md: which class is which, and what leads from where to where."""

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.schema import Schema

WORDS = "(words)"
_REGION = re.compile(r"(<!-- diagram (\w+)\b[^>]*-->\n).*?(<!-- end of diagram -->)", re.DOTALL)


def fill(page: str, schema: Schema) -> str:
    """The page with its diagrams drawn anew."""
    drawn = {"classes": classes, "relations": relations}

    def draw(region: re.Match[str]) -> str:
        lines = drawn[region[2]](schema)
        return region[1] + "\n".join(["```mermaid", "flowchart LR", *lines, "```"]) + "\n" + region[3]

    return _REGION.sub(draw, page)


def classes(schema: Schema) -> Iterator[str]:
    """An arrow from each class to those below it; abstract ones are drawn round."""
    for each in schema.classes.values():
        yield f'  {each.name}(["{each.name}"])' if each.abstract else f'  {each.name}["{each.name}"]'
    for each in schema.classes.values():
        if each.ancestors:
            yield f"  {each.ancestors[-1]} --> {each.name}"


def relations(schema: Schema) -> Iterator[str]:
    """An arrow for all relations that have the same ends."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for relation in schema.relations.values():
        ends = (*relation.range, *([WORDS] if relation.literal else []))
        found[", ".join(sorted(relation.domain)), ", ".join(sorted(ends))].append(relation.cypher)
    nodes = {name: f"n{number}" for number, name in enumerate(dict.fromkeys(end for ends in found for end in ends))}
    for name, node in nodes.items():
        yield f'  {node}["{name.replace(", ", "<br>")}"]'
    for (start, end), names in found.items():
        yield f'  {nodes[start]} -- "{"<br>".join(names)}" --> {nodes[end]}'
