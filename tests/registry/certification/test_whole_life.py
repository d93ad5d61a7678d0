"""A whole life of a label, lived through what people and programs use, and asked about afterwards.

Nothing is done here that somebody outside could not do: descriptions come from a site, acts through forms,
GraphQL and the command line, answers from SPARQL, GraphQL, pages, credentials, status lists and calendars.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from registry import web
from tests.registry.certification.life.biography import live
from tests.registry.certification.life.life import Life
from tests.registry.certification.life.scene import Registry, forked, moved, opened
from tests.registry.certification.life.witness import (
    Sight,
    labelled_in_graphql,
    labelled_in_sparql,
    look,
    select,
    verdict,
)
from tests.registry.certification.town import BASIC, BODY, PLUS

EXAMPLES = Path(web.__file__).parent / "examples"
BORN, LAST = "2024-01-08", "2033-03-10"
REVOKED, SUSPENDED, NOWHERE = frozenset({"revocation"}), frozenset({"suspension"}), frozenset[str]()
OVER = "It is no longer in force."
SIGHTS = {
    "passed": Sight(
        "awarded", True, True, NOWHERE, "2028-03-01 CONFIRMED", "Awarded In force through 1 March 2028."
    ),
    "extended": Sight(
        "extended", True, True, NOWHERE, "2028-06-30 CONFIRMED", "Extended In force through 30 June 2028."
    ),
    "suspended": Sight(
        "suspended",
        False,
        False,
        SUSPENDED,
        "2028-06-30 CONFIRMED",
        "Suspended Out of force for the time being.",
    ),
    "reinstated": Sight(
        "awarded", True, True, NOWHERE, "2028-06-30 CONFIRMED", "Awarded In force through 30 June 2028."
    ),
    "version counts": Sight(
        "awarded", True, True, NOWHERE, "2028-06-30 CONFIRMED", "Awarded In force through 30 June 2028."
    ),
    "upgraded": Sight(
        "upgraded", True, True, NOWHERE, "2032-02-29 CONFIRMED", "Upgraded In force through 29 February 2032."
    ),
    "replaced": Sight("replaced", False, False, REVOKED, "2028-06-30 CANCELLED", f"Replaced {OVER}"),
    "last day": Sight(
        "upgraded", True, True, NOWHERE, "2032-02-29 CONFIRMED", "Upgraded In force through 29 February 2032."
    ),
    "expired": Sight("expired", False, False, NOWHERE, "2032-02-29 CONFIRMED", f"Expired {OVER}"),
    "renewed": Sight(
        "renewed", True, True, NOWHERE, "2036-06-01 CONFIRMED", "Renewed In force through 1 June 2036."
    ),
    "revoked": Sight("revoked", False, False, REVOKED, "2036-06-01 CANCELLED", f"Revoked {OVER}"),
    "appealed": Sight("revoked", False, False, REVOKED, "2036-06-01 CANCELLED", f"Revoked {OVER}"),
}
BACK = Sight("awarded", True, True, NOWHERE, "2036-06-01 CONFIRMED", "Awarded In force through 1 June 2036.")
AROUND = [date(2033, 3, 9), date(2033, 3, 10)]
"""The days around the decision on the appeal."""
NOTHING = ("", "", "", "")
LABELLED = {
    "2024-02-29": NOTHING,  # the day before
    "2024-03-01": ("first", BASIC, "1.0.0", "awarded"),  # the first day
    "2025-03-01": ("first", BASIC, "1.0.0", "awarded"),
    "2026-10-04": ("first", BASIC, "1.0.0", "awarded"),
    "2026-10-05": ("first", BASIC, "1.0.0", "extended"),
    "2027-04-11": ("first", BASIC, "1.0.0", "extended"),
    "2027-04-12": NOTHING,  # suspended
    "2027-05-30": NOTHING,
    "2027-05-31": ("first", BASIC, "1.0.0", "awarded"),  # reinstated, and written down later
    "2027-07-01": ("first", BASIC, "1.0.0", "awarded"),  # another version counts, but not for this label
    "2028-02-28": ("first", BASIC, "1.0.0", "awarded"),
    "2028-02-29": ("upgraded", PLUS, "1.1.0", "upgraded"),
    "2028-03-01": ("upgraded", PLUS, "1.1.0", "upgraded"),
    "2032-02-28": ("upgraded", PLUS, "1.1.0", "upgraded"),
    "2032-02-29": ("upgraded", PLUS, "1.1.0", "upgraded"),  # the last day
    "2032-03-01": NOTHING,  # the day after
    "2032-05-31": NOTHING,  # renewed late
    "2032-06-01": ("renewed", PLUS, "1.1.0", "renewed"),
    "2033-01-31": ("renewed", PLUS, "1.1.0", "renewed"),
    "2033-02-01": NOTHING,  # revoked
}
"""Which label was in force on a day: of which case, at which level, under which version, in which state."""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """The life up to the appeal against its last decision; no test changes it."""
    with ExitStack() as stack:
        with moved(BORN) as clock:
            folder = tmp_path_factory.mktemp("life") / "registry"
            registry = stack.enter_context(opened(folder, clock))
            told = stack.enter_context(live(registry))
        yield told


@pytest.fixture
def life(lived: Life) -> Iterator[Life]:
    """The same life, on the last day of it."""
    with moved(LAST) as clock:
        lived.registry.clock = clock
        yield lived


def test_after_each_step_readers_see_the_same_everywhere(life: Life) -> None:
    assert life.sights == SIGHTS


def test_what_lacks_something_basic_is_refused_and_stays_unknown_to_others(life: Life) -> None:
    assert (
        "the level https://lantern.example/scheme#basic is not reached. Open are: R1-Q04."
        in (life.noted["refusal"])
    )
    assert life.noted["after failing"] == [404, 0]
    assert "1  accepted" in life.noted["mended"]


def test_every_interface_carries_a_part_of_the_life(life: Life) -> None:
    text = "query($number: String!) { case(number: $number) { acts { via } } }"
    told = [
        life.registry.ask(text, "olga", number=one)["data"]["case"]["acts"] for one in life.cases.values()
    ]
    ways = Counter(act["via"].partition(":")[0] for acts in told for act in acts)

    assert ways.keys() == {"session", "token", "console"}
    assert min(ways.values()) >= 7


def test_an_announced_version_is_shown_from_its_day_on(life: Life) -> None:
    before, after = (life.noted[f"standard on {day}"] for day in ("2026-11-21", "2026-11-23"))

    assert ("1 July 2027" in before, "1 July 2027" in after) == (False, True)
    assert [one for one in life.noted["due on 2026-11-23"] if one.startswith("2027-07-01")]


def test_a_preview_says_everywhere_what_a_label_would_lose(life: Life) -> None:
    [there], [here] = life.noted["in graphql"], life.noted["at console"]["projects"]
    lost = [
        one["use"].rpartition("#")[2]
        for one in there["shifts"]
        if one["before"] is None and one["after"] == "NOT_MET"
    ]

    assert (there["affected"], here["affected"]) == (True, True)
    assert lost == ["R9-Q34-basic"]
    assert [one["criterion"] for one in here["criteria"] if one["after"] == "not-met"] == ["Q34"]
    assert "Volunteers are insured" in life.noted["on page"]


def test_which_label_was_in_force_on_a_day_is_told_alike_in_sparql_and_graphql(life: Life) -> None:
    days = [date.fromisoformat(day) for day in LABELLED]
    told = {date.fromisoformat(day): rows(life, *found) for day, found in LABELLED.items()}

    assert labelled_in_sparql(life.registry, life.project, days) == told
    assert {day: labelled_in_graphql(life.registry, life.project, day) for day in days} == told


def test_the_question_on_the_page_for_sparql_names_who_had_a_label_on_1_march_2025(life: Life) -> None:
    [row] = select(life.registry, (EXAMPLES / "labelled-on.rq").read_text("utf-8"))

    assert row == {
        "initiative": "Example project The Bridge (fictitious)",
        **{"scheme": "Lantern", "level": "Lantern", "version": "1.0.0", "body": BODY},
    }


def test_a_copy_of_a_label_that_was_replaced_holds_no_more(life: Life) -> None:
    told = verdict(life.registry, life.noted["first credential"])

    assert {one.about: one.passed for one in told.findings} == {
        **{"signature": True, "period": False, "revocation": False, "suspension": True}
    }


def test_nobody_decides_on_the_appeal_against_a_decision_of_their_own(life: Life) -> None:
    assert life.noted["own decision"] == "APPEAL_OWN_DECISION"


def test_after_an_appeal_that_succeeds_the_label_is_back_with_another_place(
    life: Life, tmp_path: Path
) -> None:
    number = life.cases["renewed"]
    with forked(life.registry, tmp_path / "registry") as registry:
        assert registry.in_graphql("emma", "overturn", number, "Training is held.") == "awarded"
        registry.show()

        assert look(registry, number) == BACK
        assert not verdict(registry, life.noted["credential"]).valid
        assert labelled_in_sparql(registry, life.project, AROUND) == {
            AROUND[0]: set(), AROUND[1]: rows(life, "renewed", PLUS, "1.1.0", "awarded")
        }  # fmt: skip
        verified(registry, number, tmp_path, code=0)


def test_after_an_appeal_that_fails_the_label_stays_revoked(life: Life, tmp_path: Path) -> None:
    number = life.cases["renewed"]
    with forked(life.registry, tmp_path / "registry") as registry:
        assert registry.on_page("emma", "uphold", number, reason="There was none for months.") == ""
        registry.show()

        assert look(registry, number) == SIGHTS["revoked"]
        assert labelled_in_sparql(registry, life.project, AROUND) == {day: set() for day in AROUND}
        assert registry.in_graphql("olga", "appeal", number, "Once more.") == "APPEAL_LATE"
        verified(registry, number, tmp_path, code=1)


def rows(life: Life, case: str, level: str, version: str, state: str) -> set[tuple[str, ...]]:
    """Write a line of the table as the interfaces tell it."""
    return {(life.cases[case], level, version, BODY, state)} if case else set()


def verified(registry: Registry, number: str, folder: Path, code: int) -> None:
    """Check a label at the command line, without a network."""
    registry.run("label", "export", number, "--output", folder / "label")
    documents = ("--documents", folder / "label")
    registry.run("label", "verify", folder / "label" / "label.json", *documents, code=code)
