"""Things are found by filters, in an order, and counted by what each choice would leave."""

from typing import Any

import pytest

from tests.registry.graphql_api.conftest import Ask
from tests.registry.graphql_api.history import NETWORK, ORGANISATION, PROJECT

FIND = """query($filter: InitiativeFilter, $orderBy: InitiativeOrder, $language: [Language!]! = [EN]) {
  projects(first: 100, filter: $filter, orderBy: $orderBy, language: $language) {
    totalCount nodes { iri title { value language } modified countries { code name } }
    facets { name values { value label count } }
  }
}"""


def find(ask: Ask, family: str = "projects", **asked: Any) -> dict[str, Any]:
    """Find initiatives."""
    found: dict[str, Any] = ask(FIND.replace("projects(", f"{family}("), **asked)[family]
    return found


def counted(found: dict[str, Any], name: str) -> dict[str, int]:
    """Take the counts of one facet."""
    (facet,) = [one for one in found["facets"] if one["name"] == name]
    return {one["value"]: one["count"] for one in facet["values"]}


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        ({"country": "BEL"}, True),
        ({"country": ["NLD", "BEL"]}, True),
        ({"country": "NLD"}, False),
        ({"country": []}, False),
        ({"region": "BE2"}, True),
        ({"region": "BE234"}, True),
        ({"region": "BE1"}, False),
        ({"municipality": "Gent"}, True),
        ({"targetGroup": "refugee"}, True),
        ({"targetGroup": "family"}, False),
        ({"format": "one-to-one"}, True),
        ({"programme": f"{NETWORK}#programme"}, True),
        ({"programme": f"{NETWORK}#other"}, False),
        ({"carrier": f"{NETWORK}#network"}, True),
        ({"carrier": ORGANISATION}, True),
        ({"carrier": "https://nobody.example/"}, False),
        ({"publisher": ORGANISATION}, True),
        ({"standard": "cms"}, True),
        ({"standard": "pcr"}, False),
        ({"readiness": {"standard": "cms", "outcome": ["NOT_MET", "NEEDS_PERSON", "NEEDS_EVIDENCE"]}}, True),
        ({"readiness": {"standard": "cms", "outcome": "MET"}}, False),
        ({"language": "nl"}, True),
        ({"language": "fr"}, False),
        ({"kind": "Project"}, True),
        ({"kind": "Pilot"}, False),
        ({"text": "bridge GENT"}, True),
        ({"text": "bridge nowhere"}, False),
        ({"text": "bridge", "country": "BEL", "labelled": False}, True),
        ({"labelled": True}, False),
        ({"text": "bridge", "country": "DEU"}, False),
    ],
)
def test_a_filter_lets_through_what_it_says(ask_history: Ask, wanted: dict[str, Any], passes: bool) -> None:
    assert [one["iri"] for one in find(ask_history, filter=wanted)["nodes"]] == [PROJECT] * passes


def test_all_filters_on_readiness_must_hold(ask: Ask) -> None:
    met = {"standard": "profile", "outcome": "MET"}
    both = [met, {"standard": "cms", "outcome": ["NEEDS_PERSON", "NEEDS_EVIDENCE", "MET"]}]

    some, fewer = (find(ask, filter={"readiness": one})["totalCount"] for one in (met, both))
    assert some > fewer > 0


def test_a_facet_counts_what_each_choice_would_leave(ask: Ask) -> None:
    everything, belgian = find(ask), find(ask, filter={"country": "BEL"})

    assert counted(belgian, "country") == counted(everything, "country")
    assert counted(everything, "country")["BEL"] == belgian["totalCount"]
    assert sum(counted(belgian, "kind").values()) >= belgian["totalCount"]
    assert (
        counted(everything, "targetGroup")["refugee"]
        == find(ask, filter={"targetGroup": "refugee"})["totalCount"]
    )


def test_facets_are_named_in_the_language_of_the_reader(ask: Ask) -> None:
    (facet,) = [one for one in find(ask, language="CA")["facets"] if one["name"] == "country"]

    assert {"Alemanya", "Bèlgica"} <= {one["label"] for one in facet["values"]}
    assert [one["count"] for one in facet["values"]] == sorted(
        (one["count"] for one in facet["values"]), reverse=True
    )


def test_only_the_facets_asked_for_come_with_only_so_many_values(ask: Ask) -> None:
    text = "{ projects { facets(names: [REGION, STATUS], most: 2) { name values { value } } } }"
    found = ask(text)["projects"]["facets"]

    assert [one["name"] for one in found] == ["region", "status"]
    assert len(found[0]["values"]) == 2


def test_names_stand_in_the_order_of_the_alphabet_or_against_it(ask: Ask) -> None:
    up, down = (
        [one["iri"] for one in find(ask, orderBy={"field": "NAME", "direction": direction})["nodes"]]
        for direction in ("ASC", "DESC")
    )

    assert up == down[::-1] == [one["iri"] for one in find(ask)["nodes"]]


def test_changes_stand_from_the_oldest_or_from_the_newest(ask: Ask) -> None:
    up, down = (
        [
            one["modified"] or ""
            for one in find(ask, orderBy={"field": "CHANGED", "direction": direction})["nodes"]
        ]
        for direction in ("ASC", "DESC")
    )

    assert (up, down) == (sorted(up), sorted(up, reverse=True))
    assert up[0] < up[-1]


def test_countries_stand_by_their_name_in_the_language_asked_for(ask: Ask) -> None:
    nodes = find(ask, language=["NL"], orderBy={"field": "COUNTRY"})["nodes"]
    names = [min(place["name"] for place in one["countries"]) for one in nodes if one["countries"]]

    assert names == sorted(names)
    assert names[0] == "België"


def test_organisations_are_filtered_ordered_and_counted(ask: Ask) -> None:
    text = """query($filter: OrganisationFilter, $direction: OrderDirection!) {
      organisations(first: 100, filter: $filter, orderBy: {direction: $direction}) { totalCount
        nodes { iri level { notation } } facets { name values { value count } } } }"""
    everything = ask(text, direction="ASC")["organisations"]
    wanted = {"level": "municipality", "text": "stad"}
    towns = ask(text, filter=wanted, direction="ASC")["organisations"]

    assert 0 < towns["totalCount"] < everything["totalCount"]
    assert {one["level"]["notation"] for one in towns["nodes"]} == {"municipality"}
    backwards = ask(text, filter=wanted, direction="DESC")["organisations"]["nodes"]
    assert [one["iri"] for one in backwards] == [one["iri"] for one in towns["nodes"]][::-1]


def test_programmes_are_found_by_who_carries_them(ask: Ask) -> None:
    bagfa = "https://w3id.org/koepel/example/germany/bagfa#organisation"
    msm = "https://w3id.org/koepel/example/germany/menschen-staerken-menschen#programme"

    assert msm in {one["iri"] for one in find(ask, "programmes", filter={"carrier": bagfa})["nodes"]}
