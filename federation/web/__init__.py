"""What the federation adds to the site: registering, status of sources, notifications, streams and dumps."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter

__all__ = ["ROUTERS", "TEMPLATES"]

ROUTERS: Final[tuple[APIRouter, ...]] = ()
TEMPLATES: Final = Path(__file__).parent / "templates"
