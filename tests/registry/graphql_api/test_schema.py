"""The schema is what clients were told, says of everything what it is, and changes nothing but cases."""

from graphql import GraphQLNamedType, build_schema, validate_schema

from registry.graphql_api.schema import SCHEMA_FILE, schema
from tests.registry.graphql_api.conftest import Ask

INTROSPECTION = "{ __schema { types { name fields { name args { name } type { name ofType { name } } } } } }"


def own_types() -> list[GraphQLNamedType]:
    """List the types that belong to the registry and not to GraphQL."""
    types = build_schema(schema.as_str(), assume_valid=True).type_map.values()
    known = {"Boolean", "Int", "String", "Float", "ID"}
    return [one for one in types if not one.name.startswith("__") and one.name not in known]


def test_it_is_the_one_that_stands_beside_the_code() -> None:
    assert schema.as_str() + "\n" == SCHEMA_FILE.read_text(encoding="utf-8")


def test_every_type_field_and_argument_says_what_it_is() -> None:
    fields = [(one, name, field) for one in own_types() for name, field in getattr(one, "fields", {}).items()]
    arguments = [
        (f"{one.name}.{name}", argument, held)
        for one, name, field in fields
        for argument, held in getattr(field, "args", {}).items()
    ]

    assert [one.name for one in own_types() if not one.description] == []
    assert [f"{one.name}.{name}" for one, name, field in fields if not field.description] == []
    assert [f"{name}({argument})" for name, argument, held in arguments if not held.description] == []


def test_every_choice_says_what_it_is() -> None:
    choices = [
        (one, name, value) for one in own_types() for name, value in getattr(one, "values", {}).items()
    ]

    undescribed = {one.name for one, _, value in choices if not value.description}
    assert undescribed <= {"Language"}  # a language is called by its tag


def test_nothing_can_be_changed_but_cases_and_nothing_be_subscribed_to() -> None:
    built = build_schema(schema.as_str(), assume_valid=True)

    assert built.mutation_type is not None
    assert {str(one.type) for one in built.mutation_type.fields.values()} == {"Case"}
    assert built.subscription_type is None
    assert validate_schema(schema._schema) == []


def test_clients_may_look_at_it(ask: Ask) -> None:
    names = {one["name"] for one in ask(INTROSPECTION)["__schema"]["types"]}

    assert {"Initiative", "TaskAssignment", "InitiativeSearchConnection"} <= names


def test_what_has_an_identifier_is_a_node(ask: Ask) -> None:
    found = ask('{ __type(name: "Node") { possibleTypes { name } } }')["__type"]["possibleTypes"]
    nodes = {one["name"] for one in found}

    assert {"Initiative", "Organisation", "TaskAssignment", "Statement", "Source", "Standard"} <= nodes
    assert {"Requirement", "Criterion", "Code", "Document", "ComparisonTable", "Resource"} <= nodes
