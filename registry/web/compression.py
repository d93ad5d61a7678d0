"""Which answers travel compressed: everything here that is text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette_compress import CompressMiddleware, add_compress_type

from registry.formats import Format
from registry.web.problem import PROBLEM_TYPE

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["answer_compressed"]

TEXTS: Final = (
    *(one.media_type for one in Format),
    PROBLEM_TYPE,
    "application/graphql-response+json",
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
SMALLEST: Final = 1_000
"""Bytes below which compression is not worth the work."""


def answer_compressed(app: FastAPI) -> None:
    """Let answers travel compressed to whoever takes them so, streams as they come."""
    for media_type in TEXTS:
        add_compress_type(media_type)
    app.add_middleware(CompressMiddleware, minimum_size=SMALLEST, zstd_level=3)
