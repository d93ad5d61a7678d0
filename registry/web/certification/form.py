"""What somebody filled in on a page, and what it says as an act: names of fields become details.

A field is called by its path, such as `judgements.3.outcome`. A row of which nothing but the criterion is
said was left open, and does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import UploadFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.datastructures import FormData

__all__ = ["Filled", "Kept"]

OWN: Final = frozenset({"act", "csrf", "file", "on", "reason", "seen"})
"""Fields that are no details of an act."""
SEVERAL: Final = frozenset({"evidence", "sessions", "supports", "uses"})
"""Details of which there can be several."""
GIVEN: Final = frozenset({"use"})
"""What the page itself says in a row."""


@dataclass(frozen=True)
class Filled:
    """A form as it was sent.

    >>> Filled((("level", "urn:basic"), ("answers.0.use", "urn:a"), ("answers.0.claim", ""))).details()
    {'level': 'urn:basic'}
    >>> Filled((("answers.1.use", "urn:b"), ("answers.1.claim", "met"))).details()
    {'answers': [{'use': 'urn:b', 'claim': 'met'}]}
    """

    fields: tuple[tuple[str, str], ...] = ()
    upload: bytes | None = None

    @classmethod
    def of(cls, form: FormData) -> Filled:
        """Take over what was sent, with its file if there is one."""
        told = form.multi_items()
        fields = tuple((name, value) for name, value in told if isinstance(value, str))
        files = [value for _, value in told if isinstance(value, UploadFile) and value.filename]
        return cls(fields, files[0].file.read() if files else None)

    def value(self, name: str, default: str = "") -> str:
        """Give what stands in a field."""
        return next((value.strip() for known, value in self.fields if known == name), default)

    def values(self, name: str) -> list[str]:
        """Give all that was chosen in a field."""
        return [value for known, value in self.fields if known == name]

    def details(self) -> dict[str, Any]:
        """Give what it says beside the day and the reason."""
        told: dict[str, Any] = {}
        rows: dict[str, dict[str, dict[str, Any]]] = {}
        for name, value in self.fields:
            if name in OWN or not value.strip():
                continue
            head, dot, rest = name.partition(".")
            number, _, column = rest.partition(".")
            _put(rows.setdefault(head, {}).setdefault(number, {}) if dot else told, column or head, value)
        return told | {head: found for head, numbered in rows.items() if (found := _said(numbered.values()))}


@dataclass(frozen=True)
class Kept:
    """What comes back into a form after a mistake; into all others comes what is usual."""

    act: str = ""
    filled: Filled = Filled()

    def __call__(self, act: str, name: str, usual: str = "") -> str:
        """Give what stands in a field."""
        return self.filled.value(name, usual) if act == self.act else usual

    def several(self, act: str, name: str, usual: Sequence[str] = ()) -> Sequence[str]:
        """Give what is chosen in a field."""
        return self.filled.values(name) if act == self.act else usual

    def at(self, act: str, name: str, place: int) -> str:
        """Give what stands in one of several fields of the same name."""
        values = self.several(act, name)
        return values[place] if place < len(values) else ""


def _put(row: dict[str, Any], name: str, value: str) -> None:
    if name in SEVERAL:
        row.setdefault(name, []).append(value.strip())
    else:
        row[name] = value.strip()


def _said(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row.keys() - GIVEN]
