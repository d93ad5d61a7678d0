"""A report that goes to the inbox of a source: where it stands, and what was found in its newest text.

It is an announcement (Activity Streams 2.0) with the status as RDF, in JSON-LD, in the publisher's language.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Literal, URIRef

from federation.notice.account import tell
from federation.notice.bureau import Told, later
from federation.notice.inbox import ACTIVITY_STREAMS, MOST_BYTES
from federation.notice.link import INBOX, same_origin
from federation.notice.report import read_text, report_on
from federation.notice.statement import describe
from federation.notice.status import status_address
from registry.errors import KoepelError, PeerError
from registry.formats import Format
from registry.graph.term import written
from registry.vocabulary import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from federation.notice.bureau import Bureau
    from federation.notice.status import Status
    from federation.notice.tray import Letter
    from registry.check import Checked
    from registry.ledger import Ledger

__all__ = ["MEDIA_TYPE", "announce", "inbox_of", "language_of", "post_report"]

BUSY: Final = frozenset({408, 429})
"""Refusals that pass (RFC 9110, section 15.5; RFC 6585, section 4)."""
MEDIA_TYPE: Final = Format.JSON_LD.media_type
TAG: Final = re.compile(rb'"@([A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)? \.$', re.MULTILINE)
"""The language of a text at the end of a canonical line."""
NAMED: Final = re.compile(rb"^\S+ <" + INBOX.encode() + rb"> <([^>]*)> \.$", re.MULTILINE)
PREFIXES: Final = {
    "as": ACTIVITY_STREAMS,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "earl": "http://www.w3.org/ns/earl#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
}


def language_of(text: bytes | None) -> str:
    r"""Tell in which of the six languages a description is mostly written; English where nothing tells.

    >>> language_of(b'<a:s> <a:p> "Brug"@nl .\n<a:s> <a:q> "Pont"@fr-BE .\n<a:t> <a:p> "Samen"@nl-BE .\n')
    'nl'
    >>> language_of(b'<a:s> <a:p> "Silta"@fi .\n'), language_of(None)
    ('en', 'en')
    """
    found = Counter(tag.decode().lower() for tag in TAG.findall(text or b""))
    spoken = {tag: count for tag, count in found.items() if tag in LANGUAGES}
    return max(sorted(spoken), key=lambda tag: spoken[tag], default=ENGLISH)


def inbox_of(status: Status, text: bytes | None) -> str:
    """Find the inbox of a source: named by its server, or in its text, and on the same server as itself."""
    named = [status.note.inbox, *(found.decode() for found in NAMED.findall(text or b""))]
    return next((one for one in named if one and same_origin(one, status.source.address)), "")


def announce(status: Status, ledger: Ledger, on: date, language: str, site: str) -> bytes:
    """Write the announcement of a status in JSON-LD; a report too long for an inbox stays behind its link."""
    text = read_text(ledger, status.decided)
    checked = report_on(status.source.space, text, on, public=status.public) if text else None
    whole = _write(status, checked, language, site)
    return whole if len(whole) <= MOST_BYTES else _write(status, None, language, site)


def _write(status: Status, checked: Checked | None, language: str, site: str) -> bytes:
    graph = describe(status, checked, language, site)
    activity, terms = BNode(), ACTIVITY_STREAMS
    for predicate, value in (
        (RDF.type, URIRef(f"{terms}Announce")),
        (URIRef(f"{terms}actor"), URIRef(f"{site}/")),
        (URIRef(f"{terms}object"), URIRef(site + status_address(status.source.space))),
        (URIRef(f"{terms}target"), URIRef(status.source.space)),
        (URIRef(f"{terms}summary"), Literal(tell(status, language).headline, lang=language)),
        (URIRef(f"{terms}url"), URIRef(site + status_address(status.source.space, language))),
    ):
        graph.add((activity, predicate, value))
    return written(graph, MEDIA_TYPE, PREFIXES)


def post_report(bureau: Bureau, letter: Letter, send: Callable[[str, bytes, str], int]) -> Told | None:
    """Post the report of one source to its inbox; nothing comes back where there is nothing to tell.

    A refusal ends it for this state; trouble on the way is tried again.
    """
    status = bureau.status(letter.source)
    text = read_text(bureau.ledger, status.decided)
    address = inbox_of(status, text)
    if not address or not bureau.is_news(letter, status):
        bureau.tray.drop(letter)
        return None
    before = bureau.tray.told(letter.channel, letter.source)
    bureau.tray.drop(letter, status.key)
    data = announce(status, bureau.ledger, bureau.now.date(), language_of(text), bureau.site)
    try:
        send(address, data, MEDIA_TYPE)
    except KoepelError as error:
        again = later(letter, bureau.now, getattr(error, "retry_after", None)) if _passes(error) else None
        if again is None:
            return Told(letter.source, letter.channel, "given-up", error.message)
        bureau.tray.tell(letter.channel, letter.source, before)
        bureau.tray.put([again])
        return Told(letter.source, letter.channel, "failed", error.message)
    return Told(letter.source, letter.channel, "sent")


def _passes(error: KoepelError) -> bool:
    """Tell trouble that passes from a refusal, which stays."""
    status = error.params.get("status")
    refused = isinstance(status, int) and 400 <= status < 500 and status not in BUSY
    return isinstance(error, PeerError) and not refused
