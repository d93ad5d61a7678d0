"""Templates, with what every page needs: words in the reader's language, and the same page in the others."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined

from registry.reading.text import Text, translated
from registry.translation import Translator
from registry.web.address import data_path, is_web_address, with_query
from registry.web.language import Language
from registry.web.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fastapi import Request
    from rdflib import URIRef

    from registry.reading.statement import Statement
    from registry.web.site import Site

__all__ = ["TEMPLATES", "render"]

TEMPLATES: Final = Path(__file__).parent / "templates"


def render(
    request: Request, site: Site, language: Language, template: str, /, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """Write a page."""
    wording = Wording(language.value, site.catalogue)
    text = (
        _environment(language)
        .get_template(f"{template}.html")
        .render(
            say=wording,
            show=wording.show,
            link=wording.link,
            entries=site.catalogue.entries,
            alternates={one: _same_page(request, language, one) for one in Language},
            here=request.url.path,
            **values,
        )
    )
    return HTMLResponse(text, status, {"content-language": language.value, "vary": "accept-language"})


def _same_page(request: Request, language: Language, other: Language) -> str:
    """Give the address of the page in another language; a page without a language leads to the start."""
    path, query = request.url.path, request.url.query
    if not path.startswith(f"/{language}/"):
        return f"/{other}/"
    return f"/{other}{path.removeprefix(f'/{language}')}" + (f"?{query}" if query else "")


@cache
def _environment(language: Language) -> Environment:
    """Make one environment per language, at its first page."""
    environment = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(TEMPLATES), PrefixLoader({"comparison": PackageLoader("registry.comparison")})]
        ),
        autoescape=True,  # every name and text comes from a stranger
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "_": Translator("web", language.value),
        "language": language.value,
        "data_path": data_path,
        "is_web_address": is_web_address,
        "with_query": with_query,
    }
    environment.filters["lang"] = lambda text: _lang(text, language)
    environment.filters["numbered"] = _numbered
    environment.filters["translated"] = lambda texts: translated(texts, language)
    return environment


def _numbered(statements: Iterable[Statement], numbers: Mapping[URIRef, int]) -> list[int]:
    """Give the numbers under which a page lists statements."""
    return sorted({numbers[one.iri] for one in statements if one.iri in numbers})


def _lang(text: Text, language: Language) -> str:
    """Say in which language a text is, when it is not that of the page."""
    return text.language if text.language != language else ""
