"""The secret of a registry is made once, and nobody but its owner reads it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from registry.account.secret import read_key
from registry.storage import StorageError


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "registry"

    first, second = read_key(folder), read_key(folder)

    assert len(first) == 32
    assert first == second
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600


def test_two_registries_have_different_secrets(tmp_path: Path) -> None:
    assert read_key(tmp_path / "one") != read_key(tmp_path / "two")


def test_all_who_ask_at_the_same_moment_get_the_same_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(read_key, [tmp_path] * 32))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("content", [b"", b"c0de", b"not a key", b"\xff" * 64])
def test_a_secret_that_was_damaged_is_told_and_never_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(content)

    with pytest.raises(StorageError) as caught:
        read_key(tmp_path)

    assert caught.value.code == "key-damaged"
