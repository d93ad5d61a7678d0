"""A registry with one label in it, written into the ledger act by act: a made-up umbrella and its scheme."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from registry.certification.desk import Desk
from registry.certification.life.act import Act
from registry.errors import NotFoundError
from registry.home import Home
from registry.ingest.canonical import digest
from registry.ingest.document import Document, read_document
from registry.label.issuer import Issuer
from registry.label.keys.did import did_address
from registry.label.keys.key import created, read_keys
from registry.label.keys.keyring import Keyring
from registry.label.status_list import PURPOSES
from registry.ledger import Event, Happening, Version
from registry.scheme.adoption import adopt
from registry.validation.assessment import assess
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from registry.certification.life.case import Case

ADDRESS = "http://localhost:8000"
BODY = "https://umbrella.example/profile#us"
OTHER = "https://other.example/profile#us"
SPACE = "https://lantern.example/profile"
SUBJECT = f"{SPACE}#project"
SCHEME = "https://umbrella.example/scheme#lantern"
NUMBER = "0a1b2c3d4e5f"
GRANTED = date(2026, 3, 1)
PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
RULES = f"""{PREFIXES}
<{SCHEME}> a koepel:LabelScheme ;
  dct:title "Lantern"@en, "Lantaarn"@nl, "Laterne"@de ;
  koepel:schemeOwner <{BODY}> ;
  koepel:usesStandard <https://w3id.org/koepel/standard/cms#standard> ;
  koepel:hasLevel <{SCHEME}-basic> ;
  koepel:authority [ koepel:body <{BODY}> ] ;
  koepel:validityMonths 36 ;
  koepel:fictitious true .
<{SCHEME}-basic> dct:title "basic"@en, "basis"@nl ; koepel:position 1 .
"""
UMBRELLA = f"""{PREFIXES}
<{BODY}> a org:Organization ; foaf:name "The Umbrella"@en, "De Koepel van de Test"@nl .
"""
PROJECT = f"""{PREFIXES}
<{SPACE}> a foaf:Document ; dct:publisher <{SPACE}#team> .
<{SUBJECT}> a koepel:Project ; dct:title "Lantern Town"@en, "Lantaarnstad"@nl ;
  dct:description "Newcomers and residents meet every week."@en ; koepel:municipality "Town" ;
  koepel:mentorTrainingHours 12 ; dct:publisher <{SPACE}#team> .
