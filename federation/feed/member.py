"""One change as a member of the stream: what happened to a source, and what it says from then on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rdflib.namespace import DCTERMS, PROV

from federation.feed.line import A, iri, line, moment, number, text
from federation.feed.stream import AS, POSITION, TIME, TREE
from registry.ledger.event import ENDING, PUBLISHING
from registry.registration import WEB_IRI
from registry.vocabulary import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from federation.feed.stream import Stream
    from registry.ledger import Change

__all__ = ["member", "text_of"]

MEMBER: Final = iri(TREE.member)
HAPPENING: Final = iri(DCTERMS.type)
VERSION_OF: Final = iri(DCTERMS.isVersionOf)
ORIGIN: Final = iri(PROV.wasAttributedTo)
SOURCE: Final = iri(DCTERMS.source)
IDENTIFIER: Final = iri(DCTERMS.identifier)
REASON: Final = iri(DCTERMS.description)
WORDS: Final = {one: iri(CODE[f"happening/{one}"]) for one in PUBLISHING | ENDING}
LANGUAGE: Final = "en"
"""Reasons are written down in English, or in the words of a person whose language nobody noted."""


def member(stream: Stream, change: Change) -> Iterator[str]:
    """Say what happened; the statement that makes it a member comes first (TREE profile, rule 1).

    A version that was erased later stays as a line without a text, without its hash and without the address
    of its document.
    """
    event = change.event
    here = iri(stream.member(event.position or 0))
    yield line(iri(stream.iri), MEMBER, here)
    yield line(here, A, iri(_kind(change)))
    yield line(here, HAPPENING, WORDS[event.happening])
    yield line(here, VERSION_OF, iri(event.source))
    if event.time:
        yield line(here, TIME, moment(event.time))
    yield line(here, POSITION, number(event.position or 0))
    yield line(here, ORIGIN, iri(_origin(stream, change)))
    if WEB_IRI.fullmatch(event.address):
        yield line(here, SOURCE, iri(event.address))
    if digest := text_of(change):
        yield line(here, IDENTIFIER, text(f"sha256:{digest}"))
    if change.ends and event.reason:
        yield line(here, REASON, text(event.reason, LANGUAGE))


def text_of(change: Change) -> str | None:
    """Name the version whose text belongs to a change, if readers of the stream get one."""
    return None if change.ends or change.erased else change.event.digest


def _kind(change: Change) -> str:
    """Name what a follower has to do, in the words of Activity Streams."""
    if change.ends:
        return AS.Delete
    return AS.Create if change.begins else AS.Update


def _origin(stream: Stream, change: Change) -> str:
    """Tell which registry got it from its publisher: this one, or one that it follows."""
    return str(json.loads(change.terms or "{}").get("origin") or stream.address)
