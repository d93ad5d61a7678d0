"""A made-up label scheme, and cases under it that are written into a ledger act by act."""

import hashlib
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from registry.certification.life.act import Act
from registry.ingest.guard import Limits
from registry.ingest.reader import read
from registry.ledger import Event, Happening, Ledger, Version

__all__ = [
    "BODY",
    "CASE",
    "HIGHER",
    "LABEL",
    "LOWER",
    "SCHEME",
    "SECRETS",
    "SOURCE",
    "SUBJECT",
    "USE",
    "act",
    "adopt",
    "apply",
    "award",
]

REGISTRY = "https://registry.example"
CASE, LABEL = f"{REGISTRY}/case/0a1b2c3d4e5f", f"{REGISTRY}/label/0a1b2c3d4e5f"
OWNER, BODY = "https://owner.example/#us", "https://body.example/#us"
SOURCE, SUBJECT = "https://buddy.example/one", "https://buddy.example/one#it"
SCHEME, LOWER, HIGHER = (f"https://owner.example/#{one}" for one in ("lantern", "candle", "torch"))
USE = "https://w3id.org/koepel/standard/cms#R1-Q11"
SECRETS = ("Ada Lovelace", "ada@body.example", "Privy minutes", "secret.example", "private note", "d0" * 32)
"""What is said in cases and is nobody else's business."""
HIDDEN: dict[str, Any] = {"kind": "link", "title": "Privy minutes", "address": "https://secret.example/m.pdf"}
SHOWN: dict[str, Any] = {
    "kind": "link",
    "title": "Yearly report",
    "address": "https://buddy.example/year report.pdf",
}
DATED: dict[str, Any] = {"media_type": "application/pdf", "dated": "2024-05-01", "supports": [USE]}
TURTLE = f"""
@prefix dct: <http://purl.org/dc/terms/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{SCHEME}> a koepel:LabelScheme ; dct:title "Lantern"@en, "Lantaarn"@nl ; koepel:schemeOwner <{OWNER}> ;
  koepel:usesStandard <https://w3id.org/koepel/standard/cms#standard> ; koepel:validityMonths 36 ;
  koepel:minimumSessions 2 ; koepel:appealDays 30 ; koepel:fictitious true ;
  koepel:hasLevel <{LOWER}>, <{HIGHER}> ;
  koepel:authority [ koepel:body <{BODY}> ; koepel:authorisedFrom "2020-01-01"^^xsd:date ] .
<{LOWER}> a koepel:LabelLevel ; dct:title "Candle"@en ; koepel:position 1 .
<{HIGHER}> a koepel:LabelLevel ; dct:title "Torch"@en ; koepel:position 2 ; koepel:minimumAdditional 3 .
"""


@cache
def scheme_text() -> Version:
    """Make the version of the scheme's text that goes into a ledger."""
    data = TURTLE.encode()
    canonical = read(
        data, media_type="text/turtle", address="https://owner.example/", limits=Limits()
    ).canonical
    return Version(hashlib.sha256(canonical).hexdigest(), canonical, data, "text/turtle")


def adopt(ledger: Ledger, time: datetime | None = None) -> None:
    """Take up the scheme."""
    terms = '{"act": "adopt"}'
    event = Event(
        SCHEME, Happening.ADOPTED, digest=scheme_text().digest, via="console", terms=terms, time=time
    )
    ledger.append(event, scheme_text())


def act(
    ledger: Ledger,
    name: str,
    on: str,
    reason: str = "",
    case: str = CASE,
    time: datetime | None = None,
    **details: Any,
) -> None:
    """Let something be done in a case on a day, by somebody whose name is nobody's business."""
    day, who = date.fromisoformat(on), f"{REGISTRY}/account/ada"
    ledger.append(Act(case, name, day, who, BODY, "session", reason, details, time).event())


def apply(ledger: Ledger, on: str, case: str = CASE, time: datetime | None = None, **opening: str) -> None:
    """Let the project apply, and those who assess look at it, until the decision is open."""
    do = partial(act, ledger, on=on, case=case, time=time)
    about: dict[str, Any] = {
        "subject": SUBJECT,
        "scheme": SCHEME,
        "level": LOWER,
        "body": BODY,
        "organisation": SOURCE,
    }
    do("open", **about | opening)
    do("self-assess", answers=[{"use": USE, "claim": "met", "note": "private note"}])
    do("add-evidence", number="1", confidential=True, digest="d0" * 32, **HIDDEN, **DATED)
    do("add-evidence", number="2", confidential=False, digest="", **SHOWN, **DATED)
    do("submit", scheme_digest=scheme_text().digest)
    do("read-documents", reason="private note", judgements=[])
    do("audit", reason="Ada Lovelace, ada@body.example", sessions=[on], mentors=3, mentees=2)
    do("recommend", reason="private note", level=LOWER, conditions=[])


def award(
    ledger: Ledger, on: str, expires: str, case: str = CASE, time: datetime | None = None, **details: Any
) -> None:
    """Let the label be granted on a day."""
    told = {
        "level": LOWER,
        "standard": "cms",
        "version": "1.0.0",
        "valid_from": on,
        "expires": expires,
        "source": SOURCE,
        "digest": "c0ffee" * 10 + "c0ff",
        "assessed": on,
        "index": 7,
        "outcomes": {USE: {"outcome": "met", "mode": "person", "trust": "auditor-confirmed"}},
    }
    act(ledger, "grant", on, "It meets all that is basic.", case, time, **told | details)
