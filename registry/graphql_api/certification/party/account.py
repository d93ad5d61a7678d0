"""The account that asks, and what it may do."""

from __future__ import annotations

from enum import Enum

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.account.actor import Actor, Grant, Scope
from registry.graphql_api.field import field, listed
from registry.graphql_api.kinds import anything
from registry.graphql_api.session import Frame
from registry.graphql_api.thing import code
from registry.graphql_api.thing.node import Thing
from registry.vocabulary import CODE

__all__ = ["Account", "AccountRole", "TokenScope"]


@strawberry.enum(description="How much of what an account may do is lent to a token.")
class TokenScope(Enum):
    """What a token may be used for."""

    READ = strawberry.enum_value("read", description="Read the cases to which the account is a party.")
    APPLY = strawberry.enum_value("apply", description="Act for those who apply.")
    ASSESS = strawberry.enum_value("assess", description="Assess for a certifying body.")
    DECIDE = strawberry.enum_value("decide", description="Decide for a certifying body.")
    OPERATE = strawberry.enum_value("operate", description="Run the registry.")


@strawberry.type(description="A role that was granted to an account.")
class AccountRole:
    """A role."""

    frame: Private[Frame]
    held: Private[Grant]

    @field
    def role(self) -> code.Code:
        """What the account may be."""
        return code.Code(frame=self.frame, named=CODE[f"account-role/{self.held.role}"])

    @field
    def organisation(self) -> Thing | None:
        """For which organisation or source; null for the registry itself."""
        organisation = self.held.organisation
        return anything(self.frame, URIRef(organisation)) if organisation else None


@strawberry.type(description="The account that asks. Its name and its address stand in no answer.")
class Account:
    """An account."""

    frame: Private[Frame]
    actor: Private[Actor]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return self.actor.account

    @field
    def via(self) -> str:
        """How it came in: by which token."""
        return self.actor.via

    @listed(3)
    def roles(self) -> list[AccountRole]:
        """The roles that were granted to it."""
        return [AccountRole(frame=self.frame, held=one) for one in sorted(self.actor.grants)]

    @field
    def scopes(self) -> list[TokenScope]:
        """What its token may be used for."""
        lent = [one for one in Scope if self.actor.reaches(one)]
        return [TokenScope(str(one)) for one in lent]
