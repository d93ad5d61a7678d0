"""Who may do and see what: every act by every role in their own case and in that of others, at every door.

`ACTS` and `SIGHT` are written by hand and are what is meant to hold. The first is held against the registry
whole: each act by each role, in the state in which it can be done, at the desk, on the pages, by GraphQL and
on the command line. Each door has to give the same answer, and whatever is refused leaves the ledger as it
was. What is allowed is done in a copy of the registry: each act through each door, and each further role
through one of them in turn. In the case of others every role tries every act at the desk, and at the other
doors every role tries one act, and nearly every act is tried by some role. `SIGHT` is held against every
place in which a case can be seen.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from registry.certification.order import Order
from registry.errors import KoepelError
from tests.registry.certification.cast import OTHER_PROJECT, OTHER_SCHEME, ROLES, Cast, Member, play
from tests.registry.certification.doors import (
    DONE,
    SIGN_IN,
    STRANGER,
    House,
    at_desk,
    by_graphql,
    on_console,
    on_page,
)
from tests.registry.certification.looking import LOOKS
from tests.registry.certification.town import BASIC, BODY, LINK, ORGANISATION, PROJECT, SCHEME, START

HEADS = (
    "visitor owner publisher assessor decider second assessed granted conflicted operator elsewhere foreign"
)
ACTS = """
open             V + R R R R R R R R R R
self-assess      V + R R R R R R R - - -
add-evidence     V + + R R R R R + - - -
remove-evidence  V + + R R R R R + - - -
submit           V + R R R R R R R - - -
withdraw         V + R R R R R R R - - -
send-back        V R R + R R + + C - - -
read-documents   V R R + R R + + C - - -
audit            V R R + R R + + C - - -
recommend        V R R + R R + + C - - -
grant            V R R R + + A + C - - -
refuse           V R R R + + A + C - - -
extend           V R R R + + A + C - - -
meet-condition   V R R + R R + D C - - -
suspend          V R R R + + A + C - - -
reinstate        V R R R + + A + C - - -
revoke           V R R R + + A + C - - -
appeal           V + R R R R R R R - - -
uphold           V R R R O + A + C - - -
overturn         V R R R O + A + C - - -
"""
"""By act and role what becomes of it: + is done, - a case that is not there for them, and see `REFUSED`."""
WATCHERS = (
    "visitor owner publisher assessor decider operator elsewhere foreign "
    "owner-reads decider-reads owner-applies"
)
SIGHT = """
case-page        S + + + + N N N . . .
case-file        S + + + + N N N . . .
list-page        S + + + + 0 0 0 . . .
calendar-page    S + + + + 0 0 0 . . .
calendar-feed    S + + + + 0 0 0 . . .
overview-page    S 0 0 + + 0 0 0 . . .
overview-table   S N N + + N N 0 . . .
preview-page     S 0 0 + + 0 0 0 . . .
preview-table    S F F + + F F 0 . . .
graphql-case     S + + + + N N N + + +
graphql-file     S + + + + N N N + + +
graphql-cases    S + + + + 0 0 0 + + +
graphql-calendar S + + + + 0 0 0 + + +
graphql-overview S F F + + F F 0 F + F
graphql-preview  S + + + + 0 0 0 + + +
console-show     S + + + + N N N . . .
console-state    S + + + + N N N . . .
console-list     S + + + + 0 0 0 . . .
"""
"""By place and role what is seen of a case: + it, 0 nothing of it, N not found, F not for them, S sign in
first. Tokens open no pages, and the command line knows none."""
SINGLE = ("case-page", "graphql-case", "console-show", "console-state")
REFUSED = {
    "V": "visitor",
    "+": DONE,
    "-": "case-unknown",
    "R": "role-missing",
    "A": "decider-has-assessed",
    "D": "assessor-has-decided",
    "C": "conflict-of-interest",
    "O": "appeal-own-decision",
}
BEFORE = {
    "open": "nothing",
    "self-assess": "draft",
    "add-evidence": "draft",
    "remove-evidence": "draft",
    "submit": "self-assessed",
    "withdraw": "self-assessed",
    "send-back": "applied",
    "read-documents": "applied",
    "audit": "documents-read",
    "recommend": "audited",
    "grant": "recommended",
    "refuse": "recommended",
    "extend": "awarded",
    "meet-condition": "awarded",
    "suspend": "awarded",
    "reinstate": "suspended",
    "revoke": "suspended",
    "appeal": "suspended",
    "uphold": "appealed",
    "overturn": "appealed",
}
"""The state of the case in which each act can be done."""
DAY = START.isoformat()
SAID: dict[str, dict[str, Any]] = {
    "open": {"subject": PROJECT, "scheme": SCHEME},
    "add-evidence": LINK,
    "remove-evidence": {"number": "1"},
    "audit": {"sessions": [DAY, DAY], "mentors": 3, "mentees": 3},
    "recommend": {"level": BASIC},
    "extend": {"expires": "2029-12-31"},
    "meet-condition": {"number": 1},
}
BY_THE_BODY = {act for act in BEFORE if BEFORE[act] not in ("nothing", "draft", "self-assessed")} - {"appeal"}
Door = Callable[[House, Member, Order, str, KoepelError | None], str]
DOORS: tuple[Door, ...] = (on_page, by_graphql, on_console)
WAYS_IN = dict(zip(DOORS, ("session", "token", "console"), strict=True))
AT_THE_DOOR: dict[Door, str] = {on_page: SIGN_IN, by_graphql: "ONLY_QUERIES", on_console: STRANGER}
"""What is said to somebody who does not say who they are."""


def rows(table: str, heads: str) -> Iterator[tuple[str, str, str]]:
    """Read a table: the name of a row, that of a column, and what stands there."""
    for line in table.strip().splitlines():
        name, *cells = line.split()
        for head, cell in zip(heads.split(), cells, strict=True):
            yield name, head, cell


def allowed() -> Iterator[tuple[str, str, Door]]:
    """List what is to be tried: each act at each door, and each further role at one of them in turn."""
    for act in BEFORE:
        roles = [role for role in ROLES if SPECIFIED[act, role] == DONE]
        yield from ((act, roles[0], door) for door in DOORS)
        yield from ((act, role, DOORS[(place + len(act)) % 3]) for place, role in enumerate(roles[1:]))


def beyond_the_token() -> Iterator[tuple[str, str]]:
    """List what an account may do, and its token that is only for reading may not."""
    for lent in ("owner-reads", "assessor-reads", "decider-reads"):
        role = lent.removesuffix("-reads")
        yield from ((lent, act) for act in BEFORE if SPECIFIED[act, role] == DONE)


SPECIFIED = {(act, role): REFUSED[cell] for act, role, cell in rows(ACTS, HEADS)}
SEEN: dict[str, dict[str, str]] = {}
for place, watcher, seen in rows(SIGHT, WATCHERS):
    if seen != ".":
        SEEN.setdefault(place, {})[watcher] = seen


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """The people, and the registry at every stage."""
    return play(tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def house(cast: Cast) -> House:
    """The doors of the registry."""
    return House.build(cast.stages["nothing"])


def order(act: str) -> Order:
    """Say what is to be done."""
    return Order(act, START, "Because it is so.", SAID.get(act, {}))


@pytest.mark.parametrize("act", BEFORE)
def test_an_act_is_refused_to_the_same_roles_for_the_same_reason_at_every_door(
    cast: Cast, house: House, act: str
) -> None:
    number = "" if act == "open" else cast.number
    with house.at(cast.stages[BEFORE[act]]) as desk:
        before = desk.home.ledger.position()
        for role in ROLES:
            if SPECIFIED[act, role] == DONE:
                continue
            member = cast.members[role]
            error = at_desk(house, member, order(act), number)
            assert error is not None
            found = [error.code, *(door(house, member, order(act), number, error) for door in DOORS)]
            assert found == [SPECIFIED[act, role]] * 4, role
        assert desk.home.ledger.position() == before


def test_who_does_not_say_who_they_are_does_nothing(cast: Cast, house: House) -> None:
    visitor = cast.members["visitor"]
    for act, stage in BEFORE.items():
        number = "" if act == "open" else cast.number
        with house.at(cast.stages[stage]) as desk:
            before = desk.home.ledger.position()
            for door, answer in AT_THE_DOOR.items():
                assert door(house, visitor, order(act), number, None) == answer, (act, door)
            assert at_desk(house, visitor, order(act), number) is not None
            assert desk.home.ledger.position() == before


@pytest.mark.parametrize(("act", "role", "door"), list(allowed()))
def test_what_is_allowed_is_done_and_says_who_did_it_and_how_they_came(
    cast: Cast, house: House, tmp_path: Path, act: str, role: str, door: Door
) -> None:
    member, number = cast.members[role], "" if act == "open" else cast.number
    with house.at(cast.copy(BEFORE[act], tmp_path / "home")) as desk:
        assert door(house, member, order(act), number, None) == DONE
        last = max(desk.caseload().events, key=lambda event: event.position or 0)
        assert json.loads(last.terms)["act"] == act
        assert (last.actor, last.via.partition(":")[0]) == (member.actor.account, WAYS_IN[door])
        assert last.behalf == (BODY if act in BY_THE_BODY else ORGANISATION)


@pytest.mark.parametrize("role", ROLES)
def test_the_case_of_others_is_there_for_nobody_else(cast: Cast, house: House, role: str) -> None:
    member, own = cast.members[role], role in ("elsewhere", "foreign")
    number = cast.number if own else cast.other
    acts = [act for act in BEFORE if act != "open"]
    with house.at(cast.stages["awarded"]) as desk:
        before = desk.home.ledger.position()
        for act in acts:
            error = at_desk(house, member, order(act), number)
            assert (error and error.code) == "case-unknown", act
        for door, act in zip(DOORS, acts[list(ROLES).index(role) :: 7], strict=False):
            error = at_desk(house, member, order(act), number)
            assert door(house, member, order(act), number, error) == "case-unknown", (door, act)
        assert desk.home.ledger.position() == before


def test_nobody_applies_for_the_project_of_others(cast: Cast, house: House) -> None:
    told = Order("open", START, "", {"subject": OTHER_PROJECT, "scheme": OTHER_SCHEME})
    with house.at(cast.stages["awarded"]) as desk:
        before = desk.home.ledger.position()
        for role in ("owner", "publisher", "operator", "foreign"):
            error = at_desk(house, cast.members[role], told, "")
            assert (error and error.code) == "role-missing", role
        assert desk.home.ledger.position() == before


@pytest.mark.parametrize(("lent", "act"), list(beyond_the_token()))
def test_a_token_does_no_more_than_it_is_for(cast: Cast, house: House, lent: str, act: str) -> None:
    member, number = cast.members[lent], "" if act == "open" else cast.number
    with house.at(cast.stages[BEFORE[act]]) as desk:
        before = desk.home.ledger.position()
        error = at_desk(house, member, order(act), number)
        assert (error and error.code) == "role-missing"
        assert by_graphql(house, member, order(act), number, error) == "role-missing"
        assert desk.home.ledger.position() == before


@pytest.mark.parametrize("look", LOOKS)
def test_a_case_is_seen_by_its_parties_wherever_one_looks(
    cast: Cast, house: House, look: str, tmp_path: Path
) -> None:
    expected = SEEN[look]
    with house.at(cast.copy("awarded", tmp_path / "home")):
        found = {who: LOOKS[look](house, cast.members[who], cast.number) for who in expected}
    assert found == expected


@pytest.mark.parametrize("look", SINGLE)
def test_the_case_of_others_is_seen_by_those_others_alone(cast: Cast, house: House, look: str) -> None:
    with house.at(cast.stages["awarded"]):
        found = {role: LOOKS[look](house, cast.members[role], cast.other) for role in ROLES}
    assert found == {role: "+" if role in ("elsewhere", "foreign") else "N" for role in ROLES}
