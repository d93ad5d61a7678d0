"""Labels are shown as somebody claims them, with who does."""

from tests.registry.graphql_api.conftest import Ask
from tests.registry.graphql_api.history import BRIDGE, NETWORK, PROJECT, SCHEME

LABELS = """query($iri: String!) { initiative(iri: $iri) { labels {
  iri title { value } holder { iri } state { notation } issuer { title { value } } validFrom validUntil
  scheme { iri owner { title { value } } standard { token } validityMonths }
  claimedIn { iri publisher { title { value } } }
} } }"""
COUNT = "query($filter: InitiativeFilter) { projects(filter: $filter) { totalCount } }"


def test_a_label_says_what_it_is_and_who_says_so(ask_history: Ask) -> None:
    own, awarded = ask_history(LABELS, iri=PROJECT)["initiative"]["labels"]

    assert (awarded["iri"], awarded["title"]["value"]) == (f"{NETWORK}#label", "Label of Network")
    assert awarded["scheme"] == {
        "iri": SCHEME,
        "owner": {"title": {"value": "Network"}},
        "standard": {"token": "cms"},
        "validityMonths": 36,
    }
    assert (awarded["validFrom"], awarded["validUntil"]) == ("2026-05-01", "2029-05-01")
    assert (awarded["state"], awarded["holder"]) == ({"notation": "awarded"}, {"iri": PROJECT})
    assert [one["claimedIn"]["iri"] for one in (own, awarded)] == [BRIDGE, NETWORK]


def test_a_label_that_somebody_gives_itself_is_told_as_that(ask_history: Ask) -> None:
    own, _ = ask_history(LABELS, iri=PROJECT)["initiative"]["labels"]

    assert (own["iri"], own["title"]["value"], own["scheme"]) == (None, "Our own label", None)
    assert own["claimedIn"]["publisher"]["title"]["value"] == "Bridge Association"


def test_projects_are_found_by_their_label(ask_history: Ask) -> None:
    def count(**wanted: object) -> int:
        return int(ask_history(COUNT, filter=wanted)["projects"]["totalCount"])

    assert (count(label=SCHEME), count(label="https://nobody.example/")) == (1, 0)
    assert (count(labelled=True), count(labelled=False)) == (1, 0)
