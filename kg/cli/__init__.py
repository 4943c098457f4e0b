"""The command line: one file a verb; the only home of click, rich, prompt_toolkit and of exit codes."""

from kg.cli.app import cli, main

__all__ = ["cli", "main"]
