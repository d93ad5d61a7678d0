"""The way of one source through a harvest: it is asked, read where it brings news, and written down."""

from __future__ import annotations

import logging
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from federation.fetch import Fetched
from federation.follow import Follower
from federation.harvest.call import Call
from federation.harvest.outcome import FOLLOWED, IGNORED, SKIPPED, VOID, Harvest
from federation.listing import LIMITS as LIST_LIMITS
from federation.loss import Doubt, Loss
from federation.visit import consider, turned_away
from registry.arrival import byte_digest
from registry.errors import KoepelError, NotAllowedError
from registry.ledger import Happening
from registry.storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from concurrent.futures import Future

    from federation.follow import Followed
    from federation.harvest.clerk import Clerk
    from federation.harvest.collection import Collections
    from federation.harvest.means import Means
    from federation.source import Source

    Journey: TypeAlias = Generator[Future[Any], Any, Harvest]

__all__ = ["Journeys"]

LOG: Final = logging.getLogger(__name__)
STUMBLED: Final = "The registry stumbled over this document ({name}); a person has to look."


@dataclass(frozen=True)
class Journeys:
    """Sends sources on their way."""

    means: Means
    clerk: Clerk
    collections: Collections
    coming: Iterable[Source]
    """The sources whose turn is next."""

    def make(self, source: Source) -> Journey:
        """Visit a source, whatever may go wrong, and write down what came of it."""
        means = self.means
        note = means.books.note_of(source.space, self.coming)
        call = Call.begin(source, note, means.history.last(source.space), means.clock())
        try:
            made = yield from self._make(call)
        except (StorageError, NotAllowedError):
            raise  # the registry itself is in trouble: what strangers do wrong has been dealt with
        except BrokenExecutor:
            LOG.exception("The visit to %s could not be finished", source.address)
            made = self.clerk.put_off(call)
        except Exception as error:  # what nobody foresaw in one document must not stop the others
            LOG.exception("The visit to %s broke off", source.address)
            reason = STUMBLED.format(name=type(error).__name__)
            held = means.visit(call).event(Happening.HELD, reason)
            made = self.clerk.settle(call, [(held, None)], None)
        self.clerk.release(made)
        return made

    def _make(self, call: Call) -> Journey:
        source = call.source
        if source.kind.streams:
            return (yield from self._follow(call))
        asked = yield self.means.threads.submit(
            partial(
                self.means.fetcher.fetch,
                source.address,
                etag=call.etag,
                last_modified=call.last_modified,
                most=LIST_LIMITS.document_bytes if source.kind.lists else 0,
            )
        )
        try:
            fetched = asked.result()
        except KoepelError as error:
            return self.clerk.fail(call, error)
        same = fetched.status == 304 or self._is_same(call, fetched)
        if same and not self._is_to_decide(call):
            return self.clerk.leave(call, fetched)
        if source.kind.lists:
            return (yield from self.collections.read(call, fetched))
        return (yield from self._read(call, fetched, same=same))

    def _is_same(self, call: Call, fetched: Fetched) -> bool:
        """Tell whether these are the bytes that were decided on last."""
        if call.is_settled and call.note.data_digest:
            return byte_digest(fetched.data) == call.note.data_digest
        if call.decided is None:
            return False
        return self.means.books.ledger.version(call.decided.digest or "").original == fetched.data

    def _is_to_decide(self, call: Call) -> bool:
        """Tell whether what is the same has to be looked at all the same.

        Rules change, time confirms a loss, and the pages that a list names change without it.
        """
        if call.source.kind.lists:
            return call.is_full
        held = Doubt.of(call.last)
        age = self.means.clock() - held.since if held else timedelta()
        is_ripe = held is not None and not timedelta() <= age < self.means.care.patience
        return is_ripe or (call.last is not None and call.last.rules != self.means.rules)

    def _read(self, call: Call, fetched: Fetched, *, same: bool) -> Journey:
        """Read a text in another process, and decide on it."""
        visit = self.means.guarded_visit(call)
        text = self._kept(call) if same else fetched
        done = yield self.means.executor.submit(consider, visit, text)
        try:
            entries = done.result()
        except KoepelError as error:
            if self._is_no_matter(call, error):
                return self.clerk.note(
                    call, fetched, Harvest(call.source, IGNORED, None, error.message), None
                )
            entries = [(visit.event(Happening.FETCHED), None), (turned_away(visit, error), None)]
        return self.clerk.settle(call, entries[-1:] if same else entries, fetched)

    def _kept(self, call: Call) -> Fetched:
        """Take the text from the ledger that was decided on last."""
        version = self.means.books.ledger.version((call.decided and call.decided.digest) or "")
        return Fetched(200, call.source.address, version.original, {"content-type": version.media_type})

    def _is_no_matter(self, call: Call, error: KoepelError) -> bool:
        """Tell whether this is one of the many pages of a site that hold no description."""
        is_new = call.source.space not in self.means.history.registrations
        return is_new and bool(call.source.via) and Loss.of_error(error.code) is Loss.PAGE

    def _follow(self, call: Call) -> Journey:
        """Follow a stream from where it was left; its members are written down as they come."""
        if not self.means.books.writes:
            return Harvest(call.source, SKIPPED)
        if not self.clerk.write(call, []):
            return Harvest(call.source, VOID)
        followed: Followed = yield from self._follower().follow(call.source, call.note.answered)
        if followed.error:
            return replace(self.clerk.fail(call, followed.error), members=followed.counts)
        if followed.is_unfinished:
            return replace(self.clerk.put_off(call), members=followed.counts)
        event = followed.event
        is_well = event is None or event.happening is Happening.ACCEPTED
        outcome = FOLLOWED if event is None or is_well else event.happening.value
        message = "" if event is None or is_well else event.reason
        made = Harvest(call.source, outcome, event, message, followed.counts)
        return self.clerk.note(call, Fetched(200, call.source.address), made, event)

    def _follower(self) -> Follower:
        means = self.means
        return Follower(
            means.books.ledger,
            means.fetcher,
            means.threads,
            means.executor,
            means.clock,
            means.rules,
            means.care.public_address,
            means.books.apart,
            means.care.loss_members,
            means.care.patience,
        )
