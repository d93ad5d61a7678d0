"""What a label says, as a W3C Verifiable Credential 2.0 without its proof.

Everything in it stands in the ledger, and everything in it is public: the initiative, the scheme and the
level, the body that decided, the version of the standard, the digest of the description that was assessed,
and for each criterion what was found and how. No person is named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from registry.label.context import CREDENTIALS, LABEL
from registry.label.keys.multibase import SHA2_256, to_base64url
from registry.label.status_list import LIST_BITS, PURPOSES, list_address
from registry.vocabulary import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from registry.certification.life.case import Label
    from registry.label.naming import Texts

    Json = dict[str, Any]

__all__ = [
    "Particulars",
    "as_language_map",
    "build",
    "description_address",
    "first_moment",
    "last_moment",
    "limits",
    "standard_address",
]

LIMITS: Final = Path(__file__).with_name("limits-v1.json")
"""Part of what is signed, so it is never changed; another wording gets a file of its own."""


@dataclass(frozen=True)
class Particulars:
    """What a credential says beside the label itself."""

    issuer: str
    """The `did:web` of the body."""
    body_page: str
    """Where the body publishes its status lists."""
    body_names: Texts
    subject_names: Texts
    label_names: Texts
    standard: str
    """The IRI of the standard."""
    rules: str
    """The SHA-256, in hexadecimal figures, of the standard as one SHACL file in canonical form."""
    fictitious: bool


def build(label: Label, known: Particulars) -> Json:
    """Write the credential of a label."""
    return {
        "@context": [CREDENTIALS, LABEL],
        "id": label.iri,
        "type": ["VerifiableCredential", "LabelCredential"],
        "name": as_language_map(known.label_names),
        "issuer": {
            "id": known.issuer,
            "name": as_language_map(known.body_names),
            "alsoKnownAs": label.body,
        },
        "validFrom": first_moment(label.valid_from),
        "validUntil": last_moment(label.expires),
        "credentialStatus": statuses(known.body_page, label.index),
        "credentialSubject": {
            "id": label.subject,
            "type": "Initiative",
            **({"name": as_language_map(known.subject_names)} if known.subject_names else {}),
            "hasCertification": _certification(label, known),
        },
        "relatedResource": _resources(label, known),
    }


def statuses(body_page: str, index: int) -> list[Json]:
    """Say where the status lists tell whether a label is revoked or suspended."""
    number, place = divmod(index, LIST_BITS)
    return [
        {
            "id": f"{list_address(body_page, purpose, number + 1)}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(place),
            "statusListCredential": list_address(body_page, purpose, number + 1),
        }
        for purpose in PURPOSES
    ]


def description_address(label: Label) -> str:
    """Tell where the description stands that was assessed, triple for triple."""
    return f"{label.iri}/description.nq"


def standard_address(label: Label) -> str:
    """Tell where the standard stands by which it was assessed, as one SHACL file."""
    return f"{label.iri}/standard.nt"


def first_moment(day: date) -> str:
    """Give the first moment of a day, in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def last_moment(day: date) -> str:
    """Give the last second of a day, in UTC: a label holds through its last day."""
    return f"{day.isoformat()}T23:59:59Z"


def as_language_map(texts: Mapping[str, str]) -> str | list[Json]:
    """Write a text in several languages as JSON-LD has it (VC Data Model 2.0, §11.1).

    >>> as_language_map({"nl": "Brug", "": "B"})
    ['B', {'@value': 'Brug', '@language': 'nl'}]
    """
    told: list[Any] = [
        {"@value": text, "@language": language} if language else text
        for language, text in sorted(texts.items())
    ]
    return str(told[0]) if len(told) == 1 and isinstance(told[0], str) else told


@cache
def limits() -> dict[str, str]:
    """Say in each language what a label does not say."""
    told: dict[str, str] = json.loads(LIMITS.read_text(encoding="utf-8"))
    return told


def _certification(label: Label, known: Particulars) -> Json:
    return {
        "id": f"{label.iri}#label",
        "type": "Label",
        "scheme": label.scheme,
        "level": label.level,
        "issuedBy": label.body,
        "decided": label.decided.isoformat(),
        "standard": known.standard,
        "standardToken": label.standard,
        "standardVersion": label.version,
        **({"assessed": label.assessed.isoformat(), "source": label.source} if label.source else {}),
        "outcomes": [_outcome(use, label.outcomes[use]) for use in sorted(label.outcomes)],
        "conditions": [
            {"id": f"{label.iri}#condition-{one.number}", "type": "Condition", "number": one.number,
             "due": one.due.isoformat()}
            for one in label.conditions
        ],
        "limits": as_language_map(limits()),
        "fictitious": known.fictitious,
    }  # fmt: skip


def _outcome(use: str, told: Mapping[str, str]) -> Json:
    found = {
        "type": "Assertion",
        "use": use,
        "outcome": str(CODE[f"outcome/{told['outcome']}"]),
        "mode": str(CODE[f"decision-mode/{told['mode']}"]),
    }
    trust = told.get("trust")
    return {**found, "trust": str(CODE[f"trust-level/{trust}"])} if trust else found


def _resources(label: Label, known: Particulars) -> list[Json]:
    """Name what the label rests on; one from before the registry may rest on no description that it knows."""
    rules = _resource(standard_address(label), known.rules, "application/n-triples")
    if not label.digest:
        return [rules]
    return [_resource(description_address(label), label.digest, "application/n-quads"), rules]


def _resource(address: str, digest: str, media_type: str) -> Json:
    multihash = to_base64url(SHA2_256 + bytes.fromhex(digest))
    return {"id": address, "mediaType": media_type, "digestMultibase": multihash}
