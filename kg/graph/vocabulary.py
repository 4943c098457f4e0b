"""Terms, names and literals of the RDF view: every IRI that a dump holds is made here.

Ids and keys are percent-encoded into one path segment, so that no article key can leave its place; text is written as
it stands, except that what is no character becomes U+FFFD: lone surrogates, which UTF-8 cannot carry, and U+FFFE and
U+FFFF, which XML cannot and which Raptor refuses in every syntax.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode

from kg.model import Argument
from kg.model import Literal as Words
from kg.schema import NAMESPACE

ID = "https://w3id.org/foreign-policy-kg/id/"
Value = NamedNode | Literal
Statement = tuple[NamedNode, NamedNode, Value]
NamedGraph = tuple[NamedNode, Iterable[Statement]]
"""The name of a graph, and what it holds."""
VOCABULARIES = {
    "kg": NAMESPACE,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "grasp": "http://groundedannotationframework.org/grasp#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
KINDS = (
    "article", "article-graph", "claim", "dataset", "entity", "evidence", "graph", "mention", "proposition", "run",
    "sentence", "software", "source",
)  # fmt: skip
"""What has an IRI of ours: the first segment after `ID`."""
PREFIXES = VOCABULARIES | {f"kg-{kind}": f"{ID}{kind}/" for kind in KINDS}


@lru_cache(maxsize=1024)
def term(compact: str) -> NamedNode:
    """The term of a known vocabulary: `term("prov:used")`.

    Raises:
        KeyError: no such prefix.
    """
    prefix, _, local = compact.partition(":")
    return NamedNode(VOCABULARIES[prefix] + local)


TYPE = term("rdf:type")
SUBJECT = term("rdf:subject")
PREDICATE = term("rdf:predicate")
OBJECT = term("rdf:object")
LABEL = term("rdfs:label")
BOOLEAN = term("xsd:boolean")
DECIMAL = term("xsd:decimal")
COUNT = term("xsd:nonNegativeInteger")
TRUE = Literal("true", datatype=BOOLEAN)
FALSE = Literal("false", datatype=BOOLEAN)

_DATE_TYPES = {4: term("xsd:gYear"), 7: term("xsd:gYearMonth"), 10: term("xsd:date")}
_PLAIN = re.compile(r"[\w:-]+", re.ASCII)
_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@]+([/?#]\S*)?", re.ASCII | re.IGNORECASE)
_DOTS = re.compile(r"/\.\.?(?![^/?#])")


@lru_cache(maxsize=1 << 16)
def node(kind: str, name: str) -> NamedNode:
    """The IRI of one of our own things: `node("entity", "Q30")`, `node("article", "feeds/a b.md")`."""
    local = name if _PLAIN.fullmatch(name) else _encoded(name)
    return NamedNode(f"{ID}{kind}/{local}")


def _encoded(name: str) -> str:
    local = quote(name, safe=":", errors="surrogatepass")
    if not local.strip("."):
        return local.replace(".", "%2E")  # `..` would be resolved away by a reader that has a base IRI
    return local


def name_of(iri: str, kind: str) -> str:
    """The id that `node(kind, id)` was made of.

    Raises:
        ValueError: the IRI is not of that kind.
    """
    start = f"{ID}{kind}/"
    if not iri.startswith(start):
        raise ValueError(f"{iri} is no {kind}")
    return unquote(iri[len(start) :], errors="surrogatepass")


def article_graph(key: str) -> NamedNode:
    """The named graph of one article: the unit of withdrawal."""
    return node("article-graph", key)


CONSENSUS = node("graph", "consensus")
META = node("graph", "meta")
DATASET = node("dataset", "all")


def wikidata(qid: str) -> NamedNode:
    """Wikidata's own IRI of an item."""
    return NamedNode(VOCABULARIES["wd"] + quote(qid, safe="", errors="replace"))


def clean(words: str) -> str:
    """The words as every RDF syntax can carry them."""
    return words if words.isascii() else _NO_CHARACTER.sub("\ufffd", words)


def text(words: str) -> Literal:
    """A plain string."""
    return Literal(clean(words))


word = lru_cache(maxsize=1 << 12)(text)
"""A plain string that comes again and again, such as the name of a rule."""


def value(argument: Argument | Words) -> Value:
    """What a claim has as its object: an entity, or words."""
    return node("entity", argument.entity) if isinstance(argument, Argument) else text(argument.text)


@lru_cache(maxsize=1 << 14)
def count(number: int) -> Literal:
    """A number of things, or an offset."""
    return Literal(str(number), datatype=COUNT)


@lru_cache(maxsize=1 << 12)
def decimal(number: float) -> Literal:
    """A measure such as a confidence, to six places."""
    return Literal(f"{Decimal(str(round(number, 6))):f}", datatype=DECIMAL)


def boolean(value: bool) -> Literal:  # noqa: FBT001 - it is the value itself, not an option
    """A truth value."""
    return TRUE if value else FALSE


@lru_cache(maxsize=1 << 12)
def moment(iso: str) -> Literal:
    """A year, month or day with the datatype of its precision; anything else, and what is no date, as plain text."""
    if not _DATE.fullmatch(iso):
        return text(iso)
    try:
        date.fromisoformat(iso + "0000-01-01"[len(iso) :])
    except ValueError:
        return text(iso)
    return Literal(iso, datatype=_DATE_TYPES[len(iso)])


def address(url: str) -> Value:
    """A web address as an IRI; as text if a reader should not be led to it or would change it (`/../`)."""
    if not _WEB_ADDRESS.fullmatch(url) or _DOTS.search(url) or clean(url) != url:
        return text(url)
    try:
        return NamedNode(url)
    except ValueError:
        return text(url)
