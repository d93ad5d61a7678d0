"""Measures what a certifying body looks at: `python -m tests.benchmarks.overviewing overview 1000`.

One line of JSON goes out, as from `measure`. Half of the members have a label, a quarter are in a case, and
the others are members because the body's own description says so.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from registry.certification.life.act import Act
from registry.certification.life.caseload import Caseload
from registry.certification.outlook.calendar import dues
from registry.certification.outlook.ical import Wording, write
from registry.certification.outlook.overview import machine_standings, overview, table
from registry.graph.embedded import EmbeddedStore
from registry.scheme.scheme import Authority, Level, Scheme
from registry.validation.standard import load_library
from tests.benchmarks.filling import filled_home
from tests.benchmarks.generator import DAY, generate
from tests.benchmarks.measure import peak_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    Part = tuple[str, float, int]

BODY, SCHEME = "https://body.example/#us", "https://body.example/scheme#label"
RULES = Scheme(
    SCHEME, {"en": "Lantern"}, {}, BODY, "cms", (Level(f"{SCHEME}-basic", {"en": "Basic"}, 1),),
    (Authority(BODY),), 36, appeal_days=30, evidence_months=24,
)  # fmt: skip
WAY = ("open", "self-assess", "submit", "read-documents", "recommend", "grant")
HAS_MEMBER = "<http://www.w3.org/ns/org#hasMember>"


def members(size: int) -> Iterator[Part]:
    """Look at all members of a body, as its overview page does."""
    subjects = [f"{project.address}#project" for project in generate(size)]
    known, library, home = _caseload(subjects), load_library(), filled_home(size)
    snapshot = home.snapshots.current()
    assert snapshot is not None
    with TemporaryDirectory() as folder, closing(snapshot.open()) as taken:
        taken.copy(Path(folder) / "store")
        store = EmbeddedStore.create(Path(folder) / "store")
        store.load(_named(subjects), graph="https://body.example/")
        standard = library.standard("cms").on(DAY)
        start = time.perf_counter()
        standings = machine_standings(store, standard, subjects)
        yield "outcomes, one question", time.perf_counter() - start, len(standings)
        start = time.perf_counter()
        seen = overview(known, library, store, BODY, RULES, DAY)
        yield "overview", time.perf_counter() - start, len(seen.members)
        start = time.perf_counter()
        blockers = seen.blockers
        yield "what blocks them", time.perf_counter() - start, len(blockers)
        start = time.perf_counter()
        lines = table(seen, str).count("\r\n")
        yield "as a spreadsheet", time.perf_counter() - start, lines
        store.close()


def calendar(size: int) -> Iterator[Part]:
    """List all that is due for a body, and write it as iCalendar."""
    known = _caseload([f"{project.address}#project" for project in generate(size)])
    start = time.perf_counter()
    found = dues(known, DAY, library=load_library(), closed=True)
    yield "what is due", time.perf_counter() - start, len(found)
    start = time.perf_counter()
    data = write(found, "https://registry.example", Wording("en", "Labels", str))
    yield "as iCalendar", time.perf_counter() - start, data.count(b"BEGIN:VEVENT")


def _named(subjects: list[str]) -> bytes:
    named = (subject.replace("#project", "#organisation") for subject in subjects)
    return "".join(f"<{BODY}> {HAS_MEMBER} <{one}> .\n" for one in named).encode()


def _caseload(subjects: list[str]) -> Caseload:
    acts: dict[str, tuple[Act, ...]] = {}
    for number, subject in enumerate(subjects):
        steps = WAY if number % 4 < 2 else WAY[:3] if number % 4 == 2 else ()
        case = f"https://registry.example/case/{number}"
        if steps:
            acts[case] = tuple(_act(case, step, subject, number) for step in steps)
    return Caseload(0, (), acts, {SCHEME: RULES}, {})


def _act(case: str, name: str, subject: str, number: int) -> Act:
    told: dict[str, object] = {}
    if name == "open":
        told = {"subject": subject, "scheme": SCHEME, "organisation": subject, "body": BODY}
    if name == "grant":
        told = {
            "level": f"{SCHEME}-basic", "standard": "cms", "version": "1.0.0", "valid_from": "2026-01-01",
            "expires": date(2028, 1 + number % 12, 1).isoformat(), "source": subject, "digest": "",
            "assessed": "2026-01-01", "index": number, "outcomes": {},
        }  # fmt: skip
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Act(case, name, moment.date(), "urn:anna", details=told, time=moment)


STEPS = {step.__name__: step for step in (members, calendar)}

if __name__ == "__main__":
    parts = list(STEPS[sys.argv[1]](int(sys.argv[2])))
    sys.stdout.write(json.dumps({"parts": parts, "peak": peak_bytes()}) + "\n")
