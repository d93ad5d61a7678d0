"""A block to paste into a page of a site that exists already, with a line that says what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from federation.publishing.writing.jsonld import embed, write_json_ld
from registry.translation import Translator

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["instructions", "snippet"]


def snippet(graph: Graph, address: str) -> str:
    """Write a description as a script element, which no text in it can end.

    >>> from rdflib import Graph
    >>> snippet(Graph(), "https://b.example/").splitlines()[0]
    '<script type="application/ld+json">'
    """
    return f'<script type="application/ld+json">\n{embed(write_json_ld(graph, address))}</script>\n'


def instructions(address: str, language: str) -> str:
    """Say in a language what to do with the block."""
    _ = Translator("web", language)
    return _(
        "Paste this block, unchanged, into the page {address}. In WordPress: edit the page, add a block of "
        "the kind “Custom HTML”, paste, and publish. Visitors do not see it. Then give the address of the "
        "page to the registry.",
        address=address,
    )
