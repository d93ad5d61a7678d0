"""A label for programs: the credential, the badges, and what they rest on."""

from __future__ import annotations

import json
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from rdflib import Graph

from registry.certification.statement import label_statements
from registry.errors import NotFoundError
from registry.formats import Format, negotiate
from registry.label.badge.baking import bake_png, bake_svg
from registry.label.badge.picture import draw_png, draw_svg
from registry.label.context import LABEL, bundled, text_of
from registry.web.address import with_query
from registry.web.label.counter import AtCounter, Day, Number, answer, answer_json, find_label
from registry.web.label.words import words_of
from registry.web.language import Language, Preferred
from registry.web.problem import problems
from registry.web.resource import VARY, not_acceptable, write

__all__ = ["CREDENTIAL", "router"]

router = APIRouter(tags=["Labels"])

CREDENTIAL: Final = "application/vc"
"""A credential with its proof inside (VC Data Model 2.0, §C.1)."""
CREDENTIALS: Final = (CREDENTIAL, "application/ld+json", "application/json")
FORMS: Final = ("text/html", *CREDENTIALS, Format.TURTLE.media_type)
MISSING: Final = problems(404, 410)
STRICT: Final = "default-src 'none'; style-src 'unsafe-inline'"
InLanguage = Annotated[Language | None, Query(description="The language of the writing on the badge.")]


@router.get("/label/{number}", response_model=None, responses={**MISSING, **problems(406)})
def label(
    request: Request, issuer: AtCounter, number: Number, language: Preferred, day: Day = None
) -> Response:
    """Give a label: the credential or statements for programs, the page for people."""
    case = find_label(issuer, number, day)
    chosen = negotiate(request.headers.get("accept"), [*FORMS])
    if chosen is None:
        raise not_acceptable(*CREDENTIALS)
    if chosen == "text/html":
        on = {"on": day.isoformat()} if day else {}
        return RedirectResponse(with_query(f"/{language}/label/{number}", on), 303, VARY)
    if chosen == Format.TURTLE.media_type:
        graph = Graph()
        for statement in label_statements(case, issuer.desk.rulebook):
            graph.add(statement)
        return write(graph, Format.TURTLE)
    return answer_json(request, issuer.credential(case), CREDENTIAL, vary=VARY["vary"])


@router.get("/label/{number}/credential.json", response_model=None, responses=MISSING)
def credential(request: Request, issuer: AtCounter, number: Number) -> Response:
    """Give the credential of a label (W3C Verifiable Credentials 2.0)."""
    return answer_json(request, issuer.credential(find_label(issuer, number)), CREDENTIAL)


@router.get("/label/{number}/open-badge.json", response_model=None, responses=MISSING)
def open_badge(request: Request, issuer: AtCounter, number: Number) -> Response:
    """Give a label as an Open Badge (1EdTech, version 3.0)."""
    return answer_json(request, issuer.open_badge(find_label(issuer, number)), CREDENTIAL)


@router.get("/label/{number}/badge.svg", response_model=None, responses=MISSING)
def badge_svg(
    request: Request, issuer: AtCounter, number: Number, preferred: Preferred, language: InLanguage = None
) -> Response:
    """Draw the badge of a label, with its credential inside."""
    case = find_label(issuer, number)
    drawing = draw_svg(words_of(issuer, case, language or preferred))
    baked = bake_svg(drawing, json.dumps(issuer.open_badge(case), ensure_ascii=False))
    headers = {"vary": "accept-language", "content_security_policy": STRICT}
    return answer(request, baked.encode(), "image/svg+xml", **headers)


@router.get("/label/{number}/badge.png", response_model=None, responses=MISSING)
def badge_png(
    request: Request, issuer: AtCounter, number: Number, preferred: Preferred, language: InLanguage = None
) -> Response:
    """Draw the badge of a label as PNG, with its credential inside."""
    case = find_label(issuer, number)
    image = draw_png(words_of(issuer, case, language or preferred))
    baked = bake_png(image, json.dumps(issuer.open_badge(case), ensure_ascii=False))
    return answer(request, baked, "image/png", vary="accept-language")


@router.get("/label/{number}/description.nq", response_model=None, responses=MISSING)
def description(request: Request, issuer: AtCounter, number: Number) -> Response:
    """Give the description that was assessed, statement for statement."""
    found, _ = issuer.issued(find_label(issuer, number))
    return answer(request, issuer.description(found), Format.N_QUADS.media_type)


@router.get("/label/{number}/standard.nt", response_model=None, responses=MISSING)
def standard(request: Request, issuer: AtCounter, number: Number) -> Response:
    """Give the standard by which it was assessed, as one SHACL file that any validator runs."""
    found, _ = issuer.issued(find_label(issuer, number))
    return answer(request, issuer.rules(found), Format.N_TRIPLES.media_type)


@router.get("/context/label/{version}", response_model=None, responses=problems(404))
def context(request: Request, version: str) -> Response:
    """Give the JSON-LD context of credentials of labels."""
    address = f"{LABEL.rpartition('/')[0]}/{version.removesuffix('.jsonld')}"
    if address not in bundled():
        raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=version)
    return answer(request, text_of(address).encode(), Format.JSON_LD.media_type)
