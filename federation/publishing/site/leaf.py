"""One description with its place on the site: at which address it stands, and which files that asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from rdflib.namespace import DCTERMS

from federation.publishing.profile import document_of, initiatives
from registry.draft import DRAFT_SITE, own_address, read_draft
from registry.errors import InvalidDataError, KoepelError, NotAllowedError
from registry.formats import Format
from registry.ingest.document import read_document
from registry.ingest.space import default_space, is_inside, refuse_foreign_subjects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from registry.ingest.document import Document

__all__ = ["RESERVED", "Leaf", "base_of", "read_leaf", "read_own_leaf", "refuse_twice"]

RESERVED: Final = frozenset(
    {"catalogue.jsonld", "catalogue.ttl", "feed.trig", "index.html", "robots.txt", "sitemap.xml"}
)
"""Names that the site itself uses, or must never touch."""
STEP: Final = re.compile(r"[\w~-][\w.~-]*")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
PAGES: Final = (".html", ".htm")
DATA: Final = tuple(f".{one.extension}" for one in Format)


@dataclass(frozen=True)
class Leaf:
    """A description as it will stand on a site."""

    name: str
    """The file that it came from."""
    document: Document
    address: str
    site: str

    @property
    def path(self) -> str:
        """Where it lies below the address of the site."""
        return unquote(self.address.removeprefix(self.site)).rstrip("/")

    @property
    def page(self) -> str:
        """The file of its page, in its first language.

        >>> Leaf("", None, "https://b.example/a", "https://b.example/").page  # type: ignore[arg-type]
        'a/index.html'
        """
        if self.path.endswith(PAGES):
            return self.path
        if self.path.endswith(DATA):
            return self.path.rpartition(".")[0] + ".html"
        return f"{self.path}/index.html".lstrip("/")

    @property
    def turtle(self) -> str:
        """The file of its Turtle.

        >>> Leaf("", None, "https://b.example/a.html", "https://b.example/").turtle  # type: ignore[arg-type]
        'a.ttl'
        """
        if self.path.endswith(".ttl"):
            return self.path
        if self.path.endswith((*PAGES, *DATA)):
            return self.path.rpartition(".")[0] + ".ttl"
        return f"{self.path}/profile.ttl".lstrip("/")

    @property
    def modified(self) -> str:
        """The day on which the description was last changed, as it says itself."""
        days = (str(one) for one in self.document.graph.objects(None, DCTERMS.modified))
        return max((day for day in days if DAY.fullmatch(day)), default="")

    def page_in(self, language: str) -> str:
        """The file of its page in another language."""
        stem, _, ending = self.page.rpartition(".")
        return f"{stem}.{language}.{ending}"


def base_of(address: str) -> str:
    """Give the address of a site with one slash at its end.

    >>> base_of("https://buddy.example/projects")
    'https://buddy.example/projects/'
    """
    if not re.fullmatch(r"https?://[^\s/?#<>\"]+(?:/[^\s?#<>\"]*)?", address):
        raise InvalidDataError(
            "site-address",
            "{address} is not the address of a site. Give it such as https://www.example.org/buddies.",
            address=address,
        )
    return address.rstrip("/") + "/"


def read_leaf(data: bytes, name: str, site: str) -> Leaf:
    """Read a description that is to stand on a site.

    One that does not say where it will stand gets an address below that of the site, from its file name.
    """
    stem = re.sub(r"[^\w.~-]+", "-", name.rpartition(".")[0]).strip("-.") or "profile"
    try:
        document = read_document(data, media_type=_media_type(name), address=f"{site}{stem}", space=None)
        address = _plain(_address(document, site, stem), site)
        refuse_foreign_subjects(document.graph, site.rstrip("/"))
        return Leaf(name, document, address, site)
    except KoepelError as error:
        error.address = name
        raise _to_change(error, site) from error


def read_own_leaf(data: bytes, name: str) -> Leaf:
    """Read a description that says itself where it stands, whichever site that is."""
    document = read_draft(data, name)
    address = own_address(document.graph)
    if address is None or address.startswith(DRAFT_SITE):
        error = InvalidDataError(
            "description-without-address",
            "The description does not say at which address it stands. Add that as its first line, such as: "
            "@base <https://www.example.org/buddies> .",
        )
        error.address = name
        raise error
    return Leaf(name, document, address.partition("#")[0], base_of(default_space(address) or address))


def refuse_twice(leaves: Iterable[Leaf]) -> None:
    """Refuse two descriptions that would overwrite each other, or the site's own files."""
    seen: dict[str, str] = {}
    found = sorted(leaves, key=lambda one: one.name)
    for leaf in found:
        alone = len(found) == 1 and leaf.page == "index.html"
        for path in sorted({leaf.page, leaf.turtle}):
            if path in RESERVED and not alone:
                raise _site_needs(leaf, path)
            if path in seen:
                raise _taken(leaf, path, seen[path])
            seen[path] = leaf.name


def _site_needs(leaf: Leaf, path: str) -> NotAllowedError:
    return NotAllowedError(
        "place-of-site",
        "{file} would be written to {path}, which the site itself needs. Give it another address, in the "
        "line that begins with @base.",
        file=leaf.name,
        path=path,
    )


def _taken(leaf: Leaf, path: str, other: str) -> NotAllowedError:
    return NotAllowedError(
        "place-taken",
        "{file} and {other} would both be written to {path}. Give one of them another address, in the line "
        "that begins with @base.",
        file=leaf.name,
        path=path,
        other=other,
    )


def _media_type(name: str) -> str | None:
    found = Format.from_extension(name)
    return found.media_type if found else None


def _address(document: Document, site: str, stem: str) -> str:
    about = initiatives(document.graph)
    return document_of(document.graph, str(about[0]).partition("#")[0] if about else site + stem)


def _plain(address: str, site: str) -> str:
    """Refuse an address that makes no file on every web space: with a query, hidden, or leading elsewhere."""
    if address.rstrip("/") == site.rstrip("/"):
        return site
    steps = unquote(address.removeprefix(site)).rstrip("/").split("/")
    if not is_inside(address, site.rstrip("/")):
        raise _outside(address, site)
    if not all(STEP.fullmatch(one) for one in steps):
        raise InvalidDataError(
            "address-no-file",
            "The description gives itself the address {address}, which cannot be a file on every web space. "
            "Use letters, figures and hyphens in the line that begins with @base.",
            address=address,
        )
    return address


def _outside(address: str, site: str) -> NotAllowedError:
    return NotAllowedError(
        "address-outside-site",
        "The description gives itself the address {address}, which does not lie under {site}. Change the "
        "line that begins with @base, or give the address of the site with --address.",
        address=address,
        site=site,
    )


def _to_change(error: KoepelError, site: str) -> KoepelError:
    """Say of things that lie elsewhere what to change before they are published here."""
    if error.code != "outside-space":
        return error
    changed = NotAllowedError(
        "names-outside-site",
        "The description describes things that do not lie under {site}: {iris}. Change the line that begins "
        "with @base, or give the address of the site with --address.",
        site=site,
        iris=str(error.params["iris"]),
    )
    changed.address = error.address
    return changed
