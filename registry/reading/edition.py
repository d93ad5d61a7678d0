"""One finished state of the registry, with everything that readers need of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registry.graph.store import GraphStore
    from registry.reading.catalogue import Catalogue
    from registry.validation.standard import Library

__all__ = ["Edition"]


@dataclass(frozen=True)
class Edition:
    """A graph that no longer changes, the catalogue read from it, and the standards.

    Equal names mean that two answers come from the same state.
    """

    store: GraphStore
    catalogue: Catalogue
    library: Library
    name: str

    @cached_property
    def graphs(self) -> frozenset[str]:
        """The names of the graphs, most of which are documents."""
        return frozenset(self.store.graphs())
