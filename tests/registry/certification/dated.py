"""Cases with the dates that a test wants, as the ledger would tell of them; all of it is fictitious."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from registry.account.actor import Actor, Grant, Role
from registry.certification.life.act import Act
from registry.certification.life.caseload import Caseload
from registry.scheme.scheme import Authority, Level, Scheme

ADDRESS = "https://register.example"
BODY, OTHER_BODY = "https://body.example/#us", "https://other.example/#us"
PROJECT, ORGANISATION = "https://buddy.example/one#project", "https://buddy.example/one#organisation"
SCHEME = "https://body.example/scheme#label"
LEVEL = f"{SCHEME}-basic"
USE = "https://w3id.org/koepel/standard/cms#r1-Q1"
CERTIFIER = Actor(f"{ADDRESS}/account/c", frozenset({Grant(Role.DECIDER, BODY)}), "session")
OWNER = Actor(f"{ADDRESS}/account/o", frozenset({Grant(Role.OWNER, ORGANISATION)}), "session")
STRANGER = Actor(
    f"{ADDRESS}/account/s", frozenset({Grant(Role.OWNER, "https://else.example/#us")}), "session"
)


def scheme(**told: Any) -> Scheme:
    """Make a label scheme of three years, with what a test wants."""
    usual: dict[str, Any] = {
        "iri": SCHEME, "titles": {"en": "Lantern"}, "descriptions": {}, "owner": BODY, "standard": "cms",
        "levels": (Level(LEVEL, {"en": "Basic"}, 1),), "authorities": (Authority(BODY),),
        "validity_months": 36, "appeal_days": 30, "evidence_months": 24,
    }  # fmt: skip
    return Scheme(**usual | told)


def act(name: str, on: str, of: str = "1", /, **details: Any) -> Act:
    """Make an act, written down on the day on which it was done."""
    day = date.fromisoformat(on)
    moment = datetime.combine(day, time(9), UTC)
    return Act(case(of), name, day, CERTIFIER.account, details=details, time=moment)


def case(number: str = "1") -> str:
    """Name a case."""
    return f"{ADDRESS}/case/{number}"


def opened(on: str = "2025-01-10", of: str = "1", **details: Any) -> Act:
    """Begin an application."""
    usual = {
        "subject": PROJECT, "scheme": SCHEME, "level": LEVEL, "organisation": ORGANISATION, "body": BODY,
        "source": "https://buddy.example/one",
    }  # fmt: skip
    return act("open", on, of, **usual | details)


def granted(on: str = "2025-03-01", expires: str = "2028-02-29", of: str = "1", **details: Any) -> Act:
    """Award a label."""
    usual = {
        "level": LEVEL, "standard": "cms", "version": "1.0.0", "valid_from": on, "expires": expires,
        "source": "https://buddy.example/one", "digest": "0" * 64, "assessed": on, "index": 7, "outcomes": {},
    }  # fmt: skip
    return act("grant", on, of, **usual | details)


def way(on: str = "2025-02-01", of: str = "1") -> list[Act]:
    """Go from the beginning to a recommendation."""
    names = ("self-assess", "submit", "read-documents", "recommend")
    return [opened(of=of), *(act(name, on, of) for name in names)]


def labelled(*later: Act, of: str = "1", **details: Any) -> list[Act]:
    """Go from the beginning to a label, and on."""
    return [*way(of=of), granted(of=of, **details), *later]


def caseload(
    acts: Iterable[Act], *schemes: Scheme, grants: Mapping[str, frozenset[Grant]] | None = None
) -> Caseload:
    """Put acts of one or several cases together, in the order in which they are given."""
    found: dict[str, list[Act]] = {}
    for one in acts:
        found.setdefault(one.case, []).append(one)
    rules = {one.iri: one for one in schemes or (scheme(),)}
    return Caseload(0, (), {iri: tuple(told) for iri, told in found.items()}, rules, grants or {})
