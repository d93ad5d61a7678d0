"""The built wheel holds everything, and works where there is no source tree."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry.validation.standard import load_library
from tests.test_files import ROOT, walk

PACKAGES = ("federation", "ontology", "registry", "shapes")
EXAMPLE = ROOT / "examples" / "fictitious" / "complete-project.ttl"
DATA = {".css", ".csv", ".html", ".js", ".json", ".jsonld", ".po", ".py", ".rq", ".svg", ".ttl", ".txt"}


@dataclass(frozen=True)
class Installation:
    """An environment in which the wheel is installed, and an empty folder to work in."""

    environment: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment as a person would who has nothing else of Koepel."""
        path = f"{self.environment / 'bin'}:{os.environ['PATH']}"
        return subprocess.run(  # noqa: S603 - our own program
            [str(self.environment / "bin" / program), *arguments],
            cwd=self.folder,
            env={"PATH": path, "LANG": "en_GB.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)  # noqa: S603 - our own program
    (built,) = folder.glob("koepel-*.whl")
    return built


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Install the wheel in a new environment that borrows the libraries of this one, and nothing of ours."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, symlinks=True)
    python = str(environment / "bin" / "python")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-index",
        "--no-deps",
        str(wheel),
    ]
    subprocess.run(install, capture_output=True, check=True)  # noqa: S603 - our own program
    (packages,) = environment.glob("lib/python*/site-packages")
    # Python does not follow what a folder named here names in turn: an editable installation stays unseen.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return Installation(environment, tmp_path_factory.mktemp("empty"))


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())

    expected = {
        path.as_posix() for package in PACKAGES for path in walk(ROOT / package) if path.suffix in DATA
    }
    assert len(expected) > 200
    assert sorted(expected - inside) == []


def test_the_wheel_holds_every_example_inside_the_registry(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())

    expected = {f"registry/{path.as_posix()}" for path in walk(ROOT / "examples") if path.suffix == ".ttl"}
    assert len(expected) > 150
    assert sorted(expected - inside) == []


def test_the_wheel_holds_the_packages_and_no_more(wheel: Path) -> None:
    inside = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {name for name in inside if not name.endswith(".dist-info")} == set(PACKAGES)


def test_the_packages_come_from_the_wheel(installation: Installation) -> None:
    program = f"import {', '.join(PACKAGES)}; print(*({'.__file__, '.join(PACKAGES)}.__file__), sep='\\n')"

    done = installation.run("python", "-c", program)

    assert done.stderr == ""
    assert all(Path(line).is_relative_to(installation.environment) for line in done.stdout.splitlines())
    assert len(done.stdout.splitlines()) == len(PACKAGES)


def test_a_project_can_be_checked_from_the_wheel(installation: Installation) -> None:
    copy = installation.folder / "profile.ttl"
    copy.write_bytes(EXAMPLE.read_bytes())

    done = installation.run("koepel", "check", copy.name)

    copy.unlink()
    assert (done.returncode, done.stderr) == (0, "")
    assert "The Bridge" in done.stdout


def test_the_standards_are_there_in_the_wheel(installation: Installation) -> None:
    done = installation.run("koepel", "standards")

    assert (done.returncode, done.stderr) == (0, "")
    assert [token for token in load_library().standards if token not in done.stdout] == []


def test_the_commands_leave_nothing_behind(installation: Installation) -> None:
    installation.run("koepel", "standards")

    assert list(installation.folder.iterdir()) == []
