"""The whole way from bytes to a document that may be kept."""

import dataclasses

import pytest

from registry.errors import KoepelError
from registry.formats import Format
from tests.registry.ingest.publishing import ADDRESS, PROJECT, publish, refusal


def test_a_document_keeps_the_bytes_as_they_came() -> None:
    text = f"# written by hand\r\n{PROJECT}  \n"

    document = publish(text)

    assert document.data == text.encode()
    assert (document.address, document.format, document.media_type) == (ADDRESS, Format.TURTLE, "text/turtle")


def test_an_unchanged_description_has_the_same_digest_though_its_bytes_changed() -> None:
    before, after = publish(PROJECT), publish("# tidied\n" + PROJECT.replace(" a ", "\n  a "))

    assert before.data != after.data
    assert before.digest == after.digest
    assert before.canonical == after.canonical


def test_a_document_cannot_be_changed() -> None:
    document = publish(PROJECT)

    with pytest.raises(dataclasses.FrozenInstanceError):
        document.digest = ""  # type: ignore[misc]


def test_a_refusal_names_the_document_once() -> None:
    error = refusal("")

    assert isinstance(error, KoepelError)
    assert str(error).count(ADDRESS) == 1
    assert ADDRESS not in error.message
