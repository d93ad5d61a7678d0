"""Names, claims and merges organisations, and hands a source over to another owner.

Each act is one line for the ledger. The IRI of an organisation stays what it is: others may have it in their
own descriptions, and it leads on to whoever took its place.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from federation.source import Source
from registry.errors import InvalidDataError, NotAllowedError, NotFoundError, printable
from registry.ingest.space import is_inside
from registry.ledger import Event, Happening
from registry.organisation import Organisation, organisations
from registry.registration import LONGEST, WEB_IRI, is_reserved
from registry.vocabulary import CODE, Labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from registry.ledger import Ledger

__all__ = ["claim_organisation", "merge_organisations", "name_organisation", "transfer_source"]

LONGEST_NAME = 200
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
"""The tag of a language (RFC 5646), as RDF can write it."""


def name_organisation(ledger: Ledger, iri: str, name: str, language: str = "", kind: str = "") -> Event:
    """Give an organisation a name before it describes itself.

    Args:
        ledger: What is known of it.
        iri: Its IRI, by which others name it.
        name: What it is called, on one line.
        language: The language of the name, as in `nl`; without one it is the same in all.
        kind: The code of its type of organisation, as in `foundation`.
    """
    _refuse_unfit(iri)
    if not name.strip() or len(name) > LONGEST_NAME or printable(name) != name:
        raise InvalidDataError(
            "name-unfit", "{name} cannot be a name. Give one line of at most {limit} signs.",
            name=name, limit=LONGEST_NAME,
        )  # fmt: skip
    if language and not LANGUAGE.fullmatch(language):
        raise InvalidDataError(
            "language-unfit",
            "{language} is not the short name of a language. Give one as in nl or pt-BR.",
            language=language,
        )
    if source := _known(ledger, iri).source:
        raise NotAllowedError(
            "organisation-claimed",
            "{iri} has been claimed by {source}, which says itself what it is called.",
            iri=iri,
            source=source,
        )
    told = {"name": name.strip(), "language": language, "kind": _kind(kind)}
    return Event(iri, Happening.NAMED, terms=_terms(told))


def claim_organisation(ledger: Ledger, iri: str, source: str, *, vouched: bool = False) -> Event:
    """Let a source speak for an organisation, because its space covers the IRI or somebody vouches for it."""
    _refuse_unfit(iri)
    if source not in ledger.registrations():
        raise NotFoundError(
            "claim-unregistered", "{source} is not registered. Add it with koepel add first.", source=source
        )
    earlier = _known(ledger, iri).source
    if not vouched and not is_inside(iri, source):
        raise NotAllowedError(
            "claim-outside",
            "{iri} does not lie under {source}, so that source cannot show that it is its own. Add --vouch "
            "if you know that it is.",
            iri=iri,
            source=source,
        )
    if not vouched and earlier not in {"", source}:
        raise NotAllowedError(
            "claim-taken",
            "{iri} has been claimed by {source} already. Add --vouch if you know that this has changed.",
            iri=iri,
            source=earlier,
        )
    return Event(iri, Happening.CLAIMED, terms=_terms({"source": source}))


def merge_organisations(ledger: Ledger, old: str, into: str, reason: str) -> Event:
    """Let one organisation take the place of another, whose IRI leads on to it from now on."""
    _refuse_unfit(old)
    _refuse_unfit(into)
    if _leads_by(into, old, organisations(ledger.organisations())):
        raise NotAllowedError(
            "merge-circular",
            "{old} cannot be merged into {into}: that one is the same, or was itself merged into it.",
            old=old,
            into=into,
        )
    return Event(old, Happening.MERGED, reason=reason, terms=_terms({"into": into}))


def transfer_source(ledger: Ledger, source: str, owner: str, address: str, reason: str) -> Event:
    """Hand a source over to another owner, and to another address if one is given; its IRIs stay."""
    known = ledger.registrations().get(source)
    if known is None:
        raise NotFoundError(
            "transfer-unregistered", "{source} is not registered, so it cannot change hands.", source=source
        )
    _refuse_unfit(owner)
    if address:
        _refuse_unfit(address)
    after = replace(Source.of(known), owner=owner, address=address or known.address)
    return Event(
        source, Happening.TRANSFERRED, after.address, reason=reason, via=known.via, terms=after.terms
    )


def _leads_by(iri: str, other: str, known: Mapping[str, Organisation]) -> bool:
    """Tell whether the way from an organisation along its successors comes by another one."""
    seen: set[str] = set()
    while iri and iri != other and iri not in seen:
        seen.add(iri)
        iri = known[iri].successor if iri in known else ""
    return iri == other


def _known(ledger: Ledger, iri: str) -> Organisation:
    return organisations(ledger.organisations()).get(iri, Organisation(iri))


def _terms(told: dict[str, str]) -> str:
    return json.dumps({name: value for name, value in told.items() if value}, sort_keys=True)


def _kind(kind: str) -> str:
    """Find the code of a type of organisation by its short name or its IRI."""
    if not kind:
        return ""
    scheme = f"{CODE}organisation-type/"
    iri = kind if kind.startswith(scheme) else scheme + kind
    name = iri.removeprefix(scheme)
    if Labels().label(iri, "nl") == name and Labels().label(iri, "en") == name:
        raise NotFoundError(
            "organisation-type-unknown",
            "There is no type of organisation {kind}. The code list {scheme} has them all.",
            kind=kind,
            scheme=scheme.rstrip("/"),
        )
    return iri


def _refuse_unfit(iri: str) -> None:
    if len(iri) > LONGEST or not WEB_IRI.fullmatch(iri) or is_reserved(iri):
        raise InvalidDataError(
            "organisation-unfit",
            "{iri} cannot be the IRI of an organisation. Give one that begins with https:// and lies on its "
            "own site, or on that of an umbrella organisation.",
            iri=iri,
        )
