"""Parts of a query that peers answer: as if their statements were here, or an error names them."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from federation.peer import peers_of
from registry.errors import LimitError, PeerError
from registry.graph.embedded import EmbeddedStore
from registry.graph.snapshot import Snapshot
from registry.settings import Settings
from registry.sparql import Wanted, answer_query
from registry.sparql.delegation import Call, Peers, Table, plan_calls, read_table
from registry.sparql.delegation.values import values
from registry.sparql.limits import Limits
from tests.federation.peers import ROWS, body, bytes_of, drops, nobody, peer, registry, trickles
from tests.registry.sparql.asking import Asking, asking

HERE = "<urn:a> <urn:place> <urn:north> . <urn:b> <urn:place> <urn:south> . <urn:c> <urn:place> <urn:north> ."
NORTH = '<urn:a> <urn:title> "Nord"@de ; <urn:size> 3, 5 . [] <urn:title> "no name" ; <urn:size> 7 .'
SOUTH = '<urn:b> <urn:title> "Sud\\\\u0022 } # "@ca ; <urn:size> 4 . <urn:a> <urn:title> "Auch Süd" .'


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Two other registries."""
    folder = tmp_path_factory.mktemp("peers")
    for name in ("north", "south"):
        (folder / name).mkdir()
    with registry(folder / "north", NORTH) as north, registry(folder / "south", SOUTH) as south:
        yield north, south


def known(*addresses: str, **more: float) -> Peers:
    """Allow these addresses to be called."""
    return peers_of(Settings.model_validate({"peers": addresses, **more}))


def store(*turtle: str) -> EmbeddedStore:
    """Hold statements."""
    made = EmbeddedStore.in_memory()
    for number, part in enumerate(turtle):
        made.load(part.encode(), graph=f"urn:g{number}")
    return made


def rows(answer: bytes) -> list[str]:
    """Give the rows in an order of their own; things without a name all look alike."""
    found = json.loads(answer)
    if "boolean" in found:
        return [str(found["boolean"])]
    written = (json.dumps(row, sort_keys=True) for row in found["results"]["bindings"])
    return sorted("nameless" if "bnode" in row or "genid" in row else row for row in written)


#: NORTH and SOUTH stand for the calls; asked here of everything together they are plain groups.
SAME = {
    "one": "SELECT * { NORTH { ?s <urn:title> ?t } }",
    "joined with what is here": "SELECT * { ?s <urn:place> ?p . NORTH { ?s <urn:title> ?t } }",
    "both": "SELECT * { NORTH { ?s <urn:size> ?n } SOUTH { ?s <urn:title> ?t } }",
    "either": "SELECT * { { NORTH { ?s <urn:title> ?t } } UNION { SOUTH { ?s <urn:title> ?t } } }",
    "optional": "SELECT * { ?s <urn:place> ?p OPTIONAL { NORTH { ?s <urn:size> ?n } } }",
    "minus": "SELECT * { ?s <urn:place> ?p MINUS { SOUTH { ?s <urn:title> ?t } } }",
    "not there": "SELECT * { ?s <urn:place> ?p FILTER NOT EXISTS { SOUTH { ?s <urn:title> ?t } } }",
    "subquery": "SELECT ?n { { SELECT (SUM(?x) AS ?n) { NORTH { ?s <urn:size> ?x } } } }",
    "counted there": "SELECT * { NORTH { SELECT (COUNT(*) AS ?n) { ?s <urn:size> ?x } } }",
    "in a graph": "SELECT ?s ?t { GRAPH <urn:g0> { ?s <urn:place> ?p } SOUTH { ?s <urn:title> ?t } }",
    "nothing found": "SELECT * { NORTH { ?s <urn:nothing> ?t } }",
    "nothing to be found": "SELECT * { ?s <urn:place> ?p NORTH { <urn:a> <urn:nothing> 1 } }",
    "no variable": "SELECT * { ?s <urn:place> ?p NORTH { <urn:a> <urn:size> 3 } }",
    "gaps": "SELECT * { NORTH { ?s <urn:title> ?t OPTIONAL { ?s <urn:nothing> ?u } } }",
    "alternatives": "SELECT * { NORTH { { ?s <urn:title> ?t } UNION { ?s <urn:size> ?n } } }",
    "prefixes": "BASE <urn:> PREFIX : <urn:> # }\nPREFIX x: <size>\nSELECT * { NORTH{ ?s x: 3; :title ?t } }",
    "brackets in texts": 'SELECT * { SOUTH { ?s <urn:title> ?t FILTER(?t != \'} { # """ \') # }\n } }',
    "ask": "ASK { ?s <urn:place> <urn:south> NORTH { ?s <urn:title> ?t } }",
    "small letters": "select distinct ?t { north { ?s <urn:title> ?t } } order by ?t limit 1",
    "computed": "SELECT ?m { NORTH { ?s <urn:size> ?n BIND(?n * 2 AS ?m) } FILTER(?m > 6) }",
    "the same thing twice": "SELECT * { NORTH { <urn:a> ?p ?n } NORTH { ?s <urn:size> ?n } }",
}


