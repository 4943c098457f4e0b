#!/usr/bin/env python3
"""Write what follows from ontology/kg.ttl: SHACL shapes, JSON-LD context, docs/ontology.md, diagrams of the graph.

scripts/generate.py            write the files
scripts/generate.py --check    write nothing; fail if a file differs from what would be written
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from diagrams import fill  # noqa: E402

from kg.graph.vocabulary import PREFIXES, VOCABULARIES  # noqa: E402 - the path is set above
from kg.schema import NAMESPACE, EntityClass, Relation, Schema, Term, load_schema  # noqa: E402

GRAPH_MODEL = ROOT / "docs" / "graph-model.md"
MARK = "Generated from ontology/kg.ttl by scripts/generate.py: do not edit."

REUSED = {
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@vocab"},
    "object": {"@id": "rdf:object"},
    "label": {"@id": "rdfs:label"},
    "altLabel": {"@id": "skos:altLabel"},
    "exactMatch": {"@id": "skos:exactMatch", "@type": "@id"},
    "sameAs": {"@id": "owl:sameAs", "@type": "@id"},
    "identifier": {"@id": "dcterms:identifier"},
    "wasAttributedTo": {"@id": "grasp:wasAttributedTo", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "anchorOf": {"@id": "nif:anchorOf"},
    "beginIndex": {"@id": "nif:beginIndex", "@type": "xsd:nonNegativeInteger"},
    "endIndex": {"@id": "nif:endIndex", "@type": "xsd:nonNegativeInteger"},
    "referenceContext": {"@id": "nif:referenceContext", "@type": "@id"},
    "sentence": {"@id": "nif:sentence", "@type": "@id"},
    "identifies": {"@id": "itsrdf:taIdentRef", "@type": "@id"},
    "headline": {"@id": "schema:headline"},
    "author": {"@id": "schema:author"},
    "datePublished": {"@id": "schema:datePublished"},
    "publisher": {"@id": "schema:publisher", "@type": "@id"},
    "url": {"@id": "schema:url", "@type": "@id"},
}
"""Terms of other vocabularies that a dump uses, by the key that they have in JSON-LD."""


OTHERS = {"org": "http://www.w3.org/ns/org#", "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/"}
"""Vocabularies that the ontology refers to and a dump does not use."""


def context(schema: Schema) -> str:
    """The JSON-LD context."""
    entries: dict[str, object] = {"@vocab": NAMESPACE, **PREFIXES, "id": "@id", "type": "@type", **REUSED}
    for relation in schema.relations.values():
        entries[relation.local] = _entry(relation.local, "" if relation.literal else "@id")
    for term in schema.terms.values():
        if term.kind in ("object", "datatype"):
            entries[term.name] = _entry(term.name, _taken(term))
    return json.dumps({"@context": entries}, ensure_ascii=False, indent=2) + "\n"


def _entry(name: str, taken: str) -> dict[str, str]:
    return {"@id": f"kg:{name}", "@type": taken} if taken else {"@id": f"kg:{name}"}


def _taken(term: Term) -> str:
    """What a property's values are taken to be: names of our terms, IRIs, or literals of one datatype."""
    if term.kind == "object":
        named = (PREFIXES["skos"] + "Concept", PREFIXES["owl"] + "Class")
        return "@vocab" if term.range in named else "@id"
    return "xsd:" + term.range.removeprefix(PREFIXES["xsd"]) if term.range.startswith(PREFIXES["xsd"]) else ""


