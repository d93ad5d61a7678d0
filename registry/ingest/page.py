"""Web pages that hold a description, in JSON-LD (JSON-LD 1.1 §7) or in RDFa (HTML+RDFa 1.1).

A page says much that is no description: where it stands in its site, what search engines and social media
shall show, who wrote the post. So it is read block by block. A block is one script with JSON-LD; everything
in RDFa together is one more. From each block is taken

1. what is said of a thing inside the space of the source in the words of Koepel's vocabulary,
2. what else the block says of that thing, and of what it points to inside the space or without a name,
3. the page's own word on which of these things it is about (foaf:primaryTopic).

The rest is left out, and a remark says how much. A block that is broken takes no other with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeGuard
from urllib.parse import urljoin

import pyoxigraph as ox

from registry.errors import InvalidDataError
from registry.formats import Format, base_media_type
from registry.ingest.context import inline_contexts
from registry.ingest.guard import locate
from registry.ingest.nesting import refuse_deep_nesting, refuse_deep_page
from registry.ingest.parse import NO_BASE, collect, parse
from registry.ingest.remark import Remark
from registry.ingest.space import is_inside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from registry.ingest.guard import Limits
    from registry.ingest.parse import Parsed

__all__ = ["WORDS", "read_page"]

WORDS: Final = "https://w3id.org/koepel/def#"
"""The vocabulary; `registry.vocabulary` would bring rdflib along."""
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MAIN_SUBJECT: Final = "http://xmlns.com/foaf/0.1/primaryTopic"
NOT_OURS: Final = re.compile(
    r"https?://(?:ogp\.me/|dev\.twitter\.com/|www\.w3\.org/(?:ns/rdfa#|1999/xhtml/))"
)
"""What a page says in RDFa to social media and to browsers, though of the same things."""
NO_PAGE: Final = "https://relative.invalid/"
"""Stands for the address of a page that has none while RDFa is read, which joins no other scheme."""
NEW_LINE: Final = re.compile(r"\r\n?")
MOST_BLOCKS: Final = 100

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass
class Page:
    """What was found in a page."""

    blocks: list[list[ox.Quad]] = field(default_factory=list)
    broken: list[tuple[str, InvalidDataError]] = field(default_factory=list)
    """Scripts that cannot be read, and why."""


def read_page(
    text: str, *, base: str | None, space: str | None, limits: Limits, whole: bool = False
) -> tuple[Parsed, list[Remark]]:
    """Take the description out of a web page, or say that there is none.

    The `whole` of what a page states is taken where it is asked for, as for a list of descriptions.

    >>> from registry.ingest.guard import Limits
    >>> page = '''<!DOCTYPE html><title>Samen</title><script type="application/ld+json">
    ... {"@id": "#project", "@type": "https://w3id.org/koepel/def#Project"}</script>'''
    >>> parsed, remarks = read_page(page, base="https://a.example/", space=None, limits=Limits())
    >>> len(parsed.dataset), remarks
    (1, [])
    """
    refuse_deep_page(text)
    page = _blocks(NEW_LINE.sub("\n", text), base, limits, whole=whole)
    if whole:
        return collect(chain.from_iterable(page.blocks), limits), [_broken(error) for _, error in page.broken]
    own = [_description(block, space) for block in page.blocks]
    # Where all of it lies elsewhere, the check of the space says so, as it does of any document.
    kept = own if any(own) else [_description(block, None) for block in page.blocks]
    if not any(kept):
        raise _why_none(page)
    left_out = sum(map(len, page.blocks)) - sum(map(len, kept))
    remarks = [_broken(error) for _, error in page.broken]
    return collect(chain.from_iterable(kept), limits), remarks + _left_out(left_out)


def _blocks(text: str, base: str | None, limits: Limits, *, whole: bool) -> Page:
    import html5lib  # here, because most documents are no pages

    tree = html5lib.parse(text, treebuilder="dom")
    base = _stated_base(tree, base)
    page = Page()
    for script in _scripts(text, tree)[:MOST_BLOCKS]:
        try:
            page.blocks.append(_json_ld(script, base, limits))
        except InvalidDataError as error:
            if error.code == "iri-relative":  # of no use to a reader of the page: it has no address yet
                raise
            page.broken.append((script, error))
    if whole or WORDS in text:
        page.blocks.append(list(_rdfa(tree, base)))
    return page


def _stated_base(tree: Any, address: str | None) -> str | None:
    """Say what relative IRIs are relative to: the page's own `<base>` counts for both syntaxes."""
    stated = next((one.getAttribute("href") for one in tree.getElementsByTagName("base")), "")
    found = urljoin(address or "", stated.strip()) if stated else address
    return found if found and found.startswith(("https://", "http://")) else address


