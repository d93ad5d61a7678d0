"""A real mail server on this machine, which takes mail as well or as badly as a test wants."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from queue import Queue
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

__all__ = ["Handler", "MailServer", "certificates", "serve_mail"]


class Handler:
    """Takes every mail."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.encrypted: list[bool] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail."""
        self.taken.append(envelope)
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 taken"


class Refusing(Handler):
    """Knows none of the addresses."""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse."""
        return "550 nobody here"


class Dropping(Handler):
    """Hangs up in the middle of a mail."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Hang up."""
        assert server.transport is not None
        server.transport.close()
        return "451 never said"


@dataclass
class MailServer:
    """A mail server that runs, and what it took."""

    port: int
    handler: Handler
    trusting: ssl.SSLContext = field(repr=False)

    def url(self, scheme: str = "smtp", login: str = "") -> str:
        """Give the address as the settings have it."""
        return f"{scheme}://{login}127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails as their readers see them."""
        contents = [one.content for one in self.handler.taken]
        assert all(isinstance(one, bytes) for one in contents)
        return [message_from_bytes(one, policy=POLICY) for one in contents if isinstance(one, bytes)]


def certificates() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make the context of a server on this machine, and one that trusts it."""
    authority, serving = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(serving)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    return serving, trusting


OWN = certificates()


@contextmanager
def serve_mail(
    handler: Handler | None = None, *, tls: str = "", password: str = "", offline: bool = False
) -> Iterator[MailServer]:
    """Run a mail server while the block runs.

    Args:
        handler: What it does with mail.
        tls: `starttls`, `smtps`, or nothing.
        password: Who has it may send, encrypted; nobody needs one where it is empty.
        offline: Whether it takes connections and then says nothing.
    """
    here, opened = handler or Handler(), Queue[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]]()
    serving, trusting = OWN
    options: dict[str, Any] = {"tls_context": serving} if tls == "starttls" else {}
    if password:
        options |= {"auth_required": True, "authenticator": _checks(password)}

    def protocol() -> asyncio.BaseProtocol:
        return asyncio.Protocol() if offline else SMTP(here, hostname="mail.example", **options)

    async def run() -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=serving if tls == "smtps" else None)
        opened.put((server.sockets[0].getsockname()[1], loop, over))
        await over.wait()
        server.close()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    port, loop, over = opened.get(timeout=10)
    try:
        yield MailServer(port, here, trusting)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()


def _checks(password: str) -> Any:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == password.encode(), handled=False)

    return check
