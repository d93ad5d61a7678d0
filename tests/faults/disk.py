"""A small disk that can be filled to the last byte, or closed for writing, without harm to anything else."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Disk", "can_mount", "mounted"]

BLOCK = 4096


@dataclass(frozen=True)
class Disk:
    """A disk in memory (tmpfs) at a folder."""

    folder: Path

    def fill(self, *, leave: int = 0) -> None:
        """Fill it, but for so many bytes."""
        with self._ballast.open("wb") as file:
            if (size := shutil.disk_usage(self.folder).free - leave) > 0:
                os.posix_fallocate(file.fileno(), 0, size // BLOCK * BLOCK)

    def make_room(self) -> None:
        """Take away what fills it."""
        self._ballast.unlink()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Allow nobody to write to it, not even the superuser, for as long as the block runs."""
        _run("mount", "-o", "remount,ro", str(self.folder))
        try:
            yield
        finally:
            _run("mount", "-o", "remount,rw", str(self.folder))

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[Disk]:
    """Mount a disk at a folder while the block runs; whatever happens in the block, it is gone afterwards."""
    folder.mkdir(parents=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(folder))
    try:
        yield Disk(folder)
    finally:
        _run("umount", "--lazy", str(folder))
        folder.rmdir()


def can_mount(folder: Path) -> bool:
    """Tell whether this process may mount a disk."""
    try:
        with mounted(folder, 1):
            return True
    except (OSError, subprocess.CalledProcessError):
        folder.rmdir()
        return False


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - the program `mount`
