"""The statements on labels tell what everybody may know, and nothing else."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV

from registry.certification.life.caseload import read_caseload
from registry.certification.statement import EARL, label_statements, statements
from registry.ledger import Ledger
from registry.validation.standard import Library, load_library
from registry.vocabulary import CODE, KOEPEL, SCHEMA, STANDARD
from tests.registry.certification.acting import (
    BODY,
    CASE,
    HIGHER,
    LABEL,
    LOWER,
    SCHEME,
    SECRETS,
    SOURCE,
    SUBJECT,
    USE,
    act,
    adopt,
    apply,
    award,
)

TODAY = date(2026, 11, 22)
IT = URIRef(LABEL)


@cache
def rules() -> Library:
    return load_library()


def told(ledger: Ledger, day: date = TODAY) -> Graph:
    graph = Graph()
    for one in statements(read_caseload(ledger, ledger.position()), rules(), day):
        graph.add(one)
    return graph


@pytest.fixture
def ledger() -> Ledger:
    """A ledger with an adopted scheme and a label from March 2024 to February 2027."""
    opened = Ledger.open("sqlite://")
    adopt(opened)
    apply(opened, "2024-02-01")
    award(opened, "2024-03-01", "2027-02-28")
    return opened


def test_a_label_says_whose_it_is_by_whom_and_by_which_rules(ledger: Ledger) -> None:
    graph = told(ledger)

    assert set(graph.objects(IT, RDF.type)) == {KOEPEL.Label, SCHEMA.Certification}
    assert graph.value(IT, KOEPEL.awardedTo) == graph.value(IT, SCHEMA.about) == URIRef(SUBJECT)
    assert graph.value(IT, SCHEMA.issuedBy) == URIRef(BODY)
    assert graph.value(IT, KOEPEL.underScheme) == URIRef(SCHEME)
    assert graph.value(IT, KOEPEL.usesStandard) == STANDARD["cms#standard"]
    assert graph.value(IT, KOEPEL.underVersion) == Literal("1.0.0")
    assert graph.value(IT, KOEPEL.trustLevel) == CODE["trust-level/auditor-confirmed"]


def test_a_label_says_what_was_assessed_and_when(ledger: Ledger) -> None:
    graph = told(ledger)

    assert graph.value(IT, PROV.wasDerivedFrom) == URIRef(SOURCE)
    assert str(graph.value(IT, KOEPEL.assessedDescription)).startswith("sha256:c0ffee")
    assert graph.value(IT, KOEPEL.assessedOn) == Literal(date(2024, 3, 1))
    assert graph.value(IT, SCHEMA.auditDate) == Literal(date(2024, 2, 1))


@pytest.mark.parametrize(
    ("day", "status", "state"),
    [
        ("2024-03-01", "Active", "awarded"),
        ("2027-02-28", "Active", "awarded"),
        ("2027-03-01", "Inactive", "expired"),
    ],
)
def test_a_label_is_active_through_its_last_day(ledger: Ledger, day: str, status: str, state: str) -> None:
    graph = told(ledger, date.fromisoformat(day))

    assert graph.value(IT, SCHEMA.certificationStatus) == SCHEMA[f"Certification{status}"]
    assert graph.value(IT, KOEPEL.inForce) == Literal(status == "Active")
    assert bool(graph.value(IT, KOEPEL.trustLevel)) is (status == "Active")
    assert graph.value(IT, KOEPEL.labelState) == CODE[f"label-state/{state}"]


def test_before_it_was_granted_nothing_is_told_of_a_case(ledger: Ledger) -> None:
    assert not list(told(ledger, date(2024, 2, 29)).predicate_objects(IT))


@pytest.mark.parametrize("end", ["refuse", "withdraw"])
def test_nothing_is_told_of_an_application_that_led_to_no_label(end: str) -> None:
    ledger = Ledger.open("sqlite://")
    apply(ledger, "2024-02-01")
    act(ledger, end, "2024-03-01", "Not good enough.")
    act(ledger, "appeal", "2024-03-02", "We think it is.") if end == "refuse" else None

    assert len(told(ledger)) == 0


def test_decisions_are_told_with_their_reasons_and_without_accounts(ledger: Ledger) -> None:
    act(ledger, "extend", "2026-01-05", "Illness of the auditor.", expires="2027-08-31")
    act(ledger, "suspend", "2026-02-01", "No coordinator.")
    graph = told(ledger)

    found = sorted(
        (str(graph.value(one, KOEPEL.decidedOn)), one) for one in graph.objects(IT, KOEPEL.decision)
    )
    assert [str(graph.value(one, KOEPEL.act)).rpartition("/")[2] for _, one in found] == [
        "grant",
        "extend",
        "suspend",
    ]
    assert graph.value(found[2][1], KOEPEL.reason) == Literal("No coordinator.")
    assert graph.value(found[1][1], SCHEMA.expires) == graph.value(IT, SCHEMA.expires)
    assert {graph.value(one, PROV.wasAssociatedWith) for _, one in found} == {URIRef(BODY)}


def test_an_appeal_is_nobody_elses_business_but_a_decision_that_was_overturned_is_told(
    ledger: Ledger,
) -> None:
    act(ledger, "revoke", "2026-02-01", "The project stopped.")
    act(ledger, "appeal", "2026-02-02", "It goes on.")
    act(ledger, "overturn", "2026-03-01", "It does go on.", index=9)

    found = {str(one).rpartition("/")[2] for one in told(ledger).objects(None, KOEPEL.act)}

    assert found == {"grant", "revoke", "overturn"}


def test_a_number_of_people_is_told_from_three_on(ledger: Ledger) -> None:
    audit = told(ledger).value(IT, KOEPEL.audit)

    assert told(ledger).value(audit, KOEPEL.mentorsHeard) == Literal(3)
    assert told(ledger).value(audit, KOEPEL.menteesHeard) is None
    assert told(ledger).value(audit, KOEPEL.sessionsHeld) == Literal(1)


def test_only_links_that_are_not_confidential_are_told(ledger: Ledger) -> None:
    graph = told(ledger)

    (shown,) = graph.objects(IT, KOEPEL.evidence)
    assert graph.value(shown, DCTERMS.title) == Literal("Yearly report")
    assert graph.value(shown, SCHEMA.url) == URIRef("https://buddy.example/year%20report.pdf")
    assert graph.value(shown, DCTERMS.issued) == Literal(date(2024, 5, 1))


@pytest.mark.parametrize(
    "change", [{"kind": "upload"}, {"address": "javascript:alert(1)"}, {"confidential": None}], ids=str
)
def test_neither_uploads_nor_odd_addresses_are_told(ledger: Ledger, change: dict[str, Any]) -> None:
    link: dict[str, Any] = {
        "kind": "link",
        "title": "Privy minutes",
        "address": "https://a.example/",
        "confidential": False,
    }
    act(ledger, "add-evidence", "2026-05-01", number="3", dated="2026-05-01", **link | change)

    assert len(list(told(ledger).objects(IT, KOEPEL.evidence))) == 1


def test_of_a_condition_only_its_days_are_told() -> None:
    ledger = Ledger.open("sqlite://")
    apply(ledger, "2024-02-01")
    award(ledger, "2024-03-01", "2027-02-28", conditions=[{"text": "private note", "due": "2024-09-01"}])
    act(ledger, "meet-condition", "2024-08-01", number=1)
    graph = told(ledger)

    (condition,) = graph.objects(IT, KOEPEL.condition)
    assert graph.value(condition, KOEPEL.dueOn) == Literal(date(2024, 9, 1))
    assert graph.value(condition, KOEPEL.metOn) == Literal(date(2024, 8, 1))
    assert "private note" not in graph.serialize(format="nt")


def test_findings_say_outcome_mode_and_trust(ledger: Ledger) -> None:
    graph = told(ledger)

    (finding,) = graph.objects(IT, KOEPEL.restsOn)
    assert graph.value(finding, EARL.test) == URIRef(USE)
    assert graph.value(finding, EARL.mode) == EARL.manual
    assert graph.value(finding, KOEPEL.trustLevel) == CODE["trust-level/auditor-confirmed"]
    assert graph.value(graph.value(finding, EARL.result), EARL.outcome) == CODE["outcome/met"]


def test_an_adopted_scheme_is_told_with_levels_and_mandates(ledger: Ledger) -> None:
    graph, scheme = told(ledger), URIRef(SCHEME)

    assert graph.value(scheme, KOEPEL.validityMonths) == Literal(36)
    assert set(graph.objects(scheme, KOEPEL.hasLevel)) == {URIRef(LOWER), URIRef(HIGHER)}
    (mandate,) = graph.objects(scheme, KOEPEL.authority)
    assert graph.value(mandate, KOEPEL.body) == URIRef(BODY)
    assert graph.value(mandate, KOEPEL.authorisedFrom) == Literal(date(2020, 1, 1))


def test_a_renewed_label_names_the_one_before() -> None:
    ledger, second = Ledger.open("sqlite://"), CASE.replace("0a", "1a")
    apply(ledger, "2024-02-01", case=second, renews=CASE)
    award(ledger, "2024-03-01", "2027-02-28", case=second, state="renewed")
    label = URIRef(second.replace("/case/", "/label/"))

    assert told(ledger).value(label, KOEPEL.renews) == IT
    assert told(ledger).value(label, KOEPEL.labelState) == CODE["label-state/renewed"]


def test_nothing_that_is_nobody_elses_business_is_told(ledger: Ledger) -> None:
    act(
        ledger,
        "add-evidence",
        "2026-05-01",
        number="4",
        kind="upload",
        title="Privy minutes",
        digest="d0" * 32,
    )
    act(ledger, "revoke", "2026-06-01", "The project stopped.")
    act(ledger, "appeal", "2026-06-02", "Ada Lovelace was unfair.")
    text = told(ledger).serialize(format="nt")

    assert [one for one in (*SECRETS, "/account/", "/case/") if one in text] == []
    assert "The project stopped." in text


def test_the_statements_of_one_label_can_be_had_alone(ledger: Ledger) -> None:
    case = read_caseload(ledger, ledger.position()).case(CASE, TODAY)
    assert case is not None

    subjects = {str(subject).partition("#")[0] for subject, _, _ in label_statements(case, rules())}

    assert subjects == {LABEL}
