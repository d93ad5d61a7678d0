"""The site as readers meet it, on one finished graph that no test changes."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
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


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The site on a free port of this machine."""
    app = create_app(GraphStore.open_read_only(folder), folder=folder)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
