"""Labels whose published description no longer says what it said, or says it again, as news.

A description is held against its standard anew when its text changed, when the graph says otherwise of its
criteria than at the last look, and once a week in any case. So a thousand labels cost little on most days.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from federation.notice.certification.news import News
from registry.certification.outlook.calendar import is_living
from registry.certification.outlook.live import STANDARD_UNKNOWN, look
from registry.certification.outlook.overview import machine_standings
from registry.ledger import Happening
from registry.translation import Translator
from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from federation.notice.certification.news import Newsroom
    from registry.certification.life.case import Case
    from registry.certification.outlook.live import Live
    from registry.graph.store import GraphStore

__all__ = ["Watch", "watch_news"]

WEEK: Final = timedelta(days=7)
FINE: Final = ""
"""The state of a label of which nothing basic is lacking."""


@dataclass(frozen=True)
class Watch:
    """What is known of all labels since the last look, and what is at hand for a new one."""

    room: Newsroom
    store: GraphStore
    remembered: Mapping[str, str]
    answered: Callable[[str], datetime | None]
    """Tells when the server of a source last answered."""


def watch_news(watch: Watch) -> tuple[list[News], dict[str, str]]:
    """Tell how each label stands, and what to remember of it until the next look."""
    room = watch.room
    cases = [case for case in room.caseload.cases(room.day) if is_living(case) and _is_watched(case)]
    news, remembered = [], {}
    for case, mark in _marked(watch, cases):
        about = f"live/{case.iri}"
        state = _remembered(watch.remembered.get(about, ""), mark, room.day)
        if state is None:
            state = _state(_look(watch, case))
            remembered[about] = f"{mark} {room.day} {state}"
        say, detail = partial(_say, watch, case, state), partial(_detail, watch, case)
        news.append(News(about, state, case, case.body, say, detail))
    return news, remembered


def _is_watched(case: Case) -> bool:
    return case.label is not None and bool(case.label.source and case.label.outcomes)


def _marked(watch: Watch, cases: list[Case]) -> Iterator[tuple[Case, str]]:
    """Give each case with a mark that changes when there is reason to look again."""
    by_standard: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_standard[case.label.standard if case.label else ""].append(case)
    ledger = watch.room.desk.home.ledger
    published, last = ledger.published(), ledger.status()
    for token, group in by_standard.items():
        known = watch.room.desk.rulebook.standards.get(token)
        standard = known.on(watch.room.day) if known else None
        things = {case.subject for case in group}
        standings = machine_standings(watch.store, standard, things) if standard else {}
        open_criteria: dict[str, list[str]] = defaultdict(list)
        for (subject, test), levels in standings.items():
            open_criteria[subject] += [f"{test} {one}" for _, many in levels.values() for one in many]
        for case in group:
            source = case.label.source if case.label else ""
            now = published.get(source)
            told = last[source].happening if source in last else ""
            parts = [
                now.digest if now else "",
                told if _is_trouble(told) else "",
                standard and standard.version,
            ]
            yield case, _digest(*map(str, parts), *sorted(open_criteria[case.subject]), _end(case))


def _is_trouble(happening: str) -> bool:
    return happening in {Happening.UNREACHABLE, Happening.WITHDRAWN, Happening.REMOVED, Happening.ERASED}


def _end(case: Case) -> str:
    """A label that was granted or upgraded anew is looked at anew."""
    granted = case.last("grant")
    return str(granted.position) if granted else ""


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _remembered(told: str, mark: str, day: date) -> str | None:
    """Give the state at the last look, when nothing speaks for another one."""
    known, _, rest = told.partition(" ")
    looked, _, state = rest.partition(" ")
    if known != mark or not looked or not timedelta() <= day - date.fromisoformat(looked) < WEEK:
        return None
    return state


def _look(watch: Watch, case: Case) -> Live:
    return look(watch.room.desk, case, watch.room.day, watch.answered)


def _state(live: Live) -> str:
    """Tell findings apart: an absence, or the basic criteria that are lost."""
    return " ".join([live.absence, *sorted(str(one.use.iri) for one in live.lost if one.is_basic)]).strip()


def _say(watch: Watch, case: Case, state: str, language: str) -> str:
    _ = Translator("web", language)
    name, live = watch.room.name(case.subject, language), _look(watch, case)
    if live.absence == STANDARD_UNKNOWN:
        return _(
            "The register does not know the version of the standard under which this label was granted, so "
            "that the published description is no longer checked against it: {name}",
            name=name,
        )
    match live.absence:
        case _ if state == FINE:
            return _("What had been lacking in the published description is there again: {name}", name=name)
        case Happening.UNREACHABLE:
            return _("The published description cannot be reached at present: {name}", name=name)
        case Happening.WITHDRAWN:
            return _(
                "The publisher has withdrawn the description on which the label rests: {name}", name=name
            )
        case Happening.REMOVED | Happening.ERASED:
            return _(
                "The description on which the label rests is no longer in the register: {name}", name=name
            )
    return _("Something basic no longer holds in the published description: {name}", name=name)


def _detail(watch: Watch, case: Case, language: str) -> tuple[str, ...]:
    """Name the requirements; where nothing is published, all would be named and none is."""
    live = _look(watch, case)
    if not live.digest:
        return ()
    titles = {one.requirement.iri: one.requirement.titles for one in live.lost if one.is_basic}
    return tuple(one.get(language) or one.get(ENGLISH, "") for one in titles.values())
