"""What a round of the harvest costs, beside a bare loop of requests, and by what changed: `make benchmark`.

Every size runs in a process of its own. Nothing here fails for being slow; what fails is a round that brings
something else than it should.
"""

from tests.benchmarks.measured import SIZES, Measured, by_part, markdown, measure

LARGEST = max(SIZES)
MEGABYTE = 2**20


def test_a_round_in_which_nothing_changed_against_a_bare_loop() -> None:
    found = by_part(_measured("round", LARGEST))
    loop, made = found["bare loop"], found["round"]
    memory = [one for name, one in found.items() if "memory" in name]

    markdown(
        [f"{LARGEST:,} sources that answer 304", "seconds", "requests per second"],
        [[one.part, f"{one.seconds:.1f}", f"{one.size / one.seconds:,.0f}"] for one in (loop, made)],
    )
    markdown(["", "× bare loop"], [["round", f"{made.seconds / loop.seconds:.2f}"]])
    markdown(["memory", "MB"], [[one.part, f"{one.found / MEGABYTE:,.1f}"] for one in memory])

    assert made.found == LARGEST


def test_the_cost_of_a_round_grows_with_what_has_changed() -> None:
    sizes = sorted({max(1, LARGEST // 10), LARGEST})
    measured = [by_part(_measured("change", size)) for size in sizes]

    markdown(
        ["sources", "nothing changed (s)", "changed", "1 % changed (s)", "more, per changed source (ms)"],
        [_beside(found["nothing changed"], found["one in a hundred changed"]) for found in measured],
    )

    assert [found["one in a hundred changed"].found for found in measured] == [size // 100 for size in sizes]


def _measured(step: str, size: int) -> list[Measured]:
    return measure(step, size, program="tests.benchmarks.harvesting")


def _beside(quiet: Measured, busy: Measured) -> list[str]:
    more = 1000 * (busy.seconds - quiet.seconds) / busy.found
    return [
        f"{quiet.size:,}",
        f"{quiet.seconds:.2f}",
        f"{busy.found:,}",
        f"{busy.seconds:.2f}",
        f"{more:,.0f}",
    ]
