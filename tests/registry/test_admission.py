"""What becomes of a description that came in."""

from datetime import date
from pathlib import Path

import pytest

from registry.admission import Verdict, admit
from registry.ingest.document import Document, read_document
from registry.ingest.remark import Remark
from registry.ledger import Happening
from registry.validation.standard import Library
from tests.registry.validation.small_library import PREFIXES, TWO_AND_A_HALF, library, standard

TODAY = date(2026, 11, 21)
ENOUGH = 'dct:title "A"@en ; koepel:mentorTrainingHours 3.0 ;'
PRIVATE_MAILBOX = """
  koepel:coordinatorContact [ <http://www.w3.org/2006/vcard/ns#hasEmail> <mailto:some.body@gmail.com> ] ;
"""


@pytest.fixture
def rules(tmp_path: Path) -> Library:
    """A profile that asks for a title and for hours of training, and advises to name topics."""
    profile = standard("Title", f"Hours ; {TWO_AND_A_HALF}", "Topics")
    return library(tmp_path, profile.replace('"small"', '"profile"'))


def published(statements: str) -> Document:
    text = f"{PREFIXES} :project a koepel:Project ; {statements} koepel:status <urn:active> ."
    return read_document(text.encode(), media_type="text/turtle", address="https://buddy.example/profile")


def decided(statements: str, rules: Library) -> Verdict:
    return admit(published(statements), rules, TODAY)


def test_a_description_with_all_that_is_basic_is_accepted(rules: Library) -> None:
    verdict = decided(ENOUGH, rules)

    assert (verdict.happening, verdict.reasons) == (Happening.ACCEPTED, ())


def test_what_is_only_advised_keeps_nobody_out(rules: Library) -> None:
    verdict = decided(ENOUGH, rules)

    assert [str(one.check.use.criterion.identifier) for one in verdict.assessment.findings] == ["Topics"]
    assert verdict.happening is Happening.ACCEPTED


def test_a_description_that_lacks_something_basic_is_rejected_with_reasons_in_words(rules: Library) -> None:
    verdict = decided("koepel:mentorTrainingHours 1.0 ;", rules)

    assert verdict.happening is Happening.REJECTED
    assert set(verdict.reasons) == {"No title.", "At least 2.5 hours."}


def test_a_reason_is_given_once_however_often_it_is_found(rules: Library) -> None:
    verdict = decided(f"{ENOUGH} koepel:mentorTrainingHours 1.0, 2.0 ;", rules)

    assert verdict.reasons == ("At least 2.5 hours.",)


def test_a_private_mailbox_waits_for_a_person(rules: Library) -> None:
    verdict = decided(ENOUGH + PRIVATE_MAILBOX, rules)

    assert verdict.happening is Happening.HELD
    assert len(verdict.reasons) == 1
    assert "private persons" in verdict.reasons[0]
    assert "some.body" not in verdict.reasons[0]


def test_a_remark_that_needs_no_person_holds_nothing_up(rules: Library) -> None:
    document = published(f"{ENOUGH} <https://schema.org/about> <urn:x> ;")

    assert [remark.needs_person for remark in document.remarks] == [False]
    assert admit(document, rules, TODAY).happening is Happening.ACCEPTED


def test_what_lacks_something_basic_is_rejected_before_a_person_looks(rules: Library) -> None:
    assert decided(PRIVATE_MAILBOX, rules).happening is Happening.REJECTED


def test_a_remark_says_whether_only_a_person_can_settle_it() -> None:
    assert not Remark("code", "A remark.").needs_person
    assert Remark("code", "A remark.", needs_person=True).needs_person
