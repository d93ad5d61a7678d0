"""Evidence: links and uploads, and that an upload is read by the parties to its case and by nobody else."""

import hashlib
import stat
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from registry.account.actor import ANYBODY, Actor, Scope
from registry.certification.life.case import Case
from registry.certification.proof import upload
from registry.certification.proof.evidence import exhibits, read_evidence, sweep
from registry.errors import InvalidDataError
from registry.storage import StorageError
from tests.registry.certification.town import (
    ASSESSOR,
    DECIDER,
    OPERATOR,
    OWNER,
    PUBLISHER,
    Town,
    account,
    refused,
)

PDF = b"%PDF-1.7 Zwanenhalsbrug"
LENT = Actor(OWNER.account, OWNER.grants, "token:1", frozenset({Scope.APPLY}))
"""The owner by way of a token that lends too little."""
UPLOAD: dict[str, Any] = {"kind": "upload", "title": "Safeguarding plan", "dated": "2026-01-15"}


def packed(*entries: tuple[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """Make a ZIP file."""
    file = BytesIO()
    with ZipFile(file, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return file.getvalue()


ODT = packed(("mimetype", b"application/vnd.oasis.opendocument.text"), compression=ZIP_STORED)
DOCX = packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))
MACROS = packed(("word/document.xml", b"<w/>"), ("word/vbaProject.bin", b"run"))


@pytest.fixture
def case(place: Town) -> Case:
    """A case with an upload."""
    return place.act(OWNER, "add-evidence", place.open(), upload=PDF, **UPLOAD)


def files(place: Town) -> list[Path]:
    """List the files in which uploads are kept."""
    return sorted((place.home.folder / upload.FOLDER).iterdir())


def test_an_upload_is_described_by_its_own_bytes(case: Case) -> None:
    [found] = exhibits(case)

    assert (found.number, found.media_type, found.digest) == (
        "1",
        "application/pdf",
        hashlib.sha256(PDF).hexdigest(),
    )
    assert found.confidential
    assert not found.public


def test_an_upload_lies_encrypted_under_a_name_that_says_nothing(place: Town, case: Case) -> None:
    [file] = files(place)

    assert file.name == exhibits(case)[0].file
    assert b"Zwanenhalsbrug" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("actor", [OWNER, PUBLISHER, ASSESSOR, DECIDER], ids=lambda one: one.account)
def test_the_parties_read_an_upload(place: Town, case: Case, actor: Actor) -> None:
    assert read_evidence(place.desk, actor, case, "1").data == PDF


@pytest.mark.parametrize(
    "actor",
    [
        OPERATOR,
        ANYBODY,
        account("stranger"),
        Actor(OWNER.account, OWNER.grants, "token:1", frozenset({Scope.OPERATE})),
    ],
)
def test_nobody_else_reads_an_upload(place: Town, case: Case, actor: Actor) -> None:
    for number in ("1", "9"):
        with refused("case-unknown"):
            read_evidence(place.desk, actor, case, number)


def test_what_is_taken_out_is_destroyed(place: Town, case: Case) -> None:
    after = place.act(OWNER, "remove-evidence", case, number="1")

    assert (exhibits(after), files(place)) == ((), [])
    with refused("evidence-not-there"):
        place.act(OWNER, "remove-evidence", case, number="1")
    assert exhibits(place.act(OWNER, "add-evidence", case, upload=PDF, **UPLOAD))[0].number == "2"


def test_what_a_crash_left_behind_is_swept_away(place: Town, case: Case) -> None:
    stray = upload.keep(place.home.folder, b"left behind")

    assert sweep(place.home.folder, place.home.ledger) == (stray,)
    assert [file.name for file in files(place)] == [exhibits(case)[0].file]


def test_a_refused_upload_leaves_nothing(place: Town) -> None:
    case = place.open()

    with refused("upload-kind"):
        place.act(OWNER, "add-evidence", case, upload=b"<html><script>", **UPLOAD)
    with refused("upload-unexpected"):
        place.act(OWNER, "self-assess", case, upload=PDF)

    assert upload.names(place.home.folder) == []


def test_a_link_is_public_only_when_that_is_said(place: Town) -> None:
    link: dict[str, Any] = {"title": "Plan", "address": "https://example.org/plan", "dated": "2026-02-01"}
    place.act(OWNER, "add-evidence", case := place.open(), **link)

    after = place.act(PUBLISHER, "add-evidence", case, **link, confidential=False)

    assert [one.public for one in exhibits(after)] == [False, True]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (ODT, upload.ODT),
        (DOCX, upload.DOCX),
        ("Café\n".encode(), "text/plain"),
    ],
    ids=("pdf", "png", "jpeg", "odt", "docx", "text"),
)
def test_documents_and_pictures_are_kept(data: bytes, kind: str) -> None:
    assert upload.sniff(data) == kind
    assert kind in upload.MEDIA_TYPES


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a\x01\0",
        b"<svg onload='x'/>",
        b"\xef\xbb\xbf <!doctype html>",
        MACROS,
        packed(("a.exe", b"MZ")),
        b"PK\x03\x04 broken",
        b"\x7fELF",
        b"a\0b",
        b"MZ\x90",
    ],
    ids=("empty", "gif", "svg", "html", "macros", "zip", "broken", "elf", "null", "exe"),
)
def test_all_else_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidDataError):
        upload.sniff(data)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(InvalidDataError) as found:
        upload.sniff(b"%PDF-" + bytes(upload.LARGEST))

    assert found.value.code == "upload-too-large"


@given(some.binary(max_size=200))
def test_what_is_kept_comes_back_and_no_byte_of_it_can_be_changed(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("home")
    name = upload.keep(folder, data)
    assert upload.read(folder, name) == data

    sealed = bytearray((folder / upload.FOLDER / name).read_bytes())
    sealed[len(data) % len(sealed)] ^= 1
    (folder / upload.FOLDER / name).write_bytes(sealed)
    with pytest.raises(StorageError):
        upload.read(folder, name)


def test_a_file_cannot_take_the_place_of_another(tmp_path: Path) -> None:
    one, two = (upload.keep(tmp_path, text) for text in (b"one", b"two"))
    (tmp_path / upload.FOLDER / one).replace(tmp_path / upload.FOLDER / two)

    with pytest.raises(StorageError):
        upload.read(tmp_path, two)


@given(some.data())
def test_a_damaged_document_is_refused_and_nothing_worse(data: some.DataObject) -> None:
    whole = bytearray(packed(("mimetype", b"application/vnd.oasis.opendocument.text"), ("a", b"x")))
    for place in data.draw(some.lists(some.integers(4, len(whole) - 1), min_size=1, max_size=4)):
        whole[place] = data.draw(some.integers(0, 255))

    try:
        found = upload.sniff(bytes(whole))
    except InvalidDataError as error:
        found = error.code
    assert found in {*upload.MEDIA_TYPES, "upload-kind"}
