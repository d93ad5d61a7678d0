"""`koepel snapshot`: a frozen state of the registry, kept under a name for citation."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from registry.graph.snapshot import Snapshot

__all__ = ["add_to"]


class SnapshotFormat(StrEnum):
    """How snapshots are written."""

    TEXT = "text"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(snapshot)


def snapshot(
    name: Annotated[
        str | None, typer.Option("--name", help="Name for citation; it is kept for good: 2026-paper.")
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List the snapshots that are kept, and take none.")
    ] = False,
    form: Annotated[
        SnapshotFormat, typer.Option("--format", "-f", help="Form of the answer.")
    ] = SnapshotFormat.TEXT,
) -> None:
    """Bring the graph in step with the ledger and freeze it, so that it can be cited and asked later."""
    from registry.cli.home import own_home, show_readers
    from registry.cli.output import deliver

    home = own_home()
    if listed:
        found = home.snapshots.all()
    else:
        taken = show_readers(home)
        found = (home.snapshots.label(taken, name) if name else taken,)
    deliver(_json(found) if form is SnapshotFormat.JSON else _text(found), None)


def _text(snapshots: tuple[Snapshot, ...]) -> str:
    return "\n".join(
        f"{one.name:<20}  {one.time.isoformat(timespec='seconds')}  {' '.join(one.labels)}".rstrip()
        for one in snapshots
    )


def _json(snapshots: tuple[Snapshot, ...]) -> str:
    import json

    records = [
        {
            "snapshot": one.name,
            "time": one.time.isoformat(timespec="seconds"),
            "labels": list(one.labels),
            "position": one.stand.position,
            "rules": one.stand.rules,
            "day": one.stand.day.isoformat(),
        }
        for one in snapshots
    ]
    return json.dumps({"snapshots": records}, indent=2)
