"""The ontology as Python sees it: classes of entities, relations, and the other terms of our namespace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NAMESPACE = "https://w3id.org/foreign-policy-kg/ontology#"
ROOT = "Entity"
RECORD_LABELS = ("Article", "Claim", "Sentence", "Source")
"""Labels of nodes that are no entities but have an `id` of their own in a property graph."""


@dataclass(frozen=True, slots=True)
class EntityClass:
    """A class of entities.

    Attributes:
        name: its name everywhere: `ThinkTank`.
        label: in words: `think tank`.
        definition: one sentence.
        example: one sentence that names an instance.
        ancestors: names of the classes above it, root first.
        abstract: has it instances only through its subclasses?
        matches: IRIs of classes of other vocabularies that it specialises or is close to, sorted.
    """

    name: str
    label: str
    definition: str
    example: str
    ancestors: tuple[str, ...]
    abstract: bool
    matches: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The class in RDF."""
        return NAMESPACE + self.name


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that a claim may state.

    Attributes:
        name: in Python and in tables: `holds_position`.
        local: in RDF: `holdsPosition`.
        label: in words: `holds position`.
        definition: one sentence.
        example: one sentence that states it.
        family: `affiliation`, `encounter`, `event`, `stance` or `speech`.
        domain: names of the classes that the subject may have; subclasses are meant too.
        range: names of the classes that the object may have; () where it is always words.
        symmetric: does it hold both ways?
        literal: may the object be words?
        weight: how friendly it shows the subject to be towards the object, in [-1, 1].
        plover: nearest PLOVER event type (`AGREE`), or "".
        matches: IRIs of terms of other vocabularies that it specialises or is close to, sorted.
    """

    name: str
    local: str
    label: str
    definition: str
    example: str
    family: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool
    literal: bool
    weight: float
    plover: str
    matches: tuple[str, ...]

    @property
    def cypher(self) -> str:
        """The relationship type in Cypher: `HOLDS_POSITION`."""
        return self.name.upper()

    @property
    def iri(self) -> str:
        """The property in RDF."""
        return NAMESPACE + self.local

    def polarity(self, *, negated: bool) -> float:
        """What a claim of this relation shows of its subject's attitude, in [-1, 1].

        "Does not support" is a stance turned round; "has not attacked" is no attitude at all.
        """
        if not negated:
            return self.weight
        return -self.weight if self.family == "stance" and self.weight else 0.0


@dataclass(frozen=True, slots=True)
class Term:
    """A term that is neither a class of entities nor a relation: `Claim`, `negated`, `mood-planned`.

    Attributes:
        name: its name in the namespace.
        kind: `class`, `object` (property), `datatype` (property), `annotation` (property), `scheme` or `concept`.
        label: in words.
        definition: one sentence, or "".
        range: IRI of class or datatype of a property's values, or "".
        scheme: name of a concept's scheme, or "".
        notation: a concept's name in the record (`planned`), or "".
    """

    name: str
    kind: str
    label: str
    definition: str
    range: str = ""
    scheme: str = ""
    notation: str = ""

    @property
    def iri(self) -> str:
        """The term in RDF."""
        return NAMESPACE + self.name


@dataclass(frozen=True, slots=True)
class Schema:
    """Classes and relations, in the order of `kg.ttl`.

    Attributes:
        classes: by name (`ThinkTank`).
        relations: by name (`holds_position`).
        terms: all else that the namespace defines, by name.
    """

    classes: Mapping[str, EntityClass]
    relations: Mapping[str, Relation]
    terms: Mapping[str, Term] = field(default_factory=dict[str, Term])

    def labels(self, entity_type: str) -> tuple[str, ...]:
        """The class and those above it, root first: `("Entity", "Organization", "ThinkTank")`.

        Raises:
            KeyError: no such class.
        """
        return (*self.classes[entity_type].ancestors, entity_type)

    def is_a(self, entity_type: str, ancestor: str) -> bool:
        """Is every `entity_type` an `ancestor`? A class is its own ancestor.

        Raises:
            KeyError: no such class.
        """
        return entity_type == self.classes[ancestor].name or ancestor in self.classes[entity_type].ancestors

    def allows(self, relation: str, subject_type: str, object_type: str | None) -> bool:
        """May the relation hold between these types? `None` stands for words as the object.

        Raises:
            KeyError: no such relation or class.
        """
        known = self.relations[relation]
        if not any(self.is_a(subject_type, name) for name in known.domain):
            return False
        if object_type is None:
            return known.literal
        return any(self.is_a(object_type, name) for name in known.range)


def constraint_statements(schema: Schema) -> tuple[str, ...]:
    """Cypher that makes `id` unique for every kind of node; any edition of Neo4j takes it, also twice."""
    classes = [c.name for c in schema.classes.values() if c.name == ROOT or not c.abstract]
    return tuple(
        f"CREATE CONSTRAINT {snake_case(label)}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in (*classes, *RECORD_LABELS)
    )


def snake_case(name: str) -> str:
    """`holdsPosition` and `ThinkTank` to `holds_position` and `think_tank`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
