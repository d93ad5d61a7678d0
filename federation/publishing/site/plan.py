"""A small site made of descriptions: all its files, as values. Writing them down is `folder`'s part.

The same descriptions and the same moment give the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from federation.publishing.site.catalogue import catalogue
from federation.publishing.site.leaf import refuse_twice
from federation.publishing.site.page import index_page, leaf_pages
from federation.publishing.site.stream import FEED, Version, grow
from federation.publishing.writing.jsonld import write_json_ld
from federation.publishing.writing.turtle import write_turtle
from registry.translation import Translator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from federation.publishing.site.leaf import Leaf

__all__ = ["WELL_KNOWN", "Plan", "lay_out"]

WELL_KNOWN: Final = ".well-known/koepel"
CATALOGUE: Final = "catalogue.ttl"
INDEX: Final = "index.html"
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class Plan:
    """How a site is to be: where, in which language, called what, and with which codes of registries."""

    address: str
    language: str
    title: str = ""
    tokens: tuple[str, ...] = ()

    @property
    def is_whole_host(self) -> bool:
        """Tell whether the site begins where its host does, where `/.well-known/` is looked for."""
        return urlsplit(self.address).path == "/"


def lay_out(
    plan: Plan, leaves: Sequence[Leaf], former: Mapping[str, bytes], now: datetime
) -> dict[str, bytes]:
    """Make every file of a site, by its place below the folder of the site.

    Of the former site the event stream counts, which only grows, and the codes, which stay unless new ones
    are given.
    """
    refuse_twice(leaves)
    ordered = sorted(leaves, key=lambda one: one.address)
    tokens = plan.tokens or _former_tokens(former)
    _ = Translator("web", plan.language)
    title = plan.title or _("Projects")
    files: dict[str, str] = {}
    for leaf in ordered:
        files |= leaf_pages(leaf, plan.language, tokens)
        files[leaf.turtle] = write_turtle(leaf.document.graph, leaf.address)
    if INDEX not in files:
        files[INDEX] = index_page(ordered, plan.address, plan.language, title, tokens)
    listed = catalogue(ordered, plan.address, plan.language, title, now)
    files[CATALOGUE] = write_turtle(listed, plan.address)
    files["catalogue.jsonld"] = write_json_ld(listed, plan.address)
    files[FEED] = grow(
        former.get(FEED, b"").decode(errors="replace"), map(_version, ordered), plan.address, now
    )
    files["sitemap.xml"] = _sitemap(ordered)
    files[WELL_KNOWN] = _well_known(plan.address, tokens, ordered)
    return {path: files[path].encode() for path in sorted(files)}


def _version(leaf: Leaf) -> Version:
    one = leaf.document
    return Version(leaf.address, leaf.site + leaf.turtle, one.canonical, one.digest)


def _former_tokens(former: Mapping[str, bytes]) -> tuple[str, ...]:
    if WELL_KNOWN not in former:
        return ()
    try:
        told = json.loads(former[WELL_KNOWN])["registrations"]
    except (ValueError, KeyError, TypeError):
        return ()
    return tuple(str(one) for one in told)


def _well_known(address: str, tokens: Sequence[str], leaves: Sequence[Leaf]) -> str:
    told = {
        "registrations": list(tokens),
        "catalogue": address + CATALOGUE,
        "feed": address + FEED,
        "profiles": [one.address for one in leaves],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _sitemap(leaves: Sequence[Leaf]) -> str:
    """List the pages (sitemaps.org, protocol 0.9): where each description stands, and when it was changed."""
    entries = "".join(f"  <url><loc>{escape(one.address)}</loc>{_changed(one)}</url>\n" for one in leaves)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">\n{entries}</urlset>\n'


def _changed(leaf: Leaf) -> str:
    return f"<lastmod>{leaf.modified}</lastmod>" if leaf.modified else ""
