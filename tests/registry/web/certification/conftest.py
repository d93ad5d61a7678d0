"""One state of the graph for all tests, and a town of its own for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.registry.web.certification.stage import Stage, freeze, staged


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the state that readers see."""
    return freeze(tmp_path_factory.mktemp("town") / "home")


@pytest.fixture
def stage(tmp_path: Path, snapshots: Path) -> Iterator[Stage]:
    """A town in which nobody has done anything yet."""
    with staged(tmp_path / "home", snapshots) as made:
        yield made
