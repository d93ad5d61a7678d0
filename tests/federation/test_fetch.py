"""Fetching: from public addresses only, and only as much, as long and as far as the policy says."""

import _socket
import gzip
import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from federation.address import is_public, vet
from federation.fetch import Fetched, Policy, fetch, redirect
from registry.errors import InvalidDataError, NotAllowedError, PeerError
from tests.federation.site import Answer, Site, drip, drip_headers, say, serve, status

TURTLE = b"<> a <#Project> ."
AT_HOME = Policy(loopback=True, seconds=5)
# What a name server answers: family, kind, protocol, name, and address with port.
Entry = tuple[int, int, int, str, tuple[Any, ...]]


@pytest.fixture
def site() -> Iterator[Site]:
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


def test_a_document_comes_with_what_the_server_says_of_it(site: Site) -> None:
    said = {"Content_Type": "text/turtle; charset=utf-8", "ETag": '"1"', "X_Other": "x", "Set_Cookie": "a=b"}

    fetched = fetch(site.publish(status(200, TURTLE, **said)), policy=AT_HOME)

    assert (fetched.status, fetched.data, fetched.etag) == (200, TURTLE, '"1"')
    assert fetched.media_type == "text/turtle; charset=utf-8"
    assert fetched.final_address == site.address()
    assert set(fetched.headers) == {"content-type", "etag"}


def test_the_server_learns_who_asks_and_what_is_understood(site: Site) -> None:
    fetch(site.publish(status(200, TURTLE)), policy=AT_HOME)
    _, headers = site.asked[0]

    assert headers["user-agent"].startswith("koepel")
    assert headers["accept"].startswith("text/turtle, application/ld+json")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "authorization", "referer"} & set(headers)


def test_a_document_that_did_not_change_is_not_sent_again(site: Site) -> None:
    address = site.publish(status(304, ETag='"1"'))

    fetched = fetch(address, policy=AT_HOME, etag='"1"', last_modified="Sat, 21 Nov 2026 00:00:00 GMT")

    assert (fetched.status, fetched.data) == (304, b"")
    assert site.asked[0][1]["if-none-match"] == '"1"'
    assert site.asked[0][1]["if-modified-since"] == "Sat, 21 Nov 2026 00:00:00 GMT"


@pytest.mark.parametrize("code", [204, 206, 302, 401, 403, 404, 429, 500, 503])
def test_an_answer_without_a_document_is_an_error_with_its_status(site: Site, code: int) -> None:
    with pytest.raises(PeerError) as refused:
        fetch(site.publish(status(code)), policy=AT_HOME)

    assert (refused.value.code, refused.value.params["status"]) == ("no-document", code)
    assert f"answers with status {code} and no document" in refused.value.message


def test_a_document_that_is_gone_for_good_is_told_apart(site: Site) -> None:
    with pytest.raises(PeerError, match="gone for good"):
        fetch(site.publish(status(410)), policy=AT_HOME)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_to_the_final_address(site: Site, code: int) -> None:
    site.publish(status(200, TURTLE), "/new.ttl")

    fetched = fetch(site.publish(status(code, Location="/new.ttl#there")), policy=AT_HOME)

    assert fetched.data == TURTLE
    assert fetched.final_address == site.address("/new.ttl")


def test_five_redirects_are_followed_and_six_are_not(site: Site) -> None:
    for number in range(6):
        site.publish(status(302, Location=f"/{number + 1}"), f"/{number}")
    site.publish(status(200, TURTLE), "/6")

    assert fetch(site.address("/1"), policy=AT_HOME).data == TURTLE
    with pytest.raises(PeerError, match="more than 5 times") as refused:
        fetch(site.address("/0"), policy=AT_HOME)
    assert refused.value.code == "too-many-redirects"


def test_a_redirect_that_leads_back_to_itself_ends(site: Site) -> None:
    with pytest.raises(PeerError, match="from one address to the next"):
        fetch(site.publish(status(302, Location="/profile.ttl")), policy=AT_HOME)

    assert len(site.asked) == 6


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
def test_a_redirect_may_not_leave_the_web(site: Site, location: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        fetch(site.publish(status(302, Location=location)), policy=AT_HOME)

    assert refused.value.code == "address-not-web"
    assert location in refused.value.message


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "10.0.0.1", "[fd00:ec2::254]", "[::ffff:10.0.0.1]", "[::]"]
)
def test_a_redirect_to_a_private_address_is_refused(site: Site, host: str) -> None:
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
    monkeypatch: pytest.MonkeyPatch, site: Site, answers: list[str]
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", name_server(*answers))

    with pytest.raises(NotAllowedError) as refused:
        fetch("http://buddy.example/profile.ttl")

    assert refused.value.params == {"host": "buddy.example"}
    assert site.asked == []


