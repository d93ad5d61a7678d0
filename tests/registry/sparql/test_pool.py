"""The processes that answer: what one query may cost, and that nobody else pays for it."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from registry.errors import GoneError, InvalidDataError, KoepelError, LimitError, NotAllowedError
from registry.graph.snapshot import Snapshot, Snapshots
from registry.sparql.answer import Answer
from registry.sparql.limits import Limits
from registry.sparql.pool import Pool
from registry.sparql.question import JSON, Wanted
from tests.registry.sparql.asking import Asking, asking
from tests.registry.sparql.state import GRAPH, MORE, STATEMENTS

CSV = Wanted(table="text/csv")
COUNT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
SMALL = "ASK { ?s ?p ?o }"
EVERYTHING = "SELECT * { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STREAMING = "SELECT * { ?a <urn:p1> ?c . ?d <urn:p2> ?f FILTER(STR(?c) != STR(?f)) }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"
LARGE = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 1800000 }"


def test_every_graph_is_asked_and_an_unknown_one_is_empty(pool: Asking) -> None:
    graphs = ("", f"FROM <{MORE}>", "FROM <https://elsewhere.example/data>")

    everything, one, none = (int(pool.ask(COUNT.format(graph), CSV).split()[1]) for graph in graphs)

    assert (everything > STATEMENTS, one, none) == (True, 1, 0)


def test_graphs_given_beside_a_query_come_before_those_that_it_names(pool: Asking) -> None:
    query, named = COUNT.format(f"FROM <{GRAPH}>"), "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

    assert pool.ask(query, CSV, default_graphs=(MORE,)) == b"n\r\n1\r\n"
    assert pool.ask(query, CSV, named_graphs=(MORE,)) == b"n\r\n0\r\n"
    assert pool.ask(named, CSV, named_graphs=(MORE,)) == b"n\r\n1\r\n"


def test_a_query_without_end_is_stopped_within_a_second_of_its_limit(pool: Asking) -> None:
    begin = time.monotonic()

    with pytest.raises(LimitError, match="stopped after 2 seconds"):
        pool.ask(ENDLESS)

    assert 2 <= time.monotonic() - begin < 3


def test_neighbours_of_a_query_that_is_stopped_notice_nothing(pool: Asking) -> None:
    endless = [pool.begin(ENDLESS) for _ in range(2)]

    while not all(query.done() for query in endless):
        assert b"true" in pool.ask(SMALL)

    assert {type(query.exception()) for query in endless} == {LimitError}
    _wait_until(lambda: (pool.pool.size, pool.pool.busy) == (4, 0))


def test_a_query_that_takes_too_much_memory_is_ended(snapshot: Snapshot) -> None:
    with asking(snapshot, Limits(seconds=30, memory=1 << 27)) as pool:
        with pytest.raises(LimitError, match="more memory"):
            pool.ask(HUNGRY)

        assert b"true" in pool.ask(SMALL)


def test_memory_that_a_query_took_is_given_back(snapshot: Snapshot) -> None:
    with asking(snapshot, Limits(seconds=30, memory=1 << 31)) as pool:
        pool.ask(SMALL)
        before = _memory(pool)
        pool.ask(LARGE)

        _wait_until(lambda: _memory(pool) < before + (1 << 26))


def test_brackets_without_end_are_nested_too_deeply(pool: Asking) -> None:
    with pytest.raises(InvalidDataError) as refused:
        pool.ask("SELECT * {" + "{" * 200_000 + "}" * 200_001)

    assert refused.value.code == "query-too-deep"


def test_an_answer_that_is_too_large_is_an_error_and_not_cut_short(pool: Asking) -> None:
    with pytest.raises(LimitError, match="larger than 3000000 bytes"):
        pool.ask(EVERYTHING)

    assert len(pool.ask(f"{EVERYTHING} LIMIT 10")) < 3_000_000


def test_a_query_that_is_too_long_is_not_even_read(snapshot: Snapshot) -> None:
    with (
        asking(snapshot, Limits(query_characters=100)) as pool,
        pytest.raises(LimitError, match="longer than"),
    ):
        pool.ask(f"{SMALL} #" + "x" * 100)


def test_an_answer_begins_before_it_is_all_there_and_breaks_off_with_an_error(snapshot: Snapshot) -> None:
    pieces: list[bytes] = []

    async def read(answer: Answer) -> None:
        async with aclosing(answer):
            async for piece in answer:
                pieces.append(piece)

    with asking(snapshot, Limits(seconds=1.5, bytes=1 << 30)) as pool:
        answer = pool.open(STREAMING)
        assert (answer.media_type, answer.size) == (JSON, None)
        with pytest.raises(LimitError, match="stopped after"):
            pool.run(read(answer))

    assert len(b"".join(pieces)) > 100_000


def test_a_reader_who_takes_nothing_in_holds_up_no_process(pool: Asking) -> None:
    answer = pool.open(f"{EVERYTHING} LIMIT 20000")

    _wait_until(lambda: pool.pool.busy == 0)

    assert len(pool.run(answer.whole())) == answer.size
    pool.run(answer.aclose())


def test_one_reader_gets_only_so_many_answers_at_once(pool: Asking) -> None:
    first, second = (pool.open(SMALL, client="one") for _ in range(2))

    with pytest.raises(LimitError) as refused:
        pool.ask(SMALL, client="one")
    assert refused.value.code == "too-many-of-one"
    assert pool.ask(SMALL, client="two")

    pool.run(first.aclose())
    assert pool.ask(SMALL, client="one")
    pool.run(second.aclose())


def test_no_more_answers_are_open_than_there_is_room_for(snapshot: Snapshot) -> None:
    with asking(snapshot, Limits(at_once=1)) as pool:
        answers = [pool.open(SMALL, client=str(n)) for n in range(16)]

        with pytest.raises(LimitError, match="Too many queries"):
            pool.ask(SMALL)

        pool.run(answers[0].aclose())
        assert pool.ask(SMALL)


def test_a_pool_that_was_never_started_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept").touch()

    asyncio.run(Pool(Limits()).stop())

    assert (tmp_path / "kept").exists()


def test_nothing_of_an_answer_is_left_on_disk(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with asking(snapshot, Limits()) as pool:
        answer = pool.open(f"{EVERYTHING} LIMIT 20000")
        pool.run(answer.completed())
        left = [list(folder.iterdir()) for folder in tmp_path.iterdir()]
        pool.run(answer.aclose())
        assert left == [[]]

    assert list(tmp_path.iterdir()) == []


def test_a_heavy_query_makes_room_for_others(snapshot: Snapshot) -> None:
    with asking(snapshot, Limits(seconds=30, at_once=1)) as pool:
        heavy = pool.begin(ENDLESS)
        pool.ask(SMALL)

        assert not heavy.done()
        assert 19 in {os.getpriority(os.PRIO_PROCESS, pid) for pid in pool.processes}
        assert heavy.cancel()


def test_who_comes_when_too_many_queries_are_running_is_told_so(snapshot: Snapshot) -> None:
    with asking(snapshot, Limits(seconds=30, at_once=1)) as pool:
        heavy = [pool.begin(ENDLESS) for _ in range(2)]
        time.sleep(1.5)  # the first is set aside by now, and the second is at work

        with pytest.raises(LimitError) as refused:
            pool.ask(SMALL)

        assert refused.value.code == "too-many-queries"
        assert [query.cancel() for query in heavy]


def test_a_query_ends_when_its_reader_leaves(pool: Asking) -> None:
    query = pool.begin(ENDLESS)
    _wait_until(lambda: pool.pool.busy == 1)

    query.cancel()

    _wait_until(lambda: pool.pool.busy == 0, seconds=1)


def test_a_process_that_dies_takes_only_its_own_query_along(snapshot: Snapshot) -> None:
    with asking(snapshot, Limits(seconds=10, at_once=1)) as pool:
        query = pool.begin(ENDLESS)
        _wait_until(lambda: pool.pool.busy == 1)
        _kill(pool)

        assert isinstance(query.exception(5), LimitError)
        assert b"true" in pool.ask(SMALL)


def test_a_process_that_dies_while_it_waits_is_replaced_before_anybody_notices(snapshot: Snapshot) -> None:
    with asking(snapshot, Limits(at_once=1)) as pool:
        _kill(pool)

        assert b"true" in pool.ask(SMALL)


def test_a_form_without_a_suitable_format_is_refused(pool: Asking) -> None:
    with pytest.raises(NotAllowedError, match="cannot be given in the format"):
        pool.ask(SMALL, Wanted(table=None))


@pytest.mark.parametrize(
    ("query", "place"),
    [("SELECT * {\n  ?s ?p }", (2, 3)), ("SELECT ?x\nWHER { ?x ?y ?z }", (2, 1)), ("", (1, 1))],
)
def test_a_mistake_is_told_with_line_and_column(pool: Asking, query: str, place: tuple[int, int]) -> None:
    with pytest.raises(InvalidDataError) as mistake:
        pool.ask(query)

    assert (mistake.value.line, mistake.value.column) == place


@pytest.mark.parametrize("query", ["SELECT (<urn:unheard-of>(1) AS ?x) {}", f"{SMALL} #"])
def test_a_process_goes_on_after_a_mistake(pool: Asking, query: str) -> None:
    graphs = ("no name",) if query.startswith("ASK") else ()

    with pytest.raises(InvalidDataError, match="cannot be answered"):
        pool.ask(query, default_graphs=graphs)

    assert b"true" in pool.ask(SMALL)


def test_a_state_that_is_kept_no_longer_is_called_gone(pool: Asking, elsewhere: Snapshot) -> None:
    assert Snapshots(elsewhere.folder.parents[1]).discard(elsewhere)

    with pytest.raises(GoneError):
        pool.ask(SMALL, snapshot=elsewhere)


def test_a_state_is_not_deleted_while_it_is_read_and_soon_after(pool: Asking, elsewhere: Snapshot) -> None:
    pool.ask(SMALL, snapshot=elsewhere)
    snapshots = Snapshots(elsewhere.folder.parents[1])

    assert not snapshots.discard(elsewhere)
    _wait_until(lambda: not list(snapshots.folder.glob(f"*{elsewhere.name}*/store")) or _swept(snapshots), 9)


def test_a_graph_that_cannot_be_opened_is_told_without_details(pool: Asking, elsewhere: Snapshot) -> None:
    for file in elsewhere.folder.glob("MANIFEST*"):
        file.write_bytes(b"")

    with pytest.raises(KoepelError) as told:
        pool.ask(SMALL, snapshot=elsewhere)

    assert (told.value.code, told.value.params) == ("failure", {})


def _swept(snapshots: Snapshots) -> bool:
    snapshots.prune(5)
    return False


def _wait_until(happens: Callable[[], bool], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.02)


def _kill(pool: Asking) -> None:
    killed = pool.processes
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    _wait_until(lambda: not killed & pool.processes)


def _memory(pool: Asking) -> int:
    pages = (Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1] for pid in pool.processes)
    return sum(map(int, pages)) * os.sysconf("SC_PAGESIZE")
