"""All news in certification, sent: each reader gets one mail with all that is new for them.

Nobody is told twice of the same thing in the same state, not even after a crash: what is about to be sent is
written down before. An account that wants no mail is passed over, and begins anew when it wants mail again.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from federation.notebook import Notebook
from federation.notice.bureau import Told
from federation.notice.certification.gather import REGISTRY, gather
from federation.notice.certification.letter import write_letter
from federation.notice.certification.reader import read_readers
from federation.notice.consent import Consent, Wish
from federation.notice.mail import Desk as Writer
from federation.notice.mail import PostOffice
from federation.notice.notify import tray_of
from federation.notice.tray import Channel, Tray
from registry.account.actor import Role
from registry.certification.desk import Desk
from registry.certification.sight import is_applicant, is_body
from registry.errors import PeerError
from registry.ledger import Happening
from registry.lock import TakenError, lock
from registry.storage import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from email.message import EmailMessage

    from federation.notice.certification.news import News
    from federation.notice.certification.reader import Reader
    from registry.certification.life.caseload import Caseload
    from registry.home import Home
    from registry.settings import Settings
    from registry.validation.standard import Library

__all__ = ["Sent", "send_certification"]

LOG: Final = logging.getLogger(__name__)
REST: Final = timedelta(minutes=15)
"""Nobody gets mail more often than this; what happens meanwhile comes in one mail."""
MOST_FAILURES: Final = 3
"""After so many in a row the mail server is left alone until the next round."""
POSITION: Final = "position"


@dataclass(frozen=True)
class Sent:
    """What came of a round."""

    told: tuple[Told, ...] = ()
    again: datetime | None = None
    """When there will be something to send that has to wait now."""


def send_certification(
    home: Home,
    library: Library,
    chosen: Settings,
    now: datetime,
    *,
    office: PostOffice | None = None,
    day: date | None = None,
) -> Sent:
    """Send the mails about labels that are due.

    What goes wrong on the way is told in the result and tried again later. Without a mail server nothing is
    gathered, and nothing lost.

    Args:
        home: The registry.
        library: The standards.
        chosen: Where this registry is, and who carries its mail.
        now: This moment.
        office: Carries the mail, in the place of the server that the settings name.
        day: The day for the calendar; that of this moment if none is said.
    """
    if not chosen.mail_from or not (office or chosen.smtp_url):
        return Sent()
    desk = Desk(home, library, chosen.public_address, lambda: day or now.date())
    caseload = desk.caseload()
    readers = read_readers(home.folder, caseload) if caseload.acts else []
    if not readers:
        return Sent()
    with explained(home.folder), ExitStack() as stack:
        try:
            stack.enter_context(lock(home.folder / "notices.lock"))
        except TakenError:
            return Sent(again=now + REST)
        tray = stack.enter_context(Tray(tray_of(home)))
        news = gather(desk, caseload, tray, stack.enter_context(Notebook(home.visits)))
        carrier = office or stack.enter_context(PostOffice(chosen.smtp_url or ""))
        tray.leave([REGISTRY, *(account for account, roles in caseload.grants.items() if roles)])
        writer = Writer(chosen.public_address, chosen.name, chosen.mail_from)
        return _Round(caseload, tray, writer, carrier, now).send(readers, news)


@dataclass
class _Round:
    """One round, in which a mail server that fails is left alone after a while."""

    caseload: Caseload
    tray: Tray
    writer: Writer
    office: PostOffice
    now: datetime
    failures: int = 0

    def send(self, readers: Sequence[Reader], news: Sequence[News]) -> Sent:
        """Serve one reader after the other."""
        told: list[Told] = []
        again: list[datetime] = []
        for reader in readers:
            if self.failures >= MOST_FAILURES:
                again.append(self.now + REST)
                break
            try:
                came = list(self._serve(reader, news))
            except Exception as error:  # what nobody foresaw for one reader must not stop the others
                LOG.exception("The mail about labels to %s broke off", reader.account)
                came = [Told(reader.account, Channel.MAIL, "failed", type(error).__name__)]
            told += [one for one in came if isinstance(one, Told)]
            again += [one for one in came if not isinstance(one, Told)]
        return Sent(tuple(told), min(again, default=None))

    def _serve(self, reader: Reader, news: Sequence[News]) -> Iterator[Told | datetime]:
        """Tell one reader what is new; gives what came of it, or when there will be something to tell."""
        known = self.tray.certified(reader.account)
        position = int(known.get(POSITION) or _beginning(self.caseload, reader.account))
        fresh = [one for one in news if _is_for(reader, one) and _is_new(one, known, position)]
        if not fresh:
            return
        consent = Consent(self.tray)
        mailbox = consent.of(reader.account)
        rested = mailbox.mailed + REST if mailbox.mailed else self.now
        if rested > self.now and reader.wants_mail:
            yield rested
            return
        stop = consent.link(Wish.STOP, reader.account, self.now)
        letter = write_letter(self.writer, reader, fresh, stop) if reader.wants_mail else None
        told = {one.about: one.state for one in fresh if not one.position}
        self.tray.certify(reader.account, told | {POSITION: str(self.caseload.position)})
        if letter is None:
            return
        if reason := self._hand_over(reader, letter):
            self.tray.certify(reader.account, known, gone=(told.keys() | {POSITION}) - known.keys())
            yield self.now + REST
            yield Told(reader.account, Channel.MAIL, "failed", reason)
            return
        self.tray.note(replace(mailbox, mailed=self.now))
        yield Told(reader.account, Channel.MAIL, "sent")

    def _hand_over(self, reader: Reader, letter: EmailMessage) -> str:
        """Send a mail; say what went wrong, if anything did."""
        try:
            self.office.send(letter)
        except PeerError as error:
            self.failures += 1
            LOG.warning("%s could not be told of labels: %s", reader.account, error.message)
            return error.message
        self.failures = 0
        return ""


def _is_for(reader: Reader, news: News) -> bool:
    """Tell whether a reader has a part in it, on the side that is told."""
    if news.actor == reader.account:
        return False
    if news.case is None:
        return news.certifier and news.body in reader.actor.organisations(Role.ASSESSOR, Role.DECIDER)
    if is_body(reader.actor, news.case):
        return news.certifier
    return news.applicant and is_applicant(reader.actor, news.case)


def _is_new(news: News, known: dict[str, str], position: int) -> bool:
    """Tell what was not told yet; that something is as it should be is news after trouble only."""
    if news.position:
        return news.position > position
    return known.get(news.about, "") != news.state


def _beginning(caseload: Caseload, account: str) -> int:
    """Tell where in the ledger an account got its first role; what was done before is no news to it."""
    entitled = (
        event.position or 0
        for event in caseload.events
        if event.happening is Happening.ENTITLED and event.source == account
    )
    return next(entitled, 0)
