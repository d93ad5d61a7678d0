"""What all pages share: one finished graph, the catalogue read from it, and the standards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, cast

from fastapi import Depends, Request

from registry.graph.query import Endpoint
from registry.graph.store import GraphStore
from registry.reading.catalogue import Catalogue
from registry.validation.standard import Library

__all__ = ["Here", "Site"]


@dataclass(frozen=True)
class Site:
    """One state of the registry, as readers see it."""

    store: GraphStore
    catalogue: Catalogue
    library: Library
    endpoint: Endpoint
    name: str
    """The name of the finished graph; equal names mean that two answers come from the same state."""

    @cached_property
    def graphs(self) -> frozenset[str]:
        """The names of the graphs, most of which are documents."""
        return frozenset(self.store.graphs())


def _of_request(request: Request) -> Site:
    return cast("Site", request.app.state.site)


Here = Annotated[Site, Depends(_of_request)]
"""The site that a request came to."""
