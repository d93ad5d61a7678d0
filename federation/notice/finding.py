"""Everything that is told of one source: its status, what changed in it, and how its newest text fares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.namespace import FOAF

from federation.notice.account import Account, tell
from federation.notice.change import Changes, compare
from federation.notice.report import MOST_BYTES, read_text, report_on, to_statements
from registry.report.naming import Names

if TYPE_CHECKING:
    from datetime import date

    from federation.notice.status import Status
    from registry.check import Checked
    from registry.ledger import Ledger

__all__ = ["Finding", "find"]


@dataclass(frozen=True)
class Finding:
    """Everything that is told of one source."""

    status: Status
    text: bytes | None
    """Its newest text, in canonical form."""
    before: bytes | None
    """The one before."""
    checked: Checked | None
    """The newest held against the standards; nothing where there is none, or it is too long for a page."""

    @property
    def topic(self) -> str:
        """What the description is about; empty where it does not say."""
        return _topic(self.text, self.status.source.space) if self.text else ""

    def account(self, language: str) -> Account:
        """Say in sentences where the source stands."""
        return tell(self.status, language)

    def name(self, language: str) -> str:
        """Name what the description is about; a source without a text goes by its IRI."""
        space = self.status.source.space
        return _named(self.text, self.topic, language) if self.text and self.topic else space

    def changes(self, language: str) -> Changes | None:
        """Tell what changed from the text before to the newest."""
        if self.text is None or self.before is None:
            return None
        return _changes(self.before, self.text, language)


def find(status: Status, ledger: Ledger, on: date) -> Finding:
    """Gather what is told of a source."""
    newest, before = (*status.texts, None, None)[:2]
    text = _short(read_text(ledger, newest))
    checked = report_on(status.source.space, text, on, public=status.public) if text else None
    return Finding(status, text, _short(read_text(ledger, before)), checked)


def _short(text: bytes | None) -> bytes | None:
    return text if text is not None and len(text) <= MOST_BYTES else None


@lru_cache(maxsize=64)
def _topic(text: bytes, source: str) -> str:
    found = to_statements(text).value(URIRef(source), FOAF.primaryTopic)
    return str(found) if isinstance(found, URIRef) else ""


@lru_cache(maxsize=64)
def _named(text: bytes, topic: str, language: str) -> str:
    return Names(to_statements(text), language).thing(URIRef(topic))


@lru_cache(maxsize=64)
def _changes(before: bytes, after: bytes, language: str) -> Changes:
    return compare(to_statements(before), to_statements(after), language)
