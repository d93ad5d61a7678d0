"""All that is due, sent: reports to inboxes, and mails.

It looks only at what the ledger has gained since the last time, and at what could not be sent then. Nobody is
told twice of one state, not even after a crash: what is about to be sent is written down before.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, Protocol

from federation.notebook import Notebook
from federation.notice.bureau import Bureau, Told
from federation.notice.consent import Consent
from federation.notice.mail import Desk, PostOffice
from federation.notice.mailing import Mailing
from federation.notice.outbox import inbox_of, post_report
from federation.notice.report import read_text
from federation.notice.status import owner_mail
from federation.notice.tray import Channel, Tray
from registry.lock import TakenError, lock
from registry.storage import explained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from federation.notice.tray import Letter
    from registry.home import Home
    from registry.settings import Settings

__all__ = ["Poster", "Told", "send_due", "tray_of"]

LOG: Final = logging.getLogger(__name__)


class Poster(Protocol):
    """Something that sends messages to other servers, as a `Fetcher` does."""

    def send(self, address: str, data: bytes, media_type: str) -> int:
        """Send a message and give the status of the answer."""


def tray_of(home: Home) -> Path:
    """Give the file in which a registry keeps what was told to whom."""
    return home.folder / "notices.sqlite"


def send_due(
    home: Home,
    poster: Poster,
    chosen: Settings,
    now: datetime,
    *,
    office: PostOffice | None = None,
    dry_run: bool = False,
) -> list[Told]:
    """Send the notifications and mails that are due.

    What goes wrong on the way is told in the result and tried again later. While another process is sending,
    there is nothing left to do.

    Args:
        home: The registry.
        poster: Sends reports to inboxes.
        chosen: Where this registry is, and who carries its mail.
        now: This moment.
        office: Carries the mail, in the place of the server that the settings name.
        dry_run: Only say what is due.

    Raises:
        StorageError: The registry's own disk does not do what it should.
    """
    with explained(home.folder), ExitStack() as stack:
        home.folder.mkdir(parents=True, exist_ok=True)
        try:
            stack.enter_context(lock(home.folder / "notices.lock"))
        except TakenError:
            return []
        notebook = stack.enter_context(Notebook(home.visits))
        tray = stack.enter_context(Tray(tray_of(home)))
        bureau = Bureau(home.ledger, notebook, tray, chosen.public_address, now)
        bureau.gather()
        due = tray.due(now)
        if dry_run:
            return [Told(one.source, one.channel, "due") for one in due if _is_addressed(bureau, one)]
        return _logged([*_post(bureau, due, poster), *_mail(bureau, due, chosen, office)])


def _logged(told: list[Told]) -> list[Told]:
    for one in told:
        if one.reason:
            LOG.warning("%s could not be told by %s: %s", one.source, one.channel, one.reason)
    return told


def _post(bureau: Bureau, due: list[Letter], poster: Poster) -> Iterator[Told]:
    """Post the reports; one that nobody foresaw to fail leaves the others alone."""
    for one in due:
        if one.channel is not Channel.INBOX:
            continue
        try:
            told = post_report(bureau, one, poster.send)
        except Exception as error:  # what nobody foresaw in one report must not stop the others
            LOG.exception("The report on %s broke off", one.source)
            told = Told(one.source, one.channel, "given-up", type(error).__name__)
        if told:
            yield told


def _mail(bureau: Bureau, due: list[Letter], chosen: Settings, office: PostOffice | None) -> Iterator[Told]:
    letters = [one for one in due if one.channel is Channel.MAIL]
    if not letters:
        return
    desk = Desk(chosen.public_address, chosen.name, chosen.mail_from or "")
    with ExitStack() as stack:
        if office is None and chosen.smtp_url and chosen.mail_from:
            office = stack.enter_context(PostOffice(chosen.smtp_url))
        yield from Mailing(bureau, Consent(bureau.tray), desk, office).send(letters)


def _is_addressed(bureau: Bureau, letter: Letter) -> bool:
    """Tell whether there is somebody to tell, and something that they were not told yet."""
    if letter.channel is Channel.MAIL:
        return bool(owner_mail(bureau.ledger, letter.source))
    status = bureau.status(letter.source)
    return bool(inbox_of(status, read_text(bureau.ledger, status.decided))) and bureau.is_news(letter, status)
