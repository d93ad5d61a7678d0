"""What is said with an act in GraphQL is what the registry takes with it, in the same words."""

import dataclasses
import typing
from datetime import date
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type, is_required_input_field
from pydantic import BaseModel

from registry.certification.details import DETAILS
from registry.certification.life.way import load_way
from registry.graphql_api.certification.act import given
from registry.graphql_api.schema import schema

BY_REGISTRY = {"number", "kind"}
"""What the registry says of evidence by itself."""
BY_CLIENT = {"content"}
"""What a client sends beside it: the bytes of a file."""


def mutations() -> GraphQLObjectType:
    found = schema._schema.mutation_type
    assert found is not None
    return found


def camel(name: str) -> str:
    first, *others = name.replace("-", "_").split("_")
    return first + "".join(one.capitalize() for one in others)


def field_of(act: str) -> str:
    return "openCase" if act == "open" else camel(act)


def models(held: Any) -> list[type[BaseModel]]:
    """Find the models that an annotation holds, however deep."""
    if isinstance(held, type) and issubclass(held, BaseModel):
        return [held]
    return [one for part in typing.get_args(held) for one in models(part)]


def differences(model: type[BaseModel], known: GraphQLInputObjectType) -> list[str]:
    """Say in what a model and its input differ."""
    found = []
    skipped = BY_REGISTRY if model is DETAILS["add-evidence"] else set()
    wanted = {camel(name): one for name, one in model.model_fields.items() if name not in skipped}
    found += sorted(wanted.keys() ^ (known.fields.keys() - BY_CLIENT))
    for name, one in wanted.items():
        has = known.fields[name]
        if is_required_input_field(has) != one.is_required():
            found.append(f"{known.name}.{name}")
        for inner in models(one.annotation):
            found += differences(inner, typing.cast("GraphQLInputObjectType", get_named_type(has.type)))
    return found


def test_there_is_a_mutation_for_every_act_that_anybody_does() -> None:
    acts = {field_of(name) for name, step in load_way().steps.items() if step.roles}

    assert set(mutations().fields) == acts


@pytest.mark.parametrize("act", sorted(load_way().steps))
def test_a_mutation_takes_what_belongs_to_its_act_and_nothing_else(act: str) -> None:
    if not load_way().steps[act].roles:
        assert field_of(act) not in mutations().fields
        return
    arguments = mutations().fields[field_of(act)].args
    case = set() if act == "open" else {"case"}
    details = {"details"} if act in DETAILS else set()
    assert set(arguments) == {"on", "reason"} | case | details


@pytest.mark.parametrize("act", sorted(DETAILS))
def test_an_input_has_the_fields_of_its_model(act: str) -> None:
    known = get_named_type(mutations().fields[field_of(act)].args["details"].type)

    assert isinstance(known, GraphQLInputObjectType)
    assert differences(DETAILS[act], known) == []


def test_what_is_left_open_is_not_said() -> None:
    condition = given.ConditionInput(text="Train.", due=date(2026, 7, 1))

    assert given.told(given.GrantInput(conditions=[condition])) == {
        "level": "",
        "conditions": [{"text": "Train.", "due": "2026-07-01", "uses": []}],
    }


@pytest.mark.parametrize("name", [one for one in given.__all__ if one.endswith("Input")])
def test_every_input_is_used(name: str) -> None:
    assert dataclasses.is_dataclass(getattr(given, name))
    assert name in schema._schema.type_map
