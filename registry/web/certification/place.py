"""Where the pages about labels find what they show: the desk of the registry, and the names of things."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from registry.certification.desk import Desk
from registry.validation.standard import load_library
from registry.web.site import Site, premises_of

__all__ = ["AtDesk", "Newest", "desk_of"]


def desk_of(request: Request) -> Desk:
    """Find the desk of an application; it is set up when it is first asked for."""
    state = request.app.state
    if not hasattr(state, "desk"):
        premises = premises_of(request)
        state.desk = Desk.of(premises.home, load_library(), premises.settings)
    desk: Desk = state.desk
    return desk


def _newest(request: Request) -> Site | None:
    """Find the newest state; cases can be worked on before anything was published."""
    premises = premises_of(request)
    newest = premises.editions.newest
    request.state.site = site = Site(premises, newest) if newest else None
    return site


AtDesk = Annotated[Desk, Depends(desk_of)]
"""Where cases are read and worked on."""
Newest = Annotated[Site | None, Depends(_newest)]
"""The newest state of the registry, for the names of things; None while there is none."""
