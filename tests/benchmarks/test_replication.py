"""How fast one registry follows another: `make benchmark`.

The rate of the whole way, over HTTP and through every check, stands beside the rate at which pyoxigraph alone
loads the same statements in the same run. Nothing here fails for being slow; what fails is a follower that
does not end with what the other one has.
"""

from tests.benchmarks.measured import SIZES, Measured, by_part, markdown, measure

LARGEST = max(SIZES)
PROGRAM = "tests.benchmarks.replication"


def test_following_beside_loading_alone() -> None:
    loaded = by_part(measure("load", LARGEST, PROGRAM))
    followed = by_part(measure("replicate", LARGEST, PROGRAM))
    following, disk = followed["following"], loaded["pyoxigraph, on disk"]

    rows = [_rate(one) for one in (*loaded.values(), following)]
    markdown([f"{LARGEST:,} members", "seconds", "members a second", "MB"], rows)
    idle = followed["following again, when nothing is new"]
    markdown(
        ["", "seconds"],
        [["as many times loading took", f"{following.seconds / disk.seconds:,.1f}"], _row(idle)],
    )

    assert following.found == LARGEST
    assert followed["statements"].found == disk.found
    assert idle.found == 0


def test_writing_the_pages_of_a_stream() -> None:
    produced = measure("produce", LARGEST, PROGRAM)

    markdown([f"{LARGEST:,} members", "seconds", "members a second", "MB"], map(_rate, produced))

    assert all(one.found for one in produced)


def _rate(one: Measured) -> list[str]:
    rate, memory = one.size / one.seconds, one.peak / 2**20
    return [one.part, f"{one.seconds:,.2f}", f"{rate:,.0f}", f"{memory:,.0f}"]


def _row(one: Measured) -> list[str]:
    return [one.part, f"{one.seconds:,.2f}"]
