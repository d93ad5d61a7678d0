"""Web pages: what they say about the project is taken, and the rest of what they say is not."""

import json

import pytest

from registry.draft import read_draft
from registry.errors import InvalidDataError, NotAllowedError
from registry.ingest.document import Document
from registry.ingest.guard import Limits
from registry.ingest.page import WORDS, read_page
from registry.vocabulary import KOEPEL
from tests.registry.ingest.publishing import publish, refusal

HTML = "text/html; charset=utf-8"
CONTEXT = {"koepel": WORDS, "foaf": "http://xmlns.com/foaf/0.1/", "@vocab": "http://schema.org/"}
PROJECT = {
    "@context": CONTEXT,
    "@id": "#project",
    "@type": "koepel:Project",
    "name": "Samen",
    "publisher": {"@id": "#us", "name": "Wij"},
    "location": {"address": {"addressLocality": "Gent"}},
}
# What a plug-in for search engines writes into every page of a site, about things on that same site.
FURNITURE = {
    "@context": "https://schema.org",
    "@graph": [
        {"@id": "/#website", "@type": "WebSite", "publisher": {"@id": "/#author"}},
        {"@id": "/#author", "@type": "Person", "name": "A fictitious author", "email": "a@gmail.com"},
        {"@id": "/profile", "@type": "WebPage", "about": {"@id": "#project"}},
        {"@type": "BreadcrumbList", "itemListElement": {"@type": "ListItem", "item": "/profile"}},
    ],
}
SOCIAL = '<meta property="og:title" content="Samen"><meta name="twitter:card" content="summary">'
RDFA = """<div prefix="koepel: https://w3id.org/koepel/def#" vocab="http://schema.org/" lang="nl">
<div about="#project" typeof="koepel:Project"><h1 property="name">Samen &amp; <b>thuis</b></h1>
<a rel="publisher" href="#us">wij</a><span property="koepel:minimumMonths" datatype="xsd:integer"
content="012"></span>
</div><a about="#us" property="url" href="https://other.example/">elders</a></div>"""


def script(*blocks: object) -> str:
    """Write blocks of JSON-LD as they stand in a page; text is taken as it is."""
    texts = (block if isinstance(block, str) else json.dumps(block, indent=1) for block in blocks)
    return "".join(f'\n<script type="application/ld+json">\n{text}\n</script>' for text in texts)


def page(*parts: str) -> str:
    """Write a web page of these parts."""
    body = "".join(parts)
    head = f"<title>Samen</title>{SOCIAL}"
    return f"<!DOCTYPE html>\n<html lang='nl'><head>{head}</head><body>{body}</body></html>"


def subjects(document: Document) -> set[str]:
    """List the named things that a document describes, without the site."""
    return {
        str(one).removeprefix("https://buddy.example")
        for one in document.graph.subjects()
        if "://" in str(one)
    }


def codes(document: Document) -> list[str]:
    """List what was remarked."""
    return [remark.code for remark in document.remarks]


def test_a_description_in_json_ld_is_taken_with_all_that_it_leads_to() -> None:
    document = publish(page(script(PROJECT)), HTML)

    assert (document.format, document.media_type) == (None, "text/html")
    assert subjects(document) == {"/profile#project", "/profile#us"}
    assert b'"Gent"' in document.canonical


def test_the_words_are_those_of_the_vocabulary() -> None:
    assert str(KOEPEL) == WORDS


def test_the_same_description_has_the_same_hash_in_a_page_and_in_a_file() -> None:
    alone = publish(json.dumps(PROJECT), "application/ld+json")

    assert publish(page(script(PROJECT)), HTML).digest == alone.digest


def test_what_a_page_says_to_search_engines_is_left_out_with_a_remark() -> None:
    document = publish(page(script(FURNITURE, PROJECT)), HTML)

    assert document.digest == publish(page(script(PROJECT)), HTML).digest
    assert codes(document) == ["page-parts-left-out"]
    assert "left out: 11" in document.remarks[0].message


def test_what_lies_outside_the_space_is_left_out_though_it_is_said_in_our_words() -> None:
    foreign = {
        **PROJECT,
        "@id": "https://evil.example/#project",
        "publisher": {"@id": "https://evil.example/"},
    }

    document = publish(page(script(PROJECT, foreign)), HTML)

    assert b"evil" not in document.canonical
    assert codes(document) == ["page-parts-left-out"]


def test_a_page_that_describes_only_what_lies_elsewhere_is_refused_with_its_name() -> None:
    error = refusal(page(script({**PROJECT, "@id": "https://evil.example/#project"})), HTML)

    assert isinstance(error, NotAllowedError)
    assert error.code == "outside-space"
    assert "https://evil.example/#project" in error.message


def test_the_page_may_say_which_thing_it_is_about() -> None:
    about = {"@context": CONTEXT, "@graph": [{"@id": "", "foaf:primaryTopic": {"@id": "#project"}}, PROJECT]}

    assert "/profile" in subjects(publish(page(script(about)), HTML))


