"""The spaces in which somebody speaks already: two sources never speak for the same things."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Territory"]

BREAKS: Final = "/#"


class Territory:
    """Spaces that are taken, in which one is found fast.

    >>> taken = Territory(["https://a.example/one"])
    >>> [taken.meets(f"https://a.example{path}") for path in ("/one", "/one/part", "", "/one-more", "/other")]
    [True, True, True, False, False]
    """

    def __init__(self, spaces: Iterable[str]) -> None:
        self._spaces = set(spaces)
        self._sorted = sorted(self._spaces)

    def meets(self, space: str) -> bool:
        """Tell whether a space is one of these, or lies in or around one."""
        return any(one in self._spaces for one in _around(space)) or self._has_within(space)

    def _has_within(self, space: str) -> bool:
        for sign in BREAKS:
            place = bisect_left(self._sorted, space + sign)
            if place < len(self._sorted) and self._sorted[place].startswith(space + sign):
                return True
        return False


def _around(space: str) -> Iterator[str]:
    """List a space and all those that it could lie in."""
    yield space
    start = space.find("//") + 2
    yield from (space[:place] for place in range(start, len(space)) if space[place] in BREAKS)
