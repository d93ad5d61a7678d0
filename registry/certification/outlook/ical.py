"""What is due as an iCalendar that a calendar program subscribes to (RFC 5545).

An event keeps its name when its day is moved, and says that it was moved. When a label ends before its day,
the event stays and says that it is cancelled, because a program that has it would keep it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from registry.account.actor import ANYBODY
from registry.certification.outlook.calendar import dues
from registry.errors import printable
from registry.report.due import heading, kind_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.outlook.calendar import Due

__all__ = ["MEDIA_TYPE", "Wording", "actor_feed", "label_feed", "write"]

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Koepel//Certification//EN"
REFRESH: Final = timedelta(hours=12)
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for a moment that nobody wrote down: the event has not been changed since."""
LONGEST_NAME: Final = 200


@dataclass(frozen=True)
class Wording:
    """In which words a calendar is written."""

    language: str
    title: str
    """What the calendar is called in the reader's program."""
    name: Callable[[str], str]
    """Names an initiative or a scheme by its IRI."""


def actor_feed(desk: Desk, actor: Actor, wording: Wording) -> bytes:
    """Write all that is due for somebody who has signed in: for a body its cases, for a project its own."""
    found = dues(desk.caseload(), desk.today(), actor=actor, library=desk.rulebook, closed=True)
    return write(found, desk.address, wording)


def label_feed(desk: Desk, label: str, wording: Wording) -> bytes:
    """Write what everybody may know of one label: its last day."""
    case = label.replace("/label/", "/case/")
    found = dues(desk.caseload(), desk.today(), actor=ANYBODY, closed=True)
    return write((due for due in found if due.case == case), desk.address, wording, public=True)


def write(dues: Iterable[Due], address: str, wording: Wording, *, public: bool = False) -> bytes:
    """Write a calendar of whole days, without alarms: when to be reminded is for its reader to choose.

    Args:
        dues: What is due.
        address: The address of the registry.
        wording: The language, and what things are called.
        public: Whether the events lead to labels, which everybody may see, instead of to cases.
    """
    calendar = Calendar()
    title = printable(wording.title, LONGEST_NAME)
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("name", title), ("x-wr-calname", title)):
        calendar.add(name, value)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for due in dues:
        calendar.add_component(_event(due, address, wording, public=public))
    return bytes(calendar.to_ical())


def _event(due: Due, address: str, wording: Wording, *, public: bool) -> Event:
    event, touched = Event(), due.touched or EARLIEST
    name = printable(wording.name(due.subject or due.scheme), LONGEST_NAME)
    link = due.case.replace("/case/", "/label/") if public else due.case
    event.add("uid", f"{due.uid}@{urlsplit(address).hostname}")
    event.add("summary", heading(due, name, wording.language), parameters={"LANGUAGE": wording.language})
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("dtstamp", touched)
    event.add("last-modified", touched)
    event.add("sequence", due.revision)
    event.add("status", "CANCELLED" if due.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [kind_name(due.kind, wording.language)])
    event.add("url", link or f"{address}/")
    if due.text:
        event.add("description", printable(due.text))
    return event
