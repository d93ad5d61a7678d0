"""Calls to other servers: none is made, in whichever of many spellings, unless the server is a peer."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from federation.peer import peers_of
from registry.errors import InvalidDataError, KoepelError, NotAllowedError, PeerError
from registry.graph.snapshot import Snapshot
from registry.settings import Settings
from registry.sparql.delegation import Peers, plan_calls
from registry.sparql.evaluation import plan
from registry.sparql.limits import Limits
from registry.sparql.question import Question
from tests.registry.sparql.asking import Asking, asking

SPELLINGS = {
    name: text
    for name, _, text in (
        part.partition("\n")
        for part in Path(__file__).with_name("service-spellings.txt").read_text("utf-8").split("-- ")[1:]
    )
}
ROW = {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "urn:from-peer"}}]}}
#: rdflib's parser loses its way in a call inside a call, which is refused as too deep then.
REFUSALS = {
    "service-refused",
    "service-elsewhere",
    "service-silent",
    "service-nested",
    "query-syntax",
    "query-too-deep",
}
BEYOND_THE_CHECK = """
import sys
from registry.graph.embedded import EmbeddedStore
from registry.graph.found import Scope
from registry.sparql.seal import seal
assert seal()
EmbeddedStore.in_memory().ask(sys.argv[1], Scope()).write(sys.stdout.buffer, "text/csv")
"""


class Peer(HTTPServer):
    """A server on this machine that counts who calls."""

    calls = 0


@contextmanager
def peer(answer: bytes, moved: str = "") -> Iterator[Peer]:
    """Start a server that gives every caller the same answer, or leads every caller elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.calls += 1
            self.send_response(302 if moved else 200)
            self.send_header("content-type", "application/sparql-results+json")
            self.send_header("content-length", str(len(answer)))
            if moved:
                self.send_header("location", moved)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = Peer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def there() -> Iterator[Peer]:
    """A server that nobody is allowed to call."""
    with peer(json.dumps(ROW).encode()) as server:
        yield server


def address(server: Peer) -> str:
    """Say where a server is."""
    return f"http://127.0.0.1:{server.server_port}/sparql"


def only(*servers: Peer) -> Peers:
    """Allow these servers, and no other, to be called."""
    return peers_of(Settings(peers=tuple(map(address, servers)), peer_seconds=5))


@pytest.fixture(scope="module")
def knowing(snapshot: Snapshot) -> Iterator[tuple[Asking, Peer]]:
    """A pool that may call one server."""
    with peer(json.dumps(ROW).encode()) as other, asking(snapshot, Limits(seconds=5), only(other)) as pool:
        yield pool, other


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_a_call_reaches_anybody(pool: Asking, there: Peer, spelling: str) -> None:
    query = SPELLINGS[spelling].replace("{there}", address(there)).replace("{there:4}", address(there)[4:])

    asked = pool.begin(query.replace("\\r", "\r"))

    if "FROM" in query:  # a graph elsewhere is a graph that is not here, and so has nothing in it
        assert json.loads(asked.result(10))["results"]["bindings"] == []
    else:
        assert getattr(asked.exception(10), "code", "answered") in REFUSALS
    assert there.calls == 0


@pytest.mark.parametrize("together", [False, True], ids=["alone", "together"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_reaches_a_stranger_where_there_is_a_peer(
    knowing: tuple[Asking, Peer], there: Peer, spelling: str, together: bool
) -> None:
    pool, known = knowing[0], f"{{ SERVICE <{address(knowing[1])}> {{ ?s ?p ?o }} " if together else "{"
    query = SPELLINGS[spelling].replace("{there}", address(there)).replace("{there:4}", address(there)[4:])

    asked = pool.begin(query.replace("{", known, 1).replace("\\r", "\r"))

    assert "FROM" in query or getattr(asked.exception(20), "code", "answered") in REFUSALS
    asked.exception(20)
    assert there.calls == 0


def test_more_than_twenty_spellings_are_tried() -> None:
    assert len(SPELLINGS) > 40


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_call_that_got_past_the_check_would_find_no_way_out(there: Peer, host: str) -> None:
    query = f"SELECT * {{ SERVICE <http://{host}:{there.server_port}/> {{ ?s ?p ?o }} }}"

    order = [sys.executable, "-c", BEYOND_THE_CHECK, query]
    done = subprocess.run(order, capture_output=True, check=False)  # noqa: S603 - the program above

    assert done.returncode
    assert b"PermissionError" in done.stderr
    assert there.calls == 0


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <http://127.0.0.1/> {}" }',
        "SELECT * { ?s ?p ?o } LIMIT 1 # SERVICE <http://127.0.0.1/> {}",
        "SELECT ?service { ?service ?p ?o }",
        "PREFIX SERVICE: <urn:x> SELECT * { ?s SERVICE:p ?o }",
        "PREFIX cpsv: <http://purl.org/vocab/cpsv#> SELECT * { ?s a cpsv:PublicService, <urn:Service> }",
        r"SELECT * { ?s ?p 'caf\u00e9', 'service' }",
    ],
)
def test_the_word_alone_is_no_call(pool: Asking, query: str) -> None:
    assert json.loads(pool.ask(query))["head"]["vars"]


