"""What changed lately, in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from federation.notice.status import status_address
from registry.ledger import Happening
from registry.reading.entry import Family, last_part
from registry.reading.text import Text
from registry.translation import Translator
from registry.web.address import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from registry.ledger import Change
    from registry.reading.catalogue import Catalogue
    from registry.reading.entry import Entry

__all__ = ["MOST", "News", "tell_news"]

MOST: Final = 50
"""So many changes are told."""
ORDER: Final = tuple(Family)


@dataclass(frozen=True)
class News:
    """One change, as people read it."""

    position: int
    time: datetime | None
    sentence: str
    reason: str
    path: str
    """Where on this site there is more about it; empty for what was erased."""


def tell_news(changes: Iterable[Change], catalogue: Catalogue, language: str) -> list[News]:
    """Tell changes in a language; what was erased is no longer named, nor what became of it before.

    Args:
        changes: What readers noticed.
        catalogue: Everything that can be found now, for names and pages.
        language: The reader's.
    """
    told = [one for one in changes if not one.erased]
    known = _described(catalogue, {one.event.source for one in told})
    return [_tell(one, known.get(one.event.source), language) for one in told]


def _described(catalogue: Catalogue, sources: set[str]) -> Mapping[str, Entry]:
    """Find out which project, programme or organisation a source is about; projects come first."""
    found: dict[str, Entry] = {}
    for entry in catalogue.entries.values():
        source = str(entry.iri).partition("#")[0]
        if source in sources:
            other = found.get(source)
            if other is None or ORDER.index(entry.family) < ORDER.index(other.family):
                found[source] = entry
    return found


def _tell(change: Change, entry: Entry | None, language: str) -> News:
    event = change.event
    erases = event.happening is Happening.ERASED
    name = (entry.title(language) if entry else Text(last_part(URIRef(event.source)))).value
    reason = event.reason if change.ends and not erases else ""
    path = "" if erases else _path(change, entry, language)
    return News(event.position or 0, event.time, _sentence(change, name, language), reason, path)


def _sentence(change: Change, name: str, language: str) -> str:
    _ = Translator("web", language)
    if change.event.happening is Happening.ERASED:
        return _("A description was erased, as the law gives a right to")
    if change.event.happening is Happening.WITHDRAWN:
        return _("{name}: withdrawn by its publisher", name=name)
    if change.ends:
        return _("{name}: removed by this register", name=name)
    if not change.begins:
        return _("{name}: changed", name=name)
    return _("{name}: back again", name=name) if change.before else _("{name}: new", name=name)


def _path(change: Change, entry: Entry | None, language: str) -> str:
    if entry is None or change.ends:
        return status_address(change.event.source, language)
    return f"/{language}/{entry.family}/{slug_of(entry.iri)}"
