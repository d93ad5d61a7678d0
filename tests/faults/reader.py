"""Readers who ask a registry in every way that there is, and note what they were shown of which snapshot."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from registry.vocabulary import GRAPH
from tests.faults.document import SOURCES
from tests.faults.publisher import LEAVER

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["WAYS", "Reader", "Sight"]

PATIENCE: Final = 30.0
GAP: Final = 0.3
"""Seconds between two pages, in which a newer version may come."""
SNAPSHOT: Final = "koepel-snapshot"
ACCEPT: Final = {"accept": "application/sparql-results+json, text/turtle;q=0.9, text/html;q=0.8, */*;q=0.1"}
HEADERS: Final = {**ACCEPT, "content-type": "application/json"}
NUMBERS: Final = f"""
PREFIX schema: <http://schema.org/>
SELECT ?graph ?number {{
  GRAPH ?graph {{ ?thing schema:version ?number }} FILTER(!STRSTARTS(STR(?graph), "{GRAPH}"))
}}"""
EVERYTHING: Final = f"""
SELECT * {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(!STRSTARTS(STR(?g), "{GRAPH}")) }}"""
CONCLUSIONS: Final = f"""
PREFIX schema: <http://schema.org/>
PREFIX koepel: <https://w3id.org/koepel/def#>
SELECT ?number ?kind {{
  ?role koepel:usesOwnPolicyFramework ?own ; schema:version ?number . FILTER(?number != "0")
  GRAPH <{GRAPH.inference}> {{ ?role a ?kind }} FILTER(STRENDS(STR(?kind), "Director"))
}}"""
PAGE: Final = """query ($after: String) {
  projects(first: 2, after: $after) {
    pageInfo { endCursor hasNextPage }
    nodes { title { value } publisher { title { value } } }
  }
}"""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    snapshot: str
    """The state that it names."""
    text: str


@dataclass(frozen=True)
class Sight:
    """What was seen in an answer."""

    way: str
    status: int
    snapshot: str
    numbers: frozenset[int]
    """All the numbers in it, or -1 where they do not fit together."""
    leaver: bool | None
    """Whether the leaver was seen, where it was looked for."""


@dataclass
class Reader:
    """Asks a server, and keeps what it saw."""

    address: str
    chance: random.Random
    names: list[str]
    """The snapshots that are known to have been taken; others add to it."""
    seen: list[Sight] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """The snapshots that were asked for by name and are kept no longer."""

    def ask(self, path: str, query: Mapping[str, str] | None = None, body: object = None) -> Answer:
        """Put a question, now and then about an older state."""
        wanted = self.chance.choice(self.names[-8:]) if self.chance.random() < 0.3 else ""
        answer = self.fetch(path, {**(query or {}), **({"snapshot": wanted} if wanted else {})}, body)
        if answer.status == HTTPStatus.GONE:
            self.gone.append(wanted)
        return answer

    def fetch(self, path: str, query: Mapping[str, str], body: object = None) -> Answer:
        """Put exactly this question."""
        address = f"{self.address}{path}?{urlencode(query)}"
        data = json.dumps(body).encode() if body else None
        request = Request(address, data, HEADERS if data else ACCEPT)  # noqa: S310 - our own server
        try:
            with urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - our own server
                return Answer(response.status, response.headers[SNAPSHOT] or "", response.read().decode())
        except HTTPError as error:
            return Answer(error.code, error.headers[SNAPSHOT] or "", error.read().decode())

    def note(self, way: str, answer: Answer, numbers: Iterable[int], *, leaver: bool | None = None) -> None:
        """Keep what was seen, unless the state is gone that was asked for."""
        if answer.status != HTTPStatus.GONE:
            self.seen.append(Sight(way, answer.status, answer.snapshot, frozenset(numbers), leaver))


def ask_numbers(reader: Reader) -> None:
    """Ask with SPARQL for the numbers; every source must be there."""
    answer = reader.ask("/sparql", {"query": NUMBERS})
    found = rows(answer)
    graphs = {row["graph"] for row in found}
    numbers = [int(row["number"]) for row in found if row["graph"] != LEAVER]
    reader.note("numbers", answer, numbers if graphs >= {*SOURCES} else [-1], leaver=LEAVER in graphs)


def ask_everything(reader: Reader) -> None:
    """Ask for all that publishers say, in one long answer."""
    answer = reader.ask("/sparql", {"query": EVERYTHING})
    found = rows(answer)
    told = [row for row in found if row["p"].endswith(("version", "name")) and row["g"] != LEAVER]
    leaver = any(LEAVER in (row["g"], row["s"]) for row in found)
    reader.note("everything", answer, [int(row["o"].split()[-1]) for row in told], leaver=leaver)


def ask_conclusions(reader: Reader) -> None:
    """Ask for what follows: an odd number makes another kind of role than an even one."""
    answer = reader.ask("/sparql", {"query": CONCLUSIONS})
    found = [(int(row["number"]), row["kind"].endswith("ControllingDirector")) for row in rows(answer)]
    is_right = all(controls == (number % 2 == 1) for number, controls in found)
    reader.note("conclusions", answer, [number for number, _ in found] if is_right else [-1])


def ask_list(reader: Reader) -> None:
    """Look at the page that lists the projects."""
    answer = reader.ask("/en/projects")
    numbers = {int(found) for found in re.findall(r"Buddies (\d+)", answer.text)}
    reader.note("list", answer, numbers - {0}, leaver=0 in numbers)


def ask_document(reader: Reader) -> None:
    """Fetch the description of one source."""
    answer = reader.ask("/graphs.ttl", {"graph": reader.chance.choice(SOURCES)})
    reader.note("document", answer, map(int, re.findall(r'version "(\d+)"', answer.text)))


def ask_pages(reader: Reader) -> None:
    """Page through the projects with GraphQL: every page belongs to the state of the first one."""
    answer = reader.ask("/graphql", body={"query": PAGE})
    numbers, first = shown(answer), answer
    while answer.status == HTTPStatus.OK and (after := next_page(answer)):
        time.sleep(GAP)
        answer = reader.fetch("/graphql", {}, {"query": PAGE, "variables": {"after": after}})
        if "SNAPSHOT_GONE" in answer.text:
            reader.gone.append(first.snapshot)
            return
        numbers += shown(answer) if answer.snapshot == first.snapshot else [-1]
    reader.note("pages", first, {*numbers} - {0}, leaver=0 in numbers)


def rows(answer: Answer) -> list[dict[str, str]]:
    """Read a table; none in what is no answer."""
    if answer.status != HTTPStatus.OK:
        return []
    found = json.loads(answer.text)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def shown(answer: Answer) -> list[int]:
    """List the numbers in the names of projects and organisations."""
    return [int(number) for number in re.findall(r' (\d+)"', answer.text)]


def next_page(answer: Answer) -> str | None:
    """Give the cursor behind which there is more."""
    page: dict[str, Any] = json.loads(answer.text)["data"]["projects"]["pageInfo"]
    return page["endCursor"] if page["hasNextPage"] else None


WAYS: Final[tuple[Callable[[Reader], None], ...]] = (
    ask_numbers,
    ask_everything,
    ask_conclusions,
    ask_list,
    ask_document,
    ask_pages,
)
