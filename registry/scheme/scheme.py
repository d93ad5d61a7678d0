"""A label scheme as its owner wrote it in Turtle."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Authority", "Level", "Scheme", "months_after"]

LATEST: Final = date.max - timedelta(days=1)
"""The last day from which something may last: no calendar has a day after the next."""


@dataclass(frozen=True)
class Authority:
    """That a body may decide under a scheme, between two days."""

    body: str
    """The IRI of the organisation."""
    start: date | None = None
    end: date | None = None
    """The last day; without it, until further notice."""

    def holds(self, day: date) -> bool:
        """Tell whether the body may decide on a day.

        >>> mandate = Authority("https://body.example/#us", date(2020, 1, 1), date(2024, 12, 31))
        >>> mandate.holds(date(2024, 12, 31)), mandate.holds(date(2025, 1, 1))
        (True, False)
        """
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Level:
    """A grade of a label: all that is basic, and so much of what is additional."""

    iri: str
    titles: Mapping[str, str]
    position: int
    """Counted from one; a higher one asks for more."""
    additional: int = 0
    """So many criteria of the additional level must be met, at least."""
    mandatory: frozenset[str] = frozenset()
    """Criteria of the additional level that must be among them, by their IRIs."""


@dataclass(frozen=True)
class Scheme:
    """The rules by which an owner awards a label; every number in it is the owner's choice."""

    iri: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    owner: str
    """The IRI of the organisation whose scheme it is."""
    standard: str
    """The short name of the quality standard."""
    levels: tuple[Level, ...]
    """From the lowest to the highest."""
    authorities: tuple[Authority, ...]
    validity_months: int
    from_first: bool = False
    """Whether the end of a renewed label is counted from the first award, as for years 3, 6 and 9."""
    sessions: int = 0
    mentors: int = 0
    mentees: int = 0
    """How many sessions an audit has at least, and how many mentors and mentees it hears; 0: no audit."""
    appeal_days: int = 0
    """So many days after a decision an appeal may come in; 0: there is none."""
    evidence_months: int | None = None
    """How old evidence may be when it is assessed, in months."""
    reminder_months: tuple[int, ...] = (12, 6, 3)
    """So many months before the end those concerned are reminded."""
    conditions: bool = False
    """Whether a label can be granted while something basic is still to be mended."""
    fictitious: bool = False
    """Whether it is an example that nobody awards."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the text calls its owner and the bodies, by IRI and language."""

    @property
    def audited(self) -> bool:
        """Tell whether an audit comes before a decision."""
        return bool(self.sessions or self.mentors or self.mentees)

    def level(self, iri: str) -> Level | None:
        """Find a level by its IRI."""
        return next((one for one in self.levels if one.iri == iri), None)

    def bodies(self, day: date) -> tuple[str, ...]:
        """Tell who may decide on a day."""
        return tuple(one.body for one in self.authorities if one.holds(day))

    def expiry(self, start: date, first: date | None = None) -> date:
        """Give the last day of a label that begins on a day; `first` is the day of the first award.

        Where the end is counted from the first award, a late renewal does not move the years.

        >>> lantern = Scheme("urn:l", {}, {}, "urn:o", "cms", (), (), 36, from_first=True)
        >>> lantern.expiry(date(2024, 2, 29)).isoformat()
        '2027-02-28'
        >>> lantern.expiry(date(2024, 6, 1), first=date(2021, 3, 1)).isoformat()
        '2027-03-01'
        >>> lantern.expiry(date.max, first=date(2021, 3, 1)).isoformat()
        '9999-12-31'
        """
        if not self.from_first or first is None:
            return months_after(start, self.validity_months)
        rounds = 1
        while months_after(first, rounds * self.validity_months) <= min(start, LATEST):
            rounds += 1
        return months_after(first, rounds * self.validity_months)


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later; where that month is shorter, its last day.

    So does the addition of durations in XML Schema 1.1, part 2, appendix E.3.3.

    >>> months_after(date(2024, 2, 29), 48).isoformat(), months_after(date(2024, 2, 29), 36).isoformat()
    ('2028-02-29', '2027-02-28')

    No calendar here goes beyond the years 1 and 9999: what would lie there is its first or its last day.

    >>> months_after(date(9998, 1, 31), 36).isoformat(), months_after(date(2, 1, 31), -36).isoformat()
    ('9999-12-31', '0001-01-01')
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    if (year, month) >= (date.max.year, 11):
        return date.max
    after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)  # the first day of the month after it
    return date(year, month + 1, min(day.day, (after - timedelta(days=1)).day))
