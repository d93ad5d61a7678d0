"""The codes that other registries gave to this one, when it asked them to follow its stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from federation.registration.sighting import listed_codes
from registry.errors import KoepelError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["own_codes"]

NAME: Final = "registrations.txt"
"""The file in the folder of the registry; an operator writes one code a line."""


def own_codes(folder: Path) -> tuple[str, ...]:
    """Read the codes that this registry's own site shows, for those who check that it is its own."""
    try:
        return tuple(sorted(listed_codes((folder / NAME).read_bytes())))
    except (FileNotFoundError, KoepelError):  # KoepelError: an empty file, or one that holds no text
        return ()
