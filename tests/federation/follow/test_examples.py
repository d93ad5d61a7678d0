"""The example documents of all countries, replicated from one whole registry to another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from registry.dataset import example_documents
from registry.doctor import examine
from registry.home import Home
from registry.validation.standard import load_library
from tests.federation.feed.site import on_a_port
from tests.federation.follow.peer import Peer, stated

if TYPE_CHECKING:
    from pathlib import Path

MOST = 20


@pytest.mark.slow
def test_a_registry_that_follows_has_the_same_statements_and_the_doctor_finds_nothing(
    tmp_path: Path,
) -> None:
    first_home, second_home = Home(tmp_path / "first"), Home(tmp_path / "second")
    with ThreadPoolExecutor(2) as executor, on_a_port(first_home) as address:
        first, second = (Peer(home, address, executor) for home in (first_home, second_home))
        second.address = "https://second.example"
        for space, path in list(example_documents().items())[:MOST]:
            first.accept(space, path.read_bytes())

        followed = second.follow(first)

    assert followed.counts == {"accepted": MOST}
    assert stated(second) == stated(first)
    for peer in (first, second):
        peer.publish()
        assert examine(peer.home, load_library()).clean
