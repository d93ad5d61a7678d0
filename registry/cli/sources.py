"""`koepel sources`: which sources there are, of what kind, whose, and when each was visited."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from registry.cli.output import OutputOption, deliver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from federation.notebook import Note
    from federation.source import Source

__all__ = ["add_to"]

Record = dict[str, str | float | None]
COLUMNS: Final = ("source", "address", "kind", "owner", "hours", "via", "visited", "outcome", "due")


class ListFormat(StrEnum):
    """How the list is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(sources)


def sources(
    form: Annotated[ListFormat, typer.Option("--format", "-f", help="Form of the list.")] = ListFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """List the sources: what is there, whose it is, how often it is visited, and when it last was."""
    from federation.notebook import Notebook
    from federation.source import Source
    from registry.cli.home import own_home

    home = own_home()
    with Notebook(home.visits) as notebook:
        notes = notebook.all()
    registrations = sorted(home.ledger.registrations().items())
    records = [_record(Source.of(event), notes.get(space)) for space, event in registrations]
    write = {ListFormat.TEXT: _text, ListFormat.JSON: _json, ListFormat.CSV: _csv}[form]
    deliver(write(records), output)


def _record(source: Source, note: Note | None) -> Record:
    visited, due = (note.visited, note.due) if note else (None, None)
    return {
        "source": source.space,
        "address": source.address,
        "kind": source.kind.value,
        "owner": source.owner,
        "hours": source.hours,
        "via": source.via,
        "visited": visited.isoformat(timespec="seconds") if visited else None,
        "outcome": note.outcome if note else "",
        "due": due.isoformat(timespec="seconds") if due else None,
    }


def _json(records: Iterable[Record]) -> str:
    return json.dumps({"sources": list(records)}, ensure_ascii=False, indent=2)


def _csv(records: Iterable[Record]) -> str:
    from registry.report.csv import write_rows

    return write_rows(COLUMNS, ([_cell(record[name]) for name in COLUMNS] for record in records))


def _cell(value: str | float | None) -> str:
    return f"{value:g}" if isinstance(value, float | int) else value or ""


def _text(records: Iterable[Record]) -> str:
    return "\n".join(line for record in records for line in _lines(record))


def _lines(record: Record) -> Iterator[str]:
    """Tell of one source in a line, with whose it is and what led to it below."""
    from registry.errors import printable

    source, visited = printable(str(record["source"])), record["visited"] or "not yet visited"
    rhythm = f"{record['kind']}, every {_cell(record['hours'])} h"
    yield f"{source}  {rhythm}  {visited}  {record['outcome']}".rstrip()
    for name in ("address", "owner", "via"):
        if record[name]:
            yield f"{'':>4}{name}: {printable(str(record[name]))}"
