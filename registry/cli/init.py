"""`koepel init`: a few questions in the reader's language, and at the end a description to publish."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from registry.cli.language import LanguageOption
from registry.cli.output import complain

if TYPE_CHECKING:
    from federation.publishing.asking.answers import Answers

__all__ = ["add_to", "refuse_existing"]

COMPLETE, INCOMPLETE, STOPPED = 0, 1, 2
"""Exit codes: the description has what a listing needs, or it lacks something, or there is none yet."""
LARGEST_ANSWERS: Final = 1_000_000


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(init)


def init(
    language: LanguageOption,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where the description is written.")] = Path(
        "profile.ttl"
    ),
    address: Annotated[
        str | None, typer.Option("--address", metavar="URL", help="Web address at which it will stand.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Take the answers from this file, TOML or JSON.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there.")] = False,
) -> None:
    """Ask about a project and write its description.

    Whoever breaks off goes on later with the same command. The exit code is 0 when the description has what a
    listing needs, 1 when it lacks something, 2 when there is none yet.
    """
    from registry.errors import KoepelError

    refuse_existing(file, yes=yes)
    given = _given(answers, language) if answers else _asked(file, language, address)
    if address:
        given.texts["address"] = address
    try:
        text = _describe(given)
    except ExceptionGroup as wrong:
        for error in wrong.exceptions:
            if isinstance(error, KoepelError):
                complain(error)
        raise typer.Exit(STOPPED) from wrong
    _write(file, text)
    _kept(file).unlink(missing_ok=True)
    raise typer.Exit(_tell(file, given, asked=answers is None))


def refuse_existing(file: Path, *, yes: bool) -> None:
    """Write over nothing that is there, unless that was asked for."""
    from registry.errors import NotAllowedError

    if file.exists() and not yes:
        raise NotAllowedError(
            "file-exists",
            "{file} is there already. Choose another name, or add --yes to write over it.",
            file=str(file),
        )


def _given(answers: Path, language: str) -> Answers:
    from federation.publishing.asking.answers import read_answers
    from registry.cli.source import read_file
    from registry.ingest.guard import decode_text

    text = decode_text(read_file(answers, LARGEST_ANSWERS))
    return read_answers(text, language, toml=answers.suffix.lower() == ".toml")


def _asked(file: Path, language: str, address: str | None) -> Answers:
    """Hold the conversation; what was answered before it broke off is taken up again."""
    from federation.publishing.asking.interview import Interview
    from registry.translation import Translator

    kept = _kept(file)
    given = _resumed(kept, language)
    if address:
        given.texts.setdefault("address", address)
    try:
        Interview(given, _ask, typer.echo, lambda now: _write(kept, now.to_json())).hold()
    except (EOFError, KeyboardInterrupt):
        _ = Translator("web", language)
        typer.echo("")
        if kept.exists():
            typer.echo(
                _("Your answers are kept in {file}. The same command goes on from there.", file=str(kept))
            )
        raise typer.Exit(STOPPED) from None
    return given


def _resumed(kept: Path, language: str) -> Answers:
    from federation.publishing.asking.answers import Answers, read_answers
    from registry.cli.source import read_file
    from registry.ingest.guard import decode_text

    if not kept.exists():
        return Answers(language)
    before = read_answers(decode_text(read_file(kept, LARGEST_ANSWERS)), language, toml=False)
    return Answers(language, before.texts) if before.language == language else before


def _ask(prompt: str) -> str:
    from registry.errors import InvalidDataError

    typer.echo(prompt, nl=False)
    try:
        line = sys.stdin.readline()
        line.encode()  # half a sign can pass as a whole one where the terminal names no encoding
    except UnicodeError as error:
        raise InvalidDataError(
            "input-not-utf8", "What was typed is not text in UTF-8. Set the terminal to UTF-8 and try again."
        ) from error
    if not line:
        raise EOFError
    return line


def _describe(given: Answers) -> str:
    from federation.publishing.asking.answers import describe, own_address
    from federation.publishing.writing.turtle import write_turtle

    graph = describe(given, date.today())
    return write_turtle(graph, own_address(given.texts["address"]))


def _kept(file: Path) -> Path:
    return file.with_name(f"{file.name}.answers.json")


def _write(file: Path, text: str) -> None:
    from registry.cli.output import deliver

    with suppress(OSError):  # writing the file itself then says why it cannot be written
        file.parent.mkdir(parents=True, exist_ok=True)
    deliver(text, file)


def _tell(file: Path, given: Answers, *, asked: bool) -> int:
    """Say what the description lacks, if anything, and what to do next."""
    from registry.check import PROFILE, check
    from registry.cli.source import read_source
    from registry.translation import Translator
    from registry.validation.standard import load_library

    _ = Translator("web", given.language)
    if given.warning and not asked:
        typer.echo(given.warning, err=True)
    checked = check(read_source(str(file)), load_library(), [PROFILE], date.today())
    typer.echo("")
    if not checked.conforms:
        typer.echo(_("{file} is written, but a listing needs more. See: koepel check {file}", file=str(file)))
        return INCOMPLETE
    typer.echo(_("{file} is written and has what a listing needs.", file=str(file)))
    typer.echo(_("Next: put it on your site, or make a small site of it with koepel publish."))
    return COMPLETE
