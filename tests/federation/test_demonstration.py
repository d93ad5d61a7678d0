"""The demonstration serves the examples as their publishers would, and harvests them like any other site."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from federation.demonstration import Site, country_stations, european_station, example_sites, serve_sites
from federation.fetch import Fetcher, Policy, fetch
from federation.harvest import Books, harvest
from federation.notebook import Notebook
from federation.source import Kind
from registry.dataset import examples_folder
from registry.errors import PeerError
from registry.ledger import Happening, Ledger

AT_HOME = Policy(loopback=True, seconds=5, host_pause=0)


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def fictitious() -> Iterator[Site]:
    """The site of the fictitious projects, while it is served."""
    site = Site("fictitious", examples_folder() / "fictitious", free_port())
    with serve_sites((site,)):
        yield site


def test_every_country_has_a_site_on_a_port_of_its_own() -> None:
    sites = example_sites(examples_folder(), 8101)

    names = ["catalonia", "flanders", "germany", "netherlands", "fictitious", "papers"]
    assert [site.name for site in sites] == names
    assert [site.port for site in sites] == list(range(8101, 8107))


def test_every_document_of_the_examples_is_a_source() -> None:
    sites = example_sites(examples_folder(), 8101)

    sources = {source.space for site in sites for source in site.sources}
    published = [path for path in examples_folder().rglob("*.ttl") if path.parent.name != "schemes"]
    assert len(sources) == len(published)  # rules of labels are adopted, not harvested
    assert "https://w3id.org/koepel/example/papers" in sources
    assert "https://w3id.org/koepel/example/germany/bagfa" in sources


def test_a_document_describes_what_lies_under_its_own_address() -> None:
    site = Site("germany", examples_folder() / "countries" / "germany", 8103)

    (bagfa,) = (source for source in site.sources if source.name == "bagfa")
    assert bagfa.address == "http://127.0.0.1:8103/bagfa.ttl"
    assert bagfa.space == "https://w3id.org/koepel/example/germany/bagfa"


def test_a_document_is_served_as_turtle_and_byte_for_byte(fictitious: Site) -> None:
    fetched = fetch(fictitious.sources[0].address, policy=AT_HOME)

    assert fetched.media_type == "text/turtle"
    assert fetched.data == sorted(fictitious.folder.glob("*.ttl"))[0].read_bytes()


def test_the_sites_are_closed_afterwards(fictitious: Site) -> None:
    other = Site("other", fictitious.folder, free_port())
    with serve_sites((other,)):
        assert fetch(other.sources[0].address, policy=AT_HOME).data

    with pytest.raises(PeerError, match="could not be fetched"):
        fetch(other.sources[0].address, policy=AT_HOME)


def test_the_sites_keep_quiet(fictitious: Site, capfd: pytest.CaptureFixture[str]) -> None:
    fetch(fictitious.sources[0].address, policy=AT_HOME)

    assert capfd.readouterr() == ("", "")


def test_each_country_has_a_registry_that_harvests_its_own_projects() -> None:
    sites = example_sites(examples_folder(), 8101)

    stations = country_stations(sites, Path("var"), 8001)

    assert [(one.name, one.port) for one in stations] == [
        ("catalonia", 8001),
        ("flanders", 8002),
        ("germany", 8003),
        ("netherlands", 8004),
    ]
    assert set(stations[3].sources) == {*sites[3].sources, *sites[5].sources}
    assert {one.kind for station in stations for one in station.sources} == {Kind.DOCUMENT}


def test_the_european_registry_follows_the_others_and_harvests_what_belongs_to_none() -> None:
    sites = example_sites(examples_folder(), 8101)
    stations = country_stations(sites, Path("var"), 8001)

    europe = european_station(sites, stations, Path("var"), 8000)

    followed = [one.address for one in europe.sources if one.kind is Kind.REGISTRY]
    assert followed == [f"http://127.0.0.1:{port}" for port in range(8001, 8005)]
    assert {one for one in europe.sources if one.kind is Kind.DOCUMENT} == {
        *sites[4].sources,
        *sites[5].sources,
    }


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """The books of a registry that is new."""
    with Ledger.in_folder(tmp_path) as ledger, Notebook(tmp_path / "visits.sqlite") as notebook:
        yield Books(ledger, notebook)


def test_the_fictitious_projects_meet_every_fate(fictitious: Site, books: Books) -> None:
    with ThreadPoolExecutor(2) as executor, Fetcher(AT_HOME) as fetcher:
        visits = list(harvest(fictitious.sources, books, fetcher, executor))

    assert {one.source.name: one.outcome for one in visits} == {
        "complete-project": Happening.ACCEPTED,
        "private-mailbox-project": Happening.HELD,
        "starting-project": Happening.ACCEPTED,
        "unfinished-project": Happening.REJECTED,
    }


@pytest.mark.slow
def test_every_example_that_retells_a_publication_is_accepted(books: Books) -> None:
    ports = [free_port() for _ in range(5)]
    sites = [site for site in example_sites(examples_folder(), 1) if site.name != "fictitious"]
    moved = tuple(Site(site.name, site.folder, port) for site, port in zip(sites, ports, strict=True))

    with serve_sites(moved), ThreadPoolExecutor(2) as executor, Fetcher(AT_HOME) as fetcher:
        sources = [source for site in moved for source in site.sources]
        visits = list(harvest(sources, books, fetcher, executor))

    assert [(one.source.name, one.message) for one in visits if one.message] == []
    assert len(books.ledger.published()) == len(sources) > 150
