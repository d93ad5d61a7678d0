"""Keeps the rhythm of the harvest by itself, for as long as the registry is open.

The harvest runs in a process of its own, so that readers do not wait for it. It ends when the process that
started it ends, in whichever way: what it wrote stays, and the next harvest goes on from there.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from federation.campaign.tally import Tally
from federation.campaign.turn import campaign, conclude, visitable
from federation.feed.dump import make_dumps
from federation.harvest.crew import end_with_parent
from federation.notebook import Notebook
from federation.notice.certification.round import send_certification
from registry.errors import KoepelError, NotAllowedError
from registry.home import Home
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from registry.settings import Settings

__all__ = ["Keeper", "keeping"]

LOG: Final = logging.getLogger(__name__)
LOOK_EVERY: Final = 1.0
"""Seconds between two looks whether somebody wants a visit at once."""
REST: Final = timedelta(seconds=10)
"""Shortest time between two rounds, unless somebody is in a hurry, so that visits are made together."""
FIRST_PAUSE: Final = 5.0
LONGEST_PAUSE: Final = 900.0
"""Seconds after which it is tried again when the harvest itself has failed: first, and at most."""
MAIL_PAUSE: Final = timedelta(minutes=15)
"""Time after which the mails about labels are tried again when they broke off."""
SHOW_EVERY: Final = 600.0
"""Seconds after which a round shows what it has changed, although a slow server keeps it from its end."""
LAST_WORDS: Final = 5.0
"""Seconds that a round gets to come to an end when the registry closes."""


class Keeper:
    """Makes a round whenever it is the turn of a source, and shows readers what changed."""

    def __init__(self, home: Home, chosen: Settings, stop: Event) -> None:
        self._home = home
        self._chosen = chosen
        self._stop = stop
        self._position = -1
        """How far the ledger was when it was last looked at."""
        self._dumped: date | None = None
        """The day of the last dump; what is dumped already is not dumped again."""
        self._letters: datetime | None = None
        """When there is mail about labels to send that had to wait."""

    def keep(self) -> None:
        """Keep the rhythm until it is stopped; a failure is told and tried again, later and later."""
        failures = 0
        while not self._stop.is_set():
            try:
                self.make_round()
                self.tell_of_labels()
                self.dump_once_a_day()
                self.wait()
                failures = 0
            except NotAllowedError as error:  # another harvest, or another writer, is at work
                LOG.info("The harvest waits: %s", error)
                self._stop.wait(FIRST_PAUSE)
            except Exception:  # whatever it was: a registry that has stopped to look is worse
                failures += 1
                LOG.exception("The harvest failed; it is tried again")
                self._stop.wait(_pause(failures))

    def make_round(self) -> Tally:
        """Make one round, and publish what it changed; in a long one, also on the way."""
        tally, shown = Tally(), time.monotonic()
        with campaign(self._home, self._chosen) as begun:
            for one in begun.visits:
                tally.add(one)
                if self._stop.is_set():
                    break
                if self._must_show(tally, time.monotonic() - shown):
                    conclude(self._home, self._chosen, begun, changed=True)
                    shown = time.monotonic()
            conclude(self._home, self._chosen, begun, changed=tally.changed or self._is_behind())
            self._position = self._home.ledger.position()
        for alarm in tally.alarms(begun.shown):
            LOG.error("%s", alarm)
        if tally.visits:
            LOG.info("harvest", extra={"visits": tally.visits, **tally.counts})
        return tally

    def tell_of_labels(self) -> None:
        """Send the mails about labels that are due; when that fails, the harvest goes on."""
        try:
            sent = send_certification(self._home, load_library(), self._chosen, datetime.now(UTC))
            self._letters = sent.again
        except Exception:  # a mail that nobody can write must not keep the registry from looking
            LOG.exception("The mails about labels broke off; they are tried again")
            self._letters = datetime.now(UTC) + MAIL_PAUSE

    def dump_once_a_day(self) -> None:
        """Write everything that readers see into files, in the first round of each day."""
        today = datetime.now(UTC).date()
        if self._dumped == today or not self._home.snapshots.current():
            return
        try:
            make_dumps(self._home, self._chosen.dump_keep)
            self._dumped = today
        except KoepelError as error:
            LOG.warning("The dump of today failed; it is tried again: %s", error)

    def wait(self) -> None:
        """Wait until it is the turn of a source, somebody wants a visit at once, or acted in a case."""
        began = datetime.now(UTC)
        rested = began + REST
        with Notebook(self._home.visits) as notebook:
            due = notebook.next_due(visitable(self._home.ledger), began)
            while not self._stop.wait(LOOK_EVERY):
                now = datetime.now(UTC)
                is_due = (due is not None and due <= now) or self._is_behind() or self._has_letters(now)
                if (is_due and rested <= now) or now.date() != began.date() or self._is_hurried(notebook):
                    return

    def _must_show(self, tally: Tally, seconds: float) -> bool:
        """Tell whether readers must see something before a long round ends."""
        if tally.changed and seconds > SHOW_EVERY:
            return True
        return seconds > REST.total_seconds() and self._is_behind()

    def _is_behind(self) -> bool:
        """Tell whether something was done in certification that readers do not see yet.

        Labels end by their date, so where there are any a new day makes a new graph.
        """
        shown = self._home.snapshots.current()
        if shown is None or shown.stand.lineage != self._home.ledger.lineage:
            return bool(self._home.ledger.acts())
        if self._home.ledger.acts(after=shown.stand.position):
            return True
        return shown.stand.day != datetime.now(UTC).date() and bool(self._home.ledger.acts())

    def _has_letters(self, now: datetime) -> bool:
        return self._letters is not None and self._letters <= now

    def _is_hurried(self, notebook: Notebook) -> bool:
        """Tell whether there is a source to visit at once: a new one, or one that somebody asks for."""
        position = self._home.ledger.position()
        hurried = notebook.hurried()
        if position == self._position and not hurried:
            return False
        self._position = position
        known = visitable(self._home.ledger)
        for source in hurried - known.keys():
            notebook.forget(source)
        return not known.keys() <= notebook.resting(datetime.now(UTC))


@contextmanager
def keeping(home: Home) -> Iterator[None]:
    """Keep the rhythm of a registry's harvest while the block runs, in a process of its own."""
    stop = Event()
    watch = Thread(target=_watch, args=(home, stop), daemon=True)
    watch.start()
    try:
        yield
    finally:
        stop.set()
        watch.join()


