"""The limits of one question."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bounds"]


@dataclass(frozen=True)
class Bounds:
    """How much one question may ask; an operator sets most of it."""

    depth: int = 12
    """How deeply fields may stand within each other."""
    aliases: int = 30
    """How many fields may be asked for under another name."""
    tokens: int = 2_000
    """How long it may be, in words and signs."""
    cost: int = 20_000
    """How many objects it may make, about."""
    page: int = 100
    """How many a list gives at most."""
    roots: int = 20
    """How many fields may stand at the top."""
    directives: int = 30
    """How many directives it may use."""