def test_the_connection_goes_to_the_vetted_address_under_the_name(
    monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    site.publish(status(200, TURTLE))
    asked: list[str] = []

    def look_up(host: str, port: int, *_: object, **__: object) -> list[Entry]:
        asked.append(host)
        return name_server("127.0.0.1")(host, port)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    fetch(site.address(host="buddy.example"), policy=AT_HOME)

    assert asked.count("buddy.example") == 1
    assert site.asked[0][1]["host"].startswith("buddy.example:")


def test_an_address_that_does_not_answer_gives_way_to_the_next(
    monkeypatch: pytest.MonkeyPatch, site: Site
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


def test_a_server_that_is_switched_off_is_a_failed_fetch() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(PeerError, match="could not be fetched"):
        fetch(f"http://127.0.0.1:{port}/", policy=AT_HOME)


def test_a_document_over_the_limit_is_refused_by_its_announced_size(site: Site) -> None:
    page = status(200, b"", Content_Length="6000000")

    with pytest.raises(InvalidDataError, match="larger than 5000000 bytes"):
        fetch(site.publish(page), policy=AT_HOME)


def test_a_body_that_never_ends_is_cut_off_at_the_limit(site: Site) -> None:
    policy = Policy(loopback=True, seconds=5, bytes=100_000)

    with pytest.raises(InvalidDataError, match="larger than 100000 bytes"):
        fetch(site.publish(drip(b"a" * 10_000, 0)), policy=policy)


def test_a_packed_document_is_unpacked(site: Site) -> None:
    for coding, packed in {"gzip": gzip.compress(TURTLE), "Deflate": zlib.compress(TURTLE)}.items():
        assert (
            fetch(site.publish(status(200, packed, Content_Encoding=coding)), policy=AT_HOME).data == TURTLE
        )


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_refused_before_it_goes_off(site: Site, coding: str) -> None:
    zeros = bytes(50_000_000)
    bomb = gzip.compress(zeros) if coding == "gzip" else zlib.compress(zeros)

    with pytest.raises(InvalidDataError, match="larger than 5000000 bytes"):
        fetch(site.publish(status(200, bomb, Content_Encoding=coding)), policy=AT_HOME)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress"])
def test_a_packing_that_was_not_asked_for_is_refused_by_name(site: Site, coding: str) -> None:
    with pytest.raises(PeerError) as refused:
        fetch(site.publish(status(200, TURTLE, Content_Encoding=coding)), policy=AT_HOME)

    assert refused.value.code == "coding-not-accepted"
    assert f"packed as {coding}, which was not asked for" in refused.value.message


def test_a_body_that_breaks_off_is_a_failed_fetch(site: Site) -> None:
    with pytest.raises(PeerError) as refused:
        fetch(site.publish(status(200, TURTLE, Content_Length="1000")), policy=AT_HOME)

    assert refused.value.code == "fetch-failed"


@pytest.mark.parametrize(
    "answer",
    [drip(b"a", 0.05), drip_headers, lambda _: time.sleep(2)],
    ids=["a body in drops", "headers in drops", "silence"],
)
def test_a_slow_server_does_not_hold_the_harvest_up(site: Site, answer: Answer) -> None:
    address = site.publish(answer)
    begin = time.monotonic()

    with pytest.raises(PeerError) as refused:
        fetch(address, policy=Policy(loopback=True, seconds=0.4))

    assert refused.value.code == "fetch-too-slow"
    assert "within 0.4 seconds" in refused.value.message
    assert time.monotonic() - begin < 1.5


def test_settings_of_the_environment_change_nothing(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert fetch(site.publish(status(200, TURTLE)), policy=AT_HOME).data == TURTLE


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 999 \r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"\x15\x03\x01\x00\x02\x02\x28",
    ],
    ids=["nothing", "nonsense", "a negative length", "a status that is none", "an absurd length", "TLS"],
)
def test_a_server_that_breaks_the_protocol_is_a_peer_error(site: Site, raw: bytes) -> None:
    with pytest.raises(PeerError):
        fetch(site.publish(say(raw)), policy=AT_HOME)


def test_what_was_fetched_is_a_value() -> None:
    assert Fetched(304, "https://buddy.example/") == Fetched(304, "https://buddy.example/", b"", {})
