"""Every question that the GraphQL schema allows is answered, or refused for a reason that can be told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    import random

    from fastapi.testclient import TestClient

TEXT = r'"(?:[^"\\]|\\.)*"'
KNOWN = """{
  projects { nodes { iri id publisher { iri id } } } organisations { nodes { iri id } }
  standards { iri id } codeLists { iri id }
}"""


@pytest.fixture(scope="session")
def known(client: TestClient) -> dict[str, list[str]]:
    """What there is to ask for, by the name of the argument."""
    text = client.post("/graphql", json={"query": KNOWN}).text
    return {name: sorted(set(re.findall(rf'"{name}": ?"([^"]+)"', text))) for name in ("iri", "id")}


def sensible(question: str, known: dict[str, list[str]], chance: random.Random) -> str:
    """Put things that there are in the place of the names of others, and ask for the first page."""
    for name, values in known.items():
        there = f'{name}: "{chance.choice(values)}"'
        question = re.sub(rf"\b{name}: {TEXT}", there, question)
    return re.sub(rf"\b(after|before): {TEXT}", r"\1: null", question)


@pytest.mark.slow
def test_every_question_that_the_schema_allows_is_answered(
    address: str, client: TestClient, known: dict[str, list[str]]
) -> None:
    assert all(known.values())
    for found in schemathesis.graphql.from_url(f"{address}/graphql").get_all_operations():
        questions = found.ok().as_strategy()  # type: ignore[union-attr]  # ends the test

        @given(question=questions, chance=st.randoms(use_true_random=False))
        @settings(
            max_examples=20,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
        )
        def ask(question: Any, chance: Any) -> None:
            answer = client.post("/graphql", json={"query": sensible(question.body, known, chance)})

            assert answer.status_code < 500
            assert "FAILURE" not in answer.text

        ask()
