"""What is due, on a page and in calendars elsewhere, whose address nobody can guess."""

import re

from icalendar import Calendar

from tests.registry.web.certification.stage import Person, Stage

ADDRESS = re.compile(r"https://registry\.example(/calendar/[\w-]+\.ics)")


def make_address(person: Person) -> str:
    """Make an address for the calendar of somebody."""
    return str(ADDRESS.findall(person.send("/en/calendar", act="create").text)[0])


def test_a_page_lists_what_is_due_for_a_party_and_for_nobody_else(stage: Stage) -> None:
    number = stage.town.until("grant").number

    for name, listed in (("owner", True), ("decider", True), ("stranger", False)):
        text = stage.sign_in(name).read("/en/calendar", months="36").text
        assert (f"/en/case/{number}" in text) is listed
    assert "Nothing is due in this time." in text


def test_a_calendar_has_an_address_of_its_own_that_needs_no_cookie(stage: Stage) -> None:
    stage.town.until("grant")
    path = make_address(stage.sign_in("owner"))

    answer = stage.visitor().get(path)

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    found = Calendar.from_ical(answer.content)
    assert any("Last day of the label" in str(one["summary"]) for one in found.walk("VEVENT"))


def test_a_new_address_makes_the_old_one_worthless_and_so_does_taking_it_back(stage: Stage) -> None:
    owner = stage.sign_in("owner")
    first = make_address(owner)
    second = make_address(owner)
    assert [stage.visitor().get(one).status_code for one in (first, second)] == [404, 200]

    taken = owner.send("/en/calendar", act="revoke")

    assert taken.headers["location"] == "/en/calendar"
    assert stage.visitor().get(second).status_code == 404


def test_the_address_of_a_calendar_opens_nothing_else(stage: Stage) -> None:
    secret = make_address(stage.sign_in("owner")).removeprefix("/calendar/").removesuffix(".ics")
    headers = {"authorization": f"Bearer {secret}", "accept": "application/json"}

    answer = stage.visitor().post("/graphql", json={"query": "{ __typename }"}, headers=headers)

    assert answer.status_code == 401


def test_a_guessed_address_leads_nowhere(stage: Stage) -> None:
    for guess in ("x", "kp_x", "%00", "gAAAAABm" + "A" * 100):
        assert stage.visitor().get(f"/calendar/{guess}.ics").status_code == 404


def test_everybody_can_follow_the_end_of_a_label_and_of_no_application(stage: Stage) -> None:
    case = stage.town.until("recommend")
    before = stage.visitor().get(f"/label/{case.number}/calendar.ics")
    stage.town.act(stage.sign_in("decider").actor, "grant", case)

    after = stage.visitor().get(f"/label/{case.number}/calendar.ics")
    unknown = stage.visitor().get(f"/label/{'0' * 12}/calendar.ics")

    assert (before.status_code, unknown.status_code) == (404, 404)
    assert before.text.replace(case.number, "") == unknown.text.replace("0" * 12, "")
    events = Calendar.from_ical(after.content).walk("VEVENT")
    assert [str(one["summary"]).partition(":")[0] for one in events] == ["Last day of the label"]
