"""Where labels are handed out: finds the one that a request is about, and answers so that it can be kept."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator

from registry.certification.life.case import Case
from registry.errors import GoneError, NotFoundError
from registry.label.issuer import Issuer
from registry.label.keys.keyring import Keyring
from registry.label.package import text_of
from registry.web.certification.place import desk_of
from registry.web.site import premises_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AtCounter", "Day", "Number", "answer", "answer_json", "find_label", "issuer_of", "the_day"]

KEPT: Final = "public, max-age=300"
Number = Annotated[str, Path(description="The number of the label.", pattern="^[0-9a-f]{12}$")]
Day = Annotated[
    date | None,
    BeforeValidator(lambda asked: asked or None),  # a form sends the field also when nobody filled it in
    Query(description="The day as of which it is looked at; today if left out.", alias="on"),
]


def issuer_of(request: Request) -> Issuer:
    """Find where the labels of an application are signed; it is set up when it is first asked for."""
    state = request.app.state
    if not hasattr(state, "issuer"):
        premises = premises_of(request)
        ring = Keyring(premises.home.folder, premises.settings.key_passphrase)
        state.issuer = Issuer(desk_of(request), ring)
    issuer: Issuer = state.issuer
    return issuer


AtCounter = Annotated[Issuer, Depends(issuer_of)]
"""Where labels are signed."""


def the_day(issuer: Issuer, asked: date | None) -> date:
    """Give the day that a reader asks about; of days to come nothing is known."""
    return min(asked or issuer.desk.today(), issuer.desk.today())


def find_label(issuer: Issuer, number: str, asked: date | None = None) -> Case:
    """Find the case of a label as it stood on a day.

    Raises:
        GoneError: It was erased.
        NotFoundError: There is none, or none was granted by then; an application is nobody's business.
    """
    iri, caseload = issuer.desk.case_iri(number), issuer.desk.caseload()
    if any(one.case == iri for one in caseload.erased):
        raise GoneError(
            "label-erased",
            "The label {label} was erased, as the law asks for. It holds no more.",
            label=number,
        )
    case = caseload.case(iri, the_day(issuer, asked))
    if case is None or case.label is None:
        raise NotFoundError(
            "label-unknown", "There is no label {label} here. Check its number.", label=number
        )
    return case


def answer(request: Request, data: bytes, media_type: str, **headers: str) -> Response:
    """Answer with something that may be kept for a while; who has it still is told so (RFC 9110, §13)."""
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    told = {
        "etag": tag,
        "cache-control": KEPT,
        **{name.replace("_", "-"): one for name, one in headers.items()},
    }
    asked = request.headers.get("if-none-match", "")
    if tag in asked or asked.strip() == "*":
        return Response(status_code=304, headers=told)
    return Response(data, media_type=media_type, headers=told)


def answer_json(request: Request, document: Mapping[str, Any], media_type: str, **headers: str) -> Response:
    """Answer with a JSON document."""
    return answer(request, text_of(document).encode(), media_type, **headers)