def _watch(home: Home, stop: Event) -> None:
    """Start the process, and again when it breaks, later and later; end it when the block ends."""
    apart, failures = multiprocessing.get_context("spawn"), 0
    while not stop.is_set():
        began = time.monotonic()
        keeper = apart.Process(target=_keep, args=(home.folder, home.ledger_url))
        keeper.start()
        while keeper.is_alive() and not stop.wait(LOOK_EVERY / 5):
            pass
        if stop.is_set():
            _end(keeper)
        else:
            LOG.error("The harvest ended with %s; it is started again", keeper.exitcode)
            failures = failures + 1 if time.monotonic() - began < LONGEST_PAUSE else 1
            stop.wait(_pause(failures))


def _pause(failures: int) -> float:
    """Say how many seconds to wait after so many failures in a row."""
    return min(FIRST_PAUSE * 2.0 ** min(failures - 1, 20), LONGEST_PAUSE)


def _end(keeper: BaseProcess) -> None:
    keeper.terminate()
    keeper.join(LAST_WORDS)
    if keeper.is_alive():
        keeper.kill()
        keeper.join()


def _keep(folder: Path, ledger_url: str | None) -> None:
    """Keep the rhythm in this process, until it is told to stop or the one that started it is gone."""
    from registry.log import write_log
    from registry.settings import settings

    stop = Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started this process says when to stop
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    end_with_parent(lambda: _close(stop))
    write_log(settings().log_format, settings().log_level)
    Keeper(Home(folder, ledger_url), settings(), stop).keep()


def _close(stop: Event) -> None:
    """Stop, at last without waiting for a round."""
    stop.set()
    time.sleep(LAST_WORDS)
    os._exit(0)
