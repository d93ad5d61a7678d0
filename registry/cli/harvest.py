"""`koepel harvest`: every source whose turn it is, is visited, and readers see what changed."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.output import complain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from federation.campaign.tally import Tally
    from federation.campaign.turn import Campaign, Choice
    from federation.harvest.outcome import Harvest
    from registry.home import Home

__all__ = ["add_to"]

FINE, ALARM = 0, 1
"""Exit codes; 2 means that the harvest could not run."""


class SummaryFormat(StrEnum):
    """How the summary is written."""

    TEXT = "text"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(harvest)


def harvest(
    source: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE", help="Only this one, by its IRI space or address; may be repeated."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also the sources whose turn it is not.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen, and change nothing.")
    ] = False,
    form: Annotated[
        SummaryFormat, typer.Option("--format", "-f", help="Form of the summary.")
    ] = SummaryFormat.TEXT,
) -> None:
    """Visit the sources whose turn it is, and show readers what changed.

    The exit code is 0 when all went well, single troubles included; 1 when there is cause for alarm, because
    nothing came where there used to be much; 2 when the harvest could not run.
    """
    from federation.campaign.turn import Choice
    from registry.cli.home import own_home
    from registry.registration import find_source

    home = own_home()
    named = [find_source(home.ledger, one) for one in source or ()]
    tally, shown = _run(home, Choice(named, every), dry_run=dry_run)
    typer.echo(_json(tally, shown) if form is SummaryFormat.JSON else _text(tally, dry_run=dry_run))
    alarms = list(tally.alarms(shown))
    for alarm in alarms:
        typer.echo("ALARM ", err=True, nl=False)
        complain(alarm)
    raise typer.Exit(ALARM if alarms else FINE)


def _run(home: Home, choice: Choice, *, dry_run: bool) -> tuple[Tally, frozenset[str]]:
    """Make the round, and publish what it changed."""
    from federation.campaign.tally import Tally
    from federation.campaign.turn import campaign
    from registry.settings import settings

    tally = Tally()
    with campaign(home, settings(), choice, dry_run=dry_run) as begun:
        for one in _followed(begun):
            tally.add(one)
        if not dry_run:
            _conclude(home, begun, changed=tally.changed)
    return tally, begun.shown


def _followed(begun: Campaign) -> Iterator[Harvest]:
    """Show on the side how far the round is; lists lead to more than it began with."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Visiting sources", total=len(begun.sources))
        for done, one in enumerate(begun.visits, start=1):
            progress.update(bar, completed=done, total=max(done, len(begun.sources)))
            yield one


def _conclude(home: Home, begun: Campaign, *, changed: bool) -> None:
    from rich.console import Console

    from federation.campaign.turn import conclude
    from registry.settings import settings

    with Console(stderr=True).status("Showing readers what changed") as status:
        conclude(home, settings(), begun, changed=changed, tell=status.update)


def _text(tally: Tally, *, dry_run: bool) -> str:
    """Sum up: what came of how many visits, and what is the matter with whom."""
    from registry.errors import printable

    what = "would be visited" if dry_run else "visited"
    lines = [f"{tally.visits} sources {what}"]
    lines += [f"{count:>6}  {outcome}" for outcome, count in sorted(tally.counts.items())]
    lines += [f"{count:>6}  members of streams {what}" for what, count in sorted(tally.members.items())]
    for one in tally.troubles:
        lines.append(f"{one.outcome}: {printable(one.source.space)}")
        lines += [f"  {printable(line)}" for line in one.message.splitlines()]
    return "\n".join(lines)


def _json(tally: Tally, shown: frozenset[str]) -> str:
    told = {
        "visits": tally.visits,
        "outcomes": dict(sorted(tally.counts.items())),
        "members": dict(sorted(tally.members.items())),
        "troubles": [
            {"source": one.source.space, "outcome": one.outcome, "message": one.message}
            for one in tally.troubles
        ],
        "alarms": [alarm.code for alarm in tally.alarms(shown)],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
