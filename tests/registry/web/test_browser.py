"""The site in a real browser: without scripts, by keyboard, on a small screen, to a screen reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.slow]

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
  one => `${one.id}: ${one.nodes.map(node => node.target.join(" ")).slice(0, 3).join("; ")}`)"""
PAGES = (
    "/en/",
    "/en/projects?country=BEL",
    "/en/projects?q=nothing-is-called-this",
    "/en/projects/fictitious/complete-project/project",
    "/en/programmes/germany/menschen-staerken-menschen/programme",
    "/en/programmes/catalonia/pcr-mentoring/programme",
    "/en/organisations/germany/bmfsfj/organisation",
    "/en/comparison/5.1",
    "/en/standards",
    "/en/standards/cms",
    "/en/standards/criteria",
    "/en/crosswalk/cms/pcr",
    "/en/vocabulary",
    "/en/def/Programme",
    "/en/code/task",
    "/en/sources",
    "/en/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%2020",
    "/en/check",
    "/en/snapshots",
    "/en/projects/fictitious/complete-project/project?snapshot=2026-paper",
    "/en/projects?snapshot=1-00000000",
    "/en/no-such-page",
)


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Chromium, which sends nothing about itself anywhere."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def visit(browser: Browser, url: str, **options: object) -> Page:
    """Open a page in a context of its own."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]  # passed on as they are
    page = context.new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_keeps_anybody_out(browser: Browser, address: str, path: str, scheme: str) -> None:
    page = visit(browser, address + path, color_scheme=scheme)
    page.evaluate(AXE)

    assert page.evaluate(RUN_AXE) == []
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_small_screen_scrolls_in_one_direction_only(browser: Browser, address: str, path: str) -> None:
    page = visit(browser, address + path, viewport={"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_server_for_anything(browser: Browser, address: str, path: str) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(address + path)

    assert [url for url in asked if not url.startswith(address)] == []
    assert [text for text in told if "404" not in text and "410" not in text] == []
    page.context.close()


def test_a_project_is_found_and_read_without_scripts(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/en/", java_script_enabled=False)
    page.get_by_label("Search for a project, place or organisation").fill("impulspatenschaften")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Impulspatenschaften (impulse Patenschaften)").click()
    page.locator("summary", has_text="Weekly for four months").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Impulspatenschaften (impulse Patenschaften)"
    assert page.get_by_role("columnheader", name="Requirement").first.is_visible()
    page.context.close()


def test_filters_work_without_scripts_and_by_keyboard(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/nl/projects", java_script_enabled=False)
    page.get_by_label("Land").focus()
    page.keyboard.type("Duits")
    page.get_by_role("button", name="Tonen").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**country=DEU**")
    assert page.get_by_label("Land").input_value() == "DEU"
    page.context.close()


def test_the_keyboard_reaches_the_content_in_one_step(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/en/projects")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")

    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["y"] >= 0  # type: ignore[index]  # it is on the page
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.context.close()


def test_whoever_moves_by_keyboard_sees_where_they_are(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/en/projects/fictitious/complete-project/project")
    seen = "getComputedStyle(document.activeElement)"

    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(f"[{seen}.outlineStyle, parseFloat({seen}.outlineWidth)]")
        assert style[0] != "none"
        assert style[1] >= 2
    page.context.close()


def test_a_wide_table_scrolls_by_keyboard_in_its_own_region(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/en/comparison/5.1", viewport={"width": 320, "height": 640})
    region = page.get_by_role("region").first
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)

    assert region.evaluate("element => element.scrollLeft") > 0
    page.context.close()


def test_a_printed_page_leaves_out_what_paper_cannot_do(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/en/projects")
    page.emulate_media(media="print")

    assert not page.get_by_role("navigation", name="Main menu").is_visible()
    assert not page.locator("form").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    page.context.close()
