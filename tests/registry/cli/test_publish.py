"""`koepel publish` and `koepel snippet`, as a coordinator uses them."""

import json
from pathlib import Path

import pytest

from tests.federation.description import text
from tests.registry.cli.conftest import Run

SITE = "https://buddy.example/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two descriptions."""
    folder = tmp_path / "descriptions"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.ttl").write_bytes(text(name, title=name))
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    return folder


def test_descriptions_become_a_site(run: Run, folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"

    result = run("publish", folder, "--to", site, "--address", SITE, "--token", "c0de", "--title", "Ours")

    assert result.exit_code == 0, result.output
    assert "<h1>Ours</h1>" in (site / "index.html").read_text(encoding="utf-8")
    assert json.loads((site / ".well-known" / "koepel").read_text())["registrations"] == ["c0de"]
    assert run("check", site / "one" / "profile.ttl", "--standard", "profile").exit_code == 0


def test_a_site_below_a_host_is_told_where_the_code_is_looked_for(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    for file in folder.glob("*.ttl"):
        file.write_bytes(file.read_bytes().replace(b"buddy.example/", b"buddy.example/projects/"))

    result = run("publish", folder, "--to", tmp_path / "site", "--address", SITE + "projects")

    assert result.exit_code == 0, result.output
    assert "is looked for at the very beginning of your host" in result.stdout


def test_a_description_that_lacks_something_is_shown_with_what_to_mend(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    (folder / "two.ttl").write_bytes(text("two", more=""))

    refused = run("publish", folder, "--to", site, "--address", SITE)
    was_written = site.exists()
    allowed = run("publish", folder, "--to", site, "--address", SITE, "--allow-incomplete")

    assert (refused.exit_code, was_written, allowed.exit_code) == (1, False, 0)
    assert "two.ttl" in refused.stdout
    assert "No target group from the list is stated." in refused.stdout
    assert "one.ttl" not in refused.stdout


def test_everything_that_does_not_belong_on_the_site_is_told_at_once(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (folder / "broken.ttl").write_text("<#a> a <#b> ;;; oops", encoding="utf-8")

    result = run("publish", folder, "--to", tmp_path / "site", "--address", "https://other.example/")

    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "broken.ttl",
        "one.ttl",
        "two.ttl",
    ]
    assert "Change the line that begins with @base" in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_site_of_somebody_else_is_not_touched(run: Run, folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("mine", encoding="utf-8")

    result = run("publish", folder, "--to", site, "--address", SITE)

    assert result.exit_code == 2
    assert [one.name for one in site.iterdir()] == ["index.html"]


def test_a_folder_without_descriptions_makes_no_site(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    result = run("publish", tmp_path / "empty", "--to", tmp_path / "site", "--address", SITE)

    assert result.exit_code == 2
    assert "holds no descriptions" in result.stderr


def test_a_snippet_is_the_block_and_what_to_do_with_it(run: Run, folder: Path) -> None:
    result = run("snippet", folder / "one.ttl", "--language", "nl")

    assert result.exit_code == 0
    assert result.stdout.startswith('<script type="application/ld+json">\n{')
    assert "Plak dit blok ongewijzigd in de pagina https://buddy.example/one." in result.stderr


def test_a_snippet_needs_the_address_of_its_page(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "profile.ttl"
    file.write_bytes(text().replace(b"@base <https://buddy.example/one> .", b""))

    without = run("snippet", file)
    told = run(
        "snippet", file, "--address", "https://buddy.example/page", "--output", tmp_path / "block.html"
    )

    assert (without.exit_code, told.exit_code) == (2, 0)
    assert "Give the address of the page with --address." in without.stderr
    assert "https://buddy.example/page#project" in (tmp_path / "block.html").read_text(encoding="utf-8")
