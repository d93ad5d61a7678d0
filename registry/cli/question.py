"""`koepel query`: a question in SPARQL, put to the descriptions."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from registry.cli.language import LanguageOption
from registry.cli.output import OutputOption, deliver, deliver_console

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from registry.cli.language import Language
    from registry.graph.embedded import EmbeddedStore
    from registry.sparql import Wanted, Written

__all__ = ["DataOption", "QueryFormat", "add_to", "open_data", "show_rows", "wanted_as"]

RESULTS: Final = "application/sparql-results+json"
DataOption = Annotated[
    list[str] | None,
    typer.Option("--data", "-d", metavar="FILE|URL", help="Ask this description; may be given again."),
]
PeerOption = Annotated[
    list[str] | None,
    typer.Option("--peer", metavar="ADDRESS", help="Ask this registry instead; may be given again."),
]
PeersOption = Annotated[
    bool, typer.Option("--peers", help="Ask all registries that KOEPEL_PEERS names instead.")
]


class QueryFormat(StrEnum):
    """How an answer is written: `table`, `csv` and `json` for what is selected, `turtle` for a graph."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(query)


def query(
    language: LanguageOption,
    file: Annotated[str, typer.Argument(metavar="FILE.rq", help="The question; - reads the input.")],
    form: Annotated[
        QueryFormat, typer.Option("--format", "-f", help="Form of the answer.")
    ] = QueryFormat.TABLE,
    data: DataOption = None,
    peer: PeerOption = None,
    all_peers: PeersOption = False,
    output: OutputOption = None,
) -> None:
    """Put a question in SPARQL (SELECT, ASK, CONSTRUCT or DESCRIBE) to the registry, or to its examples.

    All descriptions are asked at once, with the vocabulary and the standards; GRAPH tells them apart. Of
    several registries the answer says which row is whose; the exit code is 1 when one of them gave none.
    """
    from federation.peer import peers_of
    from registry.cli.source import read_question
    from registry.settings import settings
    from registry.sparql import answer_query
    from registry.translation import explain

    if peer or all_peers:
        from registry.cli.peers import ask_peers, chosen_peers

        ask_peers(chosen_peers(peer, data, all_peers=all_peers), read_question(file), form, language, output)
        return
    peers = peers_of(settings())
    answer = answer_query(open_data(data, language), read_question(file), wanted_as(form), peers)
    for account in answer.accounts:
        typer.echo(explain(account.remark, language), err=True)
    if form is QueryFormat.TABLE and answer.media_type == RESULTS:
        deliver_console(lambda console: _show(answer, console), output)
    else:
        deliver(answer.data.decode(), output)


def open_data(sources: list[str] | None, language: Language) -> EmbeddedStore:
    """Open what is to be asked, and tell what there is to know about it on the side."""
    from registry.cli.home import own_home
    from registry.cli.source import read_source
    from registry.dataset import open_dataset
    from registry.translation import explain

    dataset = open_dataset([read_source(source) for source in sources or ()], own_home())
    for remark in dataset.remarks:
        typer.echo(explain(remark, language), err=True)
    return dataset.store


def wanted_as(form: QueryFormat) -> Wanted:
    """Say in which media types an answer is taken for a form."""
    from registry.sparql import Wanted

    match form:
        case QueryFormat.TABLE:
            return Wanted(table=RESULTS, graph="text/turtle")
        case QueryFormat.CSV:
            return Wanted(table="text/csv", graph=None)
        case QueryFormat.JSON:
            return Wanted(table=RESULTS, graph="application/ld+json")
        case QueryFormat.TURTLE:
            return Wanted(table=None, graph="text/turtle")


def _show(answer: Written, console: Console) -> None:
    found = json.loads(answer.data)
    if "boolean" in found:
        console.print(str(found["boolean"]).lower())
    else:
        show_rows(found["head"]["vars"], found["results"]["bindings"], console)


def show_rows(
    columns: Sequence[str], rows: Iterable[Mapping[str, Mapping[str, str]]], console: Console
) -> None:
    """Show a table to people, with texts taken literally."""
    from rich.table import Table
    from rich.text import Text

    from registry.errors import printable

    grid = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for column in columns:
        grid.add_column(Text(column), overflow="fold")
    for row in rows:
        cells = (row.get(column, {}).get("value", "") for column in columns)
        grid.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(grid)
