"""The command line: `koepel check`, `koepel standards` and the others.

Each command is a small function in the module of its group. What they need is imported when they run, so that
`koepel --help` answers at once. This is where the registry meets the federation.
"""

from __future__ import annotations

import sys

import typer

from registry.cli import check, standards
from registry.cli.language import environment_language

__all__ = ["app", "main"]

app = typer.Typer(
    name="koepel",
    help="A federated registry of buddy and mentoring programmes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (check, standards):
    module.add_to(app)


def main() -> None:
    """Run the command line; what goes wrong is told in the reader's language, without a traceback."""
    from registry.errors import KoepelError
    from registry.translation import explain

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows "?" and does not stop
    try:
        app()
    except KoepelError as error:
        sys.stderr.write(f"{explain(error, environment_language())}\n")
        sys.exit(2)
