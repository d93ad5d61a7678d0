"""Fetching much at once: politely to each server, over connections that are kept, from many threads."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from federation.fetch import Fetcher, Policy
from federation.fetch.turn import MOST_HOSTS, Turns
from registry.errors import PeerError
from tests.federation.faulty_server import (
    ROBOTS,
    FaultyServer,
    busy,
    document,
    late,
    redirect,
    reset,
    say,
    serve,
    status,
)

TURTLE = b"<> a <#Project> ."
AT_HOME = Policy(loopback=True, seconds=5, host_pause=0)


@pytest.fixture
def site() -> Iterator[FaultyServer]:
    with serve() as here:
        here.publish(document(TURTLE))
        yield here


def publish_many(site: FaultyServer, size: int, seconds: float = 0.0) -> list[str]:
    """Put many documents on a site, each of which says its own number, some time after it is asked."""
    return [
        site.publish(late(seconds, document(str(number).encode())), f"/{number}") for number in range(size)
    ]


def test_a_connection_is_kept_for_the_next_document(site: FaultyServer) -> None:
    with Fetcher(AT_HOME) as fetcher:
        assert [fetcher.fetch(site.address()).data for _ in range(5)] == [TURTLE] * 5

    assert site.connections == 1
    assert len(site.asked) == 6


@pytest.mark.parametrize("code", [304, 404, 503, 302])
def test_an_answer_without_a_document_keeps_the_connection_too(site: FaultyServer, code: int) -> None:
    site.publish(status(code, b"" if code == 304 else b"Sorry", Location="/profile.ttl"), "/other")

    with Fetcher(AT_HOME) as fetcher:
        for path in ("/profile.ttl", "/other", "/profile.ttl"):
            try:
                fetcher.fetch(site.address(path), etag='"1"')
            except PeerError:
                continue

    assert site.connections == 1


def test_a_kept_connection_that_was_closed_meanwhile_is_no_failure(site: FaultyServer) -> None:
    closing = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"  # it hangs up without saying so
    with Fetcher(replace(AT_HOME, respect_robots=False)) as fetcher:
        fetcher.fetch(site.publish(say(closing), "/closing"))
        assert fetcher.fetch(site.address()).data == TURTLE

    assert site.count() == {"/closing": 1, "/profile.ttl": 1}


def test_a_server_that_resets_every_connection_is_asked_once_over_each(site: FaultyServer) -> None:
    with Fetcher(AT_HOME) as fetcher:
        fetcher.fetch(site.address())
        with pytest.raises(PeerError, match="could not be fetched"):
            fetcher.fetch(site.publish(reset(), "/reset"))

    assert site.count()["/reset"] == 2
    assert site.connections == 2


def test_many_threads_get_each_its_own_document(site: FaultyServer) -> None:
    addresses = publish_many(site, 200)

    with Fetcher(replace(AT_HOME, host_at_once=16)) as fetcher, ThreadPoolExecutor(16) as threads:
        found = [one.data for one in threads.map(fetcher.fetch, addresses)]

    assert found == [str(number).encode() for number in range(200)]
    assert site.count()[ROBOTS] == 1
    assert site.connections <= 16


def test_a_server_gets_no_more_than_its_share_of_requests_at_a_time(site: FaultyServer) -> None:
    addresses = publish_many(site, 12, 0.02)

    with Fetcher(AT_HOME) as fetcher, ThreadPoolExecutor(8) as threads:
        list(threads.map(fetcher.fetch, addresses))

    assert site.busiest == AT_HOME.host_at_once


def test_all_servers_together_get_no_more_than_the_limit() -> None:
    policy = replace(AT_HOME, at_once=2, respect_robots=False)
    with serve() as one, serve() as other, Fetcher(policy) as fetcher, ThreadPoolExecutor(8) as threads:
        addresses = [*publish_many(one, 6, 0.05), *publish_many(other, 6, 0.05)]
        begin = time.monotonic()
        list(threads.map(fetcher.fetch, addresses))

        assert time.monotonic() - begin >= 12 * 0.05 / 2


def seconds_for(site: FaultyServer, fetcher: Fetcher, size: int) -> float:
    """Fetch so many documents at once, and tell how many seconds it took."""
    addresses = publish_many(site, size)
    begin = time.monotonic()
    with ThreadPoolExecutor(size) as threads:
        assert len(list(threads.map(fetcher.fetch, addresses))) == size
    return time.monotonic() - begin


def test_a_pause_lies_between_two_requests_to_one_server(site: FaultyServer) -> None:
    with Fetcher(replace(AT_HOME, host_pause=0.1)) as fetcher:
        assert seconds_for(site, fetcher, 4) >= 3 * 0.1


def test_a_site_that_asks_for_a_longer_pause_gets_it_within_limits(site: FaultyServer) -> None:
    site.publish(status(200, b"User-agent: *\nCrawl-delay: 3600"), ROBOTS)

    with Fetcher(replace(AT_HOME, longest_pause=0.1)) as fetcher:
        assert 3 * 0.1 <= seconds_for(site, fetcher, 4) < 3600


def test_waiting_for_a_turn_does_not_count_as_slowness(site: FaultyServer) -> None:
    with Fetcher(replace(AT_HOME, host_pause=0.5, seconds=1)) as fetcher:
        assert seconds_for(site, fetcher, 4) > 1


def test_servers_do_not_wait_for_one_another(site: FaultyServer) -> None:
    with serve() as other, Fetcher(replace(AT_HOME, host_pause=30)) as fetcher:
        other.publish(document(TURTLE))
        begin = time.monotonic()
        fetcher.fetch(site.address())
        fetcher.fetch(other.address())

    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("code", [429, 503])
def test_a_server_that_asks_to_be_left_alone_is(site: FaultyServer, code: int) -> None:
    refused = []
    with Fetcher(replace(AT_HOME, respect_robots=False)) as fetcher:
        for address in (site.publish(busy(code, 60), "/busy"), site.address()):
            with pytest.raises(PeerError) as error:
                fetcher.fetch(address)
            refused.append((error.value.code, round(error.value.retry_after or 0)))

    assert refused == [("no-document", 60), ("asked-to-wait", 60)]
    assert site.count() == {"/busy": 1}


def test_a_server_may_name_the_moment_from_which_it_wants_visits_again(site: FaultyServer) -> None:
    later = datetime.now(UTC) + timedelta(minutes=2)

    with Fetcher(AT_HOME) as fetcher, pytest.raises(PeerError) as refused:
        fetcher.fetch(site.publish(busy(503, later)))
    assert 115 < (refused.value.retry_after or 0) <= 120


@pytest.mark.parametrize("said", ["soon", "-5", "0", "", "1e3", "Sat, 99 Nov 2026 00:00:00 GMT"])
def test_a_wait_that_says_nothing_is_none(site: FaultyServer, said: str) -> None:
    with Fetcher(AT_HOME) as fetcher:
        with pytest.raises(PeerError):
            fetcher.fetch(site.publish(status(503, Retry_After=said), "/busy"))

        assert fetcher.fetch(site.address()).data == TURTLE


def test_when_the_wait_is_over_a_server_is_asked_again(site: FaultyServer) -> None:
    site.publish(busy(503, 1), "/busy")

    with Fetcher(AT_HOME) as fetcher:
        with pytest.raises(PeerError):
            fetcher.fetch(site.address("/busy"))
        time.sleep(1.05)
        assert fetcher.fetch(site.address()).data == TURTLE


def test_who_waits_for_a_turn_hears_that_the_server_wants_none(site: FaultyServer) -> None:
    policy = replace(AT_HOME, host_at_once=1, respect_robots=False)
    address = site.publish(late(0.2, busy(503, 60)))

    with Fetcher(policy) as fetcher, ThreadPoolExecutor(3) as threads:
        visits = [threads.submit(fetcher.fetch, address) for _ in range(3)]
        codes = Counter(getattr(one.exception(), "code", "") for one in visits)

    assert codes == {"no-document": 1, "asked-to-wait": 2}
    assert len(site.asked) == 1


def test_a_redirect_back_and_forth_between_two_servers_never_blocks() -> None:
    policy = replace(AT_HOME, host_at_once=1, respect_robots=False)
    with serve() as one, serve() as other, Fetcher(policy) as fetcher, ThreadPoolExecutor(4) as threads:
        together = Barrier(4)
        for here, there in ((one, other), (other, one)):
            here.publish(redirect(there.address("/end.ttl")))
            here.publish(document(TURTLE), "/end.ttl")

        def fetch(address: str) -> bytes:
            together.wait(5)
            return fetcher.fetch(address).data

        assert list(threads.map(fetch, [one.address(), other.address()] * 2)) == [TURTLE] * 4


def test_servers_that_may_be_asked_anyway_are_forgotten() -> None:
    turns = Turns(at_once=1)
    turns.shut("shut.example", 60)
    for number in range(2 * MOST_HOSTS):
        with turns.take(f"{number}.example", pause=0):
            pass

    assert len(turns) <= MOST_HOSTS
    with pytest.raises(PeerError):
        turns.require_open("shut.example")
