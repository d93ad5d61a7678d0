"""What readers see of a label, in all the places in which they may look."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar
from rdflib import Literal, URIRef

from registry.errors import NotFoundError
from registry.graph import question
from registry.graph.question import fill
from registry.label.check.reading import read_label
from registry.label.check.verification import Verdict, verify
from registry.label.status_list import PURPOSES, is_set, unpack_bits
from registry.vocabulary import GRAPH, KOEPEL
from tests.registry.certification.life.scene import ADDRESS, Registry

__all__ = [
    "Sight",
    "credential",
    "labelled_in_graphql",
    "labelled_in_sparql",
    "last_day",
    "look",
    "select",
    "verdict",
]

QUESTION = Path(question.__file__).parent / "queries" / "labelled-on.rq"
LABEL = """query($number: String!) { label(iri: $number) {
  state { notation } inForce version decided expires level { iri } body { iri } } }"""
LABELLED = """query($iri: String!, $day: Date!) { initiative(iri: $iri) { confirmedLabels(on: $day) {
  number inForce version body { iri } level { iri } state { notation } } } }"""
STANDING = re.compile(r'<p class="big">(.*?)</p>', re.DOTALL)
Row = tuple[str, str, str, str, str]
"""A label by its number, its level, the version of the standard, the body and the state."""


@dataclass(frozen=True)
class Sight:
    """What a reader finds out about a label today."""

    state: str
    """As SPARQL and GraphQL say alike."""
    in_force: bool
    valid: bool
    """Whether its credential can be relied on."""
    marked: frozenset[str]
    """In which status lists its place is set."""
    calendar: str
    """Its last day in its calendar, and whether that is still so."""
    page: str
    """How it stands, on its page."""


def look(registry: Registry, number: str) -> Sight:
    """Look everywhere; what is told in several places must be the same."""
    told = registry.ask(LABEL, number=number)["data"]["label"]
    assert _state_in_graph(registry, number) == told["state"]["notation"]
    page = registry.visitor.get(f"/en/label/{number}").text
    day, status = last_day(registry, number)
    assert day.isoformat() == told["expires"]
    return Sight(
        told["state"]["notation"],
        told["inForce"],
        verdict(registry, credential(registry, number)).valid,
        _marked(registry, number),
        f"{day} {status}",
        " ".join(re.sub("<[^>]*>", " ", STANDING.findall(page)[0]).split()),
    )


def credential(registry: Registry, number: str) -> bytes:
    """Fetch the credential of a label."""
    answer = registry.visitor.get(f"/label/{number}/credential.json")
    assert answer.status_code == 200, answer.text
    return answer.content


def verdict(registry: Registry, held: bytes) -> Verdict:
    """Check a credential as anybody can, with what it names on the web."""

    def fetch(address: str) -> bytes:
        place = urlsplit(address)
        answer = registry.visitor.get(place.path)
        if place.netloc != urlsplit(ADDRESS).netloc or answer.status_code != 200:
            raise NotFoundError("nothing-there", "There is nothing at {address}.", address=address)
        return answer.content

    return verify(read_label(held), fetch, datetime.now(UTC))


def labelled_in_sparql(registry: Registry, thing: str, days: list[date]) -> dict[date, set[Row]]:
    """Ask over the web, with the query of the registry's own pages, which labels were in force on days."""
    text = fill(QUESTION.read_text("utf-8"), {"day": [Literal(day) for day in days], "thing": URIRef(thing)})
    found: dict[date, set[Row]] = {day: set() for day in days}
    for row in select(registry, text):
        number, state = (row[one].rpartition("/")[2] for one in ("label", "state"))
        found[date.fromisoformat(row["day"])].add((number, row["level"], row["version"], row["body"], state))
    return found


def labelled_in_graphql(registry: Registry, thing: str, day: date) -> set[Row]:
    """Ask the same in GraphQL about one day."""
    found = registry.ask(LABELLED, iri=thing, day=day.isoformat())["data"]["initiative"]["confirmedLabels"]
    return {
        (
            one["number"],
            one["level"]["iri"],
            one["version"],
            one["body"]["iri"],
            one["state"]["notation"],
        )
        for one in found
        if one["inForce"]
    }


def last_day(registry: Registry, number: str) -> tuple[date, str]:
    """Read in the calendar of a label when it ends, and whether that still holds."""
    feed = Calendar.from_ical(registry.visitor.get(f"/label/{number}/calendar.ics").content)
    [event] = feed.walk("VEVENT")
    return event.decoded("dtstart"), str(event["status"])


def _state_in_graph(registry: Registry, number: str) -> str:
    text = f"""SELECT ?state {{ GRAPH <{GRAPH.certification}> {{
      <{ADDRESS}/label/{number}> <{KOEPEL.labelState}> ?state }} }}"""
    [row] = select(registry, text)
    return row["state"].rpartition("/")[2]


def select(registry: Registry, query: str) -> list[dict[str, str]]:
    """Ask in SPARQL, over the web."""
    answer = registry.visitor.post("/sparql", data={"query": query})
    assert answer.status_code == 200, answer.text
    return [
        {name: cell["value"] for name, cell in row.items()} for row in answer.json()["results"]["bindings"]
    ]


def _marked(registry: Registry, number: str) -> frozenset[str]:
    held: dict[str, Any] = json.loads(credential(registry, number))
    entries = {one["statusPurpose"]: one for one in held["credentialStatus"]}
    found = set()
    for purpose in PURPOSES:
        entry = entries[purpose]
        listed = registry.visitor.get(urlsplit(entry["statusListCredential"]).path).json()
        if is_set(unpack_bits(listed["credentialSubject"]["encodedList"]), int(entry["statusListIndex"])):
            found.add(purpose)
    return frozenset(found)
