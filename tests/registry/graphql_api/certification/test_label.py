"""What everybody may ask about labels: what was granted, by whom, by which version, and what followed."""

from datetime import date, timedelta
from typing import Any

import pytest
from rdflib import Literal, URIRef

from registry.certification.life.case import Case
from registry.graph.question import ask
from registry.graphql_api.thing.node import identify
from tests.registry.certification.town import BASIC, BODY, OTHER_BODY, PLUS, PROJECT, SCHEME
from tests.registry.graphql_api.certification.hall import Hall

Life = tuple[Hall, tuple[Case, Case, Case]]
LABELLED_ON = """query($iri: String!, $day: Date!) { initiative(iri: $iri) { confirmedLabels(on: $day) {
  iri inForce version body { iri } level { iri } scheme { iri } state { notation } } } }"""
HISTORY = """query($iri: String!, $day: Date) { label(iri: $iri, on: $day) {
  history { since until state { notation } act { notation } reason on recordedAt } } }"""
LABELS = "query($on: Date, $filter: LabelFilter) { labels(on: $on, filter: $filter) { totalCount } }"
MOMENTS = [
    *("2021-02-28", "2021-03-01", "2022-05-03", "2022-05-04", "2022-05-31", "2022-06-01", "2024-02-28"),
    *("2024-02-29", "2024-03-01", "2024-05-09", "2024-05-10", "2025-03-01", "2025-06-30", "2025-07-01"),
]


def answered_in_graphql(hall: Hall, day: str) -> set[tuple[str, ...]]:
    found = hall.ask(LABELLED_ON, iri=PROJECT, day=day)["initiative"]["confirmedLabels"]
    return {
        (one["iri"], one["scheme"]["iri"], one["level"]["iri"], one["version"], one["body"]["iri"])
        for one in found
        if one["inForce"]
    }


def answered_in_sparql(hall: Hall, day: str) -> set[tuple[str, ...]]:
    rows = ask(
        hall.edition.store, "labelled-on", thing=URIRef(PROJECT), day=Literal(date.fromisoformat(day))
    ).rows
    return {tuple(str(row[name]) for name in ("label", "scheme", "level", "version", "body")) for row in rows}


def steps(life: Life, number: int, day: str | None = None) -> list[dict[str, Any]]:
    hall, cases = life
    found: list[dict[str, Any]] = hall.ask(HISTORY, iri=cases[number].number, day=day)["label"]["history"]
    return found


def test_who_was_labelled_on_a_day_by_whom_and_under_which_version(life: Life) -> None:
    hall, (_, second, _) = life

    found = hall.ask(LABELLED_ON, iri=PROJECT, day="2025-03-01")["initiative"]["confirmedLabels"]
    assert second.label is not None
    assert [one for one in found if one["inForce"]] == [
        {
            "iri": second.label.iri,
            "inForce": True,
            "version": "1.0.0",
            "body": {"iri": BODY},
            "level": {"iri": BASIC},
            "scheme": {"iri": SCHEME},
            "state": {"notation": "extended"},
        }
    ]


@pytest.mark.parametrize("day", MOMENTS)
def test_the_graph_says_the_same_of_every_day(life: Life, day: str) -> None:
    hall, _ = life

    assert answered_in_graphql(hall, day) == answered_in_sparql(hall, day)


def test_there_are_days_with_and_without_a_label(life: Life) -> None:
    hall, _ = life

    held = {day: len(answered_in_graphql(hall, day)) for day in MOMENTS}
    assert [day for day, count in held.items() if not count] == [
        *("2021-02-28", "2022-05-04", "2022-05-31", "2024-03-01", "2024-05-09"),
    ]
    assert max(held.values()) == 1


def test_a_label_tells_what_became_of_it_and_why(life: Life) -> None:
    told = [
        (
            one["since"],
            one["until"],
            one["state"]["notation"],
            one["act"] and one["act"]["notation"],
            one["reason"],
        )
        for one in steps(life, 0)
    ]

    assert told == [
        ("2021-03-01", "2022-05-03", "awarded", "grant", "It meets all that is basic."),
        ("2022-05-04", "2022-05-31", "suspended", "suspend", "There is no coordinator."),
        ("2022-06-01", "2024-02-29", "awarded", "reinstate", "There is one again."),
        ("2024-03-01", None, "expired", None, None),
    ]


def test_the_history_ends_where_one_looks_at_it(life: Life) -> None:
    assert [one["until"] for one in steps(life, 0, "2021-12-31")] == ["2024-02-29"]
    assert [one["state"]["notation"] for one in steps(life, 1)] == ["renewed", "extended", "replaced"]
    assert [one["state"]["notation"] for one in steps(life, 2)] == ["upgraded"]
    assert all(one["recordedAt"] > one["on"] for one in steps(life, 1))


def test_the_history_says_of_each_day_what_the_case_says(life: Life) -> None:
    hall, cases = life
    day, text = (
        date(2021, 1, 1),
        "query($iri: String!, $on: Date) { label(iri: $iri) { state(on: $on) { notation } } }",
    )

    while day < date(2025, 12, 1):
        for number, case in enumerate(cases):
            lies = [one for one in steps(life, number) if one["since"] <= str(day) <= (one["until"] or "9")]
            state = hall.ask(text, iri=case.number, on=str(day))["label"]["state"]
            assert state == (lies[0]["state"] if lies else None)
        day += timedelta(days=97)


