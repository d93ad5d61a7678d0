"""What a request goes by: the state that it is answered from, its limits and its languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, TypeAlias

from rdflib import URIRef
from strawberry.types import Info

from registry.account.actor import ANYBODY, Actor
from registry.certification.desk import Desk
from registry.certification.life.caseload import Caseload
from registry.errors import InvalidDataError, NotAllowedError
from registry.graphql_api.limit.bounds import Bounds
from registry.graphql_api.loader import Loaders
from registry.graphql_api.text import Language, LocalText, tags
from registry.ledger import Ledger
from registry.reading.edition import Edition
from registry.reading.past import Past, edition_as_of
from registry.vocabulary import ENGLISH

__all__ = ["Asked", "Frame", "Session"]

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Before that nothing was published anywhere; some moments have no name in UTC."""


@dataclass(frozen=True)
class Frame:
    """The state that an object was read from, and the languages in which it answers."""

    edition: Edition
    load: Loaders
    bounds: Bounds
    languages: tuple[str, ...]
    ledger: Ledger
    """Knows the past, and the cases of certification."""
    desk: Desk | None = None
    """Where cases are dealt with; without it nobody can sign in."""
    moment: str = ""
    """For an object of the past: as of when."""
    caseload: Caseload | None = None
    """The cases as they stand at this moment, for those who deal with them; others get those of the state."""

    @property
    def day(self) -> date:
        """The day as of which things are assessed."""
        edition = self.edition
        return edition.moment.date() if isinstance(edition, Past) else edition.snapshot.stand.day

    def speaking(self, languages: Sequence[Language] | None) -> tuple[str, ...]:
        """Take the languages that a field asks for, else those of the question."""
        return tags(languages) if languages else self.languages

    def name(self, iri: URIRef, languages: Sequence[Language] | None = None) -> LocalText:
        """Name anything."""
        return LocalText.of(self.edition.catalogue.name(iri, *self.speaking(languages)))


class Session:
    """One request: all of its answer comes from one state of the registry."""

    def __init__(
        self,
        edition: Edition,
        ledger: Ledger,
        bounds: Bounds | None = None,
        *,
        others: Callable[[str], Edition] | None = None,
        language: str = ENGLISH,
        desk: Desk | None = None,
        actor: Actor = ANYBODY,
    ) -> None:
        """Begin a request.

        Args:
            edition: The state to answer from.
            ledger: Knows the past.
            bounds: How much it may ask.
            others: Finds another state by name; without it the question cannot turn to another one.
            language: In which language errors are told.
            desk: Where cases of certification are dealt with.
            actor: Who asks; a visitor who has not signed in, if not said.
        """
        self.edition = edition
        self.bounds = bounds or Bounds()
        self.language = language
        self.desk = desk
        self.actor = actor
        self._others = others
        self._ledger = ledger
        self._loaders = Loaders(edition)

    def turn_to(self, snapshot: str) -> None:
        """Answer from the state that the cursors of the question belong to.

        Raises:
            GoneError: It is kept no longer.
            NotAllowedError: The question asks for another state by name.
        """
        current = self.edition.snapshot.name
        if snapshot == current:
            return
        if self._others is None:
            raise NotAllowedError(
                "cursor-of-other-snapshot",
                "The cursor belongs to the snapshot {snapshot}, but this request asks for {current}. Ask for "
                "one of them only.",
                snapshot=snapshot,
                current=current,
            )
        self.edition = self._others(snapshot)
        self._loaders = Loaders(self.edition)

    def frame(self, languages: Sequence[Language] = ()) -> Frame:
        """Give what objects go by that stand in the graph now."""
        return self._frame(self.edition, self._loaders, languages)

    def frame_of(self, languages: Sequence[Language], moment: datetime | None, *things: str) -> Frame:
        """Give the same, for things as they were at a moment where one is given."""
        if moment is None:
            return self.frame(languages)
        moment = max(moment if moment.tzinfo else moment.replace(tzinfo=UTC), BEGINNING)
        if moment > datetime.now(UTC):
            raise InvalidDataError(
                "moment-ahead",
                "Nobody knows what will be published at {moment}. Ask for a moment that has passed.",
                moment=moment.isoformat(),
            )
        moment = moment.astimezone(UTC)
        past = edition_as_of(self._ledger, self.edition, [URIRef(one) for one in things], moment)
        return self._frame(past, Loaders(past), languages, moment.isoformat())

    def _frame(
        self, edition: Edition, load: Loaders, languages: Sequence[Language], moment: str = ""
    ) -> Frame:
        spoken = tags(languages) or (ENGLISH,)
        return Frame(edition, load, self.bounds, spoken, self._ledger, self.desk, moment)


Asked: TypeAlias = Info[Session, None]
"""What a resolver is told of the question."""
