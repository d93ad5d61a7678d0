"""A comparison table as a web page: readable without script, by keyboard and by a screen reader."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from registry.comparison.table import ComparisonTable

__all__ = ["render"]


def render(table: ComparisonTable, *, sources: bool) -> str:
    """Write a table as one page that needs nothing else; other pages can include `table.html`."""
    return _templates().get_template("page.html").render(table=table, sources=sources)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("registry.comparison"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
