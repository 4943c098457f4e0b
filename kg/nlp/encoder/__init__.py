"""The shipped pipeline's component: one small encoder, several heads, run by onnxruntime.

`make_encoder` is the spaCy factory `kg_encoder`, found through the entry point group `spacy_factories`.
"""

from kg.nlp.encoder.component import Encoder, make_encoder

__all__ = ["Encoder", "make_encoder"]
