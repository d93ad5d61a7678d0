"""Who says what: documents, statements with their sources and contradictions, and who does what."""

from tests.registry.graphql_api.conftest import Ask
from tests.registry.graphql_api.history import BRIDGE, ORGANISATION, PROJECT

EXAMPLE = "https://w3id.org/koepel/example"
MSM = f"{EXAMPLE}/germany/menschen-staerken-menschen#programme"
PCR = f"{EXAMPLE}/catalonia/pcr-mentoring#programme"
HIVA = f"{EXAMPLE}/papers#hiva-2020"


def test_a_statement_names_its_source_and_the_place_in_it(ask: Ask) -> None:
    text = """query($iri: String!) { initiative(iri: $iri) { statements(first: 5) { totalCount nodes {
      identifiers text { value } aspects { label } about { iri } source { iri publisher { value } issued }
      locator asOf } } } }"""
    found = ask(text, iri=MSM)["initiative"]["statements"]

    assert found["totalCount"] > 5
    for one in found["nodes"]:
        assert all(one[name] for name in ("identifiers", "text", "aspects", "locator", "asOf"))
        assert one["source"]["publisher"]["value"].startswith("HIVA")
        assert MSM in [thing["iri"] for thing in one["about"]]


def test_contradictions_come_in_pairs(ask: Ask) -> None:
    text = """query($iri: String!) {
      initiative(iri: $iri) { contradictions { first { iri conflictsWith { iri } } second { iri } } }
      contradictions(first: 100) { totalCount nodes { first { iri } second { iri text { value } } } } }"""
    found = ask(text, iri=PCR)
    pairs = found["initiative"]["contradictions"]

    assert pairs
    assert all(one["second"] in one["first"]["conflictsWith"] for one in pairs)
    everywhere = {(one["first"]["iri"], one["second"]["iri"]) for one in found["contradictions"]["nodes"]}
    assert {(one["first"]["iri"], one["second"]["iri"]) for one in pairs} <= everywhere
    assert len(everywhere) == found["contradictions"]["totalCount"]


def test_statements_are_found_by_thing_source_and_aspect(ask: Ask) -> None:
    text = """query($filter: StatementFilter) { statements(first: 50, filter: $filter) { totalCount
      nodes { iri source { iri } aspects { notation } about { iri } } } }"""
    everything, some = (
        ask(text, filter=one)["statements"] for one in (None, {"source": HIVA, "aspect": "aim"})
    )

    assert 0 < some["totalCount"] < everything["totalCount"]
    assert {one["source"]["iri"] for one in some["nodes"]} == {HIVA}
    assert all("aim" in [aspect["notation"] for aspect in one["aspects"]] for one in some["nodes"])
    about = ask(text, filter={"about": MSM})["statements"]
    assert all(MSM in [thing["iri"] for thing in one["about"]] for one in about["nodes"])


def test_a_publication_lists_what_is_taken_from_it(ask: Ask) -> None:
    text = """query($iri: String!) { thing(iri: $iri) { ... on Source { title { value } issued
      statements(first: 2) { totalCount nodes { source { iri } } } } }
      sources { totalCount nodes { iri } } }"""
    found = ask(text, iri=HIVA)

    assert found["thing"]["issued"] == "2020"
    assert found["thing"]["statements"]["totalCount"] > 100
    assert HIVA in [one["iri"] for one in found["sources"]["nodes"]]


def test_assignments_say_who_does_what_and_who_says_so(ask: Ask) -> None:
    text = """query($iri: String!) { initiative(iri: $iri) { taskAssignments(first: 100) { nodes {
      actor { title { value } } programme { iri } tasks { label } role { notation } involvement { notation }
      asOf basedOn { source { iri } } contradictedBy { iri } } } } }"""
    found = ask(text, iri=PCR)["initiative"]["taskAssignments"]["nodes"]

    assert {one["programme"]["iri"] for one in found} == {PCR}
    assert all(one["actor"] and one["tasks"] and one["role"] and one["basedOn"] for one in found)
    assert any(one["contradictedBy"] for one in found)


def test_assignments_are_found_by_programme_actor_role_and_task(ask: Ask) -> None:
    text = """query($filter: TaskAssignmentFilter) { taskAssignments(first: 100, filter: $filter) { totalCount
      nodes { programme { iri } role { notation } tasks { notation } actor { iri } } } }"""
    wanted = {"programme": MSM, "role": "programme-carrier", "task": "select-executors"}
    everything, some = (ask(text, filter=one)["taskAssignments"] for one in (None, wanted))

    assert 0 < some["totalCount"] < everything["totalCount"]
    for one in some["nodes"]:
        assert (one["programme"]["iri"], one["role"]["notation"]) == (MSM, "programme-carrier")
        assert {"notation": "select-executors"} in one["tasks"]
    actor = some["nodes"][0]["actor"]["iri"]
    assert ask(text, filter={"actor": actor})["taskAssignments"]["totalCount"] >= some["totalCount"]


def test_directions_name_the_kind_that_follows(ask: Ask) -> None:
    text = (
        "query($iri: String!) { initiative(iri: $iri) { directions { government { iri } kind { label } } } }"
    )
    (found,) = ask(text, iri=MSM)["initiative"]["directions"]

    assert found["government"]["iri"] == f"{EXAMPLE}/germany/bmfsfj#organisation"
    assert found["kind"]["label"] == "facilitating director"


def test_a_document_says_where_it_came_from_and_what_it_describes(ask_history: Ask) -> None:
    text = """query($iri: String!) { document(iri: $iri) { title { value } address digest accepted position
      licence modified publisher { iri } describes { __typename iri } }
      documents { totalCount nodes { iri } } }"""
    found = ask_history(text, iri=BRIDGE)
    document = found["document"]

    assert (document["title"]["value"], document["address"]) == ("About New Bridge", f"{BRIDGE}.ttl")
    assert document["digest"].startswith("sha256:")
    assert document["accepted"].startswith("2026-07-01T12:00")
    assert document["position"] == 8
    assert [one["iri"] for one in document["describes"]] == [ORGANISATION, PROJECT]
    assert BRIDGE in [one["iri"] for one in found["documents"]["nodes"]]


def test_a_graph_of_the_registry_itself_is_no_document(ask_history: Ask) -> None:
    text = "query($iri: String!) { document(iri: $iri) { iri } }"

    assert ask_history(text, iri="https://w3id.org/koepel/graph/vocabulary") == {"document": None}
