"""A page on which anybody checks a label of this registry: pasted, uploaded, or by its address.

Only what this registry signed is looked at here, and no other server is asked for anything. For labels of
others there is the command line. Nothing that is checked is kept.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse

from registry.errors import InvalidDataError, KoepelError, NotFoundError
from registry.label.check.reading import LARGEST, read_label
from registry.label.check.repetition import repeat
from registry.label.check.verification import verify
from registry.label.keys.did import did_address
from registry.label.package import text_of
from registry.reading.edition import NotReadyError
from registry.translation import explain
from registry.web.certification.place import Newest
from registry.web.label.counter import AtCounter, find_label
from registry.web.label.telling import by_requirement, caution, headline, mark
from registry.web.language import Language
from registry.web.render import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry.label.check.verification import Verdict
    from registry.label.issuer import Issuer
    from registry.web.site import Site

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

AT_ONCE: Final = BoundedSemaphore(2)
LABEL: Final = re.compile(r"(?:.*/label/)?([0-9a-f]{12})(?:/.*|[?#].*)?")
LONGEST: Final = 500
"""So many signs an address has at most; what is longer is a label itself."""
STATUS: Final = re.compile(r"/body/([^/]+)/status/(revocation|suspension)/(\d{1,4})")
RESOURCE: Final = re.compile(r"/label/([0-9a-f]{12})/(description\.nq|standard\.nt)")


@router.get("/{language}/label/verify")
def form(request: Request, site: Newest, language: Language) -> HTMLResponse:
    """Show the form."""
    return _page(request, site, language)


@router.post("/{language}/label/verify")
def result(
    request: Request,
    site: Newest,
    language: Language,
    issuer: AtCounter,
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> HTMLResponse:
    """Check what was pasted or uploaded, and say what came of it."""
    named = file is not None and bool(file.filename)
    data = file.file.read(LARGEST + 1) if file and named else text.strip().encode()
    try:
        verdict = _check(issuer, data)
    except KoepelError as error:
        return _page(request, site, language, error=error, pasted=text)
    return _page(request, site, language, verdict=verdict, issuer=issuer, pasted=text)


def _check(issuer: Issuer, data: bytes) -> Verdict:
    """Read and check, a few at a time."""
    if not AT_ONCE.acquire(timeout=5):
        raise NotReadyError(
            "labels-busy", "Too many labels are being checked at this moment. Please try again in a minute."
        )
    try:
        fetch = _from_here(issuer)
        verdict = verify(read_label(_credential(issuer, data)), fetch, datetime.now(UTC))
        return repeat(verdict, issuer.desk.rulebook, fetch)
    finally:
        AT_ONCE.release()


def _credential(issuer: Issuer, data: bytes) -> bytes:
    """Take what was handed over, or the label whose address or number it is."""
    line = data.strip()
    named = LABEL.fullmatch(line.decode(errors="replace")) if len(line) <= LONGEST else None
    if named is None:
        return data
    if b"://" in line and not line.decode(errors="replace").startswith(f"{issuer.desk.address}/"):
        raise InvalidDataError(
            "label-elsewhere",
            "This address lies on another site, and from here none is asked. Paste the label itself, or use "
            "the command koepel label verify.",
        )
    return text_of(issuer.credential(find_label(issuer, named[1]))).encode()


def _from_here(issuer: Issuer) -> Callable[[str], bytes]:
    """Give what a label of this registry names, without a network."""
    here = issuer.desk.address

    def fetch(address: str) -> bytes:
        for did, body in _issuers(issuer).items():
            if address == did_address(did):
                return text_of(issuer.did_document(body)).encode()
        path = address.removeprefix(here) if address.startswith(f"{here}/") else ""
        if found := STATUS.fullmatch(path):
            body = issuer.body(found[1])
            return text_of(issuer.status_list(body, found[2], int(found[3]))).encode()
        if found := RESOURCE.fullmatch(path):
            label, _ = issuer.issued(find_label(issuer, found[1]))
            return issuer.rules(label) if found[2] == "standard.nt" else issuer.description(label)
        raise NotFoundError(
            "not-of-this-registry",
            "{address} does not belong to this registry, and from here no other site is asked. Use the "
            "command koepel label verify.",
            address=address,
        )

    return fetch


def _issuers(issuer: Issuer) -> dict[str, str]:
    return {str(issuer.did_document(body)["id"]): body for body in issuer.bodies().values()}


def _page(
    request: Request,
    site: Site | None,
    language: Language,
    *,
    verdict: Verdict | None = None,
    issuer: Issuer | None = None,
    error: KoepelError | None = None,
    pasted: str = "",
) -> HTMLResponse:
    rows = list(by_requirement(verdict, issuer.desk.rulebook, language)) if verdict and issuer else []
    return render(
        request,
        site,
        language,
        "label/check",
        status=200 if error is None else error.status,
        verdict=verdict,
        headline=headline(verdict, language) if verdict else "",
        caution=caution(verdict, language) if verdict else "",
        findings=[(mark(one), one, explain(one.remark, language)) for one in verdict.findings]
        if verdict
        else [],
        rows=rows,
        problem=explain(error, language.value) if error else "",
        pasted=pasted,
    )
