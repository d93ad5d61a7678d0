"""Answers travel compressed to whoever takes them so, and one that breaks off never looks whole."""

import gzip
import http.client
from collections.abc import AsyncIterator, Iterator

import brotli  # type: ignore[import-untyped]  # published without type information
import pytest
import zstandard
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from registry.errors import LimitError
from registry.home import Home
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.web.server import served

ROW = b"a,b,c\n"
READERS = {
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "identity": lambda data: data,
}


@pytest.fixture(scope="module")
def streaming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A registry with two more addresses: a long answer in pieces, and one that breaks off."""
    folder = tmp_path_factory.mktemp("streaming")
    app = create_app(Home(folder), Settings(home=folder, query_workers=1))

    async def rows(count: int, *, breaking: bool) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield ROW * 1_000
        if breaking:
            raise LimitError("x", "The query was stopped.")

    @app.get("/whole")
    def whole() -> StreamingResponse:
        return StreamingResponse(rows(50, breaking=False), media_type="text/csv")

    @app.get("/broken/{count}")
    def broken(count: int) -> StreamingResponse:
        return StreamingResponse(rows(count, breaking=True), media_type="text/csv")

    with served(app) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


def fetch(server: tuple[str, int], path: str, encoding: str) -> tuple[str, bytes]:
    """Fetch from a server: how the answer is encoded, and its bytes."""
    connection = http.client.HTTPConnection(*server, timeout=20)
    try:
        connection.request("GET", path, headers={"accept-encoding": encoding})
        answer = connection.getresponse()
        return answer.headers.get("content-encoding", "identity"), answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("encoding", READERS)
def test_an_answer_in_pieces_travels_compressed(streaming: tuple[str, int], encoding: str) -> None:
    used, data = fetch(streaming, "/whole", encoding)

    assert used == encoding
    assert READERS[used](data) == ROW * 50_000
    assert encoding == "identity" or len(data) < 20_000


@pytest.mark.server_error(500)
@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("encoding", READERS)
def test_an_answer_that_breaks_off_ends_in_an_error(
    streaming: tuple[str, int], encoding: str, count: int
) -> None:
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        fetch(streaming, f"/broken/{count}", encoding)


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/en/", "text/html"),
        ("/code/task.ttl", "text/turtle"),
        ("/code/task", "application/ld+json"),
        ("/static/koepel.css", "text/css"),
    ],
)
def test_what_is_compressed_says_so_and_is_the_same_inside(
    client: TestClient, path: str, accept: str
) -> None:
    plain, packed = (
        client.get(path, headers={"accept": accept, "accept-encoding": encoding})
        for encoding in ("identity", "gzip")
    )

    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content)


def test_what_is_small_travels_as_it_is(client: TestClient) -> None:
    assert "content-encoding" not in client.get("/healthz", headers={"accept-encoding": "gzip"}).headers
