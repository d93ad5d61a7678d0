"""What the registry counts about itself, in the words of Prometheus.

No label comes from what a stranger wrote: routes, methods and problems are all names of our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from registry.web.condition import Condition

__all__ = ["ANSWERED", "BROKEN_OFF", "Metrics"]

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a count began is of no use here

METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
QUERIES: Final = "/sparql"
ANSWERED: Final = "answered"
BROKEN_OFF: Final = "broken-off"
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counts of one running application."""

    def __init__(self) -> None:
        self._registry = kept = CollectorRegistry()
        self._requests = Counter(
            "koepel_http_requests", "Requests answered.", ("method", "route", "status"), registry=kept
        )
        self._seconds = Histogram(
            "koepel_http_request_seconds",
            "Seconds from a request to the end of its answer.",
            ("route",),
            buckets=SECONDS,
            registry=kept,
        )
        self._queries = Counter(
            "koepel_sparql_queries", "SPARQL queries by what became of them.", ("outcome",), registry=kept
        )
        ProcessCollector(registry=kept)

    def count(self, method: str, route: str, status: int, seconds: float, outcome: str) -> None:
        """Count one request.

        Args:
            method: The HTTP method; one that nobody knows counts as OTHER.
            route: The template of the address.
            status: The HTTP status.
            seconds: How long it took.
            outcome: The code of the problem, or what else became of it.
        """
        self._requests.labels(method if method in METHODS else "OTHER", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        if route.startswith(QUERIES):
            self._queries.labels(outcome).inc()

    def render(self, condition: Condition) -> bytes:
        """Write down all counts, and the condition that the registry is in."""
        present = CollectorRegistry()
        present.register(_Gauges(condition))
        return generate_latest(self._registry) + generate_latest(present)


class _Gauges(Collector):
    """What is no count: it is looked at when somebody asks."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, (meaning, value) in _readings(self._condition).items():
            if value is not None:
                yield GaugeMetricFamily(name, meaning, value=value)


def _readings(one: Condition) -> dict[str, tuple[str, float | None]]:
    shown, taken = (one.snapshot.stand.position, one.snapshot.time) if one.snapshot else (None, None)
    return {
        "koepel_ledger_position": ("Events in the ledger.", one.position),
        "koepel_snapshot_position": ("Events that readers see.", shown),
        "koepel_snapshot_age_seconds": ("Age of what readers see.", _age(one, taken)),
        "koepel_projection_lag_events": ("Events that readers do not see yet.", one.lag_events),
        "koepel_projection_lag_seconds": ("Age of the oldest of them.", one.lag_seconds),
        "koepel_last_success_age_seconds": ("Age of the last good visit.", _age(one, one.last_success)),
        "koepel_sparql_workers": ("Processes that answer SPARQL queries.", one.workers),
        "koepel_sparql_workers_busy": ("How many of them are at work.", one.busy),
    }


def _age(one: Condition, time: datetime | None) -> float | None:
    return (one.at - time).total_seconds() if time else None
