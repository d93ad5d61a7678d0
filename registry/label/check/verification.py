"""Checks a label with nothing but what it names itself, as anybody can.

In this order: the form, the signature with the key of the issuer, the time, the two status lists, and whether
the machine says the same again of the description that was assessed. What has to be fetched is asked of a
function, so that the same check runs on the web, from a folder, and inside the registry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from registry.errors import InvalidDataError, KoepelError
from registry.ingest.remark import Remark
from registry.label.check.reading import read_json
from registry.label.context import CREDENTIALS, LABEL, OPEN_BADGES, text_of
from registry.label.keys.did import did_address
from registry.label.proof import SUITE, is_signed
from registry.label.status_list import PURPOSES, REVOCATION, is_set, unpack_bits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from registry.label.check.machine import Compared

    Json = dict[str, Any]
    Fetch = Callable[[str], bytes]

__all__ = ["Finding", "Verdict", "names_of", "verify"]

KINDS: Final = {
    "LabelCredential": (CREDENTIALS, LABEL),
    "OpenBadgeCredential": (CREDENTIALS, OPEN_BADGES),
}
LISTS: Final = (CREDENTIALS,)
TEXT_PARTS: Final = frozenset({"@value", "@language", "@direction"})
"""The only keywords of JSON-LD that a label needs: those of a text in a language."""
LONGEST_IRI: Final = 2_000


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what came of it."""

    about: str
    """What was looked at: signature, period, revocation, suspension, or machine."""
    passed: bool | None
    """None where it could not be looked at."""
    remark: Remark
    """The same in words."""
    cause: KoepelError | None = None
    """What kept it from being looked at."""


@dataclass(frozen=True)
class Verdict:
    """What can be said of a label that somebody handed over."""

    credential: Mapping[str, Any]
    findings: tuple[Finding, ...]
    compared: tuple[Compared, ...] = ()
    """What the machine found again, criterion by criterion."""

    @property
    def valid(self) -> bool:
        """Tell whether the label holds: all is right, but for what the machine could not look at."""
        return all(one.passed or (one.passed is None and one.about == "machine") for one in self.findings)

    @property
    def issuer(self) -> str:
        """The `did:web` under which it was issued."""
        return _id_of(self.credential.get("issuer"))


def verify(credential: Json, fetch: Fetch, now: datetime) -> Verdict:
    """Check a credential of a label, or a badge.

    Args:
        credential: What was handed over.
        fetch: Gives the bytes at an address, or raises an error of ours.
        now: As of which moment.

    Raises:
        InvalidDataError: It is no label that can be looked at.
    """
    _check_form(credential)
    signature = _signature(credential, fetch)
    if not signature.passed:
        return Verdict(credential, (signature,))
    lists = [_status(credential, purpose, fetch, now) for purpose in PURPOSES]
    return Verdict(credential, (signature, _period(credential, now), *lists))


def names_of(told: Any, *languages: str) -> str:
    """Read a name that stands there in one or several languages.

    >>> names_of([{"@value": "Brug", "@language": "nl"}, {"@value": "Bridge", "@language": "en"}], "nl")
    'Brug'
    """
    if isinstance(told, str):
        return told
    known = {
        str(one.get("@language", "")): str(one.get("@value", ""))
        for one in (told if isinstance(told, list) else [told])
        if isinstance(one, dict)
    }
    plain = next((one for one in told if isinstance(one, str)), "") if isinstance(told, list) else ""
    wanted = (known[one] for one in (*languages, "en", *sorted(known)) if one in known)
    return next(wanted, plain)


def _check_form(credential: Json) -> None:
    kinds = credential.get("type")
    found = [kind for kind in KINDS if isinstance(kinds, list) and kind in kinds]
    contexts = credential.get("@context")
    _refuse_unknown_contexts(contexts)
    subject = credential.get("credentialSubject")
    if (
        len(found) != 1
        or contexts != [*KINDS[found[0]]]
        or not isinstance(subject, dict)
        or _evades(credential)
    ):
        raise InvalidDataError(
            "credential-no-label",
            "This credential is no label, but something else. What is checked here are labels of buddy and "
            "mentoring projects.",
        )


