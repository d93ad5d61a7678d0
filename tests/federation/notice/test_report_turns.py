"""Reports are made a few at a time, and only so many readers wait for one."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from threading import BoundedSemaphore

import pytest

from federation.notice import report

TEXT = b'<https://buddy.example/one> <http://purl.org/dc/terms/title> "One" .\n'


def test_a_few_wait_for_a_report_and_the_others_go_on_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "WAITING", BoundedSemaphore(2))
    with ThreadPoolExecutor(3) as readers, ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(report.AT_ONCE)
        waiting = [readers.submit(_ask) for _ in range(2)]
        while report.WAITING._value:
            pass
        assert _ask() is None
        assert not any(one.done() for one in waiting)


def _ask() -> object:
    return report.report_on("https://buddy.example/one", TEXT, date(2026, 11, 22), public=True)
