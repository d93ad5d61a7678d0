"""A portal can put several registers together (Apollo Federation 2)."""

from typing import Any

from graphql import build_schema

from registry.graphql_api.schema import schema
from tests.registry.graphql_api.conftest import Ask, Put
from tests.registry.graphql_api.test_lookup import IRIS

CERTIFIED = ("ConfirmedLabel", "Scheme")
"""What only a registry knows in which labels are granted; see `certification/test_label`."""
ENTITIES = """query($known: [_Any!]!) { _entities(representations: $known) {
  __typename ... on Node { iri } ... on Initiative { title { value language } }
} }"""


def test_the_service_gives_its_schema(ask: Ask) -> None:
    sdl = ask("{ _service { sdl } }")["_service"]["sdl"]

    assert sdl == schema.as_str()
    assert '@link(url: "https://specs.apollo.dev/federation/v2.9"' in sdl
    assert "type PageInfo @shareable" in sdl


def test_every_node_is_an_entity_by_its_iri() -> None:
    types = build_schema(schema.as_str(), assume_valid=True).type_map
    directives = {name: str(getattr(one.ast_node, "directives", "")) for name, one in types.items()}

    kinds = {*IRIS, *CERTIFIED}
    assert kinds == {name for name, text in directives.items() if "key" in text}
    assert schema.as_str().count('@key(fields: "iri")') == len(kinds)


def test_entities_are_found_by_type_and_iri(ask: Ask) -> None:
    known: list[dict[str, Any]] = [{"__typename": kind, "iri": iri} for kind, iri in IRIS.items()]

    found = ask(ENTITIES, known=known)["_entities"]
    assert [(one["__typename"], one["iri"]) for one in found] == list(IRIS.items())
    assert found[0]["title"] == {"value": "Impulspatenschaften (impulse Patenschaften)", "language": "en"}


def test_what_the_register_does_not_know_is_null(ask: Ask) -> None:
    known = [{"__typename": "Initiative", "iri": "https://nobody.example/"}]

    assert ask(ENTITIES, known=known) == {"_entities": [None]}


def test_a_representation_that_makes_no_sense_is_an_error(put: Put) -> None:
    nonsense = [{"__typename": "Nothing", "iri": "urn:a"}, {"__typename": "Initiative"}, {}, "x", 7]

    found = put(ENTITIES, known=nonsense)
    assert found.data == {"_entities": [None] * len(nonsense)}
    assert {error["extensions"]["code"] for error in found.errors} == {"UNKNOWN_ENTITY"}
