"""What changed lately, in six languages: as words, and as a feed that others can read."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from federation.feed.atom import write_atom
from federation.feed.news import News, tell_news
from federation.feed.stream import Stream
from registry.graph.embedded import EmbeddedStore
from registry.home import Home
from registry.ledger import Ledger
from registry.reading.catalogue import Catalogue
from registry.vocabulary import LANGUAGES
from tests.federation.feed.history import FIRST, FOREIGN, REASON, SECOND, make_home, publish

ADDRESS = "https://koepel.example"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PROJECT = f"""
<{FIRST}#project> a <https://w3id.org/koepel/def#Project> ;
  <http://purl.org/dc/terms/title> "Fictitious project & friends"@en, "Fictief project & vrienden"@nl .
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A registry with a small history."""
    return make_home(tmp_path)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """What readers find: one project."""
    store = EmbeddedStore.in_memory()
    store.load(PROJECT.encode(), graph=FIRST)
    return Catalogue.read(store)


def told(ledger: Ledger, catalogue: Catalogue, language: str = "en") -> list[tuple[str, str, str]]:
    """Tell the news: sentence, reason and address."""
    news = tell_news(ledger.latest_changes(50), catalogue, language)
    return [(one.sentence, one.reason, one.path) for one in news]


def test_what_happened_is_told_with_the_name_and_the_page_of_a_project(
    home: Home, catalogue: Catalogue
) -> None:
    page, name = (
        "/en/projects/iri/https%3A%2F%2Fbuddy.example%2Ffirst%23project",
        "Fictitious project & friends",
    )

    sentences = told(home.ledger, catalogue)
    assert (f"{name}: new", "", page) in sentences
    assert (f"{name}: changed", "", page) in sentences


def test_what_went_away_is_told_with_its_reason_and_leads_to_its_status(
    home: Home, catalogue: Catalogue
) -> None:
    sentences = {sentence: (reason, path) for sentence, reason, path in told(home.ledger, catalogue)}

    assert sentences["second: withdrawn by its publisher"][0] == REASON
    assert sentences["foreign: removed by this register"][1].startswith("/en/sources/status?source=")


def test_what_comes_back_is_not_told_as_new(home: Home, catalogue: Catalogue) -> None:
    publish(home.ledger, SECOND, "Two, back again")

    assert told(home.ledger, catalogue)[0][0] == "second: back again"


def test_what_was_erased_is_no_longer_named(home: Home, catalogue: Catalogue) -> None:
    home.ledger.erase(FOREIGN, "They asked for it.", "operator")

    sentences = told(home.ledger, catalogue)
    assert sentences[0] == ("A description was erased, as the law gives a right to", "", "")
    assert not any("foreign" in " ".join(one) for one in sentences)


def feed(ledger: Ledger, catalogue: Catalogue, language: str) -> Any:
    """Write the feed, and read it with a reader that others wrote."""
    stream = Stream(ADDRESS, ledger.lineage, 4, "Fictitious registry")
    news = tell_news(ledger.latest_changes(50), catalogue, language)
    return feedparser.parse(write_atom(stream, news, language, LONG_AGO))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_reader_understands_the_feed(home: Home, catalogue: Catalogue, language: str) -> None:
    found = feed(home.ledger, catalogue, language)

    assert (found.bozo, found.version) == (False, "atom10")
    assert found.feed.id == f"{ADDRESS}/atom?language={language}"
    assert found.feed.author == "Fictitious registry"
    assert found.feed.updated == found.entries[0].updated
    assert len({one.id for one in found.entries}) == len(found.entries) == 6
    assert all(one.title and one.updated and one.link.startswith(ADDRESS) for one in found.entries)


def test_an_entry_keeps_its_identifier_whatever_happens_later(home: Home, catalogue: Catalogue) -> None:
    before = {one.id: one.title for one in feed(home.ledger, catalogue, "en").entries}
    publish(home.ledger, FIRST, "Once more")
    after = {one.id: one.title for one in feed(home.ledger, catalogue, "en").entries}

    assert before.items() < after.items()


def test_what_a_stranger_wrote_is_text_in_the_feed(home: Home, catalogue: Catalogue) -> None:
    stream = Stream(ADDRESS, home.ledger.lineage, 4)
    news = tell_news(home.ledger.latest_changes(50), catalogue, "nl")

    assert b"<title>Fictief project &amp; vrienden: " in write_atom(stream, news, "nl", LONG_AGO)


def test_a_feed_without_changes_is_valid_too(tmp_path: Path, catalogue: Catalogue) -> None:
    found = feed(Home(tmp_path / "empty").ledger, catalogue, "en")

    assert (found.bozo, found.entries) == (False, [])
    assert found.feed.updated == LONG_AGO.isoformat()


@pytest.mark.parametrize("hidden", ["\x01", "\x0b", "\ufffe"])
def test_a_name_with_a_character_that_xml_does_not_know_spoils_the_feed_for_nobody(hidden: str) -> None:
    news = News(1, LONG_AGO, f"One{hidden}: new", "", "")

    written = write_atom(Stream(ADDRESS, "3f2a9c1d", 4, "Fictitious"), [news], "en", LONG_AGO)

    assert feedparser.parse(written).bozo is False
    assert "One\ufffd: new" in written.decode()
