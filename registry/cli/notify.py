"""`koepel notify`: publishers are told what has become of their descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from federation.notice.notify import Told

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(notify)


def notify(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would be told.")] = False,
) -> None:
    """Tell publishers where their sources stand: by notification, and by mail to who confirmed that.

    Nobody is told twice of the same. What could not be sent is tried again the next time; a harvest does all
    this by itself. The exit code is 0 also when a server did not answer.
    """
    from datetime import UTC, datetime

    from federation.fetch import Fetcher, Policy
    from federation.notice.notify import send_due
    from registry.cli.home import own_home
    from registry.settings import settings

    chosen = settings()
    policy = Policy(seconds=chosen.fetch_seconds, loopback=chosen.allow_loopback)
    with Fetcher(policy) as fetcher:
        told = send_due(own_home(), fetcher, chosen, datetime.now(UTC), dry_run=dry_run)
    for one in told:
        _tell(one)
    if not told:
        typer.echo("There is nothing to tell.")


def _tell(one: Told) -> None:
    from registry.errors import printable

    typer.echo(f"{one.outcome:<8}  {one.channel.value:<5}  {printable(one.source)}")
    if one.reason:
        typer.echo(f"{'':>10}{printable(one.reason)}")
