"""Whether a predicate is said to have happened: negation, modality, governors and conditions, each in its own scope."""

from kg.nlp.factuality.judgement import Judgement
from kg.nlp.factuality.sources import QUOTING
from kg.nlp.factuality.walk import Factuality

__all__ = ["QUOTING", "Factuality", "Judgement"]
