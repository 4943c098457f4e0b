"""The `meta` graph: articles, sources, entities, and the dump itself in the terms of VoID and DCAT."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from pyoxigraph import Literal, NamedNode

from kg._version import __version__
from kg.graph import vocabulary as v
from kg.graph.consensus import drawn
from kg.graph.vocabulary import Statement
from kg.model import Article, Entity, Graph
from kg.schema import Schema

TITLE = Literal("Claims of foreign policy, with their evidence", language="en")
RIGHTS = Literal(
    "The statements are facts read from the articles. The quoted words, titles and names of authors belong to the "
    "articles' publishers and are quoted as evidence.",
    language="en",
)
ONTOLOGY = NamedNode("https://w3id.org/foreign-policy-kg/ontology")

_ALIAS = v.term("skos:altLabel")
_EXACT_MATCH = v.term("skos:exactMatch")
_ID = v.term("dcterms:identifier")
_SAME_AS = v.term("owl:sameAs")
_WITHIN = v.term("kg:within")
_ORIGIN = v.term("kg:origin")


def describe(graph: Graph, schema: Schema, *, statements: int) -> Iterator[Statement]:
    """The `meta` graph, every statement once.

    Args:
        graph: what is described.
        schema: the schema that it was made with.
        statements: how many are in all other named graphs.
    """
    about = chain(
        (_article(article) for article in graph.articles),
        (_source(source) for source in _sources(graph)),
        (_entity(entity, schema) for entity in graph.entities),
        [_dataset(graph, schema)],
    )
    for found in about:
        for statement in dict.fromkeys(found):
            statements += 1
            yield statement
    yield dataset_of(graph), v.term("void:triples"), v.count(statements + 1)


def _article(article: Article) -> Iterator[Statement]:
    node = v.node("article", article.key)
    yield node, v.TYPE, v.term("kg:Article")
    yield node, v.TYPE, v.term("schema:Article")
    yield node, _ID, v.text(article.key)
    yield node, v.term("kg:namedGraph"), v.article_graph(article.key)
    yield node, v.term("kg:sha256"), v.text(article.sha256)
    yield node, v.term("kg:mediaType"), v.text(article.media_type)
    if article.title:
        yield node, v.term("schema:headline"), v.text(article.title)
    if article.date:
        yield node, v.term("schema:datePublished"), v.moment(article.date)
    if article.url:
        yield node, v.term("schema:url"), v.address(article.url)
    if article.source:
        yield node, v.term("schema:publisher"), v.node("source", article.source)
        yield node, v.term("prov:wasAttributedTo"), v.node("source", article.source)
    yield from ((node, v.term("schema:author"), v.text(author)) for author in article.authors if author)


def _sources(graph: Graph) -> list[str]:
    named = {a.source for a in graph.articles} | {s for p in drawn(graph) for s in p.sources}
    return sorted(named - {""})


def _source(source: str) -> Iterator[Statement]:
    node = v.node("source", source)
    yield node, v.TYPE, v.term("kg:Source")
    yield node, v.LABEL, v.text(source)


def _entity(entity: Entity, schema: Schema) -> Iterator[Statement]:
    node = v.node("entity", entity.id)
    for name in schema.labels(entity.type):
        yield node, v.TYPE, NamedNode(schema.classes[name].iri)
    yield node, _ID, v.text(entity.id)
    yield node, v.LABEL, v.text(entity.name)
    yield from ((node, _ALIAS, v.text(alias)) for alias in entity.aliases if alias)
    yield node, _ORIGIN, v.text(entity.origin)
    if entity.wikidata:
        same = _EXACT_MATCH if entity.type == "Topic" else _SAME_AS
        yield node, same, v.wikidata(entity.wikidata)
    if entity.within:
        yield node, _WITHIN, v.node("entity", entity.within)


def _dataset(graph: Graph, schema: Schema) -> Iterator[Statement]:
    dump, software, run = dataset_of(graph), v.node("software", "kg"), v.node("run", f"kg-{__version__}")
    yield dump, v.TYPE, v.term("void:Dataset")
    yield dump, v.TYPE, v.term("dcat:Dataset")
    yield dump, v.term("dcterms:title"), TITLE
    yield dump, v.term("dcterms:rights"), RIGHTS
    yield dump, v.term("dcterms:conformsTo"), ONTOLOGY
    yield dump, v.term("void:vocabulary"), ONTOLOGY
    yield dump, v.term("void:uriSpace"), v.text(v.ID)
    yield dump, v.term("void:documents"), v.count(len(graph.articles))
    yield dump, v.term("void:entities"), v.count(len(graph.entities))
    yield dump, v.term("prov:wasGeneratedBy"), run
    if graph.part:
        yield v.DATASET, v.term("void:subset"), dump
    yield run, v.TYPE, v.term("kg:Run")
    yield run, v.term("prov:wasAssociatedWith"), software
    yield software, v.TYPE, v.term("prov:SoftwareAgent")
    yield software, v.LABEL, v.text("kg")
    yield software, v.term("schema:softwareVersion"), v.text(__version__)
    yield from _partitions(graph, schema)


def dataset_of(graph: Graph) -> NamedNode:
    """The dump of a graph, or of a part of one."""
    return v.node("dataset", graph.part) if graph.part else v.DATASET


def _partitions(graph: Graph, schema: Schema) -> Iterator[Statement]:
    """How many instances of each class, and how many propositions of each relation."""
    dump, start = dataset_of(graph), f"{graph.part}-" if graph.part else ""
    relations = Counter(schema.relations[p.relation].local for p in drawn(graph))
    classes = Counter(name for e in graph.entities for name in schema.labels(e.type))
    records = {"Claim": len(graph.claims), "Proposition": relations.total(), "Article": len(graph.articles)}
    for name, number in sorted({**classes, **records}.items()):
        part = v.node("dataset", f"{start}class-{name}")
        yield dump, v.term("void:classPartition"), part
        yield part, v.term("void:class"), v.term(f"kg:{name}")
        yield part, v.term("void:entities"), v.count(number)
    for name, number in sorted(relations.items()):
        part = v.node("dataset", f"{start}property-{name}")
        yield dump, v.term("void:propertyPartition"), part
        yield part, v.term("void:property"), v.term(f"kg:{name}")
        yield part, v.term("void:entities"), v.count(number)
