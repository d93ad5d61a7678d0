"""Everything that can be wrong with a server, and the one outcome that each fault has."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from federation.fetch import Fetcher, Policy
from registry.errors import KoepelError
from tests.federation.faulty_server import (
    HTML,
    ROBOTS,
    Answer,
    FaultyServer,
    bomb,
    busy,
    catalogue,
    document,
    drip,
    drip_headers,
    empty,
    html,
    in_turn,
    late,
    new_etag,
    redirect,
    reset,
    same_etag,
    say,
    serve,
    slow,
    stale,
    status,
    truncated,
    wrong_length,
)

TURTLE = b"<> a <#Project> ."
OTHER = b"<> a <#OtherProject> ."
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: 17\r\n\r\n"
SMUGGLED = b"HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n\r\nevil"
POLICY = Policy(loopback=True, seconds=1, host_pause=0, bytes=100_000)
LATER = datetime.now(UTC) + timedelta(hours=1)
MEMBERS = [f"https://buddy.example/{number}" for number in range(10)]


@pytest.fixture
def site() -> Iterator[FaultyServer]:
    with serve() as here:
        yield here


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(POLICY) as one:
        yield one


def outcome(fetch: Callable[[], object]) -> str:
    """Give the name of what went wrong, or `fetched`."""
    try:
        fetch()
    except KoepelError as error:
        return error.code
    return "fetched"


FAULTS: dict[str, tuple[Answer, str]] = {
    "slow bytes, but fast enough": (slow(TURTLE, 0.1), "fetched"),
    "slow bytes": (slow(TURTLE, 5), "fetch-too-slow"),
    "bytes without end, slowly": (drip(b"#", 0.05), "fetch-too-slow"),
    "bytes without end, fast": (drip(b"#" * 10_000, 0), "document-too-large"),
    "headers without end": (drip_headers, "fetch-too-slow"),
    "silence": (late(2, document(TURTLE)), "fetch-too-slow"),
    "reset at once": (reset(), "fetch-failed"),
    "reset in the headers": (reset(HEAD[:30]), "fetch-failed"),
    "reset in the body": (reset(HEAD + TURTLE[:5]), "fetch-failed"),
    "a body cut off": (truncated(TURTLE), "fetch-failed"),
    "a chunked body cut off": (
        say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<> a"),
        "fetch-failed",
    ),
    "a packed body cut off": (
        status(200, b"\x1f\x8b\x08\x00", Content_Encoding="gzip"),
        "compression-broken",
    ),
    "a length that is none": (wrong_length(TURTLE, -1), "fetch-failed"),
    "a length beyond the limit": (wrong_length(TURTLE, 10**9), "document-too-large"),
    "a redirect to itself": (redirect("/profile.ttl"), "too-many-redirects"),
    "a redirect to nothing": (redirect("/nothing"), "no-document"),
    "a redirect without an address": (status(302), "no-document"),
    "a redirect inside": (redirect("http://10.0.0.1/"), "address-not-public"),
    "a redirect to a cloud's metadata": (redirect("http://169.254.169.254/latest"), "address-not-public"),
    "a redirect with a password": (redirect("https://a:b@buddy.example/"), "address-not-web"),
    "a redirect to a file": (redirect("file:///etc/hostname"), "address-not-web"),
    "not found": (status(404), "no-document"),
    "gone": (status(410, b"Gone"), "withdrawn"),
    "gone, said badly": (say(b"HTTP/1.1 410 Gone\r\nContent-Length: 9\r\n\r\nGo"), "withdrawn"),
    "busy": (busy(503), "no-document"),
    "busy for a while": (busy(503, 60), "no-document"),
    "busy until a date": (busy(429, LATER), "no-document"),
    "a gzip bomb": (bomb(), "document-too-large"),
    "a deflate bomb": (bomb(coding="deflate"), "document-too-large"),
    "an unknown packing": (status(200, TURTLE, Content_Encoding="br"), "coding-not-accepted"),
    "unchanged, though nobody knew it": (status(304), "no-document"),
    "no content": (status(204), "no-document"),
    "another protocol": (say(b"SSH-2.0-OpenSSH_9.2\r\n"), "fetch-failed"),
    "a web page": (html(), "fetched"),
    "an empty document": (empty(), "fetched"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_one_outcome(site: FaultyServer, fetcher: Fetcher, fault: str) -> None:
    answer, expected = FAULTS[fault]

    assert outcome(lambda: fetcher.fetch(site.publish(answer))) == expected


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_the_same_fetcher_fetches_the_next_document(
    site: FaultyServer, fetcher: Fetcher, fault: str
) -> None:
    answer, _ = FAULTS[fault]
    outcome(lambda: fetcher.fetch(site.publish(answer)))

    with serve() as other:
        assert fetcher.fetch(other.publish(document(OTHER))).data == OTHER
    waits = "busy " in fault
    found = outcome(lambda: fetcher.fetch(site.publish(document(OTHER), "/other.ttl")))
    assert found == ("asked-to-wait" if waits else "fetched")


@pytest.mark.parametrize("length", [len(SMUGGLED), 20, 1], ids=["an answer", "half an answer", "a byte"])
def test_what_comes_after_a_document_is_not_taken_for_the_next(
    site: FaultyServer, fetcher: Fetcher, length: int
) -> None:
    site.publish(status(200, TURTLE + SMUGGLED[:length], Content_Length=str(len(TURTLE))))
    site.publish(document(OTHER), "/other.ttl")

    assert fetcher.fetch(site.address()).data == TURTLE
    assert fetcher.fetch(site.address("/other.ttl")).data == OTHER


def test_the_content_counts_and_not_the_etag(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(in_turn(same_etag(TURTLE), same_etag(OTHER)))

    first = fetcher.fetch(site.address())
    second = fetcher.fetch(site.address(), etag=first.etag)
    assert (first.data, second.data) == (TURTLE, OTHER)
    assert first.etag == second.etag


def test_a_server_that_insists_on_an_old_etag_is_believed_until_it_is_asked_plainly(
    site: FaultyServer, fetcher: Fetcher
) -> None:
    first = fetcher.fetch(site.publish(stale(TURTLE, '"1"')))
    site.publish(stale(OTHER, '"1"'))

    assert fetcher.fetch(site.address(), etag=first.etag).status == 304
    assert fetcher.fetch(site.address()).data == OTHER


def test_the_same_document_under_a_new_etag_is_the_same(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(new_etag(TURTLE))

    first = fetcher.fetch(site.address())
    second = fetcher.fetch(site.address(), etag=first.etag)
    assert first.data == second.data
    assert first.etag != second.etag


def test_a_web_page_instead_of_a_document_is_told_by_its_media_type(
    site: FaultyServer, fetcher: Fetcher
) -> None:
    fetched = fetcher.fetch(site.publish(html()))

    assert (fetched.data, fetched.media_type) == (HTML, "text/html; charset=utf-8")


def test_half_a_catalogue_comes_as_it_is(site: FaultyServer, fetcher: Fetcher) -> None:
    whole, half = catalogue(MEMBERS), catalogue(MEMBERS[:5])
    site.publish(in_turn(document(whole), document(half)))

    first = fetcher.fetch(site.address())
    second = fetcher.fetch(site.address(), etag=first.etag)
    assert (first.data, second.data) == (whole, half)


def test_a_site_that_recovers_is_fetched_again(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(in_turn(reset(), truncated(TURTLE), busy(500), document(TURTLE)))

    outcomes = [outcome(lambda: fetcher.fetch(site.address())) for _ in range(4)]
    assert outcomes[-1] == "fetched"
    assert site.count()[ROBOTS] == 1
