"""Where an answer goes: to the terminal, through a pipe, or into a file."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from registry.errors import KoepelError

__all__ = ["OutputOption", "complain", "deliver", "deliver_console"]

OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", dir_okay=False, help="Write to this file and not to the screen."),
]
PLAIN_WIDTH = 80


def deliver(answer: str, output: Path | None) -> None:
    """Write an answer out, with exactly one line end after it.

    A table for a spreadsheet gets a byte order mark in a file, without which Excel takes it for another
    encoding, and none in a pipe, where programs would stumble over it.
    """
    text = answer.rstrip("\n") + "\n"
    if output is None:
        typer.echo(text, nl=False)
        return
    encoding = "utf-8-sig" if output.suffix == ".csv" else "utf-8"
    _write(text, output, encoding)


def deliver_console(write: Callable[[Console], None], output: Path | None) -> None:
    """Let something be written for people: as wide and colourful as the screen, or plain into a file."""
    from rich.console import Console

    if output is None:
        write(Console())
        return
    plain = StringIO()
    write(Console(file=plain, width=PLAIN_WIDTH, color_system=None, force_terminal=False))
    lines = plain.getvalue().splitlines()
    _write("".join(f"{line.rstrip()}\n" for line in lines), output, "utf-8")


def complain(error: KoepelError) -> None:
    """Tell on the side what went wrong, in the reader's language, and with which document."""
    from registry.cli.language import reader_language
    from registry.errors import printable
    from registry.translation import explain

    about = f"{printable(error.address)}: " if error.address else ""
    typer.echo(about + explain(error, reader_language()), err=True)


def _write(text: str, output: Path, encoding: str) -> None:
    from registry.errors import NotAllowedError

    try:
        output.write_text(text, encoding=encoding, newline="")
    except OSError as error:
        raise NotAllowedError(
            "output-not-writable",
            "{file} cannot be written: {reason}. Choose another place with --output.",
            file=str(output),
            reason=error.strerror or str(error),
        ) from error
