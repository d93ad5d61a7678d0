"""A thing can be seen as its document was published at an earlier moment."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef

from registry.graphql_api.thing.node import identify
from registry.home import Home
from registry.ledger import Ledger
from registry.reading.past import edition_as_of
from tests.registry.graphql_api.conftest import Ask, open_edition, putting
from tests.registry.graphql_api.history import BRIDGE, NETWORK, PROJECT, SPRING, SUMMER, WINTER

AS_OF = """query($iri: String!, $moment: DateTime) {
  initiative(iri: $iri, asOf: $moment) {
    title { value } partOf { title { value } } publisher { title { value } memberOf { title { value } } }
    taskAssignments { nodes { actor { title { value } } tasks { notation } } }
    documents { title { value } digest accepted }
  }
}"""


def seen(ask: Ask, moment: datetime | None) -> Any:
    """See the project as of a moment."""
    return ask(AS_OF, iri=PROJECT, moment=moment and moment.isoformat())["initiative"]


def test_it_is_seen_as_it_was_with_what_it_names(ask_history: Ask) -> None:
    then, now = seen(ask_history, SPRING + timedelta(days=1)), seen(ask_history, None)

    assert (then["title"]["value"], now["title"]["value"]) == ("Bridge", "New Bridge")
    assert then["partOf"]["title"]["value"] == "Programme of Old Network"
    assert now["partOf"]["title"]["value"] == "Programme of Network"
    assert [one["title"]["value"] for one in then["publisher"]["memberOf"]] == ["Old Network"]
    assert [one["tasks"] for one in then["taskAssignments"]["nodes"]] == [[{"notation": "match"}]]


def test_the_version_is_the_one_that_was_published_then(ask_history: Ask) -> None:
    (then,), (now,) = (seen(ask_history, moment)["documents"] for moment in (SPRING, None))

    assert then["title"]["value"] == "About Bridge"
    assert then["digest"] != now["digest"]
    assert datetime.fromisoformat(then["accepted"]) == SPRING


def test_what_was_not_published_then_is_not_there(ask_history: Ask) -> None:
    assert seen(ask_history, WINTER) is None
    assert seen(ask_history, SPRING - timedelta(seconds=1)) is None


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z"])
def test_long_ago_nothing_was_there(ask_history: Ask, moment: str) -> None:
    assert ask_history(AS_OF, iri=PROJECT, moment=moment) == {"initiative": None}


def test_a_moment_without_a_zone_is_one_in_utc(ask_history: Ask) -> None:
    found = ask_history(AS_OF, iri=PROJECT, moment=SPRING.replace(tzinfo=None).isoformat())

    assert found["initiative"]["title"]["value"] == "Bridge"


def test_any_node_can_be_seen_as_it_was(ask_history: Ask) -> None:
    text = """query($id: ID!, $ids: [ID!]!, $iri: String!, $moment: DateTime) {
      node(id: $id, asOf: $moment) { ... on Organisation { title { value } } }
      nodes(ids: $ids, asOf: $moment) { iri }
      thing(iri: $iri, asOf: $moment) { __typename ... on Thing { title { value } } }
    }"""
    network = identify("Organisation", f"{NETWORK}#network")
    document = identify("Document", BRIDGE)
    given = {
        "id": network,
        "ids": [network, document],
        "iri": f"{NETWORK}#scheme",
        "moment": WINTER.isoformat(),
    }

    assert ask_history(text, **given) == {
        "node": {"title": {"value": "Old Network"}},
        "nodes": [{"iri": f"{NETWORK}#network"}, None],
        "thing": {"__typename": "LabelScheme", "title": {"value": "Label of Old Network"}},
    }


def test_where_it_stood_is_worked_out_as_of_that_day(ask_history: Ask) -> None:
    text = """query($iri: String!, $moment: DateTime) { initiative(iri: $iri, asOf: $moment) {
      readiness(standards: "profile") { date basic requirements { basic } }
      targetGroups { label definition { value } } } }"""

    found = ask_history(text, iri=PROJECT, moment=SPRING.isoformat())["initiative"]
    (then,) = found["readiness"]
    assert then["date"] == "2026-04-01"
    assert then["basic"] in {"MET", "NOT_MET"}
    assert then["requirements"]
    assert found["targetGroups"][0]["definition"]["value"].startswith("A person")


@pytest.mark.parametrize("moment", ["2999-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_nobody_knows_the_future(history: Home, moment: str) -> None:

    found = putting(history, open_edition(history))(AS_OF, iri=PROJECT, moment=moment)
    assert found.errors[0]["extensions"]["code"] == "MOMENT_AHEAD"


def test_what_was_erased_is_gone_from_the_past_too(history: Home, tmp_path: Path) -> None:
    history.ledger.copy_to(tmp_path / "ledger.sqlite")
    edition = open_edition(history)

    with Ledger.in_folder(tmp_path) as ledger:
        assert edition_as_of(ledger, edition, [URIRef(PROJECT)], SUMMER).asked == (URIRef(BRIDGE),)
        ledger.erase(BRIDGE, "The law asks for it.", "operator")
        assert edition_as_of(ledger, edition, [URIRef(PROJECT)], SUMMER).asked == ()
