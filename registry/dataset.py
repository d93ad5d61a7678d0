"""The graph that questions are put to: the registry's own, the bundled examples, or files on disk.

Every document has a named graph of its own, called after the document; the vocabulary, the standards and what a
reasoner concludes have theirs (`registry.vocabulary.GRAPH`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rdflib import Graph, URIRef

from registry.graph.projection import current_snapshot, load_fixed
from registry.graph.store import GraphStore
from registry.ingest.document import read_document
from registry.ingest.remark import Remark
from registry.reasoning import infer
from registry.vocabulary import EXAMPLE, GRAPH

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Dataset", "example_documents", "examples_folder", "examples_store", "open_dataset"]

#: What is only there to practise on; the rest of the examples retells publications.
FICTITIOUS: Final = "fictitious"
ALL_STATEMENTS: Final = "CONSTRUCT { ?subject ?predicate ?object } WHERE { ?subject ?predicate ?object }"


@dataclass(frozen=True)
class Dataset:
    """A graph to ask, and what the one who asks should know about it."""

    store: GraphStore
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
    return {_iri(path): folder / path for path in paths if fictitious or path.parts[0] != FICTITIOUS}


def examples_store(*, fictitious: bool = False, inferred: bool = False) -> GraphStore:
    """Load the bundled examples with the vocabulary and the standards, in memory.

    With `inferred` the kinds that follow from the definitions come along, which starts the reasoner and takes
    some seconds.

    >>> "https://w3id.org/koepel/example/germany/bagfa" in examples_store().graphs()
    True
    """
    store = GraphStore.in_memory()
    for iri, path in example_documents(fictitious=fictitious).items():
        store.load(path.read_bytes(), graph=iri)
    if inferred:
        _add_conclusions(store)
    load_fixed(store)
    return store


def open_dataset(paths: Sequence[Path] | None, home: Path) -> Dataset:
    """Open the graph to ask: the given documents, else the registry's own graph, else the bundled examples.

    Given documents are read as those of a stranger and come with the vocabulary and the standards.
    """
    if paths:
        return _read_files(paths)
    snapshot = current_snapshot(home)
    if snapshot is not None:
        return Dataset(snapshot.open())
    remark = Remark(
        "bundled-examples", "There is no registry here yet, so this is about the examples that come with Koepel.", {}
    )
    return Dataset(examples_store(), (remark,))


def _read_files(paths: Sequence[Path]) -> Dataset:
    store, remarks = GraphStore.in_memory(), []
    for path in paths:
        document = read_document(path.read_bytes(), media_type=None, address=str(path))
        store.load(document.canonical.encode(), graph=path.resolve().as_uri(), format="application/n-triples")
        remarks += document.remarks
    load_fixed(store)
    return Dataset(store, tuple(remarks))


def _add_conclusions(store: GraphStore) -> None:
    facts = Graph().parse(data=store.answer(ALL_STATEMENTS, "application/n-triples"), format="nt")
    named = (kind for kind in infer(facts) if isinstance(kind[0], URIRef))
    store.add_all(named, graph=GRAPH.inference)


def _iri(path: Path) -> str:
    parts = path.with_suffix("").parts
    return str(EXAMPLE["/".join(parts[1:] if parts[0] == "countries" else parts)])
