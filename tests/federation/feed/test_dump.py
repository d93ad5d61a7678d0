"""Dumps hold what readers see, arrive whole, and lose what is erased."""

import errno
import hashlib
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from federation.feed import dump as dumping
from federation.feed.dump import Dump, find_dump, list_dumps, make_dumps
from registry.erasure import cleanse_dumps
from registry.errors import NotAllowedError, NotFoundError
from registry.graph.snapshot import Snapshot
from registry.graph.stand import Stand, write_stand
from registry.home import Home
from registry.ledger import Event, Happening
from registry.storage import StorageError
from tests.federation.feed.history import FIRST, SECOND, publish, version

DAY = date(2026, 11, 22)


def freeze(home: Home, source: str, words: str) -> Snapshot:
    """Publish a text, and give readers a state in which it is all there is of its source."""
    position = publish(home.ledger, source, words)
    with home.opened_graph() as store:
        store.replace(source, version(source, words).canonical)
        stand = Stand(position, "5eed", DAY, home.ledger.lineage)
        write_stand(store, stand)
        return home.snapshots.take(store, stand, datetime.now(UTC))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A registry with two descriptions that readers see."""
    home = Home(tmp_path)
    freeze(home, FIRST, "One")
    freeze(home, SECOND, "Two")
    return home


def unpacked(dump: Dump, ending: str) -> bytes:
    """Unpack a file of a dump, after its hash has proved that it is whole."""
    file = dump.manifest.file(ending)
    assert file
    packed = (dump.folder / file.name).read_bytes()
    data = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)).read()
    assert (hashlib.sha256(packed).hexdigest(), len(packed), len(data)) == (
        file.sha256, file.bytes, file.unpacked,
    )  # fmt: skip
    return data


def test_a_dump_holds_every_graph_of_the_state(home: Home) -> None:
    made = make_dumps(home, keep=3)
    quads = ox.Dataset(ox.parse(unpacked(made, "nq.zst"), ox.RdfFormat.N_QUADS))

    store = home.snapshots.get(made.name).open()
    assert len(quads) == len(store) == made.manifest.statements
    assert {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)} == set(
        store.graphs()
    )
    store.close()


def test_the_statements_without_their_graphs_are_the_same(home: Home) -> None:
    made = make_dumps(home, keep=3)
    quads = ox.parse(unpacked(made, "nq.zst"), ox.RdfFormat.N_QUADS)
    flat = ox.Dataset(ox.Quad(*quad.triple) for quad in quads)

    assert ox.Dataset(ox.parse(unpacked(made, "ttl.zst"), ox.RdfFormat.TURTLE)) == flat


def test_the_manifest_tells_which_state_it_is(home: Home) -> None:
    made, snapshot = make_dumps(home, keep=3), home.snapshots.current()

    assert snapshot
    assert find_dump(home, snapshot.name) == made
    assert (made.manifest.position, made.manifest.time) == (snapshot.stand.position, snapshot.time)


def test_a_state_is_dumped_once(home: Home) -> None:
    first = make_dumps(home, keep=3)
    times = {path: path.stat().st_mtime_ns for path in first.folder.iterdir()}

    assert make_dumps(home, keep=3) == first
    assert {path: path.stat().st_mtime_ns for path in first.folder.iterdir()} == times


def test_older_dumps_make_way(home: Home) -> None:
    names = [make_dumps(home, keep=2).name]
    for number in range(3):
        freeze(home, FIRST, f"One, {number}")
        names.append(make_dumps(home, keep=2).name)

    assert [one.name for one in list_dumps(home)] == [names[3], names[2]]


def test_what_a_crash_left_behind_is_cleared_away(home: Home) -> None:
    draft = home.folder / "dumps" / ".2-c0ffee00"
    draft.mkdir(parents=True)
    (draft / "koepel-2-c0ffee00.nq.zst").write_bytes(b"half")

    assert [one.name for one in list_dumps(home)] == []
    make_dumps(home, keep=3)
    assert not draft.exists()


def test_a_dump_without_its_account_is_made_anew(home: Home) -> None:
    made = make_dumps(home, keep=3)
    (made.folder / "manifest.json").write_text("{}")

    assert list_dumps(home) == ()
    assert make_dumps(home, keep=3).manifest.statements == made.manifest.statements


@pytest.mark.parametrize("name", ["..", ".lock", "", "../snapshots", "2-c0ffee00"])
def test_nothing_but_a_dump_is_found(home: Home, name: str) -> None:
    make_dumps(home, keep=3)

    assert find_dump(home, name) is None


def test_a_registry_without_readers_has_nothing_to_dump(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as told:
        make_dumps(Home(tmp_path), keep=3)

    assert told.value.code == "nothing-to-dump"


def test_an_erasure_deletes_the_dumps_from_before(home: Home) -> None:
    before = make_dumps(home, keep=3)
    home.ledger.append(Event(FIRST, Happening.ERASED))
    cleanse_dumps(home)
    freeze(home, SECOND, "Two, changed")
    after = make_dumps(home, keep=3)
    cleanse_dumps(home)

    assert not before.folder.exists()
    assert after.folder.exists()


def test_a_dump_that_an_erasure_overtakes_is_thrown_away(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    write = dumping._write

    def overtaken(*arguments: object) -> object:
        home.ledger.append(Event(FIRST, Happening.ERASED))
        return write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(dumping, "_write", overtaken)
    with pytest.raises(NotAllowedError) as told:
        make_dumps(home, keep=3)

    assert told.value.code == "dump-overtaken"
    assert list((home.folder / "dumps").glob("*-*")) == []


def test_a_dump_for_which_there_is_no_room_leaves_nothing_behind(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(dumping, "_hash", full)
    with pytest.raises(StorageError) as told:
        make_dumps(home, keep=3)

    assert told.value.code == "disk-full"
    assert [one.name for one in (home.folder / "dumps").iterdir()] == [".lock"]


def test_a_dump_that_is_deleted_under_the_hand_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = dumping._hash

    def deleted(path: Path) -> str:
        found = hashed(path)
        home.ledger.append(Event(FIRST, Happening.ERASED))
        cleanse_dumps(home)
        return found

    monkeypatch.setattr(dumping, "_hash", deleted)
    with pytest.raises(NotAllowedError):
        make_dumps(home, keep=3)
