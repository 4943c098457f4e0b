"""The named graph of an article: its sentences, mentions, claims, and the words that carry them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.graph import vocabulary as v
from kg.graph.vocabulary import Statement
from kg.ids import content_id
from kg.model import Argument, Claim, Evidence, Graph, Mention, Sentence, Span
from kg.schema import Schema

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


class ArticleGraphs:
    """What was read, by article."""

    def __init__(self, graph: Graph, schema: Schema) -> None:
        self._schema = schema
        self._texts = {a.key: a.text for a in graph.articles}
        self._names = {e.id: e.name for e in graph.entities}
        self._propositions = graph.proposition_of
        self._relations = {r.name: NamedNode(r.iri) for r in schema.relations.values()}
        self._sentences: dict[int, NamedNode] = {}
        self._by_article: defaultdict[str, list[Sentence | Mention | Claim]] = defaultdict(list)
        for sentence in graph.sentences:
            self._by_article[sentence.span.article].append(sentence)
        for mention in graph.mentions:
            self._by_article[mention.span.article].append(mention)
        for claim in graph.claims:
            self._by_article[claim.article].append(claim)

    def statements(self, key: str) -> Iterable[Statement]:
        """All that was read from one article, every statement once."""
        items = self._by_article.get(key, ())
        self._sentences = {s.index: v.node("sentence", s.id) for s in items if isinstance(s, Sentence)}
        return dict.fromkeys(statement for item in items for statement in self._about(item))

    def _about(self, item: Sentence | Mention | Claim) -> Iterator[Statement]:
        match item:
            case Sentence():
                return self._sentence(item)
            case Mention():
                return self._mention(item)
            case Claim():
                return self._claim(item)

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
        yield node, _RULE, v.word(mention.rule)
        yield from self._span(node, span)

    def _span(self, node: NamedNode, span: Span) -> Iterator[Statement]:
        yield node, _CONTEXT, v.node("article", span.article)
        yield node, _BEGIN, v.count(span.start)
        yield node, _END, v.count(span.end)
        yield node, _ANCHOR, v.text(self._texts[span.article][span.start : span.end])

    def _claim(self, claim: Claim) -> Iterator[Statement]:
        ident, relation = claim.id, self._schema.relations[claim.relation]
        node = v.node("claim", ident)
        yield node, v.TYPE, _CLAIM
        yield node, v.SUBJECT, v.node("entity", claim.subject.entity)
        yield node, v.PREDICATE, self._relations[claim.relation]
        yield node, v.OBJECT, v.value(claim.object)
        yield node, _NEGATED, v.boolean(claim.negated)
        yield node, _MOOD, v.term(f"kg:mood-{claim.mood}")
        yield node, _CONFIDENCE, v.decimal(claim.confidence)
        yield node, _POLARITY, v.decimal(relation.polarity(negated=claim.negated))
        if proposition := self._propositions.get(ident):
            yield node, _PROPOSITION_OF, v.node("proposition", proposition)
        yield from self._words(node, "subject", claim.subject)
        if isinstance(claim.object, Argument):
            yield from self._words(node, "object", claim.object)
        yield from _qualifiers(node, claim)
        carriers = [(v.node("evidence", _evidence_id(ident, e)), e) for e in claim.evidence]
        yield from ((node, _DERIVED, carrier) for carrier, _ in carriers)
        for carrier, evidence in carriers:
            yield from self._evidence(carrier, evidence)

    def _words(self, node: NamedNode, role: str, argument: Argument) -> Iterator[Statement]:
        """The words for an entity and why they mean it, where they are not just its name."""
        if argument.text and argument.text != self._names.get(argument.entity):
            yield node, v.term(f"kg:{role}Text"), v.text(argument.text)
        if argument.rule != "name":
            yield node, v.term(f"kg:{role}Rule"), v.word(argument.rule)

    def _evidence(self, node: NamedNode, evidence: Evidence) -> Iterator[Statement]:
        yield node, v.TYPE, _EVIDENCE
        yield node, _RULE, v.word(evidence.rule)
        yield node, _CONFIDENCE, v.decimal(evidence.confidence)
        if sentence := self._sentences.get(evidence.sentence):
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


def _evidence_id(claim: str, evidence: Evidence) -> str:
    span = evidence.span
    return content_id("v", claim, str(span.start), str(span.end), str(evidence.sentence), evidence.rule)
