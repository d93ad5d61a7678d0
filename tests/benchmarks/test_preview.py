"""How long it takes to try another version of a standard on all labelled projects: `make benchmark`.

Where the published text is the one that was assessed, only what the version adds is looked at. Where it is
another one, everything is judged anew. Nothing here fails for being slow; what fails is a preview in several
processes that differs from one in a single process.
"""

from tests.benchmarks.measured import SIZES, Measured, markdown, measure

SIZE = min(1000, max(SIZES))
PROGRAM = "tests.benchmarks.previewing"


def test_preview_over_all_labelled_projects() -> None:
    measured = measure("preview", SIZE, PROGRAM)

    markdown([f"{SIZE:,} labels", "seconds", "labels a second"], map(_row, measured))

    alone, together, _ = (one.found for one in measured)
    assert alone == together > 0


def _row(one: Measured) -> list[str]:
    return [one.part, f"{one.seconds:,.1f}", f"{one.size / one.seconds:,.0f}"]
