"""What programs read of where the sources stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from federation.notice.status import Stage, status_address
from federation.source import Kind
from registry.report import reader
from registry.report.json import render

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from federation.notice.finding import Finding
    from federation.notice.status import Status

__all__ = ["SourceList", "StatusDocument", "as_document", "as_list"]


class ChangeDocument(BaseModel):
    """What became of one thing."""

    kind: str = Field(description="added, removed or changed.")
    thing: str = Field(description="What it is called.")
    about: list[str] = Field(description="What of it changed, by the names of the properties.")


class StatusDocument(BaseModel):
    """Where one source stands; sentences are in the reader's language, moments in ISO 8601."""

    source: str = Field(description="The IRI under which it is registered.")
    stage: Stage = Field(description="Where it stands, in one word.")
    listed: bool = Field(description="Whether readers see a text of it.")
    listed_since: str | None = Field(description="Since when they see this text.")
    address: str | None = Field(description="Where it is fetched; unknown of what was erased.")
    kind: Kind = Field(description="What is found there.")
    registered: str | None = Field(description="When it was registered.")
    visited: str | None = Field(description="When it was last visited.")
    answered: str | None = Field(description="When its server last answered as it should.")
    next_visit: str | None = Field(description="When it is visited next; nothing: with the next round.")
    failures: int = Field(description="Visits without success since its server last answered.")
    shown_digest: str | None = Field(description="SHA-256 of the canonical N-Quads that readers see.")
    newest_digest: str | None = Field(description="The same of the newest text that came in.")
    word: str = Field(description="Where it stands, in a word or two.")
    headline: str = Field(description="The same in a sentence.")
    listing: str = Field(description="Whether readers see it, and why.")
    reasons: list[str] = Field(description="The reasons of the last decision.")
    visit: str = Field(description="What came of the last visit.")
    ahead: list[str] = Field(description="What happens next, and what its publisher can do.")
    changes: list[ChangeDocument] = Field(
        description="What its newest text says that the one before did not."
    )
    statements_added: int | None = Field(description="Statements that are new in its newest text.")
    statements_removed: int | None = Field(description="Statements that are no longer in it.")
    report: dict[str, Any] | None = Field(
        description="Its newest text held against the standards, in the shape that /check gives."
    )
    page: str = Field(description="The address of the page for people.")
    inbox: str = Field(description="Where a notification of a change is taken.")


class SourceLine(BaseModel):
    """One source in the list."""

    source: str
    stage: Stage
    address: str | None
    status: str = Field(description="The address of its status.")


class SourceList(BaseModel):
    """A page of the list of sources."""

    total: int = Field(description="How many sources there are of the stage that was asked for.")
    stages: dict[Stage, int] = Field(description="How many sources stand where.")
    sources: list[SourceLine]
    next: str | None = Field(description="The address of the next page.")


def as_document(found: Finding, language: str, site: str) -> StatusDocument:
    """Write down where a source stands."""
    status, account, changes = found.status, found.account(language), found.changes(language)
    note, shown = status.note, status.shown
    return StatusDocument(
        source=status.source.space,
        stage=status.stage,
        listed=shown is not None,
        listed_since=_moment(shown.time) if shown else None,
        address=status.source.address or None,
        kind=status.source.kind,
        registered=_moment(status.registered.time) if status.registered else None,
        visited=_moment(note.visited),
        answered=_moment(note.answered),
        next_visit=_moment(note.due),
        failures=note.failures,
        shown_digest=shown.digest if shown else None,
        newest_digest=status.texts[0].digest if status.texts else None,
        word=account.word,
        headline=account.headline,
        listing=account.listing,
        reasons=list(account.reasons),
        visit=account.visit,
        ahead=list(account.ahead),
        changes=[
            ChangeDocument(kind=one.kind.value, thing=one.thing, about=list(one.about))
            for one in (changes.changes if changes else ())
        ],
        statements_added=changes.added if changes else None,
        statements_removed=changes.removed if changes else None,
        report=_report(found, language),
        page=site + status_address(status.source.space, language),
        inbox=f"{site}/inbox",
    )


def as_list(
    found: Sequence[Status], stages: dict[Stage, int], total: int, following: str | None, site: str
) -> SourceList:
    """Write down a page of the list."""
    lines = [
        SourceLine(
            source=one.source.space,
            stage=one.stage,
            address=one.source.address or None,
            status=site + status_address(one.source.space),
        )
        for one in found
    ]
    return SourceList(total=total, stages=stages, sources=lines, next=following)


def _report(found: Finding, language: str) -> dict[str, Any] | None:
    if found.checked is None:
        return None
    told: dict[str, Any] = json.loads(render([reader.tell(found.checked, language)]))
    report: dict[str, Any] = told["reports"][0]
    return report


def _moment(time: datetime | None) -> str | None:
    return time.isoformat(timespec="seconds") if time else None
