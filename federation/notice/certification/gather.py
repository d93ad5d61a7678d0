"""All news there is at a moment, whoever it is for."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from federation.notice.certification.coming import coming_news
from federation.notice.certification.done import done_news
from federation.notice.certification.due import due_news
from federation.notice.certification.news import Newsroom
from federation.notice.certification.watch import Watch, watch_news
from registry.graph.embedded import EmbeddedStore
from registry.graph.question import ask

if TYPE_CHECKING:
    from federation.notebook import Notebook
    from federation.notice.certification.news import News
    from federation.notice.tray import Tray
    from registry.certification.desk import Desk
    from registry.certification.life.caseload import Caseload
    from registry.graph.store import GraphStore

__all__ = ["REGISTRY", "gather"]

REGISTRY: Final = ""
"""In the tray, stands in the place of an account for the registry's own memory."""


def gather(desk: Desk, caseload: Caseload, tray: Tray, notebook: Notebook) -> list[News]:
    """Gather what was done, what no longer holds, what is due and what is coming.

    What was found out of descriptions is remembered, so that the next round need not look again.
    """
    snapshot = desk.home.snapshots.current()
    with closing(snapshot.open() if snapshot else EmbeddedStore.in_memory()) as store:
        room = Newsroom(desk, caseload, desk.today(), _names(store, caseload, desk))
        watch = Watch(room, store, tray.certified(REGISTRY), lambda source: notebook.of(source).answered)
        standing, remembered = watch_news(watch)
    tray.certify(REGISTRY, remembered)
    return [*done_news(room), *standing, *due_news(room), *coming_news(room)]


def _names(store: GraphStore, caseload: Caseload, desk: Desk) -> dict[str, dict[str, str]]:
    """Read what the initiatives are called, by language."""
    found: dict[str, dict[str, str]] = {}
    things = sorted({URIRef(case.subject) for case in caseload.cases(desk.today())})
    for row in ask(store, "titles", thing=things).rows:
        name = row["name"]
        if isinstance(name, Literal):
            found.setdefault(str(row["thing"]), {})[name.language or ""] = str(name)
    return found
