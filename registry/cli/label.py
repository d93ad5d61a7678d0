"""`koepel label`: shows, writes out and checks labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from registry.cli.language import LanguageOption
from registry.cli.output import OutputOption, deliver

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry.label.check.verification import Verdict

__all__ = ["add_to"]

VALID, NOT_VALID = 0, 1
"""Exit codes; what cannot be read ends with 2, as in every command."""

NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help="The number of the label.")]
FolderOption = Annotated[Path, typer.Option("--output", "-o", file_okay=False, help="The folder.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(help="Show, write out and check labels.", no_args_is_help=True)
    for command in (show, export, verify, reissue):
        group.command()(command)
    app.add_typer(group, name="label")


def show(number: NumberArgument, output: OutputOption = None) -> None:
    """Write the credential of a label."""
    from registry.cli.key import own_issuer
    from registry.label.package import text_of

    issuer = own_issuer()
    deliver(text_of(issuer.credential(issuer.desk.case(number))), output)


def export(language: LanguageOption, number: NumberArgument, output: FolderOption) -> None:
    """Write a label into a folder, with everything that is needed to check it without a network."""
    from registry.cli.key import own_issuer
    from registry.label.package import pack
    from registry.web.label.words import words_of

    issuer = own_issuer()
    case = issuer.desk.case(number)
    files = pack(issuer, case, words_of(issuer, case, language))
    _write(output, files)
    typer.echo(f"written: {len(files)} files to {output}")


def verify(
    language: LanguageOption,
    label: Annotated[str, typer.Argument(metavar="FILE|URL", help="A credential or a badge.")],
    documents: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Take what it names from here, not from the web."),
    ] = None,
    description: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The description that was assessed.")
    ] = None,
    dump: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A dump in N-Quads that holds it.")
    ] = None,
    standards: Annotated[
        bool, typer.Option("--standards/--no-standards", help="Let the machine do its part again.")
    ] = True,
) -> None:
    """Check a label: who signed it, whether it counts today, and whether the machine agrees again.

    The exit code is 0 when the label holds, 1 when it does not, 2 when it cannot be read.
    """
    from datetime import UTC, datetime

    from registry.label.check.reading import read_label
    from registry.label.check.repetition import repeat
    from registry.label.check.verification import verify as check
    from registry.validation.standard import load_library
    from registry.web.label.telling import tell

    fetch = _from_folder(documents) if documents else _from_web()
    verdict = check(read_label(_read(label)), fetch, datetime.now(UTC))
    if standards:
        canonical = _canonical(verdict, description, dump)
        verdict = repeat(verdict, load_library(), fetch, canonical)
    deliver(tell(verdict, load_library(), language), None)
    raise typer.Exit(VALID if verdict.valid else NOT_VALID)


def reissue(
    body: Annotated[str, typer.Argument(metavar="BODY", help="The IRI of the certifying body.")],
    output: FolderOption,
) -> None:
    """Write anew the labels that a compromised key had signed, for those who hold copies of them."""
    from registry.cli.key import own_issuer
    from registry.label.package import text_of

    issuer = own_issuer()
    files = {
        f"{case.number}.json": text_of(issuer.credential(case)).encode() for case in issuer.to_reissue(body)
    }
    _write(output, files)
    typer.echo(f"written: {len(files)} labels to {output}")


def _read(label: str) -> bytes:
    from registry.cli.source import read_file
    from registry.label.check.reading import LARGEST

    if label.startswith(("https://", "http://")):
        return _from_web()(label)
    return read_file(Path(label), LARGEST + 1)


def _from_web() -> Callable[[str], bytes]:
    """Fetch what a label names, within the limits for strangers' servers."""
    from federation.fetch import Fetcher, Policy
    from registry.label.check.reading import LARGEST
    from registry.settings import settings

    chosen = settings()
    policy = Policy(bytes=LARGEST, seconds=chosen.fetch_seconds, loopback=chosen.allow_loopback)

    def fetch(address: str) -> bytes:
        with Fetcher(policy) as fetcher:
            wanted = "application/vc, application/did+json, application/n-quads, application/json;q=0.9"
            return fetcher.fetch(address, accept=wanted, most=chosen.document_bytes).data

    return fetch


def _from_folder(folder: Path) -> Callable[[str], bytes]:
    from registry.label.package import from_folder

    return from_folder(folder)


def _canonical(verdict: Verdict, description: Path | None, dump: Path | None) -> bytes | None:
    """Take the statements that were assessed from a file, where one was named."""
    from registry.cli.source import read_file, read_source
    from registry.label.check.dump import read_graph
    from registry.label.check.repetition import is_asked, source_asked
    from registry.settings import settings

    if dump is not None:
        return read_graph(dump, source_asked(verdict.credential))
    if description is None:
        return None
    plain = read_file(description, settings().document_bytes + 1)
    return plain if is_asked(verdict.credential, plain) else read_source(str(description)).canonical


def _write(folder: Path, files: dict[str, Any]) -> None:
    from registry.storage import explained

    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
