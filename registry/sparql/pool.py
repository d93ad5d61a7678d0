"""The processes that answer queries, and who gets one: no reader's query may hold up everybody else's."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from registry.errors import KoepelError
from registry.sparql.answer import Answer
from registry.sparql.crew import Crew
from registry.sparql.delegation import NOBODY, Errands
from registry.sparql.description import describe
from registry.sparql.frame import Failed, Grown, Order, Planning, Started
from registry.sparql.question import Question, Wanted
from registry.sparql.refusal import after_death, failure, too_long, too_many, too_many_of_one, too_slow
from registry.sparql.turn import Turns

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from registry.graph.snapshot import Snapshot
    from registry.graph.store import GraphStore
    from registry.sparql.delegation import Account, Peers
    from registry.sparql.description import Service
    from registry.sparql.frame import Frame
    from registry.sparql.limits import Limits
    from registry.sparql.process import WorkerProcess
    from registry.sparql.turn import Turn

__all__ = ["Pool"]

LOG: Final = logging.getLogger(__name__)
LIGHT: Final = 1.0
"""Seconds after which a query counts as heavy, and its process lets every other go first."""
PATIENCE: Final = 0.25
"""Seconds for which an answer is held back, so that what goes wrong soon can be told in plain words."""
STARTING: Final = 10.0
"""Seconds to wait for a process, which a busy machine is slow to start."""
MOST_OPEN: Final = 16
"""How many answers are open for each query that can run, waiting and unread ones included."""


class Pool:
    """Answers queries on snapshots, a few at the same time.

    As many light queries run as `at_once` says. One that turns out heavy is set aside: it goes on with
    whatever time the others leave, and another process takes its place; no more are set aside than run. A
    process that was set aside, has grown, or was ended with its query is replaced.
    """

    def __init__(self, limits: Limits, peers: Peers = NOBODY) -> None:
        self.limits = limits
        self.peers = peers
        self._crew = Crew(limits)
        self._turns = Turns(limits.at_once)
        self._errands = Errands(peers, limits.at_once)
        self._describing = asyncio.Lock()
        self._clients: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def size(self) -> int:
        """How many processes there are."""
        return len(self._crew)

    @property
    def busy(self) -> int:
        """How many of them are at work."""
        return self._crew.busy

    async def start(self, snapshot: Snapshot | None = None) -> None:
        """Start the processes, and let them open the snapshot that will be asked first."""
        self._crew = Crew(self.limits)  # each start may have an event loop of its own
        self._turns = Turns(self.limits.at_once)
        self._errands = Errands(self.peers, self.limits.at_once)
        self._describing = asyncio.Lock()
        await self._crew.start(snapshot)

    async def stop(self) -> None:
        """End all processes, and what they are working on."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._crew.stop()
        await self._errands.stop()

    async def answer(
        self,
        snapshot: Snapshot,
        query: str,
        wanted: Wanted,
        *,
        client: str = "",
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Answer:
        """Begin to answer a query; who gets the answer must close it.

        Args:
            snapshot: What is asked.
            query: The query.
            wanted: In which formats the reader takes the answer.
            client: Whose query it is; nobody's is limited by the whole only.
            default_graphs: Takes the place of what `FROM` says.
            named_graphs: Takes the place of what `FROM NAMED` says.

        Raises:
            KoepelError: It is no query, none that is taken, or asks too much; a peer fails; no such snapshot.
        """
        if len(query) > self.limits.query_characters:
            raise too_long(self.limits.query_characters)
        order = Order(snapshot, Question(query, wanted, default_graphs, named_graphs))
        self._admit(client)
        answer = Answer()
        answer.at_end(lambda: self._dismiss(client))
        try:
            begin = monotonic()
            if self.peers.may_be_called(query):
                order, answer.accounts = await self._completed(order)
            left = self.limits.seconds - (monotonic() - begin)
            self._begin(order, answer, await self._turns.wait(), left)
            await answer.begun(PATIENCE)
        except BaseException:
            await answer.aclose()
            raise
        return answer

    async def describe(self, service: Service, store: GraphStore, media_type: str) -> bytes:
        """Describe what can be asked here and what there is, in an RDF format, for one reader at a time."""
        async with self._describing:
            return await asyncio.to_thread(describe, service, store, media_type)

    async def _completed(self, order: Order) -> tuple[Order, tuple[Account, ...]]:
        """Ask peers what a query wants to know from them, and put that in the place of its calls."""
        trial, question = Answer(), order.question
        planning = Planning(order.snapshot, question, self.peers.addresses)
        try:
            self._begin(planning, trial, await self._turns.wait(), self.limits.seconds)
            await trial.completed()
        finally:
            await trial.aclose()
        if trial.plan is None or not trial.plan.calls:
            return order, ()
        delegated = await self._errands.fill_in(question.query, trial.plan)
        question = replace(question, query=delegated.query)
        return Order(order.snapshot, question, trial.plan.form), delegated.accounts

    def _admit(self, client: str) -> None:
        if self._clients.total() >= MOST_OPEN * self.limits.at_once:
            raise too_many()
        if client and self._clients[client] >= self.limits.per_client:
            raise too_many_of_one(self.limits.per_client)
        self._clients[client] += 1

    def _dismiss(self, client: str) -> None:
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]

    def _begin(self, order: Order | Planning, answer: Answer, turn: Turn, seconds: float) -> None:
        task = asyncio.create_task(self._work(order, answer, turn, seconds))
        self._tasks.add(task)
        answer.at_end(task.cancel)

        def conclude(task: asyncio.Task[None]) -> None:  # also when it is cancelled before it has begun
            self._tasks.discard(task)
            turn.end()
            error = None if task.cancelled() else task.exception()
            if task.cancelled() or error:
                answer.fail(error if isinstance(error, KoepelError) else failure())
            if error and not isinstance(error, KoepelError):
                LOG.error("a SPARQL query could not be followed", exc_info=error)

        task.add_done_callback(conclude)

    async def _work(self, order: Order | Planning, answer: Answer, turn: Turn, seconds: float) -> None:
        """Let a process work on a query, and see that it keeps to its time."""
        worker = await _found(self._crew.take(order.snapshot))
        watch = asyncio.create_task(self._watch(worker, turn))
        last: Frame | None = None
        try:
            async with asyncio.timeout(seconds):
                last = await _followed(worker, order, answer)
        except TimeoutError:
            answer.fail(too_slow(self.limits.seconds))
        except EOFError:
            answer.fail(after_death(await self._crew.replace(worker), self.limits.seconds))
        finally:
            watch.cancel()
            is_fit = last is not None and not getattr(last, "spent", False)
            if is_fit and not worker.has_stepped_back:
                self._crew.give_back(worker)
            else:
                self._crew.dismiss(worker)

    async def _watch(self, worker: WorkerProcess, turn: Turn) -> None:
        """Wait whether a query turns out heavy, and let it stand back then."""
        await asyncio.sleep(LIGHT)
        worker.step_back()
        await turn.set_aside()
        self._crew.reinforce()


async def _found(search: Awaitable[WorkerProcess]) -> WorkerProcess:
    """Wait for a process that is free; a machine that has much to do takes its time to start one."""
    try:
        async with asyncio.timeout(STARTING):
            return await search
    except TimeoutError:
        raise too_many() from None


async def _followed(worker: WorkerProcess, order: Order | Planning, answer: Answer) -> Frame:
    """Pass on what a process brings, and give the last that it says."""
    await worker.send(order)
    while isinstance(message := await worker.receive(), Started | Grown):
        answer.take(message, worker.paper)
    answer.take(message, worker.paper)
    if isinstance(message, Failed) and message.note:
        LOG.error("a process that answers SPARQL queries failed: %s", message.note)
    return message
