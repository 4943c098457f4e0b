"""The RDF view: a graph as quads, in the order articles, consensus, meta.

Every article has a named graph with its sentences, mentions and claims: dropping it withdraws the article. `consensus`
holds one bare triple for every proposition, and the proposition itself, which names the claims behind it. `meta`
describes articles, sources, entities and the dump. RDF 1.1, no blank nodes, nothing that depends on the clock: the same
graph gives the same bytes.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, serialize
from pyoxigraph import Literal as RdfLiteral

from kg.errors import UsageError
from kg.graph import vocabulary as v
from kg.graph.consensus import consensus
from kg.graph.description import describe
from kg.graph.jsonld import write_jsonld
from kg.graph.vocabulary import Statement
from kg.ids import content_id
from kg.model import Argument, Claim, Evidence, Graph, Mention, Sentence, Span
from kg.schema import Schema

if TYPE_CHECKING:
    from rdflib import Dataset

FORMATS = ("nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml")
GRAPHS = ("all", "articles", "consensus", "meta")

Node = NamedNode | BlankNode | RdfLiteral | Triple
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f]")

_ADDRESSEE = v.term("kg:addressee")
_ANCHOR = v.term("nif:anchorOf")
_ATTRIBUTED = v.term("grasp:wasAttributedTo")
_BEGIN = v.term("nif:beginIndex")
_CLAIM = v.term("kg:Claim")
_CONFIDENCE = v.term("kg:confidence")
_CONTEXT = v.term("nif:referenceContext")
_CUE = v.term("kg:cue")
_DERIVED = v.term("prov:wasDerivedFrom")
_END = v.term("nif:endIndex")
_EVIDENCE = v.term("kg:Evidence")
_IN_SENTENCE = v.term("nif:sentence")
_INDEX = v.term("kg:sentenceIndex")
_MENTION = v.term("kg:Mention")
_MENTION_OF = v.term("itsrdf:taIdentRef")
_MENTION_TYPE = v.term("kg:mentionType")
_MOOD = v.term("kg:mood")
_NEGATED = v.term("kg:negated")
_PLACE = v.term("kg:place")
_POLARITY = v.term("kg:polarity")
_PROPOSITION_OF = v.term("kg:proposition")
_RULE = v.term("kg:rule")
_SENTENCE = v.term("kg:Sentence")
_TENURE = v.term("kg:tenure")
_TITLE = v.term("kg:title")
_TOPIC = v.term("kg:topic")
_WHEN_END = v.term("kg:whenEnd")
_WHEN_START = v.term("kg:whenStart")
_WHEN_TEXT = v.term("kg:whenText")


def quads(graph: Graph, schema: Schema, *, graphs: str = "all") -> Iterator[Quad]:
    """The graph in RDF, every quad once, in a fixed order.

    Args:
        graph: what `kg.graph.project` made.
        schema: the schema that it was made with.
        graphs: one of `GRAPHS`: all named graphs, or those of one kind.

    Raises:
        ValueError: no such kind.
    """
    return chain.from_iterable(groups(graph, schema, graphs=graphs))


def groups(graph: Graph, schema: Schema, *, graphs: str = "all") -> Iterator[list[Quad]]:
    """Quads of one named graph after the other, none empty: articles by key, consensus, meta. See `quads`."""
    if graphs not in GRAPHS:
        raise ValueError(f"graphs is {graphs!r}, but must be one of {', '.join(GRAPHS)}")
    statements = 0
    articles = _Articles(graph, schema)
    for article in graph.articles:
        found = list(dict.fromkeys(articles.quads(article.key)))
        statements += len(found)
        if found and graphs in ("all", "articles"):
            yield found
    found = list(dict.fromkeys(consensus(graph, schema)))
    statements += len(found)
    if found and graphs in ("all", "consensus"):
        yield found
    if graphs in ("all", "meta"):
        yield list(describe(graph, schema, statements=statements))


class _Articles:
    """What was read, by article."""

    def __init__(self, graph: Graph, schema: Schema) -> None:
        self._schema = schema
        self._texts = {a.key: a.text for a in graph.articles}
        self._names = {e.id: e.name for e in graph.entities}
        self._propositions = graph.proposition_of
        self._sentences = {(s.span.article, s.index): v.node("sentence", s.id) for s in graph.sentences}
        self._by_article: defaultdict[str, list[Sentence | Mention | Claim]] = defaultdict(list)
        for sentence in graph.sentences:
            self._by_article[sentence.span.article].append(sentence)
        for mention in graph.mentions:
            self._by_article[mention.span.article].append(mention)
        for claim in graph.claims:
            self._by_article[claim.article].append(claim)

    def quads(self, key: str) -> Iterator[Quad]:
        """All that was read from one article."""
        name = v.article_graph(key)
        for item in self._by_article.get(key, ()):
            match item:
                case Sentence():
                    found = self._sentence(item)
                case Mention():
                    found = self._mention(item)
                case Claim():
                    found = self._claim(item)
            for subject, predicate, value in found:
                yield Quad(subject, predicate, value, name)

    def _sentence(self, sentence: Sentence) -> Iterator[Statement]:
        node = v.node("sentence", sentence.id)
        yield node, v.TYPE, _SENTENCE
        yield node, _INDEX, v.count(sentence.index)
        yield from self._span(node, sentence.span)

    def _mention(self, mention: Mention) -> Iterator[Statement]:
        span = mention.span
        words = (span.article, str(span.start), str(span.end), mention.type, mention.entity, mention.rule)
        node = v.node("mention", content_id("m", *words))
        yield node, v.TYPE, _MENTION
        yield node, _MENTION_OF, v.node("entity", mention.entity)
        yield node, _MENTION_TYPE, v.term(f"kg:{mention.type}")
        yield node, _RULE, v.text(mention.rule)
        yield from self._span(node, span)

    def _span(self, node: NamedNode, span: Span) -> Iterator[Statement]:
        yield node, _CONTEXT, v.node("article", span.article)
        yield node, _BEGIN, v.count(span.start)
        yield node, _END, v.count(span.end)
        yield node, _ANCHOR, v.text(self._texts[span.article][span.start : span.end])

    def _claim(self, claim: Claim) -> Iterator[Statement]:
        node = v.node("claim", claim.id)
        relation = self._schema.relations[claim.relation]
        yield node, v.TYPE, _CLAIM
        yield node, v.SUBJECT, v.node("entity", claim.subject.entity)
        yield node, v.PREDICATE, NamedNode(relation.iri)
        yield node, v.OBJECT, v.value(claim.object)
        yield node, _NEGATED, v.boolean(claim.negated)
        yield node, _MOOD, v.term(f"kg:mood-{claim.mood}")
        yield node, _CONFIDENCE, v.decimal(claim.confidence)
        yield node, _POLARITY, v.decimal(relation.polarity(negated=claim.negated))
        if proposition := self._propositions.get(claim.id):
            yield node, _PROPOSITION_OF, v.node("proposition", proposition)
        yield from self._words(node, "subject", claim.subject)
        if isinstance(claim.object, Argument):
            yield from self._words(node, "object", claim.object)
        yield from _qualifiers(node, claim)
        carriers = [(v.node("evidence", _evidence_id(claim, e)), e) for e in claim.evidence]
        yield from ((node, _DERIVED, carrier) for carrier, _ in carriers)
        for carrier, evidence in carriers:
            yield from self._evidence(carrier, evidence)

    def _words(self, node: NamedNode, role: str, argument: Argument) -> Iterator[Statement]:
        """The words for an entity and why they mean it, where they are not just its name."""
        if argument.text and argument.text != self._names.get(argument.entity):
            yield node, v.term(f"kg:{role}Text"), v.text(argument.text)
        if argument.rule != "name":
            yield node, v.term(f"kg:{role}Rule"), v.text(argument.rule)

    def _evidence(self, node: NamedNode, evidence: Evidence) -> Iterator[Statement]:
        yield node, v.TYPE, _EVIDENCE
        yield node, _RULE, v.text(evidence.rule)
        yield node, _CONFIDENCE, v.decimal(evidence.confidence)
        if sentence := self._sentences.get((evidence.span.article, evidence.sentence)):
            yield node, _IN_SENTENCE, sentence
        yield from self._span(node, evidence.span)


def _qualifiers(node: NamedNode, claim: Claim) -> Iterator[Statement]:
    q = claim.qualifiers
    if q.tenure:
        yield node, _TENURE, v.term(f"kg:tenure-{q.tenure}")
    entities = ((_PLACE, q.place), (_ADDRESSEE, q.addressee), (_ATTRIBUTED, claim.attributed_to))
    yield from ((node, name, v.node("entity", who.entity)) for name, who in entities if who)
    words = ((_TITLE, q.title), (_TOPIC, q.topic), (_CUE, claim.cue), (_WHEN_TEXT, claim.when.text))
    yield from ((node, name, v.text(value)) for name, value in words if value)
    dates = ((_WHEN_START, claim.when.start), (_WHEN_END, claim.when.end))
    yield from ((node, name, v.moment(iso)) for name, iso in dates if iso)


def _evidence_id(claim: Claim, evidence: Evidence) -> str:
    span = evidence.span
    return content_id("v", claim.id, str(span.start), str(span.end), str(evidence.sentence), evidence.rule)


def write_rdf(graph: Graph, schema: Schema, *, fmt: str, out: BinaryIO, graphs: str = "all") -> None:
    """Write the graph in one of `FORMATS`; the same graph gives the same bytes.

    Turtle, N-Triples and RDF/XML know no named graphs: they hold the triples of all. N-Quads and N-Triples are sorted
    within each named graph, so that an article is a block of lines.

    Args:
        graph: what `kg.graph.project` made.
        schema: the schema that it was made with.
        fmt: `nquads`, `trig`, `turtle`, `ntriples`, `jsonld` or `rdfxml`.
        out: where to; it stays open.
        graphs: one of `GRAPHS`: all named graphs, or those of one kind.

    Raises:
        UsageError: no such format or kind.
    """
    if fmt not in FORMATS:
        raise UsageError(f"no RDF format {fmt!r}", hint=f"known formats: {', '.join(FORMATS)}")
    if graphs not in GRAPHS:
        raise UsageError(f"no named graphs {graphs!r}", hint=f"choose one of {', '.join(GRAPHS)}")
    found = groups(graph, schema, graphs=graphs)
    if fmt == "jsonld":
        write_jsonld(found, out)
    elif fmt == "nquads":
        for group in found:
            _write_sorted(serialize(group, format=RdfFormat.N_QUADS), out)
    elif fmt == "ntriples":
        for group in found:
            _write_sorted(serialize([q.triple for q in group], format=RdfFormat.N_TRIPLES), out)
    elif fmt == "trig":
        serialize(chain.from_iterable(found), out, RdfFormat.TRIG, prefixes=v.PREFIXES)
    else:
        kind, keep = (RdfFormat.RDF_XML, _for_xml) if fmt == "rdfxml" else (RdfFormat.TURTLE, _as_it_is)
        triples = (Triple(q.subject, q.predicate, keep(q.object)) for group in found for q in group)
        serialize(triples, out, kind, prefixes=v.PREFIXES)


def _write_sorted(lines: bytes | None, out: BinaryIO) -> None:
    out.writelines(sorted((lines or b"").splitlines(keepends=True)))


def _as_it_is(value: Node) -> Node:
    return value


def _for_xml(value: Node) -> Node:
    """XML cannot hold control characters in any form: they become U+FFFD; line ends become U+000A, as XML has them."""
    if not isinstance(value, RdfLiteral) or not _NOT_XML.search(value.value):
        return value
    words = value.value.replace("\r\n", "\n").replace("\r", "\n")
    words = _NOT_XML.sub("\ufffd", words)
    return RdfLiteral(words, language=value.language) if value.language else RdfLiteral(words, datatype=value.datatype)


def dataset(graph: Graph, schema: Schema) -> "Dataset":
    """The graph as an rdflib dataset on Oxigraph, in memory; its default graph is the union of all."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    store = Store()
    store.bulk_extend(quads(graph, schema))
    found = Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, iri in v.PREFIXES.items():
        found.bind(prefix, iri, replace=True)
    return found
