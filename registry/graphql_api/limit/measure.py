"""Measures a question before it is answered, and refuses one that asks too much at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    get_operation_ast,
    value_from_ast_untyped,
    visit,
)
from strawberry.extensions import SchemaExtension

from registry.errors import InvalidDataError
from registry.graphql_api.limit.bounds import Bounds
from registry.graphql_api.limit.cost import Meter

__all__ = ["Measure"]

Fragments = Mapping[str, FragmentDefinitionNode]


class Measure(SchemaExtension):
    """Lets only those questions through that stay within the limits of the session."""

    def on_operation(self) -> Iterator[None]:
        """Stop reading a question that is too long."""
        self.execution_context.parse_options["max_tokens"] = self._bounds.tokens
        yield

    def on_validate(self) -> Iterator[None]:
        """Measure a question that makes sense."""
        yield
        context = self.execution_context
        if context.pre_execution_errors or context.graphql_document is None:
            return
        document = context.graphql_document
        operation = get_operation_ast(document, context._provided_operation_name)
        if operation is None:  # the library would take the first (GraphQL specification, section 6.1)
            raise InvalidDataError(
                "unknown-operation",
                "The question holds several operations, or none of this name. Say by operationName which one "
                "is meant.",
            )
        fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self._check_form(document, operation, fragments)
        self._check_cost(operation, fragments)

    def _check_form(
        self, document: DocumentNode, operation: OperationDefinitionNode, fragments: Fragments
    ) -> None:
        bounds, counted = self._bounds, _Count()
        visit(document, counted)
        if (depth := _depth(operation.selection_set, fragments, {})) > bounds.depth:
            raise InvalidDataError(
                "question-too-deep",
                "The question is nested {depth} fields deep; {most} are the most. Ask for what is inside by "
                "itself.",
                depth=depth,
                most=bounds.depth,
            )
        if counted.aliases > bounds.aliases:
            raise InvalidDataError(
                "too-many-aliases",
                "The question uses {count} aliases; {most} are the most. Put it as several questions.",
                count=counted.aliases,
                most=bounds.aliases,
            )
        if counted.directives > bounds.directives:
            raise InvalidDataError(
                "too-many-directives",
                "The question uses {count} directives; {most} are the most. Leave some out.",
                count=counted.directives,
                most=bounds.directives,
            )
        if (roots := len(operation.selection_set.selections)) > bounds.roots:
            raise InvalidDataError(
                "too-many-questions",
                "The question has {count} fields at the top; {most} are the most. Put several questions.",
                count=roots,
                most=bounds.roots,
            )

    def _check_cost(self, operation: OperationDefinitionNode, fragments: Fragments) -> None:
        context = self.execution_context
        schema = context.schema._schema
        variables = _defaults(operation) | (context.variables or {})
        root = schema.get_root_type(operation.operation)
        cost = Meter(schema, fragments, variables).cost(operation.selection_set, root) if root else 0
        context.extensions_results["cost"] = {"estimated": cost, "most": self._bounds.cost}
        if cost > self._bounds.cost:
            raise InvalidDataError(
                "question-too-costly",
                "The question would cost {cost}; {most} is the most. Ask for shorter pages or fewer fields.",
                cost=cost,
                most=self._bounds.cost,
            )

    @property
    def _bounds(self) -> Bounds:
        bounds: Bounds = self.execution_context.context.bounds
        return bounds


class _Count(Visitor):
    """Counts what stands in a question, once for each time that it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.aliases = 0
        self.directives = 0

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.aliases += node.alias is not None

    def enter_directive(self, _: DirectiveNode, *__: Any) -> None:
        self.directives += 1


def _depth(selected: SelectionSetNode | None, fragments: Fragments, known: dict[str, int]) -> int:
    """Tell how deeply fields stand within each other; questions about the schema are as deep as they are."""
    depths = [0]
    for node in selected.selections if selected else ():
        if isinstance(node, FieldNode) and not node.name.value.startswith("__"):
            depths.append(1 + _depth(node.selection_set, fragments, known))
        elif isinstance(node, InlineFragmentNode):
            depths.append(_depth(node.selection_set, fragments, known))
        elif isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name not in known:
                known[name] = _depth(fragments[name].selection_set, fragments, known)
            depths.append(known[name])
    return max(depths)


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        one.variable.name.value: value_from_ast_untyped(one.default_value)
        for one in operation.variable_definitions or ()
        if one.default_value is not None
    }