def test_a_peer_may_be_called_also_after_queries_that_call_nobody(snapshot: Snapshot) -> None:
    with (
        peer(json.dumps(ROW).encode()) as other,
        asking(snapshot, Limits(at_once=1), only(other)) as pool,
    ):
        call = f"SELECT ?s {{ SERVICE <{address(other)}> {{ ?s ?p ?o }} }}"
        found = [pool.ask(query) for query in (call, "ASK {}", call, "ASK {}", call)]

        assert [b"urn:from-peer" in answer for answer in found] == [True, False, True, False, True]
        assert other.calls == 3


def test_a_peer_that_leads_elsewhere_is_not_followed(snapshot: Snapshot, there: Peer) -> None:
    with (
        peer(b"", moved=address(there)) as other,
        asking(snapshot, Limits(), only(other)) as pool,
        pytest.raises(PeerError, match=f"{address(other)} leads elsewhere, to {address(there)}"),
    ):
        pool.ask(f"SELECT ?s {{ SERVICE <{address(other)}> {{ ?s ?p ?o }} }}")

    assert (other.calls, there.calls) == (1, 0)


def test_nobody_is_bothered_by_a_query_that_cannot_be_read(knowing: tuple[Asking, Peer]) -> None:
    pool, other = knowing
    before = other.calls

    for mistake in ("?s ?p } }", "?s ?p ?o } } LIMIT x", "?s e:unknown ?o } }", "?s ?p ?o }"):
        with pytest.raises(InvalidDataError):
            pool.ask(f"SELECT * {{ SERVICE <{address(other)}> {{ {mistake}")

    assert other.calls == before


def test_a_mistake_beside_a_call_is_told_with_its_place(knowing: tuple[Asking, Peer]) -> None:
    pool, other = knowing

    with pytest.raises(InvalidDataError) as mistake:
        pool.ask(f"SELECT * {{\nSERVICE <{address(other)}> {{\n?s ?p ?o }}\n?a ?b }}")

    assert (mistake.value.line, mistake.value.column) == (4, 1)
    assert mistake.value.params["near"] == "?a ?b }"


PEER, STRANGER = "https://peer.example/sparql", "https://stranger.example/sparql"
TOGETHER = {
    "beside": f"SERVICE <{PEER}> {{ ?s ?p ?o }} SERVICE <{STRANGER}> {{ ?a ?b ?c }}",
    "inside": f"SERVICE <{PEER}> {{ SERVICE <{STRANGER}> {{ ?a ?b ?c }} }}",
    "glued inside": f"SERVICE <{PEER}> {{ SERVICE: {{ ?a ?b ?c }} }}",
    "a peer inside": f"SERVICE <{PEER}> {{ SERVICE <{PEER}> {{ ?a ?b ?c }} }}",
    "variable": f"BIND(<{PEER}> AS ?where) SERVICE ?where {{ ?s ?p ?o }}",
    "variable with a stranger": f"VALUES ?where {{ <{PEER}> <{STRANGER}> }} SERVICE ?where {{ ?s ?p ?o }}",
    "variable of another block": f"VALUES ?here {{ <{PEER}> }} SERVICE ?where {{ ?s ?p ?o }}",
    "variable with a gap": f"VALUES ?where {{ <{PEER}> UNDEF }} SERVICE ?where {{ ?s ?p ?o }}",
    "variable of a block for nobody": "VALUES ?where { } SERVICE ?where { ?s ?p ?o }",
    "silent": f"SERVICE SILENT <{PEER}> {{ ?s ?p ?o }}",
    "almost the same": f"SERVICE <{PEER}/> {{ ?s ?p ?o }}",
    "after a comment": f"SERVICE <{PEER}> {{ ?s ?p ?o }} # \rSERVICE <{STRANGER}> {{ ?a ?b ?c }}\n",
    "after an escape": f'SERVICE <{PEER}> {{ ?s ?p ?o FILTER(?o="\\u0022) #") }} SERVICE <{STRANGER}> {{}}\n',
    "escaped": f"SERVICE <{PEER}> {{ ?s ?p ?o }} SERVICE <https://\\u0070eer.example/sparql> {{}}",
    "hidden in an address": f"SERVICE <{PEER}> {{ ?s ?p ?o FILTER(?o<1)SERVICE:#>\n{{ ?a ?b ?c }} }}",
    "in the place of a group": f"OPTIONAL SERVICE <{PEER}> {{ ?s ?p ?o }}",
}


@pytest.mark.parametrize("pattern", TOGETHER.values(), ids=TOGETHER)
def test_no_stranger_is_called_together_with_a_peer(pattern: str) -> None:
    query = f"PREFIX : <{STRANGER}> SELECT * {{ {pattern} }}"

    with pytest.raises(KoepelError) as refused:
        plan(Question(query), frozenset({PEER}))

    assert refused.value.code in REFUSALS


def test_who_may_be_called_is_told() -> None:
    with pytest.raises(NotAllowedError, match=PEER):
        plan_calls(f"SELECT * {{ SERVICE <{STRANGER}> {{ ?s ?p ?o }} }}", frozenset({PEER}))