def _refuse_unknown_contexts(contexts: Any) -> None:
    for one in _several(contexts):
        if isinstance(one, str):
            text_of(one[:LONGEST_IRI])


def _evades(document: Json) -> bool:
    """Tell whether anything is said in other words than those of its contexts.

    The same statements can be written down in such a way that they are signed, and yet are not found where
    they are looked for: under whole IRIs, in `@included` or `@graph`, or with a context of their own.
    """
    rest: list[Any] = [value for name, value in document.items() if name != "@context"]
    names = [name for name in document if name != "@context"]
    while rest:
        part = rest.pop()
        if isinstance(part, dict):
            names.extend(part)
        rest.extend(part.values() if isinstance(part, dict) else part if isinstance(part, list) else ())
    return any(":" in name or (name.startswith("@") and name not in TEXT_PARTS) for name in names)


def _signature(credential: Json, fetch: Fetch) -> Finding:
    """Look whether the issuer signed exactly this, with a key that was its own at that time."""
    issuer = _id_of(credential.get("issuer"))
    try:
        document = _keys_of(issuer, fetch)
    except KoepelError as error:
        remark = Remark("label-issuer-unreachable", "The keys of the issuer cannot be read.")
        return Finding("signature", False, remark, error)
    trouble = _untrusted(credential, issuer, document)
    if trouble:
        return Finding("signature", False, trouble)
    return Finding(
        "signature",
        True,
        Remark(
            "label-signature-right",
            "The signature is right: {issuer} signed this, and nothing was changed since.",
            {"issuer": issuer},
        ),
    )


def _keys_of(issuer: str, fetch: Fetch) -> Json:
    """Read the document of an issuer; of one that has none there are no keys."""
    place = did_address(issuer)
    return read_json(fetch(place)) if place else {}


def _untrusted(credential: Json, issuer: str, document: Json) -> Remark | None:
    """Say why the signature of a credential cannot be trusted; nothing if it can."""
    proof = credential.get("proof")
    if not isinstance(proof, dict) or proof.get("cryptosuite") != SUITE or not document:
        return Remark(
            "label-proof-missing",
            "Nobody can be held to this: it has no signature of the kind that labels have, or names no "
            "issuer whose keys could be found.",
        )
    method = _method(document, issuer, str(proof.get("verificationMethod", "")))
    if method is None or not _was_valid(method, str(proof.get("created", ""))):
        return Remark(
            "label-key-foreign",
            "The key behind the signature does not speak for {issuer}: it is not among its keys, was taken "
            "out of use before, or was revoked. Ask the issuer for the label as it stands now.",
            {"issuer": issuer},
        )
    right = proof.get("type") == "DataIntegrityProof" and proof.get("proofPurpose") == "assertionMethod"
    if not right or not is_signed(credential, proof, str(method.get("publicKeyMultibase", ""))):
        return Remark(
            "label-signature-wrong",
            "The signature does not fit: this was changed after it was signed, or {issuer} never signed it.",
            {"issuer": issuer},
        )
    return None


def _method(document: Json, issuer: str, name: str) -> Json | None:
    """Find a key in the document of its owner; it must be there for making statements."""
    methods, allowed = document.get("verificationMethod"), document.get("assertionMethod")
    if document.get("id") != issuer or not isinstance(methods, list) or not isinstance(allowed, list):
        return None
    for one in methods:
        if isinstance(one, dict) and one.get("id") == name and one.get("controller") == issuer:
            return one if name in allowed and one.get("type") == "Multikey" else None
    return None


def _was_valid(method: Json, created: str) -> bool:
    """Tell whether a key was in use when something was signed; what was revoked speaks for nothing."""
    moment, end = _moment(created), method.get("expires")
    if moment is None or "revoked" in method:
        return False
    last = _moment(str(end)) if end is not None else None
    return end is None or (last is not None and moment <= last)


