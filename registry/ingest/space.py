"""The IRI space of a source: the names that its documents may describe.

Anybody can write anything about anything. That a project's statements about itself come from the project is
known only because each source describes what lies under its own address and nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from registry.errors import InvalidDataError, NotAllowedError, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph

__all__ = ["SHOWN", "default_space", "enclosing", "is_inside", "refuse_foreign_subjects"]

SHOWN = 10
SUBJECT_SCHEMES = {"http", "https", "mailto", "tel", "urn"}
SITE = re.compile(r"https?://[^/?#]+")
# `…/mine/../yours` begins as mine and leads to yours; the dots may be written as %2e.
DOT_SEGMENT = re.compile(r"/(?:\.|%2e){1,2}(?:[/?#]|$)", re.IGNORECASE)


def default_space(address: str) -> str | None:
    """Give the space of a document whose source names none: the site that it was fetched from.

    >>> default_space("https://buddy.example/en/profile.ttl")
    'https://buddy.example'
    >>> default_space("profile.ttl") is None
    True
    """
    site = SITE.match(address)
    return site[0] if site else None


def is_inside(iri: str, space: str) -> bool:
    """Tell whether an IRI lies in a space: it is the space itself, or continues it after `/` or `#`.

    >>> space = "https://buddy.example/gent"
    >>> is_inside(space, space), is_inside(space + "#project", space), is_inside(space + "/team", space)
    (True, True, True)
    >>> is_inside("https://buddy.example/gentbrugge", space), is_inside(space + "/../antwerp", space)
    (False, False)
    """
    base = space.rstrip("/#")
    return (iri == base or iri.startswith((base + "/", base + "#"))) and not DOT_SEGMENT.search(iri)


def enclosing(iri: str) -> Iterator[str]:
    """Go through the spaces in which an IRI can lie, the narrowest first.

    >>> list(enclosing("https://buddy.example/gent#us"))[3:]
    ['https://buddy.example/gent#', 'https://buddy.example/gent', 'https://buddy.example/', 'https://buddy.example']
    """
    if DOT_SEGMENT.search(iri):
        return
    yield from (f"{iri}/", f"{iri}#", iri)
    for end in range(len(iri) - 1, iri.find("//") + 1, -1):
        if iri[end] in "/#":
            yield iri[: end + 1]
            yield iri[:end]


def refuse_foreign_subjects(graph: Graph, space: str | None) -> None:
    """Refuse a graph that describes what is not its publisher's; things without a name are always its own."""
    from rdflib import URIRef  # here, because the process that reads documents starts without it

    subjects = sorted({str(subject) for subject in graph.subjects() if isinstance(subject, URIRef)})
    strange = [iri for iri in subjects if iri.partition(":")[0].lower() not in SUBJECT_SCHEMES]
    if strange:
        raise InvalidDataError(
            "subject-scheme",
            "The document describes things whose names begin in a way that is not accepted ({count}): "
            "{iris}. Use names that begin with https:// or http://.",
            count=len(strange),
            iris=_show(strange),
        )
    foreign = [iri for iri in subjects if space is not None and not is_inside(iri, space)]
    if foreign:
        raise NotAllowedError(
            "outside-space",
            "The document describes things that lie outside {space} ({count}), the address under which this "
            "source may describe things: {iris}. Link to them, but leave their description to their own "
            "publisher.",
            count=len(foreign),
            space=str(space),
            iris=_show(foreign),
        )


def _show(iris: Iterable[str]) -> str:
    shown = [f"<{printable(iri, longest=150)}>" for iri in iris]
    return ", ".join(shown[:SHOWN]) + (", …" if len(shown) > SHOWN else "")
