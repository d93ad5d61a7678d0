"""The folder of a site: it is written beside the former one, and takes its place in one step.

What is not ours stays: `.koepel-files` lists what we wrote, and nothing else is ever written over or removed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry.errors import NotAllowedError
from registry.storage import explained

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LIST", "read_site", "write_site"]

LIST: Final = ".koepel-files"


def read_site(folder: Path) -> dict[str, bytes]:
    """Read what we wrote into a folder before; nothing of an empty or a new one."""
    with explained(folder):
        return {name: (folder / name).read_bytes() for name in _ours(folder) if (folder / name).is_file()}


def write_site(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a site in the place of the former one, whole or not at all.

    Files of others are kept, as links to the same bytes where the disk can do that.
    Raises `NotAllowedError` where one of them stands in the way, or a link does, which could lead out of the
    site, and `StorageError` where the disk is full or may not be written.
    """
    target = folder.resolve()
    with explained(target.parent):
        _refuse_foreign(target, files)
        _replace(target, files)


def _replace(target: Path, files: Mapping[str, bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        fresh = beside / "new"
        _keep_others(target, fresh)
        for name, data in files.items():
            _write(fresh / name, data)
        _write(fresh / LIST, "".join(f"{name}\n" for name in sorted(files)).encode())
        _swap(target, fresh, beside / "former")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _ours(folder: Path) -> list[str]:
    """List what we wrote; a line that would lead out of the folder was not written by us."""
    path = folder / LIST
    names = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    return [one for one in names if one and ".." not in Path(one).parts and not Path(one).is_absolute()]


def _refuse_foreign(folder: Path, files: Mapping[str, bytes]) -> None:
    ours = set(_ours(folder))
    for name in files:
        ways = (folder / one for one in Path(name).parents[:-1])
        blocked = [way for way in ways if way.is_symlink() or (way.exists() and not way.is_dir())]
        path = folder / name if not blocked else blocked[0]
        if blocked or (os.path.lexists(path) and name not in ours):
            raise NotAllowedError(
                "file-of-others",
                "{file} is there already and was not written by this command, so nothing was changed. Move "
                "it away, or choose another folder with --to.",
                file=str(path),
            )


def _keep_others(folder: Path, fresh: Path) -> None:
    """Make the new folder out of what is not ours in the old one; empty folders of ours go."""
    if not folder.is_dir():
        fresh.mkdir(mode=0o755)
        return
    ours = {folder / name for name in (*_ours(folder), LIST)}
    shutil.copytree(
        folder,
        fresh,
        symlinks=True,
        ignore=lambda path, names: {name for name in names if Path(path, name) in ours},
        copy_function=_link,
    )
    for name in sorted(
        {Path(one).parent for one in _ours(folder)}, key=lambda one: len(one.parts), reverse=True
    ):
        place = fresh / name
        if place != fresh and place.is_dir() and not any(place.iterdir()):
            place.rmdir()


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk below the folder, or one that knows no links
        shutil.copy2(source, target, follow_symlinks=False)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _swap(target: Path, fresh: Path, former: Path) -> None:
    """Give the new folder the name of the old one, or the old one its name back."""
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(former)
    try:
        fresh.rename(target)
    except BaseException:
        former.rename(target)
        raise
