"""Where programs find what this registry offers, and what they are asked to leave alone."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from federation.registration.own import own_codes
from federation.web.freshness import SHORT
from federation.web.stream import stream_of
from registry.web.site import premises_of

__all__ = ["router"]

router = APIRouter(tags=["Following"])

ROBOTS: Final = """\
User-agent: *
Disallow: /sparql
Disallow: /graphql
Disallow: /*/sparql
Disallow: /*?*snapshot=
"""
"""What crawlers would ask without end; whoever wants all of it takes the stream or a dump."""


class Offer(BaseModel):
    """What a registry offers, and where."""

    name: str = Field(description="Its name.")
    address: str = Field(description="The address under which it speaks of itself.")
    feed: str = Field(description="The stream of all changes (LDES).")
    catalogue: str = Field(description="The catalogue of its data (DCAT-AP).")
    dumps: str = Field(description="Everything in files.")
    sparql: str = Field(description="Where programs ask questions (SPARQL 1.1).")
    graphql: str = Field(description="Where programs ask questions (GraphQL).")
    inbox: str = Field(description="Where publishers say that something has changed (LDN).")
    registrations: list[str] = Field(
        description="Codes by which other registries know that this is its site."
    )


@router.get("/.well-known/koepel")
def offer(request: Request, response: Response) -> Offer:
    """Tell what this registry offers, and where."""
    stream = stream_of(request)
    response.headers["cache-control"] = SHORT
    paths = ("feed", "catalogue", "dumps", "sparql", "graphql", "inbox")
    return Offer(
        name=stream.name,
        address=stream.address,
        registrations=list(own_codes(premises_of(request).home.folder)),
        **{path: f"{stream.address}/{path}" for path in paths},
    )


@router.get("/robots.txt", response_class=PlainTextResponse, include_in_schema=False)
def robots() -> PlainTextResponse:
    """Ask crawlers to leave the questions to people and to programs that know what they want (RFC 9309)."""
    return PlainTextResponse(ROBOTS, headers={"cache-control": "public, max-age=86400"})
