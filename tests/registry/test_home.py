"""One process at a time changes a registry, and readers see a change when all of it is there."""

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, Graph

import registry.home
from registry.errors import KoepelError, NotAllowedError
from registry.graph.embedded import EmbeddedStore
from registry.graph.stand import Stand, read_stand, write_stand
from registry.home import Home, publish
from registry.ledger import Event, Happening, Ledger, Version
from registry.settings import Settings
from registry.storage import StorageError
from registry.validation.standard import Library
from registry.vocabulary import KOEPEL
from tests.registry.validation.small_library import library, standard

PROCESSES = get_context("spawn")
TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)
SOURCE = "https://buddy.example/profile"
NO_STANDARDS = Library(Graph(), {})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def happen(home: Home, address: str = SOURCE) -> int:
    """Let something happen, so that the ledger is one event longer."""
    return home.ledger.append(Event(SOURCE, Happening.REGISTERED, address))


def write_addresses(store: EmbeddedStore, ledger: Ledger, _: Library, on: date, *__: object) -> Stand:
    """Bring a graph in step with the ledger, in a simpler way than the registry does."""
    lines = "".join(f'<{event.source}> <urn:at> "{event.address}" .\n' for event in ledger.events())
    store.replace(SOURCE, lines.encode())
    stand = Stand(ledger.position(), "rules", on, ledger.lineage)
    write_stand(store, stand)
    return stand


