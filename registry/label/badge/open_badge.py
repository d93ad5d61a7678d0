"""A label in the form in which people collect badges: Open Badges 3.0.

The form is made for what a person achieves. Here an initiative stands in that place, which the standard
allows; what says more is the credential of the label itself, to which the badge leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from registry.label.context import CREDENTIALS, OPEN_BADGES
from registry.label.credential import first_moment, last_moment, limits, statuses
from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from registry.certification.life.case import Label
    from registry.label.credential import Particulars
    from registry.label.naming import Texts

    Json = dict[str, Any]

__all__ = ["build_badge"]

FICTITIOUS: Final = "Fictitious example: nobody has awarded this. "
"""What a badge under a made-up scheme says first; the standard has no other place for it."""


def build_badge(label: Label, known: Particulars) -> Json:
    """Write a label as an OpenBadgeCredential (Open Badges 3.0, §B.1), without its proof."""
    name = _one_of(known.label_names)
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": f"{label.iri}/open-badge.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": {"id": known.issuer, "type": ["Profile"], "name": _one_of(known.body_names)},
        "validFrom": first_moment(label.valid_from),
        "validUntil": last_moment(label.expires),
        "credentialStatus": statuses(known.body_page, label.index),
        "credentialSubject": {
            "id": label.subject,
            "type": ["AchievementSubject"],
            "achievement": {
                "id": f"{label.iri}#achievement",
                "type": ["Achievement"],
                "achievementType": "Certification",
                "name": name,
                "description": f"{FICTITIOUS if known.fictitious else ''}{limits()[ENGLISH]}",
                "criteria": {"id": label.scheme, "narrative": f"{known.standard} {label.version}"},
                "image": {"id": f"{label.iri}/badge.svg", "type": "Image"},
            },
        },
    }


def _one_of(texts: Texts) -> str:
    """Take one name where the form has room for one only."""
    return texts.get(ENGLISH) or texts.get("") or next(iter(texts.values()), "")