SHAPES = {
    "Claim": ("kg:Claim", [
        ("rdf:subject", "1..1", "{entity}", "a claim has one subject, an entity"),
        ("rdf:predicate", "1..1", "sh:in ( {relations} )", "a claim has one relation of the ontology"),
        ("rdf:object", "1..1", "{entity_or_words}", "a claim has one object, an entity or words"),
        ("kg:negated", "1..1", "{boolean}", "a claim is negated or not"),
        ("kg:mood", "1..1", "sh:in ( {moods} )", "a claim has one mood of kg:moods"),
        ("kg:tenure", "0..1", "sh:in ( {tenures} )", "a tenure is one of kg:tenures"),
        ("kg:polarity", "1..1", "{decimal} ; sh:minInclusive -1.0 ; sh:maxInclusive 1.0", "a polarity lies in [-1, 1]"),
        ("kg:place", "0..1", "{entity}", "the place of a claim is one entity"),
        ("kg:addressee", "0..1", "{entity}", "the addressee of a claim is one entity"),
        ("grasp:wasAttributedTo", "0..1", "{entity}", "the speaker of a claim is one entity"),
        ("kg:proposition", "0..1", "sh:nodeKind sh:IRI", "a claim belongs to one proposition"),
        ("prov:wasDerivedFrom", "1..*", "sh:class kg:Evidence", "a claim has evidence"),
    ]),
    "Confidence": ("kg:Claim, kg:Evidence, kg:Proposition", [
        ("kg:confidence", "1..1", "{decimal} ; sh:minInclusive 0.0 ; sh:maxInclusive 1.0", "a confidence is in [0, 1]"),
    ]),
    "Rule": ("kg:Evidence, kg:Mention", [
        ("kg:rule", "1..1", "{string} ; sh:minLength 1", "it names the rule that found it"),
    ]),
    "Span": ("kg:Evidence, kg:Mention, kg:Sentence", [
        ("nif:beginIndex", "1..1", "{count} ; sh:lessThan nif:endIndex", "a span begins before its end"),
        ("nif:endIndex", "1..1", "{count}", "a span ends at an offset"),
        ("nif:anchorOf", "1..1", "{string} ; sh:minLength 1", "a span has words"),
        ("nif:referenceContext", "1..1", "sh:class kg:Article", "a span is of one article"),
    ]),
    "Mention": ("kg:Mention", [
        ("itsrdf:taIdentRef", "1..1", "{entity}", "a mention is of one entity"),
        ("kg:mentionType", "1..1", "sh:in ( {classes} )", "a mention suggests one class of entities"),
    ]),
    "Entity": ("kg:Entity", [
        ("rdfs:label", "1..1", "{string}", "an entity has one name"),
        ("dcterms:identifier", "1..1", "{string}", "an entity has one id"),
        ("kg:within", "0..1", "sh:nodeKind sh:IRI", "an entity lies within one other at most"),
        ("rdf:type", "0..*", "sh:qualifiedValueShape [ sh:in ( {concrete} ) ] ; sh:qualifiedMinCount 1",
         "an entity has a class that is not abstract"),
    ]),
    "Article": ("kg:Article", [
        ("dcterms:identifier", "1..1", "{string}", "an article has one key"),
        ("kg:sha256", "1..1", "{string}", "an article has one content hash"),
        ("schema:publisher", "0..1", "sh:class kg:Source", "the publisher of an article is one source"),
    ]),
    "Proposition": ("kg:Proposition", [
        ("rdf:subject", "1..1", "{entity}", "a proposition has one subject, an entity"),
        ("rdf:predicate", "1..1", "sh:in ( {relations} )", "a proposition has one relation of the ontology"),
        ("rdf:object", "1..1", "{entity_or_words}", "a proposition has one object, an entity or words"),
        ("kg:supportedBy", "1..*", "sh:class kg:Claim", "a proposition has a claim that supports it"),
        ("( kg:supportedBy kg:mood )", "0..*", "sh:in ( kg:mood-actual )", "a supporting claim is of actual mood"),
        ("( kg:supportedBy kg:negated )", "0..*", "sh:in ( false )", "a supporting claim is not negated"),
        ("kg:deniedBy", "0..*", "sh:class kg:Claim", "what denies a proposition is a claim"),
        ("( kg:deniedBy kg:negated )", "0..*", "sh:in ( true )", "a denying claim is negated"),
        ("kg:reportedBy", "0..*", "sh:class kg:Source", "who reports a proposition is a source"),
        ("kg:independentSources", "1..1", "{count}", "a proposition counts its sources"),
        ("kg:contested", "1..1", "{boolean}", "a proposition is contested or not"),
    ]),
}  # fmt: skip
"""Shapes of the records: target classes, and for each path how many values, what they must be, and the message."""


