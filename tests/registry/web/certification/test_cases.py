"""The list of cases: what is asked of whom, what is due, and where an application begins."""

from tests.registry.certification.town import BASIC, BODY, LANTERN, OTHER_BODY, PLUS, PROJECT, SCHEME
from tests.registry.web.certification.stage import ROLES, Stage, problem

ANOTHER = LANTERN.replace("/scheme>", "/beacon>").replace('"Lantern', '"Beacon')
FICTITIOUS = "koepel:fictitious true ;"
TWO_BODIES = LANTERN.replace(FICTITIOUS, f"{FICTITIOUS} koepel:authority [ koepel:body <{OTHER_BODY}> ] ;")


def section(text: str, name: str) -> str:
    """Cut the part of a page under a heading of the second rank."""
    return text.partition(f'<h2 id="{name}">')[2].partition("<h2")[0]


def test_a_case_stands_under_what_is_asked_of_its_reader(stage: Stage) -> None:
    number = stage.town.until("submit").number

    assessor = section(stage.sign_in("assessor").read("/en/cases").text, "asked")
    owner = section(stage.sign_in("owner").read("/en/cases").text, "waiting")

    assert "Judge the documents (1)" in assessor
    assert f"/en/case/{number}" in assessor
    assert f"/en/case/{number}" in owner
    assert "Applied for" in owner


def test_a_label_and_what_is_due_stand_among_labels(stage: Stage) -> None:
    case = stage.town.until("grant")
    stage.town.clock.day = stage.town.clock.day.replace(year=2028, month=6)

    text = section(stage.sign_in("owner").read("/en/cases").text, "holding")

    assert f"/en/case/{case.number}" in text
    assert "2 March 2029: End of a label" in text


def test_who_has_assessed_is_not_asked_to_decide(stage: Stage) -> None:
    both = stage.sign_in("both", *ROLES["assessor"], *ROLES["decider"])
    case = stage.town.until("audit")
    stage.town.act(both.actor, "recommend", case, level=BASIC)

    others = section(stage.sign_in("decider").read("/en/cases").text, "asked")
    theirs = both.read("/en/cases").text

    assert "Grant the label (1)" in others
    assert 'id="asked"' not in theirs
    assert case.number in section(theirs, "waiting")


def test_an_application_begins_with_one_of_our_own_projects(stage: Stage) -> None:
    owner = stage.sign_in("owner")

    text = owner.read("/en/cases").text
    answer = owner.send("/en/cases", act="open", subject=PROJECT, scheme=SCHEME, level=PLUS)

    assert f'<option value="{PROJECT}">' in text
    assert text.count("<option") == 3
    number = answer.headers["location"].partition("?")[0].rpartition("/")[2]
    assert stage.town.desk.case(number).level == PLUS


def test_an_application_that_was_sent_twice_is_one(stage: Stage) -> None:
    owner = stage.sign_in("owner")
    told = {"act": "open", "subject": PROJECT, "scheme": SCHEME, "level": BASIC}

    answers = [owner.send("/en/cases", **told) for _ in range(2)]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len(stage.town.desk.caseload().acts) == 1


def test_a_second_application_for_the_same_label_is_refused_with_the_reason(stage: Stage) -> None:
    stage.town.until("submit")

    answer = stage.sign_in("owner").send("/en/cases", act="open", subject=PROJECT, scheme=SCHEME, level=BASIC)

    assert answer.status_code == 403
    assert "is under way at this body" in problem(answer)
    assert f'<input type="hidden" name="scheme" value="{SCHEME}">' in answer.text


def test_among_several_schemes_and_bodies_people_choose(stage: Stage) -> None:
    stage.town.adopt(TWO_BODIES)
    stage.town.adopt(ANOTHER)
    owner = stage.sign_in("owner")

    listed, chosen = owner.read("/en/cases").text, owner.read("/en/cases", scheme=SCHEME).text

    assert "For which label?" in listed
    assert "Beacon" in listed
    assert f'<option value="{OTHER_BODY}">' in chosen
    assert f'<option value="{BODY}">' in chosen


def test_who_only_publishes_is_not_asked_to_apply(stage: Stage) -> None:
    text = stage.sign_in("publisher").read("/en/cases").text

    assert "You have no part in any application yet." in text
    assert 'name="subject"' not in text
