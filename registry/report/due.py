"""What is due, said in the reader's language: for the calendar page, for calendars elsewhere and for mail.

A sentence names the initiative and never the title of a document, which may be confidential.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.certification.outlook.calendar import Kind
from registry.translation import Translator

if TYPE_CHECKING:
    from registry.certification.outlook.calendar import Due

__all__ = ["heading", "kind_name"]


def kind_name(kind: Kind, language: str) -> str:
    """Name a kind of things that are due, for a filter and for the categories of a calendar."""
    _ = Translator("report", language)
    return {
        Kind.LABEL: _("End of a label"),
        Kind.RENEWAL: _("Renewal"),
        Kind.CONDITION: _("Condition"),
        Kind.EVIDENCE: _("Evidence"),
        Kind.APPEAL: _("Appeal"),
        Kind.STANDARD: _("New version of the standard"),
        Kind.AUTHORITY: _("Right to decide"),
    }[kind]


def heading(due: Due, name: str, language: str) -> str:
    """Say in a line what is due; the name is that of the initiative or, for a body, of the scheme.

    >>> from datetime import date
    >>> from registry.certification.outlook.calendar import Due
    >>> heading(Due(Kind.RENEWAL, date(2026, 3, 1), "urn:body", about="6"), "The Bridge", "en")
    'Time to renew, 6 months before the label ends: The Bridge'
    """
    _ = Translator("report", language)
    match due.kind:
        case Kind.LABEL:
            return _("Last day of the label: {name}", name=name)
        case Kind.RENEWAL:
            months = due.about
            return _("Time to renew, {months} months before the label ends: {name}", months=months, name=name)
        case Kind.CONDITION:
            return _("Condition {number} must be met: {name}", number=due.about, name=name)
        case Kind.EVIDENCE:
            return _(
                "Document {number} has to be replaced by a newer one: {name}", number=due.about, name=name
            )
        case Kind.APPEAL:
            return _("Last day for an appeal: {name}", name=name)
        case Kind.STANDARD:
            version = due.about
            return _("Version {version} of the standard begins to count: {name}", version=version, name=name)
        case Kind.AUTHORITY:
            return _("Last day on which the body may decide: {name}", name=name)
