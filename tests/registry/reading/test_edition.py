"""Readers get the newest state as soon as it is there, and an older one for as long as it is kept."""

import gc
from pathlib import Path

import pytest

from registry.errors import GoneError, NotFoundError
from registry.home import Home
from registry.reading import edition
from registry.reading.edition import Edition, Editions, NotReadyError
from registry.validation.standard import Library
from tests.registry.sample import sample_library
from tests.registry.web.edition import show_only


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A registry in which nothing has happened."""
    return Home(tmp_path)


@pytest.fixture(scope="module")
def library() -> Library:
    """A few made-up standards."""
    return sample_library()


def title(one: Edition) -> str:
    """Give the title of the only project of a state."""
    (project,) = one.catalogue.entries.values()
    return project.title("en").value


def test_a_registry_without_a_snapshot_says_kindly_that_it_is_empty(home: Home, library: Library) -> None:
    editions = Editions(home.snapshots, library)

    assert not editions.follow()
    assert editions.newest is None
    with pytest.raises(NotReadyError, match="still empty"):
        editions.current()


def test_the_newest_is_followed_and_the_one_before_reads_on(home: Home, library: Library) -> None:
    editions = Editions(home.snapshots, library)
    show_only(home, "One")
    assert editions.follow()
    before = editions.current()
    show_only(home, "Two")

    assert title(editions.current()) == "One"
    assert editions.follow()
    assert not editions.follow()
    assert (title(editions.current()), title(before)) == ("Two", "One")


def test_an_older_state_is_found_by_name_and_by_label_and_opened_once(home: Home, library: Library) -> None:
    one = home.snapshots.label(show_only(home, "One"), "first")
    show_only(home, "Two")
    editions = Editions(home.snapshots, library)
    editions.follow()

    assert title(editions.get("first")) == "One"
    assert editions.get("first") is editions.get(one.name)
    assert editions.get(editions.current().snapshot.name) is editions.current()


def test_a_state_that_is_read_is_not_deleted_and_goes_when_its_readers_have_gone(
    home: Home, library: Library
) -> None:
    one, _ = show_only(home, "One"), show_only(home, "Two")
    editions = Editions(home.snapshots, library)
    reader = editions.get(one.name)

    assert home.snapshots.prune(1) == ()
    editions.close()
    assert home.snapshots.prune(1) == ()
    assert title(reader) == "One"
    del reader
    gc.collect()
    assert home.snapshots.prune(1) == (one.name,)


def test_what_was_taken_from_readers_is_gone_at_once(home: Home, library: Library) -> None:
    one, two = show_only(home, "One"), show_only(home, "Two")
    editions = Editions(home.snapshots, library)
    editions.follow()
    editions.get(one.name)
    home.snapshots.discard(one)

    with pytest.raises(GoneError) as told:
        editions.get(one.name)
    assert told.value.params["nearest"] == two.name


def test_a_state_that_was_taken_away_is_let_go_so_that_it_can_be_deleted(
    home: Home, library: Library
) -> None:
    one, _ = show_only(home, "One"), show_only(home, "Two")
    editions = Editions(home.snapshots, library)
    request: list[object] = [editions.get(one.name)]
    request.append(request)  # as one that is over often points to itself
    del request
    assert not home.snapshots.discard(one)
    editions.follow()
    show_only(home, "Three")

    assert [path for path in home.snapshots.folder.iterdir() if one.name in path.name] == []


def test_a_state_that_nobody_reads_is_let_go(
    home: Home, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = show_only(home, "One"), show_only(home, "Two")
    editions = Editions(home.snapshots, library)
    editions.get(one.name)
    monkeypatch.setattr(edition, "LONGEST_IDLE", -1.0)
    editions.follow()
    gc.collect()

    assert home.snapshots.prune(1) == (one.name,)


def test_only_a_few_older_states_stay_open(home: Home, library: Library) -> None:
    taken = [show_only(home, f"Number {number}") for number in range(6)]
    editions = Editions(home.snapshots, library)
    for snapshot in taken[:5]:
        editions.get(snapshot.name)
    gc.collect()

    assert home.snapshots.prune(1) == (taken[0].name, taken[1].name)


def test_a_name_that_was_never_given_is_not_found(home: Home, library: Library) -> None:
    show_only(home, "One")

    with pytest.raises(NotFoundError):
        Editions(home.snapshots, library).get("never-given")
