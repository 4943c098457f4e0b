"""`kg pipelines`: which spaCy pipelines can read."""

import json
from typing import TYPE_CHECKING

import click

from kg.cli.console import write_table
from kg.cli.options import format_option
from kg.errors import PipelineError

if TYPE_CHECKING:
    from kg.nlp.pipeline import PipelineInfo


@click.command(short_help="List the spaCy pipelines that are installed.")
@click.option("--labels", is_flag=True, help="List the labels of each component instead.")
@click.option("--speed", is_flag=True, help="Load each and measure its speed on a short text, or say what it lacks.")
@format_option("table", "json", default="table")
def pipelines(*, labels: bool, speed: bool, fmt: str) -> None:
    """List the shipped pipeline (`kg`) and all installed spaCy pipelines: what `--pipeline` takes."""
    from kg.nlp.pipeline import list_pipelines

    found = list_pipelines()
    measured = [_speed(p.name) if speed else {} for p in found]
    if fmt == "json":
        views = [_view(p) | extra for p, extra in zip(found, measured, strict=True)]
        click.echo(json.dumps(views, ensure_ascii=False, indent=1))
    elif labels:
        rows = [(p.name, pipe, " ".join(values)) for p in found for pipe, values in p.labels.items()]
        write_table(("pipeline", "component", "labels"), rows)
    else:
        columns = ("pipeline", "version", "lang", "size", *(["words/s"] if speed else []), "components with labels")
        write_table(columns, [_row(p, extra) for p, extra in zip(found, measured, strict=True)])


def _view(info: "PipelineInfo") -> dict[str, object]:
    return {
        "name": info.name,
        "version": info.version,
        "lang": info.lang,
        "bytes": info.size,
        "labels": info.labels,
    }


def _speed(name: str) -> dict[str, object]:
    """`words_per_second` of a pipeline, or why `kg build` refuses it as `refused`."""
    from kg.nlp.pipeline import load_pipeline, words_per_second

    try:
        return {"words_per_second": round(words_per_second(load_pipeline(name)))}
    except PipelineError as exc:
        return {"refused": exc.message}


def _row(info: "PipelineInfo", extra: dict[str, object]) -> tuple[str, ...]:
    speed = [str(extra.get("words_per_second") or f"refused: {extra['refused']}")] if extra else []
    return info.name, info.version, info.lang, f"{info.size / 1e6:.1f} MB", *speed, " ".join(info.labels)
