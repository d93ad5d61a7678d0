"""Writes down in the ledger who is registered, and sees to it that the first visit comes soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from federation.notebook import Notebook
from federation.registration.application import Application, refuse_taken
from registry.arrival import History
from registry.ledger import Event, Happening
from registry.registration import register

if TYPE_CHECKING:
    from federation.source import Source
    from registry.home import Home

__all__ = ["enrol"]

PATIENCE: Final = 2.0
"""Seconds to wait for somebody else who is changing the registry; whoever registers can come back."""


def enrol(home: Home, application: Application, source: Source) -> None:
    """Register a source whose publisher has proven control, or change its terms.

    Whoever acts for a member is named beside it. What others did meanwhile is looked at again.
    """
    claim, ledger = application.claim, home.ledger
    behalf = (claim.owner or claim.space) if application.umbrella else ""
    wanted = Event(
        source.space,
        Happening.REGISTERED,
        source.address,
        actor=application.actor,
        behalf=behalf,
        terms=source.terms,
    )
    with home.writing(PATIENCE):
        known = ledger.registrations()
        refuse_taken(application, known, History(ledger))
        ledger.append_all(register(wanted, known.get(source.space)))
    with Notebook(home.visits) as notebook:
        notebook.hurry(source.space)