def _scripts(text: str, tree: Any) -> list[str]:
    """Give each script with JSON-LD, moved to its own line and column, so that errors name its real place."""
    found, after = [], 0
    for element in tree.getElementsByTagName("script"):
        if base_media_type(element.getAttribute("type")) != Format.JSON_LD.media_type:
            continue
        script = "".join(part.data for part in element.childNodes)
        place = text.find(script, after) if script else -1
        after = max(after, place)
        line, column = locate(text, max(place, 0))
        found.append("\n" * (line - 1) + " " * (column - 1) + script)
    return found


def _json_ld(script: str, base: str | None, limits: Limits) -> list[ox.Quad]:
    refuse_deep_nesting(script, Format.JSON_LD, limits.depth)
    inlined = inline_contexts(script, most=limits.contexts)
    return list(parse(inlined, Format.JSON_LD, base=base, limits=limits, own_labels=True).dataset)


def _rdfa(tree: Any, base: str | None) -> Iterator[ox.Quad]:
    """Read RDFa; nothing is fetched, because no vocabulary is expanded (RDFa Core 1.1 §10)."""
    import rdflib
    from pyRdfa import Options, pyRdfa

    normalises, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        options = Options(embedded_rdf=False, space_preserve=True, vocab_expansion=False, check_lite=False)
        reader = pyRdfa(options, base=base or NO_PAGE, media_type="text/html")
        graph = reader.graph_from_DOM(tree, graph=rdflib.Graph(), pgraph=rdflib.Graph())
    finally:
        rdflib.NORMALIZE_LITERALS = normalises
    for subject, predicate, value in graph:
        if NOT_OURS.match(predicate):
            continue
        try:
            yield ox.Quad(_term(subject), _term(predicate), _term(value))
        except ValueError:  # a link that was never one, such as href="to be written"
            continue


def _term(term: Any) -> Any:
    import rdflib

    match term:
        case rdflib.URIRef():
            return ox.NamedNode(str(term).replace(NO_PAGE, NO_BASE))
        case rdflib.BNode():
            return ox.BlankNode(str(term))
        case rdflib.Literal(language=str(language)):
            return ox.Literal(str(term), language=language)
    datatype = term.datatype and ox.NamedNode(str(term.datatype))
    return ox.Literal(str(term), datatype=datatype)


def _description(block: list[ox.Quad], space: str | None) -> list[ox.Quad]:
    """Take what belongs to the description: what is said in Koepel's words, and what that leads to."""
    said: dict[Term, list[ox.Quad]] = defaultdict(list)
    for quad in block:
        if _may_describe(quad.subject, space):
            said[quad.subject].append(quad)
    begun = {node for node in said if isinstance(node, ox.NamedNode) and any(map(_is_ours, said[node]))}
    about = {node for node in said if any(_names_main_subject(quad, begun) for quad in said[node])}
    return [quad for node in _reached([*begun, *about], said) for quad in said[node]]


def _may_describe(subject: Term, space: str | None) -> bool:
    return space is None or isinstance(subject, ox.BlankNode) or is_inside(str(subject)[1:-1], space)


def _is_ours(quad: ox.Quad) -> bool:
    kind = quad.object.value if quad.predicate.value == RDF_TYPE and _is_named(quad.object) else ""
    return quad.predicate.value.startswith(WORDS) or kind.startswith(WORDS)


def _is_named(term: Term) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)


def _names_main_subject(quad: ox.Quad, begun: Collection[Term]) -> bool:
    return quad.predicate.value == MAIN_SUBJECT and quad.object in begun


def _reached(begun: Iterable[Term], said: Mapping[Term, list[ox.Quad]]) -> list[Term]:
    """Follow what things point to, each once."""
    seen = dict.fromkeys(begun)
    waiting = list(seen)
    while waiting:
        for quad in said[waiting.pop()]:
            if quad.object in said and quad.object not in seen:
                seen[quad.object] = None
                waiting.append(quad.object)
    return list(seen)


def _why_none(page: Page) -> InvalidDataError:
    """Say why nothing was found: nothing is there, or it is broken, or it has no name."""
    ours = next((error for script, error in page.broken if "koepel" in script), None)
    if ours:
        return ours
    if any(map(_is_ours, (quad for block in page.blocks for quad in block))):
        return InvalidDataError(
            "page-thing-unnamed",
            "This is a web page, and what it describes has no name. Give the project a name (IRI) on the "
            'site, such as "@id": "#project" in JSON-LD or about="#project" in RDFa.',
        )
    return InvalidDataError(
        "web-page",
        "This is a web page, and no description for the registry was found in it. Put one in as JSON-LD "
        "or RDFa, in the words of {words}. Or give the address of the Turtle or JSON-LD file itself, which "
        "usually ends in .ttl or .jsonld.",
        words=WORDS,
    )


def _broken(error: InvalidDataError) -> Remark:
    return Remark(
        "page-block-broken",
        "One of the scripts with JSON-LD in the page cannot be read and was left out: {reason}",
        {"reason": error.message},
    )


def _left_out(count: int) -> list[Remark]:
    remark = Remark(
        "page-parts-left-out",
        "The page states more than the description, such as for search engines. Those statements were left "
        "out: {count}.",
        {"count": count},
    )
    return [remark] if count else []
