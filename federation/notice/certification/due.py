"""What is due, as news: a reminder as it comes, a condition before its day and after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from federation.notice.certification.news import News, written
from registry.certification.outlook.calendar import Kind, dues
from registry.report.due import heading
from registry.scheme.scheme import months_after
from registry.translation import Translator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from federation.notice.certification.news import Newsroom
    from registry.certification.outlook.calendar import Due

__all__ = ["due_news"]

SOON: Final = timedelta(days=30)
"""So long before the day of a condition it is told of."""
MANDATE_MONTHS: Final = 6
"""So many months before its end a body is told of its mandate."""


def due_news(room: Newsroom) -> Iterator[News]:
    """Tell what has become due; each thing once, and again only when its day was moved."""
    for due in dues(room.caseload, room.day):
        if stage := _stage(due, room.day):
            case = room.caseload.case(due.case, room.day) if due.case else None
            say = partial(_say, room, due)
            news = News(f"due/{due.uid}", f"{due.day}/{stage}", case, due.body, say)
            handed_in = case is None or case.last("submit") is not None  # a draft is its project's alone
            yield replace(news, applicant=due.kind is not Kind.AUTHORITY, certifier=handed_in)


def _stage(due: Due, day: date) -> str:
    """Say how far it has come; nothing while it is too early to tell."""
    match due.kind:
        case Kind.RENEWAL:
            return "open" if due.day <= day else ""
        case Kind.EVIDENCE:
            return "over" if due.is_over(day) else ""
        case Kind.CONDITION:
            if due.is_over(day):
                return "over"
            return "soon" if due.day - SOON <= day else ""
        case Kind.AUTHORITY:
            return "soon" if months_after(due.day, -MANDATE_MONTHS) <= day else ""
    return ""


def _say(room: Newsroom, due: Due, language: str) -> str:
    _ = Translator("web", language)
    case = room.caseload.case(due.case, room.day) if due.case else None
    day = case.label.expires if due.kind is Kind.RENEWAL and case and case.label else due.day
    name = room.name(due.subject, language) if due.subject else room.scheme_name(due.scheme, language)
    told = f"{heading(due, name, language)} ({written(day, language)})"
    if due.kind is Kind.CONDITION and due.is_over(room.day):
        return f"{told} " + _("That day has passed.")
    return told
