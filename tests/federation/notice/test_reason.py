"""The reasons of the ledger, in the reader's language."""

import pytest

from federation.fetch import Policy
from federation.fetch.location import web_address
from federation.notice.reason import retell
from registry.admission import admit
from registry.errors import KoepelError
from registry.ingest.document import read_document
from registry.translation import explain
from registry.validation.standard import load_library
from tests.federation.description import text
from tests.federation.notice.ledger import NOON, SOURCE


@pytest.mark.parametrize("language", ["nl", "de", "ca", "es", "fr"])
def test_what_a_listing_lacks_is_said_in_the_readers_language(language: str) -> None:
    document = read_document(text(more=""), media_type="text/turtle", address=SOURCE, space=SOURCE)
    reasons = admit(document, load_library(), NOON.date()).reasons

    told = retell("\n".join(reasons), language)

    assert len(told) == len(reasons) > 0
    assert not set(told) & set(reasons)


@pytest.mark.parametrize("language", ["nl", "de", "ca", "es", "fr"])
def test_an_error_is_told_again_as_it_was_first(language: str) -> None:
    with pytest.raises(KoepelError) as caught:
        web_address("ftp://buddy.example/x", Policy())

    assert retell(caught.value.message, language) == (explain(caught.value, language),)


def test_what_a_person_wrote_stays_as_it_is() -> None:
    assert retell("Opgeheven in juni.\n\nZie de brief.", "fr") == ("Opgeheven in juni.", "Zie de brief.")


def test_a_long_text_of_a_stranger_takes_no_time() -> None:
    reason = "The document describes persons in " + "1 places: " * 100_000

    assert retell(reason, "nl") == (reason.strip(),) or retell(reason, "nl") == (reason,)
