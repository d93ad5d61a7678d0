"""A site in its folder: whole, or as it was."""

import os
from pathlib import Path

import pytest

from federation.publishing.site.folder import LIST, read_site, write_site
from registry.errors import NotAllowedError
from registry.storage import StorageError


def content(folder: Path) -> dict[str, bytes]:
    """Read everything in a folder but the list of what is ours."""
    found = {str(one.relative_to(folder)): one for one in folder.rglob("*") if one.is_file()}
    return {name: one.read_bytes() for name, one in found.items() if name != LIST}


def test_a_site_is_read_as_it_was_written(tmp_path: Path) -> None:
    files = {"index.html": b"1", ".well-known/koepel": b"2"}

    write_site(tmp_path / "deep" / "site", files)

    assert read_site(tmp_path / "deep" / "site") == content(tmp_path / "deep" / "site") == files
    assert os.listdir(tmp_path / "deep") == ["site"]  # noqa: PTH208 - hidden ones count


def test_what_is_not_ours_stays_and_what_is_ours_no_longer_goes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, {"index.html": b"1", "one/index.html": b"1", "two/index.html": b"1"})
    (site / "robots.txt").write_bytes(b"mine")
    (site / "two" / "photo.jpg").write_bytes(b"mine")
    (site / "link").symlink_to("robots.txt")

    write_site(site, {"index.html": b"2"})

    assert content(site) == {
        "index.html": b"2", "robots.txt": b"mine", "link": b"mine", "two/photo.jpg": b"mine",
    }  # fmt: skip
    assert (site / "link").is_symlink()
    assert not (site / "one").exists()


@pytest.mark.parametrize("is_link", [True, False])
def test_nothing_is_written_through_what_somebody_put_in_the_place_of_a_folder(
    tmp_path: Path, *, is_link: bool
) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    site.mkdir()
    elsewhere.mkdir()
    (site / "one").symlink_to(elsewhere) if is_link else (site / "one").write_bytes(b"mine")

    with pytest.raises(NotAllowedError, match="was not written by this command"):
        write_site(site, {"one/two/index.html": b"1"})

    assert not list(elsewhere.iterdir())
    assert not (site / LIST).exists()


def test_a_list_of_files_that_is_broken_stands_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / LIST).write_bytes(b"\xff\xfe\n../other\n")

    write_site(tmp_path, {"index.html": b"1"})

    assert read_site(tmp_path) == {"index.html": b"1"}


def test_a_file_of_somebody_else_is_never_written_over(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(b"mine")

    with pytest.raises(NotAllowedError, match="was not written by this command"):
        write_site(site, {"index.html": b"1", "one.html": b"1"})

    assert content(site) == {"index.html": b"mine"}


@pytest.mark.parametrize("step", ["rename", "fsync"])
def test_a_failure_at_any_step_leaves_the_former_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    site = tmp_path / "site"
    write_site(site, {"index.html": b"1"})
    real, calls = Path.rename, iter(range(9))

    def fail(*arguments: Path) -> object:
        if step == "fsync" or next(calls) == 1:
            raise OSError("the disk is full")
        return real(*arguments)

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(StorageError, match="full"):
        write_site(site, {"index.html": b"2", "new.html": b"2"})
    monkeypatch.undo()

    assert content(site) == {"index.html": b"1"}
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_a_list_that_leads_out_of_the_folder_removes_nothing_there(tmp_path: Path) -> None:
    outside = tmp_path / "precious"
    outside.write_bytes(b"mine")
    site = tmp_path / "site"
    write_site(site, {"index.html": b"1"})
    (site / LIST).write_text(f"index.html\n../precious\n{outside}\n", encoding="utf-8")

    write_site(site, {"index.html": b"2"})

    assert outside.read_bytes() == b"mine"
