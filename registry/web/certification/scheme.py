"""Label schemes for everybody: whose they are, what they ask, and who may decide until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from registry.errors import NotFoundError
from registry.reading.text import fold, translated
from registry.validation.version import ALWAYS
from registry.web.certification.place import AtDesk, Newest
from registry.web.language import Language
from registry.web.render import render

if TYPE_CHECKING:
    from registry.scheme.scheme import Scheme
    from registry.validation.standard import Criterion, Standard

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/{language}/schemes")
def schemes(request: Request, desk: AtDesk, site: Newest, language: Language) -> HTMLResponse:
    """List the schemes that this registry has adopted."""
    adopted = desk.caseload().schemes.values()
    ordered = sorted(adopted, key=lambda one: fold(str(translated(one.titles, language))))
    return render(request, site, language, "certification/schemes", schemes=ordered)


@router.get("/{language}/scheme")
def scheme(
    request: Request,
    desk: AtDesk,
    site: Newest,
    language: Language,
    iri: Annotated[str, Query(max_length=500)],
) -> HTMLResponse:
    """Show one scheme."""
    chosen = desk.caseload().schemes.get(iri)
    if chosen is None:
        raise NotFoundError("no-such-scheme", "There is no label scheme {name} in this registry.", name=iri)
    standard = desk.rulebook.standards.get(chosen.standard)
    return render(
        request,
        site,
        language,
        "certification/scheme",
        scheme=chosen,
        standard=standard,
        criteria=_criteria(chosen, standard),
        today=desk.today(),
        always=ALWAYS,
    )


def _criteria(chosen: Scheme, standard: Standard | None) -> dict[str, Criterion]:
    """Find the criteria that the levels name."""
    named = {iri for level in chosen.levels for iri in level.mandatory}
    uses = standard.uses if standard else ()
    return {str(use.criterion.iri): use.criterion for use in uses if str(use.criterion.iri) in named}
