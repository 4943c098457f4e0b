"""How fast and how large is a dump in each RDF format, against plain rdflib and bare pyoxigraph?

    python benchmarks/rdf_dump.py --graph graph.kg [--quads 1000000 4000000] [--out RESULT.json]

The articles of a graph are copied under other names, with entities of their own, until there are as many quads as
wanted. Each writer runs in a process of its own and writes to /dev/null. The figures are seconds of wall clock and of
CPU, quads a second of CPU, and memory in MiB: what the process held before it began to write (the graph, or the quads),
and how much more at most while it wrote. rdflib and pyoxigraph are given ready quads, so of them only writing is
measured; they run on the smallest size alone. Memory is read from /proc: Linux only.
"""

import argparse
import gc
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
from measurement import commit

from kg.build import load_graph
from kg.graph.project import project
from kg.graph.rdf import FORMATS, quads, write_rdf
from kg.graph.vocabulary import PREFIXES
from kg.model import Argument, Article, Claim, Entity, Graph, Policy, Reading, Span
from kg.schema import load_schema

RDFLIB = dict(zip(FORMATS, ("nquads", "trig", "turtle", "nt", "json-ld", "xml"), strict=True))
WITH_GRAPHS = ("nquads", "trig", "jsonld")
SCHEMA = load_schema()


def enlarged(graph: Graph, wanted: int) -> Graph:
    """A graph of about so many quads."""
    copies = max(1, round(wanted / sum(1 for _ in quads(graph, SCHEMA))))
    return project((pair for number in range(copies) for pair in copied(graph, number)), SCHEMA, Policy())


def copied(graph: Graph, number: int) -> Iterator[tuple[Article, Reading]]:
    """Every article with its reading, under names of their own."""
    for article in graph.articles:
        key = f"{number}/{article.key}"
        spans: dict[int, Span] = {}
        for sentence in graph.sentences:
            if sentence.span.article == article.key:
                spans[sentence.index] = replace(sentence.span, article=key)
        placed = tuple(spans.get(i, Span(key, 0, 1)) for i in range(max(spans, default=0) + 1))
        reading = Reading(
            key, "", "benchmark", placed,
            tuple(named(e, number) for e in graph.entities),
            tuple(replace(m, span=replace(m.span, article=key), entity=f"{m.entity}-{number}")
                  for m in graph.mentions if m.span.article == article.key),
            tuple(claimed(c, key, number) for c in graph.claims if c.article == article.key),
        )  # fmt: skip
        yield replace(article, key=key), reading


def named(entity: Entity, number: int) -> Entity:
    return replace(entity, id=f"{entity.id}-{number}", within=entity.within and f"{entity.within}-{number}")


def claimed(claim: Claim, key: str, number: int) -> Claim:
    def moved(argument):
        return replace(argument, entity=f"{argument.entity}-{number}") if isinstance(argument, Argument) else argument

    q = claim.qualifiers
    return replace(
        claim, article=key, subject=moved(claim.subject), object=moved(claim.object),
        attributed_to=moved(claim.attributed_to),
        qualifiers=replace(q, place=moved(q.place), addressee=moved(q.addressee)),
        evidence=tuple(replace(e, span=replace(e.span, article=key)) for e in claim.evidence),
    )  # fmt: skip


def measure(writer: str, fmt: str, graph: Graph) -> dict[str, object]:
    """One writer, once, in this process."""
    with Path(os.devnull).open("wb") as out:
        work = {"kg": for_kg, "pyoxigraph": for_pyoxigraph, "rdflib": for_rdflib}[writer](graph, fmt, out)
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins at what is held now
        before, wall, cpu = peak(), time.perf_counter(), time.process_time()
        work()
        wall, cpu, after = time.perf_counter() - wall, time.process_time() - cpu, peak()
    count = sum(1 for _ in quads(graph, SCHEMA))
    return {"writer": writer, "format": fmt, "quads": count, "seconds": round(wall, 2), "cpu_seconds": round(cpu, 2),
            "quads_s": round(count / cpu), "mib_before": before, "mib_more": after - before}  # fmt: skip


def for_kg(graph: Graph, fmt: str, out):
    return lambda: write_rdf(graph, SCHEMA, fmt=fmt, out=out)


def for_pyoxigraph(graph: Graph, fmt: str, out):
    kinds = ("N_QUADS", "TRIG", "TURTLE", "N_TRIPLES", "JSON_LD", "RDF_XML")
    form = getattr(ox.RdfFormat, dict(zip(FORMATS, kinds, strict=True))[fmt])
    ready = list(quads(graph, SCHEMA))
    if fmt not in WITH_GRAPHS:
        ready = [q.triple for q in ready]
    prefixes = PREFIXES if fmt in ("trig", "turtle", "rdfxml") else None
    return lambda: ox.serialize(ready, out, form, prefixes=prefixes)


def for_rdflib(graph: Graph, fmt: str, out):
    import rdflib

    target = rdflib.Dataset() if fmt in WITH_GRAPHS else rdflib.Graph()
    for prefix, iri in PREFIXES.items():
        target.bind(prefix, iri)

    def own(term):
        return (
            rdflib.URIRef(term.value)
            if isinstance(term, ox.NamedNode)
            else rdflib.Literal(
                term.value, lang=term.language, datatype=None if term.language else rdflib.URIRef(term.datatype.value)
            )
        )

    for q in quads(graph, SCHEMA):
        triple = tuple(map(own, q.triple))
        target.add((*triple, rdflib.URIRef(q.graph_name.value)) if fmt in WITH_GRAPHS else triple)
    return lambda: target.serialize(out, format=RDFLIB[fmt], encoding="utf-8")


def peak() -> int:
    """Most memory that this process held since `clear_refs`, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


def runs(folder: Path, sizes: list[int], writers: list[str]) -> Iterator[dict[str, object]]:
    for size in sizes:
        for writer in writers:
            if writer != "kg" and size != min(sizes):
                continue
            for fmt in FORMATS:
                command = [sys.executable, __file__, "--graph", str(folder), "--quads", str(size), "--one", writer, fmt]
                found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                print(json.dumps(found), file=sys.stderr)
                yield found


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, required=True)
    parser.add_argument("--quads", type=int, nargs="+", default=[1_000_000, 4_000_000])
    parser.add_argument("--writers", nargs="+", default=["kg", "pyoxigraph", "rdflib"])
    parser.add_argument("--one", nargs=2, metavar=("WRITER", "FORMAT"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(*options.one, enlarged(load_graph(options.graph), options.quads[0]))))
        return
    result = {"machine": platform.processor() or platform.machine(), "cores": os.cpu_count(),
              "commit": commit(), "python": platform.python_version(),
              "runs": list(runs(options.graph, options.quads, options.writers))}  # fmt: skip
    text = json.dumps(result, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
