"""What is asked of all events at once, as SQL: no answer needs a loop over the history.

Each question can be asked of the ledger as it stood at an earlier position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select, true

from registry.ledger.event import ENDING, ORGANISATIONAL, PUBLISHING, SUCCESS, Happening
from registry.ledger.schema import ACTS, EVENTS, NEWS, is_one_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select, Subquery

__all__ = [
    "acts",
    "changed",
    "erasures",
    "history",
    "last_event",
    "last_position",
    "last_success",
    "organisations",
    "position_at",
    "published",
    "registrations",
    "status",
]

OF = EVENTS.c
JOINING = frozenset({Happening.REGISTERED, Happening.RESTORED})
AGREED = frozenset({Happening.REGISTERED, Happening.TRANSFERRED})
LEAVING = frozenset({Happening.REMOVED, Happening.ERASED})
DECISIVE = or_(
    is_one_of(OF.happening, ENDING),
    and_(is_one_of(OF.happening, PUBLISHING), OF.digest.is_not(None)),
)
"""The events after which readers may see something else of the source."""


def last_position() -> Select[int]:
    """How far is the ledger?"""
    return select(func.coalesce(func.max(OF.position), 0))


def last_event() -> Select[int, datetime | None]:
    """Where does the ledger end, and when was that written?"""
    newest = select(OF.time).order_by(OF.position.desc()).limit(1).scalar_subquery()
    return select(func.coalesce(func.max(OF.position), 0), newest)


def position_at(moment: datetime) -> Select[int]:
    """Which event was the last one at a moment?"""
    return select(func.coalesce(func.max(OF.position), 0)).where(OF.time <= moment)


def last_success() -> Select[datetime]:
    """When did a source last answer, or get published?"""
    return select(OF.time).where(is_one_of(OF.happening, SUCCESS)).order_by(OF.position.desc()).limit(1)


def history(after: int, until: int, source: str | None, limit: int) -> Select[Any]:
    """What happened, in order, a part at a time?"""
    asked = select(EVENTS).where(OF.position > after, _within(until))
    asked = asked if source is None else asked.where(OF.source == source)
    return asked.order_by(OF.position).limit(limit)


def published(until: int | None, source: str | None = None) -> Select[Any]:
    """Which version do readers see of each source: the last event that decides, if it publishes."""
    decided = _last(and_(NEWS, DECISIVE), until, source)
    columns = (OF.source, OF.digest, OF.address, OF.position, OF.time)
    return (
        select(*columns)
        .join(decided, OF.position == decided.c.position)
        .where(is_one_of(OF.happening, PUBLISHING))
    )


def status(until: int | None) -> Select[Any]:
    """What happened to each source last, visits without news apart?"""
    told = _last(and_(NEWS, OF.happening != Happening.TRANSFERRED.value), until)
    return select(EVENTS).join(told, OF.position == told.c.position)


def registrations() -> Select[Any]:
    """Which sources are visited, where, and on what terms? The last word that names an address says so."""
    spoken = and_(is_one_of(OF.happening, AGREED), OF.address != "")
    member = (
        select(func.max(case((spoken, OF.position))).label("position"))
        .where(NEWS, is_one_of(OF.happening, JOINING | LEAVING | AGREED))
        .group_by(OF.source)
        .having(_latest(JOINING) > func.coalesce(_latest(LEAVING), 0))
        .subquery()
    )
    return select(EVENTS).join(member, OF.position == member.c.position)


def organisations() -> Select[Any]:
    """Which organisations were named, claimed and merged, in order?"""
    return select(EVENTS).where(is_one_of(OF.happening, ORGANISATIONAL)).order_by(OF.position)


def acts(after: int, until: int | None) -> Select[Any]:
    """What was done in certification, in order?"""
    return select(EVENTS).where(ACTS, OF.position > after, _within(until)).order_by(OF.position)


def erasures() -> Select[Any]:
    """What was ever erased?"""
    return select(EVENTS).where(NEWS, OF.happening == Happening.ERASED.value).order_by(OF.position)


def changed(after: int, until: int | None) -> Select[str]:
    """Of which sources may readers see something else than before?"""
    return select(OF.source).where(OF.position > after, _within(until), DECISIVE)


def _last(which: ColumnElement[bool], until: int | None, source: str | None = None) -> Subquery:
    """Find the last event of each source among those that count."""
    last = select(func.max(OF.position).label("position")).where(which, _within(until))
    last = last if source is None else last.where(OF.source == source)
    return last.group_by(OF.source).subquery()


def _latest(happenings: frozenset[Happening]) -> ColumnElement[int]:
    return func.max(case((is_one_of(OF.happening, happenings), OF.position)))


def _within(until: int | None) -> ColumnElement[bool]:
    return true() if until is None else OF.position <= until
