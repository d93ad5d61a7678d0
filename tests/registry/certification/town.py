"""A made-up town with a project, a certifying body and a label scheme, for the tests of certification.

The project is the complete one of the examples: its description meets every demand that a machine decides.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from registry.account.actor import Actor, Grant, Role
from registry.certification.conduct import Order, conduct
from registry.certification.desk import Desk
from registry.certification.life.case import Case
from registry.certification.proof.judgement import standard_of
from registry.errors import KoepelError
from registry.home import Home
from registry.ingest.document import Document, read_document
from registry.ledger import Event, Happening, Version
from registry.scheme.adoption import adopt
from registry.validation.standard import MACHINE, Standard, load_library

EXAMPLES = Path(__file__).parents[3] / "examples" / "fictitious"
SOURCE = "https://w3id.org/koepel/example/fictitious/complete-project"
PROJECT, ORGANISATION = f"{SOURCE}#project", f"{SOURCE}#organisation"
SITE = "https://lantern.example"
SCHEME, BODY, OTHER_BODY = f"{SITE}/scheme#scheme", f"{SITE}/#body", f"{SITE}/#other-body"
BASIC, PLUS = f"{SITE}/scheme#basic", f"{SITE}/scheme#plus"
ADDRESS = "https://registry.example"
START = date(2026, 3, 2)
PUBLISHED = datetime(2026, 1, 5, 12, tzinfo=UTC)

LANTERN = """
@base <https://lantern.example/scheme> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<#scheme> a koepel:LabelScheme ;
  dct:title "Lantern"@en ;
  koepel:schemeOwner <https://lantern.example/#body> ;
  koepel:usesStandard <https://w3id.org/koepel/standard/cms#standard> ;
  koepel:validityMonths 36 ;
  koepel:hasLevel <#basic>, <#plus> ;
  koepel:minimumSessions 2 ;
  koepel:minimumMentorsHeard 3 ;
  koepel:minimumMenteesHeard 3 ;
  koepel:appealDays 30 ;
  koepel:evidenceMonths 24 ;
  koepel:allowsConditions true ;
  koepel:fictitious true ;
  koepel:authority [
    koepel:body <https://lantern.example/#body> ;
    koepel:authorisedFrom "2020-01-01"^^xsd:date
  ] .

