"""The record, its projection, and every view of it: Cypher stores, RDF, tables."""
