"""The pages in a real browser: nobody is kept out, and no text does anything but stand there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from federation.publishing.site.folder import write_site
from federation.publishing.site.leaf import Leaf, read_leaf
from federation.publishing.site.plan import Plan, lay_out
from federation.publishing.snippet import snippet
from tests.federation.description import AUDIENCE
from tests.federation.publishing.sample import NOW, SITE, leaf
from tests.registry.web.test_browser import AXE, FLAGS, RUN_AXE

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.slow]

EXAMPLES = Path(__file__).parents[3] / "examples" / "fictitious"
HOME = "https://w3id.org/koepel/example/fictitious/"
HOSTILE = (
    "</script><script>document.title='broken'</script><img src=x onerror=document.title='broken'>"
    "\\\"'--><!--<script>&lt;script&gt;{{ 7*7 }}]]>"
)
MORE = f"""{AUDIENCE}
  dct:relation <javascript:document.title='broken'>, <data:text/html,broken> ;
  <http://xmlns.com/foaf/0.1/homepage> <https://buddy.example/?a=1&b=%22%3E> ;
  dct:subject "{HOSTILE}"@nl, "{HOSTILE}" ;"""


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Chromium, which sends nothing about itself anywhere."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the descriptions that are made up."""
    folder = tmp_path_factory.mktemp("web") / "site"
    names = ("complete-project", "starting-project")
    leaves = [read_leaf((EXAMPLES / f"{one}.ttl").read_bytes(), f"{one}.ttl", HOME) for one in names]
    write_site(folder, lay_out(Plan(HOME, "nl", tokens=("c0de",)), leaves, {}, NOW))
    return folder


def hostile() -> Leaf:
    """A description whose texts try to be something else."""
    return leaf("one", title=HOSTILE, more=MORE)


def visit(browser: Browser, path: Path, **options: object) -> Page:
    """Open a file in a context of its own."""
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]  # passed on as they are
    page.goto(path.as_uri())
    return page


FILES = (
    "index.html",
    "complete-project/index.html",
    "complete-project/index.en.html",
    "starting-project/index.html",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("file", FILES)
def test_a_page_keeps_nobody_out(browser: Browser, site: Path, file: str, scheme: str) -> None:
    page = visit(
        browser, site / file, color_scheme=scheme, viewport={"width": 320, "height": 640}, bypass_csp=True
    )
    page.evaluate(AXE)

    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


@pytest.mark.parametrize("file", FILES)
def test_every_link_of_a_page_leads_to_a_file_of_the_site(browser: Browser, site: Path, file: str) -> None:
    page = visit(browser, site / file, java_script_enabled=False)
    links = page.locator("a, link[rel=alternate][type]").all()
    targets = [one.get_attribute("href") or "" for one in links]
    inside = [one.partition("#")[0] for one in targets if not one.startswith(("https:", "mailto:"))]

    assert len(inside) > 1
    assert [one for one in inside if one and not (site / file).parent.joinpath(one).is_file()] == []
    page.context.close()


def test_hostile_texts_stand_in_the_page_and_do_nothing(browser: Browser, tmp_path: Path) -> None:
    write_site(tmp_path / "site", lay_out(Plan(SITE, "en"), [hostile()], {}, NOW))
    page = visit(browser, tmp_path / "site" / "one" / "index.html", bypass_csp=True)

    expected = f"Fictitious project {HOSTILE}".replace('\\"', '"')
    assert page.title() == page.locator("h1").inner_text() == expected
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    assert page.locator("a[href^='javascript:'], a[href^='data:']").count() == 0
    told = page.evaluate("JSON.parse(document.scripts[0].text)['@graph'].map(one => one['dct:title'])")
    assert {"@value": expected, "@language": "en"} in told
    page.context.close()


def test_a_block_that_was_pasted_into_a_page_stays_one_block(browser: Browser, tmp_path: Path) -> None:
    one = hostile()
    pasted = tmp_path / "page.html"
    block = snippet(one.document.graph, one.address)
    pasted.write_text(f"<!DOCTYPE html><title>Mine</title><p>Before{block}<p>After", encoding="utf-8")

    page = visit(browser, pasted)

    assert page.title() == "Mine"
    assert page.locator("script").count() == 1
    assert len(page.evaluate("JSON.parse(document.scripts[0].text)['@graph']")) == 3
    assert page.locator("p").all_inner_texts() == ["Before", "After"]
    page.context.close()
