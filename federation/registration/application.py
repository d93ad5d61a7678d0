"""What a publisher asks for, and what comes of it.

Nothing is written down before control is proven. A publisher can list descriptions on the own site; what
brings the descriptions of others along, such as another registry, is added by the registry's own people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

from federation.fetch import Policy, web_address
from federation.notice.consent import is_mail_address
from federation.registration.claim import Claim, origin, own_spaces
from federation.registration.proof import Attempt, Way, prove
from federation.registration.recognition import recognise
from federation.registration.umbrella import refuse_stranger
from federation.source import Source
from registry.arrival import History
from registry.errors import InvalidDataError, KoepelError, NotAllowedError, NotFoundError
from registry.ingest.space import SITE, is_inside
from registry.registration import LONGEST, WEB_IRI, is_reserved

if TYPE_CHECKING:
    from federation.registration.proof import Fetch
    from registry.ledger import Event, Ledger

__all__ = ["Application", "Outcome", "decide", "refuse_taken", "to_prove"]

ANYWHERE: Final = Policy(loopback=True)
"""Where an address leads is looked at when it is fetched."""


@dataclass(frozen=True)
class Application:
    """A publisher asks to be listed, or an umbrella organisation asks it for a member."""

    claim: Claim
    mail: str = ""
    """Where the publisher wants to be written to."""
    umbrella: str = ""
    """The source of the umbrella organisation that acts for the owner, if one does."""

    @classmethod
    def of(cls, address: str, space: str = "", owner: str = "", mail: str = "", umbrella: str = "") -> Self:
        """Read what somebody has filled in, or say what is wrong with it.

        >>> Application.of(" https://buddy.example/gent.ttl ").claim.space
        'https://buddy.example/gent'
        """
        told = [one.strip() for one in (address, space, owner, mail, umbrella)]
        address, space, owner, mail, umbrella = told
        address = _fit(address)
        space, owner, umbrella = (iri and _fit(iri) for iri in (space, owner, umbrella))
        space = space.rstrip("/#") or own_spaces(address)[-1]
        if is_reserved(space):
            raise NotAllowedError(
                "space-of-registry",
                "The registry itself describes what lies under {space}. Give an address on your own site.",
                space=space,
            )
        if mail and not is_mail_address(mail):
            raise InvalidDataError("mail-unfit", "{mail} is not a mail address. Correct it.", mail=mail)
        return cls(Claim(address, space, owner), mail, umbrella.rstrip("/#"))

    @property
    def actor(self) -> str:
        """Who acts, as the log shall say it."""
        return f"publisher of {Claim(self.umbrella or self.claim.address, '').origin}"


@dataclass(frozen=True)
class Outcome:
    """What came of an application: the source as it is to be registered, or where its code was not found."""

    attempts: tuple[Attempt, ...]
    source: Source | None = None


def decide(application: Application, token: str, ledger: Ledger, fetch: Fetch) -> Outcome:
    """Look whether an application is in order and proven; nothing is written down.

    Raises:
        KoepelError: It cannot be granted, whatever is proven; or the description cannot be fetched.
    """
    claim, known = application.claim, ledger.registrations()
    refuse_taken(application, known, History(ledger))
    attempts = prove(to_prove(application, ledger), token, fetch)
    if not attempts[-1].proven:
        return Outcome(attempts)
    try:
        kind = recognise(fetch(claim.address))
    except KoepelError as error:
        return Outcome((*attempts, Attempt(Way.DOCUMENT, claim.address, error)))
    if kind.streams:
        raise NotAllowedError(
            "kind-by-operator",
            "{address} is a stream, which may bring descriptions of others along. Ask the registry to add "
            "it.",
            address=claim.address,
        )
    before = Source.of(known[claim.space]) if claim.space in known else Source(claim.address, claim.space)
    mail = application.mail or before.mail
    owner = claim.owner or before.owner
    return Outcome(attempts, replace(before, kind=kind, owner=owner, mail=mail, via="", origin=""))


def refuse_taken(application: Application, known: dict[str, Event], history: History) -> None:
    """Refuse what is registered otherwise, or what the registry has taken out.

    Two sources never speak for the same things; only an umbrella organisation has members on its own site.
    """
    claim = application.claim
    ended = next((one for one in history.all_ended() if _overlap(one, claim.space)), "")
    if ended and claim.space not in known:
        raise NotAllowedError(
            "source-taken-out",
            "The registry has taken {source} out. Ask the registry whether it may return.",
            source=ended,
        )
    for space, event in known.items():
        same = space == claim.space
        hosted = space == application.umbrella and is_inside(claim.space, space)
        if same:
            _refuse_change(application, event)
        if not (same or hosted) and _overlap(claim.space, space):
            raise NotAllowedError(
                "space-shared",
                "{space} overlaps with {source}, which is registered already. Give an address that belongs "
                "to this description alone, or ask the registry.",
                space=claim.space,
                source=space,
            )


def _refuse_change(application: Application, known: Event) -> None:
    """Refuse another address, and an umbrella organisation that would change what it did not register."""
    if known.address != application.claim.address:
        raise NotAllowedError(
            "source-at-address",
            "{source} is registered already, with the address {address}. If it has moved, ask the "
            "registry to change that.",
            source=known.source,
            address=known.address,
        )
    if application.umbrella and known.actor != application.actor:
        raise NotAllowedError(
            "member-registered",
            "{source} is registered already, and not by {umbrella}. Only the member itself or the registry "
            "can change that.",
            source=known.source,
            umbrella=application.umbrella,
        )


def to_prove(application: Application, ledger: Ledger) -> Claim:
    """Say what is to be proven: control of the own site, or of the umbrella's, which names the member."""
    claim, umbrella = application.claim, application.umbrella
    if not umbrella:
        return claim
    known = ledger.registrations().get(umbrella)
    if known is None:
        raise NotFoundError(
            "umbrella-unknown",
            "{source} is not registered. Register the umbrella organisation first.",
            source=umbrella,
        )
    for iri in (claim.space, claim.owner):
        if not (is_inside(iri, claim.origin) or is_inside(iri, umbrella)):
            raise NotAllowedError(
                "member-elsewhere",
                "{member} lies neither on the site of {address} nor under {umbrella}. Give the address where "
                "the member itself publishes.",
                member=iri or "?",
                address=claim.address,
                umbrella=umbrella,
            )
    _refuse_wide(claim, umbrella)
    refuse_stranger(claim, umbrella, ledger)
    return Claim(known.address, umbrella)


