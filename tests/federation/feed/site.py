"""The site of a registry on a port of this machine that is known before it opens."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi.testclient import TestClient

from registry.settings import Settings
from registry.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.home import Home

SIZE = 4
"""So many events of the ledger are on a page in these tests."""


@contextmanager
def reader(home: Home, **chosen: Any) -> Iterator[TestClient]:
    """A reader of a registry's site, who follows no redirects by himself."""
    settings = Settings(home=home.folder, **{"feed_page": SIZE, **chosen})
    with TestClient(create_app(home, settings), follow_redirects=False) as client:
        yield client


@contextmanager
def on_a_port(home: Home, **chosen: Any) -> Iterator[str]:
    """Serve a registry as a real server does; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = Settings(home=home.folder, address=address, **{"feed_page": SIZE, **chosen})
        server = uvicorn.Server(uvicorn.Config(create_app(home, settings), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
        yield address
        server.should_exit = True
        thread.join()
