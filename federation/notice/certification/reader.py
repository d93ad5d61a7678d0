"""Who is told of certification: accounts that somebody has set up, and that have a part in a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.account.account import list_accounts
from registry.account.actor import Actor, Role
from registry.account.vault import NAME, Vault
from registry.vocabulary import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from registry.certification.life.caseload import Caseload

__all__ = ["Reader", "read_readers"]

PARTIES: Final = (Role.OWNER, Role.PUBLISHER, Role.ASSESSOR, Role.DECIDER)


@dataclass(frozen=True)
class Reader:
    """Somebody who is told, in their language and at their own address."""

    actor: Actor
    mail: str
    language: str
    wants_mail: bool = True

    @property
    def account(self) -> str:
        """The IRI of the account."""
        return self.actor.account


def read_readers(home: Path, caseload: Caseload) -> list[Reader]:
    """Find those who can have a part in a case.

    An account counts once somebody followed its invitation: that shows that mail to its address is read by
    the one who is meant. One that was closed does not, whatever roles the ledger still tells of.
    """
    if not (home / NAME).exists():
        return []
    with Vault(home) as vault:
        accounts = [account for account in list_accounts(vault) if account.active]
    found = []
    for account in accounts:
        actor = Actor(account.iri, caseload.grants.get(account.iri, frozenset()), "mail")
        if actor.organisations(*PARTIES):
            spoken = account.language if account.language in LANGUAGES else ENGLISH
            found.append(Reader(actor, account.mail, spoken, account.wants_mail))
    return found
