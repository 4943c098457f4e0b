"""The product's own evaluation: claims against annotated articles, and floors that they must not fall below."""

from kg.evaluate.claims import Record, read_records
from kg.evaluate.figures import Bin, Count, Fault, Score, Share
from kg.evaluate.gate import Floors, failures, read_floors
from kg.evaluate.gold import GoldArticle, GoldClaim, GoldEntity, corpus_hash, read_gold
from kg.evaluate.page import write_page
from kg.evaluate.report import plain, tables
from kg.evaluate.scoring import score

__all__ = [
    "Bin",
    "Count",
    "Fault",
    "Floors",
    "GoldArticle",
    "GoldClaim",
    "GoldEntity",
    "Record",
    "Score",
    "Share",
    "corpus_hash",
    "failures",
    "plain",
    "read_floors",
    "read_gold",
    "read_records",
    "score",
    "tables",
    "write_page",
]
