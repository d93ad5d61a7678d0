"""The people of the made-up town with their accounts, and its registry as it stands before each act.

Two projects are described. The first goes all the way before the body; the second has a case before another
body, by people who have nothing to do with the first.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from registry.account.account import Account, add_account, find_account
from registry.account.actor import ANYBODY, SCOPES, Actor, Grant, Role, Scope
from registry.account.office import Office, console
from registry.account.session import begin_session
from registry.account.token import issue
from registry.certification.life.case import Case
from registry.home import publish
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Version
from registry.scheme.adoption import adopt
from tests.registry.certification.town import (
    ADDRESS,
    BASIC,
    BODY,
    EXAMPLES,
    LANTERN,
    LINK,
    ORGANISATION,
    OTHER_BODY,
    PUBLISHED,
    SITE,
    SOURCE,
    START,
    Town,
)

__all__ = [
    "FILE",
    "OTHER_ORGANISATION",
    "OTHER_PROJECT",
    "OTHER_SCHEME",
    "ROLES",
    "TITLE",
    "Cast",
    "Member",
    "add_second_project",
    "play",
]

OTHER = SOURCE.replace("complete", "other")
OTHER_PROJECT, OTHER_ORGANISATION = f"{OTHER}#project", f"{OTHER}#organisation"
OTHER_SCHEME = f"{SITE}/beacon#scheme"
BEACON = LANTERN.replace("/scheme>", "/beacon>").replace(
    "body <https://lantern.example/#body>", f"body <{OTHER_BODY}>"
)
TITLE = "The Bridge"
"""A part of the title of the first project; the second is called otherwise."""
GRAPHS = shutil.ignore_patterns("snapshots", "graph")
FILE = b"%PDF-1.7 what was said in the sessions"
ASSESSES, DECIDES = Grant(Role.ASSESSOR, BODY), Grant(Role.DECIDER, BODY)
ROLES: dict[str, tuple[Grant, ...]] = {
    "owner": (Grant(Role.OWNER, ORGANISATION),),
    "publisher": (Grant(Role.PUBLISHER, ORGANISATION),),
    "assessor": (ASSESSES,),
    "decider": (DECIDES,),  # who suspends the label
    "second": (DECIDES,),  # who has done nothing in the case yet
    "assessed": (ASSESSES, DECIDES),  # who has read the documents
    "granted": (ASSESSES, DECIDES),  # who has granted the label
    "conflicted": (ASSESSES, DECIDES, Grant(Role.PUBLISHER, ORGANISATION)),
    "operator": (Grant(Role.OPERATOR),),
    "elsewhere": (Grant(Role.OWNER, OTHER_ORGANISATION),),
    "foreign": (Grant(Role.ASSESSOR, OTHER_BODY), Grant(Role.DECIDER, OTHER_BODY)),
}
LENT = {
    "owner-reads": ("owner", Scope.READ),
    "assessor-reads": ("assessor", Scope.READ),
    "decider-reads": ("decider", Scope.READ),
    "owner-applies": ("owner", Scope.APPLY),
}
"""Tokens that lend less than their accounts may do."""


@dataclass(frozen=True)
class Member:
    """Somebody who comes with a session, with a token, or to the machine itself."""

    name: str
    actor: Actor = ANYBODY
    session: str = ""
    token: str = ""

    @property
    def is_lent(self) -> bool:
        """Whether it is a token that does less than its account may."""
        return self.actor.scopes is not None


@dataclass(frozen=True)
class Cast:
    """All people, and the folders with the registry as it stood before each act."""

    members: dict[str, Member]
    stages: dict[str, Path]
    number: str
    """The case of the first project."""
    other: str
    """The case of the second."""

    def copy(self, stage: str, folder: Path) -> Path:
        """Lend a registry that may be changed."""
        return shutil.copytree(self.stages[stage], folder, symlinks=True)


def play(folder: Path) -> Cast:
    """Play the life of a case up to an open appeal, and keep the registry as it was at every stage."""
    town = Town(folder / "life")
    add_second_project(town)
    members = _enrol(town)
    other = town.open(members["elsewhere"].actor, subject=OTHER_PROJECT, scheme=OTHER_SCHEME)
    publish(town.home, town.desk.rulebook, START)
    stages, number = {}, ""
    for stage, case in _life(town, members):
        town.home.ledger.close()
        stages[stage] = shutil.copytree(town.folder, folder / stage, ignore=GRAPHS)
        (folder / stage / "snapshots").symlink_to(town.folder / "snapshots")
        number = case.number if case else ""
    return Cast(members, stages, number, other.number)


def _life(town: Town, members: dict[str, Member]) -> Iterator[tuple[str, Case | None]]:
    """Go through the stages of a case; of each act it is said who does it."""
    yield "nothing", None
    case = town.open(members["owner"].actor)
    use = str(town.standard(case).uses[0].iri)
    condition = {"text": "Train two more.", "due": "2026-06-30", "uses": [use]}
    upload = {"kind": "upload", "title": "Minutes", "dated": "2026-02-01"}
    judged, days = town.judgements(case), [START.isoformat()] * 2
    for who, act, stage, details in (
        ("owner", "add-evidence", "", LINK),
        ("owner", "add-evidence", "draft", upload),
        ("owner", "self-assess", "self-assessed", {}),
        ("owner", "submit", "applied", {}),
        ("assessed", "read-documents", "documents-read", {}),
        (
            "assessor",
            "audit",
            "audited",
            {"sessions": days, "mentors": 3, "mentees": 3, "judgements": judged},
        ),
        ("assessor", "recommend", "recommended", {"level": BASIC}),
        ("granted", "grant", "awarded", {"conditions": [condition]}),
        ("decider", "suspend", "suspended", {}),
        ("owner", "appeal", "appealed", {}),
    ):
        file = FILE if details is upload else None
        case = town.act(members[who].actor, act, case, reason="It is so.", upload=file, **details)
        if stage:
            yield stage, case


def add_second_project(town: Town) -> None:
    """Describe another project, by another organisation, and adopt a scheme of another body."""
    text = (EXAMPLES / "complete-project.ttl").read_text(encoding="utf-8").replace(SOURCE, OTHER)
    text = text.replace("De Brug", "De Poort").replace(TITLE, "The Gate")
    document = read_document(text.encode(), media_type="text/turtle", address=OTHER)
    version = Version(document.digest, document.canonical, document.data, document.media_type)
    event = Event(OTHER, Happening.ACCEPTED, f"{OTHER}.ttl", document.digest, time=PUBLISHED)
    town.home.ledger.append(event, version)
    beacon = read_document(BEACON.encode(), media_type="text/turtle", address=f"{SITE}/beacon")
    town.home.ledger.append(*adopt(beacon, town.desk.rulebook, "operator"))


def _enrol(town: Town) -> dict[str, Member]:
    """Give everybody an account with a session and a token, and some another token that does less."""
    office = Office(town.home, ADDRESS)
    found = {"visitor": Member("visitor")}
    for name, grants in ROLES.items():
        account = _account(office, name)
        actor = Actor(account.iri, frozenset(grants), "session")
        town.entitle(actor)
        with office.vault as vault:
            session = begin_session(vault, account, datetime.now(UTC))
        scopes = [Scope.READ, *{SCOPES[one.role] for one in grants}]
        _, token = issue(office, console("operator"), account, "portal", scopes, 30)
        found[name] = Member(name, actor, session, token)
        for lent, (whose, scope) in LENT.items():
            if whose == name:
                known, token = issue(office, console("operator"), account, "portal", [scope], 30)
                less = replace(actor, via=f"token:{known.id}", scopes=frozenset({scope}))
                found[lent] = Member(lent, less, token=token)
    return found


def _account(office: Office, name: str) -> Account:
    with office.vault as vault:
        account = add_account(vault, ADDRESS, name.title(), f"{name}@town.example", "en", datetime.now(UTC))
        vault.write("UPDATE account SET password = 'set' WHERE id = ?", account.id)
        return find_account(vault, account.id)
