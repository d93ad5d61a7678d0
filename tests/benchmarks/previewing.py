"""Measures the preview of a standard's change: `python -m tests.benchmarks.previewing preview 1000`.

One line of JSON goes out, as from `measure`. The projects are generated, and each has a label; the labels
were granted in the way of one that is played in the tests, and all rest on its outcomes.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from registry.certification.desk import Desk
from registry.certification.outlook.preview import affected, preview
from registry.home import Home
from registry.ingest.canonical import digest
from registry.ledger import Event, Happening, Version
from registry.scheme.adoption import adopt
from registry.validation.standard import load_library
from tests.benchmarks.filling import accepted
from tests.benchmarks.generator import generate
from tests.benchmarks.measure import peak_bytes
from tests.registry.certification.town import ADDRESS, LANTERN, SOURCE, scheme_document, town

if TYPE_CHECKING:
    from collections.abc import Iterator

    Part = tuple[str, float, int]

TOKEN, VERSION = "cms", "1.1.0"
DAY = date(2026, 11, 22)


def preview_all(size: int) -> Iterator[Part]:
    """Try the announced version on so many labels: by the text that was assessed, and by another one."""
    with TemporaryDirectory() as folder, _processes() as executor:
        home = _labelled(Path(folder) / "home", size, executor)
        desk = Desk(home, load_library(), ADDRESS, lambda: DAY)
        desk.caseload()
        yield _timed("the text that was assessed, in one process", desk, None)
        yield _timed("the text that was assessed", desk, executor)
        _publish_anew(home)
        desk.caseload()
        yield _timed("another text since, all judged anew", desk, executor)
        home.ledger.close()


def _timed(name: str, desk: Desk, executor: Executor | None) -> Part:
    start = time.perf_counter()
    changes = preview(desk, TOKEN, VERSION, executor=executor)
    return name, time.perf_counter() - start, len(affected(changes))


def _labelled(folder: Path, size: int, executor: Executor) -> Home:
    """Fill a registry with projects that have a label each."""
    home, played = Home(folder), _played(folder.with_name("town"))
    home.ledger.append(*adopt(scheme_document(LANTERN), load_library(), "operator"))
    for number, (event, version) in enumerate(executor.map(accepted, generate(size), chunksize=20)):
        acts = ((_moved(one, number, event), None) for one in played)
        home.ledger.append_all([(event, version), *acts])
    return home


def _played(folder: Path) -> tuple[Event, ...]:
    """Play the way of a case up to the label, and give its acts."""
    with town(folder) as place:
        place.until("grant")
        return tuple(one for one in place.home.ledger.acts() if one.happening is Happening.ACTED)


def _moved(act: Event, number: int, accepted: Event) -> Event:
    """Let an act be about another project."""
    told = json.loads(act.terms.replace(SOURCE, accepted.source))
    if told["act"] == "grant":
        told |= {"digest": accepted.digest, "index": number}
    return replace(act, source=f"{ADDRESS}/case/{number:012x}", terms=json.dumps(told), position=None)


def _publish_anew(home: Home) -> None:
    """Let every project publish one statement more than before."""
    published = home.ledger.published()
    digests = [one.digest for one in published.values()]
    texts = list(home.ledger.canonical(digests))
    entries = (_longer(source, text) for source, (_, text) in zip(published, texts, strict=True))
    home.ledger.append_all(entries)


def _longer(source: str, text: bytes) -> tuple[Event, Version]:
    more = f'<{source}#project> <http://purl.org/dc/terms/alternative> "Another name" .\n'
    longer = b"".join(sorted([*text.splitlines(keepends=True), more.encode()]))
    version = Version(digest(longer), longer, longer, "application/n-triples")
    return Event(source, Happening.ACCEPTED, source, version.digest), version


@contextmanager
def _processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("forkserver")) as executor:
        yield executor


def main() -> None:
    """Measure the step that is named, for so many projects."""
    size = int(sys.argv[2])
    parts = list({"preview": preview_all}[sys.argv[1]](size))
    sys.stdout.write(json.dumps({"parts": parts, "peak": peak_bytes()}) + "\n")


if __name__ == "__main__":
    main()
