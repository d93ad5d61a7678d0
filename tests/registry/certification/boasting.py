"""A registry with projects that tell of a label: truly, without any, or of one that is over."""

from datetime import date
from pathlib import Path

from registry.home import Home, publish
from registry.validation.standard import load_library
from registry.vocabulary import CODE
from tests.registry.certification.acting import BODY, CASE, LABEL, LOWER, SCHEME, act, adopt, apply, award
from tests.registry.graph.publishing import PROJECT, accept, source

__all__ = ["BOASTING", "DAY", "FORMER", "FORMER_LABEL", "ISSUED", "LABEL", "TRUE", "make_boasts"]

DAY = date(2026, 11, 22)
FORMER_CASE = CASE.replace("0a", "1a")
FORMER_LABEL = FORMER_CASE.replace("/case/", "/label/")
TRUE, BOASTING, FORMER, ISSUED = (f"{source(one)}#it" for one in ("true", "boasting", "former", "issued"))
CLAIM = f"""<#label> a koepel:Label ; koepel:awardedTo <#it> ; koepel:underScheme <{SCHEME}> .
<#document> a <http://xmlns.com/foaf/0.1/Document> ; dct:title "About {{}}"@en ."""
VAUNT = f"""<#label> koepel:trustLevel <{CODE}trust-level/auditor-confirmed> ; koepel:inForce true ;
  koepel:confirmedBy <{LABEL}> ; koepel:atLevel <{LOWER}> ; koepel:underVersion "1.0.0" ;
  <http://schema.org/issuedBy> <{BODY}> ; koepel:period <#period> .
<#period> koepel:inForce true ; koepel:startDate "2024-01-01"^^xsd:date ;
  koepel:endDate "2030-01-01"^^xsd:date .
"""
"""What no document may say; even where it stands, nobody believes it."""
AWARD = f"""<#award> a koepel:Label ; koepel:awardedTo <{ISSUED}> ; dct:title "Star"@en ;
  <http://schema.org/issuedBy> <#us> .
<#us> a <http://www.w3.org/ns/org#Organization> ; <http://xmlns.com/foaf/0.1/name> "Star Givers" ."""


def make_boasts(folder: Path) -> Home:
    """Publish the projects, and what certifying bodies decided on them."""
    home = Home(folder)
    adopt(home.ledger)
    for name in ("true", "boasting", "former"):
        vaunt = VAUNT if name == "boasting" else ""
        accept(home.ledger, name, PROJECT.format(name) + CLAIM.format(name) + vaunt)
    accept(home.ledger, "issued", PROJECT.format("issued"))
    accept(home.ledger, "givers", AWARD)
    for case, name in ((CASE, "true"), (FORMER_CASE, "former")):
        apply(home.ledger, "2024-02-01", case=case, subject=f"{source(name)}#it")
        award(home.ledger, "2024-03-01", "2027-02-28", case=case, source=source(name))
    act(home.ledger, "revoke", "2026-03-01", "The project stopped.", case=FORMER_CASE)
    publish(home, load_library(), DAY)
    return home
