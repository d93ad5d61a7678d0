"""The certifying bodies for programs: their keys, and the lists that say which labels count no more."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from registry.web.address import with_query
from registry.web.label.counter import AtCounter, answer_json
from registry.web.label.document import CREDENTIAL
from registry.web.language import Preferred
from registry.web.problem import problems

__all__ = ["router"]

router = APIRouter(prefix="/body", tags=["Labels"])

Slug = Annotated[str, Path(description="The name of the body in addresses.", max_length=80)]
Purpose = Annotated[
    Literal["revocation", "suspension"], Path(description="What the list tells of each label.")
]
Place = Annotated[int, Path(description="The number of the list, counted from one.", ge=1, le=10_000)]
MISSING: Final = problems(404)


@router.get("/{slug}", response_model=None, responses=MISSING)
def body(issuer: AtCounter, slug: Slug, language: Preferred) -> Response:
    """Lead to the labels of a body."""
    address = with_query(f"/{language}/labels", {"body": issuer.body(slug)})
    return RedirectResponse(address, 303, {"vary": "accept-language"})


@router.get("/{slug}/did.json", response_model=None, responses=MISSING)
def keys(request: Request, issuer: AtCounter, slug: Slug) -> Response:
    """Give the public keys of a body (`did:web`)."""
    return answer_json(request, issuer.did_document(issuer.body(slug)), "application/did+json")


@router.get("/{slug}/status/{purpose}/{number}", response_model=None, responses=MISSING)
def status_list(request: Request, issuer: AtCounter, slug: Slug, purpose: Purpose, number: Place) -> Response:
    """Give a status list of a body (W3C Bitstring Status List 1.0), as of today."""
    return answer_json(request, issuer.status_list(issuer.body(slug), purpose, number), CREDENTIAL)
