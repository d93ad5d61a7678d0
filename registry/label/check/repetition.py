"""Lets the machine look again at exactly the description that a label rests on, and says where it agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from registry.errors import InvalidDataError, KoepelError
from registry.ingest.canonical import digest
from registry.ingest.remark import Remark
from registry.label.check.machine import Compared, compare, rules_text
from registry.label.check.verification import Finding
from registry.label.keys.multibase import multihash
from registry.vocabulary import CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from registry.label.check.verification import Verdict
    from registry.validation.standard import Library

__all__ = ["digest_asked", "is_asked", "is_fictitious", "repeat", "source_asked", "standard_asked"]

Told = dict[str, Any]
N_QUADS: Final = "application/n-quads"
RULES: Final = "application/n-triples"


def repeat(
    verdict: Verdict, library: Library, fetch: Callable[[str], bytes], canonical: bytes | None = None
) -> Verdict:
    """Add to a verdict what the machine finds today in the description that was assessed then.

    Args:
        verdict: What was found before; where the signature is wrong there is nothing to repeat.
        library: The standards that are installed here.
        fetch: Gives the bytes at an address, or raises an error of ours.
        canonical: The statements of the description, where somebody has them; else they are fetched.
    """
    if not verdict.findings[0].passed:
        return verdict
    try:
        finding, compared = _repeat(verdict.credential, library, fetch, canonical)
    except KoepelError as error:
        remark = Remark("label-machine-idle", "What the machine decided could not be checked again.")
        finding, compared = Finding("machine", None, remark, error), ()
    return replace(verdict, findings=(*verdict.findings, finding), compared=compared)


def digest_asked(credential: Mapping[str, Any], media_type: str = N_QUADS) -> str:
    """Give the digest of the description that a label rests on; empty if it names none."""
    return str(_resource(credential, media_type).get("digestMultibase", ""))


def is_asked(credential: Mapping[str, Any], canonical: bytes) -> bool:
    """Tell whether these are the statements that a label rests on."""
    return multihash(canonical) == digest_asked(credential)


def source_asked(credential: Mapping[str, Any]) -> str:
    """Give the source of that description, which is the name of its graph in a dump."""
    return str(_certification(credential).get("source", ""))


def standard_asked(credential: Mapping[str, Any]) -> tuple[str, str]:
    """Give the short name and the version of the standard by which it was decided."""
    told = _certification(credential)
    return str(told.get("standardToken", "")), str(told.get("standardVersion", ""))


def is_fictitious(credential: Mapping[str, Any]) -> bool:
    """Tell whether a label says of itself that its scheme is made up; a badge has no room for that."""
    return _certification(credential).get("fictitious") is True


def _repeat(
    credential: Mapping[str, Any],
    library: Library,
    fetch: Callable[[str], bytes],
    canonical: bytes | None,
) -> tuple[Finding, tuple[Compared, ...]]:
    told = _certification(credential)
    if not told:
        remark = Remark(
            "label-badge-only",
            "A badge says nothing about single criteria. The credential of the label does: take it from the "
            "page of the label.",
        )
        return Finding("machine", None, remark), ()
    text = canonical if canonical is not None else fetch(str(_resource(credential, N_QUADS).get("id", "")))
    if not is_asked(credential, text):
        raise InvalidDataError(
            "description-another",
            "The description at hand is not the one that was assessed: its digest is {digest}.",
            digest=digest(text),
        )
    standard, version = standard_asked(credential)
    day = _day(told)
    _check_rules(credential, library, standard, version, day)
    subject = str(credential["credentialSubject"].get("id", ""))
    compared = compare(library, text, _outcomes(told), subject, standard, version, day)
    return _finding(compared), compared


def _finding(compared: tuple[Compared, ...]) -> Finding:
    count, different = len(compared), sum(not one.same for one in compared)
    if different:
        remark = Remark(
            "label-machine-differs",
            "Of {count} criteria that a machine decides, {different} come out otherwise than the label says.",
            {"count": count, "different": different},
        )
        return Finding("machine", False, remark)
    remark = Remark(
        "label-machine-agrees",
        "The machine comes to the same result again for all {count} criteria that it decides.",
        {"count": count},
    )
    return Finding("machine", True, remark)


def _check_rules(
    credential: Mapping[str, Any], library: Library, standard: str, version: str, day: date
) -> None:
    """Make sure that the standard here asks what it asked then; a newer text of the same version may not."""
    asked = digest_asked(credential, RULES)
    if multihash(rules_text(library, standard, version, day)) != asked:
        raise InvalidDataError(
            "rules-another",
            "The standard {standard} {version} reads otherwise here than when the label was decided. Use the "
            "software as it was then, or any SHACL validator with the file that the label names.",
            standard=standard,
            version=version,
        )


def _certification(credential: Mapping[str, Any]) -> Told:
    subject = credential.get("credentialSubject")
    told = subject.get("hasCertification") if isinstance(subject, dict) else None
    return told if isinstance(told, dict) else {}


def _resource(credential: Mapping[str, Any], media_type: str) -> Told:
    listed = credential.get("relatedResource")
    found = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and one.get("mediaType") == media_type
    ]
    return found[0] if found else {}


def _outcomes(told: Told) -> dict[str, dict[str, str]]:
    listed = told.get("outcomes")
    return {
        str(one.get("use", "")): {
            "outcome": str(one.get("outcome", "")).removeprefix(CODE["outcome/"]),
            "mode": str(one.get("mode", "")).removeprefix(CODE["decision-mode/"]),
        }
        for one in (listed if isinstance(listed, list) else [listed])
        if isinstance(one, dict)
    }


def _day(told: Told) -> date:
    try:
        return date.fromisoformat(str(told.get("assessed", "")))
    except ValueError as error:
        raise InvalidDataError(
            "assessed-unknown", "The label does not say on which day the description was assessed."
        ) from error
