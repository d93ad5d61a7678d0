"""A label checked with nothing but what it names: what holds, what does not, and why."""

from __future__ import annotations

import copy
import gzip
import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from registry.errors import InvalidDataError
from registry.label.check.repetition import repeat
from registry.label.check.verification import Verdict, verify
from registry.label.keys.key import find_key, retired
from registry.label.keys.multibase import multihash, to_base64url
from registry.label.proof import signed
from registry.label.status_list import list_address, pack_bits, unpack_bits
from registry.validation.standard import load_library
from shapes import FOLDER
from tests.registry.label.play import BODY, OTHER, PROJECT, SPACE, Play, served

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Json = dict[str, Any]

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def found(verdict: Verdict) -> dict[str, str]:
    """Give the code of what was found, by what was looked at."""
    return {one.about: one.remark.code for one in verdict.findings}


def test_a_label_that_holds(started: Play) -> None:
    fetch = served(started)
    verdict = verify(started.issuer.credential(started.case), fetch, NOW)

    again = repeat(verdict, started.desk.rulebook, fetch)

    assert again.valid
    assert found(again)["machine"] == "label-machine-agrees"
    assert len(again.compared) > 30
    assert all(one.same for one in again.compared)


@pytest.mark.parametrize(
    ("act", "about", "code"),
    [
        ("suspend", "suspension", "label-suspended"),
        ("revoke", "revocation", "label-revoked"),
        ("replace", "revocation", "label-revoked"),
    ],
)
def test_a_label_that_was_taken_away(started: Play, act: str, about: str, code: str) -> None:
    credential = started.issuer.credential(started.case)
    started.act(act, date(2026, 6, 1))

    verdict = verify(credential, served(started), NOW)

    assert not verdict.valid
    assert found(verdict)[about] == code


def test_a_suspension_ends_and_a_revocation_never_does(started: Play) -> None:
    first = started.issuer.credential(started.case)
    started.act("suspend", date(2026, 6, 1))
    started.act("reinstate", date(2026, 6, 2))
    assert verify(first, served(started), NOW).valid

    started.act("revoke", date(2026, 6, 3))
    started.act("appeal", date(2026, 6, 4))
    started.act("overturn", date(2026, 6, 5), index=99)

    assert not verify(first, served(started), NOW).valid
    assert verify(started.issuer.credential(started.case), served(started), NOW).valid


def test_the_place_of_an_erased_label_stays_revoked(started: Play) -> None:
    case = started.case
    credential = started.issuer.credential(case)
    for _ in range(2):
        started.desk.home.ledger.erase(case.iri, "They asked for it.", "operator")

    assert len(started.desk.caseload().erased) == 1
    assert found(verify(credential, served(started), NOW))["revocation"] == "label-revoked"


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC), "label-early"),
        (datetime(2026, 3, 1, tzinfo=UTC), "label-in-time"),
        (datetime(2029, 3, 1, 23, 59, 59, tzinfo=UTC), "label-in-time"),
        (datetime(2029, 3, 2, tzinfo=UTC), "label-over"),
    ],
)
def test_a_label_holds_through_its_last_day(started: Play, moment: datetime, code: str) -> None:
    verdict = verify(started.issuer.credential(started.case), served(started), moment)

    assert found(verdict)["period"] == code


def _strip(one: Json) -> None:
    del one["proof"]


def _issuer(one: Json) -> None:
    one["issuer"]["id"] = "did:web:elsewhere.example:body:us"


def _until(one: Json) -> None:
    one["validUntil"] = "2039-03-01T23:59:59Z"


def _created(one: Json) -> None:
    one["proof"]["created"] = "2026-03-01T12:00:01Z"


def _purpose(one: Json) -> None:
    one["proof"]["proofPurpose"] = "authentication"


def _method(one: Json) -> None:
    one["proof"]["verificationMethod"] += "0"


@pytest.mark.parametrize("change", [_strip, _issuer, _until, _created, _purpose, _method])
def test_what_was_changed_proves_nothing(started: Play, change: Callable[[Json], None]) -> None:
    changed = copy.deepcopy(started.issuer.credential(started.case))
    change(changed)

    verdict = verify(changed, served(started), NOW)

    assert not verdict.valid
    assert len(verdict.findings) == 1


def test_a_key_that_was_stolen_speaks_for_nothing(started: Play) -> None:
    credential = started.issuer.credential(started.case)
    key = find_key(started.issuer.keys(BODY), 1)
    started.write(retired(key, "Stolen.", "operator", compromised=True), datetime(2026, 10, 1, tzinfo=UTC))
    started.key(moment=datetime(2026, 10, 2, tzinfo=UTC))

    assert found(verify(credential, served(started), NOW)) == {"signature": "label-key-foreign"}
    assert verify(started.issuer.credential(started.case), served(started), NOW).valid


def test_a_retired_key_signs_nothing_new(started: Play) -> None:
    started.key(moment=datetime(2026, 10, 2, tzinfo=UTC))
    key, told = started.issuer.keys(BODY)[0], started.issuer.credential(started.case)
    method = told.pop("proof")["verificationMethod"]
    late = signed(told, method, "2026-11-01T00:00:00Z", lambda data: started.issuer.keyring.sign(key, data))

    assert found(verify(late, served(started), NOW)) == {"signature": "label-key-foreign"}


