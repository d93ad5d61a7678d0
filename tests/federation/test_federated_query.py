"""One question to several registries: who said what is told, and who said nothing."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from rdflib import RDFS, Dataset, URIRef

from federation.federated_query import Federated, ask_all, expect
from federation.peer import Limits
from registry.errors import InvalidDataError, NotAllowedError
from registry.sparql import Wanted
from tests.federation.peers import ROWS, body, bytes_of, nobody, peer, registry, trickles

NORTH = '<urn:a> <urn:title> "Nord"@de ; <urn:size> 3 . [] <urn:title> "nameless, \\"quoted\\"" .'
SOUTH = '<urn:b> <urn:title> "Sud"@ca ; <urn:size> 4 . [] <urn:title> "sense nom" .'
TITLES = "SELECT ?thing ?title { ?thing <urn:title> ?title } ORDER BY STR(?title)"
LIMITS = Limits(seconds=5, bytes=100_000)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Two registries."""
    folder = tmp_path_factory.mktemp("peers")
    for name in ("north", "south"):
        (folder / name).mkdir()
    with registry(folder / "north", NORTH) as north, registry(folder / "south", SOUTH) as south:
        yield north, south


def ask(query: str, *peers: str, limits: Limits = LIMITS) -> Federated:
    """Put a question to them."""
    return ask_all(peers, query, expect(query, Wanted()), limits)


def told(found: Federated) -> list[tuple[str, str]]:
    """Give the titles, each with its peer."""
    return [(row[found.columns[0]]["value"], row["title"]["value"]) for row in found.cells()]


def test_rows_come_in_the_order_of_the_peers_and_say_whose_they_are(both: tuple[str, str]) -> None:
    north, south = both
    titles = {north: ["Nord", 'nameless, "quoted"'], south: ["Sud", "sense nom"]}

    for order in ((north, south), (south, north)):
        found = told(ask(TITLES, *order))
        assert found == [(peer, title) for peer in order for title in titles[peer]]


def test_things_without_a_name_are_different_at_different_peers(both: tuple[str, str]) -> None:
    rows = list(ask("SELECT ?thing { ?thing <urn:title> ?t FILTER(isBlank(?thing)) }", *both).cells())

    labels = [row["thing"]["value"] for row in rows if row["thing"]["type"] == "bnode"]
    assert len(labels) == len({*labels}) == 2


def test_every_peer_tells_its_state_its_rows_and_its_time(both: tuple[str, str]) -> None:
    parts = ask(TITLES, *both).parts

    assert [(part.peer, part.rows, part.seconds > 0) for part in parts] == [(one, 2, True) for one in both]
    assert all(part.snapshot in part.account.message and part.snapshot for part in parts)


def test_a_peer_that_fails_keeps_nobody_from_being_heard_and_is_named(both: tuple[str, str]) -> None:
    gone = nobody()
    with peer(trickles()) as slow, peer(body(b"<html>", media_type="text/html")) as page:
        found = ask(TITLES, gone, both[0], slow, page, both[1], limits=Limits(1, 100_000))

    assert {one for one, _ in told(found)} == {*both}
    codes = [(part.peer, part.trouble.code) for part in found.parts if part.trouble]
    assert codes == [(gone, "peer-unreachable"), (slow, "peer-too-slow"), (page, "peer-nonsense")]


def test_json_is_a_result_with_a_member_for_the_peers(both: tuple[str, str]) -> None:
    gone = nobody()
    found = json.loads(ask(TITLES, both[0], gone).to_json(lambda error: error.message))

    assert found["head"]["vars"] == ["peer", "thing", "title"]
    assert found["results"]["bindings"][0]["title"] == {"type": "literal", "value": "Nord", "xml:lang": "de"}
    answered, failed = found["peers"]
    assert (answered["peer"], answered["rows"], answered["trouble"]) == (both[0], 2, None)
    assert (failed["peer"], failed["rows"]) == (gone, None)
    assert gone in failed["trouble"]


def test_a_spreadsheet_has_a_column_for_trouble_only_when_there_is_some(both: tuple[str, str]) -> None:
    gone = nobody()
    well, badly = (
        list(csv.DictReader(io.StringIO(ask(TITLES, *peers).to_csv(lambda error: error.message), newline="")))
        for peers in (both, (gone, *both))
    )

    assert [*well[0]] == ["peer", "thing", "title"]
    assert [row["title"] for row in well] == [row["title"] for row in badly[:-1]]
    assert (badly[-1]["peer"], gone in badly[-1]["trouble"], badly[-1]["title"]) == (gone, True, "")


def test_a_column_that_the_question_has_already_keeps_its_name(both: tuple[str, str]) -> None:
    found = ask("SELECT ?peer ?trouble { ?peer <urn:size> ?trouble }", *both, nobody())

    assert found.columns == ("peer_", "peer", "trouble")
    assert found.to_csv(str).splitlines()[0] == "peer_,peer,trouble,trouble_"


def test_a_yes_or_no_question_gives_a_row_for_each_peer(both: tuple[str, str]) -> None:
    found = ask("ASK { <urn:a> ?p ?o }", *both)

    assert [(row["peer"]["value"], row["answer"]["value"]) for row in found.cells()] == [
        (both[0], "true"),
        (both[1], "false"),
    ]


@pytest.mark.parametrize("form", ["trig", "json-ld"])
def test_a_graph_of_each_peer_has_its_name(both: tuple[str, str], form: str) -> None:
    media_type = {"trig": "application/trig", "json-ld": "application/ld+json"}[form]
    found = ask("CONSTRUCT WHERE { ?s <urn:title> ?title }", *both)

    dataset = Dataset().parse(data=found.to_dataset(str, media_type), format=form)

    titles = {(str(graph), str(title)) for _, _, title, graph in dataset.quads()}
    assert {(both[0], "Nord"), (both[1], "Sud")} < titles
    assert len({thing for thing, _, _, _ in dataset.quads()}) == 4


def test_a_graph_says_which_peer_is_missing(both: tuple[str, str]) -> None:
    found = ask("DESCRIBE <urn:a>", both[0], gone := nobody())

    dataset = Dataset().parse(
        data=found.to_dataset(lambda error: error.message, "application/trig"), format="trig"
    )

    (reason,) = dataset.objects(URIRef(gone), RDFS.comment)
    assert gone in str(reason)
    assert len(dataset) == 3


def test_a_peer_that_answers_something_else_is_not_believed() -> None:
    with peer(body(bytes_of(ROWS))) as liar:
        (trouble,) = ask(TITLES, liar).troubles

    assert trouble.code == "peer-unasked"


def test_relative_addresses_mean_the_same_at_every_peer(both: tuple[str, str]) -> None:
    (row, _) = ask("SELECT * { BIND(<def#Project> AS ?project) }", *both).cells()

    assert row["project"]["value"] == "https://w3id.org/koepel/def#Project"


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT * { ?s ?p }", InvalidDataError),
        ("DELETE WHERE { ?s ?p ?o }", NotAllowedError),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", NotAllowedError),
    ],
)
def test_what_is_no_question_is_refused_before_anybody_is_asked(query: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        expect(query, Wanted())
