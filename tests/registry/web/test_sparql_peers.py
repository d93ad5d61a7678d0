"""The page with an answer says which other registers were asked for it, and what each of them brought."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path

import httpx2
import pytest

from tests.federation.peers import ROWS, body, bytes_of, peer, registry

HERE = "<urn:a> <urn:place> <urn:here> ."
THERE = '<urn:a> <urn:title> "One", "Two" .'
ORIGIN = {"origin": "https://portal.example"}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """A registry, and two it may ask: one that names its state, and one that does not."""
    folder = tmp_path_factory.mktemp("network")
    for name in ("here", "there"):
        (folder / name).mkdir()
    with ExitStack() as stack:
        named = stack.enter_context(registry(folder / "there", THERE))
        nameless = stack.enter_context(peer(body(bytes_of(ROWS))))
        here = stack.enter_context(registry(folder / "here", HERE, peers=(named, nameless)))
        yield here, named, nameless


def page(here: str, query: str, language: str = "en") -> str:
    """Read the page with an answer."""
    answer = httpx2.get(here.replace("/sparql", f"/{language}/sparql"), params={"query": query})
    assert answer.status_code == 200
    return answer.text


def rows(text: str) -> list[list[str]]:
    """Read the table of the registers that were asked, without its head."""
    section = text.partition('<h2 id="peers">')[2].partition("</section>")[0]
    found = re.findall(r"<tr>(.*?)</tr>", section)[1:]
    return [[unescape(re.sub("<[^>]+>", "", cell)) for cell in one.split("</td>")[:-1]] for one in found]


@pytest.mark.parametrize("form", ["SELECT *", "ASK", "CONSTRUCT { ?s <urn:x> ?t } WHERE"])
def test_below_an_answer_stands_who_was_asked(network: tuple[str, str, str], form: str) -> None:
    here, named, nameless = network
    state = httpx2.get(named, params={"query": "ASK {}"}).headers["koepel-snapshot"]

    text = page(
        here, f"{form} {{ SERVICE <{named}> {{ ?s <urn:title> ?t }} SERVICE <{nameless}> {{ ?s ?p ?o }} }}"
    )

    assert rows(text) == [[named, "2", state], [nameless, "1", "not named"]]


def test_an_answer_from_here_alone_names_nobody(network: tuple[str, str, str]) -> None:
    assert 'id="peers"' not in page(network[0], "SELECT * { ?s ?p ?o }")


def test_what_a_peer_calls_its_state_cannot_change_the_page(tmp_path: Path) -> None:
    name = "<b>2026</b>"
    with (
        peer(body(bytes_of(ROWS), koepel_snapshot=name)) as odd,
        registry(tmp_path, HERE, peers=(odd,)) as here,
    ):
        text = page(here, f"SELECT * {{ SERVICE <{odd}> {{ ?s ?p ?o }} }}")

    assert name not in text
    assert [row[:2] for row in rows(text)] == [[odd, "1"]]


def test_a_script_of_another_site_may_read_who_was_asked(network: tuple[str, str, str]) -> None:
    here, named, _ = network
    query = f"SELECT * {{ SERVICE <{named}> {{ ?s ?p ?o }} }}"

    headers = httpx2.get(here, params={"query": query}, headers=ORIGIN).headers

    assert headers["koepel-peers"].startswith(f'"{named}";rows=2')
    assert "koepel-peers" in headers["access-control-expose-headers"].split(", ")
