"""A label as a folder of files, with everything that is needed to check it where there is no network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from registry.errors import NotFoundError
from registry.label.badge.baking import bake_png, bake_svg
from registry.label.badge.picture import draw_png, draw_svg
from registry.label.check.reading import LARGEST
from registry.label.credential import description_address, standard_address
from registry.label.keys.did import did_address
from registry.label.status_list import LIST_BITS, PURPOSES, list_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from registry.certification.life.case import Case
    from registry.label.badge.picture import Words
    from registry.label.issuer import Issuer

__all__ = ["from_folder", "pack", "text_of"]

INDEX: Final = "addresses.json"
"""Tells which file stands for which address."""


def text_of(document: Mapping[str, Any]) -> str:
    """Write a document for people who look into it; the signature does not depend on how it is written."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def pack(issuer: Issuer, case: Case, words: Words) -> dict[str, bytes]:
    """Give the files of a label: the credential, the badges, and all that they name."""
    label, _ = issuer.issued(case)
    credential, badge = issuer.credential(case), json.dumps(issuer.open_badge(case), ensure_ascii=False)
    number = label.index // LIST_BITS + 1
    did = issuer.did_document(case.body)
    named = {
        did_address(did["id"]) or "": ("did.json", text_of(did).encode()),
        standard_address(label): ("standard.nt", issuer.rules(label)),
    }
    if label.digest:
        named[description_address(label)] = ("description.nq", issuer.description(label))
    for purpose in PURPOSES:
        listed = text_of(issuer.status_list(case.body, purpose, number)).encode()
        named[list_address(issuer.page_of(case.body), purpose, number)] = (f"{purpose}.json", listed)
    return {
        "label.json": text_of(credential).encode(),
        "open-badge.json": badge.encode(),
        "badge.svg": bake_svg(draw_svg(words), badge).encode(),
        "badge.png": bake_png(draw_png(words), badge),
        INDEX: text_of({address: name for address, (name, _) in named.items()}).encode(),
        **dict(named.values()),
    }


def from_folder(folder: Path) -> Callable[[str], bytes]:
    """Give what a label names from such a folder, and nothing from elsewhere."""
    try:
        known: dict[str, str] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        here = {address: folder / name for address, name in known.items() if name == (folder / name).name}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise NotFoundError(
            "folder-no-label",
            "The folder {folder} holds no label that was written with `koepel label export`.",
            folder=str(folder),
        ) from error

    def fetch(address: str) -> bytes:
        try:
            with here[address].open("rb") as file:
                return file.read(LARGEST)
        except (KeyError, OSError) as error:
            raise NotFoundError(
                "not-in-folder",
                "{address} is not among the files in {folder}.",
                address=address,
                folder=str(folder),
            ) from error

    return fetch
