"""The status pages in a real browser: without scripts, by keyboard, on a small screen, to a screen reader."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from federation.notebook import Notebook
from federation.notice.consent import Consent, Wish
from federation.notice.notify import tray_of
from federation.notice.tray import Tray
from registry.ledger import Happening
from registry.settings import Settings
from registry.web.app import create_app
from tests.federation.description import text
from tests.federation.notice.ledger import NOON, SOURCE, Registry, make
from tests.registry.web.server import served
from tests.registry.web.test_browser import AXE, FLAGS, RUN_AXE

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.slow]

PAGES = (
    f"/en/sources/status?source={SOURCE}",
    "/en/sources/status?source=https://buddy.example/waiting",
    "/en/sources/status",
    "/en/sources/status?stage=rejected",
    "/en/sources/status?source=https://buddy.example/unknown",
    "/en/mail?token=TOKEN",
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry with a source that has a report, and one that waits."""
    registry = make(tmp_path_factory.mktemp("registry"), "https://buddy.example/waiting")
    registry.source = SOURCE
    registry.register()
    registry.decide(Happening.ACCEPTED)
    registry.decide(Happening.REJECTED, text(title="Two", more=""), "It does not say for whom it is.")
    registry.note(visited=NOON, answered=NOON, due=NOON + timedelta(days=10_000))
    yield registry
    registry.home.ledger.close()


@pytest.fixture(scope="module")
def address(registry: Registry) -> Iterator[str]:
    """The site."""
    with served(create_app(registry.home, Settings(home=registry.home.folder, query_workers=1))) as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Chromium, which sends nothing about itself anywhere."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def token(registry: Registry) -> str:
    """The signed part of a link to confirm."""
    with Tray(tray_of(registry.home)) as tray:
        return Consent(tray).link(Wish.CONFIRM, "info@buddy.example", NOON + timedelta(days=10_000))


def visit(browser: Browser, url: str, **options: object) -> Page:
    """Open a page in a context of its own."""
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]  # passed on as they are
    page.goto(url)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_keeps_anybody_out(
    browser: Browser, address: str, token: str, path: str, scheme: str
) -> None:
    page = visit(browser, address + path.replace("TOKEN", token), color_scheme=scheme)
    page.evaluate(AXE)

    assert page.evaluate(RUN_AXE) == []
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_small_screen_scrolls_in_one_direction_only(
    browser: Browser, address: str, token: str, path: str
) -> None:
    page = visit(browser, address + path.replace("TOKEN", token), viewport={"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_a_source_is_found_in_the_list_without_scripts_and_by_keyboard(
    browser: Browser, address: str
) -> None:
    page = visit(browser, f"{address}/en/sources/status", java_script_enabled=False)
    page.get_by_label("Address of a description").focus()
    page.keyboard.type(SOURCE)
    page.keyboard.press("Enter")

    page.wait_for_url("**source=https**")
    assert page.get_by_role("heading", level=1).inner_text() == "Fictitious project Two"
    page.context.close()


def test_a_coordinator_says_with_one_button_that_something_changed(
    browser: Browser, address: str, registry: Registry
) -> None:
    page = visit(browser, f"{address}/en/sources/status?source={SOURCE}", java_script_enabled=False)
    page.get_by_role("button", name="It has changed: please read it again").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**told=true")
    assert page.get_by_role("status").inner_text().startswith("Thank you.")
    with Notebook(registry.home.visits) as notebook:
        assert notebook.of(SOURCE).due is None
    page.context.close()


def test_a_link_in_a_mail_is_confirmed_with_a_button(
    browser: Browser, address: str, registry: Registry, token: str
) -> None:
    page = visit(browser, f"{address}/en/mail?token={token}", java_script_enabled=False)
    page.get_by_role("button", name="Yes, please").click()

    assert page.get_by_role("status").inner_text().startswith("Thank you.")
    with Tray(tray_of(registry.home)) as tray:
        assert Consent(tray).given("info@buddy.example")
    page.context.close()
