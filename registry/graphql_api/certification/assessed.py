"""What was looked at before a label was granted: for each use of a criterion what was found, and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.field import field
from registry.graphql_api.quality.outcome import Outcome, outcome
from registry.graphql_api.quality.standard import Criterion, Requirement, criterion, requirement
from registry.graphql_api.session import Frame
from registry.graphql_api.thing import code
from registry.reading.entry import last_part
from registry.validation.standard import CriterionUse as HeldUse
from registry.validation.standard import Requirement as HeldRequirement
from registry.vocabulary import CODE

__all__ = ["AssessedUse", "UseOfCriterion", "assessed", "coded", "place_of"]

TRUST: Final = "trust-level"
MODE: Final = "decision-mode"

Place = tuple[HeldRequirement, HeldUse] | None


@strawberry.interface(description="A use of a criterion in a standard, about which something is said.")
class UseOfCriterion:
    """A use of a criterion."""

    frame: Private[Frame]
    named: Private[str]
    place: Private[Place]

    @field
    def use(self) -> str:
        """The IRI of the use of the criterion in the standard."""
        return self.named

    @field
    def requirement(self) -> Requirement | None:
        """The requirement that it belongs to; null if the standard no longer has it."""
        return self.place and requirement(self.frame, self.place[0])

    @field
    def criterion(self) -> Criterion | None:
        """The criterion."""
        return self.place and criterion(self.frame, self.place[1].criterion)

    @field
    def level(self) -> code.Code | None:
        """Whether it is asked of everybody, or of those who want more."""
        return self.place and code.Code(frame=self.frame, named=self.place[1].level)


@strawberry.type(description="What was found for one use of a criterion before a label was granted.")
class AssessedUse(UseOfCriterion):
    """A finding."""

    found: Private[Mapping[str, str]]

    @field
    def outcome(self) -> Outcome | None:
        """What was found."""
        return outcome(self.found.get("outcome"))

    @field
    def decided_by(self) -> code.Code | None:
        """Whether a machine, a document or a person decided."""
        return coded(self.frame, MODE, self.found.get("mode"))

    @field
    def trust(self) -> code.Code | None:
        """How well it is founded: self-declared, document-linked or auditor-confirmed."""
        return coded(self.frame, TRUST, self.found.get("trust"))


def assessed(
    frame: Frame, token: str, version: str, outcomes: Mapping[str, Mapping[str, str]]
) -> list[AssessedUse]:
    """Give to a client what was found, in the order of the standard."""
    order = _order(frame, token, version)
    known = [use for use in order if use in outcomes]
    return [
        AssessedUse(frame=frame, named=use, place=order.get(use), found=outcomes[use])
        for use in (*known, *sorted(outcomes.keys() - order.keys()))
    ]


def place_of(frame: Frame, token: str, version: str, use: str) -> Place:
    """Find the requirement that a use of a criterion belongs to, in a version of a standard."""
    return _order(frame, token, version).get(use)


def coded(frame: Frame, scheme: str, word: str | None) -> code.Code | None:
    """Give a code of a list to a client, if there is one."""
    return code.Code(frame=frame, named=CODE[f"{scheme}/{last_part(URIRef(word))}"]) if word else None


def _order(frame: Frame, token: str, version: str) -> dict[str, tuple[HeldRequirement, HeldUse]]:
    standard = frame.edition.rulebook.standards.get(token)
    known = standard and any(one.number == version for one in standard.versions)
    held = standard.at(version) if standard and known else standard
    return {str(use.iri): (each, use) for each in (held.requirements if held else ()) for use in each.uses}
