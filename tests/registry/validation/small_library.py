"""A library of a few criteria, small enough to see in a test what it must do."""

from pathlib import Path

from rdflib import Graph, URIRef

from registry.validation.standard import Library, Standard, load_library

PREFIXES = """
@prefix crit: <https://w3id.org/koepel/standard/criteria#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix decision-mode: <https://w3id.org/koepel/code/decision-mode/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix level: <https://w3id.org/koepel/code/requirement-level/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix small: <https://w3id.org/koepel/standard/small#> .
@prefix target-group: <https://w3id.org/koepel/code/target-group/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix intensity: <https://w3id.org/koepel/code/intensity/> .
@prefix profile: <https://w3id.org/koepel/standard/intensity#> .
@prefix : <https://buddy.example/profile#> .
"""

CRITERIA = """
crit:Title a koepel:Criterion ; dct:identifier "Title" ; koepel:checkedByShape crit:Title-given .
crit:Title-given a sh:PropertyShape ; sh:path dct:title ; sh:minCount 1 ; sh:message "No title."@en .

crit:Hours a koepel:Criterion ;
  dct:identifier "Hours" ;
  skos:prefLabel "Training of {hours} hours"@en, "Training van {hours} uur"@nl ;
  koepel:suggestion "Add up the hours."@en ;
  koepel:checkedByShape crit:Hours-stated .
crit:Hours-stated a sh:PropertyShape ;
  sh:path koepel:mentorTrainingHours ;
  sh:minCount 1 ;
  koepel:parameter crit:Hours-minimum ;
  sh:message
    "At least {hours} hours."@en, "Minstens {hours} uur."@nl, "Mindestens {hours} Stunden."@de,
    "Com a mínim {hours} hores."@ca, "Al menos {hours} horas."@es, "Au moins {hours} heures."@fr .
crit:Hours-minimum a koepel:Parameter ; koepel:fills sh:minInclusive ; koepel:placeholder "hours" .

crit:Fresh a koepel:Criterion ; dct:identifier "Fresh" ; koepel:checkedByShape crit:Fresh-date .
crit:Fresh-date a sh:PropertyShape ;
  sh:path dct:modified ; sh:minCount 1 ; koepel:parameter crit:Fresh-age ;
  sh:message "Older than {months} months."@en .
crit:Fresh-age a koepel:Parameter ; koepel:fills sh:minInclusive ; koepel:placeholder "months" .

crit:Rules a koepel:Criterion ;
  dct:identifier "Rules" ; koepel:decisionMode decision-mode:evidence ;
  koepel:checkedByShape crit:Rules-named, crit:Rules-written .
crit:Rules-named a sh:PropertyShape ; sh:path koepel:closure ; sh:minCount 1 ; sh:message "No rules."@en .
crit:Rules-written a sh:PropertyShape ;
  sh:path koepel:document ; sh:minCount 1 ; koepel:decisionMode decision-mode:evidence ;
  sh:message "No document."@en .

crit:Talk a koepel:Criterion ; dct:identifier "Talk" ; koepel:decisionMode decision-mode:person .

crit:Minors a koepel:Criterion ;
  dct:identifier "Minors" ; koepel:appliesWhen crit:serves-minors ; koepel:checkedByShape crit:Minors-policy .
crit:Minors-policy a sh:PropertyShape ; sh:path koepel:policy ; sh:minCount 1 ; sh:message "No policy."@en .
crit:serves-minors a sh:NodeShape ;
  sh:property [ sh:path dct:audience ; sh:hasValue target-group:minor ] .

crit:Topics a koepel:Criterion ;
  dct:identifier "Topics" ; koepel:level level:additional ; koepel:checkedByShape crit:Topics-named .
crit:Topics-named a sh:PropertyShape ;
  sh:path ( koepel:training koepel:trainingTopic ) ;
  sh:qualifiedValueShape crit:named-topic ; sh:qualifiedMinCount 1 ; sh:message "No topic."@en .
crit:named-topic a sh:NodeShape ; sh:nodeKind sh:IRI .

crit:Reach a koepel:Criterion ; dct:identifier "Reach" ; koepel:checkedByShape crit:Reach-contact .
crit:Reach-contact a sh:NodeShape ; sh:property crit:has-contact ; sh:message "No contact."@en .
crit:has-contact a sh:PropertyShape ; sh:path koepel:coordinatorContact ; sh:minCount 1 .
"""

INTENSITIES = """
profile:gentle a koepel:IntensityProfile ; koepel:appliesWhen profile:is-gentle ;
  koepel:threshold [ koepel:parameter crit:Hours-minimum ; koepel:thresholdValue 1.0 ] .
profile:firm a koepel:IntensityProfile ; koepel:appliesWhen profile:is-firm ;
  koepel:threshold [ koepel:parameter crit:Hours-minimum ; koepel:thresholdValue 12.5 ] .
profile:is-firm a sh:NodeShape ; sh:property [ sh:path koepel:intensity ; sh:hasValue intensity:intensive ] .
profile:is-gentle a sh:NodeShape ; sh:not profile:is-firm .
"""

TWO_AND_A_HALF = "koepel:threshold [ koepel:parameter crit:Hours-minimum ; koepel:thresholdValue 2.5 ]"


def crit(name: str) -> URIRef:
    """Name something in the criteria library."""
    return URIRef(f"https://w3id.org/koepel/standard/criteria#{name}")


def small(name: str) -> URIRef:
    """Name something in the standard under test."""
    return URIRef(f"https://w3id.org/koepel/standard/small#{name}")


def library(folder: Path, *turtle: str) -> Library:
    """Install Turtle beside the criteria as the only standards."""
    home = folder / "standards"
    home.mkdir()
    (home / "library.ttl").write_text("\n".join([PREFIXES, CRITERIA, *turtle]), encoding="utf-8")
    return load_library(folder)


def standard(*uses: str) -> str:
    """Write a standard for projects, with a requirement for each use: a criterion and what is added to it."""
    names = [f"small:R{place}" for place, _ in enumerate(uses, start=1)]
    requirements = (_requirement(place, use) for place, use in enumerate(uses, start=1))
    head = f"""
small:standard a koepel:QualityStandard ;
  koepel:token "small" ; dct:title "Small"@en, "Klein"@nl ; koepel:judges koepel:Project ;
  koepel:hasRequirement {", ".join(names)} .
"""
    return head + "\n".join(requirements)


def _requirement(place: int, use: str) -> str:
    name = f"small:R{place}"
    return f"""
{name} a koepel:Requirement ;
  dct:identifier "{place}" ; koepel:position {place} ; koepel:usesCriterion {name}-use .
{name}-use a koepel:CriterionUse ; koepel:criterion crit:{use} .
"""


def installed(folder: Path, *uses: str) -> tuple[Library, Standard]:
    """Install a standard with these uses, and give it with its library."""
    found = library(folder, INTENSITIES, standard(*uses))
    return found, found.standard("small")


def described(statements: str) -> Graph:
    """Read a description."""
    return Graph().parse(data=PREFIXES + statements, format="turtle")
