"""What somebody is party to, by what is asked of them next; and where an application begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from rdflib import URIRef

from registry.account.actor import Role
from registry.certification.outlook.calendar import dues, is_living
from registry.certification.sight import seen_cases
from registry.errors import KoepelError
from registry.ingest.space import is_inside
from registry.reading.catalogue import Family
from registry.reading.text import fold, translated
from registry.report.due import kind_name
from registry.translation import explain
from registry.web.account.entry import Sent, SignedIn
from registry.web.account.page import signed_render
from registry.web.certification.form import Filled, Kept
from registry.web.certification.place import AtDesk, Newest
from registry.web.certification.sheet import since, tone
from registry.web.certification.step import begin
from registry.web.certification.turn import asked_of, coming
from registry.web.language import Language

if TYPE_CHECKING:
    from datetime import date

    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.certification.outlook.calendar import Due
    from registry.scheme.scheme import Scheme
    from registry.web.site import Site

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

FAMILIES: Final = frozenset({Family.PROJECTS, Family.PROGRAMMES})


@dataclass(frozen=True)
class Line:
    """One case in the list."""

    case: Case
    since: date
    asked: str
    """The act that is asked of the reader; empty, if none is."""
    awaited: bool
    """Whether others have to do something."""
    dues: tuple[Due, ...]


@router.get("/{language}/cases")
def page(
    request: Request,
    site: Newest,
    actor: SignedIn,
    desk: AtDesk,
    language: Language,
    scheme: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """List the cases, and offer to begin one."""
    return _show(request, site, actor, desk, language, chosen=scheme)


@router.post("/{language}/cases", response_model=None)
def apply(
    request: Request, site: Newest, actor: SignedIn, form: Sent, desk: AtDesk, language: Language
) -> HTMLResponse | RedirectResponse:
    """Begin an application."""
    filled = Filled.of(form)
    try:
        case = begin(desk, actor, filled)
    except KoepelError as error:
        problem, chosen = explain(error, language), filled.value("scheme")
        kept = Kept("open", filled)
        return _show(
            request, site, actor, desk, language,
            chosen=chosen, status=error.status, problem=problem, kept=kept,
        )  # fmt: skip
    return RedirectResponse(f"/{language}/case/{case.number}?done=open", 303)


def _show(
    request: Request,
    site: Site | None,
    actor: Actor,
    desk: Desk,
    language: Language,
    *,
    chosen: str = "",
    status: int = 200,
    problem: str = "",
    kept: Kept | None = None,
) -> HTMLResponse:
    lines = _lines(desk, actor)
    schemes = _open_schemes(desk, language)
    scheme = next((one for one in schemes if chosen == one.iri or len(schemes) == 1), None)
    return signed_render(
        request, site, language, "certification/cases",
        status=status,
        asked=_by_act(lines),
        waiting=[one for one in lines if not one.asked and one.awaited],
        holding=[one for one in lines if not one.asked and not one.awaited and is_living(one.case)],
        closed=[one for one in lines if not one.asked and not one.awaited and not is_living(one.case)],
        schemes=schemes,
        scheme=scheme,
        titles=desk.caseload().schemes,
        initiatives=_initiatives(site, actor, language),
        followed=_followed(lines, scheme, actor),
        today=desk.today(),
        may_apply=bool(actor.organisations(Role.OWNER)),
        is_body=bool(actor.organisations(Role.ASSESSOR, Role.DECIDER)),
        seen="",
        kind_name=kind_name,
        tone=tone,
        **_form(kept or Kept(), problem),
    )  # fmt: skip


def _form(kept: Kept, problem: str) -> dict[str, Any]:
    return {
        "problem": problem,
        "failed": kept.act,
        "kept": kept,
        "reasoned": frozenset(),
        "public_reasons": frozenset(),
    }


def _lines(desk: Desk, actor: Actor) -> list[Line]:
    caseload, day = desk.caseload(), desk.today()
    due: dict[str, list[Due]] = {}
    for one in dues(caseload, day, 12, actor=actor, library=desk.rulebook):
        due.setdefault(one.case, []).append(one)
    return [
        Line(
            case,
            since(case),
            asked_of(desk, caseload, actor, case),
            bool(coming(case, caseload.scheme(case))),
            tuple(due.get(case.iri, ())),
        )
        for case in seen_cases(desk, actor, day)
    ]


def _by_act(lines: list[Line]) -> dict[str, list[Line]]:
    """Put together what is asked, in the order in which it was asked first."""
    found: dict[str, list[Line]] = {}
    for one in sorted(lines, key=lambda one: one.since):
        if one.asked:
            found.setdefault(one.asked, []).append(one)
    return found


def _open_schemes(desk: Desk, language: str) -> list[Scheme]:
    """List the schemes under which somebody may decide today."""
    known, today = desk.caseload().adopted, desk.today()
    adopted = [one.scheme for one in known.values() if not one.withdrawn and one.scheme.bodies(today)]
    return sorted(adopted, key=lambda one: fold(str(translated(one.titles, language))))


def _initiatives(site: Site | None, actor: Actor, language: str) -> list[tuple[URIRef, str]]:
    """List the initiatives of those for whom somebody speaks."""
    if site is None:
        return []
    own = actor.organisations(Role.OWNER)
    published = {entry for one in own for entry in site.catalogue.published_by(URIRef(one))}
    within = {
        entry for iri, entry in site.catalogue.entries.items() if any(is_inside(iri, one) for one in own)
    }
    found = [entry for entry in published | within if entry.family in FAMILIES]
    named = [(entry.iri, str(entry.title(language))) for entry in found]
    return sorted(named, key=lambda one: fold(one[1]))


def _followed(lines: list[Line], scheme: Scheme | None, actor: Actor) -> list[Case]:
    """List the labels under a scheme that a new one can follow."""
    labelled = [one.case for one in lines if one.case.label and scheme and one.case.scheme == scheme.iri]
    return [one for one in labelled if actor.may(Role.OWNER, one.organisation)]
