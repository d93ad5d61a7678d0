"""What readers noticed: that something appeared, became something else, or went away.

What is held, rejected or out of reach is no change for them, nor is the end of what they never saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, exists, func, or_, select

from registry.ledger.event import CERTIFYING, ENDING, ORGANISATIONAL, PUBLISHING, ROUTINE, Event, Happening
from registry.ledger.question import AGREED
from registry.ledger.record import read_event
from registry.ledger.schema import EVENTS, is_one_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, FromClause, Row, ScalarSelect, Select

__all__ = ["Change", "Sheet", "between", "latest", "read_change", "retouched", "sheets"]

OF: Final = EVENTS.c
OTHER: Final = EVENTS.alias("other")


@dataclass(frozen=True)
class Change:
    """An event that readers noticed."""

    event: Event
    before: Happening | None
    """The last change of the same source before this one."""
    terms: str
    """The terms on which the source was registered at that time, as a JSON object."""
    erased: bool
    """Whether what was published then has been erased since."""

    @property
    def ends(self) -> bool:
        """Tell whether readers see nothing of the source from here on."""
        return self.event.happening in ENDING

    @property
    def begins(self) -> bool:
        """Tell whether readers saw nothing of the source until here."""
        return not self.ends and self.before not in PUBLISHING


@dataclass(frozen=True)
class Sheet:
    """A part of the ledger, in which readers noticed something."""

    number: int
    """Counted from one; each is as many events long."""
    first: int
    """The position of the first change in it."""
    last: int
    """The position of the last change in it."""
    start: datetime
    end: datetime


def between(first: int, last: int) -> Select[Any]:
    """What did readers notice from one position up to another, in order?"""
    return _changes().where(OF.position.between(first, last)).order_by(OF.position)


def latest(count: int, until: int | None) -> Select[Any]:
    """What did readers notice last, or last before a position? The newest comes first."""
    asked = _changes() if until is None else _changes().where(OF.position <= until)
    return asked.order_by(OF.position.desc()).limit(count)


def sheets(size: int, after: int) -> Select[*tuple[Any, ...]]:
    """In which parts of the ledger, each so many events long, did readers notice something?"""
    number = _sheet_number(size)
    span = (func.min(OF.position), func.max(OF.position), func.min(OF.time), func.max(OF.time))
    return select(number, *span).where(OF.position > after, _noticed()).group_by(number).order_by(number)


def retouched(size: int, only: int | None) -> Select[*tuple[Any, ...]]:
    """Which of these parts did erasures touch, and how many? One of them may be asked for by its number."""
    number = _sheet_number(size)
    asked = (
        select(number, func.count(OTHER.c.position.distinct()))
        .join(OTHER, _erases(OTHER))
        .where(or_(_publishes(EVENTS), is_one_of(OF.happening, ENDING)))
        .group_by(number)
    )
    return asked if only is None else asked.where(OF.position.between((only - 1) * size + 1, only * size))


def read_change(row: Row[Any]) -> Change:
    """Make a change of its row."""
    before = Happening(row.before) if row.before else None
    return Change(read_event(row), before, row.agreed or "", bool(row.erased))


def _changes() -> Select[Any]:
    erased = exists().where(_erases(OTHER)).label("erased")
    before, agreed = _before().label("before"), _agreed().label("agreed")
    return select(EVENTS, before, agreed, erased).where(_noticed())


def _noticed() -> ColumnElement[bool]:
    was_seen = exists().where(_earlier(OTHER), _publishes(OTHER))
    return or_(_publishes(EVENTS), and_(is_one_of(OF.happening, ENDING), was_seen))


def _before() -> ScalarSelect[str]:
    decides = or_(_publishes(OTHER), is_one_of(OTHER.c.happening, ENDING))
    return _newest(select(OTHER.c.happening).where(_earlier(OTHER), decides))


def _agreed() -> ScalarSelect[str]:
    return _newest(select(OTHER.c.terms).where(_earlier(OTHER), is_one_of(OTHER.c.happening, AGREED)))


def _newest(asked: Select[str]) -> ScalarSelect[str]:
    return asked.order_by(OTHER.c.position.desc()).limit(1).scalar_subquery()


def _publishes(table: FromClause) -> ColumnElement[bool]:
    return and_(is_one_of(table.c.happening, PUBLISHING), table.c.digest.is_not(None))


def _earlier(other: FromClause) -> ColumnElement[bool]:
    return and_(other.c.source == OF.source, other.c.position < OF.position, _is_news(other))


def _erases(other: FromClause) -> ColumnElement[bool]:
    later = and_(other.c.source == OF.source, other.c.position > OF.position, _is_news(other))
    return and_(later, other.c.happening == Happening.ERASED.value)


def _is_news(other: FromClause) -> ColumnElement[bool]:
    """Repeat the condition of the index, so that the database takes it."""
    return ~is_one_of(other.c.happening, ROUTINE | ORGANISATIONAL | CERTIFYING)


def _sheet_number(size: int) -> ColumnElement[int]:
    return ((OF.position - 1) // size + 1).label("number")
