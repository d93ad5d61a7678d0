"""What the federation adds to the site: registering, status of sources, notifications, streams and dumps."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter

from federation.web import (
    atom,
    catalogue,
    dump,
    inbox,
    mail,
    register,
    status,
    stream,
    well_known,
)

__all__ = ["ROUTERS", "TEMPLATES"]

ROUTERS: Final[tuple[APIRouter, ...]] = (
    register.router,
    stream.router,
    inbox.router,
    mail.router,
    status.router,
    atom.router,
    catalogue.router,
    dump.router,
    well_known.router,
)
TEMPLATES: Final = Path(__file__).parent / "templates"
