"""One peer is asked: whatever it does, there is an answer that can be trusted or an error that names it."""

import threading
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pytest

from federation.peer import Answer, Kind, Limits, ask_peer, endpoint, peers_of
from registry.errors import NotAllowedError, PeerError
from registry.settings import Settings
from registry.sparql.delegation import Table
from tests.federation.peers import ROWS, Bad, body, bytes_of, drops, moved, nobody, peer, silent, trickles

GOOD = bytes_of(ROWS)
SMALL = Limits(seconds=0.6, bytes=10_000)
BEGUN = b"HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+json\r\n"
ENDLESS = b"HTTP/1.1 200 OK\r\n" + b"x-header: value\r\n" * 50
BAD: dict[str, tuple[Bad, str]] = {
    "a web page": (body(b"<html>It works!</html>", media_type="text/html"), "peer-nonsense"),
    "nothing": (body(b""), "peer-nonsense"),
    "another shape": (body(b'{"rows": []}'), "peer-nonsense"),
    "a list": (body(b"[]"), "peer-nonsense"),
    "cut JSON that claims to be whole": (body(GOOD[:-3]), "peer-nonsense"),
    "more after the end": (body(GOOD + GOOD), "peer-nonsense"),
    "no UTF-8": (body(GOOD.replace(b"urn:a", b"urn:\xff")), "peer-nonsense"),
    "half a character": (body(GOOD.replace(b"urn:a", b"urn:\\ud800")), "peer-nonsense"),
    "an IRI that ends early": (body(GOOD.replace(b"urn:a", b"urn:a> } } #")), "peer-nonsense"),
    "brackets without end": (
        body(b'{"head":{"vars":["s"]},"results":{"bindings":' + b"[" * 9_000),
        "peer-nonsense",
    ),
    "packed without being asked": (body(b"\x1f\x8b\x08", content_encoding="gzip"), "peer-nonsense"),
    "too much, as announced": (body(GOOD + b" " * 20_000), "peer-too-large"),
    "too much, unannounced": (drops(BEGUN + b"\r\n" + b" " * 20_000), "peer-too-large"),
    "less than announced": (drops(BEGUN + b"content-length: 5000\r\n\r\n" + GOOD), "peer-unreachable"),
    "a piece that is missing": (
        drops(BEGUN + b"transfer-encoding: chunked\r\n\r\nfff\r\n"),
        "peer-unreachable",
    ),
    "no answer at all": (drops(b""), "peer-unreachable"),
    "no HTTP": (drops(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "peer-unreachable"),
    "headers without end": (drops(ENDLESS * 10), "peer-unreachable"),
    "one byte at a time": (trickles(), "peer-too-slow"),
    "a header at a time": (trickles(b"HTTP/1.1 200 OK\r\nx: "), "peer-too-slow"),
    "a status at a time": (trickles(b"HTTP/1.1 "), "peer-too-slow"),
    "failure": (body(b"<h1>Oops</h1>", 500), "peer-refused"),
    "busy for an hour": (body(b"", 503, retry_after="3600"), "peer-refused"),
    "another server": (moved("http://localhost:9/sparql"), "peer-moved"),
    "another port": (moved("http://127.0.0.1:9/sparql", 301), "peer-moved"),
    "another protocol": (moved("ftp://127.0.0.1/sparql", 302), "peer-moved"),
    "a file": (moved("file:///etc/hostname", 308), "peer-moved"),
    "itself for ever": (moved("/sparql"), "peer-refused"),
    "a page after the question": (moved("/page", 303), "peer-refused"),
    "not changed": (body(b"", 304), "peer-refused"),
}


def ask(address: str, limits: Limits = SMALL, query: str = "SELECT ?s { ?s ?p ?o }") -> Answer:
    """Ask for a table."""
    return ask_peer(address, query, Kind.TABLE, limits)


@pytest.mark.parametrize(("answer", "code"), BAD.values(), ids=BAD)
def test_a_bad_answer_is_an_error_that_names_the_peer(answer: Bad, code: str) -> None:
    begin = time.monotonic()

    with peer(answer) as address, pytest.raises(PeerError) as trouble:
        ask(address)

    assert (trouble.value.code, trouble.value.params["peer"]) == (code, address)
    assert address in trouble.value.message
    assert time.monotonic() - begin < SMALL.seconds + 1


def test_a_good_answer_comes_with_its_state_and_its_time() -> None:
    with peer(body(GOOD, koepel_snapshot="2026-11-21T12-00-00")) as address:
        answer = ask(address)

    assert isinstance(answer.found, Table)
    assert list(answer.found.cells()) == ROWS["results"]["bindings"]  # type: ignore[index]
    assert (answer.snapshot, answer.seconds > 0) == ("2026-11-21T12-00-00", True)


@pytest.mark.parametrize("name", ['a"; rows=7', "a b", "é", "x" * 200])
def test_a_state_with_a_name_that_could_do_harm_has_none(name: str) -> None:
    with peer(body(GOOD, koepel_snapshot=name)) as address:
        assert ask(address).snapshot == ""


def test_a_truth_value_is_an_answer() -> None:
    with peer(body(b'{"head": {}, "boolean": false}')) as address:
        assert ask(address, query="ASK { ?s ?p ?o }").found is False


def test_a_truth_value_is_no_answer_where_a_query_calls() -> None:
    with peer(body(b'{"head": {}, "boolean": true}')) as address:
        peers = peers_of(Settings(peers=(address,)))
        assert peers.ask
        with pytest.raises(PeerError, match="a truth value"):
            peers.ask(address, "SELECT * { ?s ?p ?o }", 10_000)


def test_a_graph_is_asked_for_in_lines() -> None:
    with peer(body(b"<urn:a> <urn:b> _:c .\n", media_type="application/n-triples")) as address:
        answer = ask_peer(address, "CONSTRUCT WHERE { ?s ?p ?o }", Kind.GRAPH, SMALL)

    assert isinstance(answer.found, tuple)
    assert len(answer.found) == 1


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"<urn:a> <urn:b> .\n", "application/n-triples"),
        (b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b", "application/n-triples"),
        (b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .\n", "application/n-triples"),
        (b"", "text/html"),
    ],
)
def test_a_graph_in_other_lines_is_none(data: bytes, media_type: str) -> None:
    with peer(body(data, media_type=media_type)) as address, pytest.raises(PeerError) as trouble:
        ask_peer(address, "CONSTRUCT WHERE { ?s ?p ?o }", Kind.GRAPH, SMALL)

    assert trouble.value.code == "peer-nonsense"


