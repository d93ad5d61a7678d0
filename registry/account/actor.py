"""Who acts: an account, the roles that were granted to it, and how it came in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["ANYBODY", "SCOPES", "Actor", "Grant", "Role", "Scope"]


class Role(StrEnum):
    """What somebody may do for an organisation; each role is granted by itself, none holds another.

    The words are those of the code list `account-role`.
    """

    OWNER = "owner"
    """Speaks for an organisation: applies for labels, assesses itself, appeals."""
    PUBLISHER = "publisher"
    """Keeps the description and the evidence of an organisation up to date, and may be another one."""
    ASSESSOR = "assessor"
    """Reads documents and hears people for a certifying body, and recommends."""
    DECIDER = "decider"
    """Decides for a certifying body."""
    OPERATOR = "operator"
    """Runs the registry: accounts, schemes and keys, and no decision on anybody's quality."""


class Scope(StrEnum):
    """How much of what an account may do is lent to one of its tokens."""

    READ = "read"
    APPLY = "apply"
    ASSESS = "assess"
    DECIDE = "decide"
    OPERATE = "operate"


SCOPES: Final[dict[Role, Scope]] = {
    Role.OWNER: Scope.APPLY,
    Role.PUBLISHER: Scope.APPLY,
    Role.ASSESSOR: Scope.ASSESS,
    Role.DECIDER: Scope.DECIDE,
    Role.OPERATOR: Scope.OPERATE,
}
"""The scope that a token needs to use a role."""


READING: Final = frozenset({Scope.READ, Scope.APPLY, Scope.ASSESS, Scope.DECIDE})
"""The scopes with which cases may be read: whoever may act in them must see them. To operate is no reason."""


@dataclass(frozen=True, order=True)
class Grant:
    """A role for one organisation."""

    role: Role
    organisation: str = ""
    """The IRI of an organisation, or of a source for its owners and publishers; empty for the registry."""


@dataclass(frozen=True)
class Actor:
    """Somebody who asks for something, and may do so or not.

    >>> ghent = "https://buddy.example/gent#us"
    >>> anna = Actor("urn:example:anna", frozenset({Grant(Role.OWNER, ghent)}), "session")
    >>> anna.may(Role.OWNER, ghent), anna.may(Role.OWNER, "https://buddy.example/#us")
    (True, False)
    >>> Actor(anna.account, anna.grants, "token:7", frozenset({Scope.READ})).may(Role.OWNER, ghent)
    False
    """

    account: str
    """The IRI of the account; empty for a visitor who has not signed in."""
    grants: frozenset[Grant] = frozenset()
    via: str = ""
    """How they came in: session, console, or token: with its number."""
    scopes: frozenset[Scope] | None = None
    """For a token what it may do; without it, all that its account may do."""

    def may(self, role: Role, organisation: str = "") -> bool:
        """Tell whether this role for this organisation was granted, and may be used here."""
        return Grant(role, organisation) in self.grants and self.reaches(SCOPES[role])

    def reaches(self, scope: Scope) -> bool:
        """Tell whether the way in lends this much."""
        return self.scopes is None or scope in self.scopes

    @property
    def reads(self) -> bool:
        """Tell whether the way in lets somebody read the cases to which they are a party."""
        return self.scopes is None or not self.scopes.isdisjoint(READING)

    def organisations(self, *roles: Role) -> frozenset[str]:
        """Give the organisations for which one of these roles was granted, or any role."""
        return frozenset(one.organisation for one in self.grants if not roles or one.role in roles)


ANYBODY: Final = Actor("")
"""A visitor who has not signed in."""
