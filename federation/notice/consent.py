"""Whether the owner of a mail address wants mail: asked once, confirmed by a signed link, stopped at will.

A link names its address by a keyed digest, so that nobody reads an address in it, makes one up, or learns
whether an address is known here.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from registry.errors import InvalidDataError

if TYPE_CHECKING:
    from federation.notice.tray import Mailbox, Tray

__all__ = ["Consent", "Wish", "is_mail_address"]

ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z0-9-]{2,63}"
)
"""A plain mail address, as the HTML standard has it for forms; it holds no space, quote or line end."""
LONGEST: Final = 254
TOKEN: Final = re.compile(r"(confirm|stop)\.([0-9a-f]{32})\.(\d{1,12})\.([0-9a-f]{64})")
LASTS: Final = timedelta(days=30)
"""So long a link to confirm can be followed; after that, a new registration asks again."""


class Wish(StrEnum):
    """What somebody wants who follows a link."""

    CONFIRM = "confirm"
    STOP = "stop"


def is_mail_address(text: str) -> bool:
    r"""Tell whether a text is one plain mail address, which cannot bring a second header or recipient along.

    >>> [
    ...     is_mail_address(one)
    ...     for one in ("info@buddy.example", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example")
    ... ]
    [True, False, False]
    """
    return len(text) <= LONGEST and ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True)
class Consent:
    """Asks for consent, and keeps it.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from federation.notice.tray import Tray
    >>> now = datetime(2026, 11, 22, tzinfo=UTC)
    >>> with TemporaryDirectory() as folder, Tray(Path(folder) / "notices.sqlite") as tray:
    ...     consent = Consent(tray)
    ...     before = consent.given("info@buddy.example")
    ...     wish = consent.follow(consent.link(Wish.CONFIRM, "info@buddy.example", now), now)
    ...     before, wish.value, consent.given("info@buddy.example")
    (False, 'confirm', True)
    """

    tray: Tray

    def of(self, address: str) -> Mailbox:
        """Read what is known of an address; what stands behind a plus sign in it is the same mailbox."""
        name, _, host = address.casefold().rpartition("@")
        return self.tray.mailbox(self._sign(b"mailbox", f"{name.partition('+')[0]}@{host}")[:32])

    def given(self, address: str) -> bool:
        """Tell whether the owner of an address wants mail."""
        mailbox = self.of(address)
        return mailbox.confirmed is not None and mailbox.stopped is None

    def may_ask(self, address: str, now: datetime) -> bool:
        """Tell whether an address may be asked: nobody is asked twice within a month, or after a no."""
        mailbox = self.of(address)
        waited = mailbox.asked is None or now - mailbox.asked > LASTS
        return mailbox.confirmed is None and mailbox.stopped is None and waited

    def link(self, wish: Wish, address: str, now: datetime) -> str:
        """Make the signed part of a link for the owner of an address."""
        told = f"{wish.value}.{self.of(address).digest}.{int(now.timestamp())}"
        return f"{told}.{self._sign(b'link', told)}"

    def read(self, token: str, now: datetime) -> tuple[Wish, str]:
        """Say what a link is for and whose it is.

        Raises:
            InvalidDataError: The registry never made this link, or it is too old.
        """
        found = TOKEN.fullmatch(token)
        told = token.rpartition(".")[0]
        if found is None or not hmac.compare_digest(found[4], self._sign(b"link", told)):
            raise InvalidDataError(
                "mail-link-broken",
                "This link does not work. Copy it from the mail as a whole, on one line.",
            )
        wish = Wish(found[1])
        if wish is Wish.CONFIRM and now - datetime.fromtimestamp(int(found[3]), UTC) > LASTS:
            raise InvalidDataError(
                "mail-link-old",
                "This link is more than a month old. Register the source again to get a new one.",
            )
        return wish, found[2]

    def follow(self, token: str, now: datetime) -> Wish:
        """Do what the owner of an address wants."""
        wish, digest = self.read(token, now)
        mailbox = self.tray.mailbox(digest)
        if wish is Wish.STOP:
            self.tray.note(replace(mailbox, stopped=now))
        else:
            self.tray.note(replace(mailbox, confirmed=mailbox.confirmed or now, stopped=None))
        return wish

    def _sign(self, purpose: bytes, text: str) -> str:
        return hmac.digest(self.tray.key(), purpose + b"\0" + text.encode(), "sha256").hex()