def test_rdfa_is_read_with_language_and_figures_as_they_are_written() -> None:
    document = publish(page(RDFA), HTML)

    assert b'"Samen & thuis"@nl' in document.canonical
    assert b'"012"^^<http://www.w3.org/2001/XMLSchema#integer>' in document.canonical
    assert subjects(document) == {"/profile#project", "/profile#us"}
    assert b"ogp.me" not in document.canonical


def test_json_ld_and_rdfa_in_one_page_are_one_description() -> None:
    document = publish(page(RDFA, script(PROJECT)), HTML)

    assert b'"Samen"' in document.canonical
    assert b'"012"' in document.canonical


@pytest.mark.parametrize("body", [SOCIAL, script(FURNITURE), '<p property="og:title">Samen</p>'])
def test_a_page_that_speaks_to_others_only_holds_no_description(body: str) -> None:
    assert refusal(page(body), HTML).code == "web-page"


def test_a_broken_script_takes_no_other_with_it_and_is_told_with_its_place() -> None:
    document = publish(page(script('{"@id": "#project",, }', PROJECT)), HTML)

    assert document.digest == publish(page(script(PROJECT)), HTML).digest
    assert codes(document) == ["page-block-broken"]
    assert "Line 4, column 20: this is not valid JSON-LD" in document.remarks[0].message


def test_a_broken_script_that_would_have_been_the_description_is_told_with_its_line_in_the_page() -> None:
    text = page(
        "\r\n\r\n", script(f'{{"@context": {{"koepel": "{WORDS}"}},\n "@id": "#project"\n "name": 1}}')
    )

    error = refusal(text, HTML)

    assert (error.code, error.line) == ("syntax-broken", 8)


def test_a_context_from_elsewhere_is_not_loaded_and_only_its_script_is_lost() -> None:
    document = publish(page(script({**PROJECT, "@context": "https://evil.example/context"}, PROJECT)), HTML)

    assert codes(document) == ["page-block-broken"]
    assert "contexts are never loaded from elsewhere" in document.remarks[0].message


def test_things_without_a_name_in_two_scripts_are_two_things() -> None:
    one, two = ({**PROJECT, "location": {"@id": "_:b0", "name": name}} for name in ("Gent", "Brugge"))

    document = publish(page(script(one, two)), HTML)

    assert document.canonical.count(b"schema.org/location> _:") == 2


def test_a_project_without_a_name_is_refused_with_how_to_give_one() -> None:
    error = refusal(page(script({name: value for name, value in PROJECT.items() if name != "@id"})), HTML)

    assert error.code == "page-thing-unnamed"
    assert '"@id": "#project"' in error.message


def test_the_base_of_the_page_counts_for_both_syntaxes() -> None:
    text = page(script(PROJECT), RDFA).replace("<title>", '<base href="/elders/"><title>')

    assert subjects(publish(text, HTML)) == {"/elders/#project", "/elders/#us"}


def test_a_page_on_a_disk_says_that_it_has_no_address_yet() -> None:
    assert refusal(page(script(PROJECT)), None, address="page.html").code == "iri-relative"
    assert refusal(page(RDFA), None, address="page.html").code == "iri-relative"


def test_a_page_on_a_disk_is_read_as_a_draft() -> None:
    draft = read_draft(page(script(FURNITURE, PROJECT)).encode(), "page.html")

    assert subjects(draft) == {
        "https://draft.invalid/page.html#project",
        "https://draft.invalid/page.html#us",
    }
    assert codes(draft) == ["page-parts-left-out", "draft-without-address"]


def test_a_page_that_is_nested_without_end_is_refused_with_the_line() -> None:
    error = refusal(page("<div>" * 100_000, RDFA), HTML)

    assert error.code == "page-nested-too-deeply"
    assert "Line 2: the web page is nested more than 200 levels" in error.message


def test_boxes_in_boxes_as_page_builders_make_them_are_read() -> None:
    assert publish(page("<div><p>" * 190, "<li>" * 3_000, RDFA), HTML).canonical


@pytest.mark.parametrize(
    "hostile", ["<b><p>" * 30_000, "<table><i>" * 20_000, '<p about="' * 50_000, "</p><b>" * 9_000]
)
def test_a_page_made_to_keep_the_reader_busy_is_stopped(hostile: str) -> None:
    with pytest.raises(InvalidDataError) as stopped:
        publish(page(hostile, RDFA), HTML, limits=Limits(seconds=2))

    assert stopped.value.code in {"page-nested-too-deeply", "reading-stopped", "web-page"}


def test_text_in_rdf_inside_a_script_or_a_frame_is_not_loaded() -> None:
    inside = '<script type="text/turtle"><#evil> a <https://w3id.org/koepel/def#Project> .</script>'

    assert subjects(publish(page(inside, RDFA), HTML)) == {"/profile#project", "/profile#us"}


def test_a_limit_counts_what_is_taken_from_all_blocks_together() -> None:
    limits = Limits(statements=8)
    blocks = [{**PROJECT, "name": f"Samen {number}"} for number in range(9)]

    with pytest.raises(InvalidDataError, match="more than 8 statements"):
        read_page(page(script(*blocks)), base="https://buddy.example/", space=None, limits=limits)
