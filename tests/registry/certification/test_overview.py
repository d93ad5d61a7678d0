"""All members of a body by requirement, and what blocks most of them."""

import csv
from datetime import date
from functools import cache
from io import StringIO

from rdflib import URIRef

from registry.certification.life.act import Act
from registry.certification.outlook.overview import Basis, Cell, Overview, overview, table
from registry.graph.embedded import EmbeddedStore
from registry.ingest.guard import Limits
from registry.ingest.reader import read
from registry.readiness import outcomes
from registry.validation.assessment import Outcome
from tests.registry.certification.dated import (
    BODY,
    SCHEME,
    act,
    caseload,
    granted,
    labelled,
    opened,
    scheme,
    way,
)
from tests.registry.certification.registered import WAY_IN, description, settled

TODAY = date(2026, 11, 22)
LIBRARY = settled()
MEMBERS = """
@prefix org: <http://www.w3.org/ns/org#> .
<https://body.example/#us> org:hasMember
  <https://buddy.example/one#organisation>, <https://buddy.example/two#organisation> .
"""
CMS = "https://w3id.org/koepel/standard/cms#"
CONTACT = "koepel:coordinatorContact"


@cache
def published(number: str, *left_out: str) -> tuple[bytes, bytes]:
    """Write a description, and where its initiative stands, as the graph holds them."""
    source = f"https://buddy.example/{number}"
    data = description(*left_out, source=source)
    canonical = read(data, media_type="text/turtle", address=source, limits=Limits()).canonical
    ((_, lines),) = outcomes([(source, canonical)], LIBRARY, TODAY)
    return canonical, lines


def store(*documents: tuple[bytes, bytes], members: str = MEMBERS) -> EmbeddedStore:
    """Fill a graph."""
    made = EmbeddedStore.in_memory()
    made.load(members.encode(), graph="https://body.example/")
    for number, (text, lines) in enumerate(documents):
        made.load(text, graph=f"urn:text:{number}")
        made.load(lines, graph=f"urn:outcomes:{number}")
    return made


def seen(*acts: Act, graph: EmbeddedStore | None = None) -> Overview:
    held = graph or store(published("one"), published("two", WAY_IN, CONTACT))
    return overview(caseload(acts), LIBRARY, held, BODY, scheme(), TODAY)


def cell(found: Overview, number: str, requirement: str) -> Cell:
    member = next(one for one in found.members if one.subject.endswith(f"/{number}#project"))
    return member.cells[URIRef(CMS + requirement)]


def judged(**outcomes: str) -> Act:
    told = [{"use": f"{CMS}{use.replace('_', '-')}", "outcome": found} for use, found in outcomes.items()]
    return act("audit", "2025-02-15", judgements=told)


def test_members_are_found_by_their_cases_and_by_what_the_body_says() -> None:
    third = opened(of="3", subject="https://buddy.example/three#project", organisation="urn:three")
    found = seen(*labelled(), third)

    assert [(one.subject[22:25], one.state, one.is_labelled) for one in found.members] == [
        ("one", "awarded", True), ("thr", "draft", False), ("two", "", False),
    ]  # fmt: skip
    assert (found.unknown, found.members[1].organisation) == (1, "urn:three")


def test_what_the_machine_found_stands_in_the_table() -> None:
    found = seen()

    assert cell(found, "one", "R7") == Cell(Outcome.MET, Outcome.MET, Basis.MACHINE)
    assert cell(found, "one", "R2").basic is Outcome.NEEDS_PERSON
    assert cell(found, "two", "R1").basic is Outcome.NOT_MET


def test_the_requirement_that_blocks_most_comes_first() -> None:
    both = seen(graph=store(published("one", CONTACT), published("two", WAY_IN, CONTACT)))
    blockers = [(one.requirement.identifier, one.count, one.unmet) for one in both.blockers]

    assert blockers == [("9", 2, 2), ("2", 2, 0), ("4", 2, 0), ("1", 1, 1)]
    assert both.blockers[3].members == ("https://buddy.example/two#project",)


def test_what_people_judged_stands_above_what_a_machine_leaves_open() -> None:
    found = seen(*way()[:-1], judged(R2_Q02="met", R4_Q06="not-met"))

    assert cell(found, "one", "R2") == Cell(Outcome.MET, Outcome.MET, Basis.PERSON)
    assert cell(found, "one", "R4").basic is Outcome.NOT_MET
    assert {one.requirement.identifier: one.unmet for one in found.blockers}["4"] == 1


def test_a_judgement_hides_nothing_that_a_machine_found_wrong() -> None:
    found = seen(*way()[:-1], judged(R1_Q03="met", R1_Q04="met"), graph=store(published("one", WAY_IN)))

    assert cell(found, "one", "R1").basic is Outcome.NOT_MET


def test_the_last_word_of_those_who_assess_counts() -> None:
    found = seen(*way()[:-1], judged(R2_Q02="not-met"), judged(R2_Q02="met"))

    assert cell(found, "one", "R2").basic is Outcome.MET


def test_under_another_version_the_decision_is_repeated() -> None:
    later = settled(date(2025, 6, 1), date(2025, 7, 1))
    changed = later.standard("cms").at("1.1.0")
    first = later.standard("cms").at("1.0.0")
    told = {
        str(use.iri): {"outcome": "met", "mode": "machine", "trust": "self-declared"} for use in first.uses
    }
    acts = [*way(), granted(outcomes=told)]
    found = overview(caseload(acts), later, store(published("one", WAY_IN)), BODY, scheme(), TODAY)
    same = {one.iri: one.uses for one in first.requirements}
    bases = {one.iri: found.members[0].cells[one.iri].basis for one in changed.requirements}

    assert {
        basis is Basis.DECISION for iri, basis in bases.items() if same.get(iri) != changed_uses(found, iri)
    } == {True}


def changed_uses(found: Overview, iri: URIRef) -> object:
    return next(one.uses for one in found.standard.requirements if one.iri == iri)


def test_an_application_that_led_to_nothing_makes_no_member() -> None:
    found = seen(*way(), act("refuse", "2025-03-01"), graph=store(published("one"), members=""))

    assert found.members == ()


def test_the_label_counts_before_an_application_to_renew_it() -> None:
    again = opened("2026-11-01", "2", renews="https://register.example/case/1")
    found = seen(*labelled(), again)

    assert [one.state for one in found.members] == ["awarded", ""]


def test_cases_of_other_bodies_and_schemes_are_left_out() -> None:
    other = opened(of="2", subject="urn:other", body="https://other.example/#us")
    another = opened(of="3", subject="urn:another", scheme="urn:scheme")

    assert {one.subject for one in seen(other, another).members}.isdisjoint({"urn:other", "urn:another"})


def test_a_table_for_a_spreadsheet_runs_no_formula() -> None:
    rows = list(
        csv.DictReader(StringIO(table(seen(*labelled()), lambda _: '=HYPERLINK("https://else.example")')))
    )

    assert {row["name"] for row in rows} == {'\'=HYPERLINK("https://else.example")'}
    assert (rows[0]["state"], rows[0]["valid_until"], rows[0]["level"]) == (
        "awarded",
        "2028-02-29",
        f"{SCHEME}-basic",
    )
    assert (rows[1]["1"], rows[1]["2"], rows[1]["7 additional"]) == ("not-met", "needs-person", "met")
