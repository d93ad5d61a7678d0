"""`koepel demo`: a small federation on this machine, from the projects' own sites to a European registry."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from federation.demonstration import Site, Station
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
    """Serve the example sites, harvest them, and show the registry at http://127.0.0.1:8000.

    Each country has a registry of its own at one of the next four ports, which harvests the projects there.
    The European registry follows the four.
    """
    from federation.demonstration import country_stations, european_station, example_sites, serve_sites
    from federation.harvest import crew
    from registry.cli.serve import refuse_taken_port
    from registry.dataset import examples_folder
    from registry.settings import settings

    sites = example_sites(examples_folder(), first_port)
    countries = country_stations(sites, settings().home, settings().port + 1)
    europe = european_station(sites, countries, settings().home, settings().port)
    for station in (*countries, europe):
        refuse_taken_port(station.host, station.port)
    os.environ.update(europe.environment)  # from here on this process is the European registry
    settings.cache_clear()
    with serve_sites(sites), crew() as executor:
        _harvest_countries(sites, countries, executor)
        _follow(countries, europe, executor, once=once)


def _harvest_countries(sites: tuple[Site, ...], countries: tuple[Station, ...], executor: Executor) -> None:
    """Let each country's registry visit its projects, and tell what came of it."""
    from registry.cli.demo_tables import print_harvest
    from registry.home import Home

    visits = []
    for station in countries:
        home = Home(station.folder)
        visits += _harvest(station, home, executor)
        _publish(station, home, executor)
        home.ledger.close()
    print_harvest(sites, visits)


def _follow(countries: tuple[Station, ...], europe: Station, executor: Executor, *, once: bool) -> None:
    """Open the registries of the countries, let the European one follow them, and open that one too."""
    from registry.cli.demo_label import award_examples
    from registry.cli.demo_station import running
    from registry.cli.demo_tables import print_followed, print_invitations, print_readiness
    from registry.cli.serve import open_doors
    from registry.home import Home
    from registry.settings import settings

    home = Home(europe.folder)
    with running(countries):
        print_followed(europe, home.ledger, _harvest(europe, home, executor))
        invited = award_examples(home, settings())
        print_readiness(_publish(europe, home, executor).open())
        print_invitations(invited)
        if not once:
            open_doors(home, europe.host, europe.port, harvest=True)


def _harvest(station: Station, home: Home, executor: Executor) -> list[Harvest]:
    from rich.progress import Progress

    from federation.fetch import Fetcher, Policy
    from federation.harvest import Books, harvest
    from federation.notebook import Notebook

    policy = Policy(loopback=True, host_pause=0)
    with Notebook(home.visits) as notebook, Fetcher(policy) as fetcher, Progress() as progress:
        books = Books(home.ledger, notebook, home.writing)
        visits = harvest(station.sources, books, fetcher, executor)
        return list(progress.track(visits, description=f"Registry of {station.name}"))


def _publish(station: Station, home: Home, executor: Executor) -> Snapshot:
    from rich.console import Console

    from registry.home import publish
    from registry.settings import settings
    from registry.validation.standard import load_library

    with Console().status("Making the graph") as status:

        def tell(what: str) -> None:
            status.update(f"Registry of {station.name}: {what}")

        return publish(home, load_library(), date.today(), tell, executor, keep=settings().keep_snapshots)
