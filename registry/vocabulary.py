"""The names that the registry speaks in: namespaces, languages and labels for readers.

Every namespace stands here once, so that other code says `KOEPEL.Programme` and never spells an IRI.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from rdflib import RDFS, SKOS, Graph, Literal, Namespace

import ontology

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "CODE",
    "CPSV",
    "CRITERIA",
    "CV",
    "ENGLISH",
    "EXAMPLE",
    "GRAPH",
    "KOEPEL",
    "LANGUAGES",
    "SCHEMA",
    "STANDARD",
    "Labels",
]

KOEPEL: Final = Namespace("https://w3id.org/koepel/def#")
CODE: Final = Namespace("https://w3id.org/koepel/code/")
STANDARD: Final = Namespace("https://w3id.org/koepel/standard/")
CRITERIA: Final = Namespace("https://w3id.org/koepel/standard/criteria#")
EXAMPLE: Final = Namespace("https://w3id.org/koepel/example/")
#: The named graphs that the registry fills itself; every other graph is named after its source.
GRAPH: Final = Namespace("https://w3id.org/koepel/graph/")

#: The Core Vocabularies of SEMIC: CCCEV, CPOV and CPSV-AP share this namespace.
CV: Final = Namespace("http://data.europa.eu/m8g/")
CPSV: Final = Namespace("http://purl.org/vocab/cpsv#")
#: With http, as CPSV-AP and the Flemish product catalogue write it; rdflib's own constant has https.
SCHEMA: Final = Namespace("http://schema.org/")

ENGLISH: Final = "en"
#: The languages in which people read the registry; English is the fallback.
LANGUAGES: Final = ("nl", "de", "ca", "es", "fr", ENGLISH)


class Labels:
    """Gives every term and code its name in the reader's language.

    What lacks a name in that language is named in English; what the vocabulary does not know is called by the
    last part of its IRI. A file is read when a name in it is first asked for, once per process.

    >>> labels = Labels()
    >>> labels.label(KOEPEL.MentoringProgramme, "en")
    'mentoring'
    >>> labels.label(KOEPEL.unheardOf, "nl")
    'unheardOf'
    """

    def label(self, iri: str, language: str) -> str:
        """Name one term or code in a language."""
        for tongue in (language, ENGLISH):
            if name := _read(_files(_scheme(iri), tongue), tongue).get(str(iri)):
                return name
        return str(iri).rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def _scheme(iri: str) -> str:
    """Name the code list that an IRI belongs to; the empty name stands for the terms themselves."""
    return iri.removeprefix(CODE).partition("/")[0] if iri in CODE else ""


@lru_cache(maxsize=1024)  # bounded, because a stranger's data may name any number of schemes
def _files(scheme: str, language: str) -> tuple[Path, ...]:
    """Find where names are kept: English beside the definitions, other languages in folders of their own."""
    if language == ENGLISH:
        lists = {file.stem: (file,) for file in ontology.codelist_files()}
        return lists.get(scheme, ()) if scheme else ontology.module_files()
    wanted = "codes" if scheme else "terms"
    return tuple(file for file in ontology.label_files(language) if file.stem == wanted)


@cache
def _read(paths: tuple[Path, ...], language: str) -> dict[str, str]:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return {
        str(term): str(name)
        for predicate in (SKOS.prefLabel, RDFS.label)
        for term, name in graph.subject_objects(predicate)
        if isinstance(name, Literal) and name.language == language
    }
