"""`koepel add` at the command line."""

from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from federation.source import Kind, Source
from registry.ledger import Event, Happening, Ledger
from registry.settings import settings
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.federation.site import Site, serve, status
from tests.registry.cli.conftest import Logged, Run, Seen

ONE = "https://buddy.example/one"


@pytest.fixture
def site(run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A publisher's site on this machine, with a description that passes."""
    monkeypatch.setenv("KOEPEL_ALLOW_LOOPBACK", "true")
    settings.cache_clear()
    with serve() as here:
        publish(here)
        yield here


def publish(site: Site, title: str = "One") -> None:
    site.publish(
        status(200, text("one", title, site=site.address("")), Content_Type="text/turtle"), "/one.ttl"
    )


def test_readers_see_a_description_that_passes(
    run: Run, seen: Seen, logged: Logged, description: Path
) -> None:
    result = run("add", description)

    assert (result.exit_code, result.stdout) == (0, f"accepted: {ONE}\n")
    assert logged() == ["registered", "fetched", "accepted"]
    assert seen(ONE)


def test_the_same_description_is_unchanged_the_second_time(
    run: Run, logged: Logged, description: Path
) -> None:
    run("add", description)

    result = run("add", description)

    assert (result.exit_code, result.stdout) == (0, f"unchanged: {ONE}\n")
    assert logged() == ["registered", "fetched", "accepted", "unchanged"]


def test_what_is_turned_away_is_told_with_the_reason(run: Run, seen: Seen, description: Path) -> None:
    description.write_bytes(text(more=""))

    result = run("add", description)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"rejected: {ONE}\n  ")
    assert "target group" in result.stdout
    assert not seen(ONE)


def test_what_is_no_description_leaves_no_trace(run: Run, logged: Logged, description: Path) -> None:
    description.write_bytes(text() + b"]")

    result = run("add", description, "--space", ONE)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"{description}: Line 17, column 1")
    assert logged() == []


def test_a_description_is_fetched_from_its_address(run: Run, seen: Seen, site: Site) -> None:
    result = run("add", site.address("/one.ttl"))

    assert (result.exit_code, result.stdout) == (0, f"accepted: {site.address('')}\n")
    assert seen(site.address(""))


def test_a_source_may_be_given_a_space_of_its_own(run: Run, seen: Seen, site: Site) -> None:
    result = run("add", site.address("/one.ttl"), "--space", site.address("/one#"))

    assert result.stdout == f"accepted: {site.address('/one')}\n"
    assert seen(site.address("/one"))


def test_a_new_address_without_a_document_is_not_registered(run: Run, logged: Logged, site: Site) -> None:
    result = run("add", site.address("/two.ttl"))

    assert result.exit_code == 2
    assert "status 404" in result.stderr
    assert logged() == []


def test_a_source_that_is_out_of_reach_stays_and_is_told(
    run: Run, seen: Seen, logged: Logged, site: Site
) -> None:
    run("add", site.address("/one.ttl"))
    site.publish(status(500), "/one.ttl")

    result = run("add", site.address("/one.ttl"))

    assert (result.exit_code, logged()[-1]) == (1, "unreachable")
    assert "status 500" in result.stdout
    assert seen(site.address(""))


@pytest.mark.parametrize(("title", "happening"), [("One", "restored"), ("Renewed", "accepted")])
def test_a_removed_source_may_be_added_again(
    run: Run, seen: Seen, description: Path, title: str, happening: str
) -> None:
    run("add", description)
    run("remove", ONE, "--reason", "It has ended.")
    description.write_bytes(text(title=title))

    result = run("add", description)

    assert (result.exit_code, result.stdout) == (0, f"{happening}: {ONE}\n")
    assert seen(ONE)


def test_an_erased_source_returns_only_on_request(
    run: Run, seen: Seen, logged: Logged, description: Path
) -> None:
    run("add", description)
    run("erase", ONE, "--reason", "Its publisher asked for it.", "--yes")

    refused, accepted = run("add", description), run("add", description, "--again")

    assert refused.exit_code == 2
    assert "--again" in refused.stderr
    assert (accepted.exit_code, accepted.stdout) == (0, f"accepted: {ONE}\n")
    assert logged()[3:] == ["erased", "registered", "fetched", "accepted"]
    assert seen(ONE)


def test_two_addresses_never_share_a_space(run: Run, site: Site) -> None:
    run("add", site.address("/one.ttl"))

    result = run("add", site.address("/two.ttl"))

    assert result.exit_code == 2
    assert f"registered with the address {site.address('/one.ttl')}" in result.stderr


@pytest.mark.parametrize(
    ("space", "told"),
    [
        ("https://w3id.org/koepel/graph/vocabulary", "The registry itself describes"),
        ("buddy.example", "begins with https://"),
        ("https://buddy.example/a b", "holds no spaces"),
    ],
)
def test_a_space_that_cannot_be_is_refused(run: Run, description: Path, space: str, told: str) -> None:
    result = run("add", description, "--space", space)

    assert result.exit_code == 2
    assert told in result.stderr


