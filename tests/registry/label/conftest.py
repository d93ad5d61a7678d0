"""A registry with one label in it."""

from pathlib import Path

import pytest

from tests.registry.label.client import Verifier, installed_verifier
from tests.registry.label.play import Play, play


@pytest.fixture
def started(tmp_path: Path) -> Play:
    """A registry in which a label was granted."""
    return play(tmp_path)


@pytest.fixture(scope="session")
def verifier() -> Verifier:
    """The verifier that others wrote."""
    return installed_verifier()
