"""A case on its page: who sees it, what can be done in it, and what comes back after a mistake."""

import pytest

from registry.account.actor import Grant, Role
from tests.registry.certification.town import BASIC, PROJECT, SCHEME, START
from tests.registry.web.certification.stage import TOKEN, Stage, problem


def test_a_project_goes_all_the_way_to_a_label_through_the_pages(stage: Stage) -> None:
    owner, assessor, decider = (stage.sign_in(name) for name in ("owner", "assessor", "decider"))
    begun = owner.send("/en/cases", act="open", subject=PROJECT, scheme=SCHEME, level=BASIC)
    number = begun.headers["location"].split("/")[-1].partition("?")[0]
    day = START.isoformat()

    owner.act(number, "self-assess", **owner.each(number, "answers", "claim", "met"))
    owner.act(number, "submit")
    assessor.act(number, "read-documents")
    found = assessor.each(number, "judgements", "outcome", "met")
    assessor.act(number, "audit", sessions=[day, day], mentors="3", mentees="4", **found)
    assessor.act(number, "recommend", level=BASIC)
    last = decider.act(number, "grant", reason="All is in order.")

    assert (last.status_code, last.headers["location"]) == (303, f"/en/case/{number}?done=grant")
    assert stage.town.desk.case(number).in_force
    assert "Awarded" in owner.read(f"/en/case/{number}").text


def test_a_case_of_others_is_not_there_exactly_as_one_that_never_was(stage: Stage) -> None:
    number = stage.town.until("submit").number
    stranger = stage.sign_in("stranger")

    others, none = (stranger.read(f"/en/case/{one}") for one in (number, "0" * 12))

    assert (others.status_code, none.status_code) == (404, 404)
    assert others.text.replace(number, "") == none.text.replace("0" * 12, "")


@pytest.mark.parametrize("name", ["stranger", "operator"])
def test_who_is_no_party_can_neither_read_nor_act(stage: Stage, name: str) -> None:
    case = stage.town.until("submit")
    person = stage.sign_in(name)
    token = TOKEN.findall(person.read("/en/calendar").text)[0]

    sent = person.browser.post(f"/en/case/{case.number}", data={"act": "withdraw", "csrf": token})

    assert sent.status_code == 404
    assert stage.town.desk.case(case.number).state == "applied"
    assert case.number not in person.read("/en/cases").text


def test_whoever_has_not_signed_in_is_led_to_do_so_whether_there_is_a_case_or_not(stage: Stage) -> None:
    number = stage.town.until("submit").number

    for one in (number, "0" * 12):
        answer = stage.visitor().get(f"/en/case/{one}")
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/en/sign-in?next=%2Fen%2Fcase%2F{one}"


