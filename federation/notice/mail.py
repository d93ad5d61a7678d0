"""One mail about several sources, and how it is sent: plain text, with a way to stop in every one.

There is nothing in a mail that tells the registry whether it was read.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import unquote, urlsplit

from federation.notice.account import tell, word
from federation.notice.consent import is_mail_address
from federation.notice.status import status_address
from registry.errors import InvalidDataError, PeerError, printable
from registry.translation import Translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from federation.notice.status import Status

__all__ = ["Desk", "PostOffice", "is_here"]

PORTS: Final = {"smtp": 25, "smtps": 465}
SECONDS: Final = 20.0
"""Longest wait for a word from the mail server."""
LONGEST_REASON: Final = 500
UNFOLDED: Final = SMTP.clone(max_line_length=998)
"""A long address stays whole: Python would fold it into encoded words, which no mail program follows."""


@dataclass(frozen=True)
class Desk:
    """Writes the mails of a registry: it knows the address of the site and of the sender."""

    site: str
    name: str
    sender: str

    def ask(self, address: str, language: str, token: str, stop: str) -> EmailMessage:
        """Ask the owner of an address whether they want to be written to."""
        _ = Translator("web", language)
        body = [
            _("Good day,"),
            _(
                "At {name}, a register of buddy and mentoring projects, this address was given for news "
                "about a description that is published on your site.",
                name=self.name,
            ),
            _("If you want that news, please confirm it on this page:") + f"\n{self._page(language, token)}",
            _("If you do nothing, no more mail comes. Nothing else depends on it."),
        ]
        subject = _("Do you want news about your description?")
        return self.letter(address, language, subject, body, stop, token)

    def report(self, address: str, language: str, statuses: Sequence[Status], stop: str) -> EmailMessage:
        """Tell the owner of an address where their sources stand, all in one mail."""
        _ = Translator("web", language)
        body = [
            _("Good day,"),
            _("There is news about what you publish for {name}.", name=self.name),
            *(self._about(one, language) for one in statuses),
        ]
        subject = _("News about your description: {word}", word=word(statuses[0].stage, language))
        if len(statuses) > 1:
            subject = _("News about your descriptions ({count})", count=len(statuses))
        states = "".join(one.source.space + one.key for one in statuses)
        return self.letter(address, language, subject, body, stop, states)

    def _about(self, status: Status, language: str) -> str:
        account = tell(status, language)
        lines = [
            printable(status.source.space),
            account.headline,
            *(f"- {printable(one, LONGEST_REASON)}" for one in account.reasons),
            account.listing,
            account.visit,
            *account.ahead,
            self.site + status_address(status.source.space, language),
        ]
        return "\n".join(line for line in lines if line)

    def letter(
        self, address: str, language: str, subject: str, body: Sequence[str], stop: str, about: str
    ) -> EmailMessage:
        """Put a mail together; what would be a second header or recipient is refused."""
        _ = Translator("web", language)
        if not is_mail_address(address) or not is_mail_address(self.sender):
            raise InvalidDataError("mail-address-unfit", "This is no mail address that can be written to.")
        leave = self._page(language, stop)
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"], letter["Subject"] = self.sender, address, subject
        letter["Date"] = format_datetime(datetime.now(UTC))
        digest = hashlib.sha256(f"{address}\0{about}".encode()).hexdigest()[:32]
        letter["Message-ID"] = f"<{digest}@{self.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter["List-Unsubscribe"] = f"<{leave}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        foot = _("No more mail: {address}", address=leave)
        letter.set_content(
            "\n\n".join([*body, f"-- \n{self.name}\n{self.site}\n{foot}"]) + "\n", cte="quoted-printable"
        )
        letter["Content-Language"] = language  # now, because the content clears such headers
        letter.policy = UNFOLDED
        return letter

    def _page(self, language: str, token: str) -> str:
        return f"{self.site}/{language}/mail?token={token}"


class PostOffice:
    """A connection to the mail server that the settings name, opened with the first mail.

    The connection is encrypted where the server offers it (STARTTLS, RFC 3207). A password goes over an
    encrypted connection only, or to this very machine.
    """

    def __init__(self, url: str, context: ssl.SSLContext | None = None, seconds: float = SECONDS) -> None:
        self._parts = urlsplit(url)
        self._context = context or ssl.create_default_context()
        self._seconds = seconds
        self._server: smtplib.SMTP | None = None

    def send(self, letter: EmailMessage) -> None:
        """Hand one mail over.

        Raises:
            PeerError: The server did not take it.
        """
        try:
            self._server = self._server or self._connect()
            self._server.send_message(letter)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise PeerError(
                "mail-not-taken",
                "The mail server did not take the mail: {reason}. It is tried again later.",
                reason=_why(error),
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def _connect(self) -> smtplib.SMTP:
        host = self._parts.hostname or ""
        port = self._parts.port or PORTS[self._parts.scheme]
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=self._seconds, context=self._context)
        else:
            server = smtplib.SMTP(host, port, timeout=self._seconds)
        try:
            self._greet(server, host)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP, host: str) -> None:
        server.ehlo()
        encrypted = self._parts.scheme == "smtps"
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=self._context)
            server.ehlo()
            encrypted = True
        if self._parts.username is None:
            return
        if not encrypted and not is_here(host):
            raise smtplib.SMTPException("it offers no encryption, and a password is not sent without")
        server.login(unquote(self._parts.username), unquote(self._parts.password or ""))

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()


def is_here(host: str) -> bool:
    """Tell whether a mail server runs on this very machine.

    >>> is_here("localhost"), is_here("mail.example")
    (True, False)
    """
    return host == "localhost" or host == "::1" or host.startswith("127.")


def _why(error: Exception) -> str:
    """Say what a mail server answered, without the addresses that were written to."""
    match error:
        case smtplib.SMTPResponseException():
            return f"{error.smtp_code}"
        case smtplib.SMTPRecipientsRefused():
            return ", ".join(sorted({str(code) for code, _ in _refusals(error)}))
        case smtplib.SMTPException() if error.args and isinstance(error.args[0], str):
            return error.args[0]
    return type(error).__name__


def _refusals(error: smtplib.SMTPRecipientsRefused) -> Iterator[tuple[int, bytes]]:
    yield from error.recipients.values()
