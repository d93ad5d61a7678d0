"""Whether an account wants mail about labels: said on its own page, or by the link in each mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from federation.notice.consent import Wish
from registry.account.account import choose_mail, list_accounts
from registry.account.vault import NAME, Vault

if TYPE_CHECKING:
    from pathlib import Path

    from federation.notice.consent import Consent

__all__ = ["heed"]


def heed(home: Path, consent: Consent, wish: Wish, digest: str) -> None:
    """Do what the owner of an account wants who follows the link in a mail.

    Nothing happens where the link is that of a mail address and not of an account.

    Args:
        home: The folder of the registry.
        consent: Knows by which digest a link names an account.
        wish: What is wanted.
        digest: Whose link it is.
    """
    if not (home / NAME).exists():
        return
    with Vault(home) as vault:
        for account in list_accounts(vault):
            if consent.of(account.iri).digest == digest:
                choose_mail(vault, account, wanted=wish is Wish.CONFIRM)
