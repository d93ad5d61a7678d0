"""All members of a certifying body by requirement, as a page and for a spreadsheet; for the body alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from registry.account.actor import Role
from registry.certification.outlook.overview import OPEN, Overview, overview, table
from registry.reading.text import fold
from registry.web.account.entry import SignedIn
from registry.web.account.page import signed_render
from registry.web.address import with_query
from registry.web.certification.place import AtDesk
from registry.web.language import Language
from registry.web.site import Here, Site
from registry.web.wording import Wording

if TYPE_CHECKING:
    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.outlook.overview import Member
    from registry.scheme.scheme import Scheme

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

PAGE: Final = 100
NONE: Final = "none"
"""Stands for members without a label in force."""
Line = Annotated[str, Query(max_length=500)]
Office = tuple[str, "Scheme"]
"""A body, and a scheme under which it works."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of the members."""

    scheme: Line = ""
    body: Line = ""
    level: Line = ""
    """The IRI of the level of the label."""
    requirement: Line = ""
    """The IRI of a requirement: then only members that still miss something basic of it."""
    order: Line = "name"
    page: Annotated[int, Query(ge=1, le=10_000)] = 1

    def holds(self, member: Member) -> bool:
        """Tell whether a member is asked for."""
        label = member.case.label if member.case and member.is_labelled else None
        by_level = not self.level or self.level == (label.level if label else NONE)
        return by_level and (not self.requirement or self.requirement in open_requirements(member))

    def address(self, path: str, *, page: int = 1) -> str:
        """Give the address at which this is shown."""
        told = {name: str(value) for name, value in vars(self).items() if name != "page"}
        return with_query(path, {**told, "page": str(page) if page > 1 else ""})


Wished = Annotated[Wish, Depends()]


@router.get("/{language}/overview")
def page(
    request: Request, site: Here, actor: SignedIn, desk: AtDesk, language: Language, wish: Wished
) -> HTMLResponse:
    """Show the members of a body."""
    offices, seen = _look(desk, site, actor, wish)
    say = Wording(language, site.catalogue)
    members = _arranged(seen, wish, say) if seen else []
    first = (wish.page - 1) * PAGE
    return signed_render(
        request,
        site,
        language,
        "certification/overview",
        offices=offices,
        seen=seen,
        wish=wish,
        found=len(members),
        members=members[first : first + PAGE],
        pages=max(1, -(-len(members) // PAGE)),
        labelled=sum(one.is_labelled for one in seen.members) if seen else 0,
    )


@router.get("/{language}/overview.csv")
def spreadsheet(site: Here, actor: SignedIn, desk: AtDesk, language: Language, wish: Wished) -> Response:
    """Give the same members as a table, all of them at once."""
    _, seen = _look(desk, site, actor, wish)
    say = Wording(language, site.catalogue)
    if seen is None:
        return Response("", 404)
    chosen = Overview(seen.body, seen.scheme, seen.standard, seen.day, tuple(_arranged(seen, wish, say)))
    headers = {"content-disposition": 'attachment; filename="overview.csv"'}
    return Response(
        table(chosen, lambda iri: str(say.name(iri))), media_type="text/csv; charset=utf-8", headers=headers
    )


def open_requirements(member: Member) -> list[str]:
    """List the requirements of which a member still misses something basic."""
    return [str(iri) for iri, cell in member.cells.items() if cell.basic in OPEN]


def _look(desk: Desk, site: Site, actor: Actor, wish: Wish) -> tuple[list[Office], Overview | None]:
    """Find what somebody may look at, and look at what they chose, or else at the first."""
    offices = _offices(desk, actor)
    chosen = [
        (body, one) for body, one in offices if wish.body in {"", body} and wish.scheme in {"", one.iri}
    ]
    if not chosen:
        return offices, None
    body, scheme = chosen[0]
    return offices, overview(desk.caseload(), desk.rulebook, site.store, body, scheme, desk.today())


def _offices(desk: Desk, actor: Actor) -> list[Office]:
    """Find the bodies for which somebody works, each with a scheme that names it."""
    bodies = actor.organisations(Role.ASSESSOR, Role.DECIDER)
    return [
        (body, scheme)
        for scheme in desk.caseload().schemes.values()
        for body in sorted({one.body for one in scheme.authorities} & bodies)
    ]


def _arranged(seen: Overview, wish: Wish, say: Wording) -> list[Member]:
    chosen = [one for one in seen.members if wish.holds(one)]
    by_name = sorted(chosen, key=lambda one: fold(str(say.name(one.subject))))
    return sorted(by_name, key=lambda one: -len(open_requirements(one))) if wish.order == "open" else by_name