@pytest.mark.parametrize("query", SAME.values(), ids=SAME)
def test_the_result_is_what_everything_in_one_place_would_give(peers: tuple[str, str], query: str) -> None:
    def put(north: str, south: str) -> str:
        return re.sub(r"(?i)(?<!:)\bnorth\b", north, re.sub(r"(?<!:)\bSOUTH\b", south, query))

    call, plain = put(*(f"SERVICE <{address}>" for address in peers)), put("GRAPH <urn:g1>", "GRAPH <urn:g2>")

    asked, together = answer_query(store(HERE), call, Wanted(), known(*peers)), store(HERE, NORTH, SOUTH)

    assert rows(asked.data) == rows(answer_query(together, plain, Wanted()).data)
    assert {account.peer for account in asked.accounts} <= {*peers}


def test_rows_can_say_which_peer_they_are_from(peers: tuple[str, str]) -> None:
    north, south = peers
    addresses = f"VALUES ?peer {{ <{north}> # one\n <{south}> }}"
    query = f"SELECT ?peer ?t {{ {addresses} SERVICE ?peer {{ ?s <urn:title> ?t }} }}"

    found = json.loads(answer_query(store(), query, Wanted(), known(*peers)).data)["results"]["bindings"]

    said = {(row["peer"]["value"], row["t"]["value"]) for row in found}
    assert said == {(north, "Nord"), (north, "no name"), (south, "Sud\\u0022 } # "), (south, "Auch Süd")}


def test_a_part_that_says_where_it_is_from_is_joined_with_that(peers: tuple[str, str]) -> None:
    north, south = peers
    part = f"SERVICE ?peer {{ ?s <urn:title> ?t BIND(<{south}> AS ?peer) }}"

    query = f"SELECT * {{ VALUES ?peer {{ <{north}> <{south}> }} {part} }}"
    found = json.loads(answer_query(store(), query, Wanted(), known(*peers)).data)["results"]["bindings"]

    assert {row["peer"]["value"] for row in found} == {south}
    assert len(found) == 2


def test_things_without_a_name_get_one_of_their_peer(peers: tuple[str, str]) -> None:
    call = f"SERVICE <{peers[0]}> {{ ?s <urn:size> 7 }}"

    first, second = (
        json.loads(answer_query(store(), f"SELECT * {{ {call} }}", Wanted(), known(*peers)).data)["results"]
        for _ in range(2)
    )

    assert first["bindings"][0]["s"]["value"].startswith(
        f"{peers[0].removesuffix('/sparql')}/.well-known/genid/"
    )
    assert first != second


def test_too_many_calls_are_refused(peers: tuple[str, str]) -> None:
    call = f"SERVICE <{peers[0]}> {{ ?s ?p ?o }} "

    assert len(plan_calls(f"SELECT * {{ {call * 10} }}", frozenset(peers)).calls) == 10
    with pytest.raises(LimitError, match="at most 10 times"):
        plan_calls(f"SELECT * {{ {call * 11} }}", frozenset(peers))


def test_the_room_is_shared_among_all_calls() -> None:
    with peer(body(bytes_of(ROWS) + b" " * 600)) as there:
        part = f"SERVICE <{there}> {{ ?s ?p ?o }} "

        assert answer_query(store(), f"SELECT * {{ {part} }}", Wanted(), known(there, peer_bytes=1000)).data
        with pytest.raises(PeerError, match="more than 500 bytes"):
            answer_query(store(), f"SELECT * {{ {part * 2} }}", Wanted(), known(there, peer_bytes=1000))


@contextmanager
def serving(snapshot: Snapshot, *addresses: str, **more: float) -> Iterator[Asking]:
    """Answer queries that may call these addresses."""
    limits = Limits(seconds=more.get("query_seconds", 5), at_once=1, per_client=20)
    with asking(snapshot, limits, known(*addresses, **more)) as pool:
        yield pool


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (trickles(), "peer-too-slow"),
        (drops(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"), "peer-unreachable"),
        (body(b"<html>", media_type="text/html"), "peer-nonsense"),
        (body(bytes_of(ROWS).replace(b'"s"', b'"secret"')), "peer-unasked"),
        (body(b" " * 3_000), "peer-too-large"),
    ],
    ids=["slow", "drops", "page", "liar", "large"],
)
def test_a_peer_that_fails_is_named_beside_one_that_does_not(
    snapshot: Snapshot, peers: tuple[str, str], answer: object, code: str
) -> None:
    with peer(answer) as bad, serving(snapshot, bad, *peers, peer_seconds=0.5, peer_bytes=4_000) as pool:  # type: ignore[arg-type]
        query = f"SELECT * {{ SERVICE <{peers[0]}> {{ ?s <urn:size> ?n }} SERVICE <{bad}> {{ ?s ?p ?o }} }}"
        error = pool.begin(query).exception(10)

    assert isinstance(error, PeerError)
    assert (error.code, error.params["peer"]) == (code, bad)


