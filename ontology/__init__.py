"""Finds the files of the vocabulary: modules, code lists, alignments and labels per language.

Each function answers with paths, sorted by name, so that two readings of the folder agree:

>>> [path.stem for path in module_files()][:3]
['actor', 'admission', 'certification']
>>> [path.name for path in label_files("nl")]
['codes.ttl', 'terms.ttl']
"""

from importlib.resources import files
from pathlib import Path

__all__ = ["alignment_files", "codelist_files", "label_files", "module_files"]


def module_files() -> tuple[Path, ...]:
    """Give the files that define the terms, with English labels and definitions inside."""
    return _turtle_files()


def codelist_files() -> tuple[Path, ...]:
    """Give the files that hold the choices, such as target groups; one list a file."""
    return _turtle_files("codelists")


def alignment_files() -> tuple[Path, ...]:
    """Give the files that say how the terms relate to other vocabularies; one vocabulary a file."""
    return _turtle_files("alignments")


def label_files(language: str) -> tuple[Path, ...]:
    """Give the files with labels in one language beyond English; none for a language without labels.

    >>> label_files("tlh")
    ()
    """
    return _turtle_files("labels", language)


def _turtle_files(*folders: str) -> tuple[Path, ...]:
    folder = Path(str(files(__name__))).joinpath(*folders)
    return tuple(sorted(folder.glob("*.ttl")))
