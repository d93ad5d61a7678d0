"""What a round of a harvest brought, all in all, and whether that is cause for alarm."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from federation.loss import Doubt, Loss
from registry.errors import PeerError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from federation.harvest.outcome import Harvest

__all__ = ["Tally"]

MANY: Final = 5
"""From so many sources on it is no accident that all of them fail."""
WELL: Final = frozenset({"accepted", "released", "restored", "not-modified", "followed"})
SILENT: Final = frozenset({"unreachable", "unfinished", "void"})


@dataclass
class Tally:
    """Counts what came of the visits.

    >>> from federation.harvest.outcome import Harvest
    >>> from federation.source import Source
    >>> tally = Tally()
    >>> for number in range(5):
    ...     tally.add(Harvest(Source("https://a.example/", f"https://a.example/{number}"), "unreachable"))
    >>> tally.counts["unreachable"], [alarm.code for alarm in tally.alarms(shown=())]
    (5, ['harvest-silent'])
    """

    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[Harvest] = field(default_factory=list)
    """The visits after which somebody should look."""
    changed: bool = False
    """Whether anything was written down."""
    members: Counter[str] = field(default_factory=Counter)
    """What became of the members of streams."""
    well: set[str] = field(default_factory=set)
    ill: set[str] = field(default_factory=set)
    emptied: list[Harvest] = field(default_factory=list)
    """The lists of which nothing is left."""

    def add(self, one: Harvest) -> None:
        """Count a visit."""
        self.counts[one.outcome] += 1
        self.members += one.members
        self.changed = self.changed or one.is_news
        if one.outcome in WELL:
            self.well.add(one.source.space)
            return
        self.ill.add(one.source.space)
        if one.message:
            self.troubles.append(one)
        held = Doubt.of(one.event)
        if held and held.loss is Loss.MEMBERS and not held.left:
            self.emptied.append(one)

    @property
    def visits(self) -> int:
        """How many visits were made."""
        return self.counts.total()

    def alarms(self, shown: Collection[str]) -> Iterator[PeerError]:
        """Tell what must not pass for a success: nothing at all where there used to be much.

        Args:
            shown: Of which sources readers saw something before.
        """
        fallen = self.ill.intersection(shown)
        if self.visits >= MANY and all(outcome in SILENT for outcome in self.counts):
            yield PeerError(
                "harvest-silent",
                "None of the {count} sources answered. Check whether this machine reaches the internet.",
                count=self.visits,
            )
        elif len(fallen) >= MANY and not self.well.intersection(shown):
            yield PeerError(
                "harvest-fallen",
                "All {count} descriptions that readers saw and that were visited are in trouble at once. "
                "Check whether this registry or a shared server is at fault.",
                count=len(fallen),
            )
        for one in self.emptied:
            yield PeerError(
                "list-emptied",
                "{address} lists nothing any more of what it listed before. Ask its publisher whether "
                "that is meant.",
                address=one.source.address,
            )
