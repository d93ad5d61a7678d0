"""The pages of a stream that are still to be read, and the members that wait for their turn."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from federation.follow.bookmark import Bookmark, precedes, write_key

if TYPE_CHECKING:
    from federation.follow.bookmark import Key
    from federation.follow.member import Member
    from federation.follow.page import Lead, Page

__all__ = ["Frontier"]

MOST_BYTES: Final = 300_000_000
"""So much text may wait for its turn."""
MOST_LEADS: Final = 100_000
"""So many pages may be known."""


class Frontier:
    """How far the reading of a stream has come.

    In a stream whose pages lie `in_a_row`, each page ends where the next one begins.
    """

    def __init__(self, bookmark: Bookmark, *, in_a_row: bool) -> None:
        self._bookmark = bookmark
        self._in_a_row = in_a_row
        self._leads: list[Lead] = []
        self._members: dict[str, Member] = {}
        self._known: set[str] = set()
        self._waiting = 0

    def begin(self, view: Page) -> Bookmark:
        """Begin with the view; where it is that of another stream than before, from the beginning."""
        if view.profile.stream != self._bookmark.stream:
            self._bookmark = Bookmark(view.profile.stream)
        self.add(view)
        return self._bookmark

    def add(self, page: Page, lead: Lead | None = None) -> None:
        """Take up where a page leads and what it holds; it lies behind the lead that led to it."""
        new = {one.iri: one for one in page.members if one.iri not in self._members}
        self._members |= new
        self._waiting += sum(map(_length, new.values()))
        leads = sorted(page.leads, key=_beginning)
        if self._in_a_row:
            leads = [*(replace(one, high=after.low) for one, after in pairwise(leads)), *leads[-1:]]
        for one in leads:
            self._put(replace(one, low=lead.low) if lead and one.low is None else one)
        self._leads.sort(key=_beginning, reverse=True)

    @property
    def is_at_end(self) -> bool:
        """Tell whether no page is left to read."""
        return not self._leads

    @property
    def is_too_wide(self) -> bool:
        """Tell whether more pages and members wait for their turn than fit in memory."""
        return self._waiting > MOST_BYTES or len(self._known) > MOST_LEADS

    @property
    def floor(self) -> Key | None:
        """Tell where the next page begins; None where there is none, or nobody knows."""
        return self._leads[-1].low if self._leads else None

    def next(self) -> Lead:
        """Give the page that begins first."""
        return self._leads.pop()

    def ready(self) -> list[Member]:
        """Give the members, in order, before which no other can come any more."""
        floor = self.floor
        if self._leads and floor is None:
            return []
        ripe = [one for one in self._members.values() if floor is None or precedes(one.key, floor)]
        for one in ripe:
            del self._members[one.iri]
            self._waiting -= _length(one)
        return sorted(ripe, key=lambda one: (_rank(one.key), one.iri))

    def _put(self, lead: Lead) -> None:
        if lead.address not in self._known and self._is_wanted(lead):
            self._known.add(lead.address)
            self._leads.append(lead)

    def _is_wanted(self, lead: Lead) -> bool:
        """Tell whether a page can hold something new, or could not be read before."""
        after, missed = self._bookmark.after, self._bookmark.missed
        if after is None or lead.high is None or name_of(lead) in missed:
            return True
        # At the very end there may be members of the same time; numbers do not come twice.
        end = lead.high - 1 if self._in_a_row and isinstance(lead.high, int) else lead.high
        return not precedes(end, after) and not (self._in_a_row and end == after)


def name_of(lead: Lead) -> str:
    """Name a page by where it begins: its address changes when an erasure touches it."""
    return write_key(lead.low) or lead.address


def _length(member: Member) -> int:
    return len(member.canonical or member.text or b"")


def _beginning(lead: Lead) -> float:
    return _rank(lead.low) if lead.low is not None else float("-inf")


def _rank(key: Key) -> float:
    return float(key) if isinstance(key, int) else key.timestamp()
