"""Labels are shown as somebody claims them, with who does."""

from datetime import date, datetime

import pytest

from registry.home import Home, publish
from registry.ledger import Event, Happening
from registry.validation.standard import load_library
from tests.registry.certification import acting
from tests.registry.graph.publishing import PROJECT as PROJECT_TURTLE
from tests.registry.graph.publishing import version
from tests.registry.graphql_api.conftest import Ask, asking, open_edition, putting
from tests.registry.graphql_api.history import BRIDGE, NETWORK, PROJECT, SCHEME, SPRING, SUMMER, WINTER

LABELS = """query($iri: String!) { initiative(iri: $iri) { labels {
  iri title { value } holder { iri } state { notation } issuer { title { value } } validFrom validUntil
  scheme { iri owner { title { value } } standard { token } validityMonths }
  claimedIn { iri publisher { title { value } } }
} } }"""
TRUST = """query($iri: String!, $moment: DateTime) { initiative(iri: $iri, asOf: $moment) { labels {
  trust { notation } confirmed confirmedBy { iri } } } }"""
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


def test_neither_is_confirmed_and_the_issuer_is_believed_more(ask_history: Ask) -> None:
    own, awarded = ask_history(TRUST, iri=PROJECT)["initiative"]["labels"]

    assert own == {"trust": {"notation": "self-declared"}, "confirmed": False, "confirmedBy": None}
    assert awarded == {"trust": {"notation": "document-linked"}, "confirmed": False, "confirmedBy": None}


def test_a_label_that_is_only_told_of_finds_no_projects(ask_history: Ask) -> None:
    def count(**wanted: object) -> int:
        return int(ask_history(COUNT, filter=wanted)["projects"]["totalCount"])

    assert (count(label=SCHEME), count(label="https://nobody.example/")) == (0, 0)
    assert (count(labelled=True), count(labelled=False)) == (0, 1)


@pytest.fixture(scope="module")
def ask_certified(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask a registry in which a project tells of a label that it got in spring and lost in summer."""
    home = Home(tmp_path_factory.mktemp("certified"))
    claim = f"<#label> a koepel:Label ; koepel:awardedTo <#it> ; koepel:underScheme <{acting.SCHEME}> ."
    made = version("one", PROJECT_TURTLE.format("one") + claim)
    told = Event(acting.SOURCE, Happening.ACCEPTED, acting.SOURCE, made.digest, time=WINTER)
    home.ledger.append(told, made)
    acting.adopt(home.ledger, SPRING)
    acting.apply(home.ledger, "2026-02-01", time=SPRING)
    acting.award(home.ledger, "2026-03-01", "9999-12-31", time=SPRING)
    acting.act(home.ledger, "revoke", "2026-06-01", "It stopped.", time=SUMMER)
    publish(home, load_library(), date(2026, 9, 1))
    return asking(putting(home, open_edition(home)))


@pytest.mark.parametrize(
    ("moment", "trust", "label"),
    [
        (WINTER, "self-declared", None),
        (SPRING, "auditor-confirmed", {"iri": acting.LABEL}),
        (SUMMER, "self-declared", None),
        (None, "self-declared", None),
    ],
    ids=["winter", "spring", "summer", "now"],
)
def test_what_confirms_a_label_is_told_as_of_a_moment(
    ask_certified: Ask, moment: datetime | None, trust: str, label: dict[str, str] | None
) -> None:
    asked = {"iri": acting.SUBJECT, "moment": moment and moment.isoformat()}

    (found,) = ask_certified(TRUST, **asked)["initiative"]["labels"]

    assert found["trust"]["notation"] == trust
    assert (found["confirmed"], found["confirmedBy"]) == (label is not None, label)
