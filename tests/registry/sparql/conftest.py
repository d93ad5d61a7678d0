"""One frozen state to ask, which no test changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.graph.snapshot import Snapshot
from registry.sparql.limits import Limits
from tests.registry.sparql.asking import Asking, asking
from tests.registry.sparql.state import make_state


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The state."""
    return make_state(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def pool(snapshot: Snapshot) -> Iterator[Asking]:
    """A pool with small limits."""
    with asking(snapshot, Limits(seconds=2, bytes=3_000_000, memory=1 << 29)) as pool:
        yield pool


@pytest.fixture
def elsewhere(tmp_path: Path) -> Snapshot:
    """Another state, which may be changed."""
    return make_state(tmp_path, statements=10)
