"""Large answers over HTTP: they flow, nobody takes a part for the whole, and a slow reader harms nobody."""

import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import quote

import httpx2
import pytest

from registry.graph.snapshot import Snapshot
from tests.registry.sparql.serving import Served, serving
from tests.registry.sparql.state import STATEMENTS

SMALL = "ASK { ?s ?p ?o }"
LARGE = "SELECT * { { ?s ?p ?o } UNION { ?s ?p ?o } UNION { ?s ?p ?o } }"
TIMES = 3
PATIENCE = 60
ENDLESS = "SELECT * { ?a <urn:p1> ?c . ?d <urn:p2> ?f FILTER(STR(?c) != STR(?f)) }"
SILENT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LAST_CHUNK = b"\r\n0\r\n\r\n"
MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def server(snapshot: Snapshot) -> Iterator[Served]:
    """A registry that gives large answers and takes its time."""
    with serving(snapshot, query_seconds=20.0, query_bytes=1 << 30) as server:
        yield server


@pytest.fixture(scope="module")
def hasty(snapshot: Snapshot) -> Iterator[Served]:
    """A registry that goes on for a second with a query."""
    with serving(snapshot, query_seconds=1.0, query_bytes=1 << 30) as server:
        yield server


def get(server: Served, query: str, **headers: str) -> httpx2.Response:
    """Ask as a program does that knows HTTP."""
    return httpx2.get(f"{server.address}/sparql", params={"query": query}, headers=headers, timeout=PATIENCE)


def ask(server: Served, query: str, version: str = "1.1") -> socket.socket:
    """Send a request as a program does that knows nothing but sockets."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    head = f"GET /sparql?query={quote(query)} HTTP/{version}\r\nhost: 127.0.0.1\r\nconnection: close\r\n"
    line.sendall(f"{head}\r\n".encode())
    return line


def read(line: socket.socket) -> bytes:
    """Read to the end."""
    with closing(line):
        return b"".join(iter(lambda: line.recv(MEBIBYTE), b""))


def busy(server: Served) -> int:
    """Tell how many processes are at work."""
    counts = httpx2.get(f"{server.address}/metrics").text
    return int(float(counts.partition("\nkoepel_sparql_workers_busy ")[2].split()[0]))


def wait_until(happens: Callable[[], bool], seconds: float) -> None:
    """Wait for something that must happen in time."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_first_bytes_come_while_the_query_is_still_running(server: Served) -> None:
    begin = time.monotonic()

    with closing(ask(server, ENDLESS)) as line:
        assert line.recv(MEBIBYTE).startswith(b"HTTP/1.1 200")

    assert time.monotonic() - begin < 5


def test_the_registry_holds_no_large_answer_in_memory(server: Served) -> None:
    _read_through(server)
    before, sizes = server.memory(), [_read_through(server) for _ in range(4)]

    assert min(sizes) > 10 * MEBIBYTE
    assert server.memory() - before < 5 * MEBIBYTE


def test_every_row_of_a_large_answer_arrives(server: Served) -> None:
    rows = get(server, LARGE).json()["results"]["bindings"]

    assert len(rows) > TIMES * STATEMENTS


def test_an_answer_that_breaks_off_lacks_its_last_chunk(hasty: Served) -> None:
    answer = read(ask(hasty, ENDLESS))

    assert answer.startswith(b"HTTP/1.1 200")
    assert b"transfer-encoding: chunked" in answer.partition(b"\r\n\r\n")[0].lower()
    assert not answer.endswith(LAST_CHUNK)


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
def test_an_http_client_tells_an_answer_that_breaks_off_by_an_error(hasty: Served, coding: str) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        get(hasty, ENDLESS, **{"accept-encoding": coding})


def test_the_standard_library_tells_it_too(hasty: Served) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", hasty.port, timeout=PATIENCE)) as connection:
        connection.request("GET", f"/sparql?query={quote(ENDLESS)}")
        answer = connection.getresponse()

        assert answer.status == 200
        with pytest.raises(http.client.IncompleteRead):
            answer.read()


def test_an_old_client_gets_the_whole_with_its_length(server: Served) -> None:
    head, _, body = read(ask(server, LARGE, version="1.0")).partition(b"\r\n\r\n")

    assert head.split()[1] == b"200"
    assert f"content-length: {len(body)}".encode() in head.lower()
    assert len(json.loads(body)["results"]["bindings"]) > TIMES * STATEMENTS


def test_an_old_client_gets_an_error_rather_than_a_part(hasty: Served) -> None:
    head, _, body = read(ask(hasty, ENDLESS, version="1.0")).partition(b"\r\n\r\n")

    assert head.split()[1] == b"503"
    assert json.loads(body)["code"] == "query-too-slow"


def test_a_query_ends_when_its_reader_hangs_up(server: Served) -> None:
    for query in (SILENT, ENDLESS):
        line = ask(server, query)
        wait_until(lambda: busy(server) == 1, 5)
        line.close()
        wait_until(lambda: busy(server) == 0, 3)


def test_a_reader_who_takes_nothing_in_holds_up_nobody(server: Served) -> None:
    slow = ask(server, LARGE)
    wait_until(lambda: busy(server) == 1, 5)
    wait_until(lambda: busy(server) == 0, 10)

    assert get(server, SMALL).json()["boolean"]
    assert len(read_chunked(slow)) > 10 * MEBIBYTE


def test_who_asks_too_much_at_once_is_told_when_to_come_back(server: Served) -> None:
    lines = [ask(server, SILENT) for _ in range(2)]
    wait_until(lambda: busy(server) == 2, 5)

    refused = get(server, SMALL)

    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-of-one")
    assert int(refused.headers["retry-after"]) > 0
    for line in lines:
        line.close()


def read_chunked(line: socket.socket) -> bytes:
    """Read an answer in chunks."""
    with closing(line):
        response = http.client.HTTPResponse(line)
        response.begin()
        return response.read()


def _read_through(server: Served) -> int:
    """Read a large answer without keeping it."""
    with closing(ask(server, LARGE)) as line:
        return sum(map(len, iter(lambda: line.recv(MEBIBYTE), b"")))
