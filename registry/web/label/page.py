"""The page of a label, for those who meet its badge, and the list of all labels in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from registry.certification.outlook.live import look
from registry.certification.statement import public_decisions
from registry.label.credential import limits
from registry.label.naming import Naming
from registry.reading.text import fold, translated
from registry.web.certification.place import Newest
from registry.web.label.counter import AtCounter, Day, Number, find_label, the_day
from registry.web.label.words import label_name, subject_name
from registry.web.language import Language
from registry.web.render import render

if TYPE_CHECKING:
    from registry.certification.life.case import Case, Label
    from registry.label.issuer import Issuer
    from registry.validation.standard import CriterionUse, Requirement

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

Iri = Annotated[str, Query(max_length=2_000)]
WAYS = ("machine", "evidence", "person")


@router.get("/{language}/label/{number}")
def label(
    request: Request, site: Newest, issuer: AtCounter, language: Language, number: Number, day: Day = None
) -> HTMLResponse:
    """Show a label as it stands, or as it stood on a day."""
    case = find_label(issuer, number, day)
    held, issued = case.label, issuer.issued(case)[0]
    assert held is not None  # noqa: S101 - `find_label` gives no other
    return render(
        request,
        site,
        language,
        "label/page",
        case=case,
        label=held,
        day=case.day,
        is_today=case.day == issuer.desk.today(),
        name=label_name(issuer, case, language),
        holder=subject_name(issuer, case, language),
        body=_name(issuer, case, held.body, language),
        standard=issuer.desk.rulebook.standard(held.standard),
        fictitious=issuer.desk.caseload().scheme(case).fictitious,
        rows=_rows(issuer, held),
        ways=_ways(held),
        decisions=public_decisions(case)[::-1],
        live=look(issuer.desk, case, case.day) if case.in_force else None,
        limits=limits()[language],
        digest=issued.digest,
        did=issuer.did_document(held.body)["id"] if _has_key(issuer, held.body) else "",
    )


@router.get("/{language}/labels")
def labels(
    request: Request,
    site: Newest,
    issuer: AtCounter,
    language: Language,
    scheme: Iri = "",
    body: Iri = "",
    day: Day = None,
) -> HTMLResponse:
    """List the labels that are in force, or were on a day."""
    asked, caseload = the_day(issuer, day), issuer.desk.caseload()
    cases = [
        case for case in caseload.labelled(asked) if scheme in {"", case.scheme} and body in {"", case.body}
    ]
    listed = [(subject_name(issuer, one, language), label_name(issuer, one, language), one) for one in cases]
    return render(
        request,
        site,
        language,
        "label/list",
        listed=sorted(listed, key=lambda one: (fold(one[0]), one[2].iri)),
        schemes={iri: translated(one.titles, language) for iri, one in sorted(caseload.schemes.items())},
        chosen=scheme,
        body=body,
        day=asked,
        is_today=asked == issuer.desk.today(),
    )


def _name(issuer: Issuer, case: Case, body: str, language: str) -> str:
    scheme = issuer.desk.caseload().scheme(case)
    names = Naming(issuer.desk, case.acts[-1].position).organisation(body, scheme)
    return translated(names, language).value


def _has_key(issuer: Issuer, body: str) -> bool:
    return body in issuer.bodies().values()


def _rows(issuer: Issuer, held: Label) -> list[tuple[Requirement, list[tuple[CriterionUse, Any]]]]:
    """Sort what was found under the requirements of the standard, in its version of that day."""
    rows = []
    for requirement in issuer.desk.rulebook.standard(held.standard).at(held.version).requirements:
        told = [
            (use, held.outcomes[str(use.iri)]) for use in requirement.uses if str(use.iri) in held.outcomes
        ]
        if told:
            rows.append((requirement, told))
    return rows


def _ways(held: Label) -> dict[str, int]:
    """Count how many criteria were decided in which way."""
    return {way: sum(one["mode"] == way for one in held.outcomes.values()) for way in WAYS}
