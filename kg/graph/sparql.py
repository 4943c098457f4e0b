"""SPARQL over the RDF view: an Oxigraph store on disk beside the graph, built once for each state of the record.

The store lies in `DIR/sparql/STATE`: it is built under another name and renamed when complete, so that it is there as a
whole or not at all. It is opened for reading only, by as many processes as like, and its default graph is the union of
all named graphs. A query can neither change it nor fetch anything from elsewhere.
"""

import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, TypeAlias

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)
from pyoxigraph import Literal as RdfLiteral

from kg.errors import QueryError, StoreError
from kg.graph.rdf import quads
from kg.graph.vocabulary import PREFIXES
from kg.model import Graph
from kg.schema import Schema
