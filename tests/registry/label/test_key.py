"""Keys: read again from the ledger, encrypted on the disk, followed by one another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from registry.errors import NotAllowedError, NotFoundError
from registry.label.keys.did import did_address, did_of, slug_of
from registry.label.keys.key import find_key, key_for, read_keys, retired
from registry.label.keys.keyring import FOLDER, Keyring
from registry.ledger import Ledger
from registry.storage import StorageError
from tests.registry.label.play import ADDRESS, BODY, Play

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)


def key_file(started: Play) -> Path:
    """Find the file of the first key."""
    return next((started.folder / FOLDER).iterdir())


def test_a_private_key_is_encrypted_for_its_owner_alone(started: Play) -> None:
    path = key_file(started)

    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_another_pass_phrase_opens_nothing(tmp_path: Path) -> None:
    public = Keyring(tmp_path, "a pass phrase").make(1)

    Keyring(tmp_path, "a pass phrase").read(1, public)
    with pytest.raises(StorageError, match="cannot be unlocked"):
        Keyring(tmp_path, "another pass phrase").read(1, public)
    with pytest.raises(StorageError, match="cannot be unlocked"):
        Keyring(tmp_path).read(1, public)


def test_a_key_of_another_name_is_not_taken(tmp_path: Path) -> None:
    ring = Keyring(tmp_path, "a pass phrase")
    one, two = ring.make(1), ring.make(2)
    (tmp_path / FOLDER / f"1-{one[-12:]}.pem").write_bytes(
        (tmp_path / FOLDER / f"2-{two[-12:]}.pem").read_bytes()
    )

    with pytest.raises(StorageError):
        ring.read(1, one)


def test_a_lost_key_is_told(started: Play) -> None:
    key_file(started).unlink()

    with pytest.raises(StorageError, match="key create"):
        started.issuer.credential(started.case)


def test_no_secret_stands_in_the_ledger_or_in_what_is_shown(started: Play) -> None:
    ring = Keyring(started.folder, "a pass phrase")

    assert "pass phrase" not in repr(ring)
    assert all("PRIVATE" not in event.terms for event in started.desk.home.ledger.acts())


def test_all_that_is_public_is_read_again_from_the_ledger(started: Play) -> None:
    before = started.issuer.did_document(BODY)

    fresh = read_keys(Ledger.in_folder(started.folder).acts())

    assert [key.public for key in fresh[BODY]] == [before["verificationMethod"][0]["publicKeyMultibase"]]


def test_a_new_key_takes_the_place_of_the_one_before(started: Play) -> None:
    started.key(moment=OCTOBER)
    first, second = started.issuer.keys(BODY)
    document = started.issuer.did_document(BODY)

    assert (first.end, second.end) == (OCTOBER, None)
    assert document["verificationMethod"][0]["expires"] == "2026-10-01T00:00:00Z"
    assert len(document["assertionMethod"]) == 2
    assert [key_for((first, second), one)[0].number for one in (first.start, OCTOBER)] == [1, 2]  # type: ignore[index]


def test_a_key_is_retired_once_and_can_turn_out_to_be_compromised(started: Play) -> None:
    key = find_key(started.issuer.keys(BODY), 1)
    started.write(retired(key, "Moved.", "operator"), OCTOBER)
    again = find_key(started.issuer.keys(BODY), 1)

    with pytest.raises(NotAllowedError):
        retired(again, "Moved.", "operator")
    started.write(retired(again, "Found on a train.", "operator", compromised=True), OCTOBER)
    last = find_key(started.issuer.keys(BODY), 1)
    assert (last.compromised, last.reason, last.end) == (True, "Found on a train.", OCTOBER)
    assert started.issuer.did_document(BODY)["assertionMethod"] == []


def test_a_body_without_a_sound_key_signs_nothing(started: Play) -> None:
    key = find_key(started.issuer.keys(BODY), 1)
    started.write(retired(key, "Stolen.", "operator", compromised=True), OCTOBER)

    with pytest.raises(NotFoundError, match="key create"):
        started.issuer.credential(started.case)
    with pytest.raises(NotFoundError):
        started.issuer.keys("https://nobody.example/#us")


def test_bodies_have_names_of_their_own() -> None:
    names = {slug_of(one) for one in (BODY, BODY + "2", "https://a.example/", "https://b.example/")}

    assert len(names) == 4
    assert did_address(did_of(ADDRESS, BODY)) == f"{ADDRESS}/body/{slug_of(BODY)}/did.json"
    assert did_address(did_of("https://a.example/koepel", BODY)) == (
        f"https://a.example/koepel/body/{slug_of(BODY)}/did.json"
    )


@pytest.mark.parametrize(
    "did",
    [
        "",
        "did:key:z6Mk",
        "did:web:",
        "did:web:a.example:..:b",
        "did:web:a%2Fb",
        "did:web:a@b",
        "did:web:a::b",
        "did:web:a%23b:c",
        "did:web:a%3Fb:c",
        "did:web:a%0D%0Ab",
        "did:web:a%3A80x",
    ],
    ids=["empty", "other", "nobody", "up", "slash", "user", "gap", "fragment", "query", "line", "port"],
)
def test_a_name_that_leads_astray_leads_nowhere(did: str) -> None:
    assert did_address(did) is None
