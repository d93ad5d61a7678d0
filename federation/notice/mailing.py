"""The mails of one round: who is asked for consent, and who gets news about which sources."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from federation.notice.bureau import Told, later
from federation.notice.consent import LASTS, Wish, is_mail_address
from federation.notice.outbox import language_of
from federation.notice.report import read_text
from federation.notice.status import owner_mail
from registry.errors import PeerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from federation.notice.bureau import Bureau
    from federation.notice.consent import Consent
    from federation.notice.mail import Desk, PostOffice
    from federation.notice.status import Status
    from federation.notice.tray import Letter

__all__ = ["Mailing"]

REST: Final = timedelta(hours=20)
"""Nobody gets news more often than this; what happens meanwhile comes in one mail."""
LOOK_AGAIN: Final = timedelta(days=1)
MOST_IN_ONE: Final = 20
MOST_FAILURES: Final = 3
"""After so many in a row the mail server is left alone until the next round."""


@dataclass
class Mailing:
    """Sends the mails of one round."""

    bureau: Bureau
    consent: Consent
    desk: Desk
    office: PostOffice | None
    """Who carries the mail; without anybody it waits."""
    failures: int = field(default=0, init=False)

    def send(self, letters: list[Letter]) -> Iterator[Told]:
        """Tell the owners of sources what is due, each in one mail."""
        owned = [(owner_mail(self.bureau.ledger, one.source), one) for one in letters]
        owned.sort(key=lambda one: (one[0].casefold(), one[1].due))
        for _, group in groupby(owned, key=lambda one: one[0].casefold()):
            pairs = list(group)
            if self.failures < MOST_FAILURES:
                yield from self._serve(pairs[0][0], [letter for _, letter in pairs])

    def _serve(self, address: str, letters: list[Letter]) -> Iterator[Told]:
        mailbox = self.consent.of(address)
        if not is_mail_address(address) or mailbox.stopped:
            self._drop(letters)
        elif self.office is None:
            self._put_off(letters, LOOK_AGAIN)
        elif mailbox.confirmed is None:
            yield from self._ask(address, letters)
        elif mailbox.mailed and self.bureau.now - mailbox.mailed < REST:
            self._put_off(letters, mailbox.mailed + REST - self.bureau.now)
        else:
            yield from self._report(address, letters[:MOST_IN_ONE])

    def _ask(self, address: str, letters: list[Letter]) -> Iterator[Told]:
        """Ask once for consent; the news waits for it, as long as the link can be followed."""
        now, mailbox = self.bureau.now, self.consent.of(address)
        if not self.consent.may_ask(address, now):
            if mailbox.asked and now - mailbox.asked > LASTS - LOOK_AGAIN:
                self._drop(letters)
            else:
                self._put_off(letters, LOOK_AGAIN)
            return
        links = (self.consent.link(wish, address, now) for wish in (Wish.CONFIRM, Wish.STOP))
        letter = self.desk.ask(address, self._language(letters[0].source), *links)
        self.bureau.tray.note(replace(mailbox, asked=now))
        if reason := self._hand_over(letter):
            self.bureau.tray.note(mailbox)
            yield from self._try_later(letters, reason)
            return
        self._put_off(letters, LOOK_AGAIN)
        yield from (Told(one.source, one.channel, "asked") for one in letters)

    def _report(self, address: str, letters: list[Letter]) -> Iterator[Told]:
        news = [(one, status) for one in letters if (status := self._news(one))]
        if not news:
            return
        told, now, tray = [one for one, _ in news], self.bureau.now, self.bureau.tray
        stop = self.consent.link(Wish.STOP, address, now)
        language = self._language(told[0].source)
        letter = self.desk.report(address, language, [status for _, status in news], stop)
        before = {one.source: tray.told(one.channel, one.source) for one in told}
        for one, status in news:
            tray.drop(one, status.key)
        if reason := self._hand_over(letter):
            for one in told:
                tray.tell(one.channel, one.source, before[one.source])
            yield from self._try_later(told, reason)
            return
        tray.note(replace(self.consent.of(address), mailed=now))
        yield from (Told(one.source, one.channel, "sent") for one in told)

    def _news(self, letter: Letter) -> Status | None:
        """Give the status of which nobody was told yet; else there is nothing to write."""
        status = self.bureau.status(letter.source)
        if self.bureau.is_news(letter, status):
            return status
        self._drop([letter])
        return None

    def _hand_over(self, letter: EmailMessage) -> str:
        """Send a mail; say what went wrong, if anything did."""
        try:
            if self.office:
                self.office.send(letter)
        except PeerError as error:
            self.failures += 1
            return error.message
        self.failures = 0
        return ""

    def _try_later(self, letters: list[Letter], reason: str) -> Iterator[Told]:
        for one in letters:
            again = later(one, self.bureau.now)
            if again:
                self.bureau.tray.put([again])
            else:
                self.bureau.tray.drop(one, self.bureau.status(one.source).key)
            yield Told(one.source, one.channel, "failed" if again else "given-up", reason)

    def _put_off(self, letters: list[Letter], pause: timedelta) -> None:
        self.bureau.tray.put([replace(one, due=self.bureau.now + pause) for one in letters])

    def _drop(self, letters: list[Letter]) -> None:
        for one in letters:
            self.bureau.tray.drop(one)

    def _language(self, source: str) -> str:
        status = self.bureau.status(source)
        return language_of(read_text(self.bureau.ledger, status.decided))
