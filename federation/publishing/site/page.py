"""The pages of a site: readable without a script, on a telephone, to a screen reader, and by programs.

Every name and text comes from a file that somebody wrote, so everything is escaped, and the description
inside the page cannot end its own script element.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from federation.publishing.profile import initiatives
from federation.publishing.site.fact import Thing, languages_of, things
from federation.publishing.writing.jsonld import embed, write_json_ld
from registry.language import Language
from registry.translation import Translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from federation.publishing.site.leaf import Leaf

__all__ = ["index_page", "leaf_languages", "leaf_pages"]

TEMPLATES: Final = Path(__file__).parent / "templates"


def leaf_languages(leaf: Leaf, language: str) -> tuple[str, ...]:
    """List the languages in which a description has a page: the site's own first, where it speaks it."""
    about = initiatives(leaf.document.graph)
    found = languages_of(leaf.document.graph, about[0]) if about else ()
    return tuple(sorted(found, key=lambda one: one != language)) or (language,)


def leaf_pages(leaf: Leaf, language: str, tokens: Sequence[str] = ()) -> dict[str, str]:
    """Write the pages of one description, one for each of its languages, by file name."""
    spoken = leaf_languages(leaf, language)
    files = {one: leaf.page if one == spoken[0] else leaf.page_in(one) for one in spoken}
    data = Markup(embed(write_json_ld(leaf.document.graph, leaf.address)))  # noqa: S704 - `embed` made it safe
    return {
        files[one]: _environment(one)
        .get_template("leaf.html")
        .render(
            things=things(leaf.document.graph, leaf.address, one),
            address=leaf.address,
            data=data,
            tokens=tokens,
            up=_up(files[one]),
            file=files[one],
            turtle=leaf.turtle.rpartition("/")[2],
            alternates={
                other: (
                    leaf.address if other == spoken[0] else leaf.site + files[other],
                    files[other].rpartition("/")[2],
                )
                for other in spoken
            },
        )
        for one in spoken
    }


def index_page(leaves: Sequence[Leaf], site: str, language: str, title: str, tokens: Sequence[str]) -> str:
    """Write the page that lists the descriptions of a site."""
    entries = [(leaf.page, _main(leaf, language)) for leaf in leaves]
    return (
        _environment(language)
        .get_template("index.html")
        .render(entries=entries, address=site, title=title, tokens=tokens, up="")
    )


def _main(leaf: Leaf, language: str) -> Thing:
    return things(leaf.document.graph, leaf.address, language)[0]


def _up(file: str) -> str:
    """Lead from a page back to the start of the site."""
    return "../" * file.count("/")


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,  # every name and text comes from a file that anybody may have written
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "_": Translator("web", language),
        "language": language,
        "own_name": lambda one: Language(one).own_name,
    }
    return environment
