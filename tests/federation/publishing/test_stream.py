"""The event stream of a site, which only grows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from rdflib import Dataset, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF

from federation.publishing.site.stream import Version, grow
from registry.errors import InvalidDataError
from registry.ingest.canonical import digest
from tests.federation.description import AUDIENCE
from tests.federation.publishing.sample import NOW, SITE, leaf

STREAM = SITE + "feed.trig"
LATER = NOW + timedelta(hours=1)


def version(name: str, **changes: str) -> Version:
    """Say what a description says."""
    one = leaf(name, **changes)
    return Version(one.address, SITE + one.turtle, one.document.canonical, one.document.digest)


def members(feed: str) -> list[tuple[str, str]]:
    """List what the stream tells: what happened, and to which description."""
    dataset = Dataset()
    dataset.parse(data=feed, format="trig")
    told = {
        int(str(one).rpartition("#")[2]): one
        for one, _, _, _ in dataset.quads((None, DCTERMS.isVersionOf, None, None))
    }
    kinds = {one: dataset.default_graph.value(told[one], RDF.type) for one in told}
    about = {one: dataset.default_graph.value(told[one], DCTERMS.isVersionOf) for one in told}
    return [(str(kinds[one]).rpartition("#")[2], str(about[one]).removeprefix(SITE)) for one in sorted(told)]


def test_every_version_is_a_member_and_what_vanished_has_a_tombstone() -> None:
    first = grow("", [version("one"), version("two")], SITE, NOW)
    second = grow(first, [version("one", title="Anew")], SITE, LATER)
    third = grow(second, [version("one", title="Anew"), version("two")], SITE, LATER)

    assert members(third) == [
        ("Create", "one"), ("Create", "two"), ("Update", "one"), ("Delete", "two"), ("Create", "two"),
    ]  # fmt: skip
    assert third.startswith(second)
    assert second.startswith(first)


def test_nothing_new_adds_nothing() -> None:
    first = grow("", [version("one")], SITE, NOW)

    assert grow(first, [version("one")], SITE, LATER) == first


def test_a_member_carries_the_statements_that_its_digest_is_of() -> None:
    one = version(
        "one",
        more=f'dct:subject [ dct:title "x"@en ] ; {AUDIENCE}',
    )
    feed = grow("", [one], SITE, NOW)

    body = re.search(rf"^<{STREAM}#1> {{\n(.*?)^}}$", feed, re.MULTILINE | re.DOTALL)

    assert body is not None
    lines = re.sub(r"_:\w+", "_:c14n0", body[1]).encode()
    assert digest(b"".join(sorted(lines.splitlines(keepends=True)))) == one.digest
    assert f"sha256:{one.digest}" in feed


def test_the_time_never_goes_back_even_where_a_clock_does() -> None:
    first = grow("", [version("one")], SITE, LATER)
    dataset = Dataset()
    dataset.parse(data=grow(first, [], SITE, NOW), format="trig")

    times = {str(one) for one in dataset.default_graph.objects(None, PROV.generatedAtTime)}

    assert times == {LATER.isoformat()}


def test_the_statements_of_a_description_cannot_pass_for_members() -> None:
    fake = f"<{STREAM}#7> <{DCTERMS.isVersionOf}> <{SITE}other> .\n".encode()
    first = grow("", [Version(SITE + "one", SITE + "one.ttl", fake, "0" * 64)], SITE, NOW)

    second = grow(first, [], SITE, LATER)

    assert second.removeprefix(first).count("tree#member") == 1
    assert f"<{STREAM}#2>" in second


def test_the_stream_of_another_site_is_not_continued() -> None:
    first = grow("", [version("one")], SITE, NOW)

    with pytest.raises(InvalidDataError, match="move the file away"):
        grow(first, [], "https://other.example/", NOW)


def test_the_stream_says_how_it_is_to_be_read() -> None:
    dataset = Dataset()
    dataset.parse(data=grow("", [], SITE, datetime(2026, 1, 1, tzinfo=UTC)), format="trig")
    told = {
        str(one).rpartition("#")[2] for one in dataset.default_graph.predicates(URIRef(STREAM + "#stream"))
    }

    assert {"view", "timestampPath", "versionOfPath", "versionDeleteObject"} <= told


@pytest.mark.parametrize("broken", ["half", "line", "time", "bytes"])
def test_nothing_is_added_to_a_stream_that_is_broken_or_cut_off(broken: str) -> None:
    whole = grow("", [version("one")], SITE, NOW)
    former = {
        "half": whole[: whole.rindex("\n", 0, -20) + 1],
        "line": whole[:-9],
        "time": whole.replace('generatedAtTime> "2', 'generatedAtTime> "x'),
        "bytes": f"{whole}\ufffd",
    }[broken]

    with pytest.raises(InvalidDataError, match="is damaged or cut off"):
        grow(former, [version("one", title="Anew")], SITE, LATER)


def test_lines_of_another_kind_in_a_text_end_nothing() -> None:
    first = grow("", [version("one", title="Eins\u2028}\u2028zwei {\u2028")], SITE, NOW)

    assert members(grow(first, [], SITE, LATER)) == [("Create", "one"), ("Delete", "one")]
