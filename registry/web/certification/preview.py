"""What another version of a standard would mean for the labels of a body; for the body alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from rdflib import URIRef

from registry.account.actor import Role
from registry.certification.outlook.preview import preview
from registry.certification.sight import is_body
from registry.errors import NotAllowedError
from registry.reading.edition import NotReadyError
from registry.report.preview import PreviewReader
from registry.validation.version import ALWAYS
from registry.web.account.entry import SignedIn
from registry.web.account.page import signed_render
from registry.web.certification.place import AtDesk, Newest
from registry.web.language import Language

if TYPE_CHECKING:
    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.outlook.preview import Change
    from registry.report.sheet import Sheet
    from registry.validation.standard import Standard
    from registry.validation.version import Version
    from registry.web.site import Site

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

PAGE: Final = 100
AT_ONCE: Final = BoundedSemaphore(1)
PATIENCE: Final = 30.0
"""Seconds to wait for somebody else's preview: with many labels one takes a while."""
Token = Annotated[str, Query(max_length=40)]
Number = Annotated[str, Query(max_length=40)]
Place = Annotated[int, Query(ge=1, le=10_000)]


@router.get("/{language}/standard-preview")
def page(
    request: Request,
    site: Newest,
    actor: SignedIn,
    desk: AtDesk,
    language: Language,
    token: Token = "",
    version: Number = "",
    place: Place = 1,
) -> HTMLResponse:
    """Offer the versions that can be tried, and show what the chosen one would change."""
    certifies = _certifies(actor)
    chosen = desk.rulebook.standard(token).at(version) if certifies and token and version else None
    found = _look(desk, actor, token, version) if chosen else []
    tables = _tables(desk, chosen, found, place, site, language) if chosen else (None, None)
    return signed_render(
        request,
        site,
        language,
        "certification/preview",
        certifies=certifies,
        versions=_versions(desk),
        always=ALWAYS,
        chosen=chosen,
        number=version,
        lacking=tables[0],
        projects=tables[1],
        place=place,
        places=max(1, -(-len(found) // PAGE)),
    )


@router.get("/{language}/standard-preview.csv")
def spreadsheet(actor: SignedIn, desk: AtDesk, language: Language, token: Token, version: Number) -> Response:
    """Give the same as a table, all labels at once."""
    if not _certifies(actor):
        raise NotAllowedError(
            "preview-for-bodies", "Only those who assess or decide for a certifying body can look at this."
        )
    chosen = desk.rulebook.standard(token).at(version)
    reader = _reader(desk, chosen, _look(desk, actor, token, version), language)
    headers = {"content-disposition": 'attachment; filename="preview.csv"'}
    return Response(reader.csv(), media_type="text/csv; charset=utf-8", headers=headers)


def _look(desk: Desk, actor: Actor, token: str, version: str) -> list[Change]:
    """Try a version on the labels of somebody's own body; those who have to act come first."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise NotReadyError(
            "preview-busy", "Somebody else is trying a version at this moment. Please try again in a minute."
        )
    try:
        found = preview(desk, token, version, only=partial(is_body, actor))
    finally:
        AT_ONCE.release()
    return sorted(found, key=lambda one: not one.is_affected)


def _tables(
    desk: Desk, chosen: Standard, found: list[Change], place: int, site: Site | None, language: str
) -> tuple[Sheet, Sheet]:
    """Show what most projects would lack, and one page of the projects, by their names."""
    lacking, _ = _reader(desk, chosen, found, language).sheets()
    first = (place - 1) * PAGE
    reader = _reader(desk, chosen, found[first : first + PAGE], language)
    if site:
        reader = replace(reader, name=lambda iri: site.catalogue.name(URIRef(iri), language).value)
    return lacking, reader.sheets()[1]


def _reader(desk: Desk, chosen: Standard, found: list[Change], language: str) -> PreviewReader:
    return PreviewReader(chosen, found, desk.today(), str(language))


def _versions(desk: Desk) -> list[tuple[Standard, Version]]:
    """List all versions of all standards, the newest of each first."""
    standards = desk.rulebook.standards.values()
    return [(one, version) for one in standards for version in reversed(one.versions)]


def _certifies(actor: Actor) -> bool:
    return bool(actor.organisations(Role.ASSESSOR, Role.DECIDER))
