"""The made-up town of the tests of certification."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.registry.certification.town import Town, town


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    """A registry with one project and one scheme."""
    with town(tmp_path / "home") as made:
        yield made
