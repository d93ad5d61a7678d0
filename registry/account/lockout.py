"""How many guesses somebody has, without giving anybody the means to keep others out.

To lock an account after some wrong guesses would let anyone lock out anyone whose mail address they know. So
guesses are counted in three places, and none of them stops a browser in which the owner has signed in before:

- for each account and network: five guesses are free, then the wait doubles from five seconds to a quarter
  of an hour. Who guesses, waits; the owner elsewhere does not notice.
- for each account, over all networks: after twenty guesses within a day, one a minute. So even a thousand
  machines that know the password have 1440 guesses a day at a second factor of a million codes, of which
  three are good at a time: less than half a per cent.
- for each network, over all accounts: after thirty guesses the wait grows likewise, because every guess costs
  this machine a tenth of a second and 64 MiB.

A browser in which somebody has signed in keeps a sealed mark. With it only that browser's own guesses count.
The price: while an account is under attack, its owner has to use a known browser, or another network and
patience, or ask for a new invitation.

A guess is counted before it is looked at, so that many at the same moment gain nothing. Places and mail
addresses stand here as keyed digests, and for a day only. A mail address without an account is counted in the
same way, so that nobody learns which there are.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, ClassVar, Final

from registry.account.vault import as_text
from registry.errors import LimitError

if TYPE_CHECKING:
    from registry.account.account import Account
    from registry.account.secret import Secret
    from registry.account.vault import Vault

__all__ = ["DEVICE_SECONDS", "Door", "WaitError", "admit", "at_door", "forgive", "mark_device"]

DEVICE_SECONDS: Final = 180 * 86_400
"""For how long a browser is known after somebody has signed in there."""
REMEMBERED: Final = timedelta(days=1)
DEVICE: Final = "device"
NOTED: Final = "noted"
"""In the place of a network: that the operators were told."""


class WaitError(LimitError):
    """Somebody guessed too often, and has to wait."""

    status: ClassVar[int] = 429

    @property
    def seconds(self) -> int:
        """How long."""
        return int(self.params["seconds"])


@dataclass(frozen=True)
class Measure:
    """How many guesses are free, and how the wait grows after them.

    >>> [round(Measure(5, 5, 900).wait(guesses).total_seconds()) for guesses in (4, 5, 6, 7, 20, 5_000)]
    [0, 5, 10, 20, 900, 900]
    """

    free: int
    first: int
    longest: int

    def wait(self, guesses: int) -> timedelta:
        """Tell how long after the last of so many guesses the next may come."""
        if guesses < self.free:
            return timedelta()
        return timedelta(seconds=min(self.first << min(guesses - self.free, 20), self.longest))


HERE: Final = Measure(5, 5, 900)
ANYWHERE: Final = Measure(20, 60, 60)
NETWORK: Final = Measure(30, 5, 900)


@dataclass(frozen=True)
class Door:
    """At which account somebody knocks, and from where."""

    identity: str
    """A digest of the mail address."""
    place: str
    """A digest of the network, or the mark of a known browser."""
    known: bool
    """Whether the owner has signed in from this browser before."""

    @property
    def counted(self) -> dict[tuple[str, str], Measure]:
        """Where a guess here counts."""
        own = {(self.identity, self.place): HERE}
        return own if self.known else {**own, (self.identity, ""): ANYWHERE, ("", self.place): NETWORK}


def at_door(secret: Secret, mail: str, account: Account | None, client: str, device: str = "") -> Door:
    """Tell at which door somebody stands.

    Args:
        secret: The secret of the registry.
        mail: The mail address that was given.
        account: Its account, if it has one.
        client: The network from which they come.
        device: The mark that their browser keeps.
    """
    identity = secret.digest("identity", mail.strip().casefold())
    marked = secret.unseal(DEVICE, device, DEVICE_SECONDS) if device else None
    whose, _, number = (marked or "").partition(" ")
    if account is not None and whose == account.id:
        return Door(identity, f"{DEVICE} {number}", known=True)
    return Door(identity, secret.digest("client", client), known=False)


def mark_device(secret: Secret, account: Account) -> str:
    """Make the mark of a browser in which the owner of an account has signed in."""
    return secret.seal(DEVICE, f"{account.id} {secrets.token_hex(8)}")


def admit(vault: Vault, door: Door, now: datetime) -> bool:
    """Let somebody guess once, and count it; tells whether the operators should hear of it.

    Raises:
        WaitError: There were too many guesses a short while ago.
    """
    with vault.writing():
        vault.write("DELETE FROM attempt WHERE last <= ?", as_text(now - REMEMBERED))
        for where, measure in door.counted.items():
            _check(vault, where, measure, now)
        for where in door.counted:
            vault.write(
                "INSERT INTO attempt VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE "
                "SET failures = failures + 1, last = excluded.last",
                *(*where, as_text(now)),
            )
        return _is_news(vault, door, now)


def forgive(vault: Vault, door: Door) -> None:
    """Forget the guesses of somebody who turned out to be the owner."""
    vault.write("DELETE FROM attempt WHERE identity = ? AND place IN ('', ?)", door.identity, door.place)
    vault.write("UPDATE attempt SET failures = failures - 1 WHERE identity = '' AND place = ?", door.place)


def _check(vault: Vault, where: tuple[str, str], measure: Measure, now: datetime) -> None:
    row = vault.row("SELECT failures, last FROM attempt WHERE identity = ? AND place = ?", *where)
    if row is None:
        return
    left = datetime.fromisoformat(row["last"]) + measure.wait(row["failures"]) - now
    if left > timedelta():
        raise WaitError(
            "sign-in-wait",
            "There were too many attempts to sign in. Wait {seconds} seconds, and try again.",
            seconds=ceil(left.total_seconds()),
        )


def _is_news(vault: Vault, door: Door, now: datetime) -> bool:
    """Tell once a day that an account is slowed down for strangers."""
    row = vault.row("SELECT failures FROM attempt WHERE identity = ? AND place = ''", door.identity)
    if row is None or row["failures"] < ANYWHERE.free:
        return False
    told = "INSERT OR IGNORE INTO attempt VALUES (?, ?, 0, ?)"
    return vault.write(told, door.identity, NOTED, as_text(now)) == 1
