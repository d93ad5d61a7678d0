"""What questions are put to: examples, a registry's own graph, or descriptions."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from registry.dataset import example_documents, examples_store, open_dataset
from registry.draft import read_draft
from registry.graph.embedded import EmbeddedStore
from registry.graph.stand import Stand
from registry.home import Home
from registry.vocabulary import GRAPH

KINDS = "SELECT ?kind { ?thing a ?kind } LIMIT 1"


@pytest.fixture(scope="module")
def examples() -> EmbeddedStore:
    """The bundled examples."""
    return examples_store()


def test_every_document_has_a_graph_of_its_own(examples: EmbeddedStore) -> None:
    fixed = {str(GRAPH.vocabulary), str(GRAPH.standards)}

    assert set(examples.graphs()) == {*example_documents(), *fixed}


def test_what_is_made_up_stays_out_unless_asked_for() -> None:
    invented = set(example_documents(fictitious=True)) - set(example_documents())

    assert invented
    assert {iri.split("/")[-2] for iri in invented} == {"fictitious", "schemes"}
    assert set(examples_store(fictitious=True).graphs()) >= invented


def test_a_document_is_called_after_its_place() -> None:
    documents = example_documents(fictitious=True)

    assert [iri for iri, path in documents.items() if f"@base <{iri}> ." not in path.read_text("utf-8")] == []


def test_without_a_registry_the_examples_answer_and_say_so(tmp_path: Path) -> None:
    dataset = open_dataset((), Home(tmp_path))

    assert len(dataset.store) > 10_000
    assert [remark.code for remark in dataset.remarks] == ["bundled-examples"]


def test_the_graph_of_a_registry_answers_when_there_is_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.opened_graph() as store:
        store.load(b"<urn:a> a <urn:B> .", graph="https://buddy.example/profile")
        home.snapshots.take(store, Stand(0, "", date(2026, 11, 21), ""), datetime.now(UTC))

    dataset = open_dataset((), home)

    assert [str(row["kind"]) for row in dataset.store.select(KINDS).rows] == ["urn:B"]
    assert dataset.remarks == ()


def test_given_descriptions_answer_with_the_vocabulary_and_nothing_else(tmp_path: Path) -> None:
    draft = read_draft(b"<#a> a <https://w3id.org/koepel/def#Project> .", "profile.ttl")

    dataset = open_dataset([draft], Home(tmp_path))

    assert "https://draft.invalid/profile.ttl" in dataset.store.graphs()
    assert len(dataset.store.graphs()) == 3
    assert [remark.code for remark in dataset.remarks] == ["draft-without-address"]
