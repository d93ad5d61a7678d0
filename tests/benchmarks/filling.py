"""Fills a registry with generated projects, in less time than a harvest would take.

The documents are read as usual but not each in a sandbox, and the ledger gets them in large pieces. Where
each project stands is worked out for a few dozen of them only; the others are lent these outcomes, because at
half a second each ten thousand would take hours. What is measured afterwards goes the whole way.
"""

from __future__ import annotations

import os
import re
import shutil
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING
from unittest.mock import patch

from registry.graph import projection
from registry.graph.rules import rules_digest
from registry.home import Home, publish
from registry.ingest.canonical import digest
from registry.ingest.guard import Limits
from registry.ingest.reader import read
from registry.ledger import Event, Happening, Version
from registry.readiness import readiness
from registry.validation.standard import load_library
from tests.benchmarks.generator import DAY, Project, generate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from registry.arrival import Entry
    from registry.validation.standard import Library

    Texts = Iterable[tuple[str, bytes]]

FOLDER = Path(os.environ.get("KOEPEL_BENCHMARK_FOLDER", gettempdir()))
"""Registries that were filled once stay here for the next step."""
TURTLE = "text/turtle"
SAMPLE = 40
"""So many projects lend their outcomes to the others."""
PIECE = 250
LABEL = re.compile(rb"_:([ae])([0-9a-f]{26})[0-9a-f]{5}\b")
"""The label of an assertion or of its result; its last figures make room for the number of the project."""


def filled_home(size: int) -> Home:
    """Find the registry with so many projects, or make it."""
    folder = FOLDER / f"{size}-{rules_digest()}"
    if not folder.exists():
        draft = folder.with_name(f"{folder.name}-draft")
        shutil.rmtree(draft, ignore_errors=True)
        fill(Home(draft), size)
        draft.rename(folder)
    return Home(folder)


@contextmanager
def copied_home(size: int) -> Iterator[Home]:
    """Lend a copy of the registry with so many projects, to be changed."""
    copy = FOLDER / f"{size}-copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(filled_home(size).folder, copy)
    try:
        yield Home(copy)
    finally:
        shutil.rmtree(copy)


def fill(home: Home, size: int) -> None:
    """Take so many projects into an empty registry, and publish them."""
    fresh = get_context("forkserver")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=fresh) as executor:
        entries = executor.map(accepted, generate(size), chunksize=20)
        while piece := list(islice(entries, PIECE)):
            home.ledger.append_all(piece)
        with patch.object(projection, "readiness", partial(_lent, _sample(executor))):
            publish(home, load_library(), DAY)
    home.ledger.close()


def accepted(project: Project) -> Entry:
    """Read a description as it is accepted, without a sandbox."""
    data, source = project.turtle.encode(), project.address
    canonical = read(data, media_type=TURTLE, address=source, limits=Limits()).canonical
    version = Version(digest(canonical), canonical, data, TURTLE)
    event = Event(source, Happening.ACCEPTED, source, version.digest, rules=rules_digest())
    return event, version


def _sample(executor: Executor) -> tuple[tuple[bytes, bytes], ...]:
    """Work out where some projects stand; each with its name."""
    entries = map(accepted, generate(SAMPLE))
    documents = [(event.source, version.canonical) for event, version in entries if version]
    found = readiness(documents, load_library(), DAY, executor)
    return tuple((source.encode(), lines) for source, lines in found)


def _lent(
    sample: tuple[tuple[bytes, bytes], ...],
    documents: Texts,
    _library: Library,
    _on: date,
    _executor: Executor | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Take the place of `registry.readiness.readiness`."""
    for source, _ in documents:
        number = int(source.rpartition("-")[2])
        model, lines = sample[number % len(sample)]
        renamed = LABEL.sub(rb"_:\1\g<2>%05x" % number, lines)
        yield source, renamed.replace(model, source.encode())