def test_who_asks_no_peer_does_not_wait_for_one_that_is_slow(snapshot: Snapshot) -> None:
    with peer(trickles()) as slow, serving(snapshot, slow, peer_seconds=2) as pool:
        waiting = [pool.begin(f"SELECT * {{ SERVICE <{slow}> {{ ?s ?p ?o }} }}") for _ in range(3)]
        begin = time.monotonic()
        for _ in range(10):
            pool.ask("ASK { ?s ?p ?o }")

        assert time.monotonic() - begin < 1
        assert {getattr(one.exception(10), "code", "") for one in waiting} <= {
            "peer-too-slow",
            "too-many-queries",
        }


def test_a_process_that_answers_has_no_network(snapshot: Snapshot, peers: tuple[str, str]) -> None:
    with serving(snapshot, *peers) as pool:
        pool.ask(f"SELECT * {{ SERVICE <{peers[0]}> {{ ?s <urn:size> ?n }} }}")
        status = [Path(f"/proc/{process}/status").read_text("ascii") for process in pool.processes]

    assert ["Seccomp:\t2" in one for one in status] == [True]


def test_many_rows_of_a_peer_are_joined_in_little_time(snapshot: Snapshot) -> None:
    many = {"head": {"vars": ["s", "n"]}, "results": {"bindings": [
        {"s": {"type": "uri", "value": f"urn:s{n}"}, "n": {"type": "literal", "value": str(n)}}
        for n in range(30_000)
    ]}}  # fmt: skip
    with peer(body(bytes_of(many))) as there, serving(snapshot, there) as pool:
        query = f"SELECT (COUNT(*) AS ?all) {{ ?s ?p ?o SERVICE <{there}> {{ ?s ?q ?n }} }}"
        begin = time.monotonic()

        assert b'"30000"' in pool.ask(query)
        assert time.monotonic() - begin < 4


def test_a_client_that_others_wrote_can_call_a_peer_through_a_registry(
    tmp_path: Path, peers: tuple[str, str]
) -> None:
    with registry(tmp_path, HERE, peers=peers) as here:
        client = SPARQLWrapper(here, returnFormat=JSON)
        client.setMethod(POST)
        client.setQuery(f"SELECT ?p ?t {{ ?s <urn:place> ?p SERVICE <{peers[1]}> {{ ?s <urn:title> ?t }} }}")
        result = client.query()

        found = {(row["p"]["value"], row["t"]["value"]) for row in result.convert()["results"]["bindings"]}  # type: ignore[call-overload,index]
        assert found == {("urn:north", "Auch Süd"), ("urn:south", "Sud\\u0022 } # ")}
        assert result.info()["koepel-peers"].startswith(f'"{peers[1]}";rows=2;snapshot="')


@pytest.mark.server_error(502)
def test_a_peer_that_is_gone_is_named_in_the_problem(tmp_path: Path) -> None:
    gone = nobody()
    with registry(tmp_path, HERE, peers=(gone,)) as here:
        answer = httpx2.get(here, params={"query": f"SELECT * {{ SERVICE <{gone}> {{ ?s ?p ?o }} }}"})

    assert (answer.status_code, answer.json()["code"]) == (502, "peer-unreachable")
    assert gone in answer.json()["detail"]


ODD = st.sampled_from("\\\"'}{#<>?\n\r\t \u2028\x00uU0027")
TEXT = st.text(st.one_of(ODD, st.characters(exclude_categories=["Cs"])))
IRI, TAG = TEXT.map("urn:{}".format), st.sampled_from(["ca", "nl-BE"])
TERM = st.one_of(
    st.fixed_dictionaries({"type": st.just("uri"), "value": IRI}),
    st.fixed_dictionaries({"type": st.just("literal"), "value": TEXT}),
    st.fixed_dictionaries({"type": st.just("literal"), "value": TEXT, "xml:lang": TAG}),
    st.fixed_dictionaries({"type": st.just("literal"), "value": TEXT, "datatype": IRI}),
)
CALL = Call(0, 0, ("https://peer.example/sparql",), "", frozenset())


@given(st.lists(st.fixed_dictionaries({}, optional={"a": TERM, "b": TERM}), max_size=4))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_peer_says_comes_through_as_it_is_and_as_nothing_else(
    said: list[dict[str, object]],
) -> None:
    try:
        table = read_table(json.dumps({"head": {"vars": ["a", "b"]}, "results": {"bindings": said}}).encode())
    except ValueError:
        return  # no IRI: refused as a whole
    assert isinstance(table, Table)

    query = f"SELECT ?a ?b {{ {values(CALL, [table])} }}"

    found = read_table(answer_query(EmbeddedStore.in_memory(), query, Wanted()).data)
    assert isinstance(found, Table)
    assert sorted(map(str, found.rows)) == sorted(map(str, table.rows))