def test_nobody_is_at_home() -> None:
    with pytest.raises(PeerError, match=r"could not be asked: .*refused"):
        ask(nobody())


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_takes_the_connection_and_says_nothing_is_left_in_time(scheme: str) -> None:
    begin = time.monotonic()

    with silent() as port, pytest.raises(PeerError, match=r"within 0\.6 seconds"):
        ask(f"{scheme}://127.0.0.1:{port}/sparql")

    assert time.monotonic() - begin < SMALL.seconds + 1


def test_what_a_peer_says_to_a_refusal_is_passed_on() -> None:
    with (
        peer(body(b'{"detail": "No \\u001b[31m thanks."}', 400)) as address,
        pytest.raises(PeerError) as trouble,
    ):
        ask(address)

    assert r"status 400 (No \u001b[31m thanks.)" in trouble.value.message


def test_a_server_that_moved_within_itself_gets_the_same_query() -> None:
    asked = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append((handler.path, parse_qs(handler.query.decode())["query"]))  # type: ignore[attr-defined]
        (body(GOOD) if handler.path == "/new" else moved("/new", 301))(handler)

    with peer(answer) as address:
        ask(address, query="SELECT ?s { ?s ?p 'é' }")

    assert asked == [(path, ["SELECT ?s { ?s ?p 'é' }"]) for path in ("/sparql", "/new")]


def test_a_busy_peer_is_asked_again_when_it_says_so() -> None:
    answers = [body(b"", 429, retry_after="0"), body(b"", 503, retry_after="0"), body(GOOD)]

    with peer(lambda handler: answers.pop(0)(handler)) as address:
        assert isinstance(ask(address).found, Table)


def test_a_busy_peer_is_not_asked_without_a_pause() -> None:
    asked: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(time.monotonic())
        body(b"", 503, retry_after="0")(handler)

    with peer(answer) as address, pytest.raises(PeerError):
        ask(address)

    assert 1 < len(asked) < 5


def test_nothing_in_the_environment_changes_where_a_question_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, nobody())

    with peer(body(GOOD)) as address:
        assert ask(address).found


def test_a_text_made_to_keep_a_reader_busy_is_sent_at_once() -> None:
    with peer(body(GOOD)) as address:
        begin = time.monotonic()
        ask(address, Limits(5, 10_000), "PREFIX a:<b>" * 20_000 + "SELECT * {}")

    assert time.monotonic() - begin < 1


def test_nothing_is_left_running_after_a_peer_that_was_too_slow() -> None:
    before = threading.active_count()

    with peer(trickles()) as address, pytest.raises(PeerError):
        ask(address)

    time.sleep(0.2)
    assert threading.active_count() <= before + 1  # that of the server, which goes on for a while


@pytest.mark.parametrize(
    "address",
    [
        "",
        "registry.example",
        "ftp://a.example/",
        "http://",
        "https://u:p@a.example/",
        "http://[::1",
        "http://a.example:0",
    ]
    + [f"http://a.example/{character}" for character in '<>"{}|\\^` \n#é'],
)
def test_what_is_no_address_of_a_peer_is_refused(address: str) -> None:
    with pytest.raises(NotAllowedError, match="is not the address of a peer"):
        endpoint(address)
