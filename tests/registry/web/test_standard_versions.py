"""Validators get a standard in any of its versions, and readers see which one counts."""

from fastapi.testclient import TestClient
from rdflib import OWL, Graph, Literal, URIRef

CMS = "https://w3id.org/koepel/standard/cms#"


def shapes(client: TestClient, version: str) -> Graph:
    """Fetch the shapes of one version."""
    return Graph().parse(data=client.get(f"/standards/cms.ttl?version={version}").text, format="turtle")


def test_the_shapes_of_a_version_hold_what_it_asks(client: TestClient) -> None:
    told = {number: shapes(client, number) for number in ("1.0.0", "1.1.0")}
    added = {number: (URIRef(f"{CMS}R1-Q42-mentee"), None, None) in one for number, one in told.items()}

    assert added == {"1.0.0": False, "1.1.0": True}
    for number, one in told.items():
        assert one.value(URIRef(f"{CMS}standard"), OWL.versionInfo) == Literal(number)


def test_the_shapes_of_no_version_are_not_there(client: TestClient) -> None:
    answer = client.get("/standards/cms.ttl?version=9.9.9")

    assert answer.status_code == 404
    assert "1.0.0, 1.1.0" in answer.text


def test_the_page_of_a_standard_tells_the_version_that_counts(client: TestClient) -> None:
    assert "<p>Version 1." in client.get("/en/standards/cms").text
