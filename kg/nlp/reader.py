"""From an article to a reading: the order in which the parts of this room work."""

import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from spacy import about
from spacy.language import Language

from kg._version import __version__
from kg.config import Settings
from kg.model import Article, Claim, Lexicon, Reading, Span, merge
from kg.nlp.attributions import Attributions
from kg.nlp.carried import Carried
from kg.nlp.cast import Cast
from kg.nlp.coref import Referents
from kg.nlp.entities import EVENTS, PLACES
from kg.nlp.factuality import Factuality
from kg.nlp.frames import Frames, load_frames
from kg.nlp.grammar import Tree, make_tree, mend_reports
from kg.nlp.lexicons import Lexicons, load_lexicons
from kg.nlp.match import Matcher
from kg.nlp.mends import mend_locations
from kg.nlp.mentions import find_names
from kg.nlp.offices import Offices
from kg.nlp.pipeline import load_pipeline
from kg.nlp.posts import Posts
from kg.nlp.scene import Scene
from kg.nlp.seats import Seats
from kg.nlp.speech import Speech
from kg.nlp.statements import Statements
from kg.nlp.times import Times
from kg.nlp.turns import blank_labels, find_turns
from kg.nlp.voices import Voices
from kg.schema import Schema

_WRAP = re.compile(r"(?<=[^\n]{45})(?<=[^\s.!?:;])\n(?=[^\s*•\-–—#>|\d])")
"""A line break after a long line that no sentence ends, before a line that is no list item or heading."""


_UNFINISHED = re.compile(r"(?<=\s)(a|an|and|as|at|by|for|from|his|in|its|of|on|or|that|the|their|to|with)\n(?=\w)")
"""A line break behind a word that ends no line of its own, however short the line."""


_PARTS = r"(?:, [A-Z\d][\w. ]{1,30}){0,2}"
_DASH = r"(?:–|—|--|-)"
_DATELINE = re.compile(
    rf"^(?:[A-Z][A-Z.'’\-/ ]{{2,40}}{_PARTS}(?: ?\([^()\n]{{2,30}}\))? ?{_DASH} "
    rf"|[A-Z][A-Z.'’\- ]{{2,20}}/[A-Z.'’\-/ ]{{3,40}}(?: ?\([^()\n]{{2,30}}\))? ?(?:{_DASH}|:) "
    rf"|[A-Z][\w.'’\- ]{{2,30}}{_PARTS} \([A-Z][^()\n]{{1,30}}\) ?{_DASH} "
    rf"|[A-Z][\w.'’\- ]{{2,30}}, (?:\d{{1,2}} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{{1,2}}),? \d{{4}} ?(?:{_DASH}|:) )",
    re.MULTILINE,
)
"""A city in capitals, or any city with its agency in brackets or a date, and a dash, at the beginning of a line."""


