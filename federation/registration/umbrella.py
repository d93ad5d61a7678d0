"""Whom an umbrella organisation names as its members in its own published description.

Only what readers see counts, and only what the umbrella's own source says. To be named gives the umbrella no
say over a member's description: it may tell the registry where on the member's own site that is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib.namespace import ORG

from registry.errors import NotAllowedError, NotFoundError
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from federation.registration.claim import Claim
    from registry.ledger import Ledger

__all__ = ["named_members", "refuse_stranger"]

NAMING: Final = (ORG.hasMember, ORG.hasSubOrganization, ORG.hasUnit)
"""What the umbrella says of itself, with the member as value."""
BELONGING: Final = (ORG.memberOf, ORG.subOrganizationOf, ORG.unitOf, KOEPEL.franchiseeOf)
"""What the umbrella says of a member that it describes in its own space."""


def _stating(ways: Iterable[str]) -> re.Pattern[bytes]:
    """Find statements in canonical lines: anybody may ask, so no graph is made of all that is there."""
    named = "|".join(map(re.escape, ways))
    return re.compile(rf"^(?:<([^>]*)>|_:\S+) <(?:{named})> (?:<([^>]*)>|_:\S+) \.$".encode(), re.MULTILINE)


NAMED: Final = _stating(NAMING)
BELONGS: Final = _stating(BELONGING)


def named_members(ledger: Ledger, umbrella: str) -> frozenset[str]:
    """List the organisations that the published description of an umbrella's source names as members.

    Raises:
        NotFoundError: Readers see nothing of the source.
    """
    publication = ledger.publication(umbrella)
    if publication is None:
        raise NotFoundError(
            "umbrella-unpublished",
            "Readers see no description of {source} yet, so nobody can tell who its members are. Register "
            "the umbrella organisation first.",
            source=umbrella,
        )
    [(_, text)] = ledger.canonical([publication.digest])
    members = {found[2] for found in NAMED.finditer(text)} | {found[1] for found in BELONGS.finditer(text)}
    return frozenset(one.decode() for one in members if one)


def refuse_stranger(claim: Claim, umbrella: str, ledger: Ledger) -> None:
    """Refuse a claim in the name of somebody whom the umbrella does not name as its member."""
    if claim.owner not in named_members(ledger, umbrella):
        raise NotAllowedError(
            "not-a-member",
            "The published description of {umbrella} does not name {member} as a member. Name it there with "
            "org:hasMember, wait until the registry has visited, and try again.",
            umbrella=umbrella,
            member=claim.owner or claim.space,
        )
