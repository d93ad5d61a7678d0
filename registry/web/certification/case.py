"""The whole of one case, for its parties: where it stands, what everybody says, and what can be done next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from rdflib import URIRef

from registry.certification.guard import offers
from registry.certification.guard.said import REASONED
from registry.certification.life.way import load_way
from registry.certification.outlook.calendar import dues
from registry.certification.outlook.live import look
from registry.certification.proof.evidence import exhibits, read_evidence
from registry.certification.proof.judgement import standard_of, version_of
from registry.certification.proof.upload import LARGEST
from registry.certification.sight import seen_case
from registry.errors import KoepelError
from registry.reading.text import translated
from registry.report.due import heading
from registry.translation import explain
from registry.web.account.entry import Sent, SignedIn
from registry.web.account.page import signed_render
from registry.web.certification.form import Filled, Kept
from registry.web.certification.place import AtDesk, Newest
from registry.web.certification.sheet import course, groups, since, tone
from registry.web.certification.step import enter, seen_of
from registry.web.certification.turn import asked_of, coming, in_order, side_of
from registry.web.language import Language, Preferred

if TYPE_CHECKING:
    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.certification.outlook.calendar import Due
    from registry.web.certification.sheet import Group, Row
    from registry.web.site import Site

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

AHEAD: Final = 12
"""So many months ahead the page of a case looks."""
SANDBOX: Final = "default-src 'none'; sandbox"
"""Should a browser open a file after all, nothing in it runs, and nothing is fetched."""
ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/plain": "txt",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
PUBLIC: Final = frozenset({"grant", "extend", "suspend", "reinstate", "revoke"})
"""Decisions whose reasons stand on the page of the label."""
Day = Annotated[date | None, Query(alias="on")]


@router.get("/case/{number}", response_class=RedirectResponse, status_code=303)
def lead(language: Preferred, number: str) -> str:
    """Lead from the name of a case to its page, whether there is one or not."""
    return f"/{language}/case/{number}"


@router.get("/{language}/case/{number}")
def page(
    request: Request,
    site: Newest,
    actor: SignedIn,
    desk: AtDesk,
    language: Language,
    number: str,
    day: Day = None,
    done: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Show a case as it stands today, or as it stood on a day."""
    past = day if day and day < desk.today() else None
    case = seen_case(desk, actor, number, past)
    return _show(request, site, actor, desk, language, case, past=past, done=done)


@router.post("/{language}/case/{number}", response_model=None)
def act(
    request: Request, site: Newest, actor: SignedIn, form: Sent, desk: AtDesk, language: Language, number: str
) -> HTMLResponse | RedirectResponse:
    """Write down one act, and show the case after it."""
    case, filled = seen_case(desk, actor, number), Filled.of(form)
    try:
        enter(desk, actor, number, filled)
    except KoepelError as error:
        case, kept = seen_case(desk, actor, number), Kept(filled.value("act"), filled)
        problem = explain(error, language)
        return _show(
            request, site, actor, desk, language, case, status=error.status, problem=problem, kept=kept
        )
    return RedirectResponse(f"/{language}/case/{case.number}?done={filled.value('act')}", 303)


@router.get("/{language}/case/{number}/evidence/{evidence}")
def evidence(actor: SignedIn, desk: AtDesk, language: Language, number: str, evidence: str) -> Response:
    """Give a file to one of the parties, to be kept and never to be run."""
    case = seen_case(desk, actor, number)
    file = read_evidence(desk, actor, case, evidence)
    kind = file.exhibit.media_type
    name = f"{case.number}-{file.exhibit.number}.{ENDINGS.get(kind, 'bin')}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "content-security-policy": SANDBOX}
    return Response(file.data, media_type=kind, headers=headers)


def _show(
    request: Request,
    site: Site | None,
    actor: Actor,
    desk: Desk,
    language: Language,
    case: Case,
    *,
    past: date | None = None,
    done: str = "",
    status: int = 200,
    problem: str = "",
    kept: Kept | None = None,
) -> HTMLResponse:
    scheme, laid_out = desk.caseload().scheme(case), groups(desk, case, language)
    return signed_render(
        request, site, language, "certification/case",
        status=status,
        case=case,
        scheme=scheme,
        level=scheme.level(case.label.level if case.label else case.level),
        standard=standard_of(desk, case),
        version=version_of(desk, case),
        since=since(case),
        past=past,
        today=desk.today(),
        done=done if done in load_way().steps else "",
        problem=problem,
        failed=kept.act if kept else "",
        kept=kept or Kept(),
        seen=seen_of(case),
        coming=[(act, side_of(case, act)) for act in coming(case, scheme)],
        dues=_dues(desk, actor, case),
        due_heading=lambda due: _heading(site, due, language),
        lost=look(desk, case, case.day).lost if case.in_force else (),
        acts=course(desk, case, actor),
        tone=tone,
        **_doable(desk, actor, case, language, past=past),
        **_choices(case, laid_out, language),
    )  # fmt: skip


def _doable(desk: Desk, actor: Actor, case: Case, language: str, *, past: date | None) -> dict[str, Any]:
    """Give what somebody can do, and what a rule forbids them, with the reason; in the past nothing."""
    found = () if past else offers(desk, actor, case)
    return {
        "asked": asked_of(desk, desk.caseload(), actor, case),
        "offered": in_order(one.act for one in found if one.refused is None),
        "refused": [(one.act, explain(one.refused, language)) for one in found if one.refused],
    }


def _choices(case: Case, laid_out: tuple[Group, ...], language: str) -> dict[str, Any]:
    """Give what stands in the tables of a case, and what its forms let people choose from."""
    rows = [row for group in laid_out for row in group.rows]
    named = [(str(row.use.iri), _name(row, language), row) for row in rows]
    recommended = case.last("recommend")
    told = recommended.details if recommended else {}
    label = case.label
    shown = exhibits(case)
    return {
        "groups": laid_out,
        "open_groups": [one for one in laid_out if one.is_open],
        "left_out": sum(len(one.rows) - len(one.shown) for one in laid_out),
        "evidence": shown,
        "evidence_for": lambda use: [
            (one.number, f"{one.number}. {one.title}")
            for one in shown
            if not one.supports or str(use) in one.supports
        ],
        "criteria": [(iri, name) for iri, name, row in named if row.concerns],
        "unmet": [(iri, name) for iri, name, row in named if row.is_basic and row.is_open],
        "papers": [(one.number, f"{one.number}. {one.title}") for one in shown],
        "open_conditions": [
            (str(one.number), f"{one.number}. {one.text}")
            for one in (label.conditions if label else ())
            if one.met is None
        ],
        "recommended": told.get("level", ""),
        "recommended_conditions": told.get("conditions", ()),
        "reasoned": REASONED,
        "public_reasons": PUBLIC,
        "most_megabytes": LARGEST // 1_000_000,
    }


def _name(row: Row, language: str) -> str:
    """Name a demand in a list of all of them."""
    return f"{row.standing.requirement.identifier}. {translated(row.use.criterion.names, language)}"


def _dues(desk: Desk, actor: Actor, case: Case) -> list[Due]:
    """List what is due in a case within a year of the day on which it is looked at."""
    found = dues(desk.caseload(), case.day, AHEAD, actor=actor, library=desk.rulebook)
    return [one for one in found if one.case == case.iri]


def _heading(site: Site | None, due: Due, language: Language) -> str:
    """Say what is due; of which case stands above it."""
    name = site.catalogue.name(URIRef(due.subject), language) if site else due.subject
    return heading(due, str(name), language)
