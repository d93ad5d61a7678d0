"""What a question would cost, worked out before anything is read.

Each object of an answer counts one, and what it holds is counted as often as it comes: as many times as a
page is long, or as a list usually is. The schema says so to clients too, by `@cost` and `@listSize` (Apollo
Federation 2.9). Texts, numbers and other leaves cost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    value_from_ast_untyped,
)
from strawberry.federation.schema_directives import Cost, ListSize
from strawberry.schema.schema_converter import GraphQLCoreConverter

__all__ = ["Meter"]

USUAL: Final = 5
"""How many a list is taken to hold that does not say."""
INTROSPECTION: Final = 200
"""What a question about the schema costs, however much it asks."""
COUNTED: Final = ("ids", "representations")
"""Arguments that say by their own length how many come back."""

Sizes = Mapping[str, int]
Directive = TypeVar("Directive")


class Meter:
    """Counts the cost of one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = dict(variables)
        self._known: dict[tuple[str, tuple[tuple[str, int], ...]], int] = {}

    def cost(self, selected: SelectionSetNode | None, parent: GraphQLNamedType, sizes: Sizes = {}) -> int:  # noqa: B006 - never changed
        """Count what a selection costs on an object.

        `sizes` tells how long lists in it are, where what stands around it says so.
        """
        total = 0
        for node in selected.selections if selected else ():
            if isinstance(node, FieldNode):
                total += self._field(node, parent, sizes)
            elif isinstance(node, FragmentSpreadNode):
                total += self._spread(node.name.value, sizes)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                total += self.cost(
                    node.selection_set, self._type(condition.name.value) if condition else parent, sizes
                )
        return total

    def _spread(self, name: str, sizes: Sizes) -> int:
        """Count a fragment once for all the places where it stands, since there may be very many."""
        key = name, tuple(sorted(sizes.items()))
        if key not in self._known:
            fragment = self._fragments[name]
            parent = self._type(fragment.type_condition.name.value)
            self._known[key] = self.cost(fragment.selection_set, parent, sizes)
        return self._known[key]

    def _field(self, node: FieldNode, parent: GraphQLNamedType, sizes: Sizes) -> int:
        name = node.name.value
        if name.startswith("__"):
            return 0 if name == "__typename" else INTROSPECTION
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return 0
        field = parent.fields[name]
        given = {
            one.name.value: value_from_ast_untyped(one.value, self._variables) for one in node.arguments or ()
        }
        inner = get_named_type(field.type)
        own = 0 if is_leaf_type(inner) else 1
        listed = _directive(field, ListSize)
        times = _length(listed, given)
        if listed and listed.sized_fields:
            held = self.cost(node.selection_set, inner, dict.fromkeys(listed.sized_fields, times))
            return self._weight(field, given) + own + held
        one = own + self.cost(node.selection_set, inner)
        is_list = is_list_type(get_nullable_type(field.type))
        return self._weight(field, given) + (sizes.get(name, times) if is_list else 1) * one

    def _weight(self, field: GraphQLField, given: Mapping[str, Any]) -> int:
        """Count what a field and its arguments cost beside what the field gives."""
        costly = [field, *(field.args[name] for name, value in given.items() if value is not None)]
        return sum(found.weight for one in costly if (found := _directive(one, Cost)))

    def _type(self, name: str) -> GraphQLNamedType:
        return self._schema.type_map[name]


def _length(listed: ListSize | None, given: Mapping[str, Any]) -> int:
    """Tell how many come back: what the arguments say, or what is usual."""
    slicing = (listed.slicing_arguments if listed else None) or ()
    asked = [value for name in slicing if isinstance(value := given.get(name), int)]
    asked += [len(value) for name in COUNTED if isinstance(value := given.get(name), list)]
    usual = (listed.assumed_size if listed else None) or USUAL
    return max(0, max(asked, default=usual))


def _directive(holder: Any, kind: type[Directive]) -> Directive | None:
    """Find what the schema says of a field or an argument."""
    definition = holder.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    found = (one for one in getattr(definition, "directives", ()) if isinstance(one, kind))
    return next(found, None)
