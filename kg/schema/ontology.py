"""`ontology/kg.ttl` is read once, checked, and turned into a frozen `Schema`."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import DataError
from kg.schema.terms import NAMESPACE, ROOT, EntityClass, Relation, Schema, Term, snake_case

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"

_KINDS = {
    _RDFS + "Class": "class",
    _OWL + "Class": "class",
    _OWL + "ObjectProperty": "object",
    _OWL + "DatatypeProperty": "datatype",
    _OWL + "AnnotationProperty": "annotation",
    _SKOS + "ConceptScheme": "scheme",
    _SKOS + "Concept": "concept",
}


def ontology_folder() -> Path:
    """Where kg.ttl, shapes.ttl and context.jsonld lie: in the installed package, or in the source tree beside it.

    Raises:
        DataError: in neither.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "data" / "ontology", package.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise DataError("the ontology (kg.ttl) is missing from the package", hint="install foreign-policy-kg again")


@cache
def load_schema() -> Schema:
    """The schema of the package's own ontology; read once in a process.

    Raises:
        DataError: the ontology is missing or wrong.
    """
    return read_schema(ontology_folder() / "kg.ttl")


def read_schema(path: Path) -> Schema:
    """Read and check an ontology.

    Raises:
        DataError: it cannot be parsed, or a class or relation is incomplete; the message names the term.
    """
    reader = _Ontology(path)
    classes = {name: reader.entity_class(name) for name in reader.entity_classes()}
    relations = {r.name: r for r in (reader.relation(name, classes) for name in reader.typed("Relation"))}
    terms = {
        name: term
        for name in reader.names
        if name not in classes and NAMESPACE + "Relation" not in reader.values(name, _RDF + "type")
        for term in [reader.term(name)]
    }
    return Schema(classes, relations, terms)


