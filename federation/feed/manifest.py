"""What a dump holds: which state of the registry, in which files, and how to tell that they arrived whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final, Self

__all__ = ["LICENCE", "File", "Manifest"]

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""Of the collection. A description may bear a licence of its own, which then stands in it."""


@dataclass(frozen=True)
class File:
    """One file of a dump: everything, in one format."""

    name: str
    media_type: str
    """Of what is in it, unpacked."""
    bytes: int
    """How long it is as it is."""
    unpacked: int
    """How long it is unpacked."""
    sha256: str
    """In hexadecimal figures, of the file as it is."""


@dataclass(frozen=True)
class Manifest:
    """The account of a dump.

    >>> from datetime import UTC
    >>> moment = datetime(2026, 11, 22, 3, tzinfo=UTC)
    >>> told = Manifest("412-c0ffee00", moment, moment, 412, date(2026, 11, 22), "5eed", 9000, ())
    >>> Manifest.from_json(told.to_json()) == told
    True
    """

    snapshot: str
    """The state of the registry, by the name under which it can be asked for."""
    time: datetime
    """When that state was taken."""
    made: datetime
    """When the dump was made."""
    position: int
    """How many events of the ledger it shows."""
    day: date
    """The day for which descriptions were assessed."""
    rules: str
    """The digest of the vocabulary and the standards."""
    statements: int
    files: tuple[File, ...]
    licence: str = LICENCE

    def file(self, ending: str) -> File | None:
        """Find the file with an ending."""
        return next((one for one in self.files if one.name.endswith(f".{ending}")), None)

    def told(self) -> dict[str, Any]:
        """Give it as what JSON can hold."""
        moments = {name: getattr(self, name).isoformat() for name in ("time", "made", "day")}
        return asdict(self) | moments

    def to_json(self) -> str:
        """Write it down."""
        return json.dumps(self.told(), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read it.

        Raises:
            ValueError: The text is no account of a dump.
        """
        told = json.loads(text)
        try:
            moments = {name: datetime.fromisoformat(told[name]) for name in ("time", "made")}
            files = tuple(File(**one) for one in told["files"])
            return cls(**told | moments | {"day": date.fromisoformat(told["day"]), "files": files})
        except (KeyError, TypeError) as error:
            raise ValueError(f"This is no account of a dump: {error}") from error
