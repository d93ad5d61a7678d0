"""What all pages share: one state of the registry, and the way to put queries of strangers to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from registry.graph.query import Endpoint
from registry.reading.edition import Edition

__all__ = ["Here", "Site"]


@dataclass(frozen=True)
class Site(Edition):
    """One state of the registry, as readers on the web meet it."""

    endpoint: Endpoint


def _of_request(request: Request) -> Site:
    return cast("Site", request.app.state.site)


Here = Annotated[Site, Depends(_of_request)]
"""The site that a request came to."""