def test_a_file_that_gives_itself_no_address_needs_a_space(run: Run, description: Path) -> None:
    description.write_text("<#a> <http://purl.org/dc/terms/title> 'A' .", encoding="utf-8")

    result = run("add", description)

    assert result.exit_code == 2
    assert "Give that address with --space" in result.stderr


def test_the_log_names_who_added_it(run: Run, description: Path) -> None:
    run("add", description, "--actor", "the team in Ghent")

    assert run("log").stdout.count("(the team in Ghent)") == 3


def test_what_waits_for_a_person_is_not_shown(run: Run, seen: Seen, description: Path) -> None:
    description.write_bytes(text(more=AUDIENCE + PRIVATE_MAILBOX))

    result = run("add", description)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"held: {ONE}\n  ")
    assert not seen(ONE)


def test_what_somebody_else_decided_meanwhile_is_not_undone(
    run: Run, logged: Logged, site: Site, tmp_path: Path
) -> None:
    space = site.address("")

    def remove_and_answer(handler: BaseHTTPRequestHandler) -> None:
        with closing(Ledger.in_folder(tmp_path / "registry")) as ledger:
            ledger.append(Event(space, Happening.REMOVED))
        status(200, text("one", site=space), Content_Type="text/turtle")(handler)

    result = run("add", site.publish(remove_and_answer, "/one.ttl"))

    assert result.exit_code == 2
    assert "changed by somebody else" in result.stderr
    assert logged() == ["removed"]


def registered(tmp_path: Path, space: str) -> Source:
    with closing(Ledger.in_folder(tmp_path / "registry")) as ledger:
        return Source.of(ledger.registrations()[space])


CATALOGUE = b"<> a <http://www.w3.org/ns/dcat#Catalog> ."
SITEMAP = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'
STREAM = b"<> a <https://w3id.org/ldes#EventStream> ."


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (CATALOGUE, "text/turtle", Kind.CATALOGUE),
        (SITEMAP, "application/xml", Kind.SITEMAP),
        (STREAM, "text/turtle", Kind.STREAM),
    ],
)
def test_a_list_is_recognised_and_only_registered(
    run: Run, logged: Logged, site: Site, tmp_path: Path, data: bytes, media_type: str, kind: Kind
) -> None:
    address = site.publish(status(200, data, Content_Type=media_type), "/list")

    result = run("add", address)

    assert (result.exit_code, result.stdout) == (0, f"registered: {site.address('')} ({kind})\n")
    assert f"kind: {kind} (guessed)" in result.stderr
    assert logged() == ["registered"]
    assert registered(tmp_path, site.address("")).kind is kind


def test_a_site_that_names_a_feed_is_a_registry(run: Run, site: Site, tmp_path: Path) -> None:
    site.publish(status(200, b"<!doctype html><title>R</title>", Content_Type="text/html"), "/")
    site.publish(status(200, b'{"feed": "/feed"}'), "/.well-known/koepel")

    run("add", site.address("/"))

    assert registered(tmp_path, site.address("")).kind is Kind.REGISTRY


def test_the_terms_are_kept_until_others_are_given(
    run: Run, logged: Logged, site: Site, tmp_path: Path
) -> None:
    owner = "https://buddy.example/#us"
    run("add", site.address("/one.ttl"), "--owner", owner, "--every", "6", "--mail", "hello@buddy.example")
    run("add", site.address("/one.ttl"))

    run("add", site.address("/one.ttl"), "--every", "12")

    found = registered(tmp_path, site.address(""))
    assert (found.owner, found.hours, found.mail, found.kind) == (
        owner, 12, "hello@buddy.example", Kind.DOCUMENT,
    )  # fmt: skip
    assert logged().count("registered") == 2


def test_what_is_given_is_not_guessed(run: Run, site: Site, tmp_path: Path) -> None:
    address = site.publish(status(200, CATALOGUE, Content_Type="text/turtle"), "/list")

    result = run("add", address, "--kind", "sitemap")

    assert "guessed" not in result.stderr
    assert registered(tmp_path, site.address("")).kind is Kind.SITEMAP


def test_an_umbrella_acts_for_a_member_and_both_are_named(run: Run, description: Path) -> None:
    run("add", description, "--actor", "Buddy Vlaanderen", "--for", "Buddy Gent")

    assert f"{ONE}  (Buddy Vlaanderen for Buddy Gent)" in run("log").stdout


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--mail", "info at buddy.example", "is not a mail address"),
        ("--mail", "a@b.example\nBcc: c@d.example", "is not a mail address"),
        ("--owner", "Buddies in Ghent", "is not an address on the web"),
        ("--every", "1e9", "Invalid value"),
    ],
)
def test_terms_that_would_never_work_are_refused(
    run: Run, logged: Logged, description: Path, option: str, value: str, said: str
) -> None:
    result = run("add", description, option, value)

    assert result.exit_code == 2
    assert said in result.stderr
    assert logged() == []


def test_a_source_that_covers_another_is_told(run: Run, tmp_path: Path, description: Path) -> None:
    run("add", description)
    wide = tmp_path / "wide.ttl"
    wide.write_bytes(text("two"))

    result = run("add", wide, "--space", "https://buddy.example")

    assert f"https://buddy.example overlaps with {ONE}" in result.stderr
