"""Files that belong to a case: only what cannot harm comes in, and only parties get it out."""

import pytest

from tests.registry.web.certification.stage import Stage, problem

PDF = b"%PDF-1.7 a plan"
PAGE = b"<!doctype html><script>alert(1)</script>"


def test_a_file_comes_back_to_a_party_as_it_was_and_is_never_run(stage: Stage) -> None:
    number, owner = stage.town.until("open").number, stage.sign_in("owner")
    owner.upload(number, ("plan.pdf", PDF, "application/pdf"))

    answer = stage.sign_in("assessor").read(f"/nl/case/{number}/evidence/1")

    assert answer.content == PDF
    assert answer.headers["content-disposition"] == f'attachment; filename="{number}-1.pdf"'
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["stranger", "operator"])
def test_who_is_no_party_gets_no_file(stage: Stage, name: str) -> None:
    number = stage.town.until("open").number
    stage.sign_in("owner").upload(number, ("plan.pdf", PDF, "application/pdf"))

    answer = stage.sign_in(name).read(f"/en/case/{number}/evidence/1")

    assert answer.status_code == 404
    assert PDF not in answer.content


@pytest.mark.parametrize("number", ["1", "../1", "%2e%2e", "0", "x" * 300])
def test_a_file_that_was_never_there_is_not_found(stage: Stage, number: str) -> None:
    case, owner = stage.town.until("open"), stage.sign_in("owner")

    assert owner.read(f"/en/case/{case.number}/evidence/{number}").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("plan.pdf", PAGE, "application/pdf"),
        ("plan.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "image/svg+xml"),
        ("plan.txt", b"  <html><body onload=alert(1)>", "text/plain"),
        ("plan.exe", b"MZ\x90\x00\x03", "application/octet-stream"),
        ("plan.zip", b"PK\x03\x04nothing in it", "application/zip"),
        ("plan.pdf", b"\xff\xfe\x00h\x00i", "application/pdf"),
    ],
    ids=["page-as-pdf", "svg", "page-as-text", "program", "zip", "broken-text"],
)
def test_what_could_do_harm_is_refused_whatever_it_is_called(
    stage: Stage, name: str, data: bytes, kind: str
) -> None:
    number = stage.town.until("open").number

    answer = stage.sign_in("owner").upload(number, (name, data, kind))

    assert answer.status_code == 422
    assert problem(answer).startswith("The file is of a kind that is not kept.")
    assert stage.town.desk.case(number).all("add-evidence") == ()


@pytest.mark.parametrize(
    "name",
    [
        "../../../../plan.pdf",
        "plan.pdf\r\nX-Evil: 1",
        'a"; filename="b.html',
        "C:\\plan.html",
        "\u202efdp.exe",
    ],
)
def test_the_name_of_a_file_plays_no_part(stage: Stage, name: str) -> None:
    number, owner = stage.town.until("open").number, stage.sign_in("owner")

    assert owner.upload(number, (name, PDF, "text/html")).status_code == 303

    answer = owner.read(f"/en/case/{number}/evidence/1")
    assert answer.headers["content-disposition"] == f'attachment; filename="{number}-1.pdf"'
    assert answer.headers["content-type"] == "application/pdf"
    kept = list((stage.town.folder / "evidence").iterdir())
    assert [len(one.name) for one in kept] == [32]


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(stage: Stage) -> None:
    number, owner = stage.town.until("open").number, stage.sign_in("owner")

    large = owner.upload(number, ("plan.pdf", PDF + bytes(10_000_000), "application/pdf"))
    larger = owner.upload(number, ("plan.pdf", PDF + bytes(11_000_000), "application/pdf"))

    assert (large.status_code, larger.status_code) == (422, 413)
    assert problem(large).startswith("The file has more than")
    assert not (stage.town.folder / "evidence").exists()


def test_a_file_without_the_word_for_it_is_refused_and_the_rest_of_the_form_stays(stage: Stage) -> None:
    number = stage.town.until("open").number

    answer = stage.sign_in("owner").upload(number, ("plan.pdf", PDF, "application/pdf"), kind="link")

    assert answer.status_code == 422
    assert 'value="Plan"' in answer.text
    assert "Please choose the file again." in answer.text


def test_an_address_that_could_run_something_is_no_link(stage: Stage) -> None:
    number, owner = stage.town.until("open").number, stage.sign_in("owner")
    filled = {"kind": "link", "title": "Plan", "dated": "2026-02-01"}

    answer = owner.act(number, "add-evidence", address="javascript:alert(1)", **filled)

    assert answer.status_code == 422
    assert 'href="javascript:' not in answer.text