@pytest.fixture
def simple(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the graph be made in a simpler way."""
    monkeypatch.setattr(registry.home, "bring_up", write_addresses)


def addresses(store: EmbeddedStore) -> set[str]:
    return {str(row["address"]) for row in store.select("SELECT ?address { ?it <urn:at> ?address }").rows}


def write(folder: Path, ready: Path) -> None:
    """Change a registry in a process of its own until that is killed."""
    with Home(folder).writing():
        ready.touch()
        time.sleep(60)


@contextmanager
def written_elsewhere(home: Home) -> Iterator[int]:
    """Let another process change the registry, and kill it afterwards; gives its number."""
    ready = home.folder.with_name("ready")
    process = PROCESSES.Process(target=write, args=(home.folder, ready), daemon=True)
    process.start()
    try:
        while process.is_alive() and not ready.exists():
            time.sleep(0.01)
        yield process.pid or 0
    finally:
        process.kill()
        process.join()


def test_the_settings_say_where_everything_is(tmp_path: Path) -> None:
    home = Home.of(Settings(home=tmp_path, ledger_url="sqlite://"))

    assert home == Home(tmp_path, "sqlite://")
    assert home.ledger is home.ledger
    assert list(tmp_path.iterdir()) == [], "the ledger is elsewhere"


def test_who_comes_second_is_told_who_is_first_and_gets_a_turn_when_that_one_dies(home: Home) -> None:
    with written_elsewhere(home) as first:
        with pytest.raises(NotAllowedError, match=f"number {first}") as raised, home.writing(wait=0.1):
            pass
        assert raised.value.code == "registry-busy"

    with home.writing(wait=0):
        assert (home.folder / "writer.lock").read_text() == str(os.getpid())


def test_who_changes_a_registry_may_do_so_again_in_between(home: Home) -> None:
    with home.writing(), home.writing(wait=0):
        pass
    with home.writing(wait=0):
        pass


def test_two_threads_take_turns(home: Home) -> None:
    told = list[str]()

    def attempt() -> None:
        try:
            with home.writing(wait=0.05):
                told.append("twice at once")
        except NotAllowedError as error:
            told.append(error.code)

    with home.writing():
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert told == ["registry-busy"]


@pytest.mark.usefixtures("simple")
def test_readers_get_what_the_ledger_says(home: Home) -> None:
    position = happen(home)
    snapshot = publish(home, NO_STANDARDS, TODAY)

    assert addresses(snapshot.open()) == {SOURCE}
    assert snapshot == home.snapshots.current()
    assert snapshot.stand == Stand(position, "rules", TODAY, home.ledger.lineage)


@pytest.mark.usefixtures("simple")
def test_where_nothing_has_changed_the_same_snapshot_stays_unless_another_is_asked_for(home: Home) -> None:
    happen(home)
    first, again = (publish(home, NO_STANDARDS, TODAY) for _ in range(2))
    forced = publish(home, NO_STANDARDS, TODAY, force_checkpoint=True)

    assert again == first
    assert forced.name != first.name
    assert forced.stand == first.stand


@pytest.mark.usefixtures("simple")
def test_the_last_few_snapshots_are_kept(home: Home) -> None:
    names = []
    for _ in range(4):
        happen(home)
        names.append(publish(home, NO_STANDARDS, TODAY, keep=2).name)

    assert [one.name for one in home.snapshots.all()] == names[-2:]


@pytest.mark.usefixtures("simple")
def test_a_publication_that_was_cut_short_before_its_snapshot_is_made_up_for(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen(home)
    with monkeypatch.context() as patch:
        patch.setattr(EmbeddedStore, "checkpoint", interrupt)
        with pytest.raises(KeyboardInterrupt):
            publish(home, NO_STANDARDS, TODAY)
    assert home.snapshots.current() is None

    assert addresses(publish(home, NO_STANDARDS, TODAY).open()) == {SOURCE}


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("simple")
def test_a_graph_that_was_thrown_away_is_made_again(home: Home) -> None:
    happen(home)
    first = publish(home, NO_STANDARDS, TODAY)
    home.clear_graph()
    home.clear_graph()

    with home.opened_graph() as store:
        assert len(store) == 0
    assert publish(home, NO_STANDARDS, TOMORROW).open().graphs() == first.open().graphs()


@pytest.mark.usefixtures("simple")
def test_a_graph_that_is_written_anew_says_the_same_without_what_was_said_before(home: Home) -> None:
    happen(home, "https://buddy.example/said-before.ttl")
    publish(home, NO_STANDARDS, TODAY)
    with home.opened_graph() as store:
        store.remove(SOURCE)
        digest = store.digest()
    home.renew_graph()

    with home.opened_graph() as store:
        assert store.digest() == digest
        assert read_stand(store) is not None
    assert not any(b"said-before" in path.read_bytes() for path in home.graph.iterdir())
    assert sorted(path.name for path in home.folder.glob("graph*")) == ["graph"]


def test_what_a_crash_left_of_an_older_graph_is_cleared_away(home: Home) -> None:
    for leftover in ("graph-old", "graph-fresh"):
        (home.folder / leftover).mkdir(parents=True)
        (home.folder / leftover / "000012.sst").write_text("a text that has to go")

    with home.opened_graph():
        assert [path.name for path in home.folder.glob("graph*")] == ["graph"]


def test_a_graph_that_is_damaged_says_how_it_is_made_again(home: Home) -> None:
    with home.opened_graph() as store:
        store.load(b"<urn:a> a <urn:b> .", graph=SOURCE)
    (home.graph / "CURRENT").write_text("nothing that Oxigraph knows")

    with pytest.raises(StorageError, match="koepel rebuild") as raised, home.opened_graph():
        pass
    assert raised.value.code == "graph-damaged"


def test_damage_that_shows_only_in_use_says_so_too(home: Home) -> None:
    with home.opened_graph() as store:
        store.replace(SOURCE, b"".join(b'<urn:a> <urn:b> "%06d" .\n' % number for number in range(9_000)))
        store.compact()
    for path in home.graph.glob("*.sst"):
        data = path.read_bytes()
        path.write_bytes(bytes(byte ^ 0x55 for byte in data[:4_000]) + data[4_000:])

    with pytest.raises(StorageError, match="koepel rebuild") as raised, home.opened_graph() as store:
        store.contents(SOURCE)
    assert raised.value.code == "graph-damaged"


def test_a_graph_that_somebody_has_open_is_busy_and_not_damaged(home: Home) -> None:
    with (
        home.opened_graph(),
        pytest.raises(NotAllowedError, match=str(os.getpid())),
        home.opened_graph(),
    ):
        pass


def test_a_home_that_cannot_be_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(KoepelError, match=str(tmp_path / "file")), Home(tmp_path / "file").writing():
        pass


def test_all_that_the_registry_makes_of_a_description_reaches_its_readers(home: Home, tmp_path: Path) -> None:
    text = (
        f'<{SOURCE}#it> <{DCTERMS.title}> "De Brug"@nl .\n<{SOURCE}#it> <{RDF.type}> <{KOEPEL.Project}> .\n'
    )
    version = Version(hashlib.sha256(text.encode()).hexdigest(), text.encode(), b"", "text/turtle")
    home.ledger.append(Event(SOURCE, Happening.ACCEPTED, SOURCE, version.digest), version)

    rules = library(tmp_path, standard("Title"))
    snapshot = publish(home, rules, TODAY)

    store = snapshot.open()
    assert store.contents(SOURCE).decode() == text
    assert read_stand(store) == snapshot.stand
    assert publish(home, rules, TODAY) == snapshot
