"""`koepel demo`: the example publishers' sites and a registry that harvests them, on this machine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from federation.demonstration import Site
    from federation.harvest import Harvest
    from registry.graph.projection import Snapshot
    from registry.ledger import Ledger

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(demo)


def demo(
    first_port: Annotated[int, typer.Option(help="First of the ports for the example sites.")] = 8101,
    once: Annotated[bool, typer.Option("--once", help="Stop after the harvest; serve nothing.")] = False,
) -> None:
    """Serve the example countries' sites, harvest them, and show the registry at http://127.0.0.1:8000."""
    import os
    from concurrent.futures import ProcessPoolExecutor

    from federation.demonstration import example_sites, serve_sites
    from registry.cli.demo_tables import print_harvest, print_readiness
    from registry.dataset import examples_folder
    from registry.ledger import Ledger
    from registry.settings import settings

    home = settings().home
    sites = example_sites(examples_folder(), first_port)
    if not once:
        _refuse_taken_port()
    with serve_sites(sites):
        ledger = Ledger.in_folder(home)
        with ProcessPoolExecutor(max_workers=os.cpu_count()) as executor:
            visits = _harvest(sites, ledger, executor)
            snapshot = _project(ledger, home, executor)
        print_harvest(sites, visits)
        print_readiness(snapshot.open())
        if not once:
            _serve(snapshot)


def _refuse_taken_port() -> None:
    """Tell before the harvest, not after it, that the registry could not be shown."""
    import socket

    from registry.errors import NotAllowedError
    from registry.settings import settings

    chosen = settings()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself will
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError as error:
            raise NotAllowedError(
                "port-taken",
                "Port {port} of {host} is taken. Stop the other program, "
                "or choose another port with KOEPEL_PORT.",
                port=chosen.port,
                host=chosen.host,
            ) from error


def _harvest(sites: tuple[Site, ...], ledger: Ledger, executor: Executor) -> list[Harvest]:
    from rich.progress import track

    from federation.fetch import Policy
    from federation.harvest import harvest
    from registry.settings import settings

    sources = [source for site in sites for source in site.sources]
    chosen = settings()
    policy = Policy(bytes=chosen.document_bytes, seconds=chosen.fetch_seconds, loopback=True)
    visits = harvest(sources, ledger, executor, policy, date.today())
    return list(track(visits, description="Fetching and checking", total=len(sources)))


def _project(ledger: Ledger, home: Path, executor: Executor) -> Snapshot:
    from rich.console import Console

    from registry.graph.projection import project
    from registry.validation.standard import load_library

    with Console().status("Making the graph") as status:
        return project(ledger, home, load_library(), date.today(), status.update, executor)


def _serve(snapshot: Snapshot) -> None:
    import uvicorn

    from registry.settings import settings
    from registry.web.app import create_app

    chosen = settings()
    typer.echo(f"The registry is open at http://{chosen.host}:{chosen.port} (stop with Ctrl+C)")
    uvicorn.run(
        create_app(snapshot.open(), folder=snapshot.folder),
        host=chosen.host,
        port=chosen.port,
        log_level="warning",
    )
