"""The publications from which statements are taken."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from rdflib import RDFS
from rdflib.namespace import DCTERMS, FOAF

from registry.graph.question import ask
from registry.reading.record import Record, gather
from registry.reading.text import choose
from registry.web.address import is_web_address
from registry.web.language import Language
from registry.web.render import render
from registry.web.site import Here

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Publication:
    """A publication as the page lists it."""

    record: Record
    published: tuple[str, ...]
    """By whom, and when."""
    addresses: tuple[str, ...]
    statements: str


@router.get("/{language}/sources")
def sources(request: Request, site: Here, language: Language) -> HTMLResponse:
    """List the publications, the newest first, with the number of statements taken from each."""
    counts = {row["source"]: str(row["statements"]) for row in ask(site.store, "statements-per-source").rows}
    found = [
        _publication(record, counts.get(record.subject, "0"), language)  # type: ignore[call-overload]
        for record in gather(ask(site.store, "sources")).values()
    ]
    newest = sorted(found, key=lambda one: one.published[-1:], reverse=True)
    return render(request, site, language, "publications", publications=newest)


def _publication(record: Record, statements: str, language: str) -> Publication:
    publisher = choose(record.literals(FOAF.name), language)
    year = record.literal(DCTERMS.issued)
    return Publication(
        record,
        tuple(str(part) for part in (publisher, year) if part is not None),
        tuple(str(one) for one in record.links(RDFS.seeAlso) if is_web_address(one)),
        statements,
    )