def test_a_label_is_there_from_the_day_of_its_decision(life: Life) -> None:
    hall, (first, _, _) = life

    assert hall.ask(HISTORY, iri=first.number, day="2021-02-28") == {"label": None}
    assert hall.ask(HISTORY, iri="https://nobody.example/label/1", day=None) == {"label": None}
    assert hall.ask('{ label(iri: "0a1b2c3d4e5f") { iri } }') == {"label": None}


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 3),
        ({"inForce": True}, 1),
        ({"inForce": False}, 2),
        ({"state": ["expired", "replaced"]}, 2),
        ({"state": ["draft"]}, 0),
        ({"level": PLUS}, 1),
        ({"scheme": SCHEME, "body": BODY, "subject": PROJECT, "country": "BEL"}, 3),
        ({"body": OTHER_BODY}, 0),
        ({"country": "NLD"}, 0),
        ({"subject": "https://nobody.example/"}, 0),
    ],
)
def test_labels_are_found_by_what_they_have(life: Life, wanted: dict[str, Any], count: int) -> None:
    hall, _ = life

    assert hall.ask(LABELS, filter=wanted)["labels"]["totalCount"] == count


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_can_be_asked_about(life: Life, day: str) -> None:
    hall, _ = life
    text = """query($on: Date!) { labels(on: $on) { nodes { on state(on: $on) { notation } inForce(on: $on)
      history { since until } live { on lost { use } } assessed { use }
      scheme { authorities { holds(on: $on) } }
      subject { ... on Initiative { confirmedLabels(on: $on) { iri } } } } } }"""

    assert len(hall.ask(text, on=day)["labels"]["nodes"]) == (3 if day > "2025" else 0)


def test_labels_come_in_pages(life: Life) -> None:
    hall, (_, second, _) = life
    text = """query($after: String) { labels(first: 1, after: $after) {
      nodes { number } pageInfo { endCursor hasNextPage } } }"""

    first = hall.ask(text)["labels"]
    (following,) = hall.ask(text, after=first["pageInfo"]["endCursor"])["labels"]["nodes"]
    assert (first["pageInfo"]["hasNextPage"], following["number"]) == (True, second.number)


def test_a_label_says_what_was_checked_and_how(life: Life) -> None:
    hall, (_, _, third) = life
    text = """query($iri: String!) { label(iri: $iri) { title { value } renews assessed {
      requirement { identifier } criterion { identifier } level { notation } outcome decidedBy { notation }
      trust { notation } } audit { sessions mentors mentees } live { on lost { use } absence } } }"""

    label = hall.ask(text, iri=third.number)["label"]
    assert third.label is not None
    assert (label["title"]["value"], len(label["assessed"])) == (
        "Lantern: Lantern plus",
        len(third.label.outcomes),
    )
    assert {(one["decidedBy"]["notation"], one["trust"]["notation"]) for one in label["assessed"]} >= {
        ("machine", "self-declared"),
        ("person", "auditor-confirmed"),
    }
    assert all(one["requirement"] and one["criterion"] and one["outcome"] for one in label["assessed"])
    assert label["audit"] == {"sessions": 2, "mentors": 3, "mentees": 3}
    assert label["live"] == {"on": "2025-12-01", "lost": [], "absence": None}


def test_a_label_is_found_by_its_iri_its_identifier_and_for_a_gateway(life: Life) -> None:
    hall, (first, _, _) = life
    iri = first.iri.replace("/case/", "/label/")
    text = """query($id: ID!, $iri: String!, $any: [_Any!]!) { node(id: $id) { __typename iri }
      thing(iri: $iri) { __typename }
      _entities(representations: $any) { ... on ConfirmedLabel { number } ... on Scheme { fictitious } } }"""

    known = [{"__typename": "ConfirmedLabel", "iri": iri}, {"__typename": "Scheme", "iri": SCHEME}]
    found = hall.ask(text, id=identify("ConfirmedLabel", iri), iri=iri, any=known)
    assert found["node"] == {"__typename": "ConfirmedLabel", "iri": iri}
    assert found["thing"] == {"__typename": "ConfirmedLabel"}
    assert found["_entities"] == [{"number": first.number}, {"fictitious": True}]


def test_what_was_known_earlier_can_be_asked_too(life: Life) -> None:
    hall, _ = life
    text = """query($iri: String!, $moment: DateTime) { initiative(iri: $iri, asOf: $moment) {
      confirmedLabels(on: "2025-03-01") { iri } } }"""

    found = hall.ask(text, iri=PROJECT, moment="2026-02-01T00:00:00Z")["initiative"]
    assert found == {"confirmedLabels": []}  # it was written down later


def test_a_scheme_says_who_may_decide_and_for_how_long(life: Life) -> None:
    hall, _ = life
    text = """query($iri: String!) { schemes { iri } scheme(iri: $iri) { title { value } owner { iri }
      standard { token version versions { number } } levels { iri position additional } validityMonths
      sessions mentors appealDays evidenceMonths conditions fictitious
      authorities { body { iri } start end
        before: holds(on: "2019-12-31") after: holds(on: "2020-01-01") } } }"""

    found = hall.ask(text, iri=SCHEME)
    assert [one["iri"] for one in found["schemes"]] == [SCHEME]
    scheme = found["scheme"]
    assert [(one["iri"], one["position"], one["additional"]) for one in scheme["levels"]] == [
        (BASIC, 1, 0),
        (PLUS, 2, 3),
    ]
    assert scheme["authorities"] == [
        {"body": {"iri": BODY}, "start": "2020-01-01", "end": None, "before": False, "after": True}
    ]
    assert (scheme["validityMonths"], scheme["sessions"], scheme["fictitious"]) == (36, 2, True)
    assert hall.ask(text, iri="https://nobody.example/")["scheme"] is None
