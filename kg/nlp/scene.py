"""What is known of an article before claims are read: its tree, names, times and moods."""

from dataclasses import dataclass

from kg.nlp.coref import Referents
from kg.nlp.factuality import Factuality
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.times import Times
from kg.nlp.voices import Voices
from kg.schema import Schema


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the parts that read claims look at, for one article."""

    article: str
    tree: Tree
    referents: Referents
    factuality: Factuality
    times: Times
    lexicons: Lexicons
    schema: Schema
    voices: Voices