<#basic> a koepel:LabelLevel ; dct:title "Lantern"@en ; koepel:position 1 .
<#plus> a koepel:LabelLevel ; dct:title "Lantern plus"@en ; koepel:position 2 ; koepel:minimumAdditional 3 .
"""


def account(name: str, *grants: Grant, via: str = "session") -> Actor:
    """Sign somebody in."""
    return Actor(f"{ADDRESS}/account/{name}", frozenset(grants), via)


OWNER = account("owner", Grant(Role.OWNER, ORGANISATION))
PUBLISHER = account("publisher", Grant(Role.PUBLISHER, ORGANISATION))
ASSESSOR = account("assessor", Grant(Role.ASSESSOR, BODY))
DECIDER = account("decider", Grant(Role.DECIDER, BODY))
SECOND = account("second", Grant(Role.DECIDER, BODY))
BOTH = account("both", Grant(Role.ASSESSOR, BODY), Grant(Role.DECIDER, BODY))
OPERATOR = account("operator", Grant(Role.OPERATOR))
BOTH_SIDES = account("both-sides", Grant(Role.OWNER, ORGANISATION), Grant(Role.DECIDER, BODY))
SOURCE_OWNER = account("source-owner", Grant(Role.OWNER, SOURCE))
WHY = "For a good reason."
LINK: dict[str, Any] = {"title": "Plan", "address": "https://example.org/plan", "dated": "2026-02-01"}


def name(actor: Actor) -> str:
    """Name an account for a test."""
    return actor.account.rpartition("/")[2] or "anybody"


@cache
def example(name: str) -> Document:
    """Read one of the examples, once per process."""
    path = EXAMPLES / f"{name}.ttl"
    return read_document(path.read_bytes(), media_type="text/turtle", address=SOURCE)


@cache
def scheme_document(turtle: str) -> Document:
    """Read a scheme as it would be adopted."""
    return read_document(turtle.encode(), media_type="text/turtle", address=f"{SITE}/scheme")


@dataclass
class Clock:
    """A day that a test moves."""

    day: date = START

    def __call__(self) -> date:
        """Tell the day."""
        return self.day


@dataclass
class Town:
    """A registry in which one project is published and one scheme adopted."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    published: datetime = PUBLISHED

    def __post_init__(self) -> None:
        """Open the registry, and publish."""
        self.home = Home(self.folder)
        self.desk = Desk(self.home, load_library(), ADDRESS, self.clock)
        self.publish(example("complete-project"), self.published)
        self.adopt(LANTERN)

    def publish(self, document: Document, time: datetime | None = PUBLISHED) -> None:
        """Let readers see a description."""
        version = Version(document.digest, document.canonical, document.data, document.media_type)
        event = Event(SOURCE, Happening.ACCEPTED, f"{SOURCE}.ttl", document.digest, time=time)
        self.home.ledger.append(event, version)

    def take_away(self) -> None:
        """Let the project take its description back."""
        self.home.ledger.append(Event(SOURCE, Happening.WITHDRAWN, reason="It is over."))

    def adopt(self, turtle: str) -> None:
        """Adopt a scheme."""
        self.home.ledger.append(*adopt(scheme_document(turtle), self.desk.rulebook, "operator"))

    def entitle(self, actor: Actor) -> None:
        """Write the roles of an account in the ledger."""
        for one in actor.grants:
            terms = json.dumps({"act": "grant", "role": one.role, "organisation": one.organisation})
            self.home.ledger.append(Event(actor.account, Happening.ENTITLED, actor="operator", terms=terms))

    def act(
        self,
        actor: Actor,
        act: str,
        case: Case | str = "",
        *,
        on: date | None = None,
        reason: str = "",
        upload: bytes | None = None,
        **details: Any,
    ) -> Case:
        """Do something in a case today, or on another day."""
        named = case.iri if isinstance(case, Case) else case
        return conduct(self.desk, actor, Order(act, on or self.clock.day, reason, details), named, upload)

    def open(self, actor: Actor = OWNER, **details: Any) -> Case:
        """Open a case about the project."""
        return self.act(actor, "open", **{"subject": PROJECT, "scheme": SCHEME, **details})

    def standard(self, case: Case) -> Standard:
        """Give the standard of a case in its version."""
        return standard_of(self.desk, case)

    def judgements(self, case: Case, outcome: str = "met") -> list[dict[str, str]]:
        """Judge all that no machine decides."""
        uses = [use for use in self.standard(case).uses if use.mode != MACHINE]
        return [{"use": str(use.iri), "outcome": outcome} for use in uses]

    def audit(self, case: Case, **details: Any) -> Case:
        """Hold an audit that is large enough."""
        day = self.clock.day.isoformat()
        told = {"sessions": [day, day], "mentors": 3, "mentees": 3, "judgements": self.judgements(case)}
        return self.act(ASSESSOR, "audit", case, **{**told, **details})

    def until(self, act: str, **opening: Any) -> Case:
        """Bring a new case along the usual way, up to and with one act."""
        steps: dict[str, Callable[[Case], Case]] = {
            "open": lambda case: case,
            "self-assess": lambda case: self.act(OWNER, "self-assess", case),
            "submit": lambda case: self.act(OWNER, "submit", case),
            "read-documents": lambda case: self.act(ASSESSOR, "read-documents", case),
            "audit": self.audit,
            "recommend": lambda case: self.act(ASSESSOR, "recommend", case, level=case.level),
            "grant": lambda case: self.act(DECIDER, "grant", case),
        }
        case = self.open(**opening)
        for name in list(steps)[: list(steps).index(act) + 1]:
            case = steps[name](case)
        return case


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect that something is refused for one reason."""
    with pytest.raises(KoepelError) as found:
        yield
    assert found.value.code == code


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """Give a town, and close its ledger afterwards."""
    made = Town(folder)
    try:
        yield made
    finally:
        made.home.ledger.close()
