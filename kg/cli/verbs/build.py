"""`kg build`: articles in, a graph out."""

import sys
from datetime import date
from pathlib import Path

import click

from kg.cli.console import Level, number, say
from kg.cli.options import DEFAULT_FOLDER
from kg.errors import UsageError
from kg.model import Summary

HELP = """Read articles and build their graph.

PATH is a file, a folder (with all beneath it), a glob pattern, or - for JSONL on stdin. HTML, Markdown, plain text,
JSONL (also .gz, .xz, .zst) and RSS or Atom are told apart by their content.

Articles that DIR holds already are skipped if they have not changed. The run may be stopped at any moment: the same
command goes on from there. What was refused, and why, is in DIR/rejects.jsonl.
"""


@click.command(help=HELP)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_FOLDER,
    show_default=True,
    help="Folder of the graph.",
)
@click.option("--date", metavar="YYYY-MM-DD", help="Date of articles that carry none.")
@click.option("--pipeline", metavar="NAME", help="spaCy pipeline to read with (see `kg pipelines`).")
@click.option("-j", "--workers", type=int, metavar="N", help="Processes that read; 0: one per core. Default: 1.")
@click.option("--threshold", type=float, metavar="X", help="Least confidence of a claim that draws an edge, 0 to 1.")
@click.option("--min-sources", type=int, metavar="N", help="Least number of independent sources behind an edge.")
@click.option("--any-language", is_flag=True, default=None, help="Read texts that are not English, too.")
@click.option("--rebuild", is_flag=True, help="Read again what has not changed.")
def build(paths: tuple[str, ...], out: Path, *, rebuild: bool, **flags: object) -> None:
    """Read articles and build their graph."""
    from kg.build import ERRORS
    from kg.build import build as run
    from kg.cli.progress import watching
    from kg.config import load_settings
    from kg.sources import count_inputs

    settings = load_settings(flags)
    check_date(settings.date)
    stdin = sys.stdin.buffer if "-" in paths else None
    with watching(count_inputs(paths)) as watch:
        try:
            summary = run(paths, out, settings, rebuild=rebuild, stdin=stdin, watch=watch)
        except KeyboardInterrupt:
            kept = number(watch.counts["read"], "article")
            say(f"kg: stopped; {kept} read and kept. The same command goes on from there.", level=Level.ERROR)
            click.get_current_context().exit(130)
    _report(summary, out, out / ERRORS)


def check_date(text: str) -> None:
    """See that a date is an ISO date, or "".

    Raises:
        UsageError: it is not.
    """
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError as exc:
        raise UsageError(f"{text!r} is no date", hint="write it as 2024-06-30") from exc


def _report(summary: Summary, out: Path, errors: Path) -> None:
    skipped = f", {summary.unchanged} unchanged" if summary.unchanged else ""
    rejected = sum(summary.rejected.values())
    say(f"{number(summary.read, 'article')} read{skipped}, {rejected} rejected in {summary.seconds:.1f} s")
    for reason, count in summary.rejected.items():
        say(f"    {reason}: {count}")
    kinds = {"entity": summary.entities, "claim": summary.claims, "proposition": summary.propositions}
    say(f"{out}: {', '.join(number(count, kind) for kind, count in kinds.items())}")
    if errors.exists():
        from kg.engine import FAULTS

        bugs = sum(summary.rejected.get(reason, 0) for reason in FAULTS)
        say(
            f"kg: {number(bugs, 'article')} could not be read because of a fault in kg: see {errors}", level=Level.ERROR
        )
