"""The event stream of a site: every version of every description, one after the other, in one file.

What was written stays as it is, byte for byte; a new publication only adds to the end. A version counts as
new when its statements changed (RDFC-1.0 and SHA-256). The form is that of the registry's own stream: LDES
and TREE, <https://w3id.org/ldes/specification>.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rdflib.namespace import DCTERMS, PROV

from federation.feed.line import A, iri, line, moment, number, text
from federation.feed.stream import AS, LDES, POSITION, TIME, TREE
from registry.errors import InvalidDataError
from registry.graph.label import relabel
from registry.vocabulary import CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["FEED", "Version", "grow"]

FEED: Final = "feed.trig"
LINE: Final = re.compile(r'<([^<>]*)> <([^<>]*)> (?:<([^<>]*)>|"([^"]*)".*) \.')


@dataclass(frozen=True)
class Version:
    """What a description says now, as canonical N-Quads with their digest, and where it can be fetched."""

    document: str
    address: str
    canonical: bytes
    digest: str


@dataclass
class _Past:
    """What a stream says so far."""

    present: dict[str, str]
    """The digest of each document that was not withdrawn."""
    position: int = 0
    time: datetime | None = None


def grow(former: str, versions: Iterable[Version], site: str, now: datetime) -> str:
    r"""Add what changed to a stream, and a tombstone for what is gone; an empty one is begun.

    >>> from datetime import UTC
    >>> now, site = datetime(2026, 11, 22, tzinfo=UTC), "https://b.example/"
    >>> first = grow("", [Version(site + "a", site + "a.ttl", b"<b:s> <b:p> <b:o> .\n", "0" * 64)], site, now)
    >>> grow(first, [], site, now).removeprefix(first).count("activitystreams#Delete")
    1
    """
    header = "".join(_header(site))
    if former and not former.startswith(header):
        raise InvalidDataError(
            "feed-of-another-site",
            "The file {file} of the site does not begin as that of {site} does, so nothing was changed. If "
            "the address is new, or the file was damaged, move the file away and publish again.",
            file=FEED,
            site=site,
        )
    past = _past(former.removeprefix(header), site)
    time = max(now, past.time) if past.time else now
    return (former or header) + "".join(_news(versions, past, site, time))


def _header(site: str) -> Iterator[str]:
    root, here = iri(site + FEED), iri(f"{site}{FEED}#stream")
    yield line(root, A, iri(TREE.Node))
    yield line(root, A, iri(LDES.EventSource))
    yield line(here, A, iri(LDES.EventStream))
    yield line(here, iri(TREE.view), root)
    yield line(here, iri(LDES.timestampPath), TIME)
    yield line(here, iri(LDES.sequencePath), POSITION)
    yield line(here, iri(LDES.versionOfPath), iri(DCTERMS.isVersionOf))
    for kind in ("Create", "Update", "Delete"):
        yield line(here, iri(LDES[f"version{kind}Object"]), iri(AS[kind]))


def _news(versions: Iterable[Version], past: _Past, site: str, time: datetime) -> Iterator[str]:
    position = past.position
    current = {one.document: one for one in versions}
    for name, version in sorted(current.items()):
        if past.present.get(name) != version.digest:
            position += 1
            kind = "Update" if name in past.present else "Create"
            yield from _member(site, position, name, time, kind, "accepted")
            here = f"{site}{FEED}#{position}"
            yield line(iri(here), iri(DCTERMS.source), iri(version.address))
            yield line(iri(here), iri(DCTERMS.identifier), text(f"sha256:{version.digest}"))
            yield f"{iri(here)} {{\n{relabel(here, version.canonical).decode()}}}\n"
    for name in sorted(past.present.keys() - current.keys()):
        position += 1
        yield from _member(site, position, name, time, "Delete", "withdrawn")


def _member(
    site: str, position: int, document: str, time: datetime, kind: str, happening: str
) -> Iterator[str]:
    here = iri(f"{site}{FEED}#{position}")
    yield line(iri(f"{site}{FEED}#stream"), iri(TREE.member), here)
    yield line(here, A, iri(AS[kind]))
    yield line(here, iri(DCTERMS.type), iri(CODE[f"happening/{happening}"]))
    yield line(here, iri(DCTERMS.isVersionOf), iri(document))
    yield line(here, TIME, moment(time))
    yield line(here, POSITION, number(position))
    yield line(here, iri(PROV.wasAttributedTo), iri(site))


def _past(former: str, site: str) -> _Past:
    """Read what a stream says so far, unless it is broken or cut off: nothing is added to such a one."""
    try:
        if former and not former.endswith((" .\n", "\n}\n")):
            raise ValueError(FEED)
        return _read(former, site)
    except (KeyError, ValueError) as error:
        raise InvalidDataError(
            "feed-damaged",
            "The file {file} of the site is damaged or cut off, so nothing was changed. Put back a copy that "
            "is whole, or move the file away, and publish again.",
            file=FEED,
        ) from error


def _read(former: str, site: str) -> _Past:
    """Read what the members say of themselves; what their graphs say is theirs, and stepped over."""
    told: dict[int, dict[str, str]] = {}
    inside = False
    for one in former.split("\n"):
        if one.endswith(" {") or one == "}":
            inside = one != "}"
        elif not inside and (found := LINE.fullmatch(one)):
            _, _, member = found[1].partition(f"{site}{FEED}#")
            if member.isdigit():
                told.setdefault(int(member), {})[found[2]] = found[3] or found[4]
    if inside:
        raise ValueError(FEED)
    past = _Past({})
    for position, member_ in sorted(told.items()):
        document = member_[str(DCTERMS.isVersionOf)]
        past.position, past.time = position, datetime.fromisoformat(member_[str(PROV.generatedAtTime)])
        past.present.pop(document, None)
        if digest := member_.get(str(DCTERMS.identifier)):
            past.present[document] = digest.removeprefix("sha256:")
    return past
