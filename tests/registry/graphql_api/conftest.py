"""Registries that are asked in GraphQL, without a web around them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from registry.graphql_api.answer import Answer, Question, answer
from registry.graphql_api.limit.bounds import Bounds
from registry.graphql_api.session import Session
from registry.home import Home
from registry.reading.edition import Edition
from registry.validation.standard import load_library
from tests.registry.graphql_api.counting import CountingStore
from tests.registry.graphql_api.history import make_history
from tests.registry.web.edition import make_home

Ask = Callable[..., dict[str, Any]]
Put = Callable[..., Answer]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The examples, with an early snapshot and the newest."""
    return make_home(tmp_path_factory.mktemp("registry"))


@pytest.fixture(scope="session")
def edition(home: Home) -> Edition:
    """The newest state; its store counts what it is asked."""
    return open_edition(home)


@pytest.fixture(scope="session")
def put(home: Home, edition: Edition) -> Put:
    """Put a question to the examples; variables come by name."""
    return putting(home, edition)


@pytest.fixture(scope="session")
def ask(put: Put) -> Ask:
    """Put a question to the examples that has an answer, and give its data."""
    return asking(put)


@pytest.fixture(scope="session")
def store(edition: Edition) -> CountingStore:
    """The store of the examples."""
    assert isinstance(edition.store, CountingStore)
    return edition.store


@pytest.fixture(scope="session")
def put_freely(home: Home, edition: Edition) -> Ask:
    """Put a question to the examples that may cost what it will."""
    return asking(putting(home, edition, Bounds(cost=10_000_000)))


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A small registry with a past."""
    return make_history(tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="session")
def ask_history(history: Home) -> Ask:
    """Put a question to the small registry that has an answer, and give its data."""
    return asking(putting(history, open_edition(history)))


def putting(home: Home, edition: Edition, bounds: Bounds | None = None) -> Put:
    """Make a function that puts questions to a state of a registry."""

    def put(text: str, /, reader: str = "en", **variables: Any) -> Answer:
        others = partial(open_edition, home)
        session = Session(edition, home.ledger, bounds, others=others, language=reader)
        return answer(Question(text, variables), session)

    return put


def asking(put: Put) -> Ask:
    """Make a function that puts questions which have an answer."""

    def ask(text: str, /, **variables: Any) -> dict[str, Any]:
        found = put(text, **variables)
        assert found.errors == []
        assert found.data is not None
        return found.data

    return ask


def open_edition(home: Home, name: str = "") -> Edition:
    """Open a snapshot by name, or the newest."""
    snapshot = home.snapshots.get(name) if name else home.snapshots.current()
    assert snapshot is not None
    return Edition(CountingStore(snapshot.open()), load_library(), snapshot)