def shapes(schema: Schema) -> str:
    """The SHACL shapes of a dump."""
    lines = [f"# {MARK}", *(f"@prefix {prefix}: <{iri}> ." for prefix, iri in VOCABULARIES.items())]
    lines += ["@prefix sh: <http://www.w3.org/ns/shacl#> ."]
    lines += ["@prefix kgs: <https://w3id.org/foreign-policy-kg/shapes#> .", ""]
    values = _values(schema)
    for name, (targets, rows) in SHAPES.items():
        properties = " ,\n".join(_property(*row, values) for row in rows)
        lines += [f"kgs:{name} a sh:NodeShape ; sh:targetClass {targets} ; sh:property", f"{properties} .", ""]
    lines += ["# The ends of claims and propositions of each relation, and of its bare triples."]
    return "\n".join(lines) + "\n" + "".join(_ends(relation) for relation in schema.relations.values())


def _values(schema: Schema) -> dict[str, str]:
    """What the rows of `SHAPES` refer to."""
    concepts = [t for t in schema.terms.values() if t.kind == "concept"]
    return {
        "entity": "sh:class kg:Entity",
        "entity_or_words": "sh:or ( [ sh:class kg:Entity ] [ sh:datatype xsd:string ] )",
        "string": "sh:datatype xsd:string",
        "boolean": "sh:datatype xsd:boolean",
        "decimal": "sh:datatype xsd:decimal",
        "count": "sh:datatype xsd:nonNegativeInteger",
        "relations": " ".join(f"kg:{r.local}" for r in schema.relations.values()),
        "moods": " ".join(f"kg:{t.name}" for t in concepts if t.scheme == "moods"),
        "tenures": " ".join(f"kg:{t.name}" for t in concepts if t.scheme == "tenures"),
        "classes": " ".join(f"kg:{name}" for name in schema.classes),
        "concrete": " ".join(f"kg:{c.name}" for c in schema.classes.values() if not c.abstract),
    }


def _property(path: str, number: str, value: str, message: str, values: dict[str, str]) -> str:
    least, most = number.split("..")
    bounds = [f"sh:minCount {least}"] if least != "0" else []
    bounds += [f"sh:maxCount {most}"] if most != "*" else []
    parts = [f"sh:path {path}", *bounds, value.format(**values), f'sh:message "{message}"']
    return f"    [ {' ; '.join(parts)} ]"


def _ends(relation: Relation) -> str:
    subject = " ".join(f"[ sh:class kg:{name} ]" for name in relation.domain)
    values = [f"[ sh:class kg:{name} ]" for name in relation.range]
    if relation.literal:
        values.append("[ sh:datatype xsd:string ]")
    path = "( [ sh:inversePath rdf:predicate ] {} )"
    names = f'"the {{}} of {relation.name} is of a class that the ontology allows"'
    return f"""
kgs:{relation.local} a sh:NodeShape ; sh:targetNode kg:{relation.local} ;
    sh:property
        [ sh:path {path.format("rdf:subject")} ; sh:or ( {subject} ) ; sh:message {names.format("subject")} ] ,
        [ sh:path {path.format("rdf:object")} ; sh:or ( {" ".join(values)} ) ; sh:message {names.format("object")} ] .
kgs:{relation.local}-subject a sh:NodeShape ; sh:targetSubjectsOf kg:{relation.local} ;
    sh:or ( {subject} ) ; sh:message {names.format("subject")} .
kgs:{relation.local}-object a sh:NodeShape ; sh:targetObjectsOf kg:{relation.local} ;
    sh:or ( {" ".join(values)} ) ; sh:message {names.format("object")} .
"""


def page(schema: Schema) -> str:
    """docs/ontology.md."""
    return "\n".join(_page(schema)) + "\n"


def _page(schema: Schema) -> Iterator[str]:
    yield from (f"<!-- {MARK} -->", "# Ontology", "")
    yield "The classes of entities, the relations between them, and the terms that describe a claim. Namespace:"
    yield f"`{NAMESPACE}`, prefix `kg:`. Every term has an anchor of its local name on this page."
    yield from ("", "## Classes of entities", "")
    yield "A node has the label of its class and of every class above it. An abstract class has no nodes of its own."
    yield ""
    for entity_class in schema.classes.values():
        yield from _class_lines(entity_class)
    yield from ("", f"## {_anchor('families')}Relations", "")
    yield "The weight says how friendly the relation shows its subject to be towards its object, from -1 to 1."
    for family in dict.fromkeys(r.family for r in schema.relations.values()):
        title = schema.terms[f"family-{family}"]
        yield from ("", f"### {_anchor(title.name)}{title.label.capitalize()}", "", title.definition, "")
        for relation in schema.relations.values():
            if relation.family == family:
                yield from _relation_lines(relation)
    yield from (f"## {_anchor('plover')}PLOVER event types", "", "| type | meaning |", "|---|---|")
    plover = (t for t in schema.terms.values() if t.scheme == "plover")
    yield from (f"| {_anchor(t.name)}{t.notation} | {t.definition} |" for t in plover)
    yield from ("", "## Terms of a claim", "")
    yield from _term_lines(schema)