def test_a_list_of_somebody_else_says_nothing(started: Play) -> None:
    started.key(OTHER)
    credential, fetch = started.issuer.credential(started.case), served(started)
    ours = list_address(started.issuer.page_of(BODY), "revocation", 1)
    theirs = started.issuer.status_list(OTHER, "revocation", 1)

    verdict = verify(credential, lambda one: json.dumps(theirs).encode() if one == ours else fetch(one), NOW)

    assert found(verdict)["revocation"] == "label-status-unknown"
    assert not verdict.valid


def test_a_list_that_swells_is_not_unpacked() -> None:
    bomb = to_base64url(gzip.compress(bytes(2**26), 9))

    with pytest.raises(InvalidDataError):
        unpack_bits(bomb)
    with pytest.raises(InvalidDataError):
        unpack_bits(pack_bits([1])[:-6])


def test_another_description_is_not_taken_for_the_assessed_one(started: Play) -> None:
    changed = started.document(PROJECT.replace("12", "2"), SPACE)
    fetch = served(started)
    verdict = verify(started.issuer.credential(started.case), fetch, NOW)

    again = repeat(verdict, started.desk.rulebook, fetch, changed.canonical)

    assert found(again)["machine"] == "label-machine-idle"
    assert again.findings[-1].passed is None


def test_an_outcome_that_the_machine_does_not_share_is_named(started: Play) -> None:
    outcomes = started.outcomes(started.assessed)
    use = next(one for one, told in outcomes.items() if told["outcome"] == "not-met")
    outcomes[use] = {**outcomes[use], "outcome": "met"}
    started.grant("0b1b2c3d4e5f", 5, outcomes=outcomes)
    credential = started.issuer.credential(started.desk.case("0b1b2c3d4e5f"))

    again = repeat(verify(credential, served(started), NOW), started.desk.rulebook, served(started))

    assert found(again)["machine"] == "label-machine-differs"
    assert [one.use for one in again.compared if not one.same] == [use]
    assert not again.valid


@pytest.mark.parametrize(
    "change",
    [
        {"@context": ["https://www.w3.org/ns/credentials/v2", "https://a.example/context"]},
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
        {"type": ["VerifiableCredential"]},
        {"type": "LabelCredential"},
        {"credentialSubject": [{}]},
        {"credentialSubject": {"@context": {"level": "https://a.example/level"}}},
    ],
)
def test_what_is_no_label_is_refused(started: Play, change: Json) -> None:
    with pytest.raises(InvalidDataError):
        verify({**started.issuer.credential(started.case), **change}, served(started), NOW)


def _hidden(one: Json) -> None:
    told = one["credentialSubject"]["hasCertification"]
    one["@included"] = [{"id": one["credentialSubject"]["id"], "hasCertification": {
        "id": told["id"], "outcomes": told.pop("outcomes")}}]  # fmt: skip


def _spelt_out(one: Json) -> None:
    told = one["credentialSubject"]["hasCertification"]
    whole = {"id": told["id"], "outcomes": told.pop("outcomes")}
    one["credentialSubject"]["http://schema.org/hasCertification"] = whole


def _by_keyword(one: Json) -> None:
    one["@graph"] = [{"id": one["id"]}]


@pytest.mark.parametrize("change", [_hidden, _spelt_out, _by_keyword])
def test_what_is_signed_cannot_be_put_where_nobody_looks(
    started: Play, change: Callable[[Json], None]
) -> None:
    changed = copy.deepcopy(started.issuer.credential(started.case))
    change(changed)

    with pytest.raises(InvalidDataError) as error:
        verify(changed, served(started), NOW)

    assert error.value.code == "credential-no-label"


def test_a_description_that_is_no_statements_is_told(started: Play) -> None:
    fetch = served(started)
    verdict = verify(started.issuer.credential(started.case), fetch, NOW)
    told = copy.deepcopy(dict(verdict.credential))
    told["relatedResource"][0]["digestMultibase"] = multihash(b"no statements")

    again = repeat(replace(verdict, credential=told), started.desk.rulebook, fetch, b"no statements")

    assert [one.code for one in (again.findings[-1].cause,) if one] == ["assessed-unreadable"]


def test_rules_that_changed_since_are_told_and_not_taken_for_the_old_ones(
    started: Play, tmp_path: Path
) -> None:
    folder = tmp_path / "shapes"
    shutil.copytree(FOLDER, folder)
    for path in (folder / "criteria").rglob("*.ttl"):
        path.write_text(path.read_text().replace("sh:minCount 1", "sh:minCount 2"))
    fetch = served(started)
    verdict = verify(started.issuer.credential(started.case), fetch, NOW)

    again = repeat(verdict, load_library(folder), fetch)

    assert [one.code for one in (again.findings[-1].cause,) if one] == ["rules-another"]
    assert again.findings[-1].passed is None
