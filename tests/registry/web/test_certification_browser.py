"""The way of a case in a real browser: without scripts, on a small screen, to a screen reader."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.registry.certification.town import LANTERN, PROJECT, SCHEME, START
from tests.registry.web.certification.stage import Person, Stage, freeze, staged
from tests.registry.web.server import served
from tests.registry.web.test_browser import AXE, FLAGS, RUN_AXE

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.slow]

BEACON = LANTERN.replace("/scheme>", "/beacon>")
PUBLIC = ("/en/schemes", f"/en/scheme?iri={quote(SCHEME)}")
PRIVATE = (
    "/en/cases",
    "/en/case/NUMBER",
    "/en/case/NUMBER?on=2026-03-02",
    "/en/calendar?months=36",
    "/en/overview",
    "/en/overview?level=none",
    "/en/standard-preview?token=cms&version=1.1.0",
)
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
PLAIN = "http://127.0.0.1:1"
"""An address without encryption, so that the browser keeps the cookie."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A town for all tests here."""
    snapshots = freeze(tmp_path_factory.mktemp("town") / "home")
    with staged(tmp_path_factory.mktemp("stage") / "home", snapshots, PLAIN) as made:
        yield made


@pytest.fixture(scope="module")
def address(stage: Stage) -> Iterator[str]:
    """The site."""
    with served(stage.app) as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Chromium, which sends nothing about itself anywhere."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def people(stage: Stage) -> dict[str, Person]:
    """Those who take part."""
    return {name: stage.sign_in(name) for name in ("owner", "assessor", "decider")}


@pytest.fixture(scope="module")
def number(stage: Stage, people: dict[str, Person]) -> str:
    """An application of another project of the town, on which the decision is open."""
    stage.town.adopt(BEACON)
    return stage.town.until("recommend", scheme=SCHEME.replace("/scheme", "/beacon")).number


def enter(browser: Browser, address: str, person: Person, **options: object) -> Page:
    """Open the browser of somebody who has signed in."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]  # passed on as they are
    context.add_cookies([{"name": "koepel-session", "value": person.session, "url": address}])
    return context.new_page()


def press(page: Page, act: str, label: str, **filled: str) -> None:
    """Fill in the form of an act, and send it."""
    form = page.locator(f"#do-{act}")
    if form.get_attribute("open") is None:
        form.locator("summary").first.click()
    for name, value in filled.items():
        form.locator(f"[name={name}]").first.fill(value)
    form.get_by_role("button", name=label).click()
    assert page.get_by_role("status").inner_text().startswith("Written down:"), page.locator(
        "main"
    ).inner_text()[:500]


def choose_all(page: Page, act: str, field: str, value: str) -> None:
    """Choose the same in every row of a form."""
    page.locator(f"#do-{act} > summary").click() if page.locator(f"#do-{act}[open]").count() == 0 else None
    for one in page.locator(f"#do-{act} select[name$='.{field}']:visible").all():
        one.select_option(value)


def test_a_project_goes_all_the_way_to_a_label_without_scripts(
    browser: Browser, address: str, stage: Stage, people: dict[str, Person]
) -> None:
    owner, assessor, decider = (
        enter(browser, address, people[name], java_script_enabled=False)
        for name in ("owner", "assessor", "decider")
    )
    owner.goto(f"{address}/en/cases?scheme={quote(SCHEME)}")
    owner.get_by_label("Project or programme").select_option(PROJECT)
    owner.get_by_role("button", name="Begin an application").click()
    url = owner.url.partition("?")[0]
    choose_all(owner, "self-assess", "claim", "met")
    press(owner, "self-assess", "Assess yourselves")
    press(owner, "submit", "Hand the application in")
    assessor.goto(url)
    press(assessor, "read-documents", "Judge the documents")
    choose_all(assessor, "audit", "outcome", "met")
    for number in (1, 2):
        assessor.get_by_label(f"Session {number}").fill(START.isoformat())
    press(assessor, "audit", "Write down the audit", mentors="3", mentees="3")
    press(assessor, "recommend", "Recommend")
    decider.goto(url)
    press(decider, "grant", "Grant the label", reason="All is in order.")

    assert stage.town.desk.case(url.rpartition("/")[2]).in_force


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PUBLIC + PRIVATE)
def test_nothing_keeps_anybody_out(
    browser: Browser, address: str, people: dict[str, Person], number: str, path: str, scheme: str
) -> None:
    for name in ("owner", "decider"):
        page = enter(browser, address, people[name], color_scheme=scheme)
        page.goto(address + path.replace("NUMBER", number))
        page.evaluate(UNFOLD)
        page.evaluate(AXE)

        assert page.evaluate(RUN_AXE) == []
        page.context.close()


@pytest.mark.parametrize("path", PUBLIC + PRIVATE)
def test_a_small_screen_scrolls_in_one_direction_only(
    browser: Browser, address: str, people: dict[str, Person], number: str, path: str
) -> None:
    for name in ("owner", "decider"):
        page = enter(browser, address, people[name], viewport={"width": 320, "height": 640})
        page.goto(address + path.replace("NUMBER", number))
        page.evaluate(UNFOLD)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.context.close()


def test_after_a_mistake_the_keyboard_stands_at_what_went_wrong(
    browser: Browser, address: str, people: dict[str, Person], number: str
) -> None:
    page = enter(browser, address, people["decider"])
    page.goto(f"{address}/en/case/{number}")
    form = page.locator("#do-refuse")
    form.locator("summary").click()
    form.locator("[name=reason]").fill("Ask an@buddy.example")
    form.get_by_role("button", name="Refuse the label").click()

    assert page.evaluate("document.activeElement.id") == "problem"
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    page.get_by_role("link", name="To what you filled in").click()
    assert page.locator("#do-refuse [name=reason]").input_value() == "Ask an@buddy.example"
    page.context.close()


def test_the_address_of_a_calendar_is_made_with_one_button(
    browser: Browser, address: str, people: dict[str, Person]
) -> None:
    page = enter(browser, address, people["owner"], java_script_enabled=False)
    page.goto(f"{address}/en/calendar")
    page.get_by_role("button", name="Make an address").click()

    assert "/calendar/" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Withdraw the address").click()
    assert page.get_by_role("button", name="Make an address").is_visible()
    page.context.close()
