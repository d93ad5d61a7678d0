"""Terms are used where they exist and exist where they are used."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

import ontology
from registry.vocabulary import KOEPEL
from tests.ontology.reading import ROOT, local_name, read, terms

FOLDERS = ("examples", "federation", "ontology", "registry", "shapes", "tests")
SUFFIXES = {".html", ".json", ".jsonld", ".md", ".py", ".rq", ".ru", ".ttl"}
NAMED = re.compile(
    r"(?<![\w:/.-])koepel:([A-Za-z]\w*)"
    r"|https://w3id\.org/koepel/def#([A-Za-z]\w*)"
    r"|\bKOEPEL\.([A-Za-z]\w*)"
    r"|\bKOEPEL\[\"(\w+)\"\]"
)
#: Names that stand for any term, in texts that explain how names are built or tried.
PLACEHOLDERS = {"Projekt", "Term", "unheardOf", "x"}
#: Where a term stands without being put to use.
NO_USE = (
    "ontology/README.md",
    "ontology/alignments/",
    "ontology/labels/",
    "registry/ingest/contexts/",
    "tests/",
)
TERMS = {local_name(term) for term in terms(read(*ontology.module_files()))}


def sources() -> Iterator[Path]:
    """List the files that may name a term."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and path != Path(__file__):
                yield path


def names_in(text: str) -> set[str]:
    """List the terms that a text names.

    >>> sorted(names_in('a koepel:Programme ; koepel:status ?s . KOEPEL.status, KOEPEL["task"]'))
    ['Programme', 'status', 'task']
    """
    names = {name for match in NAMED.finditer(text) for name in match.groups() if name}
    return {name for name in names if not hasattr(str, name)}  # KOEPEL.removesuffix is no term


def named() -> dict[str, set[str]]:
    """Tell for each name in which files it stands."""
    places: dict[str, set[str]] = {}
    for path in sources():
        for name in names_in(path.read_text(encoding="utf-8")):
            places.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    return places


def module_of(term: URIRef, modules: Graph) -> str:
    """Give the file in which a term is defined."""
    module = str(modules.value(term, RDFS.isDefinedBy))
    return f"ontology/{module.rpartition('/')[2]}.ttl"


def test_every_term_that_is_used_exists() -> None:
    unknown = {name: places for name, places in named().items() if name not in TERMS | PLACEHOLDERS}

    assert unknown == {}


def is_use(place: str, module: str) -> bool:
    """Tell whether a term is put to use in a file, and not only defined, named, compared or tested."""
    return place != module and not place.startswith(NO_USE)


def test_every_term_is_used_or_its_keeping_is_explained(modules: Graph) -> None:
    readme = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
    kept = set(re.findall(r"^\| `koepel:(\w+)` \| \w", readme, re.MULTILINE))
    homes = {local_name(term): module_of(term, modules) for term in terms(modules)}
    places = named()

    unused = {name for name in TERMS if not any(is_use(place, homes[name]) for place in places[name])}

    assert unused == kept


@pytest.mark.parametrize("path", ontology.module_files(), ids=lambda path: path.stem)
def test_a_term_says_in_which_module_it_is_defined(path: Path) -> None:
    graph = read(path)
    module = URIRef(f"{KOEPEL.removesuffix('#')}/{path.stem}")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    defined = {
        term for kind in kinds for term in graph.subjects(RDF.type, kind) if str(term).startswith(KOEPEL)
    }

    assert defined == set(graph.subjects(RDFS.isDefinedBy, module)) == set(graph.subjects(RDFS.isDefinedBy))


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_class_begins_with_a_capital_and_a_property_does_not(term: str, modules: Graph) -> None:
    is_class = (KOEPEL[term], RDF.type, OWL.Class) in modules

    assert re.fullmatch(r"[A-Z][A-Za-z]*" if is_class else r"[a-z][A-Za-z]*", term)


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_term_can_be_written_as_an_attribute_of_its_namespace(term: str) -> None:
    assert not hasattr(Namespace, term)
