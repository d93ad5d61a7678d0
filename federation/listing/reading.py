"""Reads a list that was fetched, whichever kind it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from federation.listing.catalogue import read_catalogue
from federation.listing.sitemap import read_sitemap
from federation.source import Kind
from registry.errors import KoepelError
from registry.ingest.canonical import digest, to_graph
from registry.ingest.guard import Limits
from registry.ingest.sandbox import read_apart

if TYPE_CHECKING:
    from federation.fetch import Fetched
    from federation.listing.item import Listing
    from federation.source import Source

__all__ = ["LIMITS", "read_list"]

LIMITS: Final = Limits(
    document_bytes=20_000_000, statements=500_000, blank_nodes=100_000, seconds=60, memory_bytes=2**31
)
"""A list of ten thousand descriptions is some ten megabytes."""


def read_list(fetched: Fetched, source: Source) -> Listing:
    """Tell which descriptions a list names, inside the space of its source.

    The place of the document is the address that it came from in the end. A list in parts names the others;
    each is read by itself and they are put together with `Listing.joined`.

    Raises:
        KoepelError: It is broken, cut off or no list, so nothing can be said of what it does not name.
    """
    try:
        if source.kind is Kind.SITEMAP:
            return read_sitemap(fetched.data, source.space, LIMITS.document_bytes)
        return _catalogue(fetched, source)
    except KoepelError as error:
        error.address = source.address
        raise


def _catalogue(fetched: Fetched, source: Source) -> Listing:
    here = fetched.final_address
    reading = read_apart(fetched.data, media_type=fetched.media_type, address=here, limits=LIMITS, whole=True)
    graph = to_graph(reading.canonical, blank_prefix=digest(reading.canonical)[:12])
    return read_catalogue(graph, here, source.space)
