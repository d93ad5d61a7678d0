"""One finished graph for tests: the examples, a hostile stranger, and what the registry adds."""

from datetime import date
from pathlib import Path

from rdflib import Graph

from registry.dataset import example_documents
from registry.graph.projection import load_fixed
from registry.graph.store import GraphStore
from registry.readiness import assertions
from registry.reasoning import infer
from registry.validation.standard import load_library
from registry.vocabulary import EXAMPLE, GRAPH

DAY = date(2026, 11, 21)
STRANGER = "https://stranger.example/profile"
PROFILE = f"""
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix org: <http://www.w3.org/ns/org#> .

<{STRANGER}> a foaf:Document ; dct:publisher <{STRANGER}#org> ; dct:license <javascript:alert(3)> .
<{STRANGER}#project> a koepel:Project ;
  dct:title "<script>alert(1)</script>"@en, "Geen vertaling"@nl-x-danger ;
  dct:description "\\"><img src=x onerror=alert(2)>"@en ;
  koepel:municipality "<b>Town</b>" ;
  foaf:homepage <javascript:alert(4)>, <https://stranger.example/> ;
  koepel:status <https://w3id.org/koepel/code/status/unheard-of> ;
  dct:publisher <{STRANGER}#org> .
<{STRANGER}#org> a org:Organization ; foaf:name "Zwart & Wit" .
"""
#: Assessing and reasoning take their time, so only a few documents go through them here.
ASSESSED = ("fictitious/complete-project", "fictitious/starting-project", "germany/impulspatenschaften")
REASONED = ("germany/menschen-staerken-menschen", "catalonia/pcr-mentoring", "flanders/gent")


def make_edition(folder: Path) -> Path:
    """Fill a folder with the graph."""
    documents = example_documents(fictitious=True)
    store = GraphStore.create(folder)
    for iri, path in documents.items():
        store.load(path.read_bytes(), graph=iri)
    store.load(PROFILE.encode(), graph=STRANGER)
    load_fixed(store)
    for name in ASSESSED:
        store.add_all(assertions(_read(documents, name), load_library(), DAY), graph=GRAPH.assessment)
    store.add_all(infer(_read(documents, *REASONED)), graph=GRAPH.inference)
    store.flush()
    return folder


def _read(documents: dict[str, Path], *names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(documents[str(EXAMPLE[name])], format="turtle")
    return graph
