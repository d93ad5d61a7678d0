"""The demonstration serves the examples as their publishers would, and harvests them like any other site."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from federation.demonstration import Site, example_sites, serve_sites
from federation.fetch import Policy, fetch
from federation.harvest import harvest
from registry.dataset import examples_folder
from registry.errors import PeerError
from registry.ledger import Happening, Ledger

AT_HOME = Policy(loopback=True, seconds=5)
DAY = date(2026, 11, 21)


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
    assert len(sources) == len(list(examples_folder().rglob("*.ttl")))
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


def test_the_fictitious_projects_meet_every_fate(fictitious: Site) -> None:
    ledger = Ledger.open("sqlite://")

    with ThreadPoolExecutor(2) as executor:
        visits = list(harvest(fictitious.sources, ledger, executor, AT_HOME, DAY))

    assert {one.source.name: one.event.happening for one in visits} == {
        "complete-project": Happening.ACCEPTED,
        "private-mailbox-project": Happening.HELD,
        "starting-project": Happening.ACCEPTED,
        "unfinished-project": Happening.REJECTED,
    }


@pytest.mark.slow
def test_every_example_that_retells_a_publication_is_accepted(tmp_path: Path) -> None:
    ports = [free_port() for _ in range(5)]
    sites = [site for site in example_sites(examples_folder(), 1) if site.name != "fictitious"]
    moved = tuple(Site(site.name, site.folder, port) for site, port in zip(sites, ports, strict=True))
    ledger = Ledger.in_folder(tmp_path)

    with serve_sites(moved), ThreadPoolExecutor(2) as executor:
        sources = [source for site in moved for source in site.sources]
        visits = list(harvest(sources, ledger, executor, AT_HOME, DAY))

    assert [(one.source.name, one.event.reason) for one in visits if one.event.reason] == []
    assert len(ledger.published()) == len(sources) > 150
