"""What we sign verifies with an implementation that we did not write, and nothing else does."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from registry.label.keys.key import find_key, retired
from registry.label.proof import signed
from tests.registry.label.play import BODY, GRANTED, OTHER, Play, documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.registry.label.client import Verifier

    Json = dict[str, Any]

pytestmark = pytest.mark.needs("npm")


def test_label_badge_and_lists_verify_elsewhere(started: Play, verifier: Verifier) -> None:
    known, issuer = documents(started), started.issuer
    lists = [one for name, one in known.items() if not name.startswith("did:")]

    checked = verifier.check(
        [issuer.credential(started.case), issuer.open_badge(started.case), *lists], known
    )

    assert [(one.verified, one.set, one.error) for one in checked] == [(True, [], "")] * 4


def _level(one: Json) -> None:
    one["credentialSubject"]["hasCertification"]["level"] += "x"


def _until(one: Json) -> None:
    one["validUntil"] = "2039-03-01T23:59:59Z"


def _outcome(one: Json) -> None:
    found = next(
        outcome
        for outcome in one["credentialSubject"]["hasCertification"]["outcomes"]
        if outcome["outcome"].endswith("/not-met")
    )
    found["outcome"] = found["outcome"].replace("not-met", "met")


def _index(one: Json) -> None:
    one["credentialStatus"][0]["statusListIndex"] = "4712"


def _digest(one: Json) -> None:
    one["relatedResource"][0]["digestMultibase"] = "uEiA" + "A" * 43


def _proof_time(one: Json) -> None:
    one["proof"]["created"] = "2026-03-01T12:00:01Z"


def _proof_value(one: Json) -> None:
    value = one["proof"]["proofValue"]
    one["proof"]["proofValue"] = value[:-1] + ("2" if value[-1] != "2" else "3")


def _context(one: Json) -> None:
    one["@context"] = ["https://www.w3.org/ns/credentials/v2", {"@vocab": "https://w3id.org/koepel/def#"}]


CHANGES = (_level, _until, _outcome, _index, _digest, _proof_time, _proof_value, _context)


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__.strip("_"))
def test_one_change_is_found_elsewhere_and_here(
    started: Play, verifier: Verifier, change: Callable[[Json], None]
) -> None:
    changed = copy.deepcopy(started.issuer.credential(started.case))
    change(changed)

    (checked,) = verifier.check([changed], documents(started))

    assert not checked.verified


@pytest.mark.parametrize(
    ("act", "purpose"), [("suspend", "suspension"), ("revoke", "revocation"), ("replace", "revocation")]
)
def test_what_befell_the_label_stands_in_the_list(
    started: Play, verifier: Verifier, act: str, purpose: str
) -> None:
    started.act(act, date(2026, 6, 1), reason="No coordinator.")

    (checked,) = verifier.check([started.issuer.credential(started.case)], documents(started))

    assert (checked.verified, checked.set) == (True, [purpose])


def test_a_key_of_another_body_does_not_speak_for_this_one(started: Play, verifier: Verifier) -> None:
    started.key(OTHER)
    key, ring = started.issuer.keys(OTHER)[0], started.issuer.keyring
    theirs = started.issuer.did_document(OTHER)
    told = {name: one for name, one in started.issuer.credential(started.case).items() if name != "proof"}
    method = theirs["verificationMethod"][0]["id"]
    forged = signed(told, method, "2026-03-01T12:00:00Z", lambda data: ring.sign(key, data))

    (checked,) = verifier.check([forged], {**documents(started), **documents(started, OTHER)})

    assert not checked.verified


def test_another_key_under_the_same_name_is_found(started: Play, verifier: Verifier) -> None:
    started.key(OTHER)
    known = documents(started)
    did = next(one for name, one in known.items() if name.startswith("did:"))
    did["verificationMethod"][0]["publicKeyMultibase"] = started.issuer.keys(OTHER)[0].public

    (checked,) = verifier.check([started.issuer.credential(started.case)], known)

    assert not checked.verified


def test_a_label_of_a_key_that_was_followed_by_another_still_verifies(
    started: Play, verifier: Verifier
) -> None:
    before = started.issuer.credential(started.case)
    started.key(moment=datetime(2026, 10, 1, tzinfo=UTC))

    assert started.issuer.credential(started.case) == before
    (checked,) = verifier.check([before], documents(started))
    assert checked.verified
    assert before["proof"]["verificationMethod"].endswith("#key-1")


def test_nothing_of_a_compromised_key_counts_and_the_next_one_signs(
    started: Play, verifier: Verifier
) -> None:
    before = started.issuer.credential(started.case)
    stolen = retired(find_key(started.issuer.keys(BODY), 1), "Stolen.", "operator", compromised=True)
    started.write(stolen, datetime(2026, 10, 1, tzinfo=UTC))
    started.key(moment=datetime(2026, 10, 2, tzinfo=UTC))
    after = started.issuer.credential(started.case)

    old, new = verifier.check([before, after], documents(started))

    assert (old.verified, new.verified) == (False, True)
    assert after["proof"]["created"] == "2026-10-02T00:00:00Z"
    assert [case.number for case in started.issuer.to_reissue(BODY)] == [started.case.number]


def test_a_label_has_run_out_after_its_last_day(started: Play, verifier: Verifier) -> None:
    credential, known = started.issuer.credential(started.case), documents(started)

    (last,) = verifier.check([credential], known, "2029-03-01T23:59:58Z")
    (after,) = verifier.check([credential], known, "2029-03-02T00:10:00Z")  # it allows for clocks that differ

    assert (last.verified, after.verified) == (True, False)
    assert "validUntil" in after.error


def test_an_extension_is_issued_anew_and_a_suspension_is_not(started: Play) -> None:
    first = started.issuer.credential(started.case)
    started.act("suspend", date(2026, 6, 1))
    started.act("reinstate", date(2026, 7, 1))
    assert started.issuer.credential(started.case) == first

    started.act("extend", date(2026, 8, 1), expires="2029-09-01")

    assert started.issuer.credential(started.case)["validUntil"] == "2029-09-01T23:59:59Z"
    assert first["validUntil"] == "2029-03-01T23:59:59Z"
    assert first["validFrom"] == f"{GRANTED.isoformat()}T00:00:00Z"
