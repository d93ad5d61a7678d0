"""The JSON-LD context that lets a project write plain JSON: short names for terms and codes.

It is made from the modules, so that it never says anything else than they do. Run as a program it prints the
context, which is kept in `registry/ingest/contexts/koepel.jsonld`:

    python -m ontology.context > registry/ingest/contexts/koepel.jsonld

With it, `"unitFormat": "one-to-one"` means the code of that name in the list that fills the property.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

import ontology

__all__ = ["context"]

KOEPEL: Final = Namespace("https://w3id.org/koepel/def#")
CODE: Final = "https://w3id.org/koepel/code/"
RANGE: Final = URIRef("http://schema.org/rangeIncludes")
PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "code": CODE,
    "crit": "https://w3id.org/koepel/standard/criteria#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "koepel": str(KOEPEL),
    "org": "http://www.w3.org/ns/org#",
    "owl": str(OWL),
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
BORROWED: Final[dict[str, Any]] = {
    "title": {"@id": "dct:title", "@container": "@language"},
    "description": {"@id": "dct:description", "@container": "@language"},
    "name": {"@id": "foaf:name", "@container": "@language"},
    "publisher": {"@id": "dct:publisher", "@type": "@id"},
    "modified": {"@id": "dct:modified", "@type": "xsd:date"},
    "issued": {"@id": "dct:issued", "@type": "xsd:date"},
    "identifier": "dct:identifier",
    "homepage": {"@id": "foaf:homepage", "@type": "@id"},
    "primaryTopic": {"@id": "foaf:primaryTopic", "@type": "@id"},
    "contactPoint": {"@id": "dcat:contactPoint", "@type": "@id"},
    "email": {"@id": "vcard:hasEmail", "@type": "@id"},
    "telephone": {"@id": "vcard:hasTelephone", "@type": "@id"},
    "url": {"@id": "schema:url", "@type": "@id"},
    "Organization": "org:Organization",
    "ContactPoint": "vcard:Kind",
}
"""Terms of other vocabularies that every description needs, under the names that people expect."""
NUMBERS: Final = ("decimal", "integer", "boolean", "date")
TEXTS: Final = ("afterContactRule", "reason", "rematchRule")
"""Properties of our own that take text in one or more languages."""


def context() -> dict[str, Any]:
    """Make the context: prefixes, terms of other vocabularies, then every class and property of our own.

    >>> context()["mentorTrainingHours"]
    {'@id': 'koepel:mentorTrainingHours', '@type': 'xsd:decimal'}
    """
    graph = Graph()
    for path in (*ontology.module_files(), *ontology.alignment_files()):
        graph.parse(path, format="turtle")
    defined = (one for one in graph.subjects(RDFS.isDefinedBy) if isinstance(one, URIRef))
    terms = {one.removeprefix(KOEPEL): one for one in defined if one in KOEPEL}
    own = {name: _term(graph, name, terms[name]) for name in sorted(terms)}
    audience = {"@id": "dct:audience", **_coded("target-group")}
    aliases = {"@version": 1.1, "id": "@id", "type": "@type"}
    return {**aliases, **PREFIXES, **BORROWED, "audience": audience, **own}


def _term(graph: Graph, name: str, term: URIRef) -> Any:
    lists = [str(one) for one in graph.objects(term, RDFS.seeAlso) if str(one).startswith(CODE)]
    if len(lists) == 1:
        return {"@id": f"koepel:{name}", **_coded(lists[0].removeprefix(CODE))}
    if (term, RDF.type, OWL.ObjectProperty) in graph:
        return {"@id": f"koepel:{name}", "@type": "@id"}
    if name in TEXTS:
        return {"@id": f"koepel:{name}", "@container": "@language"}
    datatype = str(graph.value(term, RANGE)).removeprefix(PREFIXES["xsd"])
    return {"@id": f"koepel:{name}", "@type": f"xsd:{datatype}"} if datatype in NUMBERS else f"koepel:{name}"


def _coded(scheme: str) -> dict[str, Any]:
    """Let a short name mean a code of one list (JSON-LD 1.1, section 4.1.8: property-scoped contexts)."""
    return {"@type": "@vocab", "@context": {"@vocab": f"{CODE}{scheme}/"}}


if __name__ == "__main__":
    json.dump({"@context": context()}, sys.stdout, indent=2)
    sys.stdout.write("\n")
