"""Accounts for tests: people who do not exist, with passwords and devices that everybody may know."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp

from registry.account.account import Account, find_account
from registry.account.actor import Grant, Role
from registry.account.invitation import accept, find_invitation
from registry.account.office import Office, console
from registry.account.people import create, give_role
from registry.home import Home

ADDRESS = "http://testserver"
PASSWORD = "correct horse battery"  # noqa: S105 - of people who do not exist
CONSOLE = console("operator")
US = "https://buddy.example/#us"
BODY = "https://body.example/#us"


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and with the device that they set up."""

    account: Account
    factor: str
    spare: tuple[str, ...]
    clock: Clock

    @property
    def code(self) -> str:
        """What the device shows now."""
        return pyotp.TOTP(self.factor).at(self.clock.now)


def make_office(folder: Path, clock: Clock | None = None) -> Office:
    """Make a registry that knows nobody."""
    return Office(Home(folder), ADDRESS, clock or Clock())


def enrol(office: Office, name: str = "Anna Example", *grants: Grant) -> Person:
    """Invite somebody, and let them set up their account."""
    clock = office.now
    assert isinstance(clock, Clock)
    mail = f"{name.partition(' ')[0].lower()}@buddy.example"
    account, code = create(office, CONSOLE, name, mail, "en")
    with office.vault as vault:
        factor = find_invitation(office, vault, code).factor
    spare = accept(office, code, PASSWORD, pyotp.TOTP(factor).at(clock.now))
    clock.move(minutes=1)  # the code of the invitation was used
    for grant in grants:
        give_role(office, CONSOLE, account.id, grant.role, grant.organisation)
    with office.vault as vault:
        return Person(find_account(vault, account.id), factor, spare, clock)


OPERATOR = Grant(Role.OPERATOR)
OWNER = Grant(Role.OWNER, US)
ASSESSOR = Grant(Role.ASSESSOR, BODY)
