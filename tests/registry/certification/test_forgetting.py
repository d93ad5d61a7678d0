"""What backups keep of cases, and what an erasure takes away."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from registry.backup.folder import back_up
from registry.certification.award import draw_index
from registry.certification.life.case import Case
from registry.certification.life.caseload import read_caseload
from registry.certification.proof import upload
from registry.erasure import erase
from registry.ledger import Happening, Ledger
from tests.registry.certification.town import BODY, DECIDER, OWNER, SOURCE, Town, example

MARKER = "Zwanenhalsbrug"
UPLOAD: dict[str, Any] = {"kind": "upload", "title": MARKER, "dated": "2026-01-15"}
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def case(place: Town) -> Case:
    """A labelled project with an upload, and a decision whose reason tells."""
    case = place.act(OWNER, "add-evidence", place.until("grant"), upload=b"%PDF-1", **UPLOAD)
    return place.act(DECIDER, "suspend", case, reason=f"{MARKER} has closed.")


def erase_all(place: Town) -> None:
    """Erase the source of the project."""
    erase(place.home, SOURCE, "Asked for.", "operator", place.desk.rulebook, date(2026, 11, 22), wait=0)


def holders(folder: Path) -> list[Path]:
    """List the files that hold the marker."""
    return [path for path in folder.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()]


def test_a_backup_holds_the_uploads_and_tells_nothing_of_them(
    place: Town, case: Case, tmp_path: Path
) -> None:
    made = back_up(place.home, tmp_path / "backups", NOW).made

    [name] = upload.names(made)
    assert upload.read(place.home.folder, name) == b"%PDF-1"
    assert (made / upload.FOLDER / name).stat().st_mode & 0o777 == 0o600
    assert MARKER not in (made / "manifest.json").read_text(encoding="utf-8")


def test_an_erased_source_takes_its_cases_along(place: Town, case: Case) -> None:
    assert holders(place.home.folder)

    erase_all(place)
    place.home.ledger.close()

    assert holders(place.home.folder) == []
    assert upload.names(place.home.folder) == []
    assert list(read_caseload(place.home.ledger, place.home.ledger.position()).acts) == []


def test_the_place_of_an_erased_label_stays_revoked(place: Town, case: Case) -> None:
    assert case.label is not None

    erase_all(place)

    [gone] = place.desk.caseload().erased
    assert (gone.case, gone.body, gone.indexes) == (case.iri, BODY, (case.label.index,))
    assert draw_index(place.desk.caseload(), BODY) != case.label.index


def test_an_application_without_a_label_leaves_nothing(place: Town) -> None:
    place.until("submit")

    erase_all(place)

    assert place.desk.caseload().erased == ()
    told = [event for event in place.home.ledger.acts() if event.happening is Happening.ACTED]
    assert {(event.terms, event.reason, event.behalf) for event in told} == {("", "", "")}


def test_older_backups_lose_the_cases_too(place: Town, case: Case, tmp_path: Path) -> None:
    made = back_up(place.home, tmp_path / "backups", NOW).made
    erase_all(place)

    back_up(place.home, tmp_path / "backups", NOW)

    assert holders(made) == []
    assert upload.names(made) == []
    with Ledger.in_folder(made) as ledger:
        assert [one.case for one in read_caseload(ledger, ledger.position()).erased] == [case.iri]


def test_a_project_that_comes_back_begins_anew(place: Town, case: Case) -> None:
    erase_all(place)

    place.publish(example("complete-project"), None)

    assert place.until("grant").iri != case.iri
    assert len(place.desk.caseload().erased) == 1