def _period(credential: Json, now: datetime) -> Finding:
    start, end = (_moment(str(credential.get(name, ""))) for name in ("validFrom", "validUntil"))
    since, until = (str(credential.get(name, ""))[:10] for name in ("validFrom", "validUntil"))
    if start is None or end is None or now > end:
        said = Remark(
            "label-over",
            "The label has run out: it held from {start} through {end}.",
            {"start": since, "end": until},
        )
        return Finding("period", False, said)
    if now < start:
        early = Remark("label-early", "The label does not hold yet: it begins on {start}.", {"start": since})
        return Finding("period", False, early)
    holds = Remark(
        "label-in-time", "The label holds from {start} through {end}.", {"start": since, "end": until}
    )
    return Finding("period", True, holds)


def _status(credential: Json, purpose: str, fetch: Fetch, now: datetime) -> Finding:
    """Look into the list that says whether a label was revoked, or is suspended."""
    try:
        told = _entry(credential, purpose, fetch, now)
    except KoepelError as error:
        remark = Remark(
            "label-status-unknown", "Whether the label was revoked or is suspended cannot be told."
        )
        return Finding(purpose, False, remark, error)
    return Finding(purpose, not told, _told_of_status(purpose, told))


def _told_of_status(purpose: str, is_told: bool) -> Remark:
    if purpose == REVOCATION:
        if is_told:
            return Remark("label-revoked", "The label was revoked, or another one has taken its place.")
        return Remark("label-not-revoked", "The label was not revoked.")
    if is_told:
        return Remark("label-suspended", "The label is suspended for the time being.")
    return Remark("label-not-suspended", "The label is not suspended.")


def _entry(credential: Json, purpose: str, fetch: Fetch, now: datetime) -> bool:
    statuses = credential.get("credentialStatus")
    entries = [
        one
        for one in (statuses if isinstance(statuses, list) else [statuses])
        if isinstance(one, dict) and one.get("statusPurpose") == purpose
    ]
    if len(entries) != 1 or entries[0].get("type") != "BitstringStatusListEntry":
        raise _status_missing()
    address, index = (
        str(entries[0].get("statusListCredential", "")),
        str(entries[0].get("statusListIndex", "")),
    )
    bits = _list_at(address, purpose, _id_of(credential.get("issuer")), fetch, now)
    if not (index.isascii() and index.isdigit() and len(index) < len(str(2**31))):
        raise _status_missing()
    return is_set(bits, int(index))


def _list_at(address: str, purpose: str, issuer: str, fetch: Fetch, now: datetime) -> bytes:
    """Fetch a status list and check that it is the issuer's own, for this purpose, and of these days."""
    listed = read_json(fetch(address))
    subject = listed.get("credentialSubject")
    fitting = (
        isinstance(subject, dict)
        and subject.get("statusPurpose") == purpose
        and listed.get("id") == address
        and listed.get("@context") == [*LISTS]
        and "BitstringStatusListCredential" in _several(listed.get("type"))
        and _id_of(listed.get("issuer")) == issuer
        and not _evades(listed)
    )
    if not fitting or not _period(listed, now).passed or _untrusted(listed, issuer, _keys_of(issuer, fetch)):
        raise InvalidDataError(
            "status-list-foreign",
            "The status list at {address} is not a list of the issuer that counts today, so it says nothing "
            "about this label.",
            address=address,
        )
    return unpack_bits(str(listed["credentialSubject"].get("encodedList", "")))


def _status_missing() -> InvalidDataError:
    return InvalidDataError(
        "status-missing", "The credential does not say where its issuer tells whether it still counts."
    )


def _id_of(part: Any) -> str:
    return str(part.get("id", "")) if isinstance(part, dict) else str(part or "")


def _several(part: Any) -> list[Any]:
    return part if isinstance(part, list) else [part]


def _moment(text: str) -> datetime | None:
    """Read a moment with a time zone; nothing else is one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
