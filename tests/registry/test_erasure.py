"""What is erased is gone from every file, and what others cite stays without it."""

import threading
import time
from datetime import date
from pathlib import Path

import pytest
import zstandard

from registry.companion import noted
from registry.doctor import examine
from registry.erasure import cleanse_snapshots, erase
from registry.errors import GoneError, NotFoundError
from registry.graph.projection import is_source
from registry.graph.snapshot import Snapshot
from registry.home import Home, publish
from registry.validation.standard import Library
from tests.registry.graph.publishing import PROJECT, accept, source
from tests.registry.noting import note
from tests.registry.validation.small_library import library, standard

TODAY = date(2026, 11, 21)
ONE, TWO = source("one"), source("two")
MARKER = "Zwanenhalsbrug"
REASON = "Its publisher asked for it."
CITED = "2026-paper"
SECRET = f'{PROJECT.format(MARKER)} <#{MARKER}> a koepel:Pilot ; koepel:closure [ dct:title "{MARKER} 2" ] .'


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("library"), standard("Title"))


@pytest.fixture
def home(tmp_path: Path, rules: Library) -> Home:
    """A registry with a cited, an older and a newest snapshot, all of which hold what will be erased."""
    made = Home(tmp_path / "home")
    accept(made.ledger, "one", SECRET)
    accept(made.ledger, "two", PROJECT.format("kept"))
    made.snapshots.label(publish(made, rules, TODAY), CITED)
    for title in ("older", "newest"):
        accept(made.ledger, "two", PROJECT.format(title))
        publish(made, rules, TODAY)
    note(made.folder, ONE, MARKER)
    note(made.folder, TWO)
    return made


def erase_one(home: Home, rules: Library, wait: float = 0) -> Snapshot:
    return erase(home, ONE, REASON, "operator", rules, TODAY, wait=wait).snapshot


def sources(snapshot: Snapshot) -> list[str]:
    return [graph for graph in snapshot.open().graphs() if is_source(graph)]


def holders(folder: Path) -> list[str]:
    """Name the files that hold the marker as it is, or in what was compressed."""
    return [path.name for path in folder.rglob("*") if path.is_file() and MARKER in readable(path)]


def readable(path: Path) -> str:
    """Read a file with every Zstandard frame in it unpacked."""
    data = path.read_bytes()
    frames = data.split(zstandard.FRAME_HEADER)[1:]
    return (data + b"".join(map(unpacked, frames))).decode("utf-8", "replace")


def unpacked(frame: bytes) -> bytes:
    try:
        return zstandard.ZstdDecompressor().decompressobj().decompress(zstandard.FRAME_HEADER + frame)
    except zstandard.ZstdError:
        return b""


def test_the_marker_is_found_where_it_is(home: Home) -> None:
    home.ledger.close()

    assert {"ledger.sqlite", "notices.sqlite", "visits.sqlite"} <= {*holders(home.folder)}
    assert any(name.endswith((".log", ".sst")) for name in holders(home.folder))


def test_no_file_holds_what_was_erased(home: Home, rules: Library) -> None:
    erase_one(home, rules)
    home.ledger.close()

    assert holders(home.folder) == []
    assert examine(home, rules).clean


def test_readers_go_on_with_all_the_rest(home: Home, rules: Library) -> None:
    snapshot = erase_one(home, rules)

    assert home.snapshots.current() == snapshot
    assert sources(snapshot) == [TWO]


def test_a_cited_snapshot_keeps_its_label_and_loses_the_source(home: Home, rules: Library) -> None:
    before = home.snapshots.get(CITED)
    assert sources(before) == [ONE, TWO]

    erased = erase_one(home, rules)

    after = home.snapshots.get(CITED)
    assert (sources(after), after.labels, after.stand) == ([TWO], (CITED,), before.stand)
    assert {one.name for one in home.snapshots.all()} == {after.name, erased.name}
    with pytest.raises(GoneError) as gone:
        home.snapshots.get(before.name)
    assert gone.value.params["nearest"] == after.name


def test_a_second_erasure_comes_on_top_of_the_first(home: Home, rules: Library) -> None:
    erase_one(home, rules)

    erase(home, TWO, REASON, "operator", rules, TODAY)

    after = home.snapshots.get(CITED)
    assert (sources(after), len(after.erasures)) == ([], 2)
    assert examine(home, rules).clean


def test_a_source_may_come_back(home: Home, rules: Library) -> None:
    erase_one(home, rules)
    accept(home.ledger, "one", PROJECT.format("back again"))

    assert sources(publish(home, rules, TODAY)) == [ONE, TWO]
    assert examine(home, rules).clean


def test_what_the_registry_never_knew_cannot_be_erased(home: Home, rules: Library) -> None:
    before = home.snapshots.all()

    with pytest.raises(NotFoundError):
        erase(home, source("nobody"), REASON, "operator", rules, TODAY)

    assert home.snapshots.all() == before


@pytest.mark.parametrize(
    "step",
    [
        "registry.home.bring_up",
        "registry.erasure.note_clean",
        "registry.erasure.cleanse_snapshots",
        "registry.erasure.forget_noted",
    ],
)
def test_an_erasure_that_ended_half_way_is_finished_by_the_next_publication(
    home: Home, rules: Library, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(step, fall)
        with pytest.raises(KeyboardInterrupt):
            erase_one(home, rules)
    publish(home, rules, TODAY)
    home.ledger.close()

    assert holders(home.folder) == []
    assert examine(home, rules).clean


def test_what_the_ledger_alone_was_told_to_erase_goes_with_the_next_publication(
    home: Home, rules: Library
) -> None:
    home.ledger.erase(ONE, REASON, "https://peer.example")
    troubles = {one.code for one in examine(home, rules).damaged}
    assert troubles == {"erasure-begun", "erasure-noted"}

    publish(home, rules, TODAY)
    home.ledger.close()

    assert holders(home.folder) == []
    assert noted(home.folder, [ONE, TWO]) == {TWO}
    assert examine(home, rules).clean


def test_what_a_visit_notes_after_the_erasure_goes_with_the_next_publication(
    home: Home, rules: Library
) -> None:
    erase_one(home, rules)
    note(home.folder, ONE, MARKER)

    publish(home, rules, TODAY)

    assert holders(home.folder) == []
    assert noted(home.folder, [ONE, TWO]) == {TWO}


def test_what_is_noted_of_a_source_that_came_back_stays(home: Home, rules: Library) -> None:
    erase_one(home, rules)
    accept(home.ledger, "one", PROJECT.format("back again"))
    note(home.folder, ONE)

    publish(home, rules, TODAY)

    assert noted(home.folder, [ONE, TWO]) == {ONE, TWO}


def test_who_reads_an_older_snapshot_is_waited_for(home: Home, rules: Library) -> None:
    older = home.snapshots.all()[1]
    reading = threading.Event()

    def read() -> None:
        with older.lease():
            reading.set()
            time.sleep(1)

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait(5)
    outcome = erase(home, ONE, REASON, "operator", rules, TODAY, wait=20)
    reader.join()

    assert outcome.still_read == ()
    assert not older.folder.exists()


def test_a_copy_of_the_snapshots_can_be_cleansed_by_itself(home: Home) -> None:
    home.ledger.erase(ONE, REASON, "operator")

    cleanse_snapshots(home)

    assert [sources(one) for one in home.snapshots.all()] == [[TWO], [TWO]]
    assert home.snapshots.get(CITED).labels == (CITED,)
