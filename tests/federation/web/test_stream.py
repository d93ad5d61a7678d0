"""The stream of changes over HTTP: formats, what may be kept, and what an erasure does to addresses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from registry.home import Home
from tests.federation.feed.history import FIRST, UNSEEN, make_home, publish
from tests.federation.feed.site import reader

IMMUTABLE = "public, max-age=31536000, immutable"
FORMATS = ("application/trig", "application/n-quads", "text/turtle", "application/n-triples")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A registry with a small history, of four events a page."""
    return make_home(tmp_path)


@pytest.fixture
def client(home: Home) -> Iterator[TestClient]:
    """Its reader."""
    with reader(home) as client:
        yield client


def page(home: Home, number: str) -> str:
    """Give the address of a page."""
    return f"/feed/{home.ledger.lineage[:8]}/4/{number}"


@pytest.mark.parametrize("media_type", FORMATS)
def test_the_view_is_the_same_in_every_format(client: TestClient, media_type: str) -> None:
    usual = client.get("/feed")
    answer = client.get("/feed", headers={"accept": media_type})

    assert usual.headers["content-type"].partition(";")[0] == "application/trig"
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.content == usual.content


def test_people_are_led_to_a_page_in_their_language(client: TestClient) -> None:
    answer = client.get("/feed", headers={"accept": "text/html", "accept-language": "nl"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/nl/changes")


@pytest.mark.parametrize("path", ["/feed", "1"])
def test_a_format_that_there_is_not_is_refused(client: TestClient, home: Home, path: str) -> None:
    address = path if path.startswith("/") else page(home, path)

    assert client.get(address, headers={"accept": "image/png"}).json()["code"] == "no-such-format"


def test_a_full_page_may_be_kept_for_ever_and_the_last_one_only_shortly(
    client: TestClient, home: Home
) -> None:
    publish(home.ledger, FIRST, "Once more")  # the fourth page is begun

    kept = [client.get(page(home, number)).headers["cache-control"] for number in "1234"]
    assert kept == [IMMUTABLE, IMMUTABLE, IMMUTABLE, "public, max-age=30"]


@pytest.mark.parametrize("number", ["", "1", "4"])
def test_what_a_reader_has_already_is_not_sent_again(client: TestClient, home: Home, number: str) -> None:
    address = page(home, number) if number else "/feed"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]


@pytest.mark.parametrize("number", ["", "4"])
def test_a_change_is_seen_by_those_who_have_the_former_answer(
    client: TestClient, home: Home, number: str
) -> None:
    address = page(home, number) if number else "/feed"
    before = client.get(address)
    publish(home.ledger, FIRST, "Once more")
    after = client.get(address, headers={"if-none-match": before.headers["etag"]})

    assert (after.status_code, after.content != before.content) == (200, True)


def test_an_erasure_gives_the_pages_that_it_touched_another_address(client: TestClient, home: Home) -> None:
    home.ledger.erase(FIRST, "They asked for it.", "operator")

    moved = client.get(page(home, "1"))
    assert (moved.status_code, moved.headers["location"]) == (308, f"http://testserver{page(home, '1-1')}")
    assert client.get(page(home, "1-1")).headers["cache-control"] == IMMUTABLE
    assert client.get(page(home, "3")).status_code == 200
    assert page(home, "1-1") in client.get("/feed").text


def test_the_name_of_a_change_leads_to_its_page(client: TestClient, home: Home) -> None:
    answer = client.get(f"/feed/{home.ledger.lineage[:8]}/event/6")

    assert (answer.status_code, answer.headers["location"]) == (303, f"http://testserver{page(home, '2')}")


@pytest.mark.parametrize("number", ["5", "0", "x", "999999999", "1-x"])
def test_a_page_beyond_the_end_is_not_found(client: TestClient, home: Home, number: str) -> None:
    assert client.get(page(home, number)).status_code == 404


def test_the_stream_of_another_history_is_gone(client: TestClient) -> None:
    answer = client.get("/feed/00000000/4/1")

    assert (answer.status_code, answer.json()["code"]) == (410, "stream-gone")


@pytest.mark.parametrize("media_type", FORMATS[:2])
def test_nothing_that_readers_may_not_see_is_in_the_stream(
    client: TestClient, home: Home, media_type: str
) -> None:
    accept = {"accept": media_type}
    told = [client.get(page(home, number), headers=accept) for number in "1234"]

    assert {one.status_code for one in told} == {200}
    assert not any(UNSEEN in one.text or "/hidden" in one.text for one in told)
