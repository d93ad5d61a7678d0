"""Two standards side by side, and what one leaves to do for the other."""

from registry.crosswalk import Crosswalk, Need, Reason, lay_side_by_side
from tests.registry.sample import sample_library


def crosswalk(first: str, second: str) -> Crosswalk:
    """Compare two of the made-up standards."""
    library = sample_library()
    return lay_side_by_side(library, library.standard(first), library.standard(second))


def needs(first: str, second: str) -> dict[str, tuple[Reason, ...]]:
    """Say for each use of a criterion why the second standard still needs it."""
    return {name(need): need.reasons for need in crosswalk(first, second).needs}


def name(need: Need) -> str:
    """Name a use by its token."""
    return need.asked.use.iri.rpartition("#")[2]


def test_what_both_standards_ask_stands_in_one_row() -> None:
    rows = {
        row.criterion.identifier: (len(row.first), len(row.second))
        for row in crosswalk("gentle", "strict").rows
    }

    assert rows == {"guardians": (0, 1), "hours": (1, 2), "paper": (1, 1), "tone": (1, 1)}


def test_a_standard_needs_nothing_beside_itself() -> None:
    for token in sample_library().standards:
        assert needs(token, token) == {}


def test_a_criterion_that_the_first_standard_lacks_is_needed() -> None:
    assert needs("gentle", "strict")["R2-guardians"] == (Reason.ABSENT,)


def test_a_higher_threshold_is_needed_only_for_the_intensity_that_has_it() -> None:
    found = needs("gentle", "strict")

    assert found["R1-hours-intensive"] == (Reason.THRESHOLD,)
    assert "R1-hours-standard" not in found


def test_a_threshold_that_follows_the_intensity_must_suffice_for_every_intensity() -> None:
    assert needs("strict", "gentle")["R1-hours"] == (Reason.THRESHOLD,)


def test_a_lower_greatest_age_asks_more() -> None:
    assert needs("gentle", "strict")["R2-paper"] == (Reason.THRESHOLD,)
    assert Reason.THRESHOLD not in needs("strict", "gentle")["R1-paper"]


def test_what_is_only_additional_does_not_answer_what_is_basic() -> None:
    assert needs("strict", "gentle")["R1-paper"] == (Reason.LEVEL,)


def test_the_word_of_a_machine_does_not_answer_the_judgement_of_a_person() -> None:
    assert needs("gentle", "strict")["R2-tone"] == (Reason.MODE,)
    assert "R1-tone" not in needs("strict", "gentle")


def test_what_is_asked_of_other_things_does_not_count() -> None:
    assert needs("gentle", "profile")["R2-place"] == (Reason.ABSENT,)


def test_the_closest_use_is_named_with_a_need() -> None:
    need = next(one for one in crosswalk("strict", "gentle").needs if name(one) == "R1-paper")

    assert need.closest is not None
    assert need.closest.use.iri.endswith("#R2-paper")
