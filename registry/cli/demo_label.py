"""The label of the demonstration: made-up people of a made-up body award it to a made-up project.

All of it goes the way that everybody goes, through the rules of certification. It is done once; what people
do with it afterwards stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from registry.vocabulary import EXAMPLE

if TYPE_CHECKING:
    from registry.account.actor import Actor, Role
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.home import Home
    from registry.settings import Settings

__all__ = ["award_examples"]

SCHEMES: Final = f"{EXAMPLE}schemes/ten-requirements#"
SCHEME, BODY = f"{SCHEMES}scheme", f"{SCHEMES}body"
COMPLETE, STARTING = (f"{EXAMPLE}fictitious/{name}#" for name in ("complete-project", "starting-project"))
HEARD: Final = 3
"""So many mentors, and so many mentees, the scheme wants to be heard."""


def award_examples(home: Home, chosen: Settings) -> tuple[tuple[str, str], ...]:
    """Take up the example schemes, award one label, and leave one application open.

    Gives the names of the new accounts with the links by which somebody makes them theirs; nothing when it
    was all there already.
    """
    from registry.certification.desk import Desk
    from registry.validation.standard import load_library

    desk = Desk.of(home, load_library(), chosen)
    if desk.caseload().adopted:
        return ()
    _adopt(desk)
    _make_key(desk, chosen)
    invited, people = _invite(home, chosen)
    _award(desk, people)
    _leave_open(desk, people)
    return invited


def _adopt(desk: Desk) -> None:
    from registry.dataset import examples_folder
    from registry.draft import read_draft
    from registry.scheme.adoption import adopt

    for path in sorted((examples_folder() / "schemes").glob("*.ttl")):
        document = read_draft(path.read_bytes(), path.name)
        desk.home.ledger.append(*adopt(document, desk.rulebook, "operator", "An example."))


def _make_key(desk: Desk, chosen: Settings) -> None:
    from registry.label.keys.key import created
    from registry.label.keys.keyring import Keyring

    ring = Keyring(desk.home.folder, chosen.key_passphrase)
    desk.home.ledger.append(created(BODY, 1, ring.make(1), "operator"))


def _invite(home: Home, chosen: Settings) -> tuple[tuple[tuple[str, str], ...], dict[str, Actor]]:
    """Make an account for each role; none of them is anybody."""
    from registry.account import people
    from registry.account.actor import Actor, Role
    from registry.account.office import Office, console

    office, operator = Office.of(home, chosen), console("operator")
    roles: dict[str, list[tuple[Role, str]]] = {
        "owner": [(Role.OWNER, f"{COMPLETE}organisation"), (Role.OWNER, f"{STARTING}organisation")],
        "assessor": [(Role.ASSESSOR, BODY)],
        "decider": [(Role.DECIDER, BODY)],
        "operator": [(Role.OPERATOR, "")],
    }
    links, actors = [], {}
    for name, granted in roles.items():
        account, code = people.create(
            office, operator, f"{name} (fictitious)", f"{name}@lantern.example", "en"
        )
        given = [people.give_role(office, operator, account.id, role, where) for role, where in granted]
        actors[name] = Actor(account.iri, frozenset(given), "console")
        links.append((account.name, f"{chosen.public_address}/en/invitation/{code}"))
    return tuple(links), actors


def _award(desk: Desk, people: dict[str, Actor]) -> None:
    """Bring the complete project along the whole way."""
    day = desk.today().isoformat()
    case = _apply(desk, people, f"{COMPLETE}project")
    _do(desk, people["assessor"], "read-documents", case)
    judgements = _judgements(desk, case)
    held = {"sessions": [day, day], "mentors": HEARD, "mentees": HEARD, "judgements": judgements}
    _do(desk, people["assessor"], "audit", case, **held)
    _do(desk, people["assessor"], "recommend", case, level=case.level)
    _do(desk, people["decider"], "grant", case)


def _leave_open(desk: Desk, people: dict[str, Actor]) -> None:
    """Hand in for the project that has just begun; it has a good deal to mend."""
    from registry.certification.proof.description import described

    if described(desk, f"{STARTING}project"):
        _apply(desk, people, f"{STARTING}project")


def _apply(desk: Desk, people: dict[str, Actor], subject: str) -> Case:
    case = _do(desk, people["owner"], "open", None, subject=subject, scheme=SCHEME, body=BODY)
    _do(desk, people["owner"], "self-assess", case)
    return _do(desk, people["owner"], "submit", case)


def _judgements(desk: Desk, case: Case) -> list[dict[str, str]]:
    """Judge what no machine decides."""
    from registry.certification.proof.judgement import standard_of
    from registry.validation.standard import MACHINE

    uses = [use for use in standard_of(desk, case).uses if use.mode != MACHINE]
    return [{"use": str(use.iri), "outcome": "met"} for use in uses]


def _do(desk: Desk, actor: Actor, act: str, case: Case | None, **details: Any) -> Case:
    from registry.certification.conduct import Order, conduct

    return conduct(desk, actor, Order(act, desk.today(), "", details), case.iri if case else "")
