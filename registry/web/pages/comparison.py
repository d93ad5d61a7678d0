"""The tables that lay programmes or roles side by side."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from registry.comparison.definition import definition, table_tokens
from registry.comparison.table import build
from registry.reading.text import choose
from registry.web.language import Language
from registry.web.render import render
from registry.web.site import Here

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/{language}/comparison")
def tables(request: Request, site: Here, language: Language) -> HTMLResponse:
    """List the tables."""
    titles = {token: choose(definition(token).heading.titles, language) for token in table_tokens()}
    return render(request, site, language, "comparisons", titles=titles)


@router.get("/{language}/comparison/{token}")
def table(request: Request, site: Here, language: Language, token: str) -> HTMLResponse:
    """Show one table with the statements behind each of its cells."""
    return render(request, site, language, "comparison", table=build(site.store, token, language.value))
