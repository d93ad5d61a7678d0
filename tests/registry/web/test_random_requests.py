"""Whatever is asked, whether the description of the addresses allows it or not, gets a proper answer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import positive_data_acceptance

from registry.web.openapi import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy
    from schemathesis.specs.openapi.schemas import OpenApiSchema

MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
#: What a query or a description may say is no matter of JSON Schema, so many that fit it are refused.
UNCHECKED = [positive_data_acceptance]


@pytest.fixture(scope="session")
def described(address: str) -> OpenApiSchema:
    """What the registry says of its addresses."""
    return schemathesis.openapi.from_url(f"{address}/openapi.json")


def asked(requests: SearchStrategy[Any]) -> Callable[[], None]:
    """Ask a number of random requests, always the same."""

    @given(request=requests)
    @settings(
        max_examples=20,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    def ask(request: Any) -> None:
        request.call_and_validate(excluded_checks=UNCHECKED)

    return ask


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("tag", [name for name, _ in TAGS])
def test_every_answer_is_as_described(described: OpenApiSchema, tag: str, mode: Any) -> None:
    described_here = described.include(tag=tag).get_all_operations()
    operations = [found.ok() for found in described_here]  # type: ignore[union-attr]  # ends the test

    for operation in operations:
        with suppress(Unsatisfiable):  # nothing can be asked wrongly where there is nothing to say
            asked(operation.as_strategy(generation_mode=mode))()

    assert operations
