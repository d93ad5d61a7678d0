"""Issues labels in every form for one registry: made from the ledger at each request, and always the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from registry.certification.life.case import Case
from registry.errors import GoneError, NotFoundError
from registry.ingest.canonical import digest
from registry.label.badge.open_badge import build_badge
from registry.label.check.machine import rules_text
from registry.label.credential import Particulars, build
from registry.label.keys.did import did_document, did_of, instant, method_of, slug_of
from registry.label.keys.key import key_for, read_keys, was_compromised
from registry.label.naming import Naming
from registry.label.proof import signed
from registry.label.status_list import LIST_BITS, build_list, list_address, marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from registry.certification.desk import Desk
    from registry.certification.life.act import Act
    from registry.certification.life.case import Label
    from registry.label.keys.key import Key
    from registry.label.keys.keyring import Keyring

    Json = dict[str, Any]

__all__ = ["Issuer", "keyless"]

FRESH: Final = ("grant", "extend")
"""Acts after which a label says something else; so does an overturned revocation, which moves its place."""


@dataclass(frozen=True)
class Issuer:
    """Where labels are signed: the desk of a registry with the keys of its bodies."""

    desk: Desk
    keyring: Keyring

    def keys(self, body: str) -> tuple[Key, ...]:
        """Give all keys that a body ever had.

        Raises:
            NotFoundError: It has none.
        """
        found = read_keys(self.desk.caseload().events).get(body)
        if not found:
            raise keyless(body)
        return found

    def bodies(self) -> dict[str, str]:
        """Give the bodies that have keys, by the names that they have in addresses."""
        return {slug_of(body): body for body in read_keys(self.desk.caseload().events)}

    def body(self, slug: str) -> str:
        """Find a body by its name in addresses.

        Raises:
            NotFoundError: None of that name has a key.
        """
        found = self.bodies().get(slug)
        if found is None:
            raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=slug)
        return found

    def did_document(self, body: str) -> Json:
        """Give the document with the public keys of a body."""
        return did_document(did_of(self.desk.address, body), body, self.keys(body))

    def page_of(self, body: str) -> str:
        """Tell where everything about a body stands."""
        return f"{self.desk.address}/body/{slug_of(body)}"

    def issued(self, case: Case) -> tuple[Label, Act]:
        """Give a label as it was last issued by the day of its case, and the act that called for it.

        Raises:
            NotFoundError: None was granted by then.
        """
        for position in range(len(case.acts), 0, -1):
            act = case.acts[position - 1]
            if act.name in FRESH or (act.name == "overturn" and "index" in act.details):
                label = Case(case.iri, case.acts[:position], act.on).label
                if label:
                    return label, act
        raise NotFoundError(
            "label-unknown", "There is no label {label} here. Check its number.", label=case.number
        )

    def credential(self, case: Case) -> Json:
        """Give the signed credential of a label."""
        return self._signed(case, build)

    def open_badge(self, case: Case) -> Json:
        """Give the label as a signed Open Badge."""
        return self._signed(case, build_badge)

    def status_list(self, body: str, purpose: str, number: int) -> Json:
        """Give a signed status list of a body, as of today.

        Raises:
            NotFoundError: The body has no such list, or no key.
        """
        day, caseload = self.desk.today(), self.desk.caseload()
        cases = [case for case in caseload.cases(day) if case.body == body]
        erased = caseload.erased_places(body)
        places = marked(cases, erased, purpose)
        last = max((index // LIST_BITS for index in (*places, *erased, *_indexes(cases))), default=0)
        if not 1 <= number <= last + 1:
            raise NotFoundError(
                "no-such-thing", "The registry knows nothing called {name}.", name=str(number)
            )
        within = frozenset(one % LIST_BITS for one in places if one // LIST_BITS == number - 1)
        key, moment = self._present_key(body, day=datetime.combine(day, time(), UTC))
        address, did = list_address(self.page_of(body), purpose, number), did_of(self.desk.address, body)
        return self._sealed(build_list(address, did, purpose, within, day), key, moment)

    def description(self, label: Label) -> bytes:
        """Give the description that was assessed, in canonical N-Quads.

        Raises:
            GoneError: It was erased since.
        """
        if not label.digest:
            raise NotFoundError(
                "label-without-description",
                "The label {label} is older than this registry and rests on no description that it holds.",
                label=label.iri,
            )
        try:
            return self.desk.home.ledger.version(label.digest).canonical
        except NotFoundError as error:
            raise GoneError(
                "description-gone",
                "The description on which the label {label} rests was erased, as the law asks for.",
                label=label.iri,
            ) from error

    def to_reissue(self, body: str) -> tuple[Case, ...]:
        """List the labels of a body that a compromised key had signed and another key signs now."""
        keys = self.keys(body)
        return tuple(
            case
            for case in self.desk.caseload().cases(self.desk.today())
            if case.body == body and case.label and was_compromised(keys, _written(self.issued(case)[1]))
        )

    def rules(self, label: Label) -> bytes:
        """Give the standard of a label as one SHACL file, in canonical N-Triples."""
        return rules_text(self.desk.rulebook, label.standard, label.version, label.assessed)

    def signer(self, case: Case) -> Key:
        """Tell which key signs a label."""
        return self._key(self.issued(case)[1], case.body)[0]

    def _signed(self, case: Case, build: Callable[[Label, Particulars], Json]) -> Json:
        label, act = self.issued(case)
        key, moment = self._key(act, case.body)
        written = build(label, self._particulars(label, case, act.position))
        return self._sealed(written, key, moment)

    def _sealed(self, written: Json, key: Key, moment: datetime) -> Json:
        method = method_of(did_of(self.desk.address, key.body), key)
        return signed(written, method, instant(moment), partial(self.keyring.sign, key))

    def _key(self, act: Act, body: str) -> tuple[Key, datetime]:
        written = _written(act)
        return key_for(self.keys(body), written) or self._present_key(body, written)

    def _present_key(self, body: str, day: datetime) -> tuple[Key, datetime]:
        """Find the key that signs now; a body whose only key is compromised needs another one first."""
        sound = [key for key in self.keys(body) if key.end is None]
        if not sound:
            raise keyless(body)
        return sound[-1], max(day, sound[-1].start)

    def _particulars(self, label: Label, case: Case, position: int | None) -> Particulars:
        """Gather what a credential says beside the label, as it was known when the label was issued."""
        naming, standard = Naming(self.desk, position), self.desk.rulebook.standard(label.standard)
        scheme = self.desk.caseload().scheme(case)
        return Particulars(
            issuer=did_of(self.desk.address, label.body),
            body_page=self.page_of(label.body),
            body_names=naming.organisation(label.body, scheme),
            subject_names=naming.described_in(label.digest, label.subject),
            label_names=naming.label(scheme, label.level),
            standard=str(standard.iri),
            rules=digest(self.rules(label)),
            fictitious=scheme.fictitious,
        )


def keyless(body: str) -> NotFoundError:
    """Say that a body has no key that signs now: it can issue nothing, and its status lists run out."""
    return NotFoundError(
        "body-without-key",
        "{body} has no key with which it could sign. The operator makes one with koepel key create.",
        body=body,
    )


def _written(act: Act) -> datetime:
    """Tell when an act was written down; in a ledger it always says so."""
    return act.time or datetime.combine(act.on, time(), UTC)


def _indexes(cases: list[Case]) -> Iterator[int]:
    return (case.label.index for case in cases if case.label)
