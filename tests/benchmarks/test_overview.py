"""How fast a certifying body sees all its members, and its calendar: `make benchmark`.

Nothing here fails for being slow; what fails is an overview that leaves members out.
"""

import pytest

from tests.benchmarks.measured import SIZES, by_part, markdown, measure

PROGRAM = "tests.benchmarks.overviewing"
MIDDLE = [size for size in SIZES if size <= 1000] or SIZES[:1]


@pytest.mark.parametrize("size", MIDDLE)
def test_the_overview_of_all_members(size: int) -> None:
    measured = by_part(measure("members", size, PROGRAM))

    markdown([f"{size:,} members", "ms"], [[one.part, one.milliseconds] for one in measured.values()])

    assert measured["overview"].found >= size  # programmes are published too
    assert measured["as a spreadsheet"].found == measured["overview"].found + 1


@pytest.mark.parametrize("size", MIDDLE)
def test_the_calendar_of_a_body(size: int) -> None:
    measured = by_part(measure("calendar", size, PROGRAM))

    markdown([f"{size:,} members", "ms"], [[one.part, one.milliseconds] for one in measured.values()])

    assert measured["as iCalendar"].found == measured["what is due"].found > size
