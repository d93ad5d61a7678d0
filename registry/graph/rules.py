"""The rules of a registry: the vocabulary and the standards, as graphs that readers can ask and as a digest.

A graph names the digest of the rules under which it was made, so that it is made anew when they change.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final

import ontology
from registry.graph.label import relabel
from registry.ingest.guard import Limits
from registry.ingest.reader import read
from registry.vocabulary import ENGLISH, GRAPH, LANGUAGES
from shapes import shape_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from registry.graph.store import WritableStore

__all__ = ["load_fixed", "rules_digest"]

LAYOUT: Final = 2
"""Raised whenever the registry makes another graph of the same ledger, vocabulary and standards."""
DIGITS: Final = 16


def load_fixed(store: WritableStore) -> None:
    """Load what does not come from publishers: the vocabulary, the code lists and the standards."""
    store.replace_all(_lines())


@cache
def rules_digest() -> str:
    """Hash the vocabulary and the standards: 16 hexadecimal figures, other ones after every change.

    >>> len(rules_digest())
    16
    """
    digest = hashlib.sha256(str(LAYOUT).encode())
    for _, paths in _files():
        for path in paths:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:DIGITS]


def _files() -> tuple[tuple[str, tuple[Path, ...]], ...]:
    vocabulary = (*ontology.module_files(), *ontology.codelist_files(), *ontology.alignment_files())
    labels = tuple(path for one in LANGUAGES if one != ENGLISH for path in ontology.label_files(one))
    return (str(GRAPH.vocabulary), (*vocabulary, *labels)), (str(GRAPH.standards), tuple(shape_files()))


@cache
def _lines() -> tuple[tuple[str, bytes], ...]:
    return tuple((graph, b"".join(_texts(graph, paths))) for graph, paths in _files())


def _texts(graph: str, paths: tuple[Path, ...]) -> Iterator[bytes]:
    """Write each file in its canonical form, with labels that no other file has."""
    for path in paths:
        reading = read(path.read_bytes(), media_type="text/turtle", address=graph, limits=Limits())
        yield relabel(f"{graph}/{path.parent.name}/{path.name}", reading.canonical)
