"""Where accounts are kept: the vault with what is personal, and the ledger with what counts.

Every act on an account becomes an event of the ledger, with who did it, for whom, when and from which
session or token. Such an event holds no name, no mail address and no secret. Signing in is no act: it changes
nothing, and a record of when somebody works would outlive its purpose in a ledger that forgets nothing. That
a sign-in was slowed down because somebody guesses is noted there, at most once a day for each account.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from registry.account.actor import Actor, Grant, Role
from registry.account.grant import Rights
from registry.account.secret import Secret
from registry.account.vault import Vault
from registry.ledger import Event, Happening

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry.home import Home
    from registry.settings import Settings

__all__ = ["CONSOLE", "Office", "console"]

CONSOLE: Final = "console"
"""How those come in who work at the registry's own machine."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Office:
    """The accounts of one registry."""

    home: Home
    address: str
    """The address of the registry, with which the IRIs of its accounts begin."""
    now: Callable[[], datetime] = _now

    @classmethod
    def of(cls, home: Home, chosen: Settings) -> Office:
        """Find the accounts of a registry."""
        return cls(home, chosen.public_address)

    @property
    def vault(self) -> Vault:
        """Open what is personal; whoever asks for it closes it again, with `with`."""
        return Vault(self.home.folder)

    @cached_property
    def secret(self) -> Secret:
        """The secret of the registry."""
        return Secret.of(self.home.folder)

    @cached_property
    def rights(self) -> Rights:
        """Who has which role."""
        return Rights(self.home.ledger)

    def note(self, account: str, actor: Actor, act: str, behalf: str = "", **told: Any) -> None:
        """Write down in the ledger what was done with an account."""
        day = self.now().astimezone(UTC).date().isoformat()
        terms = json.dumps({"act": act, "on": day, **told}, sort_keys=True, ensure_ascii=False)
        self.home.ledger.append(
            Event(
                account,
                Happening.ENTITLED,
                actor=actor.account,
                behalf=behalf,
                via=actor.via,
                terms=terms,
            )
        )


def console(name: str) -> Actor:
    """Give whoever works at the registry's own machine: what the files allow them, the registry does."""
    return Actor(name, frozenset({Grant(Role.OPERATOR)}), CONSOLE)
