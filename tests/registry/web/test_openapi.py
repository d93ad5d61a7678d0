"""The description for programs names every address, and every status that they answer with."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import validator_for

from tests.registry.web.edition import STRANGER

ADDRESSES = {
    "/healthz", "/readyz", "/metrics", "/sparql", "/graphql", "/check", "/snapshots",
    "/snapshots.{extension}", "/graphs", "/graphs.{extension}", "/example/{document}", "/def",
    "/def.{extension}", "/def/{name}", "/code/{name}", "/standards/{token}.ttl", "/standard/{token}",
}  # fmt: skip
TURTLE = {"accept": "text/turtle"}
REQUESTS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("get", "/healthz", "/healthz", {}),
    ("get", "/readyz", "/readyz", {}),
    ("get", "/metrics", "/metrics", {}),
    ("get", "/snapshots", "/snapshots", {"accept": "application/json"}),
    ("get", "/snapshots", "/snapshots", {"accept": "image/png"}),
    ("get", "/snapshots", "/snapshots?snapshot=nonsense", {}),
    ("get", "/snapshots", "/snapshots?snapshot=1-00000000", {}),
    ("get", "/snapshots.{extension}", "/snapshots.ttl", {}),
    ("get", "/graphs", "/graphs", TURTLE),
    ("get", "/graphs", f"/graphs?graph={STRANGER}", TURTLE),
    ("get", "/graphs.{extension}", f"/graphs.exe?graph={STRANGER}", {}),
    ("get", "/example/{document}", "/example/no/document", TURTLE),
    ("get", "/def", "/def", {"accept": "text/html"}),
    ("get", "/def.{extension}", "/def.nt", {}),
    ("get", "/def/{name}", "/def/Programme", TURTLE),
    ("get", "/code/{name}", "/code/task", {"accept": "image/png"}),
    ("get", "/standards/{token}.ttl", "/standards/cms.ttl", {}),
    ("get", "/standard/{token}", f"/standard/cms?snapshot={'x' * 101}", TURTLE),
    ("post", "/check", "/check", {"content-type": "text/turtle"}),
    ("post", "/check", "/check?standard=no", {"content-type": "text/turtle"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    """The description."""
    answer: dict[str, Any] = client.get("/openapi.json").json()
    return answer


def test_every_address_for_programs_is_described_and_no_page(description: dict[str, Any]) -> None:
    assert ADDRESSES - set(description["paths"]) == set()
    assert [
        path for path in description["paths"] if path.startswith("/{language}") and "sparql" not in path
    ] == []


def test_every_operation_and_parameter_is_explained(description: dict[str, Any]) -> None:
    operations = [(path, one) for path in ADDRESSES for one in description["paths"][path].values()]

    assert [path for path, one in operations if not one.get("description")] == []
    assert [path for path, one in operations if not one.get("tags")] == []


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
            return own.union(*map(references, part.values()))
        return set().union(*map(references, part)) if isinstance(part, list) else set()

    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert "#/components/schemas/Problem" in references(description)
    assert references(description) <= known


@pytest.mark.parametrize(("method", "template", "path", "headers"), REQUESTS)
def test_an_answer_has_a_status_and_a_media_type_that_are_described(
    client: TestClient,
    description: dict[str, Any],
    method: str,
    template: str,
    path: str,
    headers: dict[str, str],
) -> None:
    answer = client.request(method, path, headers=headers)
    described = description["paths"][template][method]["responses"]

    assert str(answer.status_code) in described
    content = described[str(answer.status_code)].get("content")
    assert content is None or answer.headers["content-type"].partition(";")[0] in content


@pytest.mark.parametrize("path", ["/def.exe", "/graphs", "/snapshots?snapshot=1-00000000", "/sparql?query=x"])
def test_a_problem_has_the_shape_that_is_described(
    client: TestClient, description: dict[str, Any], path: str
) -> None:
    schema = description["components"]["schemas"]["Problem"]

    validator_for(schema).validate(client.get(path).json())
