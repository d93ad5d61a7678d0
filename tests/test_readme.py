"""What the README says is true: its commands run, its settings and folders exist."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from registry.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for line in README.splitlines() if line.startswith("koepel ")]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder that looks like a fresh clone to the commands, so that none writes into it."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("examples", "tests"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_readme_runs(command: str, workplace: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    done = subprocess.run(  # noqa: S603 - the command is our own README's
        ["/bin/bash", "-c", command], cwd=workplace, env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


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
