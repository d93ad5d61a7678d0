"""What a gateway asks for that puts several registers together (Apollo Federation 2)."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Sequence
from typing import Any

from registry.errors import InvalidDataError
from registry.graphql_api.session import Asked
from registry.graphql_api.thing.node import Node, iri_of

__all__ = ["entities"]


async def entities(info: Asked, representations: Sequence[Any]) -> list[Node | BaseException | None]:
    """Find things by what a gateway knows of them; one that makes no sense is an error in its place."""
    return await gather(*(_entity(info, one) for one in representations), return_exceptions=True)


async def _entity(info: Asked, known: Any) -> Node | None:
    kind, iri = (known.get(name) for name in ("__typename", "iri")) if isinstance(known, dict) else ("", "")
    if kind not in Node.KINDS or not isinstance(iri, str):
        raise InvalidDataError(
            "unknown-entity", "An entity is asked for by a __typename that there is here, and by its iri."
        )
    return await Node.KINDS[kind].find(info.context.frame(), iri_of(iri))
