"""Reading: an article in, a reading out. The only home of spaCy; no Doc leaves this room."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.model import Lexicon
    from kg.nlp.reader import Reader
    from kg.schema import Schema

__all__ = ["load_reader"]


def load_reader(settings: "Settings", lexicon: "Lexicon", schema: "Schema") -> "Reader":
    """A reader with the pipeline that the settings name; see `kg.nlp.reader.load_reader`."""
    from kg.nlp import reader  # spaCy loads `kg.nlp.encoder` by entry point and must not load the rules with it

    return reader.load_reader(settings, lexicon, schema)
