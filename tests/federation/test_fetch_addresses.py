"""Fetching: from public addresses only, whatever a name, a redirect or a name server says."""

import _socket
import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.address import Address, is_public, vet
from federation.fetch import Fetcher, Policy, fetch, redirect
from registry.errors import NotAllowedError, PeerError
from tests.federation.faulty_server import FaultyServer, say, serve, status

TURTLE = b"<> a <#Project> ."
AT_HOME = Policy(loopback=True, seconds=5, host_pause=0, respect_robots=False)
# What a name server answers: family, kind, protocol, name, and address with port.
Entry = tuple[int, int, int, str, tuple[Any, ...]]


@pytest.fixture
def site() -> Iterator[FaultyServer]:
    with serve() as here:
        yield here


def read_figures(host: str, port: int, *_: object, **__: object) -> list[Entry]:
    """Read an address in any spelling that the system knows, without asking a name server."""
    figures = "127.0.0.1" if host == "localhost" else host
    return list(_socket.getaddrinfo(figures, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST))


def name_server(*answers: str) -> Callable[..., list[Entry]]:
    """Stand in for a name server that gives these addresses for every name."""

    def look_up(host: str, port: int, *_: object, **__: object) -> list[Entry]:
        hosts = answers if host == "buddy.example" else (host,)
        return [entry for host in hosts for entry in read_figures(host, port)]

    return look_up


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1:21/",
        "gopher://127.0.0.1:6379/_x",
        "data:text/turtle,x",
        "http://[::1",
    ],
)
def test_a_redirect_may_not_leave_the_web(site: FaultyServer, location: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        fetch(site.publish(status(302, Location=location)), policy=AT_HOME)

    assert refused.value.code == "address-not-web"
    assert location in refused.value.message


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "10.0.0.1", "[fd00:ec2::254]", "[::ffff:10.0.0.1]", "[::]"]
)
def test_a_redirect_to_a_private_address_is_refused(site: FaultyServer, host: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        fetch(site.publish(status(302, Location=f"http://{host}/latest/meta-data")), policy=AT_HOME)

    assert refused.value.code == "address-not-public"
    assert "not on the public internet" in refused.value.message


def test_a_redirect_may_not_give_up_encryption() -> None:
    here = httpx2.URL("https://buddy.example/profile.ttl")

    with pytest.raises(NotAllowedError, match="leads from an encrypted address"):
        redirect(here, "http://buddy.example/profile.ttl", Policy())

    assert str(redirect(here, "//other.example/#a", Policy())) == "https://other.example/"
    assert redirect(httpx2.URL("http://buddy.example/"), "https://buddy.example/", Policy()).scheme == "https"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "017700000001",
        "0",
        "localhost",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "169.254.169.254",
    ],
)
def test_this_machine_is_refused_however_its_address_is_spelt(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", read_figures)

    with pytest.raises(NotAllowedError) as refused:
        fetch(f"http://{host}/profile.ttl")

    assert refused.value.code == "address-not-public"


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["8.8.8.8", "127.0.0.1"]])
def test_a_public_name_with_a_private_address_is_refused_and_not_visited(
    monkeypatch: pytest.MonkeyPatch, site: FaultyServer, answers: list[str]
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", name_server(*answers))

    with pytest.raises(NotAllowedError) as refused:
        fetch("http://buddy.example/profile.ttl")

    assert refused.value.params == {"host": "buddy.example"}
    assert site.asked == []


def test_the_connection_goes_to_the_vetted_address_under_the_name(
    monkeypatch: pytest.MonkeyPatch, site: FaultyServer
) -> None:
    site.publish(status(200, TURTLE))
    asked: list[str] = []

    def look_up(host: str, port: int, *_: object, **__: object) -> list[Entry]:
        asked.append(host)
        return name_server("127.0.0.1")(host, port)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    fetch(site.address(host="buddy.example"), policy=AT_HOME)

    assert asked.count("buddy.example") == 1
    assert site.asked[0].headers["host"].startswith("buddy.example:")


def test_an_address_that_does_not_answer_gives_way_to_the_next(
    monkeypatch: pytest.MonkeyPatch, site: FaultyServer
) -> None:
    site.publish(status(200, TURTLE))
    monkeypatch.setattr(socket, "getaddrinfo", name_server("127.0.0.2", "127.0.0.1"))

    assert fetch(site.address(host="buddy.example"), policy=AT_HOME).data == TURTLE


PUBLIC = "8.8.8.8 193.190.198.1 2001:67c:2e8:22::c100:68b ::ffff:8.8.8.8 64:ff9b::808:808"
NOT_PUBLIC = """
    0.0.0.1 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254
    172.16.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1
    255.255.255.255 :: ::1 ::7f00:1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
    64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1
    fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""


@pytest.mark.parametrize("text", PUBLIC.split())
def test_an_address_on_the_public_internet_passes(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", NOT_PUBLIC.split())
def test_an_address_anywhere_else_does_not(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


def test_opening_loopback_for_development_opens_nothing_else() -> None:
    here, inside = ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("192.168.1.1")

    assert vet("localhost", [here], loopback=True) == (here,)
    with pytest.raises(NotAllowedError, match="router is not on the public internet"):
        vet("router", [inside], loopback=True)


@pytest.mark.parametrize(
    "address",
    [
        "profile.ttl",
        "",
        "file:///etc/passwd",
        "ftp://buddy.example/",
        "https://",
        "https://:80/",
        "http://[::1",
        "a:b",
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        fetch(address)

    assert refused.value.code == "address-not-web"
    assert "Give one that begins with https://" in refused.value.message


PIECES = [
    "http",
    "https",
    ":",
    "//",
    "/",
    "@",
    "[",
    "]",
    "::1",
    "%",
    "#",
    "?",
    "..",
    "\\",
    " ",
    "\n",
    "é",
    "xn--",
]
PIECES += ["xn--a", "ß", "\u202e", "buddy.example", "80", "99999", "-1", "\ud800", "\0", "."]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_whatever_a_redirect_says_it_leads_to_a_web_address_or_is_refused(location: str) -> None:
    try:
        there = redirect(httpx2.URL("https://buddy.example/a"), location, Policy())
    except NotAllowedError:
        return

    assert there.scheme == "https"
    assert there.userinfo == b""


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(NotAllowedError) as refused:
        fetch("https://an:secret@buddy.example/profile.ttl")

    assert "holds no user name or password" in refused.value.message
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("port", [22, 25, 6379, 9200])
def test_an_unusual_port_is_refused_with_the_usual_ones(port: int) -> None:
    with pytest.raises(NotAllowedError) as refused:
        fetch(f"https://buddy.example:{port}/")

    assert f"uses the port {port}" in refused.value.message
    assert "80, 443, 8080, 8443" in refused.value.message


def test_a_name_that_nobody_knows_is_a_failed_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> list[Entry]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    with pytest.raises(PeerError, match="is unknown") as refused:
        fetch("https://nowhere.example/profile.ttl")
    assert refused.value.code == "fetch-failed"


def test_a_name_that_moves_inside_between_two_visits_is_not_followed(site: FaultyServer) -> None:
    turns = iter(["127.0.0.1", "10.0.0.1"])
    hanging_up = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    site.publish(say(hanging_up), "/robots.txt")

    def look_up(*_: object) -> tuple[Address, ...]:
        return (ipaddress.ip_address(next(turns)),)

    with (
        Fetcher(Policy(loopback=True), look_up=look_up) as fetcher,
        pytest.raises(NotAllowedError) as refused,
    ):
        fetcher.fetch(site.address(host="buddy.example"))
    assert refused.value.code == "address-not-public"
    assert [one.path for one in site.asked] == ["/robots.txt"]


def test_a_kept_connection_stays_with_the_vetted_address(site: FaultyServer) -> None:
    turns = iter(["127.0.0.1", "10.0.0.1"])
    site.publish(status(200, TURTLE))

    def look_up(*_: object) -> tuple[Address, ...]:
        return (ipaddress.ip_address(next(turns)),)

    with Fetcher(AT_HOME, look_up=look_up) as fetcher:
        found = [fetcher.fetch(site.address(host="buddy.example")).data for _ in range(3)]
    assert found == [TURTLE] * 3
    assert site.connections == 1


def test_every_hop_is_vetted_anew(site: FaultyServer) -> None:
    def look_up(host: str, _: int) -> tuple[Address, ...]:
        return (ipaddress.ip_address("127.0.0.1" if host == "buddy.example" else "169.254.169.254"),)

    site.publish(status(307, Location="http://metadata.example/latest"))
    with Fetcher(AT_HOME, look_up=look_up) as fetcher, pytest.raises(NotAllowedError) as refused:
        fetcher.fetch(site.address(host="buddy.example"))
    assert refused.value.params == {"host": "metadata.example"}
