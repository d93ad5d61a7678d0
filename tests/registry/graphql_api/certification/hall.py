"""A made-up town with its register, which is asked in GraphQL by whoever a test sends."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from registry.account.actor import ANYBODY, Actor, Scope
from registry.certification.life.case import Case
from registry.graphql_api.answer import Answer, Question, answer
from registry.graphql_api.limit.bounds import Bounds
from registry.graphql_api.session import Session
from registry.home import publish
from registry.reading.edition import Edition
from tests.registry.certification.town import BASIC, DECIDER, PLUS, START, Town

__all__ = ["DAY", "Hall", "at", "lent", "live_long"]

DAY = date(2025, 12, 1)
"""The day on which the long life is looked at."""


@dataclass
class Hall:
    """A town, and the state of its register that readers see."""

    town: Town
    edition: Edition

    @classmethod
    def of(cls, town: Town, day: date = START) -> "Hall":
        """Publish all that has happened in a town."""
        publish(town.home, town.desk.rulebook, day)
        snapshot = town.home.snapshots.current()
        assert snapshot is not None
        return cls(town, Edition(snapshot.open(), town.desk.rulebook, snapshot))

    def put(self, text: str, actor: Actor = ANYBODY, /, **variables: Any) -> Answer:
        """Put a question, or ask for something to be done."""
        bounds = Bounds(cost=100_000) if actor is ANYBODY else Bounds()
        session = Session(self.edition, self.town.home.ledger, bounds, desk=self.town.desk, actor=actor)
        return answer(Question(text, variables), session)

    def ask(self, text: str, actor: Actor = ANYBODY, /, **variables: Any) -> dict[str, Any]:
        """Put a question that has an answer, and give its data."""
        found = self.put(text, actor, **variables)
        assert found.errors == []
        assert found.data is not None
        return found.data

    def code(self, text: str, actor: Actor = ANYBODY, /, **variables: Any) -> str:
        """Put a question that goes wrong, and give the code that programs read."""
        (error,) = self.put(text, actor, **variables).errors
        code: str = error["extensions"]["code"]
        return code


def lent(actor: Actor, *scopes: Scope) -> Actor:
    """Let somebody come with a token that may do only so much."""
    return replace(actor, via="token:7", scopes=frozenset(scopes))


def at(town: Town, day: str) -> None:
    """Let it be another day."""
    town.clock.day = date.fromisoformat(day)


def live_long(town: Town) -> tuple[Case, Case, Case]:
    """Play a long life: a suspension, an end on 29 February, a late renewal, an extension and an upgrade."""
    at(town, "2021-03-01")
    first = town.until("recommend")
    first = town.act(DECIDER, "grant", first, reason="It meets all that is basic.", expires="2024-02-29")
    at(town, "2022-05-04")
    town.act(DECIDER, "suspend", first, reason="There is no coordinator.")
    at(town, "2022-06-01")
    town.act(DECIDER, "reinstate", first, reason="There is one again.")
    at(town, "2024-05-10")
    second = town.until("grant", renews=first.iri)
    at(town, "2025-02-01")
    town.act(DECIDER, "extend", second, reason="The audit comes later.", expires="2027-08-01")
    at(town, "2025-07-01")
    third = town.until("grant", renews=second.iri, level=PLUS)
    at(town, "2025-09-01")
    town.until("open", renews=third.iri, level=BASIC)
    at(town, DAY.isoformat())
    return first, second, third