def _refuse_wide(claim: Claim, umbrella: str) -> None:
    """Refuse to let an umbrella name more of a member's site than the document that is read there.

    Others may have the rest of that site, and they were not asked.
    """
    if not any(is_inside(claim.space, own) for own in (umbrella, *own_spaces(claim.address))):
        raise NotAllowedError(
            "member-wide",
            "{space} is more than the document {address}. An umbrella organisation can register a document "
            "of its member; for more, the member has to register itself.",
            space=claim.space,
            address=claim.address,
        )


def _overlap(one: str, other: str) -> bool:
    return is_inside(one, other) or is_inside(other, one)


def _fit(iri: str) -> str:
    """Give an address with its site as all programs write it (URL Standard, section 4.5), if it makes sense.

    >>> _fit("https://Buddy.example:443/Gent")
    'https://buddy.example/Gent'
    """
    try:
        if len(iri) <= LONGEST and WEB_IRI.fullmatch(iri):
            return origin(str(web_address(iri, ANYWHERE))) + SITE.sub("", iri, count=1)
    except (NotAllowedError, ValueError):  # the host or the port makes no sense
        pass
    raise InvalidDataError(
        "address-unfit",
        "{address} is not an address on the web. Give one that begins with https:// and holds no spaces.",
        address=iri,
    )
