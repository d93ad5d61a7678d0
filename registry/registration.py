"""Decides under which name a source may be registered, and finds a source by what a person calls it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from registry.errors import InvalidDataError, NotAllowedError, NotFoundError
from registry.ingest.space import is_inside
from registry.vocabulary import CODE, GRAPH, KOEPEL, STANDARD

if TYPE_CHECKING:
    from registry.arrival import Entry, History
    from registry.ledger import Event, Ledger

__all__ = ["LONGEST", "WEB_IRI", "find_source", "fit_space", "is_reserved", "refuse_registration", "register"]

UNFIT: Final = (
    r"\s<>\"{}|\\^`\[\]\x00-\x1f\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff"
)
PART: Final = rf"(?:[^#%{UNFIT}]|%[0-9A-Fa-f]{{2}})*"
WEB_IRI: Final = re.compile(
    rf"https?://(?:[^/?#@:%{UNFIT}]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{{1,5}})?(?:/{PART})?(?:#{PART})?"
)
"""An address on the web, without what no IRI holds (RFC 3987, section 2.2; SPARQL 1.1 §19.8)."""
LONGEST: Final = 500
"""So many characters, at most, are in the address of a source or of a thing."""
OWN: Final = tuple(str(one) for one in (GRAPH, KOEPEL, CODE, STANDARD))
"""What the registry describes itself."""
NEAR: Final = 3
NOTHING: Final = "{}"
"""Terms that are the usual ones."""


def fit_space(space: str) -> str:
    """Give the IRI space of a source in the form in which it is registered, or say why it cannot be one.

    >>> fit_space("https://buddy.example/gent/")
    'https://buddy.example/gent'
    >>> fit_space("https://w3id.org/koepel")
    Traceback (most recent call last):
    registry.errors.NotAllowedError: The registry itself describes what lies under https://w3id.org/koepel. \
Give the publisher's own address with --space.
    """
    found = space.rstrip("/#")
    if len(found) > LONGEST or not WEB_IRI.fullmatch(found):
        raise InvalidDataError(
            "space-unfit",
            "{space} cannot be the address under which a source describes things. Give one with --space that "
            "begins with https:// or http:// and holds no spaces.",
            space=space,
        )
    if is_reserved(found):
        raise NotAllowedError(
            "space-reserved",
            "The registry itself describes what lies under {space}. Give the publisher's own address with "
            "--space.",
            space=space,
        )
    return found


def is_reserved(iri: str) -> bool:
    """Tell whether the registry itself describes what lies there, or around it."""
    return any(is_inside(own, iri) or is_inside(iri, own) for own in OWN)


def refuse_registration(
    source: str, address: str, known: Event | None, history: History, *, again: bool = False
) -> None:
    """Refuse to register what was erased, or what is registered with another address.

    What was erased returns only when somebody says so, and one address never takes the place of another
    unnoticed.

    Args:
        source: The IRI space.
        address: Where its description is to be fetched.
        known: The registration that holds now, if there is one.
        history: What the ledger tells of the sources.
        again: Whether what was erased may return.
    """
    if known and known.address != address:
        raise NotAllowedError(
            "source-elsewhere",
            "{source} is registered with the address {address}. Give another description an address of its "
            "own with --space; if this one has moved, remove the source and add it again.",
            source=source,
            address=known.address,
        )
    if history.erased(source) and not again:
        raise NotAllowedError(
            "source-erased",
            "{source} was erased. If it may return, add it with --again.",
            source=source,
        )


def register(wanted: Event, known: Event | None) -> list[Entry]:
    """Register a source that is new or comes on other terms; otherwise nothing is to be written."""
    if known and (known.terms or NOTHING, known.via) == (wanted.terms or NOTHING, wanted.via):
        return []
    return [(wanted, None)]


def find_source(ledger: Ledger, named: str) -> str:
    """Find a source by its IRI space or its address; a misspelt one is told with the nearest."""
    known, wanted = ledger.status(), named.rstrip("/#")
    if wanted in known or named in known:
        return wanted if wanted in known else named
    at_address = [source for source, address in ledger.registered().items() if address == named]
    if len(at_address) == 1:
        return at_address[0]
    nearest = _nearest(named, list(known))
    if nearest:
        raise NotFoundError(
            "source-unknown-near",
            "The registry knows no source {source}. Did you mean {choices}?",
            source=named,
            choices=", ".join(nearest),
        )
    raise NotFoundError(
        "source-unknown",
        "The registry knows no source {source}. The command koepel log lists what it knows.",
        source=named,
    )


def _nearest(named: str, known: list[str]) -> list[str]:
    """Find what was probably meant: an IRI that is nearly the same, or ends in the given word."""
    by_name = {one.rpartition("/")[2]: one for one in known}
    names = [by_name[name] for name in get_close_matches(named, by_name, NEAR)]
    return list(dict.fromkeys([*get_close_matches(named, known, NEAR, 0.9), *names]))[:NEAR]
