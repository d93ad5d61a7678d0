"""Measures labels: `python -m tests.benchmarks.labelling issue 1000`.

One line of JSON goes out, as from `measure`.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from registry.ingest.canonical import digest
from registry.label.check.repetition import repeat
from registry.label.check.verification import verify
from registry.label.proof import statements
from registry.label.status_list import LIST_BITS, is_set, pack_bits, unpack_bits
from registry.ledger import Event, Happening, Version
from tests.benchmarks.measure import peak_bytes
from tests.registry.label.play import BODY, SPACE, Play, documents, play

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from registry.certification.life.case import Case

    Part = tuple[str, float, int]

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
REVOKED = 1_000


def issue(size: int) -> Iterator[Part]:
    """Issue labels, each with a description of its own, and check them again."""
    with TemporaryDirectory() as folder:
        started = _filled(Path(folder), size)
        cases = list(started.desk.caseload().cases(started.day))
        start = time.perf_counter()
        issued = [started.issuer.credential(case) for case in cases]
        yield "issued", time.perf_counter() - start, len(issued)
        start = time.perf_counter()
        texts = [statements({**one, "proof": []}) for one in issued]
        yield "canonical form alone", time.perf_counter() - start, len(texts)
        key = started.issuer.keys(BODY)[0]
        start = time.perf_counter()
        signatures = [started.issuer.keyring.sign(key, text[:64]) for text in texts]
        yield "Ed25519 alone", time.perf_counter() - start, len(signatures)
        fetch = _served(started, cases)
        start = time.perf_counter()
        verdicts = [verify(one, fetch, NOW) for one in issued]
        yield "verified", time.perf_counter() - start, sum(one.valid for one in verdicts)
        some = verdicts[: max(1, size // 10)]
        start = time.perf_counter()
        again = [repeat(one, started.desk.rulebook, fetch) for one in some]
        yield "machine's part again", time.perf_counter() - start, sum(one.valid for one in again)


def lists(size: int) -> Iterator[Part]:
    """Build a status list so many times, and read it; beside gzip alone on the same bytes."""
    places = range(0, LIST_BITS, LIST_BITS // REVOKED)
    start = time.perf_counter()
    packed = [pack_bits(places) for _ in range(size)]
    yield "built", time.perf_counter() - start, len(places)
    bits = unpack_bits(packed[0])
    start = time.perf_counter()
    for _ in range(size):
        gzip.compress(bits, 9, mtime=0)
    yield "gzip alone", time.perf_counter() - start, len(bits)
    start = time.perf_counter()
    found = [sum(is_set(unpack_bits(one), place) for place in (0, 1)) for one in packed]
    yield "read", time.perf_counter() - start, sum(found)
    start = time.perf_counter()
    told = sum(is_set(bits, one) for one in range(LIST_BITS))
    yield "every place of one", time.perf_counter() - start, told


def _filled(folder: Path, size: int) -> Play:
    """Write labels into a ledger, as `play` does, without reading each description in a sandbox."""
    started = play(folder)
    canonical = started.assessed.canonical
    entries: list[tuple[Event, Version | None]] = []
    for number in range(1, size):
        text = canonical.replace(b'"Lantern Town"', f'"Lantern Town {number}"'.encode())
        version = Version(digest(text), text, text, "application/n-quads")
        entries.append((Event(f"{SPACE}/{number}", Happening.ACCEPTED, SPACE, version.digest), version))
        started.grant(f"{number:012x}", number, digest=version.digest)
    started.desk.home.ledger.append_all(entries)
    return started


def _served(started: Play, cases: list[Case]) -> Callable[[str], bytes]:
    """Give what labels name from memory, as a server that nothing slows down."""
    issuer = started.issuer
    known = {
        f"{issuer.page_of(BODY)}/did.json" if name.startswith("did:") else name: json.dumps(one).encode()
        for name, one in documents(started).items()
    }
    labels = {issuer.issued(case)[0].iri: case for case in cases}

    def fetch(address: str) -> bytes:
        found = labels.get(address.removesuffix("/description.nq"))
        return issuer.description(issuer.issued(found)[0]) if found else known[address]

    return fetch


STEPS: dict[str, Callable[[int], Iterator[Part]]] = {"issue": issue, "lists": lists}

if __name__ == "__main__":
    parts = list(STEPS[sys.argv[1]](int(sys.argv[2])))
    sys.stdout.write(json.dumps({"parts": parts, "peak": peak_bytes()}) + "\n")
