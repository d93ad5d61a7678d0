"""Fetching: a site's robots.txt is read first and kept to (RFC 9309)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from federation.fetch import Fetcher, Policy
from federation.fetch.robots import (
    LIFETIME,
    MOST_BYTES,
    MOST_SITES,
    Robots,
    Rules,
    Unknown,
    as_rules,
    read_rules,
)
from registry.errors import NotAllowedError, PeerError
from tests.federation.faulty_server import (
    ROBOTS,
    Answer,
    FaultyServer,
    busy,
    drip,
    html,
    redirect,
    reset,
    say,
    serve,
    status,
    truncated,
)

TURTLE = b"<> a <#Project> ."
AT_HOME = Policy(loopback=True, seconds=5, host_pause=0)
CLOSED = b"User-agent: *\nDisallow: /"


@pytest.fixture
def site() -> Iterator[FaultyServer]:
    with serve() as here:
        here.publish(status(200, TURTLE))
        yield here


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(AT_HOME) as one:
        yield one


def allowed(text: str, address: str = "https://buddy.example/a/b") -> bool:
    return read_rules(text).allow(address)


def test_a_site_that_wants_no_visits_gets_none(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(status(200, CLOSED), ROBOTS)

    with pytest.raises(NotAllowedError, match="asks programs to stay away") as refused:
        fetcher.fetch(site.address())

    assert refused.value.code == "robots-disallow"
    assert [one.path for one in site.asked] == [ROBOTS]


def test_the_rules_of_a_site_are_read_once(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(status(200, b"User-agent: *\nDisallow: /intern"), ROBOTS)

    assert [fetcher.fetch(site.address()).status for _ in range(3)] == [200] * 3
    with pytest.raises(NotAllowedError):
        fetcher.fetch(site.address("/intern.ttl"))
    assert site.count() == {ROBOTS: 1, "/profile.ttl": 3}


def test_a_redirect_into_a_closed_site_is_not_followed(site: FaultyServer, fetcher: Fetcher) -> None:
    with serve() as other:
        other.publish(status(200, CLOSED), ROBOTS)
        site.publish(redirect(other.address()))

        with pytest.raises(NotAllowedError) as refused:
            fetcher.fetch(site.address())
        assert refused.value.params["address"] == other.address()


@pytest.mark.parametrize(
    "answer",
    [status(404), status(403), status(410), status(204), html(), redirect("/robots.txt"), status(302)],
    ids=["not found", "forbidden", "gone", "nothing", "a web page", "in circles", "nowhere"],
)
def test_a_site_without_rules_may_be_visited(site: FaultyServer, fetcher: Fetcher, answer: Answer) -> None:
    site.publish(answer, ROBOTS)

    assert fetcher.fetch(site.address()).data == TURTLE


@pytest.mark.parametrize(
    "answer",
    [busy(500), busy(503), busy(429), reset(), truncated(CLOSED), say(b"nonsense\r\n\r\n"), drip(b"#", 0.05)],
    ids=["broken", "busy", "too often", "reset", "cut off", "nonsense", "endless"],
)
def test_a_site_whose_rules_are_not_known_is_not_visited_for_now(site: FaultyServer, answer: Answer) -> None:
    site.publish(answer, ROBOTS)

    with Fetcher(replace(AT_HOME, seconds=0.5)) as fetcher, pytest.raises(PeerError) as refused:
        fetcher.fetch(site.address())
    assert refused.value.code == "robots-unavailable"
    assert refused.value.params["robots"] == site.address(ROBOTS)
    assert "/profile.ttl" not in site.count()


def test_it_is_told_when_a_site_in_trouble_wants_the_next_visit(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(busy(503, 40), ROBOTS)

    with pytest.raises(PeerError) as first:
        fetcher.fetch(site.address())
    with pytest.raises(PeerError) as second:
        fetcher.fetch(site.address("/other.ttl"))

    assert (first.value.code, first.value.retry_after) == ("robots-unavailable", 40)
    assert second.value.code == "asked-to-wait"
    assert site.count() == {ROBOTS: 1}


def test_the_rules_may_lie_elsewhere(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(redirect("/elsewhere.txt", 301), ROBOTS)
    site.publish(status(200, CLOSED), "/elsewhere.txt")

    with pytest.raises(NotAllowedError):
        fetcher.fetch(site.address())


def test_only_the_beginning_of_endless_rules_is_read(site: FaultyServer, fetcher: Fetcher) -> None:
    site.publish(drip(b"User-agent: *\nDisallow: /intern\n" + b"#" * 100_000 + b"\n", 0), ROBOTS)

    assert fetcher.fetch(site.address()).data == TURTLE


def test_who_is_not_to_ask_for_rules_does_not(site: FaultyServer) -> None:
    site.publish(status(200, CLOSED), ROBOTS)

    with Fetcher(replace(AT_HOME, respect_robots=False)) as fetcher:
        assert fetcher.fetch(site.address()).data == TURTLE
    assert ROBOTS not in site.count()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("User-agent: *\nDisallow: /a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", True),
        ("User-agent: *\nDisallow: /\n\nUser-Agent: KOEPEL/1.0\nDisallow: /x", True),
        ("User-agent: koe\nDisallow: /", True),
        ("User-agent: other\nUser-agent: koepel\nDisallow: /*/b$", False),
        ("user agent koepel # us\ndisallow: /", False),
        ("User-agent: *\r\nDisallow: /", False),
        ("Disallow: /", True),
    ],
)
def test_rules_are_understood_as_the_standard_says(text: str, expected: bool) -> None:
    assert allowed(text) is expected


def test_a_byte_order_mark_changes_no_rule() -> None:
    found = as_rules(200, b"\xef\xbb\xbf" + CLOSED)

    assert isinstance(found, Rules)
    assert not found.allow("https://buddy.example/")


def test_rules_for_thousands_of_programs_are_read_in_no_time() -> None:
    agents = "\n".join(f"User agent: bot{number}" for number in range(13_000))
    rules = "\n".join(f"Disallow: /{number}*x*$" for number in range(13_000))
    text = f"{agents}\n{agents}\nUser-agent: koepel\n{rules}"
    assert len(text) > MOST_BYTES

    assert allowed(text[:MOST_BYTES] + "\n")


class Clock:
    """A clock that stands still until somebody moves it."""

    now = 0.0

    def read(self) -> float:
        """Tell the time."""
        return self.now


def site_that_says(*found: Rules | Unknown) -> tuple[Robots, Clock, list[str]]:
    """Make rules that come from these answers, one after the other, and tell which sites were asked."""
    answers, clock, asked = iter(found), Clock(), list[str]()

    def read(origin: str) -> Rules | Unknown:
        asked.append(origin)
        return next(answers)

    return Robots(read, again_after=60, clock=clock.read), clock, asked


def test_rules_are_asked_for_again_after_a_day() -> None:
    robots, clock, asked = site_that_says(Rules("a"), Rules("b"))
    assert [robots.of("https://buddy.example"), robots.of("https://buddy.example")] == [Rules("a")] * 2

    clock.now = LIFETIME

    assert robots.of("https://buddy.example") == Rules("b")
    assert len(asked) == 2


def test_rules_hold_on_while_their_site_is_in_trouble() -> None:
    robots, clock, _ = site_that_says(Rules("a"), Unknown("status 503"), Rules("b"))
    robots.of("https://buddy.example")

    clock.now = LIFETIME
    assert robots.of("https://buddy.example") == Rules("a")
    clock.now += 60
    assert robots.of("https://buddy.example") == Rules("b")


def test_a_site_in_trouble_is_asked_again_after_a_while() -> None:
    robots, clock, asked = site_that_says(Unknown("status 503"), Rules())

    assert [robots.of("https://buddy.example") for _ in range(2)] == [Unknown("status 503")] * 2
    clock.now = 60
    assert robots.of("https://buddy.example") == Rules()
    assert len(asked) == 2


@pytest.mark.parametrize(("sites", "length"), [(MOST_SITES + 5, 1), (50, 500_000)])
def test_only_so_many_rules_are_remembered(sites: int, length: int) -> None:
    robots, _, asked = site_that_says(*[Rules("a" * length)] * (sites + 2))
    for number in range(sites):
        robots.of(f"https://{number}.example")

    robots.of(f"https://{sites - 1}.example")
    robots.of("https://0.example")

    assert asked[-2:] == [f"https://{sites - 1}.example", "https://0.example"]
