"""Templates, with what every page needs: words in the reader's language, and the same page in the others."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined

from registry.graph.embedded import EmbeddedStore
from registry.reading.catalogue import Catalogue
from registry.reading.text import Text, translated
from registry.translation import Translator
from registry.web.address import data_path, in_state, is_web_address, with_query
from registry.web.language import Language
from registry.web.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fastapi import Request
    from rdflib import URIRef

    from registry.reading.statement import Statement
    from registry.web.site import Site

__all__ = ["TEMPLATES", "own_address", "render"]

TEMPLATES: Final = Path(__file__).parent / "templates"


def render(
    request: Request,
    site: Site | None,
    language: Language,
    template: str,
    /,
    *,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Write a page; one without a site tells why there is nothing to read."""
    at = site.at if site else str
    wording = Wording(language.value, site.catalogue if site else _nothing(), at)
    text = (
        _environment(language, _templates(request))
        .get_template(f"{template}.html")
        .render(
            site=site,
            say=wording,
            show=wording.show,
            link=wording.link,
            at=at,
            page=lambda path="": at(f"/{language}/{path}"),
            with_query=lambda path, parameters: at(with_query(path, parameters)),
            data_path=lambda graph, extension: at(data_path(graph, extension)),
            entries=wording.catalogue.entries,
            alternates={one: _same_page(request, language, one) for one in Language},
            here=request.url.path,
            same=own_address(request),
            own_name=site.settings.name if site else "Koepel",
            **values,
        )
    )
    return HTMLResponse(text, status, {"content-language": language.value, "vary": "accept-language"})


def own_address(request: Request) -> str:
    """Give the address of a request as the reader wrote it, without the server's name."""
    raw = request.scope.get("raw_path") or quote(request.url.path).encode()
    return raw.decode("latin-1") + (f"?{request.url.query}" if request.url.query else "")


def _same_page(request: Request, language: Language, other: Language) -> str:
    """Give the address of the page in another language; a page without a language leads to the start."""
    address = own_address(request)
    if not address.startswith(f"/{language}/"):
        return f"/{other}/"
    return f"/{other}{address.removeprefix(f'/{language}')}"


@cache
def _nothing() -> Catalogue:
    return Catalogue.read(EmbeddedStore.in_memory())


def _templates(request: Request) -> tuple[Path, ...]:
    """Tell where the application of a request keeps its templates."""
    added: tuple[Path, ...] = getattr(request.app.state, "templates", ())
    return (TEMPLATES, *added)


@cache
def _environment(language: Language, folders: tuple[Path, ...]) -> Environment:
    """Make one environment per language, at its first page."""
    environment = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(folders), PrefixLoader({"comparison": PackageLoader("registry.comparison")})]
        ),
        autoescape=True,  # every name and text comes from a stranger
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "_": Translator("web", language.value),
        "language": language.value,
        "in_state": in_state,
        "is_web_address": is_web_address,
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
