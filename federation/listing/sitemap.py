"""Sitemaps (<https://www.sitemaps.org/protocol.html>): which pages a site has, as search engines read it.

expat reads the XML: it keeps no stack of its own, and a document type, through which a text can swell or
reach other files, is refused when it begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from federation.listing.item import Item, make_listing
from registry.errors import InvalidDataError, NotAllowedError
from registry.ingest.guard import GZIP_MAGIC, decode_text, expand
from registry.ingest.space import is_inside

if TYPE_CHECKING:
    from federation.listing.item import Listing

__all__ = ["read_sitemap"]

NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_PARTS: Final = 100
DEPTH: Final = 16


def read_sitemap(data: bytes, space: str, most: int) -> Listing:
    """List the pages that a sitemap names; an index names the sitemaps that are its parts.

    Args:
        data: The sitemap, which may be packed with gzip.
        space: What lies outside is left out.
        most: How large it may be when unpacked, in bytes.

    Raises:
        InvalidDataError: It is no sitemap, or it is damaged, so that nobody knows what else it names.
    """
    text = decode_text(expand(data, "gzip", most) if data.startswith(GZIP_MAGIC) else data)
    found = _Reader().read(text)
    if found.root == "sitemapindex":
        return make_listing((), space, _parts([place for place, _ in found.entries], space))
    items = (Item(place, place.partition("#")[0].rstrip("/"), changed) for place, changed in found.entries)
    return make_listing(items, space)


def _parts(places: list[str], space: str) -> list[str]:
    """Check the parts of an index: one that may not be read would make the list shorter than it is."""
    foreign = [place for place in places if not is_inside(place, space)]
    if foreign or len(places) > MOST_PARTS:
        raise NotAllowedError(
            "sitemap-parts",
            "The index of sitemaps names {count} sitemaps, {foreign} of them outside {space}. At most {most} "
            "are read, and only those inside. Register the others as sources of their own.",
            count=len(places),
            foreign=len(foreign),
            space=space,
            most=MOST_PARTS,
        )
    return places


@dataclass
class _Reader:
    """Collects what stands in `loc` and `lastmod` of each entry."""

    root: str = ""
    entries: list[tuple[str, str]] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _said: dict[str, str] = field(default_factory=dict)

    def read(self, text: str) -> _Reader:
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = self._enter
        parser.EndElementHandler = self._leave
        parser.CharacterDataHandler = self._hear
        try:
            parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            raise _broken(error) from error
        return self

    def _enter(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._open:
            if namespace not in {NAMESPACE, ""} or local not in {"urlset", "sitemapindex"}:
                raise _no_sitemap(local)
            self.root = local
        self._open.append(local if namespace in {NAMESPACE, ""} else "")
        if len(self._open) > DEPTH:
            raise _no_sitemap(local)

    def _leave(self, _name: str) -> None:
        self._open.pop()
        if len(self._open) == 1:
            place = self._said.get("loc", "").strip()
            if place:
                self.entries.append((place, self._said.get("lastmod", "").strip()))
            self._said = {}

    def _hear(self, words: str) -> None:
        match self._open:
            case [_, "url" | "sitemap", "loc" | "lastmod" as name]:
                self._said[name] = self._said.get(name, "") + words


def _refuse_document_type(*_: object) -> None:
    raise InvalidDataError(
        "sitemap-document-type",
        "The sitemap declares a document type, through which a document can swell or reach other files. "
        "Remove the declaration.",
    )


def _no_sitemap(found: str) -> InvalidDataError:
    return InvalidDataError(
        "sitemap-unknown",
        "A sitemap was expected, but the document begins with <{found}>. Give the address of the sitemap "
        "itself, which usually ends in sitemap.xml.",
        found=found,
    )


def _broken(error: expat.ExpatError) -> InvalidDataError:
    return InvalidDataError(
        "sitemap-broken",
        "Line {line}: the sitemap is damaged or cut off ({reason}), so nobody can say what it names. Publish "
        "it again.",
        line=error.lineno,
        reason=expat.ErrorString(error.code),
    )
