"""The command line: `koepel check`, `koepel standards` and the others.

Each command is a small function in the module of its group. What they need is imported when they run, so that
`koepel --help` answers at once. This is where the registry meets the federation.
"""

from __future__ import annotations

import io
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from registry.cli import (
    account,
    add,
    backup,
    case,
    check,
    compare,
    demo,
    doctor,
    dump,
    erase,
    harvest,
    init,
    key,
    label,
    log,
    notify,
    organisation,
    publish,
    question,
    rebuild,
    release,
    remove,
    restore,
    scheme,
    serve,
    snapshot,
    sources,
    spreadsheet,
    standard,
    standards,
    transfer,
)
from registry.cli.home import closing_homes
from registry.cli.output import complain
from registry.errors import KoepelError

__all__ = ["app", "main"]


class Commands(TyperGroup):
    """Tells what went wrong in the reader's language, without a traceback."""

    def invoke(self, context: Any) -> Any:
        """Run a command; the exit code is 2 when it could not do its work."""
        try:
            with closing_homes():
                return super().invoke(context)
        except KoepelError as error:
            complain(error)
            raise typer.Exit(2) from error


app = typer.Typer(
    name="koepel",
    cls=Commands,
    help="A federated registry of buddy and mentoring programmes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
DESCRIPTIONS = (init, check, publish, spreadsheet, standards, compare, question, demo)
REGISTRY = (serve, add, harvest, sources, log, release, remove, transfer, erase, organisation, notify)
CERTIFICATION = (account, scheme, case, standard, key, label)
OPERATION = (snapshot, dump, doctor, rebuild, backup, restore)
for group in (*DESCRIPTIONS, *REGISTRY, *CERTIFICATION, *OPERATION):
    group.add_to(app)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows "?" and does not stop
    app()
