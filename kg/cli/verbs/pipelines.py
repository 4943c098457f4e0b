"""`kg pipelines`: which spaCy pipelines can read."""

import json

import click

from kg.cli.console import write_table
from kg.cli.options import format_option


@click.command(short_help="List the spaCy pipelines that are installed.")
@click.option("--labels", is_flag=True, help="List the labels of each component instead.")
@format_option("table", "json", default="table")
def pipelines(*, labels: bool, fmt: str) -> None:
    """List the shipped pipeline (`kg`) and all installed spaCy pipelines: what `--pipeline` takes."""
    from kg.nlp.pipeline import list_pipelines

    found = list_pipelines()
    if fmt == "json":
        views = [
            {"name": p.name, "version": p.version, "lang": p.lang, "bytes": p.size, "labels": p.labels} for p in found
        ]
        click.echo(json.dumps(views, ensure_ascii=False, indent=1))
    elif labels:
        rows = [(p.name, pipe, " ".join(values)) for p in found for pipe, values in p.labels.items()]
        write_table(("pipeline", "component", "labels"), rows)
    else:
        sizes = [(p.name, p.version, p.lang, f"{p.size / 1e6:.1f} MB", " ".join(p.labels)) for p in found]
        write_table(("pipeline", "version", "lang", "size", "components with labels"), sizes)
