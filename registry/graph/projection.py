"""Makes the graph that readers query from the ledger, beside the one they are reading.

The result depends on nothing but the published versions, the vocabulary and the standards:
its name is the hash of those, so the same input is never projected twice and two answers
with the same name come from the same state. Readers follow the file `current`, which is
replaced in one step when the new graph is complete.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

import ontology
from registry.graph.store import GraphStore
from registry.readiness import outcomes
from registry.reasoning import InconsistentError, infer
from registry.vocabulary import ENGLISH, GRAPH, LANGUAGES
from shapes import shape_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor
    from datetime import date
    from pathlib import Path

    from rdflib.term import Node

    from registry.ledger import Ledger
    from registry.validation.standard import Library

__all__ = ["Snapshot", "current_snapshot", "project"]


SHARES = 8
"""Into how many pieces the work is cut that can run side by side."""


@dataclass(frozen=True)
class Snapshot:
    """A finished graph in a folder, under the hash of what it was made from."""

    name: str
    folder: Path

    def open(self) -> GraphStore:
        """Open the graph for reading."""
        return GraphStore.open_read_only(self.folder)


def current_snapshot(home: Path) -> Snapshot | None:
    """Find the graph that readers should open, or nothing when none has been made."""
    pointer = home / "current"
    if not pointer.exists():
        return None
    name = pointer.read_text(encoding="utf-8").strip()
    folder = home / f"graph-{name}"
    return Snapshot(name, folder) if folder.is_dir() else None


def project(
    ledger: Ledger,
    home: Path,
    library: Library,
    on: date,
    tell: Callable[[str], None] = lambda _: None,
    executor: Executor | None = None,
) -> Snapshot:
    """Bring the graph in step with the ledger, and point readers to it.

    The heavy part runs in the executor, where there is one.
    """
    published = ledger.published()
    name = _name(published, on)
    existing = current_snapshot(home)
    if existing is not None and existing.name == name:
        return existing
    folder, draft = home / f"graph-{name}", home / f"draft-{name}"
    _sweep(home, keep=existing)
    _fill(
        draft,
        {source: ledger.version(digest).canonical for source, digest in published.items()},
        library,
        on,
        tell,
        executor,
    )
    draft.rename(folder)
    pointer = home / "current.new"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(home / "current")
    snapshot = Snapshot(name, folder)
    _sweep(home, keep=snapshot)
    return snapshot


def _sweep(home: Path, keep: Snapshot | None) -> None:
    """Remove older graphs and drafts, also what a crash left behind; whoever reads one already, reads on."""
    for folder in (*home.glob("graph-*"), *home.glob("draft-*")):
        if keep is None or folder != keep.folder:
            shutil.rmtree(folder, ignore_errors=True)


def _fill(
    folder: Path,
    published: dict[str, bytes],
    library: Library,
    on: date,
    tell: Callable[[str], None],
    executor: Executor | None,
) -> None:
    store = GraphStore.create(folder)
    documents = [(source, canonical, "application/n-triples") for source, canonical in published.items()]
    store.load_all([*_fixed_documents(), *documents])
    tell("Working out where each initiative stands against each standard")
    shares = [tuple(published.values())[start::SHARES] for start in range(SHARES)]
    run = executor.map if executor else map
    for found in run(partial(outcomes, library=library, on=on), shares):
        store.load(found, graph=GRAPH.assessment, format="application/n-triples")
    everything = Graph()
    for canonical in published.values():
        everything.parse(data=canonical, format="nt")
    tell("Drawing the conclusions that the vocabulary allows")
    store.add_all(_conclusions(everything, tell), graph=GRAPH.inference)
    store.flush()


def _conclusions(facts: Graph, tell: Callable[[str], None]) -> Iterator[tuple[Node, Node, Node]]:
    """Infer the kinds of what has a name; a blank node is called otherwise in the store.

    Descriptions that contradict the definitions are told and left out: they never stop the others.
    """
    while True:
        try:
            return (kind for kind in infer(facts) if isinstance(kind[0], URIRef))
        except InconsistentError as error:
            tell(str(error))
            for subject in set(facts.subjects()):
                if str(subject) in error.resources:
                    facts.remove((subject, None, None))


def load_fixed(store: GraphStore) -> None:
    """Load what does not come from publishers: the vocabulary, the code lists and the standards."""
    store.load_all(_fixed_documents())


def _fixed_documents() -> Iterator[tuple[str, bytes, str]]:
    for graph, paths in _fixed():
        for path in paths:
            yield graph, path.read_bytes(), "text/turtle"


def _fixed() -> tuple[tuple[str, Iterable[Path]], ...]:
    vocabulary = (*ontology.module_files(), *ontology.codelist_files(), *ontology.alignment_files())
    labels = tuple(path for one in LANGUAGES if one != ENGLISH for path in ontology.label_files(one))
    return ((GRAPH.vocabulary, (*vocabulary, *labels)), (GRAPH.standards, shape_files()))


def _name(published: dict[str, str], on: date) -> str:
    """Hash what the graph is made from; the day counts because documents age."""
    digest = hashlib.sha256(on.isoformat().encode())
    for source, version in sorted(published.items()):
        digest.update(f"{source} {version}\n".encode())
    for _, paths in _fixed():
        for path in sorted(paths):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
