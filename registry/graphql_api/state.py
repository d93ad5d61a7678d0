"""Keeps the whole answer to one question in one state of the registry.

A cursor names the snapshot that it belongs to. A question with a cursor is answered from that snapshot as a
whole, so that the next page and all that comes with it belong to the state of the first page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from graphql import ArgumentNode, Visitor, value_from_ast_untyped, visit
from strawberry.extensions import SchemaExtension

from registry.errors import NotAllowedError
from registry.graphql_api.paging.cursor import Cursor
from registry.graphql_api.session import Session
from registry.graphql_api.snapshot import told

__all__ = ["OneState"]

CURSORS: Final = frozenset({"after", "before"})


class OneState(SchemaExtension):
    """Turns a session to the state that the cursors of its question belong to."""

    def on_execute(self) -> Iterator[None]:
        """Turn to another state before anything is read."""
        found = _Cursors(self.execution_context.variables or {})
        if self.execution_context.graphql_document is not None:
            visit(self.execution_context.graphql_document, found)
        snapshots = {Cursor.read(one).snapshot for one in found.written}
        if len(snapshots) > 1:
            raise NotAllowedError(
                "cursors-of-several-snapshots",
                "The cursors belong to different snapshots: {snapshots}. Put one question for each.",
                snapshots=", ".join(sorted(snapshots)),
            )
        for snapshot in snapshots:
            self._session.turn_to(snapshot)
        yield

    def get_results(self) -> dict[str, Any]:
        """Say which state the answer comes from."""
        return {"snapshot": told(self._session.edition.snapshot)}

    @property
    def _session(self) -> Session:
        session: Session = self.execution_context.context
        return session


class _Cursors(Visitor):
    """Finds the cursors of a question."""

    def __init__(self, variables: dict[str, Any]) -> None:
        super().__init__()
        self._variables = variables
        self.written: set[str] = set()

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        value = value_from_ast_untyped(node.value, self._variables)
        if node.name.value in CURSORS and isinstance(value, str) and value:
            self.written.add(value)
