"""Addresses for those who run the registry: whether it is alive, whether it is ready, and what it counts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from registry.web.condition import examine
from registry.web.metrics import Metrics
from registry.web.site import premises_of

__all__ = ["router"]

router = APIRouter(tags=["Operation"])
FRESH = {"cache-control": "no-store"}


class Life(BaseModel):
    """A sign of life."""

    status: str = Field("alive", description="Always alive: what is not does not answer.")


class Readiness(BaseModel):
    """Whether readers get what they should."""

    ready: bool = Field(description="Whether every check is passed.")
    checks: dict[str, dict[str, Any]] = Field(description="For each part whether it is ok, and its figures.")


@router.get("/healthz")
async def alive() -> Life:
    """Tell that the process runs and answers."""
    return Life()


@router.get(
    "/readyz",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "At least one check is not passed."}},
)
def ready(request: Request) -> JSONResponse:
    """Tell whether readers see the newest, and whether anything came in lately."""
    premises = premises_of(request)
    checks = examine(premises).checks(premises.settings)
    passed = all(check["ok"] for check in checks.values())
    return JSONResponse({"ready": passed, "checks": checks}, 200 if passed else 503, FRESH)


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """Give the counts in the format of Prometheus."""
    counts: Metrics = request.app.state.metrics
    content = counts.render(examine(premises_of(request)))
    return Response(content, media_type=CONTENT_TYPE_LATEST, headers=FRESH)