def test_the_name_of_a_case_leads_to_its_page(stage: Stage) -> None:
    answer = stage.visitor().get("/case/0a1b2c3d4e5f", headers={"accept-language": "nl"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/nl/case/0a1b2c3d4e5f")


def test_a_form_without_its_token_does_nothing(stage: Stage) -> None:
    case = stage.town.until("submit")

    sent = stage.sign_in("owner").browser.post(f"/en/case/{case.number}", data={"act": "withdraw"})

    assert sent.status_code == 403
    assert stage.town.desk.case(case.number).state == "applied"


def test_after_a_mistake_the_form_is_there_again_with_what_was_filled_in(stage: Stage) -> None:
    case = stage.town.until("submit")

    again = stage.sign_in("owner").act(case.number, "withdraw", on="2026-13-40", reason="<b>We move</b>")

    assert again.status_code == 422
    assert problem(again) == "2026-13-40 is no day. Write it as year, month and day, as in 2026-01-31."
    assert "&lt;b&gt;We move&lt;/b&gt;</textarea>" in again.text
    assert 'id="do-withdraw" open' in again.text


def test_a_form_that_was_sent_twice_counts_once(stage: Stage) -> None:
    case, owner = stage.town.until("submit"), stage.sign_in("owner")
    filled = {"kind": "link", "title": "Plan", "address": "https://town.example/plan", "dated": "2026-02-01"}
    data = {**owner.hidden(case.number), "act": "add-evidence", **filled}

    answers = [owner.browser.post(f"/en/case/{case.number}", data=data) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert len(stage.town.desk.case(case.number).all("add-evidence")) == 1


def test_a_form_from_before_something_else_happened_says_so_and_can_be_sent_again(stage: Stage) -> None:
    case, owner = stage.town.until("submit"), stage.sign_in("owner")
    early = owner.hidden(case.number)
    stage.town.act(stage.sign_in("assessor").actor, "read-documents", case)

    stale = owner.browser.post(
        f"/en/case/{case.number}", data={**early, "act": "withdraw", "reason": "We move"}
    )

    assert stale.status_code == 409
    assert problem(stale).startswith("Something has happened in this case")
    assert "We move</textarea>" in stale.text
    assert owner.act(case.number, "withdraw", reason="We move").status_code == 303


def test_what_another_rule_forbids_stands_there_with_the_reason(stage: Stage) -> None:
    case = stage.town.until("read-documents")

    text = stage.sign_in("assessor").read(f"/en/case/{case.number}").text

    assert "Not possible at present" in text
    assert "Recommend:" in text
    assert 'id="do-recommend"' not in text


def test_a_case_is_shown_as_it_stood_on_a_day_and_without_forms(stage: Stage) -> None:
    case = stage.town.until("open")
    stage.town.clock.day = START.replace(day=20)
    for act in ("self-assess", "submit"):
        stage.town.act(stage.sign_in(f"owner-{act}", Grant(Role.OWNER, case.organisation)).actor, act, case)

    text = stage.sign_in("owner").read(f"/en/case/{case.number}", on="2026-03-10").text

    assert "This is how the case stood on 10 March 2026." in text
    assert "Being prepared" in text
    assert 'id="do-' not in text


def test_people_are_named_to_their_own_organisation_alone(stage: Stage) -> None:
    owner, publisher = stage.sign_in("owner"), stage.sign_in("publisher")
    case = stage.town.open(owner.actor)

    ours = publisher.read(f"/en/case/{case.number}").text
    theirs = stage.sign_in("assessor").read(f"/en/case/{case.number}").text

    assert " · Owner · " not in theirs
    assert " · Owner" in ours.partition("What has happened")[2]
    assert owner.actor.account not in ours + theirs


def test_what_is_private_is_kept_by_nobody(stage: Stage) -> None:
    number = stage.town.until("open").number

    answer = stage.sign_in("owner").read(f"/en/case/{number}")

    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("language", ["nl", "de", "ca", "es", "fr", "en"])
def test_a_case_can_be_read_in_every_language(stage: Stage, language: str) -> None:
    number = stage.town.until("read-documents").number

    page = stage.sign_in("assessor").read(f"/{language}/case/{number}")

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text


def test_a_form_with_a_made_up_place_in_the_case_is_refused_and_breaks_nothing(stage: Stage) -> None:
    case = stage.town.until("self-assess")
    owner = stage.sign_in("owner")
    token = TOKEN.findall(owner.read("/en/calendar").text)[0]

    for seen in ("9" * 5_000, "²", "-1", ""):
        form = {"act": "submit", "csrf": token, "seen": seen}
        assert owner.browser.post(f"/en/case/{case.number}", data=form).status_code == 409
    assert stage.town.desk.case(case.number).state == "self-assessed"


def test_what_the_description_says_counts_as_claimed_and_is_told_apart(stage: Stage) -> None:
    number = stage.town.until("submit").number

    text = stage.sign_in("assessor").read(f"/en/case/{number}").text

    assert "<td>in the description</td>" in text


def test_nobody_is_asked_to_note_a_condition_where_there_is_none(stage: Stage) -> None:
    number = stage.town.until("grant").number

    text = stage.sign_in("assessor").read(f"/en/case/{number}").text

    assert "condition" not in text.lower()


@pytest.mark.parametrize(("name", "leads"), [("operator", True), ("owner", False)])
def test_operators_are_led_to_the_accounts_and_nobody_signs_in_twice(
    stage: Stage, name: str, leads: bool
) -> None:
    text = stage.sign_in(name).read("/en/cases").text

    assert ('<a href="/en/people"' in text) is leads
    assert "Sign in" not in text
    assert "Sign in" in stage.visitor().get("/en/labels").text
