"""Reports and tables as a page of its own: no script, no style sheet and no picture from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from registry.report.view import SHOWN
from registry.report.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.report.sheet import Sheet
    from registry.report.view import ReportView

__all__ = ["render", "render_part", "render_sheets"]

TEMPLATES = Path(__file__).parent / "templates"


def render(views: Sequence[ReportView]) -> str:
    """Write reports as one page in the language of the first."""
    language = views[0].language if views else "en"
    return _environment(language).get_template("report.html").render(views=views, language=language)


def render_part(views: Sequence[ReportView], language: str) -> Markup:
    """Write reports as a part of somebody else's page, which brings the title and the style."""
    return Markup(_environment(language).get_template("reports.html").render(views=views, language=language))  # noqa: S704 - escaped by the template


def render_sheets(sheets: Sequence[Sheet], language: str) -> str:
    """Write tables as one page."""
    return _environment(language).get_template("sheets.html").render(sheets=sheets, language=language)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,  # names and values come from strangers
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = Words(language)
    environment.globals |= {"_": words.say, "words": words, "SHOWN": SHOWN}
    return environment
