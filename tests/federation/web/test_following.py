"""The addresses by which others follow: the catalogue, the dumps, the feed for people."""

import json
from collections.abc import Iterator

import feedparser
import pytest
import zstandard
from fastapi.testclient import TestClient
from rdflib import RDF, Graph, Namespace

from federation.feed.dump import make_dumps
from registry.home import Home
from registry.vocabulary import LANGUAGES
from tests.federation.feed.site import reader
from tests.registry.web.edition import EARLY, make_home

DCAT = Namespace("http://www.w3.org/ns/dcat#")
ADDRESS = "https://koepel.example"
FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A registry with two states, the newest of which is dumped."""
    home = make_home(tmp_path_factory.mktemp("followed"))
    make_dumps(home, keep=2)
    return home


@pytest.fixture(scope="module")
def client(home: Home) -> Iterator[TestClient]:
    """Its reader; the registry knows its own address and name."""
    with reader(home, address=ADDRESS, name="Fictitious registry") as client:
        yield client


def test_a_registry_says_what_it_offers_and_where(client: TestClient) -> None:
    offer = client.get("/.well-known/koepel").json()

    assert (offer.pop("name"), offer.pop("address")) == ("Fictitious registry", ADDRESS)
    assert offer.pop("registrations") == []
    for name, address in offer.items():
        assert address == f"{ADDRESS}/{name}"
        assert client.get(f"/{name}").status_code != 404


def test_who_looks_for_a_description_of_the_data_is_led_to_the_catalogue(client: TestClient) -> None:
    answer = client.get("/.well-known/void")

    assert (answer.status_code, answer.headers["location"]) == (303, "/catalogue")


@pytest.mark.parametrize("extension", FORMATS)
def test_the_catalogue_comes_in_every_format(client: TestClient, home: Home, extension: str) -> None:
    answer = client.get(f"/catalogue.{extension}")
    graph = Graph().parse(data=answer.content, format=FORMATS[extension])

    states = {f"{ADDRESS}/?snapshot={one.name}" for one in home.snapshots.all()}
    assert states < {str(one) for one in graph.subjects(RDF.type, DCAT.Dataset)}
    kind = answer.headers["content-type"].partition(";")[0]
    assert client.get("/catalogue", headers={"accept": kind}).headers["content-type"].startswith(kind)


def test_every_file_in_the_catalogue_is_there(client: TestClient) -> None:
    graph = Graph().parse(data=client.get("/catalogue.ttl").content, format="turtle")

    files = {str(one).removeprefix(ADDRESS) for one in graph.objects(None, DCAT.downloadURL)}
    assert len(files) == 2
    assert {client.get(file).headers["content-type"] for file in files} == {"application/zstd"}


def test_the_newest_dump_is_found_by_one_address(client: TestClient, home: Home) -> None:
    listed = client.get("/dumps").json()["dumps"]
    assert [one["snapshot"] for one in listed] == [home.snapshots.all()[-1].name]

    for ending in ("nq.zst", "ttl.zst", "json"):
        moved = client.get(f"/dumps/latest.{ending}")
        assert (moved.status_code, moved.headers["cache-control"]) == (307, "public, max-age=30")
        assert client.get(moved.headers["location"]).headers["cache-control"].endswith("immutable")


def test_a_dump_comes_whole_or_in_parts(client: TestClient) -> None:
    address = client.get("/dumps/latest.nq.zst").headers["location"]
    whole = client.get(address)
    part = client.get(address, headers={"range": "bytes=10-19"})

    assert "content-encoding" not in whole.headers
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert zstandard.ZstdDecompressor().decompressobj().decompress(whole.content).count(b"\n") > 1000


@pytest.mark.parametrize(
    "path", ["/dumps/latest.exe", "/dumps/1-00000000/manifest.json", "/dumps/..%2Fledger/x", "/dumps/x/y"]
)
def test_a_dump_that_there_is_not_is_told(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nothing_else_in_the_folder_is_given_away(client: TestClient, home: Home) -> None:
    name = json.loads(client.get("/dumps").text)["dumps"][0]["snapshot"]
    (home.folder / "dumps" / name / "other.txt").write_text("not for readers")

    assert client.get(f"/dumps/{name}/other.txt").json()["code"] == "no-such-dump"


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_what_changed_as_a_page_and_as_a_feed(client: TestClient, language: str) -> None:
    page = client.get(f"/{language}/changes").text
    feed = feedparser.parse(client.get(f"/atom?language={language}").content)

    assert (feed.bozo, len(feed.entries)) == (False, 3)
    assert page.count('<th scope="row">') == 3
    assert f'href="/atom?language={language}"' in page
    assert all(one.link.startswith(f"{ADDRESS}/{language}/") for one in feed.entries)


def test_a_feed_comes_in_the_language_of_its_reader(client: TestClient) -> None:
    answer = client.get("/atom", headers={"accept-language": "ca"})

    assert answer.headers["content-language"] == "ca"
    again = {"accept-language": "ca", "if-none-match": answer.headers["etag"]}
    assert client.get("/atom", headers=again).status_code == 304
    assert client.get("/atom?language=xx").status_code == 400


def test_an_older_state_tells_what_had_changed_by_then(client: TestClient) -> None:
    assert client.get(f"/en/changes?snapshot={EARLY}").text.count('<th scope="row">') == 1
