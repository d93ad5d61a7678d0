"""The same question put to several registries at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from federation.federated_query import Federated, ask_all, expect
from federation.peer import Kind, Limits, endpoint
from registry.cli.output import complain, deliver, deliver_console
from registry.cli.question import QueryFormat, show_rows, wanted_as
from registry.errors import NotAllowedError
from registry.settings import settings
from registry.translation import explain

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from registry.cli.language import Language
    from registry.errors import PeerError

__all__ = ["ask_peers", "chosen_peers"]


def chosen_peers(named: list[str] | None, data: list[str] | None, *, all_peers: bool) -> list[str]:
    """Say who is to be asked, each once.

    Raises:
        NotAllowedError: That leaves nobody, or more than registries.
    """
    if data:
        raise NotAllowedError(
            "peers-or-data",
            "Descriptions given with --data cannot be asked together with other registries. Leave --data "
            "out, or ask twice.",
        )
    chosen = [*(named or ()), *(settings().peers if all_peers else ())]
    if not chosen:
        raise NotAllowedError(
            "no-peers", "No other registries are known here. Name some in KOEPEL_PEERS, or with --peer."
        )
    return list(dict.fromkeys(map(endpoint, chosen)))


def ask_peers(
    peers: list[str], question: str, form: QueryFormat, language: Language, output: Path | None
) -> None:
    """Put a question to other registries, and tell in the answer and beside it who failed."""
    expected = expect(question, wanted_as(form))
    limits = Limits(settings().peer_seconds, settings().peer_bytes)
    found = ask_all(peers, question, expected, limits)
    if form is QueryFormat.TABLE and expected.kind is Kind.TABLE:
        deliver_console(lambda console: _show_federated(found, language, console), output)
    else:
        deliver(_written(found, form, language), output)
    for trouble in found.troubles:
        complain(trouble)
    if found.troubles:
        raise typer.Exit(1)


def _show_federated(found: Federated, language: Language, console: Console) -> None:
    from rich.text import Text

    show_rows(found.columns, found.cells(), console)
    console.print()
    for part in found.parts:
        console.print(Text(explain(part.account, language)), soft_wrap=True)


def _written(found: Federated, form: QueryFormat, language: Language) -> str:
    """Write the answers of several registries for a program, with what it has no place for beside it."""

    def say(error: PeerError) -> str:
        return explain(error, language)

    is_table = found.expected.kind is Kind.TABLE
    if is_table and form is QueryFormat.JSON:
        return found.to_json(say)
    for part in found.parts:
        if not part.trouble:
            typer.echo(explain(part.account, language), err=True)
    if is_table:
        return found.to_csv(say)
    return found.to_dataset(say, "application/ld+json" if form is QueryFormat.JSON else "application/trig")
