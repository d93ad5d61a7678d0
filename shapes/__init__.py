"""The criteria library and the quality standards composed from it, as files.

Every folder beside `criteria` and `intensity` that holds Turtle with a
`koepel:QualityStandard` is a standard: adding a folder adds a standard.
"""

from pathlib import Path

__all__ = ["FOLDER", "shape_files"]

FOLDER = Path(__file__).parent
"""Where the Turtle files of criteria, intensity profiles and standards live."""


def shape_files(folder: Path = FOLDER) -> list[Path]:
    """List all Turtle files of the criteria library and of the standards.

    >>> any(path.parent.name == "criteria" for path in shape_files())
    True
    """
    return sorted(folder.glob("*/*.ttl"))
