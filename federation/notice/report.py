"""A text that the ledger keeps, held against what a listing needs and the standards that it claims.

The statements are read from the canonical form, so no stranger's file is parsed again. What readers do not
see may hold a private address; so of such a text the report names things and properties, and no values.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from rdflib.namespace import SH

from registry.check import check
from registry.errors import NotFoundError
from registry.formats import Format
from registry.ingest.canonical import digest, to_graph
from registry.ingest.document import Document
from registry.ingest.privacy import check_privacy
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from datetime import date

    from rdflib import Graph

    from registry.check import Checked
    from registry.ledger import Event, Ledger
    from registry.validation.assessment import Assessment

__all__ = ["MOST_BYTES", "read_text", "report_on", "to_statements"]

MOST_BYTES: Final = 500_000
"""A longer description, in canonical form, is checked by its publisher: nobody waits that long for a page."""
AT_ONCE: Final = BoundedSemaphore(2)
WAITING: Final = BoundedSemaphore(20)
"""Those who wait are threads that others would be served by."""
PATIENCE: Final = 5.0
"""Seconds to wait for others whose reports are being made."""


def read_text(ledger: Ledger, event: Event | None) -> bytes | None:
    """Read the text that a decision is about; nothing, when it has none or it was erased."""
    try:
        return ledger.version(event.digest).canonical if event and event.digest else None
    except NotFoundError:
        return None


def to_statements(text: bytes) -> Graph:
    """Read the statements of a kept text."""
    return to_graph(text, blank_prefix="b")


def report_on(source: str, text: bytes, on: date, *, public: bool) -> Checked | None:
    """Hold a text against the profile and the standards that it claims.

    Nothing comes back when it is too long, or when too many reports are being made at this moment.

    Args:
        source: Whose text it is.
        text: Its canonical form.
        on: The day of the check.
        public: Whether readers see the text; else its values stay unsaid.
    """
    if len(text) > MOST_BYTES or not WAITING.acquire(blocking=False):
        return None
    try:
        checked = _checked_in_turn(source, text, on)
    finally:
        WAITING.release()
    if public or checked is None:
        return checked
    return replace(checked, assessments=tuple(map(_without_values, checked.assessments)))


def _checked_in_turn(source: str, text: bytes, on: date) -> Checked | None:
    if not AT_ONCE.acquire(timeout=PATIENCE):
        return None
    try:
        return _checked(source, text, on)
    finally:
        AT_ONCE.release()


@lru_cache(maxsize=64)
def _checked(source: str, text: bytes, on: date) -> Checked:
    graph = to_statements(text)
    remarks = tuple(check_privacy(graph))
    document = Document(source, Format.N_QUADS, text, text, digest(text), graph, remarks)
    return check(document, load_library(), None, on)


def _without_values(assessment: Assessment) -> Assessment:
    findings = (replace(one, result=replace(one.result, value=None)) for one in assessment.findings)
    report = assessment.report - assessment.report.__class__()
    report.remove((None, SH.value, None))
    return replace(assessment, findings=tuple(findings), report=report)
