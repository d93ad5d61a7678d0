"""Reads the example documents, each once."""

from functools import cache

from rdflib import Graph

from registry.dataset import example_documents

__all__ = ["COUNTRIES", "DOCUMENTS", "read"]

DOCUMENTS = example_documents()
#: The documents about countries; the list of publications is not one of them.
COUNTRIES = {iri: path for iri, path in DOCUMENTS.items() if path.parent.parent.name == "countries"}


@cache
def read(iri: str) -> Graph:
    """Read one document."""
    return Graph().parse(DOCUMENTS[iri], format="turtle")
