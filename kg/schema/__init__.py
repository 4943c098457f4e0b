"""The ontology in Python: `load_schema()` reads `ontology/kg.ttl`, where all classes and relations are defined."""

from kg.schema.ontology import load_schema, ontology_folder, read_schema
from kg.schema.terms import (
    NAMESPACE,
    RECORD_LABELS,
    ROOT,
    EntityClass,
    Relation,
    Schema,
    Term,
    constraint_statements,
)

__all__ = [
    "NAMESPACE",
    "RECORD_LABELS",
    "ROOT",
    "EntityClass",
    "Relation",
    "Schema",
    "Term",
    "constraint_statements",
    "load_schema",
    "ontology_folder",
    "read_schema",
]
