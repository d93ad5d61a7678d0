"""`koepel demo`: the example publishers' sites and a registry that harvests them, on this machine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from federation.demonstration import Site
    from federation.harvest import Harvest
    from registry.graph.snapshot import Snapshot
    from registry.home import Home

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(demo)


def demo(
    first_port: Annotated[int, typer.Option(help="First of the ports for the example sites.")] = 8101,
    once: Annotated[bool, typer.Option("--once", help="Stop after the harvest; serve nothing.")] = False,
) -> None:
    """Serve the example countries' sites, harvest them, and show the registry at http://127.0.0.1:8000."""
    from federation.demonstration import example_sites, serve_sites
    from registry.cli.demo_tables import print_harvest, print_readiness
    from registry.cli.home import own_home
    from registry.cli.serve import open_doors, refuse_taken_port
    from registry.dataset import examples_folder
    from registry.settings import settings

    home, chosen = own_home(), settings()
    sites = example_sites(examples_folder(), first_port)
    if not once:
        refuse_taken_port(chosen.host, chosen.port)
    with serve_sites(sites):
        visits, snapshot = _collect(sites, home)
        print_harvest(sites, visits)
        print_readiness(snapshot.open())
        if not once:
            open_doors(home, chosen.host, chosen.port)


def _collect(sites: tuple[Site, ...], home: Home) -> tuple[list[Harvest], Snapshot]:
    """Harvest the sites and make the graph, in processes that share the work."""
    import os
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    apart = get_context("forkserver")  # this process has threads by now, which a fork of it would lose
    apart.set_forkserver_preload(["federation.visit"])
    with ProcessPoolExecutor(os.cpu_count(), mp_context=apart) as executor:
        return _harvest(sites, home, executor), _publish(home, executor)


def _harvest(sites: tuple[Site, ...], home: Home, executor: Executor) -> list[Harvest]:
    from rich.progress import track

    from federation.fetch import Policy
    from federation.harvest import harvest
    from registry.settings import settings

    sources = [source for site in sites for source in site.sources]
    chosen = settings()
    policy = Policy(bytes=chosen.document_bytes, seconds=chosen.fetch_seconds, loopback=True)
    visits = harvest(sources, home.ledger, executor, policy, date.today(), home.writing)
    return list(track(visits, description="Fetching and checking", total=len(sources)))


def _publish(home: Home, executor: Executor) -> Snapshot:
    from rich.console import Console

    from registry.home import publish
    from registry.settings import settings
    from registry.validation.standard import load_library

    with Console().status("Making the graph") as status:
        return publish(
            home, load_library(), date.today(), status.update, executor, keep=settings().keep_snapshots
        )
