"""Fetching one document: only as much, as long and as far as the policy says."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from federation.fetch import Fetched, Policy, fetch
from registry.errors import InvalidDataError, PeerError
from tests.federation.faulty_server import (
    Answer,
    FaultyServer,
    bomb,
    drip,
    drip_headers,
    late,
    redirect,
    say,
    serve,
    status,
    truncated,
)

TURTLE = b"<> a <#Project> ."
AT_HOME = Policy(loopback=True, seconds=5, host_pause=0, respect_robots=False)


@pytest.fixture
def site() -> Iterator[FaultyServer]:
    with serve() as here:
        yield here


def test_a_document_comes_with_what_the_server_says_of_it(site: FaultyServer) -> None:
    said = {"Content_Type": "text/turtle; charset=utf-8", "ETag": '"1"', "X_Other": "x", "Set_Cookie": "a=b"}

    fetched = fetch(site.publish(status(200, TURTLE, **said)), policy=AT_HOME)

    assert (fetched.status, fetched.data, fetched.etag) == (200, TURTLE, '"1"')
    assert fetched.media_type == "text/turtle; charset=utf-8"
    assert fetched.final_address == site.address()
    assert set(fetched.headers) == {"content-type", "etag"}


def test_the_server_learns_who_asks_and_what_is_understood(site: FaultyServer) -> None:
    fetch(site.publish(status(200, TURTLE)), policy=AT_HOME)
    headers = site.asked[0].headers

    assert headers["user-agent"].startswith("koepel")
    assert headers["accept"].startswith("text/turtle, application/ld+json")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "authorization", "referer"} & set(headers)


def test_a_document_that_did_not_change_is_not_sent_again(site: FaultyServer) -> None:
    address = site.publish(status(304, ETag='"1"'))

    fetched = fetch(address, policy=AT_HOME, etag='"1"', last_modified="Sat, 21 Nov 2026 00:00:00 GMT")

    assert (fetched.status, fetched.data) == (304, b"")
    assert site.asked[0].headers["if-none-match"] == '"1"'
    assert site.asked[0].headers["if-modified-since"] == "Sat, 21 Nov 2026 00:00:00 GMT"


@pytest.mark.parametrize("code", [204, 206, 302, 401, 403, 404, 429, 500, 503])
def test_an_answer_without_a_document_is_an_error_with_its_status(site: FaultyServer, code: int) -> None:
    with pytest.raises(PeerError) as refused:
        fetch(site.publish(status(code)), policy=AT_HOME)

    assert (refused.value.code, refused.value.params["status"]) == ("no-document", code)
    assert f"answers with status {code} and no document" in refused.value.message


def test_not_changed_is_no_answer_to_who_did_not_ask_for_changes(site: FaultyServer) -> None:
    with pytest.raises(PeerError) as refused:
        fetch(site.publish(status(304, ETag='"1"')), policy=AT_HOME)

    assert refused.value.code == "no-document"


@pytest.mark.parametrize("etag", ['"caf\xe9"', '"1"\r\nHost: inside.example', ""])
def test_an_etag_that_cannot_be_sent_back_is_not(site: FaultyServer, etag: str) -> None:
    fetch(site.publish(status(200, TURTLE)), policy=AT_HOME, etag=etag)

    assert "if-none-match" not in site.asked[0].headers


def test_it_is_known_how_long_a_document_took_and_how_much_came(site: FaultyServer) -> None:
    packed = gzip.compress(TURTLE * 100)
    site.publish(late(0.1, status(200, packed, Content_Encoding="gzip")), "/new.ttl")

    fetched = fetch(site.publish(late(0.1, redirect("/new.ttl"))), policy=AT_HOME)

    assert fetched.wire_bytes == len(packed) < len(fetched.data)
    assert 0.2 <= fetched.seconds < AT_HOME.seconds


def test_only_whole_documents_are_asked_for(site: FaultyServer) -> None:
    fetch(site.publish(status(200, TURTLE)), policy=replace(AT_HOME, respect_robots=True))

    assert [one.method for one in site.asked] == ["GET", "GET"]


def test_a_document_that_is_gone_for_good_is_told_apart(site: FaultyServer) -> None:
    with pytest.raises(PeerError, match="gone for good"):
        fetch(site.publish(status(410)), policy=AT_HOME)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_to_the_final_address(site: FaultyServer, code: int) -> None:
    site.publish(status(200, TURTLE), "/new.ttl")

    fetched = fetch(site.publish(redirect("/new.ttl#there", code)), policy=AT_HOME)

    assert fetched.data == TURTLE
    assert fetched.final_address == site.address("/new.ttl")


def test_five_redirects_are_followed_and_six_are_not(site: FaultyServer) -> None:
    for number in range(6):
        site.publish(redirect(f"/{number + 1}"), f"/{number}")
    site.publish(status(200, TURTLE), "/6")

    assert fetch(site.address("/1"), policy=AT_HOME).data == TURTLE
    with pytest.raises(PeerError, match="more than 5 times") as refused:
        fetch(site.address("/0"), policy=AT_HOME)
    assert refused.value.code == "too-many-redirects"


def test_a_redirect_that_leads_back_to_itself_ends(site: FaultyServer) -> None:
    with pytest.raises(PeerError, match="from one address to the next"):
        fetch(site.publish(redirect("/profile.ttl")), policy=AT_HOME)

    assert len(site.asked) == 6


def test_a_server_that_is_switched_off_is_a_failed_fetch() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(PeerError, match="could not be fetched"):
        fetch(f"http://127.0.0.1:{port}/", policy=AT_HOME)


def test_a_document_over_the_limit_is_refused_by_its_announced_size(site: FaultyServer) -> None:
    page = status(200, b"", Content_Length="6000000")

    with pytest.raises(InvalidDataError, match="larger than 5000000 bytes"):
        fetch(site.publish(page), policy=AT_HOME)


def test_a_body_that_never_ends_is_cut_off_at_the_limit(site: FaultyServer) -> None:
    policy = replace(AT_HOME, bytes=100_000)

    with pytest.raises(InvalidDataError, match="larger than 100000 bytes"):
        fetch(site.publish(drip(b"a" * 10_000, 0)), policy=policy)


def test_a_packed_document_is_unpacked(site: FaultyServer) -> None:
    for coding, packed in {"gzip": gzip.compress(TURTLE), "Deflate": zlib.compress(TURTLE)}.items():
        assert (
            fetch(site.publish(status(200, packed, Content_Encoding=coding)), policy=AT_HOME).data == TURTLE
        )


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_refused_before_it_goes_off(site: FaultyServer, coding: str) -> None:
    with pytest.raises(InvalidDataError, match="larger than 5000000 bytes"):
        fetch(site.publish(bomb(coding=coding)), policy=AT_HOME)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress"])
def test_a_packing_that_was_not_asked_for_is_refused_by_name(site: FaultyServer, coding: str) -> None:
    with pytest.raises(PeerError) as refused:
        fetch(site.publish(status(200, TURTLE, Content_Encoding=coding)), policy=AT_HOME)

    assert refused.value.code == "coding-not-accepted"
    assert f"packed as {coding}, which was not asked for" in refused.value.message


def test_a_body_that_breaks_off_is_a_failed_fetch(site: FaultyServer) -> None:
    with pytest.raises(PeerError) as refused:
        fetch(site.publish(truncated(TURTLE)), policy=AT_HOME)

    assert refused.value.code == "fetch-failed"


@pytest.mark.parametrize(
    "answer",
    [drip(b"a", 0.05), drip_headers, late(2, status(200, TURTLE))],
    ids=["a body in drops", "headers in drops", "silence"],
)
def test_a_slow_server_does_not_hold_the_harvest_up(site: FaultyServer, answer: Answer) -> None:
    address = site.publish(answer)
    begin = time.monotonic()

    with pytest.raises(PeerError) as refused:
        fetch(address, policy=replace(AT_HOME, seconds=0.4))

    assert refused.value.code == "fetch-too-slow"
    assert "within 0.4 seconds" in refused.value.message
    assert time.monotonic() - begin < 1.9


def test_settings_of_the_environment_change_nothing(
    monkeypatch: pytest.MonkeyPatch, site: FaultyServer
) -> None:
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
def test_a_server_that_breaks_the_protocol_is_a_peer_error(site: FaultyServer, raw: bytes) -> None:
    with pytest.raises(PeerError):
        fetch(site.publish(say(raw)), policy=AT_HOME)


def test_what_was_fetched_is_a_value() -> None:
    assert Fetched(304, "https://buddy.example/") == Fetched(304, "https://buddy.example/", b"", {})
