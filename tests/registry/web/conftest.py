"""The site as readers meet it, on one registry that no test changes."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from registry.home import Home
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.web.edition import make_home
from tests.registry.web.server import served


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The registry."""
    return make_home(tmp_path_factory.mktemp("registry"))


@pytest.fixture(scope="session")
def client(home: Home) -> Iterator[TestClient]:
    """A reader who follows no redirects by themselves."""
    app = create_app(home, Settings(home=home.folder, query_seconds=3, query_bytes=2_000_000))
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def address(home: Home) -> Iterator[str]:
    """The site on a free port of this machine."""
    with served(create_app(home, Settings(home=home.folder))) as address:
        yield address
