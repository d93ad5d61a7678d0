"""What a publisher may register, and what an umbrella organisation may for its members."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from federation.fetch import Fetched, Policy, fetch
from federation.registration.application import Application, Outcome, decide
from federation.registration.enrolment import enrol
from federation.registration.proof import WELL_KNOWN
from federation.source import Kind, Source
from registry.account.secret import read_key
from registry.errors import KoepelError
from registry.home import Home
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Version
from tests.federation.description import AUDIENCE, text
from tests.federation.site import Site, serve, status

TURTLE = {"Content_Type": "text/turtle"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "registry")


@pytest.fixture
def site() -> Iterator[Site]:
    """The site of one project."""
    with serve() as here:
        here.publish(status(200, text("gent", site=here.address("")), **TURTLE), "/gent.ttl")
        yield here


@pytest.fixture
def umbrella(home: Home, site: Site) -> Iterator[Site]:
    """The site of an umbrella organisation that is registered and names the project as its member."""
    with serve() as here:
        space, member = here.address("/umbrella"), site.address("/gent#organisation")
        told = f"<{space}#us> <http://www.w3.org/ns/org#hasMember> <{member}>, <{space}/gent#us> ."
        data = text("umbrella", more=AUDIENCE, site=here.address("")) + told.encode()
        document = read_document(data, media_type="text/turtle", address=f"{space}.ttl", space=space)
        version = Version(document.digest, document.canonical, data, "text/turtle")
        home.ledger.append(Event(space, Happening.REGISTERED, f"{space}.ttl"))
        home.ledger.append(Event(space, Happening.ACCEPTED, f"{space}.ttl", document.digest), version)
        yield here


def look(address: str) -> Fetched:
    return fetch(address, policy=Policy(loopback=True))


def show(application: Application, home: Home, where: Site) -> Outcome:
    """Put the code on a site, and look for it."""
    token = application.claim.token(read_key(home.folder))
    where.publish(status(200, token.encode()), WELL_KNOWN)
    return decide(application, token, home.ledger, look)


def for_member(site: Site, umbrella: Site, owner: str = "/gent#organisation") -> Application:
    return Application.of(
        site.address("/gent.ttl"), owner=site.address(owner), umbrella=umbrella.address("/umbrella")
    )


def test_the_kind_of_source_is_recognised(home: Home, site: Site) -> None:
    site.publish(status(200, b"<!doctype html><title>Gent</title>", Content_Type="text/html"), "/gent.html")

    found = show(Application.of(site.address("/gent.html")), home, site).source

    assert found
    assert (found.kind, found.space) == (Kind.PAGE, site.address("/gent"))


def test_an_umbrella_registers_a_member_and_both_are_named(home: Home, site: Site, umbrella: Site) -> None:
    application = for_member(site, umbrella)
    found = show(application, home, umbrella).source
    assert found

    enrol(home, application, found)

    event = home.ledger.registrations()[site.address("/gent")]
    assert event.actor == f"publisher of {umbrella.address('')}"
    assert event.behalf == site.address("/gent#organisation")


def test_a_code_on_the_members_site_does_not_show_that_the_umbrella_asks(
    home: Home, site: Site, umbrella: Site
) -> None:
    assert show(for_member(site, umbrella), home, site).source is None


def test_an_umbrella_registers_only_whom_it_names(home: Home, site: Site, umbrella: Site) -> None:
    with pytest.raises(KoepelError, match="does not name"):
        show(for_member(site, umbrella, "/brugge#organisation"), home, umbrella)


def test_an_umbrella_cannot_say_that_a_member_publishes_elsewhere(
    home: Home, site: Site, umbrella: Site
) -> None:
    member, elsewhere = site.address("/gent#organisation"), "https://elsewhere.example/gent.ttl"
    wanted = Application.of(elsewhere, owner=member, umbrella=umbrella.address("/umbrella"))

    with pytest.raises(KoepelError, match="lies neither on the site"):
        show(wanted, home, umbrella)


def test_an_umbrella_may_have_a_member_on_its_own_site(home: Home, umbrella: Site) -> None:
    space = umbrella.address("/umbrella/gent")
    address = umbrella.publish(
        status(200, b"<> <https://buddy.example/p> 1 .", **TURTLE), "/umbrella/gent.ttl"
    )
    application = Application.of(address, owner=f"{space}#us", umbrella=umbrella.address("/umbrella"))

    found = show(application, home, umbrella).source

    assert found
    assert (found.space, found.owner) == (space, f"{space}#us")


def test_an_umbrella_speaks_by_what_readers_see_of_it(home: Home, site: Site, umbrella: Site) -> None:
    home.ledger.append(Event(umbrella.address("/umbrella"), Happening.WITHDRAWN))

    with pytest.raises(KoepelError, match="see no description"):
        show(for_member(site, umbrella), home, umbrella)


@pytest.mark.parametrize("space", ["/gent/team", ""])
def test_nobody_registers_what_overlaps_with_another(home: Home, site: Site, space: str) -> None:
    home.ledger.append(Event(site.address("/gent"), Happening.REGISTERED, site.address("/gent.ttl")))

    with pytest.raises(KoepelError, match="overlaps"):
        show(Application.of(site.address("/other.ttl"), site.address(space or "/")), home, site)


def test_nobody_takes_the_place_of_another_address(home: Home, site: Site) -> None:
    home.ledger.append(Event(site.address("/gent"), Happening.REGISTERED, site.address("/elsewhere.ttl")))

    with pytest.raises(KoepelError, match="registered already"):
        show(Application.of(site.address("/gent.ttl")), home, site)


@pytest.mark.parametrize("gone", [Happening.REMOVED, Happening.ERASED])
def test_what_the_registry_took_out_returns_by_its_word_only(home: Home, site: Site, gone: Happening) -> None:
    home.ledger.append(Event(site.address("/gent"), Happening.REGISTERED, site.address("/gent.ttl")))
    home.ledger.append(Event(site.address("/gent"), gone))

    with pytest.raises(KoepelError, match="has taken"):
        show(Application.of(site.address("/gent.ttl")), home, site)


def test_a_stream_is_added_by_the_registry_only(home: Home, site: Site) -> None:
    stream = b"<> a <https://w3id.org/ldes#EventStream> ."
    site.publish(status(200, stream, **TURTLE), "/feed.ttl")

    with pytest.raises(KoepelError, match="is a stream"):
        show(Application.of(site.address("/feed.ttl")), home, site)


def test_a_publisher_changes_the_terms_and_what_an_operator_set_stays(home: Home, site: Site) -> None:
    space, address = site.address("/gent"), site.address("/gent.ttl")
    terms = Source(address, space, hours=6).terms
    home.ledger.append(Event(space, Happening.REGISTERED, address, terms=terms))
    application = Application.of(address, mail="hello@buddy.example")
    found = show(application, home, site).source
    assert found

    enrol(home, application, found)
    enrol(home, application, found)

    after = Source.of(home.ledger.registrations()[space])
    assert (after.hours, after.mail, home.ledger.position()) == (6, "hello@buddy.example", 2)


@pytest.mark.parametrize("space", ["/gent/again", ""])
@pytest.mark.parametrize("gone", [Happening.REMOVED, Happening.ERASED])
def test_what_the_registry_took_out_does_not_return_under_a_wider_or_narrower_name(
    home: Home, site: Site, gone: Happening, space: str
) -> None:
    home.ledger.append(Event(site.address("/gent"), Happening.REGISTERED, site.address("/gent.ttl")))
    home.ledger.append(Event(site.address("/gent"), gone))

    with pytest.raises(KoepelError, match="has taken"):
        show(Application.of(site.address("/gent.ttl"), site.address(space or "/")), home, site)


def test_an_umbrella_cannot_let_one_tenant_of_a_site_speak_for_another(
    home: Home, site: Site, umbrella: Site
) -> None:
    owner, victim = site.address("/gent#organisation"), site.address("/gent")
    wanted = Application.of(
        site.address("/tenant/mine.ttl"), victim, owner, umbrella=umbrella.address("/umbrella")
    )

    with pytest.raises(KoepelError, match="more than the document"):
        show(wanted, home, umbrella)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://Buddy.Example/Gent", "https://buddy.example/Gent"),
        ("https://buddy.example:443/gent", "https://buddy.example/gent"),
        ("https://buddy.example./gent", "https://buddy.example/gent"),
        ("https://büddy.example/gent", "https://xn--bddy-0ra.example/gent"),
        ("http://[::1]:8101/gent", "http://[::1]:8101/gent"),
    ],
)
def test_a_site_has_one_name_however_it_is_written(written: str, meant: str) -> None:
    claim = Application.of(f"{written}.ttl", written).claim

    assert (claim.address, claim.space) == (f"{meant}.ttl", meant)
    assert claim.is_own


@pytest.mark.parametrize(
    "address", ["https://buddy.example/%zz", "https://buddy.example/\ud800", "https://b\0.example"]
)
def test_what_no_graph_could_hold_is_no_address(address: str) -> None:
    with pytest.raises(KoepelError, match="not an address on the web"):
        Application.of(address)


@pytest.mark.parametrize("mail", ["josé@buddy.example", "a@b", "a@b.example\nBcc: c@d.example"])
def test_an_address_to_which_no_mail_would_go_is_refused(mail: str) -> None:
    with pytest.raises(KoepelError, match="not a mail address"):
        Application.of("https://buddy.example/gent.ttl", mail=mail)


def test_an_umbrella_cannot_change_what_a_member_has_registered_itself(
    home: Home, site: Site, umbrella: Site
) -> None:
    own = Application.of(site.address("/gent.ttl"), mail="hello@buddy.example")
    found = show(own, home, site).source
    assert found
    enrol(home, own, found)

    with pytest.raises(KoepelError, match="Only the member"):
        show(replace(for_member(site, umbrella), mail="other@umbrella.example"), home, umbrella)


def test_an_umbrella_changes_what_it_has_registered_until_the_member_does(
    home: Home, site: Site, umbrella: Site
) -> None:
    for application, where in (
        (for_member(site, umbrella), umbrella),
        (replace(for_member(site, umbrella), mail="hello@umbrella.example"), umbrella),
        (Application.of(site.address("/gent.ttl"), mail="hello@buddy.example"), site),
    ):
        found = show(application, home, where).source
        assert found
        enrol(home, application, found)

        assert Source.of(home.ledger.registrations()[site.address("/gent")]).mail == application.mail
