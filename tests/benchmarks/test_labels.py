"""How fast labels are issued, checked and looked up: `make benchmark`.

What a label costs stands beside what its canonical form and its signature alone cost in the same run, and a
status list beside gzip alone. Nothing here fails for being slow; what fails is a label that does not verify.
"""

from tests.benchmarks.measured import Measured, by_part, markdown, measure

LABELS = 1_000
LISTS = 100
PROGRAM = "tests.benchmarks.labelling"


def test_issuing_and_verifying_labels() -> None:
    parts = measure("issue", LABELS, PROGRAM)
    found = by_part(parts)
    alone = found["canonical form alone"].seconds + found["Ed25519 alone"].seconds

    markdown([f"{LABELS:,} labels", "seconds", "ms each"], [_each(one) for one in parts])
    ratio = found["issued"].seconds / alone
    markdown(["", "times"], [["issuing, against canonical form and signature alone", f"{ratio:,.1f}"]])

    assert found["issued"].found == found["verified"].found == LABELS
    assert found["machine's part again"].found == LABELS // 10


def test_building_and_reading_a_status_list() -> None:
    found = by_part(measure("lists", LISTS, PROGRAM))

    markdown(
        [f"131,072 places, {LISTS} times", "seconds", "against gzip alone"],
        [[one.part, f"{one.seconds:,.3f}", _against(one, found["gzip alone"])] for one in found.values()],
    )

    assert found["every place of one"].found == found["built"].found
    assert found["gzip alone"].found == 131_072 // 8


def _each(one: Measured) -> list[str]:
    return [one.part, f"{one.seconds:,.2f}", f"{1000 * one.seconds / one.found:,.2f}"]


def _against(one: Measured, gzip: Measured) -> str:
    return f"{one.seconds / gzip.seconds:,.2f}"
