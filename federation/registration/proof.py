"""Proof of control: whoever asks to be listed puts a code where only the publisher can put it.

There are three places, and each proves as much as it takes to write there:

- *in the document itself*: proves the document's own space and nothing beside it, because on shared hosting
  the neighbours' documents stand on the same site, and perhaps in the same folder;
- *in `/.well-known/koepel`* of the site: proves the whole site, since what lies there belongs to whoever runs
  it (RFC 8615, section 1); a tenant who has but a folder cannot write there;
- *as the answer to a challenge* at `/.well-known/koepel-challenge/…`: proves the whole site too.

An answer that came from another host proves nothing: many sites lead visitors wherever an address says.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from federation.registration import challenge
from federation.registration.claim import origin
from federation.registration.sighting import codes_in, listed_codes
from registry.errors import KoepelError, NotAllowedError
from registry.ingest.guard import decode_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from federation.fetch import Fetched
    from federation.registration.claim import Claim

    Fetch = Callable[[str], Fetched]

__all__ = ["WELL_KNOWN", "Attempt", "Way", "places", "prove"]

WELL_KNOWN: Final = "/.well-known/koepel"
MOST_ANSWERS: Final = 100
"""So many answers to one challenge are looked at: a site may have been given several codes."""


class Way(StrEnum):
    """Where a code can stand."""

    DOCUMENT = "document"
    SITE = "site"
    CHALLENGE = "challenge"


@dataclass(frozen=True)
class Attempt:
    """One place that was looked at, and why the code was not found there, if it was not."""

    way: Way
    address: str
    trouble: KoepelError | None = None

    @property
    def proven(self) -> bool:
        """True when the code stood there."""
        return self.trouble is None


def places(claim: Claim) -> dict[Way, str]:
    """Say where the code of a claim can stand; behind the last address comes the number of the challenge.

    >>> from federation.registration.claim import Claim
    >>> for place in places(Claim("https://buddy.example/gent.ttl", "https://buddy.example")).values():
    ...     print(place)
    https://buddy.example/.well-known/koepel
    https://buddy.example/.well-known/koepel-challenge/
    """
    found = {Way.SITE: claim.origin + WELL_KNOWN, Way.CHALLENGE: claim.origin + challenge.PATH}
    return {Way.DOCUMENT: claim.address, **found} if claim.is_own else found


def prove(claim: Claim, token: str, fetch: Fetch) -> tuple[Attempt, ...]:
    """Look for the code of a claim in one place after another, until it is found.

    The claim is proven when the last attempt is. A place that would prove too little is not looked at.

    Raises:
        NotAllowedError: No place would prove enough.
    """
    if not claim.is_on_site:
        raise NotAllowedError(
            "proof-elsewhere",
            "{thing} does not lie on the site {site}, from which the description comes. Ask the registry to "
            "add it.",
            thing=claim.space if not claim.owner else f"{claim.space}, {claim.owner}",
            site=claim.origin,
        )
    found: list[Attempt] = []
    for way, address in places(claim).items():
        trouble = None
        try:
            LOOKS[way](claim, address, token, fetch)
        except KoepelError as error:
            trouble = error
        found.append(Attempt(way, address, trouble))
        if not trouble:
            break
    return tuple(found)


def _in_document(claim: Claim, address: str, token: str, fetch: Fetch) -> None:
    _expect(token, codes_in(_from_there(address, fetch), claim.space), address)


def _on_site(claim: Claim, address: str, token: str, fetch: Fetch) -> None:
    _expect(token, listed_codes(_from_there(address, fetch).data), address)


def _by_challenge(claim: Claim, address: str, token: str, fetch: Fetch) -> None:
    nonce = challenge.fresh_nonce()
    answers = decode_text(_from_there(address + nonce, fetch).data).split()[:MOST_ANSWERS]
    _expect(challenge.answer(token, nonce), answers, address)


def _from_there(address: str, fetch: Fetch) -> Fetched:
    """Fetch from the site that is meant; its own way from http to https is no other site."""
    fetched = fetch(address)
    there, here = origin(fetched.final_address), origin(address)
    if there not in {here, here.replace("http://", "https://", 1)}:
        raise NotAllowedError(
            "proof-redirected",
            "{address} leads to {there}, which is another site. Give the address where the description "
            "really is, or put the code on the first site.",
            address=address,
            there=there,
        )
    return fetched


def _expect(wanted: str, found: Iterable[str], address: str) -> None:
    if not any(_equal(wanted, found)):
        raise NotAllowedError(
            "code-not-found",
            "{address} can be read, but the code does not stand there. Copy the code exactly as it is shown, "
            "publish, and check again.",
            address=address,
        )


def _equal(wanted: str, found: Iterable[str]) -> Iterator[bool]:
    """Compare in a time that does not tell how much is right."""
    return (hmac.compare_digest(wanted.encode(), one.encode()) for one in found)


LOOKS: Final = {Way.DOCUMENT: _in_document, Way.SITE: _on_site, Way.CHALLENGE: _by_challenge}
"""How each place is looked at."""
