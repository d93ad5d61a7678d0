"""No persons: neither described, nor reachable, nor quoted in the refusal."""

import pytest
from rdflib import Graph

from registry.ingest.privacy import check_privacy
from tests.registry.ingest.publishing import ADDRESS, publish, refusal

PREFIXES = """
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix person: <http://www.w3.org/ns/person#> .
@prefix schema: <http://schema.org/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
"""


@pytest.mark.parametrize("kind", ["foaf:Person", "schema:Person", "vcard:Individual", "person:Person"])
def test_a_person_is_refused(kind: str) -> None:
    error = refusal(f"{PREFIXES} <#one> a {kind} .")

    assert error.code == "person-described"
    assert f"<https://buddy.example/profile#one> is a {kind}" in error.message
    assert "holds organisations and programmes only" in error.message


@pytest.mark.parametrize(
    "name",
    [
        "foaf:givenName",
        "foaf:familyName",
        "foaf:firstName",
        "schema:givenName",
        "schema:familyName",
        "schema:birthDate",
        "vcard:given-name",
        "vcard:hasFamilyName",
        "vcard:bday",
    ],
)
def test_what_only_a_person_has_is_refused_whatever_the_thing_is_called(name: str) -> None:
    error = refusal(f'{PREFIXES} <#one> a org:Organization ; {name} "a secret" .')

    assert error.code == "person-described"
    assert f"{name} of <https://buddy.example/profile#one>" in error.message
    assert "secret" not in error.message


def test_a_person_without_a_name_inside_a_description_is_found() -> None:
    error = refusal(f'{PREFIXES} <#project> schema:employee [ a schema:Person ; schema:name "x" ] .')

    assert "a thing without a name is a schema:Person" in error.message


def test_a_person_written_with_the_other_spelling_of_schema_org_is_found() -> None:
    assert refusal("<#one> a <https://schema.org/Person> .").code == "person-described"


@pytest.mark.parametrize(
    "contact",
    [
        'schema:email "info@buddy.example"',
        'schema:telephone "+32 9 000 00 00"',
        "foaf:mbox <mailto:info@buddy.example>",
        "vcard:hasEmail <mailto:info@buddy.example>",
        "vcard:hasTelephone <tel:+3290000000>",
        'cv:email "info@buddy.example"',
    ],
)
def test_a_way_to_reach_what_is_no_organisation_is_refused(contact: str) -> None:
    error = refusal(f"{PREFIXES} <#match> a schema:Event ; {contact} .")

    assert error.code == "contact-not-organisational"
    assert f"{contact.split()[0]} of <https://buddy.example/profile#match>" in error.message
    assert "on an organisation or a contact point" in error.message
    assert "info@" not in error.message


@pytest.mark.parametrize(
    "holder",
    [
        '<#o> a org:Organization ; schema:email "info@buddy.example" .',
        '<#o> a schema:NGO ; schema:telephone "+32 9 000 00 00" .',
        "<#o> a vcard:Organization ; vcard:hasEmail <mailto:info@buddy.example> .",
        '<#o> schema:contactPoint [ schema:email "info@buddy.example" ] .',
        '<#o> cv:contactPoint [ a cv:ContactPoint ; cv:email "info@buddy.example" ] .',
        "<#o> dcat:contactPoint [ a vcard:Kind ; vcard:hasEmail <mailto:info@buddy.example> ] .",
    ],
)
def test_organisations_and_contact_points_can_be_reached(holder: str) -> None:
    assert publish(PREFIXES + holder).remarks == ()


@pytest.mark.parametrize(
    "address",
    [
        "samen@gmail.com",
        "Samen@GMail.com",
        "samen@hotmail.be",
        "samen@yahoo.co.uk",
        "samen@telenet.be",
        "samen@gmx.de",
        "samen@web.de",
        "samen@icloud.com",
    ],
)
def test_a_private_mailbox_of_an_organisation_is_a_remark_for_a_person(address: str) -> None:
    remarks = publish(f'{PREFIXES} <#o> a org:Organization ; schema:email "{address}" .').remarks

    assert [(remark.code, remark.needs_person) for remark in remarks] == [("private-mailbox", True)]
    assert "schema:email of <https://buddy.example/profile#o>" in remarks[0].message
    assert address not in remarks[0].message


@pytest.mark.parametrize(
    "address", ["info@notgmail.com", "info@gmail.com.buddy.example", "info@gmail.buddy.example"]
)
def test_a_mailbox_at_an_own_domain_is_no_private_one(address: str) -> None:
    assert publish(f'{PREFIXES} <#o> a org:Organization ; schema:email "{address}" .').remarks == ()


@pytest.mark.parametrize(
    "statement",
    [
        '<#p> schema:description "Mail an@telenet.be or come by." .',
        "<#p> schema:url <mailto:an@gmail.com> .",
        '<mailto:an@gmail.com> schema:name "An" .',
    ],
    ids=["in a text", "in a link", "in a name"],
)
def test_a_private_address_elsewhere_is_refused_and_not_repeated(statement: str) -> None:
    error = refusal(f"@base <{ADDRESS}> . {PREFIXES} {statement}", address="profile.ttl")

    assert error.code == "contact-not-organisational"
    assert "an@" not in error.message


def test_of_many_places_ten_are_named_and_all_are_counted() -> None:
    error = refusal(PREFIXES + "".join(f"<#p{number}> a foaf:Person .\n" for number in range(12)))

    assert "in 12 places" in error.message
    assert error.message.count("is a foaf:Person") == 10


def test_nothing_personal_is_nothing_to_remark() -> None:
    assert check_privacy(Graph()) == ()
