"""Each file of the vocabulary introduces itself, in the same words as the project."""

import re
import tomllib
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, VANN, XSD, Graph, Literal, Node, URIRef

import ontology
from registry.vocabulary import ENGLISH, KOEPEL
from tests.ontology.reading import ROOT, read

FOLDER = ROOT / "ontology"
BASE = URIRef(KOEPEL.removesuffix("#"))
FILES = (*ontology.module_files(), *ontology.alignment_files())


def name(path: Path) -> str:
    """Name a file by its place in the vocabulary."""
    return path.relative_to(FOLDER).with_suffix("").as_posix()


def version() -> str:
    """Give the version of the project."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def header(path: Path) -> tuple[Node, Graph]:
    """Give the ontology that a file declares, with its statements."""
    graph = read(path)
    [declared] = graph.subjects(RDF.type, OWL.Ontology)
    return declared, graph


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_named_by_its_place(path: Path) -> None:
    declared, _ = header(path)

    assert declared == (BASE if name(path) == "koepel" else URIRef(f"{BASE}/{name(path)}"))


@pytest.mark.parametrize("path", FILES, ids=name)
@pytest.mark.parametrize("text", [DCTERMS.title, DCTERMS.description], ids=["title", "description"])
def test_a_file_tells_in_english_what_it_is_about(path: Path, text: URIRef) -> None:
    declared, graph = header(path)

    [words] = graph.objects(declared, text)

    assert isinstance(words, Literal)
    assert words.language == ENGLISH


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_says_who_made_it_and_what_others_may_do_with_it(path: Path) -> None:
    declared, graph = header(path)

    assert graph.value(declared, DCTERMS.creator) == URIRef("https://w3id.org/koepel")
    assert graph.value(declared, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(declared, VANN.preferredNamespacePrefix) == Literal("koepel")
    assert graph.value(declared, VANN.preferredNamespaceUri) == Literal(str(KOEPEL))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_dated_and_carries_the_version_of_the_project(path: Path) -> None:
    declared, graph = header(path)
    issued = graph.value(declared, DCTERMS.issued)

    assert isinstance(issued, Literal)
    assert issued.datatype == XSD.date
    assert graph.value(declared, OWL.versionInfo) == Literal(version())
    assert graph.value(declared, OWL.versionIRI) == URIRef(f"{declared}/{version()}")


def test_the_vocabulary_imports_every_module() -> None:
    declared, graph = header(FOLDER / "koepel.ttl")
    others = {URIRef(f"{BASE}/{path.stem}") for path in ontology.module_files()} - {URIRef(f"{BASE}/koepel")}

    assert set(graph.objects(declared, OWL.imports)) == others


def test_the_readme_lists_every_module_and_every_alignment() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"^\| \[`[\w-]+`\]\(([\w/-]+)\.ttl\)", text, re.MULTILINE))

    assert linked == {name(path) for path in FILES} - {"koepel"}
