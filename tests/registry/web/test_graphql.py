"""GraphQL gives the same answers as the pages, within limits, and its schema is what clients were told."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from graphql import GraphQLNamedType, build_schema

from registry.graphql_api.schema import SCHEMA_FILE, schema

IMPULSE = "https://w3id.org/koepel/example/germany/impulspatenschaften#project"
MSM = "https://w3id.org/koepel/example/germany/menschen-staerken-menschen#programme"
BRIDGE = "https://w3id.org/koepel/example/fictitious/complete-project#project"


def ask(client: TestClient, query: str, **variables: Any) -> dict[str, Any]:
    """Put a question, and give the answer with its errors."""
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    assert isinstance(answer, dict)
    return answer


def test_the_question_in_the_readme_is_answered(client: TestClient) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    (question,) = re.findall(r"```graphql\n(.*?)```", readme, flags=re.DOTALL)

    answer = ask(client, question)

    assert "errors" not in answer
    assert answer["data"]["projects"]["total"] > 0


def test_the_schema_is_the_one_that_stands_beside_it() -> None:
    assert schema.as_str() + "\n" == SCHEMA_FILE.read_text(encoding="utf-8")


def test_every_type_field_and_argument_is_described() -> None:
    types = [one for one in build_schema(schema.as_str()).type_map.values() if is_own(one)]
    fields = [(one, name, field) for one in types for name, field in getattr(one, "fields", {}).items()]

    assert [one.name for one in types if not one.description] == []
    assert [f"{one.name}.{name}" for one, name, field in fields if not field.description] == []


def is_own(one: GraphQLNamedType) -> bool:
    """Tell whether a type belongs to the registry and not to GraphQL."""
    return not one.name.startswith("__") and one.name not in {"Boolean", "Int", "String", "Float", "ID"}


def test_projects_are_listed_filtered_and_in_the_language_asked_for(client: TestClient) -> None:
    query = """query($country: String) {
      projects(filter: {country: $country}, language: DE) {
        total items { iri title { value language } countries { code name } kinds { label } }
      }
    }"""

    found = ask(client, query, country="DEU")["data"]["projects"]
    assert found["total"] == len(found["items"])
    assert {place["name"] for item in found["items"] for place in item["countries"]} == {"Deutschland"}
    assert {"value": "Impulspatenschaften", "language": "de"} in [item["title"] for item in found["items"]]


def test_a_list_is_read_page_by_page_to_its_end(client: TestClient) -> None:
    query = "query($after: String) { organisations(first: 70, after: $after) { total next items { iri } } }"

    seen, cursor = [], None
    while True:
        page = ask(client, query, after=cursor)["data"]["organisations"]
        seen += [item["iri"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page["total"]


def test_an_initiative_comes_with_who_does_what_and_where_it_stands(client: TestClient) -> None:
    query = """query($iri: String!) { initiative(iri: $iri) {
      partOf { iri } publisher { title { value } }
      taskAssignments { actor { title { value } } tasks { label } role { label } basedOn }
      readiness(standard: "profile") { basic requirements { requirement { identifier } basic } }
    } }"""

    found = ask(client, query, iri=IMPULSE)["data"]["initiative"]
    assert found["partOf"] == {"iri": MSM}
    assert {task["label"] for one in found["taskAssignments"] for task in one["tasks"]} >= {
        "Initiate the programme"
    }
    assert [one["basic"] for one in found["readiness"]] == ["MET"]


def test_statements_come_with_source_and_contradictions(client: TestClient) -> None:
    query = """query($iri: String!) {
      statements(iri: $iri, first: 5) {
        total items { identifiers text { value } source { title { value } } locator }
      }
      contradictions(iri: $iri) { first { conflictsWith } second { iri } }
    }"""

    found = ask(client, query, iri=MSM)["data"]
    assert found["statements"]["total"] > 5
    assert all(one["locator"] and one["source"] for one in found["statements"]["items"])
    assert all(one["second"]["iri"] in one["first"]["conflictsWith"] for one in found["contradictions"])


def test_outcomes_are_words(client: TestClient) -> None:
    query = "query($iri: String!) { readiness(iri: $iri) { standard { token } basic } }"

    rows = ask(client, query, iri=BRIDGE)["data"]["readiness"]
    found = {row["standard"]["token"]: row["basic"] for row in rows}
    assert found["cms"] == "NEEDS_PERSON"
    assert found["pcr"] == "MET"


def test_directions_name_the_kind_that_follows(client: TestClient) -> None:
    query = "query($iri: String!) { initiative(iri: $iri) { directions { kind { label } } } }"

    found = ask(client, query, iri=MSM)["data"]["initiative"]["directions"]
    kinds = [one["kind"]["label"] for one in found]
    assert kinds == ["facilitating director"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ projects(first: 101) { total } }", "Ask for 1 to 100"),
        ('{ projects(after: "x") { total } }', "no cursor"),
        ('{ statements(iri: "urn:nobody") { total } }', "knows nothing called"),
        ('{ statements(iri: "no iri") { total } }', "knows nothing called"),
        ("{ nonsense }", "Cannot query field"),
        ("{ " + " ".join(f"a{n}: standards {{ token }}" for n in range(20)) + " }", "aliases"),
        ("{ projects { items " + "{ parts " * 9 + "{ iri }" + " }" * 9 + " } }", "depth"),
        ("{ standards { " + "token " * 1100 + "} }", "token"),
    ],
)
def test_what_asks_too_much_or_nonsense_is_told_why(client: TestClient, query: str, message: str) -> None:
    errors = ask(client, query)["errors"]

    assert message.lower() in errors[0]["message"].lower()


def test_fields_inside_fields_have_a_budget(client: TestClient) -> None:
    inner = "taskAssignments { actor { taskAssignments { programme { taskAssignments { iri } } } } }"
    query = f"{{ programmes {{ items {{ {inner} }} }} }}"

    assert "too much at once" in ask(client, query)["errors"][0]["message"]


def test_nothing_can_be_changed() -> None:
    assert build_schema(schema.as_str()).mutation_type is None


def test_an_unexpected_error_keeps_its_reasons_to_itself(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret path")

    monkeypatch.setattr("registry.graphql_api.queries.find", broken)

    assert "secret" not in client.post("/graphql", json={"query": "{ projects { total } }"}).text


def test_a_question_can_stand_in_the_address(client: TestClient) -> None:
    response = client.get("/graphql", params={"query": "{ standards { token } }"})

    assert "cms" in [one["token"] for one in response.json()["data"]["standards"]]


@pytest.mark.parametrize("body", ["", "{}", '{"query": 3}', "not json"])
def test_a_request_that_is_none_is_a_problem(client: TestClient, body: str) -> None:
    response = client.post("/graphql", content=body, headers={"content-type": "application/json"})

    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
