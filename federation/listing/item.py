"""An entry of a list, and the list as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.errors import KoepelError
from registry.formats import Format
from registry.ingest.space import is_inside
from registry.registration import fit_space

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MOST_ITEMS", "Item", "Listing", "is_description", "make_listing"]

MOST_ITEMS: Final = 50_000
"""As many as one sitemap may name (sitemaps.org, "Using Sitemap index files")."""
PAGE_ENDINGS: Final = re.compile(r"\.x?html?$", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """A description that a list names."""

    address: str
    space: str
    """What the description may describe."""
    modified: str = ""
    """When it last changed, as the list says."""


@dataclass(frozen=True)
class Listing:
    """What a list names."""

    items: tuple[Item, ...]
    complete: bool
    """Whether this is all; then what is not named is not listed."""
    parts: tuple[str, ...] = ()
    """Where the rest of the list stands; without it, the list is not complete."""

    def joined(self, parts: Iterable[Listing], space: str) -> Listing:
        """Put a list together with its parts; it is complete when nothing that any of them names is missing.

        >>> head = Listing((), complete=False, parts=("https://umbrella.example/sitemap-1.xml",))
        >>> part = Listing((Item("https://umbrella.example/a", "https://umbrella.example/a"),), complete=True)
        >>> head.joined([part], "https://umbrella.example").complete
        True
        """
        found = (self, *parts)
        named = {part for one in found for part in one.parts}
        made = make_listing((item for one in found for item in one.items), space)
        was_cut = any(not one.complete and not one.parts for one in found)
        return Listing(made.items, made.complete and not was_cut and len(found) > len(named))


def make_listing(items: Iterable[Item], space: str, parts: Iterable[str] = ()) -> Listing:
    """Make a list of what lies inside the space of the source, each address and each space once.

    What lies elsewhere is for others to list. The list cannot bring the space of the list itself.

    >>> inside = Item("https://umbrella.example/a.ttl", "https://umbrella.example/a.ttl")
    >>> make_listing(
    ...     [inside, inside, Item("https://other.example/b", "https://other.example/b")],
    ...     "https://umbrella.example",
    ... )
    Listing(items=(Item(address='https://umbrella.example/a.ttl', ...),), complete=True, parts=())
    """
    addresses: set[str] = set()
    found: dict[str, Item] = {}
    for item in items:
        if item.address in addresses or not _belongs(item, space):
            continue
        addresses.add(item.address)
        found.setdefault(item.space, item)
    kept, elsewhere = tuple(found.values()), tuple(dict.fromkeys(parts))
    return Listing(kept[:MOST_ITEMS], len(kept) <= MOST_ITEMS and not elsewhere, elsewhere)


def _belongs(item: Item, space: str) -> bool:
    own = space.rstrip("/#")
    if item.space == own or not is_inside(item.space, own) or not is_inside(item.address, own):
        return False
    try:
        return fit_space(item.space) == item.space
    except KoepelError:
        return False


def is_description(media_type: str, address: str) -> bool | None:
    """Tell whether a description may stand at an address; None where nothing tells.

    >>> (
    ...     is_description("text/turtle", "https://a.example/x"),
    ...     is_description("text/csv", "https://a.example/x"),
    ... )
    (True, False)
    >>> is_description("", "https://a.example/x.ttl"), is_description("", "https://a.example/x") is None
    (True, True)
    """
    if media_type:
        return media_type in {"text/html", "application/xhtml+xml"} or bool(
            Format.from_media_type(media_type)
        )
    path = address.partition("#")[0].partition("?")[0]
    if Format.from_extension(address) or PAGE_ENDINGS.search(path):
        return True
    return False if "." in path.rpartition("/")[2] else None
