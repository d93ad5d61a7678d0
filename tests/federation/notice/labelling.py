"""A registry with a label, and those who are told of it: somebody of the project, somebody of the body."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path

from federation.notice.certification.round import Sent, send_certification
from federation.notice.mail import PostOffice
from registry.account.account import Account, add_account, choose_mail, close_account, find_account
from registry.account.actor import Role
from registry.account.vault import Vault
from registry.ledger import Event, Happening
from registry.settings import Settings
from tests.federation.notice.post import Handler, MailServer, serve_mail
from tests.registry.certification import acting
from tests.registry.certification.registered import ORGANISATION, TODAY, Registered, registered

CHOSEN = Settings(address=acting.REGISTRY, name="Koepel", mail_from="register@registry.example")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Labelling:
    """A registry with accounts, and a mail server that takes its mail."""

    registry: Registered
    server: MailServer
    office: PostOffice

    def enrol(
        self, name: str, role: Role, organisation: str, language: str = "en", *, active: bool = True
    ) -> Account:
        """Give somebody an account and a role; unless a test wants otherwise, the invitation was followed."""
        folder, ledger = self.registry.desk.home.folder, self.registry.desk.home.ledger
        with Vault(folder) as vault:
            mail = f"{name}@{'body' if role in {Role.ASSESSOR, Role.DECIDER} else 'buddy'}.example"
            account = add_account(vault, acting.REGISTRY, name, mail, language, BEGINNING)
            if active:
                vault.write("UPDATE account SET password = 'hashed' WHERE id = ?", account.id)
        terms = json.dumps({"act": "grant", "role": role, "organisation": organisation})
        ledger.append(Event(account.iri, Happening.ENTITLED, actor="operator", terms=terms))
        return account

    def close(self, account: Account) -> None:
        """Close an account; its roles stay in the ledger as they were."""
        with Vault(self.registry.desk.home.folder) as vault:
            close_account(vault, find_account(vault, account.iri), BEGINNING)

    def mute(self, account: Account, *, silent: bool = True) -> None:
        """Let somebody want no mail, or want it again."""
        with Vault(self.registry.desk.home.folder) as vault:
            choose_mail(vault, account, wanted=not silent)

    def round(self, day: date = TODAY, hour: int = 12) -> Sent:
        """Send what is due on a day."""
        now = datetime.combine(day, time(), UTC) + timedelta(hours=hour)
        desk = self.registry.desk
        return send_certification(desk.home, desk.rulebook, CHOSEN, now, office=self.office)

    def mails(self) -> list[EmailMessage]:
        """Take the mails that came since the last time."""
        taken = self.server.mails
        self.server.handler.taken.clear()
        return taken

    def bodies(self) -> dict[str, str]:
        """Take them as texts, by who got them."""
        return {mail["To"]: mail.get_content() for mail in self.mails()}


@contextmanager
def labelling(folder: Path, handler: Handler | None = None) -> Iterator[Labelling]:
    """Open such a registry, in which nobody has an account yet."""
    with (
        registered(folder) as registry,
        serve_mail(handler) as server,
        PostOffice(server.url()) as office,
    ):
        yield Labelling(registry, server, office)


@contextmanager
def staffed(folder: Path, language: str = "en", handler: Handler | None = None) -> Iterator[Labelling]:
    """Open such a registry with an owner and an assessor, who were told of the label when it was granted."""
    with labelling(folder, handler) as made:
        made.enrol("owner", Role.OWNER, ORGANISATION, language)
        made.enrol("assessor", Role.ASSESSOR, acting.BODY, language)
        made.registry.award()
        if handler is None:
            made.round(date(2026, 11, 2))
            made.mails()
        yield made
