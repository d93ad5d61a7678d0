"""Decides under which name a source may be registered, and finds a source by what a person calls it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from registry.errors import InvalidDataError, NotAllowedError, NotFoundError
from registry.ingest.space import is_inside
from registry.ledger import Event, Happening
from registry.vocabulary import CODE, GRAPH, KOEPEL, STANDARD

if TYPE_CHECKING:
    from registry.arrival import Entry, History
    from registry.ledger import Ledger

__all__ = ["find_source", "fit_space", "register"]

WEB_IRI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`/?#@]+(?:[/#][^\s<>\"{}|\\^`]*)?")
"""An address on the web, without what Turtle and SPARQL cannot write in an IRI (SPARQL 1.1 §19.8)."""
LONGEST: Final = 500
OWN: Final = tuple(str(one) for one in (GRAPH, KOEPEL, CODE, STANDARD))
"""What the registry describes itself."""
NEAR: Final = 3


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
    if any(is_inside(own, found) or is_inside(found, own) for own in OWN):
        raise NotAllowedError(
            "space-reserved",
            "The registry itself describes what lies under {space}. Give the publisher's own address with "
            "--space.",
            space=space,
        )
    return found


def register(source: str, address: str, actor: str, history: History, *, again: bool = False) -> list[Entry]:
    """Register a source that is new or returns; nothing is to be written for one that is registered.

    What was erased returns only when somebody says so, and one address never takes the place of another
    unnoticed.
    """
    known = history.registered.get(source)
    if known == address:
        return []
    if known is not None:
        raise NotAllowedError(
            "source-elsewhere",
            "{source} is registered with the address {address}. Give another description an address of its "
            "own with --space; if this one has moved, remove the source and add it again.",
            source=source,
            address=known,
        )
    if history.erased(source) and not again:
        raise NotAllowedError(
            "source-erased",
            "{source} was erased. If it may return, add it with --again.",
            source=source,
        )
    return [(Event(source, Happening.REGISTERED, address, actor=actor), None)]


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