def _class_lines(entity_class: EntityClass) -> Iterator[str]:
    name = f"{_anchor(entity_class.name)}**{entity_class.name}**" + (" (abstract)" if entity_class.abstract else "")
    near = f" Near to {_near(entity_class.matches)}." if entity_class.matches else ""
    indent = "  " * len(entity_class.ancestors)
    yield f"{indent}* {name}: {entity_class.definition} *{entity_class.example}*{near}"


def _relation_lines(relation: Relation) -> Iterator[str]:
    ends = ", ".join((*relation.range, *(["words"] if relation.literal else [])))
    marks = ["holds both ways"] if relation.symmetric else []
    marks += [f"PLOVER {relation.plover}"] if relation.plover else []
    yield from (f"#### {_anchor(relation.local)}{relation.name}", "", f"{relation.definition} *{relation.example}*", "")
    yield (
        f"{', '.join(relation.domain)} → {ends}. Weight {relation.weight:g}" + "".join(f"; {m}" for m in marks) + ".  "
    )
    near = f" Near to {_near(relation.matches)}." if relation.matches else ""
    yield from (f"Cypher `{relation.cypher}`, RDF `kg:{relation.local}`.{near}", "")


def _anchor(local: str) -> str:
    """Where the IRI of a term leads to."""
    return f'<a id="{local}"></a>'


def _near(iris: tuple[str, ...]) -> str:
    """Terms of other vocabularies in compact form."""
    known = {**VOCABULARIES, **OTHERS}
    prefixes = [(p, start) for iri in iris for p, start in known.items() if iri.startswith(start)]
    return ", ".join(f"`{p}:{iri.removeprefix(start)}`" for iri, (p, start) in zip(iris, prefixes, strict=True))


def _term_lines(schema: Schema) -> Iterator[str]:
    schemes = {t.name for t in schema.terms.values() if t.kind == "scheme"} - {"plover", "families"}
    tables = {"Classes": ("class",), "Properties": ("object", "datatype"), "Of the terms themselves": ("annotation",)}
    for title, kinds in tables.items():
        yield from (f"### {title}", "", "| term | meaning |", "|---|---|")
        yield from (
            f"| {_anchor(t.name)}`kg:{t.name}` | {t.definition} |" for t in schema.terms.values() if t.kind in kinds
        )
        yield ""
    for scheme in sorted(schemes):
        yield from (f"### {_anchor(scheme)}{schema.terms[scheme].label}", "", schema.terms[scheme].definition, "")
        yield from ("| record | term | meaning |", "|---|---|---|")
        found = (t for t in schema.terms.values() if t.scheme == scheme)
        yield from (f"| `{t.notation}` | {_anchor(t.name)}`kg:{t.name}` | {t.definition} |" for t in found)
        yield ""


def outputs(schema: Schema) -> dict[Path, str]:
    """Every generated file with its text."""
    return {
        ROOT / "ontology" / "context.jsonld": context(schema),
        ROOT / "ontology" / "shapes.ttl": shapes(schema),
        ROOT / "docs" / "ontology.md": page(schema).rstrip() + "\n",
        GRAPH_MODEL: fill(GRAPH_MODEL.read_text(encoding="utf-8"), schema),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail if a file is not up to date")
    check = parser.parse_args().check
    stale = [p for p, new in outputs(load_schema()).items() if not p.is_file() or p.read_text(encoding="utf-8") != new]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is not up to date: run scripts/generate.py", file=sys.stderr)
        else:
            path.write_text(outputs(load_schema())[path], encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
