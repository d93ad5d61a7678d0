"""`koepel doctor`: whether what readers see is what the ledger says."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.doctor import Examination, Part
    from registry.errors import KoepelError

__all__ = ["add_to"]

WELL, ILL = 0, 1
"""Exit codes; 2 means that it could not be looked at."""


class DoctorFormat(StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(doctor)


def doctor(
    form: Annotated[
        DoctorFormat, typer.Option("--format", "-f", help="Form of the result.")
    ] = DoctorFormat.TEXT,
) -> None:
    """Compare the graph and the snapshots with the ledger, statement by statement.

    What lags behind is told and is no fault. The exit code is 0 when everything agrees, 1 when anything
    differs, is damaged, or holds what was erased.
    """
    from registry.cli.home import at_work, own_home
    from registry.cli.output import deliver
    from registry.doctor import examine
    from registry.validation.standard import load_library

    home = own_home()
    with at_work("Comparing") as (tell, executor):
        found = examine(home, load_library(), tell, executor)
    deliver(_json(found) if form is DoctorFormat.JSON else "\n".join(_lines(found)), None)
    raise typer.Exit(WELL if found.clean else ILL)


def _lines(found: Examination) -> Iterator[str]:
    yield f"The ledger holds {found.position} events."
    yield from (f"  {_said(error)}" for error in found.damaged)
    yield from _part("The graph", found.graph)
    yield from _part("The newest snapshot", found.snapshot)
    for other in found.others:
        if not other.clean:
            yield from _part(f"Snapshot {other.name}", other)
    for name in found.withdrawn:
        yield f"Snapshot {name} holds what was erased, and stays until nobody reads it any more."
    yield "All parts agree." if found.clean else "Not all parts agree."


def _part(name: str, part: Part) -> Iterator[str]:
    """Tell how far a part is, and everything that is wrong with it."""
    from registry.errors import printable

    stand = f"stands at event {part.stand.position}" if part.stand else "is not there yet"
    yield f"{name} {stand}" + (f", {part.behind} behind the ledger." if part.behind else ".")
    if part.trouble:
        yield f"  {_said(part.trouble)}"
    if part.other_rules:
        yield "  Another version of the software made it, so only the documents were compared."
    for source in part.erased:
        yield f"  Something may be left in it of {printable(source)}, which was erased."
    for difference in part.differences:
        yield f"  {printable(difference.graph)}: {difference.missing} missing, {difference.extra} too many"
        yield from (f"    {printable(example)}" for example in difference.examples)


def _said(error: KoepelError) -> str:
    from registry.cli.language import reader_language
    from registry.translation import explain

    return explain(error, reader_language())


def _json(found: Examination) -> str:
    described = {
        "clean": found.clean,
        "position": found.position,
        "graph": _described(found.graph),
        "snapshot": _described(found.snapshot),
        "others": [_described(one) for one in found.others],
        "withdrawn": list(found.withdrawn),
        "damaged": [one.message for one in found.damaged],
    }
    return json.dumps(described, ensure_ascii=False, indent=2)


def _described(part: Part) -> dict[str, Any]:
    return vars(part) | {
        "clean": part.clean,
        "stand": part.stand and vars(part.stand) | {"day": part.stand.day.isoformat()},
        "differences": [vars(one) for one in part.differences],
        "trouble": part.trouble and part.trouble.message,
    }
