"""How long a round takes over documents that have not changed, beside a bare loop: `make benchmark`.

A server in a process of its own answers every request with 304. The bare loop and the fetcher ask it in turn
for the same addresses from as many threads; the fetcher also vets addresses, reads the robots.txt of every
site and takes turns. Pauses are off, since they are a choice and no cost. Nothing here fails for being slow.
"""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from resource import getpagesize
from statistics import median
from subprocess import PIPE, Popen

import httpx2
import pytest

from federation.fetch import Fetcher, Policy
from tests.benchmarks.measured import ROOT, SIZES, markdown

SIZE = max(SIZES)
THREADS = 16
ROUNDS = 3
ETAG = '"1"'
MEGABYTE = 2**20
POLICY = Policy(loopback=True, at_once=THREADS, host_at_once=THREADS, host_pause=0)


@contextmanager
def unchanged(sites: int) -> Iterator[list[str]]:
    """Run the server on so many loopback addresses, and list as many documents as there are to visit."""
    command = [sys.executable, "-m", "tests.benchmarks.unchanged", str(sites)]
    with Popen(command, cwd=ROOT, text=True, stdin=PIPE, stdout=PIPE) as server:  # noqa: S603 - our own program
        assert server.stdout
        names = [server.stdout.readline().strip() for _ in range(sites)]
        yield [f"{names[number % sites]}/{number}/profile.ttl" for number in range(SIZE)]
        server.communicate("")


def visit_all(ask: Callable[[str], int], addresses: list[str]) -> float:
    """Ask for every address from many threads, and tell how many seconds it took."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        statuses = set(threads.map(ask, addresses))
    assert statuses == {304}
    return time.perf_counter() - begin


def bare_round(addresses: list[str]) -> float:
    """Visit every address with the library alone."""
    with httpx2.Client() as client:
        return visit_all(
            lambda address: client.get(address, headers={"If-None-Match": ETAG}).status_code, addresses
        )


def full_round(addresses: list[str]) -> float:
    """Visit every address as a harvest does."""
    with Fetcher(POLICY) as fetcher:
        return visit_all(lambda address: fetcher.fetch(address, etag=ETAG).status, addresses)


def memory() -> float:
    """Tell how much memory this process holds now, in megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize() / MEGABYTE


@pytest.mark.parametrize("sites", [1, 100, 1000])
def test_a_round_over_documents_that_did_not_change(sites: int) -> None:
    with unchanged(sites) as addresses:
        rounds = [(bare_round(addresses), full_round(addresses)) for _ in range(ROUNDS)]

    bare, full = (median(seconds) for seconds in zip(*rounds, strict=True))
    markdown(
        [f"{SIZE:,} documents, {THREADS} threads", "bare httpx2 (s)", "fetcher (s)", "ratio"],
        [[f"sites: {sites:,}", f"{bare:,.2f}", f"{full:,.2f}", f"× {full / bare:,.2f}"]],
    )


def test_the_memory_of_a_fetcher_that_goes_round_and_round() -> None:
    held = []
    with unchanged(100) as addresses, Fetcher(POLICY) as fetcher:
        for _ in range(ROUNDS + 1):
            visit_all(lambda address: fetcher.fetch(address, etag=ETAG).status, addresses)
            held.append(memory())

    rows = [[str(number), f"{megabytes:,.1f}"] for number, megabytes in enumerate(held, start=1)]
    markdown([f"round of {SIZE:,} documents", "MB held after it"], rows)
