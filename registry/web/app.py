"""The web application: where graph, pages and addresses for programs come together."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from federation import web as federation
from federation.notebook import Notebook
from federation.peer import peers_of
from registry.errors import KoepelError
from registry.reading.edition import Editions
from registry.settings import Settings, settings
from registry.sparql.limits import Limits
from registry.sparql.pool import Pool
from registry.validation.standard import load_library
from registry.web import account, certification, label
from registry.web.access import AccessMiddleware, FailureMiddleware
from registry.web.compression import answer_compressed
from registry.web.cors import CorsMiddleware
from registry.web.header import HeaderMiddleware
from registry.web.metrics import Metrics
from registry.web.openapi import describe
from registry.web.pages import ROUTERS
from registry.web.problem import answer_with_problems
from registry.web.site import Premises

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from registry.home import Home

__all__ = ["create_app"]

LOG: Final = logging.getLogger(__name__)
STATIC: Final = Path(__file__).parent / "static"
LOOK_EVERY: Final = 1.0
"""Seconds between two looks for a newer snapshot."""
LOOK_AGAIN: Final = 30.0
"""Seconds to wait after one that could not be opened."""


def create_app(home: Home, chosen: Settings | None = None) -> FastAPI:
    """Build the web application that serves the newest snapshot of a registry, and the kept ones by name.

    As it starts, it opens the newest and the processes that answer queries; as it ends, it closes them. It
    may start before there is anything to show.
    """
    chosen = chosen or settings()
    editions = Editions(home.snapshots, load_library())
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url="/openapi.json", lifespan=_opened)
    pool = Pool(_limits(chosen), peers_of(chosen))
    app.state.premises = Premises(home, editions, pool, chosen, partial(_last_answer, home))
    app.state.metrics = Metrics()
    app.state.templates = (federation.TEMPLATES,)
    app.openapi = cache(lambda: describe(app, _version()))  # type: ignore[method-assign]  # as FastAPI advises
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    signed = (*account.ROUTERS, *certification.ROUTERS, *label.ROUTERS)
    for router in (*federation.ROUTERS, *signed, *ROUTERS):
        app.include_router(router)
    answer_with_problems(app)
    _surround(app)
    return app


def _last_answer(home: Home) -> datetime | None:
    """Tell when a source last answered as it should: a visit without news stands in no ledger."""
    if not home.visits.exists():
        return None
    with Notebook(home.visits) as notebook:
        return notebook.last_answer()


def _limits(chosen: Settings) -> Limits:
    return Limits(
        seconds=chosen.query_seconds,
        bytes=chosen.query_bytes,
        memory=chosen.query_memory,
        at_once=chosen.query_workers,
        per_client=chosen.queries_per_client,
        query_characters=chosen.query_characters,
    )


def _surround(app: FastAPI) -> None:
    """Put around the routes what holds for every answer; the last that is named here comes first."""
    premises: Premises = app.state.premises
    answer_compressed(app)
    app.add_middleware(FailureMiddleware)
    app.add_middleware(CorsMiddleware)
    app.add_middleware(HeaderMiddleware, editions=premises.editions)
    app.add_middleware(AccessMiddleware, metrics=app.state.metrics, log_clients=premises.settings.log_clients)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(premises.settings.trusted_proxies))


@asynccontextmanager
async def _opened(app: FastAPI) -> AsyncIterator[None]:
    premises: Premises = app.state.premises
    await _look(premises.editions)
    await premises.pool.start()
    following = asyncio.create_task(_follow(premises.editions))
    try:
        yield
    finally:
        following.cancel()
        await premises.pool.stop()
        premises.editions.close()


async def _follow(editions: Editions) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY if await _look(editions) else LOOK_AGAIN)


async def _look(editions: Editions) -> bool:
    """Serve the newest snapshot; one that cannot be opened leaves the one before in its place."""
    try:
        await run_in_threadpool(editions.follow)
    except (KoepelError, OSError, ValueError):  # ValueError: an account of it that makes no sense
        LOG.exception("The newest snapshot cannot be opened")
        return False
    return True


@cache
def _version() -> str:
    try:
        return version("koepel")
    except PackageNotFoundError:  # run from the source tree
        return "0"
