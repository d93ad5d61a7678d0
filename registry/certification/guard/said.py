"""What is said with an act: a reason where one is due, no personal data, only what is in the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from registry.certification.details import (
    Audit,
    Evidence,
    EvidenceGone,
    Judgement,
    Recommendation,
    SelfAssessment,
)
from registry.certification.guard.demand import conditions_asked
from registry.certification.proof.evidence import exhibits
from registry.certification.proof.judgement import standard_of
from registry.errors import InvalidDataError, NotAllowedError
from registry.registration import WEB_IRI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.certification.guard.matter import Matter
    from registry.certification.life.case import Case

__all__ = [
    "REASONED",
    "check_evidence",
    "check_personal",
    "check_reason",
    "check_signs",
    "check_uses",
    "names_person",
]

REASONED: Final = frozenset(
    {"appeal", "extend", "overturn", "refuse", "reinstate", "revoke", "send-back", "suspend", "uphold"}
)
"""The acts that nobody does without saying why."""
LONGEST: Final = 2_000
MAIL: Final = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
DAY: Final = re.compile(r"\b\d{4}-\d\d-\d\d\b")
PHONE: Final = re.compile(r"(?<![\w.,:/#-])(?:\+|00?)[1-9](?:[ ()/.-]{0,2}\d){7,14}(?!\w)")
HIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Half signs, control characters but tabulators and line ends, and marks that turn the direction."""
SHOWN: Final = 10


def names_person(text: str) -> bool:
    """Tell whether a text holds a mail address or a telephone number: then it leads to a person.

    >>> [
    ...     names_person(text)
    ...     for text in ("Ask an@buddy.example.", "Call +32 9 123 45 67.", "Call 0470/12 34 56")
    ... ]
    [True, True, True]
    >>> [names_person(text) for text in ("From 2025-07-01 to 2026-07-01", "3 of 10", "Q08b, cms:R3-Q06")]
    [False, False, False]
    """
    plain = DAY.sub("", text)
    return bool(MAIL.search(plain) or PHONE.search(plain))


def check_reason(matter: Matter) -> None:
    """Refuse a decision without a reason, and a reason that nobody would read to its end."""
    reason = matter.order.reason.strip()
    if matter.order.act in REASONED and not reason:
        raise InvalidDataError(
            "reason-missing",
            "The act '{act}' needs a reason. Say why in a sentence or two.",
            act=matter.order.act,
        )
    if len(reason) > LONGEST:
        raise InvalidDataError(
            "reason-too-long",
            "The reason has more than {limit} characters. Say it more briefly, and add a document where "
            "more is needed.",
            limit=LONGEST,
        )


def check_personal(matter: Matter) -> None:
    """Refuse mail addresses and telephone numbers in every text: the ledger keeps what it is given."""
    told = matter.told.model_dump() if matter.told else {}
    if any(names_person(text) for text in (matter.order.reason, *_texts(told))):
        raise InvalidDataError(
            "text-personal",
            "A text holds a mail address or a telephone number. Nothing here names persons, because what is "
            "written stays: leave it out.",
        )


def check_signs(matter: Matter) -> None:
    """Refuse signs that nobody sees and that make a text read as another, or disturb a terminal."""
    told = matter.told.model_dump() if matter.told else {}
    if any(HIDDEN.search(text) for text in (matter.order.reason, *_texts(told))):
        raise InvalidDataError(
            "text-hidden",
            "A text holds hidden signs, such as control characters. Write it anew, without copying it.",
        )


def check_uses(matter: Matter) -> None:
    """Refuse to speak of a use of a criterion that the version of the standard does not have."""
    if matter.case is None:
        return
    known = {str(use.iri) for use in standard_of(matter.desk, matter.case).uses}
    unknown = sorted({use for use in _uses(matter, matter.case) if use not in known})
    if unknown:
        raise InvalidDataError(
            "use-unknown",
            "The version of the standard that counts in the case {case} does not have: {uses}. Give uses of "
            "criteria from that version.",
            case=matter.case.number,
            uses=", ".join(unknown[:SHOWN]),
        )


