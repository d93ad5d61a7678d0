"""What a project says of its labels, and what certifying bodies say, are told apart."""

from pathlib import Path

import pytest
from rdflib import URIRef

from registry.reading.award import Backed, backed, read_awards
from registry.reading.catalogue import Catalogue, Family
from registry.reading.edition import Edition
from registry.reading.facet import Facet
from registry.validation.standard import load_library
from tests.registry.certification.acting import LABEL, SCHEME
from tests.registry.certification.boasting import BOASTING, FORMER, FORMER_LABEL, ISSUED, TRUE, make_boasts


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    snapshot = make_boasts(Path(tmp_path_factory.mktemp("boasts"))).snapshots.current()
    assert snapshot is not None
    return Edition(snapshot.open(), load_library(), snapshot)


def labels(edition: Edition, thing: str) -> tuple[list[Backed], list[Backed]]:
    """Give the labels that bodies awarded to a thing, and those that documents tell of."""
    found = backed(read_awards(edition.store, [URIRef(thing)])[URIRef(thing)])
    return [one for one in found if one.award.is_registered], [
        one for one in found if not one.award.is_registered
    ]


def test_a_label_in_force_confirms_what_a_document_says(edition: Edition) -> None:
    (held,), (claim,) = labels(edition, TRUE)

    assert (str(held.award.label), held.award.in_force, held.is_confirmed) == (LABEL, True, True)
    assert claim.is_confirmed
    assert claim.registered == held.award
    assert str(claim.award.trust).endswith("/auditor-confirmed")


def test_a_label_that_only_the_project_tells_of_is_not_confirmed(edition: Edition) -> None:
    held, (claim,) = labels(edition, BOASTING)

    assert held == []
    assert (claim.is_confirmed, claim.is_evidenced, claim.registered, claim.is_own) == (
        False,
        False,
        None,
        True,
    )
    assert str(claim.award.trust).endswith("/self-declared")


def test_a_label_that_was_revoked_confirms_nothing(edition: Edition) -> None:
    (held,), (claim,) = labels(edition, FORMER)

    assert (held.is_confirmed, claim.is_confirmed) == (False, False)
    assert claim.registered is not None
    assert str(claim.registered.label) == FORMER_LABEL
    assert str(claim.registered.state).endswith("/revoked")


def test_what_the_issuer_tells_is_evidenced_and_not_the_projects_own(edition: Edition) -> None:
    held, (claim,) = labels(edition, ISSUED)

    assert held == []
    assert (claim.is_evidenced, claim.is_confirmed, claim.is_own) == (True, False, False)


def test_only_a_label_in_force_is_found_by_filters(edition: Edition) -> None:
    shelf = Catalogue.read(edition.store).shelf(Family.PROJECTS)

    assert shelf.count(Facet.LABEL, shelf.find("", ())) == {SCHEME: 1}
    assert [str(one.iri) for one in shelf.entries if one.labels] == [TRUE]
    assert len(shelf.find("", [(Facet.LABELLED, ("yes",))])) == 1
