"""What the values of facets are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from registry.reading.facet import Facet
from registry.reading.place import country_name, language_name, region_name
from registry.reading.text import translated
from registry.vocabulary import CODE, KOEPEL, Labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry.reading.edition import Edition

__all__ = ["value_name"]

#: Facets whose values are codes of a list.
SCHEMES: Final = {
    Facet.AUDIENCE: "target-group",
    Facet.FORMAT: "unit-format",
    Facet.TRAJECTORY: "trajectory-type",
    Facet.ORGANISATION_TYPE: "organisation-type",
    Facet.LEVEL: "government-level",
    Facet.STATUS: "status",
}
#: Facets whose values are IRIs of things with a name.
THINGS: Final = frozenset({Facet.PROGRAMME, Facet.CARRIER, Facet.PUBLISHER, Facet.LABEL})
NAMES: Final[dict[Facet, Callable[[str, str], str]]] = {
    Facet.COUNTRY: country_name,
    Facet.REGION: region_name,
    Facet.LANGUAGE: language_name,
    Facet.KIND: lambda value, language: Labels().label(KOEPEL[value], language),
}


def value_name(edition: Edition, facet: Facet, value: str, *languages: str) -> str:
    """Name a value of a facet; one that has no name stands for itself."""
    if facet in THINGS:
        return edition.catalogue.name(URIRef(value), *languages).value
    if facet in SCHEMES:
        return Labels().label(CODE[f"{SCHEMES[facet]}/{value}"], languages[0])
    if facet is Facet.STANDARD:
        return _standard(edition, value, *languages)
    if facet is Facet.READINESS:
        token, _, outcome = value.partition(":")
        word = Labels().label(CODE[f"outcome/{outcome}"], languages[0]).lower()
        return f"{_standard(edition, token, *languages)}: {word}"
    return NAMES[facet](value, languages[0]) if facet in NAMES else value


def _standard(edition: Edition, token: str, *languages: str) -> str:
    held = edition.rulebook.standards.get(token)
    return translated(held.titles, *languages).value if held else token
