"""A store that counts the questions that are put to it."""

from collections.abc import Mapping

from rdflib.term import Node

from registry.graph.store import GraphStore, Table

__all__ = ["CountingStore"]


class CountingStore:
    """Passes every question on to a store."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.questions: list[str] = []

    def __len__(self) -> int:
        return len(self._store)

    def graphs(self) -> tuple[str, ...]:
        """List the named graphs."""
        return self._store.graphs()

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Table:
        """Answer a SELECT query, and count it."""
        self.questions.append(query)
        return self._store.select(query, bindings)

    def answer(self, query: str, media_type: str, *, everywhere: bool = True) -> bytes:
        """Answer any query, and count it."""
        self.questions.append(query)
        return self._store.answer(query, media_type, everywhere=everywhere)