<{SPACE}#team> a org:Organization ; foaf:name "Team Lantern"@en .
"""


@dataclass(frozen=True)
class Play:
    """A registry to write acts into, and the issuer of its labels."""

    folder: Path
    day: date = date(2026, 11, 22)
    passphrase: str | None = None
    address: str = ADDRESS

    @cached_property
    def desk(self) -> Desk:
        """The desk."""
        return Desk(Home(self.folder), load_library(), self.address, lambda: self.day)

    @cached_property
    def issuer(self) -> Issuer:
        """The issuer."""
        return Issuer(self.desk, Keyring(self.folder, self.passphrase))

    @property
    def case(self) -> Case:
        """The case, as it stands on the day."""
        return self.desk.case(NUMBER)

    def document(self, text: str, space: str) -> Document:
        """Publish a description."""
        document = read_document(text.encode(), media_type="text/turtle", address=space, space=space)
        version = Version(document.digest, document.canonical, document.data, document.media_type)
        self.desk.home.ledger.append_all([
            (Event(space, Happening.REGISTERED, space), None),
            (Event(space, Happening.ACCEPTED, space, document.digest), version),
        ])  # fmt: skip
        return document

    def key(self, body: str = BODY, moment: datetime = datetime(2026, 1, 2, 9, tzinfo=UTC)) -> int:
        """Make a key for a body."""
        number = 1 + sum(map(len, read_keys(self.desk.caseload().events).values()))
        event = created(body, number, self.issuer.keyring.make(number), "operator")
        self.write(event, moment)
        return number

    def write(self, event: Event, moment: datetime) -> None:
        """Write an event as if it had been written at a moment."""
        self.desk.home.ledger.append(replace(event, time=moment))

    def act(self, name: str, on: date, case: str = "", reason: str = "", **details: Any) -> None:
        """Do something in the case; it is written down at noon of its day."""
        moment = datetime.combine(on, time(12), UTC)
        case = case or f"{self.address}/case/{NUMBER}"
        self.write(Act(case, name, on, "urn:example:ada", BODY, "session", reason, details).event(), moment)

    def grant(self, number: str = NUMBER, index: int = 4_711, subject: str = SUBJECT, **details: Any) -> None:
        """Bring a case from its opening to a label."""
        case, day, text = f"{self.address}/case/{number}", GRANTED - timedelta(days=30), self.assessed
        self.act("open", day, case, subject=subject, scheme=SCHEME, level=f"{SCHEME}-basic", body=BODY,
                 organisation=f"{SPACE}#team")  # fmt: skip
        self.act("self-assess", day, case, answers=[])
        self.act("submit", day, case, scheme_digest=digest(self.scheme.canonical), version="1.0.0")
        self.act("read-documents", day, case, judgements=[])
        self.act("recommend", day, case, level=f"{SCHEME}-basic")
        told: dict[str, Any] = {
            "level": f"{SCHEME}-basic", "standard": "cms", "version": "1.0.0", "valid_from": "2026-03-01",
            "expires": "2029-03-01", "source": SPACE, "digest": text.digest, "assessed": "2026-02-01",
            "index": index, "outcomes": self.outcomes(text), "conditions": [],
        } | details  # fmt: skip
        self.act("grant", GRANTED, case, **told)

    def outcomes(self, text: Document) -> dict[str, dict[str, str]]:
        """Say what the machine found, and that a person saw the rest."""
        standard = self.desk.rulebook.standard("cms").at("1.0.0")
        found = assess(text.graph, self.desk.rulebook, standard, date(2026, 2, 1))
        rows = [pair for card in found.scorecards for row in card.rows for pair in row.criteria]
        return {str(use.iri): _told(str(use.mode).rpartition("/")[2], str(outcome)) for use, outcome in rows}

    @cached_property
    def assessed(self) -> Document:
        """The description that was assessed."""
        return self.document(PROJECT, SPACE)

    @cached_property
    def scheme(self) -> Version:
        """The scheme, adopted."""
        document = read_document(
            RULES.encode(), media_type="text/turtle", address="https://umbrella.example/scheme"
        )
        event, version = adopt(document, self.desk.rulebook, "operator")
        self.desk.home.ledger.append(event, version)
        return version


def play(folder: Path, **values: Any) -> Play:
    """Set up a registry in which a label was granted."""
    started = Play(folder, **values)
    started.document(UMBRELLA, BODY.partition("#")[0])
    started.key()
    _ = started.assessed, started.scheme
    started.grant()
    return started


def _told(mode: str, outcome: str) -> dict[str, str]:
    if mode == "machine":
        return {"outcome": outcome, "mode": mode, "trust": "self-declared"}
    return {"outcome": "met", "mode": mode, "trust": "auditor-confirmed"}


def documents(started: Play, body: str = BODY) -> dict[str, Any]:
    """Give what the labels of a body name, by the addresses at which others look for it."""
    issuer = started.issuer
    did = issuer.did_document(body)
    lists = [issuer.status_list(body, purpose, 1) for purpose in PURPOSES]
    return {did["id"]: did, **{one["id"]: one for one in lists}}


def served(started: Play) -> Callable[[str], bytes]:
    """Fetch what a label names, without a network, as it stands when it is asked for."""

    def fetch(address: str) -> bytes:
        if address.endswith("/description.nq"):
            return started.issuer.description(started.issuer.issued(started.case)[0])
        known = {
            did_address(name) if name.startswith("did:") else name: one
            for body in started.issuer.bodies().values()
            for name, one in documents(started, body).items()
        }
        if address not in known:
            raise NotFoundError("nothing-there", "There is nothing at {address}.", address=address)
        return json.dumps(known[address]).encode()

    return fetch
