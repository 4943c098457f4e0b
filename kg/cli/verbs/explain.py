"""`kg explain`: why a claim is in the graph."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import colour, emit, number
from kg.cli.options import folder_argument, format_option

if TYPE_CHECKING:
    from kg.cli.views import Names
    from kg.model import Claim, Policy


@click.command(short_help="Explain a claim: rule, words, sentence, and how the names were resolved.")
@folder_argument
@click.argument("claim", metavar="CLAIM")
@format_option("text", "json", default="text")
def explain(folder: Path, claim: str, *, fmt: str) -> None:
    """Explain CLAIM: the rule that found it, the words, their sentence, how each name was resolved, and its edge.

    CLAIM is a claim's id or the beginning of one; the id of a proposition (`p:...`) explains each of its claims.
    """
    from kg.build import load_graph
    from kg.cli.selection import find_claims
    from kg.cli.views import Names
    from kg.graph.stamp import read_stamp
    from kg.schema import load_schema

    graph = load_graph(folder)
    names, policy = Names(graph, load_schema()), read_stamp(folder).policy
    views = [explanation(found, names, policy) for found in find_claims(graph, claim)]
    if fmt == "json":
        click.echo(json.dumps(views, ensure_ascii=False, indent=1))
        return
    for place, view in enumerate(views):
        if place:
            emit("")
        _write(view)


def explanation(claim: "Claim", names: "Names", policy: "Policy") -> dict[str, Any]:
    """All that can be said of why a claim is there."""
    from kg.cli.views import claim_view

    q = claim.qualifiers
    roles = {
        "subject": claim.subject,
        "object": claim.object,
        "place": q.place,
        "addressee": q.addressee,
        "attributed to": claim.attributed_to,
    }
    return claim_view(claim, names) | {
        "cue": claim.cue,
        "when": {"start": claim.when.start, "end": claim.when.end, "text": claim.when.text},
        "roles": [_role(name, argument, names) for name, argument in roles.items() if argument is not None],
        "sentences": _sentences(claim, names),
        "edge": _edge(claim, names, policy),
    }


def _role(name: str, argument: Any, names: "Names") -> dict[str, str]:
    from kg.model import Literal

    if isinstance(argument, Literal):
        return {"role": name, "words": argument.text, "entity": "", "name": "", "type": "", "rule": "words"}
    entity = names.entities[argument.entity]
    known = {"entity": entity.id, "name": entity.name, "type": entity.type}
    return {"role": name, "words": argument.text, **known, "rule": argument.rule}


def _sentences(claim: "Claim", names: "Names") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for evidence in claim.evidence:
        sentence = names.sentences[claim.article, evidence.sentence]
        start = max(0, evidence.span.start - sentence.span.start)
        end = min(len(sentence.text), evidence.span.end - sentence.span.start)
        found.append({"index": sentence.index, "text": sentence.text, "start": start, "end": max(start, end)})
    return found


def _edge(claim: "Claim", names: "Names", policy: "Policy") -> str:
    """Whether the claim draws an edge, and if not, why not."""
    if claim.negated:
        return "none: the claim is a denial"
    if not claim.asserted:
        return f"none: the claim is {claim.mood}, not a fact"
    if claim.confidence < policy.threshold:
        return f"none: confidence {claim.confidence:.2f} is below the threshold {policy.threshold}"
    proposition = names.proposition(claim)
    if proposition is None:
        return f"none: fewer than {policy.min_sources} independent sources"
    sources = f" ({', '.join(proposition.sources)})" if proposition.sources else ""
    claims = number(len(proposition.claims), "claim")
    return f"{proposition.id}, from {claims} of {number(len(proposition.sources), 'source')}{sources}"


def _write(view: dict[str, Any]) -> None:
    emit(f"{view['id']}  {' '.join(view['says'].split())}")
    for words, sentence in zip(view["evidence"], view["sentences"], strict=True):
        source = ", ".join(filter(None, [words["source"], words["date"], words["article"]]))
        emit(f"  sentence {sentence['index']} of {source}:")
        emit(f"      {_marked(sentence)}")
        emit(f"  rule {words['rule']}")
    emit(f"  confidence {view['confidence']:.2f}, mood {view['mood']}{', denied' if view['negated'] else ''}")
    if view["when"]["text"]:
        emit(f"  when: “{view['when']['text']}” = {view['when']['start'] or '?'} to {view['when']['end'] or '?'}")
    for role in view["roles"]:
        named = f" = {role['name']} ({role['type']}, {role['entity']})" if role["entity"] else ""
        emit(f"  {role['role']}: “{' '.join(role['words'].split())}”{named}, by {role['rule']}")
    if view["cue"]:
        emit(f"  cue: “{view['cue']}”")
    emit(f"  edge: {view['edge']}")


def _marked(sentence: dict[str, Any]) -> str:
    """The sentence with its evidence marked: by brackets, which survive every terminal and pipe."""
    text, start, end = sentence["text"], sentence["start"], sentence["end"]
    opened, closed = ("»", "«") if colour() else (">>", "<<")
    return " ".join(f"{text[:start]}{opened}{text[start:end]}{closed}{text[end:]}".split())
