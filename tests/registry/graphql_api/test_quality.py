"""Standards are told with what they demand, and every initiative with where it stands."""

from typing import Any

from tests.registry.graphql_api.conftest import Ask, Put
from tests.registry.graphql_api.history import BRIDGE

EXAMPLE = "https://w3id.org/koepel/example"
BRIDGE_PROJECT = f"{EXAMPLE}/fictitious/complete-project#project"
STARTING = f"{EXAMPLE}/fictitious/starting-project"
REPORT = """query($iri: String!, $standards: [String!], $language: [Language!]) { document(iri: $iri) {
  report(standards: $standards, language: $language) { on language conforms remarks standards {
    standard { token } conforms findings { severity outcome message suggestion snippet
      requirement { identifier } criterion { identifier } places { thing path value } } } } } }"""


def report(ask: Ask, iri: str, **given: Any) -> dict[str, Any]:
    """Ask what a document lacks."""
    found: dict[str, Any] = ask(REPORT, iri=iri, **given)["document"]["report"]
    return found


def test_a_standard_says_what_it_demands_and_how_that_is_shown(ask: Ask) -> None:
    text = """{ standard(token: "cms", language: ES) { token title { language } description { value } source
      requirements { identifier title { value } criteria { identifier } uses { level { notation }
        decidedBy { notation } criterion { suggestion { value } standards { token } }
        thresholds { parameter value months } } } } }"""
    found = ask(text)["standard"]

    assert (found["token"], found["title"]["language"], len(found["requirements"])) == ("cms", "es", 10)
    uses = [use for one in found["requirements"] for use in one["uses"]]
    assert {use["decidedBy"]["notation"] for use in uses} >= {"machine", "person"}
    assert {use["level"]["notation"] for use in uses} == {"basic", "additional"}
    assert all("cms" in [one["token"] for one in use["criterion"]["standards"]] for use in uses)
    assert any(use["thresholds"] for use in uses)


def test_outcomes_are_words(ask: Ask) -> None:
    text = """query($iri: String!) { initiative(iri: $iri) { claims { token }
      readiness { standard { token } date basic additional requirements { basic additional } } } }"""
    found = ask(text, iri=BRIDGE_PROJECT)["initiative"]
    standings = {one["standard"]["token"]: one for one in found["readiness"]}

    assert (standings["cms"]["basic"], standings["pcr"]["basic"]) == ("NEEDS_PERSON", "MET")
    assert {one["date"] for one in found["readiness"]} == {"2026-11-21"}
    assert {one["token"] for one in found["claims"]} <= standings.keys()
    worst = [one["basic"] for one in standings["cms"]["requirements"] if one["basic"]]
    assert "NEEDS_PERSON" in worst
    assert "NOT_MET" not in worst


def test_what_keeps_a_requirement_open_is_named(ask: Ask) -> None:
    text = """query($iri: String!) { initiative(iri: $iri) { readiness(standards: ["cms"]) {
      requirements { basic openCriteria { identifier suggestion { value } } } } } }"""
    ((standing,),) = (ask(text, iri=f"{STARTING}#project")["initiative"]["readiness"],)

    unmet = [one for one in standing["requirements"] if one["basic"] == "NOT_MET"]
    assert unmet
    assert all(one["openCriteria"] for one in unmet)


def test_a_report_says_what_is_missing_and_how_to_mend_it(ask: Ask) -> None:
    found = report(ask, STARTING, standards=["cms"], language="NL")
    (cms,) = found["standards"]

    assert (found["language"], found["on"], found["conforms"], cms["conforms"]) == (
        "nl",
        "2026-11-21",
        False,
        False,
    )
    for one in cms["findings"]:
        assert all(one[name] for name in ("message", "suggestion", "places", "requirement"))
        assert one["criterion"]["identifier"].startswith("Q")
    assert {one["severity"] for one in cms["findings"]} == {"MUST", "ADVICE"}


def test_a_report_covers_the_profile_and_what_is_claimed(ask_history: Ask) -> None:
    found = report(ask_history, BRIDGE)

    assert {one["standard"]["token"] for one in found["standards"]} == {"profile", "cms"}


def test_a_question_for_many_reports_costs_too_much(put: Put) -> None:
    found = put("{ documents(first: 10) { nodes { report { conforms } } } }")

    assert found.errors[0]["extensions"]["code"] == "QUESTION_TOO_COSTLY"


def test_an_unknown_standard_is_told_with_the_known_ones(put: Put) -> None:
    found = put(REPORT, iri=STARTING, standards=["cmz"])

    assert found.errors[0]["extensions"]["code"] == "UNKNOWN_STANDARD"
    assert "cms" in found.errors[0]["message"]
