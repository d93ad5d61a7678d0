"""The IRI space: a source describes what is its own."""

import pytest

from registry.errors import NotAllowedError
from registry.ingest.space import is_inside
from tests.registry.ingest.publishing import PROJECT, publish, refusal

SPACE = "https://w3id.org/koepel/example/flanders/gent"


@pytest.mark.parametrize("end", ["", "#project", "/team", "/team#lead", "/?page=2", "#", "/"])
def test_what_continues_the_space_is_inside(end: str) -> None:
    assert is_inside(SPACE + end, SPACE)
    assert is_inside(SPACE + end, SPACE + "/")
    assert is_inside(SPACE + end, SPACE + "#")


@pytest.mark.parametrize(
    "iri",
    [
        SPACE + "brugge",
        SPACE + "-zuid#project",
        SPACE + "?page=2",
        SPACE + "/../brugge",
        SPACE + "/..",
        SPACE + "/%2e%2E/brugge",
        SPACE + "/a/./b",
        SPACE.upper(),
        "http" + SPACE.removeprefix("https"),
        "https://w3id.org/koepel/example/flanders",
        "https://evil.example/" + SPACE,
        "https://w3id.org@evil.example/koepel/example/flanders/gent",
    ],
)
def test_what_only_resembles_the_space_is_outside(iri: str) -> None:
    assert not is_inside(iri, SPACE)


def test_a_site_is_no_prefix_of_another_site() -> None:
    assert not is_inside("https://buddy.example.evil.example/", "https://buddy.example")
    assert not is_inside("https://buddy.example@evil.example/", "https://buddy.example")


def test_a_description_of_somebody_elses_thing_is_refused_by_name() -> None:
    error = refusal(PROJECT + " <https://other.example/#project> <#rated> 1 .")

    assert (error.code, error.status) == ("outside-space", NotAllowedError.status)
    assert "outside https://buddy.example (1)" in error.message
    assert "<https://other.example/#project>" in error.message
    assert "Link to them" in error.message


def test_of_many_strange_things_ten_are_named_and_all_are_counted() -> None:
    error = refusal("".join(f"<https://other.example/{number:02}> <#b> 1 .\n" for number in range(25)))

    assert "(25)" in error.message
    assert error.message.count("<https://other.example/") == 10
    assert "<https://other.example/09>, …" in error.message


def test_links_to_others_and_things_without_a_name_are_fine() -> None:
    assert publish(PROJECT + "<#a> <https://other.example/p> <https://other.example/>, [ <#b> 1 ] .").digest


def test_the_space_of_the_source_counts_and_not_the_address() -> None:
    text = f"<{SPACE}#project> a <#Project> ."

    assert publish(text, address="http://127.0.0.1:8001/gent.ttl", space=SPACE).digest
    assert refusal(text, address="http://127.0.0.1:8001/gent.ttl").code == "outside-space"
    assert refusal(text, space=SPACE + "brugge").code == "outside-space"


def test_a_file_on_disk_has_no_space_of_its_own() -> None:
    assert publish(PROJECT, address="profile.ttl").digest


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "did:a:b"])
def test_a_thing_whose_name_has_another_scheme_is_refused(iri: str) -> None:
    error = refusal(f"<{iri}> <https://buddy.example/b> 1 .", address="profile.ttl")

    assert error.code == "subject-scheme"
    assert f"not accepted (1): <{iri}>" in error.message


@pytest.mark.parametrize(
    "iri", ["mailto:info@buddy.example", "tel:+3290000000", "urn:uuid:0", "HTTPS://b.example/"]
)
def test_schemes_of_names_and_contacts_pass(iri: str) -> None:
    assert publish(f"<{iri}> <https://buddy.example/b> 1 .", address="profile.ttl").digest
