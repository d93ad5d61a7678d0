"""The registry that a command works on, and how its readers get to see what has changed."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from registry.graph.snapshot import Snapshot
    from registry.home import Home

__all__ = [
    "ActorOption",
    "ReasonOption",
    "SourceArgument",
    "at_work",
    "closing_homes",
    "own_home",
    "show_readers",
]

SourceArgument = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help="The source: its IRI space, or its address."),
]
ReasonOption = Annotated[str, typer.Option("--reason", "-r", help="Why; everybody can read it.")]
ActorOption = Annotated[str, typer.Option("--actor", help="Who acts, as the log shall say it.")]


AFTERWARDS: Final[ContextVar[ExitStack | None]] = ContextVar("AFTERWARDS", default=None)
"""What is to be done when the command has ended."""


@contextmanager
def closing_homes() -> Iterator[None]:
    """Let go, after a command, of the databases that it opened."""
    with ExitStack() as afterwards:
        token = AFTERWARDS.set(afterwards)
        try:
            yield
        finally:
            AFTERWARDS.reset(token)


def own_home(folder: Path | None = None) -> Home:
    """Open the registry that the settings name, or the one in another folder."""
    from registry.home import Home
    from registry.settings import settings

    home = Home(folder or settings().home, settings().ledger_url)
    if afterwards := AFTERWARDS.get():
        afterwards.callback(_close, home)
    return home


def _close(home: Home) -> None:
    if "ledger" in vars(home):  # it is opened when it is first asked for
        home.ledger.close()


@contextmanager
def at_work(what: str) -> Iterator[tuple[Callable[[str], None], Executor]]:
    """Tell on the side what is being done, and give processes to do it in."""
    import os
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from rich.console import Console

    fresh = get_context("forkserver")  # a fork of this process would copy the screen's thread half done
    with (
        ProcessPoolExecutor(os.cpu_count(), mp_context=fresh) as executor,
        Console(stderr=True).status(what) as status,
    ):
        yield status.update, executor


def show_readers(home: Home) -> Snapshot:
    """Bring the graph in step with the ledger, and give readers a snapshot of it."""
    from registry.home import publish
    from registry.settings import settings
    from registry.validation.standard import load_library

    with at_work("Making the graph") as (tell, executor):
        return publish(home, load_library(), date.today(), tell, executor, keep=settings().keep_snapshots)
