"""What everybody may know of labels, as statements for the graph.

Told are labels, with all that was decided on them; nothing is told of applications that led to none, of
refusals, of notes, of accounts, or of evidence that is confidential. It follows from the acts and the day
alone, so that the graph can be made again at any time.

A label says of itself what holds on the day: state, level, validity. Its periods (`koepel:period`) say what
held on every day before, its decisions (`koepel:decision`) why, and its findings (`koepel:restsOn`) on what
it rests: outcome, how it was decided (EARL 1.0 Schema, section 2.1) and how well it is backed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rdflib import RDF, XSD, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV

from registry.certification.life.period import periods
from registry.scheme.statement import scheme_statements
from registry.vocabulary import CODE, KOEPEL, SCHEMA, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from registry.certification.life.act import Act
    from registry.certification.life.case import Case, Label
    from registry.certification.life.caseload import Caseload
    from registry.graph.store import Statement
    from registry.validation.standard import Library

__all__ = ["DECISIONS", "FEWEST", "label_statements", "public_decisions", "public_evidence", "statements"]

EARL: Final = Namespace("http://www.w3.org/ns/earl#")
CONFIRMED: Final = CODE["trust-level/auditor-confirmed"]
DECISIONS: Final = frozenset({"grant", "extend", "suspend", "reinstate", "revoke", "replace", "overturn"})
"""Acts on a label that everybody may know of."""
MODES: Final = {"machine": EARL.automatic, "evidence": EARL.semiAuto, "person": EARL.manual}
FEWEST: Final = 3
"""So many people must have been heard before their number is told, so that nobody can guess who they were."""
UNFIT: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
"""What no IRI holds (SPARQL 1.1, rule 139)."""


def statements(
    caseload: Caseload, library: Library, day: date, cases: Iterable[Case] | None = None
) -> Iterator[Statement]:
    """Tell of labels as they stand on a day, and of the schemes that were adopted.

    Args:
        caseload: What is known of all cases.
        library: The standards; a label keeps the standard and version that counted.
        day: As of which day; what was decided later does not count.
        cases: The only cases to tell of, as they stand on the day; all of them, where none are given.
    """
    for iri in sorted(caseload.schemes):
        yield from scheme_statements(caseload.schemes[iri])
    for case in caseload.cases(day) if cases is None else cases:
        yield from label_statements(case, library)


def label_statements(case: Case, library: Library) -> Iterator[Statement]:
    """Tell of the label of one case, as it stands on the day of the case; nothing where there is none."""
    if (label := case.label) is None:
        return
    yield from _label(case, label, library)
    yield from _periods(case, label)
    yield from _decisions(case, label)
    yield from _audit(case, label)
    yield from _conditions(label)
    yield from _findings(label)
    yield from _evidence(case, label)


def public_decisions(case: Case) -> tuple[Act, ...]:
    """List what was decided on a label, the oldest first, from the award on."""
    granted = case.last("grant")
    since = case.acts[case.acts.index(granted) :] if granted else ()
    return tuple(act for act in since if act.name in DECISIONS)


def public_evidence(case: Case) -> tuple[Act, ...]:
    """List the evidence that everybody may read: links that are there still, and not confidential."""
    gone = {act.details["number"] for act in case.all("remove-evidence")}
    return tuple(
        act for act in case.all("add-evidence") if _is_open(act) and act.details["number"] not in gone
    )


def _is_open(evidence: Act) -> bool:
    told = evidence.details
    is_link = told.get("kind") == "link" and told.get("address", "").startswith(("https://", "http://"))
    return is_link and told.get("confidential") is False


def _label(case: Case, label: Label, library: Library) -> Iterator[Statement]:
    iri, subject = URIRef(label.iri), URIRef(label.subject)
    standard = library.standards.get(label.standard)
    active = SCHEMA.CertificationActive if case.in_force else SCHEMA.CertificationInactive
    yield iri, RDF.type, KOEPEL.Label
    yield iri, RDF.type, SCHEMA.Certification
    yield iri, KOEPEL.awardedTo, subject
    yield iri, SCHEMA.about, subject
    yield iri, SCHEMA.issuedBy, URIRef(label.body)
    yield iri, KOEPEL.underScheme, URIRef(label.scheme)
    yield iri, KOEPEL.atLevel, URIRef(label.level)
    yield iri, KOEPEL.usesStandard, standard.iri if standard else STANDARD[f"{label.standard}#standard"]
    yield iri, KOEPEL.underVersion, Literal(label.version)
    yield iri, SCHEMA.certificationIdentification, Literal(case.number)
    yield iri, SCHEMA.validFrom, Literal(label.valid_from)
    yield iri, SCHEMA.expires, Literal(label.expires)
    yield iri, SCHEMA.certificationStatus, active
    yield iri, KOEPEL.inForce, Literal(case.in_force)
    yield iri, KOEPEL.labelState, CODE[f"label-state/{case.state}"]
    yield iri, KOEPEL.decidedOn, Literal(label.decided)
    if case.in_force:  # what is suspended, revoked or over confirms nothing
        yield iri, KOEPEL.trustLevel, CONFIRMED
    if label.source:  # a label from before the registry may rest on no description that it knows
        yield iri, KOEPEL.assessedDescription, Literal(f"sha256:{label.digest}")
        yield iri, KOEPEL.assessedOn, Literal(label.assessed)
        yield iri, PROV.wasDerivedFrom, URIRef(label.source)
    if case.renews:
        yield iri, KOEPEL.renews, URIRef(case.renews.replace("/case/", "/label/"))


def _periods(case: Case, label: Label) -> Iterator[Statement]:
    for number, period in enumerate(periods(case), start=1):
        iri = URIRef(f"{label.iri}#period-{number}")
        yield URIRef(label.iri), KOEPEL.period, iri
        yield iri, RDF.type, KOEPEL.LabelPeriod
        yield iri, KOEPEL.labelState, CODE[f"label-state/{period.state}"]
        yield iri, KOEPEL.inForce, Literal(period.in_force)
        yield iri, KOEPEL.startDate, Literal(period.start)
        if period.end:
            yield iri, KOEPEL.endDate, Literal(period.end)


def _decisions(case: Case, label: Label) -> Iterator[Statement]:
    for number, act in enumerate(public_decisions(case), start=1):
        iri = URIRef(f"{label.iri}#decision-{number}")
        yield URIRef(label.iri), KOEPEL.decision, iri
        yield iri, RDF.type, KOEPEL.LabelDecision
        yield iri, KOEPEL.act, CODE[f"case-act/{act.name}"]
        yield iri, KOEPEL.decidedOn, Literal(act.on)
        yield iri, PROV.wasAssociatedWith, URIRef(label.body)
        if act.time:
            yield iri, KOEPEL.recordedAt, Literal(act.time.isoformat(), datatype=XSD.dateTime)
        if act.reason:
            yield iri, KOEPEL.reason, Literal(act.reason)
        if "expires" in act.details:
            yield iri, SCHEMA.expires, Literal(act.details["expires"], datatype=XSD.date)


def _audit(case: Case, label: Label) -> Iterator[Statement]:
    """Tell of all visits together: how many sessions, the day of the last, and how many people were heard."""
    visits = [act.details for act in case.all("audit")]
    days = sorted(day for told in visits for day in told.get("sessions", ()))
    if not days:
        return
    iri = URIRef(f"{label.iri}#audit")
    yield URIRef(label.iri), KOEPEL.audit, iri
    yield URIRef(label.iri), SCHEMA.auditDate, Literal(days[-1], datatype=XSD.date)
    yield iri, RDF.type, KOEPEL.Audit
    yield iri, KOEPEL.sessionsHeld, Literal(len(days))
    for name, word in ((KOEPEL.mentorsHeard, "mentors"), (KOEPEL.menteesHeard, "mentees")):
        if (heard := sum(told.get(word, 0) for told in visits)) >= FEWEST:
            yield iri, name, Literal(heard)


def _conditions(label: Label) -> Iterator[Statement]:
    """Tell that something is to be mended by a day, and whether it was; what it is stays untold."""
    for condition in label.conditions:
        iri = URIRef(f"{label.iri}#condition-{condition.number}")
        yield URIRef(label.iri), KOEPEL.condition, iri
        yield iri, RDF.type, KOEPEL.LabelCondition
        yield iri, KOEPEL.dueOn, Literal(condition.due)
        if condition.met:
            yield iri, KOEPEL.metOn, Literal(condition.met)


def _findings(label: Label) -> Iterator[Statement]:
    for number, use in enumerate(sorted(label.outcomes), start=1):
        told, iri = label.outcomes[use], URIRef(f"{label.iri}#finding-{number}")
        result = URIRef(f"{iri}-result")
        yield URIRef(label.iri), KOEPEL.restsOn, iri
        yield iri, RDF.type, EARL.Assertion
        yield iri, EARL.subject, URIRef(label.subject)
        yield iri, EARL.test, URIRef(use)
        yield iri, EARL.mode, MODES[told["mode"]]
        yield iri, EARL.result, result
        yield result, EARL.outcome, CODE[f"outcome/{told['outcome']}"]
        yield iri, KOEPEL.trustLevel, CODE[f"trust-level/{told['trust']}"]


def _evidence(case: Case, label: Label) -> Iterator[Statement]:
    for number, act in enumerate(public_evidence(case), start=1):
        iri = URIRef(f"{label.iri}#evidence-{number}")
        address = UNFIT.sub(lambda found: quote(found[0]), act.details["address"])
        yield URIRef(label.iri), KOEPEL.evidence, iri
        yield iri, RDF.type, KOEPEL.Document
        yield iri, DCTERMS.title, Literal(act.details["title"])
        yield iri, SCHEMA.url, URIRef(address)
        yield iri, DCTERMS.issued, Literal(act.details["dated"], datatype=XSD.date)
