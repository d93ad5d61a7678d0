"""Several processes write at once, and readers see every event in the order of the positions."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from sqlalchemy import URL

from registry.ledger import Ledger
from tests.registry.ledger.writer import write

WRITERS, BATCHES, SIZE = 4, 25, 3


def test_a_reader_never_finds_an_event_below_one_it_has_seen(url: URL) -> None:
    address, seen = url.render_as_string(hide_password=False), list[int]()
    with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn")) as pool, Ledger.open(url) as ledger:
        writers = [pool.submit(write, address, number, BATCHES) for number in range(WRITERS)]
        while len(seen) < WRITERS * BATCHES * SIZE:
            assert not any(one.done() and one.exception() for one in writers)
            seen += [one.position or 0 for one in ledger.events(after=seen[-1] if seen else 0)]

    assert seen == list(range(1, WRITERS * BATCHES * SIZE + 1))


def test_batches_of_several_writers_never_mix(url: URL) -> None:
    address = url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn")) as pool:
        told = list(pool.map(write, [address] * WRITERS, range(WRITERS), [BATCHES] * WRITERS))

    with Ledger.open(url) as ledger:
        owners = [one.source for one in ledger.events()]
    assert {lineage for lineage, _ in told} == {ledger.lineage}
    for writer, (_, positions) in enumerate(told):
        mine = [number for last in positions for number in range(last - SIZE, last)]
        assert {owners[number] for number in mine} == {f"https://buddy.example/{writer}/"}
