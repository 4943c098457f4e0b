"""`kg completion`: completion of verbs and options in a shell."""

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from kg.errors import UsageError

SHELLS = ("bash", "zsh", "fish")


HELP = """Print the completion script of a shell, by default of the one that runs.

\b
echo 'eval "$(kg completion bash)"' >> ~/.bashrc
echo 'eval "$(kg completion zsh)"' >> ~/.zshrc
kg completion fish > ~/.config/fish/completions/kg.fish
"""


@click.command(help=HELP, short_help="Print the script that completes kg in a shell.")
@click.argument("shell", metavar="[bash|zsh|fish]", type=click.Choice(SHELLS), required=False)
def completion(shell: str | None) -> None:
    """Print the completion script of a shell."""
    name = shell or Path(os.environ.get("SHELL", "")).name
    kind = get_completion_class(name)
    if name not in SHELLS or kind is None:
        raise UsageError(f"no completion for shell {name!r}", hint=f"name one: {', '.join(SHELLS)}")
    root = click.get_current_context().find_root()
    click.echo(kind(root.command, {}, "kg", "_KG_COMPLETE").source())
