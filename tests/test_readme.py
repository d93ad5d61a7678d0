"""What the README says is true: its commands run, its settings and folders exist."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from registry.cli import app
from registry.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
#: The commands of each chapter, in order; those of a chapter may build on each other.
COMMANDS = {
    title: re.findall(r"^(?:\w+=\$\()?(?:KOEPEL_\w+=\S+ )*koepel .*$", chapter, flags=re.MULTILINE)
    for title, chapter in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", README, flags=re.MULTILINE | re.DOTALL)
}

HOPS = "The federation, hop by hop"
"""The chapter whose commands need the demonstration; `registry/cli/test_demo.py` runs them."""


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """Make a folder that looks like a fresh clone to the commands, so that none writes into it."""
    folder = tmp_path / "clone"
    for name in ("examples", "registry/web/examples", "tests"):
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(ROOT / name)
    return folder


@pytest.mark.parametrize("chapter", [title for title, found in COMMANDS.items() if found and title != HOPS])
def test_the_commands_of_the_readme_run(chapter: str, workplace: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    script = "\n".join(("set -euxo pipefail", *COMMANDS[chapter]))  # one command may use what another gave
    done = subprocess.run(  # noqa: S603 - the commands are our own README's
        ["/bin/bash", "-c", script], cwd=workplace, env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr[-2_000:]
    assert "Traceback" not in done.stderr


def test_every_command_stands_in_the_readme() -> None:
    shown = [line.partition("koepel ")[2] + " " for commands in COMMANDS.values() for line in commands]

    hidden = {
        name for name in names(get_command(app)) if not any(one.startswith(f"{name} ") for one in shown)
    }
    assert hidden == {"demo", "serve"}  # these run until they are stopped; `make run` is the first


def names(command: object, before: str = "") -> Iterator[str]:
    """List the commands of a command line in full, those of its groups with the name of the group."""
    for name, one in getattr(command, "commands", {}).items():
        if hasattr(one, "commands"):
            yield from names(one, f"{before}{name} ")
        else:
            yield before + name


def test_the_table_of_settings_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `(KOEPEL_\w+)` \| `(.+)` \| (.+) \|$", README, flags=re.MULTILINE)
    fields = Settings.model_fields.items()

    assert rows == [(f"KOEPEL_{name.upper()}", str(one.default), one.description) for name, one in fields]


def test_every_folder_has_its_row() -> None:
    named = set(re.findall(r"^\| \[?`(\w+)/`", README, flags=re.MULTILINE))

    assert named == {"ontology", "shapes", "registry", "federation", "examples", "tests"}


def test_every_link_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)

    assert [target for target in targets if not (ROOT / target).exists()] == []
