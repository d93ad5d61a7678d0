"""What only the registry says: how far a label can be trusted, and whether it is in force.

What a document tells of its labels is a claim. Could it say itself that the claim is confirmed, nobody who
asks the whole graph would see the difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.errors import NotAllowedError
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["VERDICTS", "refuse_verdicts"]

VERDICTS: Final = frozenset({KOEPEL.trustLevel, KOEPEL.confirmedBy, KOEPEL.registeredAs, KOEPEL.inForce})
"""The properties with which the registry says so."""


def refuse_verdicts(graph: Graph) -> None:
    """Refuse a description that judges its own labels, which only the registry does.

    Raises:
        NotAllowedError: It does.
    """
    said = sorted(str(one) for one in VERDICTS if (None, one, None) in graph)
    if said:
        raise NotAllowedError(
            "registry-words",
            "The document says how far a label can be trusted, or whether it is in force ({iris}). Only the "
            "registry says so, from what certifying bodies decide. Leave these statements out.",
            iris=", ".join(f"<{one}>" for one in said),
        )
