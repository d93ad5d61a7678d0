"""Watches whether a stream takes away more at once than is believed.

A registry that is restored wrongly, or taken over, could end everything that others got from it. So when a
stream ends many of its sources within a short time, it is held: these endings and the rest of it wait until
they have stood for a while, or a person lets them pass. When something ended is the stream's own word, so an
ending counts as no older than the visit before, at which it was not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from federation.loss import Loss, doubt, loses_members
from registry.ingest.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from federation.follow.member import Member
    from federation.loss import Doubt
    from registry.ledger import Event

__all__ = ["Watch"]


@dataclass
class Watch:
    """What a stream takes away."""

    shown: frozenset[str]
    """The sources that it has brought and of which readers see something, or did until shortly before."""
    share: float
    """How much of that it may take away at once …"""
    patience: timedelta
    """… unless this has passed since."""
    moment: datetime
    heard: datetime | None = None
    """When the stream was last read to its end."""
    gone: set[str] = field(default_factory=set)
    """What it has ended of that, now and shortly before."""
    believed: bool = False

    def doubts(self, members: Iterable[Member], last: Event | None) -> Doubt | None:
        """Say what is doubtful about the next members; `last` is what happened to the stream last."""
        going = set(self.gone)
        for member in members:
            if member.source in self.shown and member.ends and self._is_sudden(member):
                going.add(member.source)
            elif not member.ends:
                going.discard(member.source)
        if not self.believed and loses_members(len(self.shown), len(going), self.share):
            found = doubt(Loss.MEMBERS, len(self.shown) - len(going), last, self.moment, self.patience)
            if found:
                return found
            self.believed = True
        self.gone = going
        return None

    def complaint(self, found: Doubt) -> str:
        """Say why the stream is held."""
        return Remark(
            "stream-ends-many",
            "It ends {gone} of the {shown} descriptions that it brought. All of these stay until their ends "
            "have stood for some time, or a person decides.",
            {"gone": len(self.shown) - found.left, "shown": len(self.shown)},
        ).message

    def _is_sudden(self, member: Member) -> bool:
        times = [one for one in (member.time, self.heard) if one]
        return not member.time or self.moment - max(times) < self.patience
