"""Lists with filters: what is found, what each filter would leave, and what to do when nothing fits."""

import re

import pytest
from fastapi.testclient import TestClient

HTML = {"accept": "text/html"}


def titles(text: str) -> list[str]:
    """List what was found on a page."""
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<h3>(.*?)</h3>", text)]


def total(text: str) -> int:
    """Tell how many were found in all."""
    found = re.search(r"Found: (\d+)", text)
    return int(found[1]) if found else -1


def test_filters_narrow_the_list_and_stay_chosen(client: TestClient) -> None:
    every, some = (client.get(f"/en/projects{query}").text for query in ("", "?country=DEU"))

    assert 0 < total(some) < total(every)
    assert '<option value="DEU" selected>' in some
    assert "Impulspatenschaften (impulse Patenschaften)" in titles(some)


@pytest.mark.parametrize(
    "query", ["q=HASSELT", "q=proeftuin hasselt", "municipality=Hasselt", "region=BE224"]
)
def test_a_project_is_found_in_several_ways(client: TestClient, query: str) -> None:
    assert any("Hasselt" in title for title in titles(client.get(f"/nl/projects?{query}").text))


def test_accents_and_capitals_make_no_difference(client: TestClient) -> None:
    assert titles(client.get("/ca/programmes?q=catala").text) == titles(
        client.get("/ca/programmes?q=CATALÀ").text
    )
    assert titles(client.get("/ca/programmes?q=catala").text)


def test_a_project_is_found_by_the_name_of_its_publisher(client: TestClient) -> None:
    assert "Proeftuin Antwerpen" in titles(client.get("/nl/projects?q=stad antwerpen").text)


def test_a_region_holds_what_lies_in_its_parts(client: TestClient) -> None:
    part, whole = (total(client.get(f"/en/projects?region={one}").text) for one in ("BE234", "BE23"))

    assert 0 < part < whole


def test_the_number_behind_a_choice_is_what_the_choice_brings(client: TestClient) -> None:
    page = client.get("/en/projects?trajectory=buddy").text
    choices = re.findall(r'<option value="([A-Z]{3})">[^(]+\((\d+)\)', page)

    assert choices
    for country, number in choices:
        found = client.get(f"/en/projects?trajectory=buddy&country={country}").text
        assert total(found) == int(number)


def test_projects_are_found_by_where_they_stand(client: TestClient) -> None:
    found = client.get("/en/projects?readiness=pcr:met").text

    assert titles(found) == ["Example project The Bridge (fictitious)"]
    assert "cms:met" not in found


def test_a_long_list_comes_in_pages_that_do_not_overlap(client: TestClient) -> None:
    first, second = (titles(client.get(f"/en/projects?page={page}").text) for page in (1, 2))

    assert len(first) == 20
    assert second
    assert not set(first) & set(second)


def test_a_page_behind_the_last_shows_the_last(client: TestClient) -> None:
    assert titles(client.get("/en/programmes?page=99").text) == titles(client.get("/en/programmes").text)


def test_an_empty_result_offers_ways_out(client: TestClient) -> None:
    page = client.get("/en/projects?country=XYZ&q=nothing").text

    assert total(page) == 0
    assert 'href="/en/projects?q=nothing"' in page
    assert 'href="/en/projects?country=XYZ"' in page
    assert 'href="/en/projects"' in page


def test_order_by_change_puts_the_latest_first(client: TestClient) -> None:
    by_name, by_change = (
        titles(client.get(f"/en/projects?sort={sort}").text) for sort in ("name", "changed")
    )

    assert by_name != by_change


@pytest.mark.parametrize("query", ["page=0", "page=x", "sort=sideways", "q=" + "x" * 300])
def test_a_parameter_that_makes_no_sense_is_named(client: TestClient, query: str) -> None:
    response = client.get(f"/en/projects?{query}", headers=HTML)

    assert response.status_code == 400
    assert query.partition("=")[0] in response.text


@pytest.mark.parametrize("query", ["country=", "nonsense=1", "country=%00%0a", "region=%22%3E"])
def test_an_odd_filter_does_no_harm(client: TestClient, query: str) -> None:
    assert client.get(f"/en/projects?{query}", headers=HTML).status_code == 200
