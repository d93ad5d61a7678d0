"""The vocabulary: each term and each code at its own address, for people and for programs."""

from __future__ import annotations

import re
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from rdflib import OWL, RDFS, Graph, URIRef
from rdflib.namespace import DCTERMS, SKOS

from registry.errors import NotFoundError
from registry.formats import Format
from registry.graph.question import ask
from registry.ingest.canonical import to_graph
from registry.reading.catalogue import Entry
from registry.reading.record import Record, gather
from registry.reading.text import fold
from registry.translation import Translator
from registry.vocabulary import CODE, GRAPH, KOEPEL, SCHEMA, Labels
from registry.web.language import Language, Preferred
from registry.web.render import render
from registry.web.resource import FILE, FORMATS, RESOURCE, Extension, represent, write
from registry.web.site import Here, Site

__all__ = ["router"]

router = APIRouter(tags=["Vocabulary"])

MODULE: Final = "https://w3id.org/koepel/def/"
WHOLE: Final = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GRAPH.vocabulary}> {{ ?s ?p ?o }} }}"
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]*")
MOST_USERS: Final = 40
ENDING: Final = re.compile(rf"(.+)\.({'|'.join(one.extension for one in FORMATS)})")


@router.get("/def", response_model=None, responses=RESOURCE)
def vocabulary_itself(request: Request, site: Here, language: Preferred) -> Response:
    """Give the whole vocabulary with its code lists."""
    return represent(request, lambda: _ask(site, WHOLE), site.at(f"/{language}/vocabulary"))


@router.get("/def.{extension}", response_model=None, responses=FILE)
def vocabulary_file(site: Here, extension: Extension) -> Response:
    """Give the whole vocabulary in the format that the address names."""
    return write(_ask(site, WHOLE), Format.from_extension(f"def.{extension}"))


@router.get("/def/{name:path}", response_model=None, responses=RESOURCE)
@router.get("/code/{name:path}", response_model=None, responses=RESOURCE)
def itself(request: Request, site: Here, language: Preferred, name: str) -> Response:
    """Give a term, a module, a code list or a code; an ending such as `.ttl` names the format.

    A module and a property may have the same name; then both stand at the address.
    """
    family = request.url.path.split("/")[1]
    found = ENDING.fullmatch(name)
    bare, extension = found.groups() if found else (name, "")
    known = _known(site, family, bare)
    if extension:
        return write(_statements(site, known), Format.from_extension(name))
    return represent(request, lambda: _statements(site, known), site.at(f"/{language}/{family}/{bare}"))


@router.get("/{language}/vocabulary", include_in_schema=False)
def overview(request: Request, site: Here, language: Language) -> HTMLResponse:
    """Show all modules with their terms, and all code lists."""
    modules: dict[str, dict[str, Any]] = {}
    for row in ask(site.store, "modules").rows:
        module = modules.setdefault(row["module"], {**row, "terms": set()})
        module["terms"].add(row["term"])
    schemes = [(row["scheme"], str(row["concepts"])) for row in ask(site.store, "schemes").rows]
    schemes.sort(key=lambda one: fold(Labels().label(one[0], language)))
    return render(request, site, language, "vocabulary", modules=modules, schemes=schemes)


@router.get("/{language}/def/{name:path}", include_in_schema=False)
def term(request: Request, site: Here, language: Language, name: str) -> HTMLResponse:
    """Show a term, or a module with its terms, or both where they share a name."""
    known = _known(site, "def", name)
    chosen = known.get(KOEPEL[name])
    module = URIRef(MODULE + name) if URIRef(MODULE + name) in known else None
    rows = ask(site.store, "modules").rows if module else ()
    return render(
        request,
        site,
        language,
        "term",
        term=chosen,
        module=known[module] if module else None,
        module_title=known[module].literal(DCTERMS.title) if module else "",
        terms=sorted({row["term"] for row in rows if row["module"] == module}),
        users=_users(site, KOEPEL[name], language) if chosen else [],
        most_users=MOST_USERS,
        relations=_relations(language),
        path=f"/def/{name}",
    )


@router.get("/{language}/code/{scheme}", include_in_schema=False)
def code_list(request: Request, site: Here, language: Language, scheme: str) -> HTMLResponse:
    """Show a code list, narrower codes below broader ones."""
    known = _known(site, "code", scheme)
    rows = ask(site.store, "concepts", scheme=CODE[scheme]).rows
    below: dict[Any, list[Any]] = {}
    for row in sorted(rows, key=lambda row: fold(Labels().label(row["concept"], language))):
        below.setdefault(row.get("broader"), []).append(row)
    return render(
        request, site, language, "scheme", scheme=known[CODE[scheme]], below=below, path=f"/code/{scheme}"
    )


@router.get("/{language}/code/{scheme}/{concept}", include_in_schema=False)
def code(request: Request, site: Here, language: Language, scheme: str, concept: str) -> HTMLResponse:
    """Show one code."""
    name = f"{scheme}/{concept}"
    known = _known(site, "code", name)
    return render(
        request,
        site,
        language,
        "term",
        term=known[CODE[name]],
        module=None,
        module_title="",
        terms=[],
        users=_users(site, CODE[name], language),
        most_users=MOST_USERS,
        relations=_relations(language),
        path=f"/code/{name}",
    )


def _known(site: Site, family: str, name: str) -> dict[URIRef, Record]:
    """Find what the vocabulary says at an address; only plain names go into a query."""
    candidates = [CODE[name]] if family == "code" else [KOEPEL[name], URIRef(MODULE + name)]
    found = {}
    for iri in candidates if NAME.fullmatch(name) else ():
        if (record := gather(ask(site.store, "facts", thing=iri)).get(iri)) is not None:
            found[iri] = record
    if not found:
        raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=name)
    return found


def _statements(site: Site, iris: dict[URIRef, Record]) -> Graph:
    """Describe terms; a list comes with its codes, a module with its terms."""
    graph = Graph()
    for iri in iris:
        parts = f"OPTIONAL {{ ?part {SKOS.inScheme.n3()}|{RDFS.isDefinedBy.n3()} {iri.n3()} }}"
        graph += _ask(site, f"DESCRIBE {iri.n3()} ?part WHERE {{ {parts} }}")
    return graph


def _ask(site: Site, query: str) -> Graph:
    return to_graph(site.store.answer(query, Format.N_TRIPLES.media_type), blank_prefix="")


def _users(site: Site, iri: URIRef, language: str) -> list[Entry]:
    rows = ask(site.store, "uses", thing=iri).rows
    entries = {site.catalogue.entries.get(URIRef(row["user"])) for row in rows}
    return sorted((one for one in entries if one), key=lambda one: fold(one.title(language).value))


def _relations(language: str) -> dict[URIRef, str]:
    """Say how terms relate to others, in the order in which a page tells it."""
    _ = Translator("web", language)
    return {
        RDFS.subClassOf: _("Kind of"),
        RDFS.subPropertyOf: _("Special case of"),
        SCHEMA.rangeIncludes: _("Value"),
        RDFS.seeAlso: _("Code list"),
        SKOS.inScheme: _("Code list"),
        SKOS.broader: _("Broader code"),
        RDFS.isDefinedBy: _("Module"),
        OWL.equivalentClass: _("Same as"),
        OWL.equivalentProperty: _("Same as"),
        SKOS.exactMatch: _("Same as"),
        SKOS.closeMatch: _("Close to"),
        SKOS.broadMatch: _("Narrower than"),
        SKOS.narrowMatch: _("Broader than"),
        SKOS.relatedMatch: _("Related to"),
    }