def check_evidence(matter: Matter) -> None:
    """Refuse evidence that lies in the future or nowhere, and to point to what is not in the case."""
    match matter.told:
        case Evidence() as told:
            _check_exhibit(matter, told)
        case EvidenceGone(number=number):
            _check_numbers(matter, {number}, old=True)
            _check_unused(matter, number)
        case Audit() as told:
            _check_sessions(matter, told)
            _check_numbers(matter, {one for judged in told.judgements for one in judged.evidence})
        case Judgement() as told:
            _check_numbers(matter, {one for judged in told.judgements for one in judged.evidence})
        case Recommendation(level=level) if level and matter.scheme.level(level) is None:
            raise NotAllowedError(
                "level-unknown",
                "The label scheme {scheme} has no level {level}. Choose from: {choices}.",
                scheme=matter.scheme.iri,
                level=level,
                choices=", ".join(one.iri for one in matter.scheme.levels),
            )


def _check_exhibit(matter: Matter, told: Evidence) -> None:
    if told.dated > matter.on:
        raise InvalidDataError(
            "evidence-from-future",
            "The document is dated {dated}, later than {day} on which it is added. Correct its day.",
            dated=told.dated.isoformat(),
            day=matter.on.isoformat(),
        )
    if told.kind == "link" and not WEB_IRI.fullmatch(told.address):
        raise InvalidDataError(
            "evidence-address",
            "A link needs an address that begins with https:// or http://, and {address} is none. Give one, "
            "or upload the file.",
            address=told.address or "—",
        )


def _check_unused(matter: Matter, number: str) -> None:
    """Keep what a finding rests on, also where a case was sent back: the finding still counts."""
    findings = matter.case.all("read-documents", "audit") if matter.case else ()
    if any(number in judged["evidence"] for act in findings for judged in act.details["judgements"]):
        raise NotAllowedError(
            "evidence-judged",
            "Those who assess have looked at the document {number} and built on it, so it stays. Add a newer "
            "one beside it.",
            number=number,
        )


def _check_sessions(matter: Matter, told: Audit) -> None:
    begun = next(act.on for act in matter.case.acts if act.name == "submit") if matter.case else matter.on
    wrong = [day.isoformat() for day in told.sessions if not begun <= day <= matter.on]
    if wrong:
        raise InvalidDataError(
            "session-day",
            "The sessions of an audit lie between {begun}, when the case was handed in, and {day}, when the "
            "audit is noted. These do not: {days}.",
            begun=begun.isoformat(),
            day=matter.on.isoformat(),
            days=", ".join(wrong),
        )


def _check_numbers(matter: Matter, numbers: set[str], *, old: bool = False) -> None:
    """Check that evidence is in the case, and unless it may be old, that it still shows something."""
    assert matter.case is not None  # noqa: S101 - every act about evidence belongs to a case
    months = None if old else matter.scheme.evidence_months
    good = {one.number for one in exhibits(matter.case) if not one.is_old(matter.on, months)}
    if numbers - good:
        raise InvalidDataError(
            "evidence-not-there",
            "The case {case} holds no evidence with these numbers that is recent enough for its scheme: "
            "{numbers}. Choose from: {choices}.",
            case=matter.case.number,
            numbers=", ".join(sorted(numbers - good)),
            choices=", ".join(sorted(good, key=int)) or "—",
        )


def _uses(matter: Matter, case: Case) -> Iterator[str]:
    match matter.told:
        case SelfAssessment(answers=answers):
            yield from (one.use for one in answers)
        case Judgement(judgements=judgements):
            yield from (one.use for one in judgements)
        case Evidence(supports=supports):
            yield from supports
        case Recommendation(conditions=conditions):
            yield from (use for one in conditions for use in one.uses)
        case _ if matter.order.act == "grant":
            yield from (use for one in conditions_asked(matter, case) for use in one.uses)


def _texts(told: Any) -> Iterator[str]:
    """Find every text in what is said, however deep; addresses of documents and names of things are none."""
    match told:
        case {**parts} if isinstance(told, dict):
            for name, part in parts.items():
                yield from (
                    _texts(part) if name not in ("address", "use", "uses", "supports", "digest") else ()
                )
        case list() | tuple():
            for part in told:
                yield from _texts(part)
        case str():
            yield told
