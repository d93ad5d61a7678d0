"""The site as readers meet it, on one finished graph that no test changes."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from registry.graph.store import GraphStore
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.web.edition import make_edition


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the graph."""
    return make_edition(tmp_path_factory.mktemp("edition") / "graph-test")


@pytest.fixture(scope="session")
def client(folder: Path) -> TestClient:
    """A reader who follows no redirects by themselves."""
    app = create_app(
        GraphStore.open_read_only(folder),
        folder=folder,
        chosen=Settings(query_seconds=3, query_bytes=2_000_000),
    )
    return TestClient(app, follow_redirects=False)
