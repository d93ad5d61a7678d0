"""Towns whose registers are asked in GraphQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.certification.life.case import Case
from tests.registry.certification.town import Town, town
from tests.registry.graphql_api.certification.hall import DAY, Hall, live_long


@pytest.fixture(scope="session")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, tuple[Case, Case, Case]]]:
    """A town in which one project was labelled three times; no test changes it."""
    with town(tmp_path_factory.mktemp("life") / "home") as made:
        cases = live_long(made)
        yield Hall.of(made, DAY), cases


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A town in which there was no case yet when its register was published."""
    with town(tmp_path_factory.mktemp("published") / "home") as made:
        yield Hall.of(made)


@pytest.fixture
def hall(published: Hall, tmp_path: Path) -> Iterator[Hall]:
    """A town that a test may change; what readers see is from the day before."""
    with town(tmp_path / "home") as made:
        yield Hall(made, published.edition)


@pytest.fixture
def place(hall: Hall) -> Town:
    """The same town, in which things can be done without asking."""
    return hall.town
