"""Starts a pool, sets it to work, tells which processes it has, and waits to be killed."""

import sys
import time
from pathlib import Path

from registry.graph.snapshot import Snapshots
from registry.sparql.limits import Limits
from tests.registry.sparql.asking import asking

WORK = {
    "waiting": "ASK { ?s ?p ?o }",
    "working": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    # The parser that reads this is written in Python, and takes its time over so many words.
    "reading": "ASK { ?s <urn:p> <urn:o>" + ", <urn:o>" * 50_000 + " SERVICE <urn:x> {} }",
}


def main(folder: str, work: str) -> None:
    """Do so."""
    snapshot = Snapshots(Path(folder)).current()
    assert snapshot
    with asking(snapshot, Limits(seconds=60, at_once=2)) as pool:
        for _ in range(2):
            pool.begin(WORK[work])
        time.sleep(0.5)
        sys.stdout.write(" ".join(map(str, pool.processes)) + "\n")
        sys.stdout.flush()
        time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
