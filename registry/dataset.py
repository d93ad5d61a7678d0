"""The graph that questions are put to: the registry's own, the bundled examples, or some descriptions.

Every document has a named graph of its own, called after the document; the vocabulary, the standards and
what a reasoner concludes have theirs (`registry.vocabulary.GRAPH`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rdflib import Graph, URIRef

from registry.draft import DRAFT_SITE
from registry.graph.embedded import EmbeddedStore
from registry.graph.rules import load_fixed
from registry.ingest.remark import Remark
from registry.reasoning import infer
from registry.vocabulary import EXAMPLE, GRAPH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.home import Home
    from registry.ingest.document import Document

__all__ = ["Dataset", "example_documents", "examples_folder", "examples_store", "open_dataset"]

#: What is only there to practise on; the rest of the examples retells publications.
FICTITIOUS: Final = frozenset({"fictitious", "schemes"})
EVERYTHING: Final = "CONSTRUCT { ?subject ?predicate ?object } WHERE { ?subject ?predicate ?object }"


@dataclass(frozen=True)
class Dataset:
    """A graph to ask, and what the one who asks should know about it."""

    store: EmbeddedStore
    remarks: tuple[Remark, ...] = ()


def examples_folder() -> Path:
    """Find the bundled examples: inside the package when it is installed, beside it in the source tree."""
    package = Path(__file__).parent
    bundled = package / "examples"
    return bundled if bundled.is_dir() else package.parent / "examples"


def example_documents(*, fictitious: bool = False) -> dict[str, Path]:
    """List the bundled documents by IRI.

    >>> example_documents()["https://w3id.org/koepel/example/germany/bagfa"].name
    'bagfa.ttl'
    """
    folder = examples_folder()
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*.ttl")))
    return {_iri(path): folder / path for path in paths if fictitious or path.parts[0] not in FICTITIOUS}


def examples_store(*, fictitious: bool = False, inferred: bool = False) -> EmbeddedStore:
    """Load the bundled examples with the vocabulary and the standards, in memory.

    With `inferred` the kinds that follow from the definitions come along, which starts the reasoner and
    takes some seconds.

    >>> "https://w3id.org/koepel/example/germany/bagfa" in examples_store().graphs()
    True
    """
    store = EmbeddedStore.in_memory()
    for iri, path in example_documents(fictitious=fictitious).items():
        store.load(path.read_bytes(), graph=iri)
    if inferred:
        _add_conclusions(store)
    load_fixed(store)
    return store


def open_dataset(documents: Sequence[Document], home: Home) -> Dataset:
    """Open the graph to ask: the given documents, else the registry's own graph, else the bundled examples.

    Given documents come with the vocabulary and the standards.
    """
    if documents:
        return _of_documents(documents)
    snapshot = home.snapshots.current()
    if snapshot is not None:
        return Dataset(snapshot.open())
    remark = Remark(
        "bundled-examples",
        "There is no registry here yet, so the answer is about the examples that come with Koepel.",
    )
    return Dataset(examples_store(), (remark,))


def _of_documents(documents: Sequence[Document]) -> Dataset:
    store = EmbeddedStore.in_memory()
    for document in documents:
        store.load(document.canonical, graph=_graph_name(document.address), format="application/n-triples")
    load_fixed(store)
    return Dataset(store, tuple(remark for document in documents for remark in document.remarks))


def _graph_name(address: str) -> str:
    """Name the graph of a document by its address; a file on somebody's disk has none and gets a stand-in."""
    return address if "://" in address else DRAFT_SITE + quote(Path(address).name)


def _add_conclusions(store: EmbeddedStore) -> None:
    facts = Graph().parse(data=store.answer(EVERYTHING, "application/n-triples"), format="nt")
    named = (conclusion for conclusion in infer(facts) if isinstance(conclusion[0], URIRef))
    store.add_all(named, graph=GRAPH.inference)


def _iri(path: Path) -> str:
    parts = path.with_suffix("").parts
    return str(EXAMPLE["/".join(parts[1:] if parts[0] == "countries" else parts)])