class Reader:
    """Reads articles; holds the pipeline and the rules, and nothing of any article."""

    def __init__(self, nlp: Language, frames: Frames, lexicons: Lexicons, lexicon: Lexicon, schema: Schema) -> None:
        self.nlp, self.frames, self.lexicons, self.lexicon, self.schema = nlp, frames, lexicons, lexicon, schema
        self.version = reader_version(nlp)
        countries = (n for n, kind in lexicon.names().items() if kind == "Country")
        self._countries = tuple({k.id: k for n in countries for k in lexicon.lookup(n)[:1]}.values())
        signatures = lexicons.signatures
        verbs = frames.verbs | lexicons.saying | frozenset(lexicons.light_verbs) | signatures.lemmas()
        self._verbs = {verb: verb for verb in verbs} | dict(lexicons.irregular)

    def read(self, article: Article) -> Reading:
        """What the article says, with local entities.

        The title of an article is not read: headlines drop the words that carry mood and attribution.
        """
        turns = find_turns(article.text, self.lexicons)
        tree = self._tree(unwrap(blank_labels(article.text, turns)))
        entities = find_names(tree, article.key, self.lexicon, self.lexicons, article.date)
        mend_locations(tree, entities)
        cast = Cast(article, entities, self.lexicon, self.lexicons, self._tree)
        voices = Voices(tree, entities, cast, turns, self.lexicons)
        referents = Referents(tree, entities, self.lexicons, self.lexicon, voices)
        factuality = Factuality(tree, self.lexicons)
        timeless = {n.head for n in entities.names if n.type == "Person" or n.type in PLACES}
        numbers = frozenset(
            n.end - 1
            for n in entities.names
            if n.end - n.first > 1 and n.type not in EVENTS and tree.words[n.end - 1].isdigit()
        )
        times = Times(tree, article.date, frozenset(timeless), numbers)
        scene = Scene(article.key, tree, referents, factuality, times, self.lexicons, self.schema, voices)
        offices = Offices(scene, self.lexicon, article, self._countries)
        referents.learn(offices.found, article)
        voices.learn(offices.found)
        claims = merge(Carried(tree, times).date(self._claims(scene, offices)))
        used = {e for claim in claims for e in claim.entities()}
        return Reading(
            article=article.key,
            sha256=article.sha256,
            reader=self.version,
            sentences=_sentences(tree, article.key),
            entities=entities.freeze(used),
            mentions=entities.mentions(tree.starts, tree.ends),
            claims=claims,
        )

    def _claims(self, scene: Scene, offices: Offices) -> Iterator[Claim]:
        yield from offices.claims()
        yield from Seats(scene).claims()
        attributions = Attributions(scene)
        yield from [attributions.nested(claim) for claim in [*Speech(scene, attributions).claims()]]
        scene.referents.forget()
        posts = Posts(offices.titles, scene.referents, offices.employers.of)
        for claim in Matcher(scene, self.frames, posts, attributions.speakers).claims():
            if scene.voices.hears(claim):
                yield attributions.attribute(claim)
        yield from Statements(scene).claims(attributions.reported())

    def _tree(self, text: str) -> Tree:
        tree = make_tree(self.nlp(text), self._verbs)
        mend_reports(tree, self.lexicons.saying)
        return tree


def unwrap(text: str) -> str:
    """The text as the parser should see it, with the same offsets.

    Hard line breaks inside paragraphs become blanks, so that no name or sentence is cut; so do datelines, whose cities
    have no part in what is told ("BEIJING - Saudi Arabia and Iran agreed").
    """
    joined = _UNFINISHED.sub(lambda m: m[1] + " ", _WRAP.sub(" ", text))
    return _DATELINE.sub(lambda m: " " * len(m[0]), joined)


def load_reader(settings: Settings, lexicon: Lexicon, schema: Schema) -> Reader:
    """A reader with the pipeline that the settings name, or the shipped one.

    Raises:
        PipelineError: the pipeline is missing or cannot be used.
        DataError: a rule file is wrong.
    """
    return Reader(load_pipeline(settings.pipeline), load_frames(schema), load_lexicons(), lexicon, schema)


def reader_version(nlp: Language) -> str:
    """Changes whenever a reading could: package, pipeline, rules, names, and the spaCy release."""
    root, digest = files("kg"), hashlib.sha256()
    for path in _walk(root / "nlp"):
        digest.update(_fingerprint(path))
    for path in _walk(root / "data"):
        if path.name not in {"SOURCES.toml", "sample.txt"}:
            digest.update(_fingerprint(path))
    pipeline = f"{nlp.meta.get('lang')}_{nlp.meta.get('name')}-{nlp.meta.get('version')}"
    return f"kg {__version__} rules {digest.hexdigest()[:8]} {pipeline} spaCy {about.__version__}"


def _walk(folder: Traversable) -> Iterator[Traversable]:
    """All files below a folder, compiled code and queries left out, in order."""
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.is_dir() and path.name not in {"__pycache__", "queries", "ontology"}:
            yield from _walk(path)
        elif path.is_file():
            yield path


def _fingerprint(path: Traversable) -> bytes:
    return hashlib.sha256(path.name.encode() + b"\0" + path.read_bytes()).digest()


def _sentences(tree: Tree, article: str) -> tuple[Span, ...]:
    return tuple(Span(article, *tree.chars(first, end)) for first, end in tree.bounds)
