"""Every page in six languages: it is there, it is translated, and it leads nowhere that nobody checked."""

import re
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient

from registry.translation import CATALOGUES
from registry.vocabulary import ENGLISH, LANGUAGES

PAGES = (
    "",
    "projects",
    "projects?country=BEL&trajectory=buddy&sort=changed",
    "projects?q=nothing-has-this-name&country=NLD",
    "projects/germany/impulspatenschaften/project",
    "projects/fictitious/complete-project/project",
    "projects/flanders/gent/pilot",
    "programmes",
    "programmes/germany/menschen-staerken-menschen/programme",
    "programmes/catalonia/pcr-mentoring/programme",
    "organisations",
    "organisations?type=ministry&page=1",
    "organisations/germany/bmfsfj/organisation",
    "organisations/germany/menschen-staerken-menschen/carriers",
    "comparison",
    "comparison/2.1",
    "comparison/5.1",
    "standards",
    "standards/cms",
    "standards/criteria",
    "crosswalk/cms/pcr",
    "vocabulary",
    "def/Programme",
    "def/actor",
    "def/admission",
    "code/task",
    "code/task/fund",
    "sources",
    "sparql",
    "sparql?query=ASK%20%7B%7D",
    "sparql?query=nonsense",
    "no-such-page",
)
STATUS = {"no-such-page": 404, "sparql?query=nonsense": 400}
HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """What is on a page: texts with their language, and the attributes of every element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._languages: list[str] = [""]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and the language inside it."""
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self._languages.append(attributes.get("lang") or self._languages[-1])

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in VOID:
            self._languages.pop()

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if data.strip():
            self.texts.append((self._languages[-1], " ".join(data.split())))

    def addresses(self) -> list[tuple[str, str, dict[str, str | None]]]:
        """List all addresses that the page makes a browser call or offers to a reader."""
        names = ("href", "src", "action", "srcset", "formaction", "poster", "data")
        return [
            (tag, str(attributes[name]), attributes)
            for tag, attributes in self.elements
            for name in names
            if name in attributes
        ]


def english_sentences(language: str) -> set[str]:
    """List what is said in English where this language says something else."""
    with (CATALOGUES / "web" / f"{language}.po").open("rb") as file:
        pairs = [(str(one.id), str(one.string)) for one in read_po(file) if one.id]
    return {sentence for sentence, said in pairs if sentence != said}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_there_in_every_language_and_says_so(client: TestClient, language: str, page: str) -> None:
    response = client.get(f"/{language}/{page}", headers=HTML)

    assert response.status_code == STATUS.get(page, 200)
    assert response.headers["content-language"] == language
    assert f'<html lang="{language}">' in response.text
    assert response.text.count("<h1") == 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != ENGLISH])
def test_no_sentence_is_left_in_english(client: TestClient, language: str, page: str) -> None:
    texts = Page(client.get(f"/{language}/{page}", headers=HTML).text).texts

    english = english_sentences(language)
    assert [text for tag, text in texts if tag == language and text in english] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_calls_no_other_server_and_marks_links_to_them(client: TestClient, page: str) -> None:
    addresses = Page(client.get(f"/en/{page}", headers=HTML).text).addresses()

    outside = [one for one in addresses if not re.match(r"/(?!/)|#|$", one[1])]
    assert {tag for tag, _, _ in outside} <= {"a"}
    assert {attributes.get("rel") for _, _, attributes in outside} <= {"nofollow noopener noreferrer"}
    assert [address for _, address, _ in outside if not re.match(r"https?://|mailto:", address)] == []
    assert [tag for tag, address, _ in addresses if not address] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_holds_no_script_and_no_style_of_its_own(client: TestClient, page: str) -> None:
    elements = Page(client.get(f"/en/{page}", headers=HTML).text).elements

    assert {tag for tag, _ in elements} & {"script", "style", "iframe", "object", "embed", "base"} == set()
    assert [name for _, found in elements for name in found if name.startswith("on") or name == "style"] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_part_of_a_page_can_be_pointed_to_once(client: TestClient, page: str) -> None:
    elements = Page(client.get(f"/en/{page}", headers=HTML).text).elements

    ids = [found["id"] for _, found in elements if "id" in found]
    assert len(ids) == len(set(ids))
    named = {name for _, found in elements for name in (found.get("aria-labelledby") or "").split()}
    inside = {str(found["href"])[1:] for tag, found in elements if str(found.get("href", "")).startswith("#")}
    assert (named | inside) - set(ids) == set()


@pytest.mark.parametrize("page", [page for page in PAGES if page not in STATUS])
def test_a_link_within_the_site_leads_somewhere(client: TestClient, page: str) -> None:
    addresses = Page(client.get(f"/en/{page}", headers=HTML).text).addresses()

    inside = {address for tag, address, _ in addresses if tag in {"a", "link", "img"} and address[0] == "/"}
    elsewhere = ("/sparql.", "/en/sources/status")  # answered by queries, and by a ledger that is not here
    sample = sorted(address for address in inside if not address.startswith(elsewhere))[::7]
    assert [
        one for one in sample if client.get(one, headers=HTML).status_code not in {200, 303, 307, 308}
    ] == []


def test_the_same_page_is_linked_in_the_other_languages(client: TestClient) -> None:
    page = Page(client.get("/de/projects?country=NLD", headers=HTML).text)

    links = [found for tag, found in page.elements if tag == "link" and found.get("rel") == "alternate"]
    assert {(one["hreflang"], one["href"]) for one in links} == {
        (language, f"/{language}/projects?country=NLD") for language in LANGUAGES
    }


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [("nl-BE,nl;q=0.9", "nl"), ("sv, ca;q=0.5, es;q=0.7", "es"), ("sv", "en"), ("*", "en"), ("", "en")],
)
def test_the_front_door_leads_to_the_readers_language(client: TestClient, accepted: str, chosen: str) -> None:
    response = client.get("/", headers={"accept-language": accepted})

    assert (response.status_code, response.headers["location"]) == (307, f"/{chosen}/")
    assert response.headers["vary"] == "accept-language"
