"""The report as a page."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from registry.report import html
from registry.vocabulary import LANGUAGES
from tests.registry.sample import BRIDGE, COMPLETE, sample_view

STATEMENTS = "".join(f"<#s{n:02}> a koepel:Statement ." for n in range(17))
SHORT = f"{BRIDGE} dct:audience <#friends> ."
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Reads a page and holds what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and that it has to be closed."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag."""
        assert self.open.pop() == tag

    def headings(self) -> list[int]:
        """List the levels of the headings."""
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch(r"h[1-6]", tag)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_well_formed_and_says_its_language(language: str) -> None:
    page = Page(html.render([sample_view(SHORT, "profile", "gentle", language=language)]))

    assert page.open == []
    assert dict(page.tags)["html"] == {"lang": language}


def test_headings_descend_one_level_at_a_time() -> None:
    levels = Page(html.render([sample_view(SHORT, "profile", "gentle")])).headings()

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_a_page_needs_nothing_from_elsewhere() -> None:
    page = Page(html.render([sample_view(SHORT, "profile", "gentle")]))

    assert {"script", "link", "img", "iframe"}.isdisjoint(tag for tag, _ in page.tags)
    assert not any({"src", "href"} & set(attributes) for _, attributes in page.tags)


def test_every_table_says_what_it_shows_and_heads_its_columns_and_rows() -> None:
    page = Page(html.render([sample_view(SHORT, "profile", "gentle")]))
    tags = [tag for tag, _ in page.tags]

    assert tags.count("caption") == tags.count("table") == 2
    assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in page.tags if tag == "th")


def test_what_strangers_wrote_is_text_and_not_page() -> None:
    page = html.render(
        [sample_view('<#x> a koepel:Project ; dct:title "<script>alert(1)</script>" .', "gentle")]
    )

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_places_beyond_the_first_five_are_counted() -> None:
    page = html.render([sample_view(COMPLETE + STATEMENTS, "profile")])

    assert page.count("<li>statement s") == 5
    assert "<li>and 12 more</li>" in page


def test_a_page_holds_the_advice_and_the_lines_to_paste() -> None:
    page = html.render([sample_view(SHORT, "gentle", "strict", language="nl")])

    assert "Tel de uren op; minstens 2." in page
    assert "&lt;#bridge&gt;\n  koepel:mentorTrainingHours 2 ;\n." in page
    assert "Er is geen beschrijving." in page
