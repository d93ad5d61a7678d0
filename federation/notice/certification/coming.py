"""What an announced version of a standard would change for each label, as news."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from federation.notice.certification.news import News, written
from registry.certification.desk import Desk
from registry.certification.outlook.calendar import Kind, dues
from registry.certification.outlook.preview import preview
from registry.errors import NotFoundError
from registry.report.due import heading
from registry.translation import Translator
from registry.validation.assessment import Outcome
from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from federation.notice.certification.news import Newsroom
    from registry.certification.life.caseload import Caseload
    from registry.certification.outlook.calendar import Due
    from registry.certification.outlook.preview import Change

__all__ = ["coming_news"]


@dataclass(frozen=True)
class OneCase(Desk):
    """A desk on which lies one case, so that nobody works out all of them to tell of one."""

    known: Caseload | None = None

    def caseload(self) -> Caseload:
        """Give the caseload with this case alone."""
        assert self.known is not None  # noqa: S101 - it is made with one
        return self.known


def coming_news(room: Newsroom) -> Iterator[News]:
    """Tell each project with a label what a version would change for it, and each body that there is one.

    What it changes is worked out for those only who were not told yet.
    """
    bodies = dict[str, News]()
    for due in dues(room.caseload, room.day, library=room.desk.rulebook):
        if due.kind is not Kind.STANDARD:
            continue
        case = room.caseload.case(due.case, room.day)
        say, detail = partial(_say, room, due), partial(_detail, room, due)
        yield News(f"due/{due.uid}", f"{due.day}", case, due.body, say, detail, certifier=False)
        about = f"standard/{due.scheme}/{due.about}"
        whole = replace(due, subject="", case="")
        bodies[f"{about} {due.body}"] = News(about, f"{due.day}", None, due.body, partial(_say, room, whole))
    yield from bodies.values()


def _say(room: Newsroom, due: Due, language: str) -> str:
    name = room.name(due.subject, language) if due.subject else room.scheme_name(due.scheme, language)
    return f"{heading(due, name, language)} ({written(due.day, language)})"


def _detail(room: Newsroom, due: Due, language: str) -> tuple[str, ...]:
    """Say what of the new version the project still lacks, by requirement."""
    _ = Translator("web", language)
    keeps = _("Until it ends, the label counts by the version under which it was granted.")
    try:
        changes = _tried(room, due)
    except NotFoundError:  # a label of old, by a version that is written down nowhere
        return (keeps,)
    if not any(one.is_affected for one in changes):
        return (_("As far as is known today, this label lacks nothing that is new."), keeps)
    return (*(line for one in changes for line in _lacking(one, language)), keeps)


def _tried(room: Newsroom, due: Due) -> tuple[Change, ...]:
    desk = room.desk
    known = replace(room.caseload, acts={due.case: room.caseload.acts[due.case]})
    alone = OneCase(desk.home, desk.rulebook, desk.address, desk.today, known)
    return preview(alone, room.caseload.schemes[due.scheme].standard, due.about, room.day)


def _lacking(change: Change, language: str) -> Iterator[str]:
    """Name each requirement once, with the worst that is lacking of it."""
    _ = Translator("web", language)
    lost = [one for one in change.shifts if one.is_lost and one.after]
    titles = {one.requirement.iri: one.requirement.titles for one in lost}
    for iri, told in titles.items():
        title = told.get(language) or told.get(ENGLISH, "")
        match Outcome.worst(one.after for one in lost if one.requirement.iri == iri and one.after):
            case Outcome.NOT_MET:
                yield _("Not met yet: {requirement}", requirement=title)
            case Outcome.NEEDS_EVIDENCE:
                yield _("A document is asked for: {requirement}", requirement=title)
            case _:
                yield _("Somebody has to judge this anew: {requirement}", requirement=title)
