"""Sending: a message goes to somebody's inbox under the same limits as a fetch."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from federation.fetch import Fetcher, Policy
from registry.errors import NotAllowedError, PeerError
from tests.federation.faulty_server import ROBOTS, FaultyServer, busy, drip, redirect, reset, serve, status

MESSAGE = b'{"type": "Update"}'
MEDIA_TYPE = "application/ld+json"
AT_HOME = Policy(loopback=True, seconds=5, host_pause=0)


@pytest.fixture
def site() -> Iterator[FaultyServer]:
    with serve() as here:
        yield here


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(AT_HOME) as one:
        yield one


@pytest.mark.parametrize("code", [200, 201, 202, 204])
def test_a_message_arrives_with_its_media_type(site: FaultyServer, fetcher: Fetcher, code: int) -> None:
    assert fetcher.send(site.publish(status(code), "/inbox"), MESSAGE, MEDIA_TYPE) == code

    (asked,) = site.asked
    assert (asked.method, asked.body) == ("POST", MESSAGE)
    assert asked.headers["content-type"] == MEDIA_TYPE


@pytest.mark.parametrize("code", [307, 308])
def test_a_message_follows_an_inbox_that_has_moved(site: FaultyServer, fetcher: Fetcher, code: int) -> None:
    site.publish(status(202), "/new")

    assert fetcher.send(site.publish(redirect("/new", code), "/inbox"), MESSAGE, MEDIA_TYPE) == 202
    assert [one.body for one in site.asked] == [MESSAGE, MESSAGE]


@pytest.mark.parametrize("code", [301, 302, 303, 400, 403, 404, 500])
def test_a_message_that_is_not_taken_is_an_error_with_the_status(
    site: FaultyServer, fetcher: Fetcher, code: int
) -> None:
    with pytest.raises(PeerError, match="did not accept the message") as refused:
        fetcher.send(site.publish(status(code, Location="/new"), "/inbox"), MESSAGE, MEDIA_TYPE)

    assert (refused.value.code, refused.value.params["status"]) == ("message-refused", code)
    assert len(site.asked) == 1


def test_an_inbox_that_is_busy_is_left_alone(site: FaultyServer, fetcher: Fetcher) -> None:
    inbox = site.publish(busy(429, 60), "/inbox")
    refused = []

    for _ in range(2):
        with pytest.raises(PeerError) as error:
            fetcher.send(inbox, MESSAGE, MEDIA_TYPE)
        refused.append((error.value.code, round(error.value.retry_after or 0)))

    assert refused == [("message-refused", 60), ("asked-to-wait", 60)]
    assert len(site.asked) == 1


def test_a_message_is_never_sent_twice_by_itself(site: FaultyServer, fetcher: Fetcher) -> None:
    inbox = site.publish(status(202), "/inbox")
    fetcher.send(inbox, MESSAGE, MEDIA_TYPE)
    site.publish(reset(), "/inbox")

    with pytest.raises(PeerError) as refused:
        fetcher.send(inbox, MESSAGE, MEDIA_TYPE)
    assert refused.value.code == "fetch-failed"
    assert len(site.asked) == 2


def test_an_answer_without_end_is_not_waited_for(site: FaultyServer) -> None:
    with Fetcher(replace(AT_HOME, seconds=1)) as fetcher:
        assert fetcher.send(site.publish(drip(b"a" * 10_000, 0), "/inbox"), MESSAGE, MEDIA_TYPE) == 200


def test_an_inbox_that_is_slow_to_say_yes_has_said_yes(site: FaultyServer) -> None:
    with Fetcher(replace(AT_HOME, seconds=0.5)) as fetcher:
        assert fetcher.send(site.publish(drip(b"a", 0.1), "/inbox"), MESSAGE, MEDIA_TYPE) == 200


def test_no_rules_for_programs_keep_a_message_away(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(status(200, b"User-agent: *\nDisallow: /"), ROBOTS)

    assert fetcher.send(site.publish(status(202), "/inbox"), MESSAGE, MEDIA_TYPE) == 202
    assert site.count() == {"/inbox": 1}


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/inbox", "ftp://buddy.example/", "https://a:b@buddy.example/"]
)
def test_a_message_goes_where_a_fetch_may_go_and_nowhere_else(address: str, fetcher: Fetcher) -> None:
    with pytest.raises(NotAllowedError):
        fetcher.send(address, MESSAGE, MEDIA_TYPE)
