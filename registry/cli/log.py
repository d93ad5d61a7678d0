"""`koepel log`: what happened to the sources, in order."""

from __future__ import annotations

import json
from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from registry.cli.output import OutputOption, deliver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from registry.ledger import Event

__all__ = ["add_to"]

Record = dict[str, str | int | None]
COLUMNS: Final = (
    "position",
    "time",
    "happening",
    "source",
    "address",
    "digest",
    "actor",
    "behalf",
    "via",
    "rules",
    "reason",
)


class LogFormat(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(log)


def log(
    source: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="Only this one: its IRI space, or its address.")
    ] = None,
    last: Annotated[int | None, typer.Option(min=1, help="Only so many, the newest ones.")] = None,
    form: Annotated[LogFormat, typer.Option("--format", "-f", help="Form of the log.")] = LogFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """Tell what happened to the sources, the oldest first: by whom, when and why."""
    from registry.cli.home import own_home
    from registry.ledger import Happening
    from registry.registration import find_source

    ledger = own_home().ledger
    named = find_source(ledger, source) if source else None
    events: Iterable[Event] = ledger.events(source=named)
    if last is not None:
        events = deque(ledger.events(source=named, after=0 if named else ledger.position() - last), last)
    events = (
        one for one in events if one.happening is not Happening.ACTED
    )  # cases are their parties' business
    write = {LogFormat.TEXT: _text, LogFormat.JSON: _json, LogFormat.CSV: _csv}[form]
    deliver(write(map(_record, events)), output)


def _record(event: Event) -> Record:
    time = event.time.isoformat(timespec="seconds") if event.time else None
    record = {name: getattr(event, name) for name in COLUMNS}
    return record | {"time": time, "happening": event.happening.value}


def _json(records: Iterable[Record]) -> str:
    return json.dumps({"events": list(records)}, ensure_ascii=False, indent=2)


def _csv(records: Iterable[Record]) -> str:
    from registry.report.csv import write_rows

    return write_rows(COLUMNS, ([str(cell or "") for cell in record.values()] for record in records))


def _text(records: Iterable[Record]) -> str:
    return "\n".join(line for record in records for line in _lines(record))


def _lines(record: Record) -> Iterator[str]:
    """Tell one event in a line, with its reasons below it."""
    from registry.errors import printable

    source, who = printable(str(record["source"])), printable(_who(record))
    yield f"{record['position']:>6}  {record['time']}  {record['happening']:<11}  {source}  ({who})"
    for reason in str(record["reason"]).splitlines():
        yield f"{'':>8}{printable(reason)}"


def _who(record: Record) -> str:
    """Name who acted, and for whom."""
    actor, behalf = str(record["actor"]), str(record["behalf"])
    return f"{actor} for {behalf}" if behalf else actor
