"""Calendars that others subscribe to, read back from their bytes by a parser of iCalendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from registry.account.actor import ANYBODY, Actor, Grant, Role
from registry.certification.desk import Desk
from registry.certification.life.act import Act
from registry.certification.outlook.calendar import dues
from registry.certification.outlook.ical import Wording, actor_feed, label_feed, write
from registry.home import Home
from registry.validation.standard import load_library
from registry.vocabulary import LANGUAGES
from tests.registry.certification import acting
from tests.registry.certification.dated import ADDRESS, CERTIFIER, act, caseload, labelled

TODAY = date(2026, 11, 22)
PLAIN = Wording("en", "Labels", lambda _: "The Bridge")
HOSTILE = "A;b,c\\n\r\nBEGIN:VALARM\r\nEND:VEVENT\u2028\x00 “é” " + "x" * 500
Read = dict[str, Any]


def read(*later: Act, wording: Wording = PLAIN, public: bool = False) -> Read:
    """Write the calendar of one label and read its events, by their first category and summary."""
    found = dues(caseload(labelled(*later)), TODAY, closed=True, actor=ANYBODY if public else CERTIFIER)
    return events(write(found, ADDRESS, wording, public=public))


def events(data: bytes) -> Read:
    calendar = Calendar.from_ical(data)
    assert calendar.errors == []
    assert {one.name for one in calendar.subcomponents} <= {"VEVENT"}
    assert all(one.subcomponents == [] and one.errors == [] for one in calendar.subcomponents)
    return {str(one["summary"]): one for one in calendar.subcomponents}


def test_an_event_lasts_a_whole_day_and_leads_to_its_case() -> None:
    event = read()["Last day of the label: The Bridge"]

    assert (event.start, event.end) == (date(2028, 2, 29), date(2028, 3, 1))
    assert (event["url"], str(event["status"])) == (f"{ADDRESS}/case/1", "CONFIRMED")
    assert event.categories == ["End of a label"]
    assert event.walk("VALARM") == []


def test_the_reminders_stand_in_the_calendar_too() -> None:
    assert [event.start for title, event in read().items() if title.startswith("Time to renew")] == [
        date(2027, 2, 28), date(2027, 8, 29), date(2027, 11, 29),
    ]  # fmt: skip


def test_an_extension_moves_an_event_that_keeps_its_name() -> None:
    title = "Last day of the label: The Bridge"
    before, after = read()[title], read(act("extend", "2026-05-01", expires="2028-12-31"))[title]

    assert before["uid"] == after["uid"]
    assert (before.start, after.start) == (date(2028, 2, 29), date(2028, 12, 31))
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert before.LAST_MODIFIED < after.LAST_MODIFIED == datetime(2026, 5, 1, 9, tzinfo=UTC)


def test_no_two_events_have_one_name() -> None:
    found = dues(caseload([*labelled(), *labelled(of="2")]), TODAY)
    names = [one["uid"] for one in Calendar.from_ical(write(found, ADDRESS, PLAIN)).events]

    assert len(set(names)) == len(names) == 8


def test_what_was_revoked_is_cancelled_with_the_same_names() -> None:
    before, after = read(), read(act("revoke", "2026-06-01"))
    same = before.keys() & after.keys()

    assert same == before.keys()
    assert {str(after[one]["status"]) for one in same} == {"CANCELLED"}
    assert [before[one]["uid"] for one in sorted(same)] == [after[one]["uid"] for one in sorted(same)]
    assert all(after[one]["sequence"] > before[one]["sequence"] for one in same)


def test_a_hostile_name_stays_text() -> None:
    found = read(wording=Wording("en", HOSTILE, lambda _: HOSTILE))

    assert len(found) == 4
    assert all(len(title) < 300 and "\n" not in title and "\x00" not in title for title in found)
    assert any("A;b,c\\n\\u000d\\u000aBEGIN:VALARM" in title for title in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_longer_than_the_format_allows(language: str) -> None:
    found = dues(caseload(labelled()), TODAY)
    data = write(found, ADDRESS, Wording(language, HOSTILE, lambda _: HOSTILE))

    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_same_cases_give_the_same_bytes() -> None:
    found = dues(caseload(labelled()), TODAY)

    assert write(found, ADDRESS, PLAIN) == write(found, ADDRESS, PLAIN)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A registry with one label, which ends in the leap year 2028."""
    home = Home(tmp_path / "home")
    acting.adopt(home.ledger)
    acting.apply(home.ledger, "2025-02-01")
    asked = [{"text": "Secret condition", "due": "2026-12-24", "uses": []}]
    acting.award(home.ledger, "2025-03-01", "2028-02-29", conditions=asked)
    yield Desk(home, load_library(), acting.REGISTRY, lambda: TODAY)
    home.ledger.close()


def test_everybody_may_follow_the_end_of_a_label_and_learns_nothing_else(desk: Desk) -> None:
    data = label_feed(desk, acting.LABEL, PLAIN)
    (event,) = events(data).values()

    assert (event.start, event["url"]) == (date(2028, 2, 29), acting.LABEL)
    assert b"case" not in data
    assert b"Secret" not in data


def test_the_parties_follow_all_that_is_due(desk: Desk) -> None:
    assessor = Actor("urn:a", frozenset({Grant(Role.ASSESSOR, acting.BODY)}), "token:1")
    stranger = Actor("urn:s", frozenset({Grant(Role.ASSESSOR, "https://else.example/")}), "token:2")
    data = actor_feed(desk, assessor, PLAIN)
    kinds = {kind for event in events(data).values() for kind in event.categories}

    assert kinds >= {"End of a label", "Renewal", "Condition"}
    assert events(actor_feed(desk, stranger, PLAIN)) == {}
    assert b"Secret condition" in data
    assert all(secret.encode() not in data for secret in acting.SECRETS)
