"""A small registry with a past: made-up documents in several versions, each published at a known time."""

from datetime import UTC, date, datetime
from pathlib import Path

from registry.home import Home, publish
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Version
from registry.validation.standard import load_library

__all__ = [
    "BRIDGE",
    "NETWORK",
    "ORGANISATION",
    "PROJECT",
    "SCHEME",
    "SPRING",
    "SUMMER",
    "WINTER",
    "make_history",
]

BRIDGE = "https://bridge.example/profile"
NETWORK = "https://network.example"
PROJECT, ORGANISATION = f"{BRIDGE}#project", f"{BRIDGE}#organisation"
SCHEME = f"{NETWORK}#scheme"
WINTER, SPRING, SUMMER = (datetime(2026, month, 1, 12, tzinfo=UTC) for month in (1, 4, 7))
DAY = date(2026, 9, 1)
PREFIXES = """
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix governance-role: <https://w3id.org/koepel/code/governance-role/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix label-state: <https://w3id.org/koepel/code/label-state/> .
@prefix language: <http://publications.europa.eu/resource/authority/language/> .
@prefix nuts: <http://data.europa.eu/nuts/code/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <http://schema.org/> .
@prefix target-group: <https://w3id.org/koepel/code/target-group/> .
@prefix task: <https://w3id.org/koepel/code/task/> .
@prefix unit-format: <https://w3id.org/koepel/code/unit-format/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def bridge(title: str, more: str = "") -> str:
    """Describe the project under a title."""
    return f"""{PREFIXES}
<{BRIDGE}> a foaf:Document ; dct:title "About {title}"@en ; foaf:primaryTopic <#project> ;
  dct:publisher <#organisation> ; dct:license <https://creativecommons.org/licenses/by/4.0/> ;
  dct:modified "2026-03-01"^^xsd:date .
<#project> a koepel:Project ; dct:title "{title}"@en ;
  dct:description "People meet."@en ; dct:publisher <#organisation> ; dct:modified "2026-03-01"^^xsd:date ;
  koepel:country country:BEL ; koepel:region nuts:BE234 ; koepel:municipality "Gent" ;
  dct:language language:NLD ; dct:audience target-group:refugee ; koepel:unitFormat unit-format:one-to-one ;
  koepel:partOfProgramme <{NETWORK}#programme> {more} .
<#organisation> a org:Organization ; foaf:name "Bridge Association"@en ; org:memberOf <{NETWORK}#network> .
<#funds> a koepel:TaskAssignment ; koepel:actor <#organisation> ; koepel:task task:match ;
  koepel:forProgramme <#project> ; koepel:governanceRole governance-role:local-executor .
"""


def network(name: str) -> str:
    """Describe the network under a name, with the label that it awards."""
    return f"""{PREFIXES}
<{NETWORK}> a foaf:Document ; dct:title "About {name}"@en ; dct:publisher <#network> .
<#network> a org:Organization ; foaf:name "{name}"@en .
<#programme> a koepel:Programme ; dct:title "Programme of {name}"@en ; dct:publisher <#network> ;
  koepel:country country:BEL .
<#carries> a koepel:TaskAssignment ; koepel:actor <#network> ; koepel:task task:coordinate-executors ;
  koepel:forProgramme <#programme> ; koepel:governanceRole governance-role:programme-carrier .
<#scheme> a koepel:LabelScheme ; dct:title "Label of {name}"@en ; koepel:schemeOwner <#network> ;
  koepel:usesStandard <https://w3id.org/koepel/standard/cms#standard> ; koepel:validityMonths 36 .
<#label> a koepel:Label ; koepel:awardedTo <{PROJECT}> ; koepel:underScheme <#scheme> ;
  koepel:labelState label-state:awarded ; schema:issuedBy <#network> ;
  schema:validFrom "2026-05-01"^^xsd:date ; schema:expires "2029-05-01"^^xsd:date .
"""


OWN_LABEL = """; koepel:meets <https://w3id.org/koepel/standard/cms#standard> ;
  schema:hasCertification [ a schema:Certification ; schema:name "Our own label"@en ]"""


def make_history(folder: Path) -> Home:
    """Let the project be published in spring and anew in summer, and the network once before."""
    home = Home(folder)
    for time, source, turtle in (
        (WINTER, NETWORK, network("Old Network")),
        (SPRING, BRIDGE, bridge("Bridge")),
        (SUMMER, NETWORK, network("Network")),
        (SUMMER, BRIDGE, bridge("New Bridge", OWN_LABEL)),
    ):
        _accept(home, source, turtle, time)
    publish(home, load_library(), DAY)
    return home


def _accept(home: Home, source: str, turtle: str, time: datetime) -> None:
    data = turtle.encode()
    document = read_document(data, media_type="text/turtle", address=source, space=source)
    version = Version(document.digest, document.canonical, data, document.media_type)
    home.ledger.append(Event(source, Happening.REGISTERED, source, time=time))
    home.ledger.append(
        Event(source, Happening.ACCEPTED, f"{source}.ttl", document.digest, time=time), version
    )
