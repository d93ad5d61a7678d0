"""What was done in a case, as news for the other side."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from federation.notice.certification.news import News, written
from registry.account.actor import Role
from registry.certification.life.act import Act
from registry.certification.life.way import load_way
from registry.ledger import Happening
from registry.vocabulary import CODE, Labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from federation.notice.certification.news import Newsroom
    from registry.certification.life.case import Case

__all__ = ["done_news"]

HISTORY: Final = timedelta(days=30)
"""What took place longer ago is history that somebody writes down, and no news."""
APPLICANTS: Final = frozenset({Role.OWNER, Role.PUBLISHER})
PREPARING: Final = frozenset({"open", "self-assess"})
"""What a project does before it hands anything in."""


def done_news(room: Newsroom) -> Iterator[News]:
    """Tell those who certify what those who apply did, and the other way round; a draft is told to nobody."""
    steps = load_way().steps
    for event in room.caseload.events:
        if event.happening is not Happening.ACTED or not event.terms:
            continue
        act = Act.of(event)
        case, step = room.caseload.case(event.source, room.day), steps.get(act.name)
        if case is None or step is None or not step.roles or act.on < room.day - HISTORY:
            continue
        by_applicant = bool(step.roles & APPLICANTS)
        if by_applicant and _is_preparing(act, case):
            continue
        yield News(
            about=f"act/{event.position}",
            state="done",
            case=case,
            body=case.body,
            say=partial(_say, room, act, case.subject),
            applicant=not by_applicant,
            certifier=by_applicant,
            actor=act.actor,
            position=event.position or 0,
        )


def _is_preparing(act: Act, case: Case) -> bool:
    """Tell whether a project is still at work on its application, in which nobody has a part yet."""
    submitted = next((one.position for one in case.all("submit")), None)
    return act.name in PREPARING or submitted is None or (act.position or 0) < submitted


def _say(room: Newsroom, act: Act, subject: str, language: str) -> str:
    what = Labels().label(CODE[f"case-act/{act.name}"], language)
    return f"{what}: {room.name(subject, language)} ({written(act.on, language)})"
