"""What all pages share: the state of the registry that a request is about, and who answers its questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Query, Request
from fastapi.concurrency import run_in_threadpool

from registry.reading.edition import Edition, Editions
from registry.web.address import in_state

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from registry.graph.snapshot import Snapshot
    from registry.graph.store import GraphStore
    from registry.home import Home
    from registry.ledger import Ledger
    from registry.reading.catalogue import Catalogue
    from registry.settings import Settings
    from registry.sparql.pool import Pool
    from registry.validation.standard import Library

__all__ = ["Here", "Premises", "Site", "premises_of"]


@dataclass(frozen=True)
class Premises:
    """What the web application holds from its start to its end."""

    home: Home
    editions: Editions
    pool: Pool
    settings: Settings
    last_answer: Callable[[], datetime | None] = lambda: None
    """Tells when a source last answered as it should, also one that had nothing new."""


@dataclass(frozen=True)
class Site:
    """One state of the registry, as the reader of one request meets it."""

    premises: Premises
    edition: Edition
    asked: str = ""
    """Which state the reader asked for by name; empty for the newest."""

    def at(self, path: str) -> str:
        """Give an address of this site in the state that the reader asked for."""
        return in_state(path, self.asked)

    @property
    def store(self) -> GraphStore:
        """The graph."""
        return self.edition.store

    @property
    def catalogue(self) -> Catalogue:
        """Everything that can be found."""
        return self.edition.catalogue

    @property
    def rulebook(self) -> Library:
        """The standards."""
        return self.edition.rulebook

    @property
    def graphs(self) -> frozenset[str]:
        """The names of the graphs, most of which are documents."""
        return self.edition.graphs

    @property
    def snapshot(self) -> Snapshot:
        """What an answer names as the state that it was made from."""
        return self.edition.snapshot

    @property
    def editions(self) -> Editions:
        """The other states."""
        return self.premises.editions

    @property
    def pool(self) -> Pool:
        """Who answers the SPARQL queries of strangers."""
        return self.premises.pool

    @property
    def ledger(self) -> Ledger:
        """What came in and what was decided."""
        return self.premises.home.ledger

    @property
    def settings(self) -> Settings:
        """How far the registry goes for one reader."""
        return self.premises.settings


def premises_of(request: Request) -> Premises:
    """Find what the application holds."""
    premises: Premises = request.app.state.premises
    return premises


async def _of_request(
    request: Request,
    snapshot: Annotated[
        str,
        Query(
            description="The state to answer from: a kept snapshot by name or label. The newest if left out.",
            max_length=100,
        ),
    ] = "",
) -> Site:
    """Find the state that a request asks for; every answer then names it."""
    premises = premises_of(request)
    if snapshot:
        edition = await run_in_threadpool(premises.editions.get, snapshot)
    else:
        edition = premises.editions.current()
    request.state.snapshot = edition.snapshot
    request.state.site = site = Site(premises, edition, snapshot)
    return site


Here = Annotated[Site, Depends(_of_request)]
"""The state that a request asks for."""