class _Ontology:
    """Statements of one Turtle file about terms of our namespace."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, dict[str, list[str]]] = {}
        try:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                    about = self._values.setdefault(quad.subject.value, {})
                    about.setdefault(quad.predicate.value, []).append(quad.object.value)
        except SyntaxError as exc:
            raise DataError(f"{path.name}, line {exc.lineno}: {exc.msg}") from exc
        except (OSError, ValueError) as exc:
            raise DataError(f"{path} cannot be read: {exc}") from exc
        self.names = tuple(iri.removeprefix(NAMESPACE) for iri in self._values if iri.startswith(NAMESPACE))

    def wrong(self, name: str, what: str) -> DataError:
        return DataError(f"{self._path.name}: kg:{name} {what}")

    def values(self, name: str, predicate: str) -> list[str]:
        return self._values.get(NAMESPACE + name, {}).get(predicate, [])

    def typed(self, kind: str) -> list[str]:
        return [name for name in self.names if NAMESPACE + kind in self.values(name, _RDF + "type")]

    def one(self, name: str, predicate: str) -> str:
        found = self.values(name, predicate)
        if len(found) != 1 or not found[0].strip():
            short = re.split(r"[/#]", predicate)[-1]
            raise self.wrong(name, f"has {len(found)} values of {short}, but must have one that is not empty")
        return found[0]

    def parent(self, name: str) -> str | None:
        """The class of our own above this one; None at the root and for a class of no entities."""
        above = [iri for iri in self.values(name, _RDFS + "subClassOf") if iri.startswith(NAMESPACE)]
        if len(above) > 1:
            raise self.wrong(name, "has several superclasses of our own, but the classes form a tree")
        return above[0].removeprefix(NAMESPACE) if above else None

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Root first."""
        path: list[str] = []
        above = self.parent(name)
        while above is not None:
            if above == name or above in path:
                raise self.wrong(name, "is its own superclass")
            if NAMESPACE + above not in self._values:
                raise self.wrong(name, f"is a subclass of kg:{above}, which is not defined")
            path.append(above)
            above = self.parent(above)
        return tuple(reversed(path))

    def entity_classes(self) -> list[str]:
        found = [name for name in self.names if name == ROOT or ROOT in self.ancestors(name)]
        if ROOT not in found:
            raise self.wrong(ROOT, "is not defined")
        return found

    def entity_class(self, name: str) -> EntityClass:
        return EntityClass(
            name=name,
            label=self.one(name, _RDFS + "label"),
            definition=self.one(name, _SKOS + "definition"),
            example=self.one(name, _SKOS + "example"),
            ancestors=self.ancestors(name),
            abstract=self.flag(name, "abstract"),
            matches=self.matches(name, _RDFS + "subClassOf"),
        )

    def relation(self, local: str, classes: Mapping[str, EntityClass]) -> Relation:
        types = self.values(local, _RDF + "type")
        plover = [v for v in self.values(local, _SKOS + "closeMatch") if v.startswith(NAMESPACE + "plover-")]
        if len(plover) > 1:
            raise self.wrong(local, "has several PLOVER matches")
        relation = Relation(
            name=snake_case(local),
            local=local,
            label=self.one(local, _RDFS + "label"),
            definition=self.one(local, _SKOS + "definition"),
            example=self.one(local, _SKOS + "example"),
            family=self.notation(local, self.one(local, NAMESPACE + "family")),
            domain=self.ends(local, "domainIncludes", classes),
            range=self.ends(local, "rangeIncludes", classes),
            symmetric=_OWL + "SymmetricProperty" in types,
            literal=self.flag(local, "literalObject"),
            weight=self.weight(local),
            plover=self.notation(local, plover[0]) if plover else "",
            matches=self.matches(local, _RDFS + "subPropertyOf"),
        )
        self.check(relation)
        return relation

    def check(self, relation: Relation) -> None:
        if not relation.domain:
            raise self.wrong(relation.local, "has no domainIncludes")
        if not relation.range and not relation.literal:
            raise self.wrong(relation.local, "has neither rangeIncludes nor a literal object")
        if relation.symmetric and (relation.literal or set(relation.domain) != set(relation.range)):
            raise self.wrong(relation.local, "is symmetric, but its two ends differ")

    def ends(self, local: str, end: str, classes: Mapping[str, EntityClass]) -> tuple[str, ...]:
        names = tuple(iri.removeprefix(NAMESPACE) for iri in self.values(local, NAMESPACE + end))
        for name in names:
            if name not in classes:
                raise self.wrong(local, f"has {end} {name}, which is no class of entities")
        return names

    def weight(self, local: str) -> float:
        text = self.one(local, NAMESPACE + "weight")
        try:
            weight = float(text)
        except ValueError as exc:
            raise self.wrong(local, f"has weight {text!r}, which is no number") from exc
        if not -1 <= weight <= 1:
            raise self.wrong(local, f"has weight {text}, but must lie in -1 to 1")
        return weight

    def notation(self, name: str, concept: str) -> str:
        found = self._values.get(concept, {}).get(_SKOS + "notation", [])
        if len(found) != 1:
            raise self.wrong(name, f"points to {concept}, which is no concept with a notation")
        return found[0]

    def flag(self, name: str, term: str) -> bool:
        return self.values(name, NAMESPACE + term) == ["true"]

    def matches(self, name: str, above: str) -> tuple[str, ...]:
        near = {*self.values(name, above), *self.values(name, _SKOS + "closeMatch")}
        return tuple(sorted(iri for iri in near if not iri.startswith(NAMESPACE)))

    def term(self, name: str) -> Term:
        types = self.values(name, _RDF + "type")
        kinds = [kind for iri, kind in _KINDS.items() if iri in types]
        if len(kinds) != 1:
            raise self.wrong(name, "has no type that we know, or several")
        labels = self.values(name, _RDFS + "label") or self.values(name, _SKOS + "prefLabel")
        if not labels:
            raise self.wrong(name, "has no label")
        scheme = next(iter(self.values(name, _SKOS + "inScheme")), "")
        return Term(
            name=name,
            kind=kinds[0],
            label=labels[0],
            definition=next(iter(self.values(name, _SKOS + "definition")), ""),
            range=next(iter(self.values(name, _RDFS + "range")), ""),
            scheme=scheme.removeprefix(NAMESPACE),
            notation=next(iter(self.values(name, _SKOS + "notation")), ""),
        )
