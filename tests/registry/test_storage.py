"""What a disk does wrong is told in words, and small files are written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from registry.storage import StorageError, explained, is_expected, put


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "disk-full"),
        (OSError("IO error: No space left on device: While appending to file: 000012.sst"), "disk-full"),
        (OSError(errno.EACCES, os.strerror(errno.EACCES)), "folder-read-only"),
        (OSError("IO error: While open a file for appending: Read-only file system"), "folder-read-only"),
        (OSError(errno.EIO, os.strerror(errno.EIO)), "storage-failed"),
        (OSError("Corruption: bad block"), "storage-failed"),
    ],
    ids=str,
)
def test_every_trouble_with_a_disk_has_a_code_and_names_the_folder(error: OSError, code: str) -> None:
    with pytest.raises(StorageError, match="var/graph") as raised, explained(Path("var/graph")):
        raise error

    assert raised.value.code == code
    assert is_expected(error) == (code != "storage-failed")


def test_a_small_file_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    for text in ("one", "two"):
        put(tmp_path / "current", text)

    assert [path.name for path in tmp_path.iterdir()] == ["current"]
    assert (tmp_path / "current").read_text() == "two"


def test_a_small_file_that_cannot_be_written_leaves_the_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    put(tmp_path / "current", "one")
    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(StorageError, match="no room left"), explained(tmp_path):
        put(tmp_path / "current", "two")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["one"]
