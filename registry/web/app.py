"""The web application: where graph, pages and addresses for programs come together."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from registry.graph.query import Endpoint, Limits
from registry.graph.store import GraphStore
from registry.reading.catalogue import Catalogue
from registry.settings import Settings, settings
from registry.validation.standard import load_library
from registry.web.header import HeaderMiddleware
from registry.web.pages import ROUTERS
from registry.web.problem import answer_with_problems
from registry.web.site import Site

__all__ = ["create_app"]

STATIC: Final = Path(__file__).parent / "static"


def create_app(store: GraphStore, *, folder: Path, chosen: Settings | None = None) -> FastAPI:
    """Build the web application that serves one finished graph.

    `folder` holds the same graph as `store`; queries of strangers open it in processes of their own.
    """
    chosen = chosen or settings()
    limits = Limits(seconds=chosen.query_seconds, bytes=chosen.query_bytes)
    app = FastAPI(title="Koepel", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = Site(store, Catalogue.read(store), load_library(), folder.name, Endpoint(folder, limits))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(HeaderMiddleware, name=folder.name)
    answer_with_problems(app)
    return app
