"""Registries that something is about to happen to."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from registry.home import publish
from registry.ledger import Event, Happening
from registry.validation.standard import Library, load_library
from tests.conftest import ROOT, end_without
from tests.faults.disk import Disk, can_mount, mounted
from tests.faults.document import SOURCES, version
from tests.faults.place import DAY, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def library() -> Library:
    """A few standards, quickly checked."""
    return load_library(ROOT / "tests" / "registry" / "library")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """A registry that readers already see and cite, to be copied."""
    place = Place(tmp_path_factory.mktemp("prepared"))
    home = place.home
    for source in SOURCES[:2]:
        made = version(source, 1)
        home.ledger.append(Event(source, Happening.REGISTERED, source))
        home.ledger.append(Event(source, Happening.ACCEPTED, source, made.digest), made)
    home.snapshots.label(publish(home, library, DAY), "2026-paper")
    home.ledger.close()
    return place.folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small disk."""
    if not can_mount(tmp_path / "trial"):
        end_without("the right to mount a small disk, which root has", in_ci=bool(os.environ.get("CI")))
    with mounted(tmp_path / "disk", megabytes=48) as disk:
        yield disk


@pytest.fixture
def place(disk: Disk, prepared: Path) -> Place:
    """The prepared registry on the small disk."""
    shutil.copytree(prepared, disk.folder / "place")
    return Place(disk.folder / "place")
