"""The vocabulary as the tests read it."""

import pytest
from rdflib import Graph

import ontology
from tests.ontology.reading import read


@pytest.fixture(scope="session")
def modules() -> Graph:
    """All terms with their English labels, their definitions and what excludes what."""
    return read(*ontology.module_files())


@pytest.fixture(scope="session")
def codes() -> Graph:
    """All choices with their English labels."""
    return read(*ontology.codelist_files())


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """All that is said about other vocabularies."""
    return read(*ontology.alignment_files())
