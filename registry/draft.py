"""A draft: a description that is not published yet, on its author's disk or in a form.

It is read as it will be when it is published, as far as it says where that is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rdflib import URIRef
from rdflib.namespace import FOAF

from registry.errors import InvalidDataError, KoepelError
from registry.ingest.document import read_document
from registry.ingest.remark import Remark
from registry.ingest.space import default_space, refuse_foreign_subjects

if TYPE_CHECKING:
    from rdflib import Graph

    from registry.ingest.document import Document
    from registry.ingest.guard import Limits

__all__ = ["DRAFT_SITE", "own_address", "read_draft"]

DRAFT_SITE: Final = "https://draft.invalid/"
"""Stands for the site where a draft will be published; RFC 2606 §2 keeps such names from ever being real."""


def read_draft(
    data: bytes, name: str, *, media_type: str | None = None, limits: Limits | None = None
) -> Document:
    """Read a description before it is published.

    What it describes must lie on the site of the address that it gives itself, as `<> foaf:primaryTopic …`
    does under a `@base`. A draft without a base is read as if it were published on a site of its own, and one
    that gives itself no address is not held to any site; a remark says so.

    >>> draft = read_draft(b"<#project> a <https://w3id.org/koepel/def#Project> .", "profile.ttl")
    >>> draft.address, draft.remarks[0].code
    ('https://draft.invalid/profile.ttl', 'draft-without-address')
    """
    try:
        return _read(data, name, media_type, limits)
    except KoepelError as error:
        error.address = name  # its author knows the draft by this name, not by a stand-in
        raise


def _read(data: bytes, name: str, media_type: str | None, limits: Limits | None) -> Document:
    try:
        document = read_document(data, media_type=media_type, address=name, limits=limits)
    except InvalidDataError as error:
        if error.code != "iri-relative":
            raise
        address = DRAFT_SITE + quote(name.replace("\\", "/").rpartition("/")[2])
        document = read_document(data, media_type=media_type, address=address, limits=limits)
        return replace(document, remarks=(*document.remarks, _without_address()))
    own = own_address(document.graph)
    if own is None:
        return replace(document, remarks=(*document.remarks, _without_address()))
    refuse_foreign_subjects(document.graph, default_space(own))
    return document


def own_address(graph: Graph) -> str | None:
    """Find the address that a document gives itself: the one thing in it that has a main subject."""
    found = {str(one) for one in graph.subjects(FOAF.primaryTopic) if isinstance(one, URIRef)}
    return found.pop() if len(found) == 1 else None


def _without_address() -> Remark:
    return Remark(
        "draft-without-address",
        "The description does not say at which address it will be published, so it was not checked whether "
        "it describes only what is its publisher's own. Check it again once it is online.",
    )
