"""A registry for each test of what publishers are told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.federation.notice.ledger import Registry, make


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A registry with one source, which is registered."""
    registry = make(tmp_path / "registry")
    yield registry
    registry.home.ledger.close()
