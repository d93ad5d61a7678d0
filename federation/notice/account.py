"""A status in sentences: where a source stands, what was found, and what comes next.

The page, the mail and the documents for programs all say these sentences, so that nobody is told two things.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final

from babel.dates import format_date

from federation.notice.change import Kind
from federation.notice.reason import retell
from federation.notice.status import Stage
from registry.ledger import Happening
from registry.translation import Translator

if TYPE_CHECKING:
    from datetime import datetime

    from federation.notice.change import Change
    from federation.notice.status import Status
    from registry.ledger import Event

__all__ = ["Account", "moment", "tell", "tell_change", "word"]

LOCALES: Final = {"en": "en_GB"}
"""CLDR's plain "en" writes dates the American way."""


@dataclass(frozen=True)
class Account:
    """What is said of a source in one language."""

    word: str
    """Where it stands, in a word or two."""
    headline: str
    """The same in a sentence."""
    listing: str
    """Whether readers see it, and why."""
    reasons: tuple[str, ...]
    """The reasons that stand in the ledger."""
    visit: str
    """What came of the last visit."""
    ahead: tuple[str, ...]
    """What happens next, and what its publisher can do."""


def tell(status: Status, language: str) -> Account:
    """Say where a source stands."""
    return Account(
        word=word(status.stage, language),
        headline=_headline(status, language),
        listing=_listing(status, language),
        reasons=_reasons(status, language),
        visit=_visit(status, language),
        ahead=_ahead(status, language),
    )


def word(stage: Stage, language: str) -> str:
    """Name a stage, for a list and a heading."""
    _ = Translator("web", language)
    return {
        Stage.WAITING: _("Not read yet"),
        Stage.LISTED: _("Listed"),
        Stage.FOLLOWED: _("Followed"),
        Stage.HELD: _("Being looked at"),
        Stage.REJECTED: _("Something is missing"),
        Stage.UNREACHABLE: _("Could not be reached"),
        Stage.WITHDRAWN: _("Withdrawn"),
        Stage.REMOVED: _("Removed"),
        Stage.ERASED: _("Erased"),
    }[stage]


def moment(time: datetime, language: str) -> str:
    """Write out a day with the time of day, in UTC."""
    utc = time.astimezone(UTC)
    return f"{format_date(utc, 'long', locale=LOCALES.get(language, language))}, {utc:%H:%M} UTC"


def tell_change(change: Change, language: str) -> str:
    """Say what became of one thing."""
    _ = Translator("web", language)
    match change.kind:
        case Kind.ADDED:
            return _("New: {thing}", thing=change.thing)
        case Kind.REMOVED:
            return _("No longer there: {thing}", thing=change.thing)
        case Kind.CHANGED:
            about = ", ".join(change.about)
            return _("{thing}: changed are {properties}", thing=change.thing, properties=about)


def _headline(status: Status, language: str) -> str:
    _ = Translator("web", language)
    match status.stage:
        case Stage.WAITING:
            return _("This source is registered. The register has not read it yet.")
        case Stage.LISTED:
            return _("All is well: what you publish is shown in the register.")
        case Stage.FOLLOWED:
            return _("The register follows this list and reads the descriptions to which it leads.")
        case Stage.HELD:
            return _("Something in the newest text needs a second look before readers see it.")
        case Stage.REJECTED:
            return _("Thank you for publishing. Before readers can see this text, something has to be added.")
        case Stage.UNREACHABLE:
            return _("The register could not read this source at its last visit.")
        case Stage.WITHDRAWN:
            return _("The publisher has withdrawn this description.")
        case Stage.REMOVED:
            return _("The register shows this source no more.")
        case Stage.ERASED:
            return _("What this source published has been erased, and nothing of it is kept.")


def _listing(status: Status, language: str) -> str:
    _ = Translator("web", language)
    if status.stage is Stage.FOLLOWED:
        return _("A list is not shown itself; the descriptions in it are.")
    if status.shown is None:
        return _("Readers see nothing of this source at present.")
    since = moment(status.shown.time, language) if status.shown.time else ""
    if status.decided and status.decided.digest != status.shown.digest:
        return _(
            "Readers still see the last good text, of {time}. It stays until a newer one passes.", time=since
        )
    return _("Readers see the text that was taken in on {time}.", time=since)


def _reasons(status: Status, language: str) -> tuple[str, ...]:
    """Give the reasons for what is decided; an outage tells its own in the account of the visit."""
    ended = status.stage in {Stage.WITHDRAWN, Stage.REMOVED, Stage.ERASED}
    about: Event | None = status.last if ended else status.decided
    if about is None or about.happening in {Happening.ACCEPTED, Happening.RESTORED}:
        return ()
    return retell(about.reason, language)


def _visit(status: Status, language: str) -> str:
    _ = Translator("web", language)
    note, last = status.note, status.last
    missed = last if status.stage is Stage.UNREACHABLE else None
    event = missed or status.decided
    visited = note.visited or (event.time if event else None)
    if status.stage in {Stage.WITHDRAWN, Stage.REMOVED, Stage.ERASED}:
        ended = last.time if last else None
        return _("Since {time}.", time=moment(ended, language)) if ended else ""
    if visited is None:
        return _("There has been no visit yet.")
    time = moment(visited, language)
    if status.stage is Stage.UNREACHABLE:
        return _unreachable(status, time, language)
    if note.outcome == "not-modified":
        return _("The last visit was on {time}. Nothing had changed since the one before.", time=time)
    return _("The last visit was on {time}.", time=time)


def _unreachable(status: Status, time: str, language: str) -> str:
    _ = Translator("web", language)
    answered = status.note.answered
    told = [_("The last attempt was on {time}.", time=time)]
    if status.note.failures > 1:
        told.append(_("Attempts without success so far: {count}.", count=status.note.failures))
    if answered:
        told.append(_("The server last answered on {time}.", time=moment(answered, language)))
    missed = status.last.reason if status.last and status.last.happening is Happening.UNREACHABLE else ""
    return " ".join([*told, *retell(status.note.message or missed, language)])


def _ahead(status: Status, language: str) -> tuple[str, ...]:
    _ = Translator("web", language)
    advice = {
        Stage.HELD: _(
            "A person of the register looks at it. If the change was meant, it is also confirmed by "
            "a later visit that finds the same. You need do nothing, unless the reason above is a mistake."
        ),
        Stage.REJECTED: _(
            "The report says what is missing, with lines to paste. Publish the text again; "
            "the register reads it at its next visit, or at once when you say that it has changed."
        ),
        Stage.UNREACHABLE: _(
            "The register tries again by itself. Please see whether the address opens in a browser."
        ),
        Stage.WITHDRAWN: _("If you publish at this address again, the register shows it again."),
        Stage.REMOVED: _("If this is a mistake, write to the operator of the register."),
        Stage.ERASED: _("It returns only when its publisher asks for it."),
    }
    said = [advice[status.stage]] if status.stage in advice else []
    return (*said, *([_next(status, language)] if _is_visited(status) else []))


def _is_visited(status: Status) -> bool:
    return status.stage not in {Stage.REMOVED, Stage.ERASED}


def _next(status: Status, language: str) -> str:
    _ = Translator("web", language)
    if status.source.via and not status.note.visited:
        return _("It comes through a list or stream, and is read together with that.")
    due = status.note.due
    if due is None:
        return _("The next visit comes with the next round.")
    return _("The next visit is planned for {time}.", time=moment(due, language))
