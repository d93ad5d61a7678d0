"""How the fields of the schema are made: described by their docstrings, with what they cost."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import strawberry
from strawberry import UNSET
from strawberry.federation.schema_directives import Cost, ListSize

__all__ = ["PAGE", "costly", "field", "listed", "paged"]

Resolver = TypeVar("Resolver", bound=Callable[..., Any])

PAGE: Final = 20
"""How many a list gives to those who do not say how many they want."""


def field(resolver: Resolver) -> Resolver:
    """Make a method a field of the schema; clients read its docstring as the description."""
    return _made(resolver)


def listed(size: int, weight: int = 0) -> Callable[[Resolver], Resolver]:
    """Make a field that gives a list of usually so many; a weight is what making it costs beside that."""
    usual = ListSize(
        assumed_size=size, slicing_arguments=UNSET, sized_fields=UNSET, require_one_slicing_argument=False
    )
    return lambda resolver: _made(resolver, usual, *([Cost(weight=weight)] if weight else []))


def paged(resolver: Resolver) -> Resolver:
    """Make a field that gives a page of a list, as long as its arguments say."""
    size = ListSize(
        assumed_size=PAGE,
        slicing_arguments=["first", "last"],
        sized_fields=["edges", "nodes"],
        require_one_slicing_argument=False,
    )
    return _made(resolver, size)


def costly(weight: int) -> Callable[[Resolver], Resolver]:
    """Make a field that takes so much work beside what it gives."""
    return lambda resolver: _made(resolver, Cost(weight=weight))


def _made(resolver: Resolver, *directives: object) -> Resolver:
    description = " ".join((inspect.getdoc(resolver) or "").split())
    made = strawberry.field(resolver=resolver, description=description, directives=directives)
    return cast("Resolver", made)
