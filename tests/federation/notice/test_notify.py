"""Publishers are told what is new: once, in one mail, in their language, and only if they want."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from rdflib import RDF, Namespace
from rdflib.namespace import SH

from federation.fetch import Fetcher, Policy
from federation.notebook import Notebook
from federation.notice.consent import Consent, Wish
from federation.notice.mail import PostOffice
from federation.notice.notify import Told, send_due, tray_of
from federation.notice.tray import Tray
from registry.ledger import Happening
from registry.lock import lock
from registry.settings import Settings
from registry.web.app import create_app
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.federation.notice.ledger import NOON, Registry, make
from tests.federation.notice.post import MailServer, Refusing, serve_mail
from tests.federation.notice.receiver import Receiver, serve_inbox
from tests.registry.web.server import served

EARL = Namespace("http://www.w3.org/ns/earl#")
AS2 = Namespace("https://www.w3.org/ns/activitystreams#")
OWNER = "info@buddy.example"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def inbox() -> Iterator[Receiver]:
    """The inbox of a publisher."""
    with serve_inbox() as receiver:
        yield receiver


@pytest.fixture
def office() -> Iterator[MailServer]:
    """A mail server."""
    with serve_mail() as server:
        yield server


@pytest.fixture
def here(tmp_path: Path, inbox: Receiver) -> Iterator[Registry]:
    """A registry with a source on the site of the inbox, whose owner gave a mail address."""
    registry = make(tmp_path / "registry", f"{inbox.site}/one")
    registry.register(mail=OWNER)
    yield registry
    registry.home.ledger.close()


def send(
    registry: Registry, at: timedelta = timedelta(), mail: MailServer | None = None, **more: bool
) -> list[Told]:
    """Send what is due at a moment after noon."""
    chosen = Settings(
        home=registry.home.folder, address="https://register.example", mail_from="r@register.example"
    )
    with Fetcher(Policy(loopback=True, seconds=5, host_pause=0)) as fetcher:
        post = PostOffice(mail.url(), mail.trusting, seconds=2) if mail else None
        with post or nullcontext():
            return send_due(registry.home, fetcher, chosen, NOON + at, office=post, **more)


def confirm(registry: Registry, wish: Wish = Wish.CONFIRM) -> None:
    """Let the owner follow a link."""
    with Tray(tray_of(registry.home)) as tray:
        consent = Consent(tray)
        consent.follow(consent.link(wish, OWNER, NOON), NOON)


def outcomes(told: list[Told]) -> list[tuple[str, str]]:
    """Say in short what came of it."""
    return [(one.channel.value, one.outcome) for one in told]


def test_a_report_goes_to_the_inbox_that_the_server_names(here: Registry, inbox: Receiver) -> None:
    here.decide(Happening.ACCEPTED)
    here.note(inbox=f"{inbox.site}/inbox")

    assert outcomes(send(here)) == [("inbox", "sent")]
    (graph,) = inbox.taken
    (activity,) = graph.subjects(RDF.type, AS2.Announce)
    assert str(graph.value(activity, AS2.target)) == here.source
    assert str(graph.value(activity, AS2.summary)).startswith("All is well")
    assert {EARL.passed} <= set(graph.objects(None, EARL.outcome))
    assert (None, RDF.type, SH.ValidationReport) in graph


def test_a_report_goes_to_the_inbox_that_the_description_names(here: Registry, inbox: Receiver) -> None:
    named = f"{AUDIENCE} <http://www.w3.org/ns/ldp#inbox> <{inbox.site}/inbox> ;"
    here.decide(Happening.ACCEPTED, text("one", more=named, site=inbox.site))

    assert outcomes(send(here)) == [("inbox", "sent")]


def test_an_inbox_on_another_site_is_left_alone(here: Registry, inbox: Receiver) -> None:
    here.decide(Happening.ACCEPTED)
    here.note(inbox=f"{inbox.site.replace('127.0.0.1', 'localhost')}/inbox")

    assert (send(here), inbox.asked) == ([], 0)


def test_the_same_state_is_told_once(here: Registry, inbox: Receiver) -> None:
    here.decide(Happening.ACCEPTED)
    here.note(inbox=f"{inbox.site}/inbox")
    send(here)
    here.decide(Happening.ACCEPTED)

    assert (send(here, HOUR), send(here, DAY), inbox.asked) == ([], [], 1)


def test_a_private_address_that_is_held_back_is_in_no_report(here: Registry, inbox: Receiver) -> None:
    here.decide(Happening.HELD, text("one", more=AUDIENCE + PRIVATE_MAILBOX, site=inbox.site), "A doubt.")
    here.note(inbox=f"{inbox.site}/inbox")
    send(here)

    assert "gmail" not in inbox.taken[0].serialize(format="nt")


def test_trouble_is_tried_again_with_longer_and_longer_pauses(here: Registry, inbox: Receiver) -> None:
    here.decide(Happening.ACCEPTED)
    here.note(inbox=f"{inbox.site}/inbox")
    inbox.status = 500

    tried = [bool(send(here, timedelta(minutes=minutes))) for minutes in (0, 10, 15, 40, 46)]
    assert (tried, inbox.asked) == ([True, False, True, False, True], 3)
    inbox.status = 201
    assert outcomes(send(here, DAY)) == [("inbox", "sent")]


def test_a_server_that_asks_for_time_gets_it(here: Registry, inbox: Receiver) -> None:
    here.decide(Happening.ACCEPTED)
    here.note(inbox=f"{inbox.site}/inbox")
    inbox.status, inbox.headers = 503, {"Retry-After": "7200"}
    send(here)

    assert (send(here, HOUR), inbox.asked) == ([], 1)
    assert send(here, 2 * HOUR)


def test_a_refusal_ends_it_until_there_is_other_news(here: Registry, inbox: Receiver) -> None:
    here.decide(Happening.ACCEPTED)
    here.note(inbox=f"{inbox.site}/inbox")
    inbox.status = 403

    assert outcomes(send(here)) == [("inbox", "given-up")]
    assert (send(here, 2 * DAY), inbox.asked) == ([], 1)
    inbox.status = 201
    here.befall(Happening.WITHDRAWN, "It is gone.")
    assert outcomes(send(here, 2 * DAY)) == [("inbox", "sent")]


def test_another_registry_takes_the_report_for_a_hint(here: Registry, tmp_path: Path) -> None:
    peer = make(tmp_path / "peer", here.source)
    with served(create_app(peer.home, Settings(home=peer.home.folder))) as address:
        peer.source = here.source = f"{address}/one"
        peer.register()
        peer.note(due=NOON + DAY)
        here.register()
        here.decide(Happening.ACCEPTED)
        here.note(inbox=f"{address}/inbox")

        assert outcomes(send(here)) == [("inbox", "sent")]
    with Notebook(peer.home.visits) as notebook:
        assert notebook.of(peer.source).due is None
    peer.home.ledger.close()


def test_an_owner_is_asked_once_and_written_to_after_a_yes(here: Registry, office: MailServer) -> None:
    here.decide(Happening.ACCEPTED)
    assert outcomes(send(here, mail=office)) == [("mail", "asked")]
    assert send(here, DAY, office) == []
    confirm(here)

    assert outcomes(send(here, 2 * DAY, office)) == [("mail", "sent")]
    assert [one["Subject"] for one in office.mails] == [
        "Do you want news about your description?",
        "News about your description: Listed",
    ]
    assert send(here, 3 * DAY, office) == []


def test_the_link_in_the_mail_is_the_one_that_confirms(here: Registry, office: MailServer) -> None:
    here.decide(Happening.ACCEPTED)
    send(here, mail=office)
    link = next(line for line in office.mails[0].get_content().splitlines() if "token=confirm" in line)
    with Tray(tray_of(here.home)) as tray:
        consent = Consent(tray)
        consent.follow(link.rpartition("token=")[2], NOON)

        assert consent.given(OWNER)
        assert consent.given(OWNER.upper())


def test_who_said_no_gets_no_mail(here: Registry, office: MailServer) -> None:
    confirm(here, Wish.STOP)
    here.decide(Happening.ACCEPTED)

    assert (send(here, mail=office), office.mails) == ([], [])


def test_several_sources_of_one_owner_come_in_one_mail(here: Registry, office: MailServer) -> None:
    confirm(here)
    here.decide(Happening.ACCEPTED)
    here.source = here.source.replace("one", "two")
    here.register(mail=OWNER.title())
    here.decide(Happening.REJECTED, reason="Something is missing.")

    assert outcomes(send(here, mail=office)) == [("mail", "sent")] * 2
    (mail,) = office.mails
    assert mail["Subject"] == "News about your descriptions (2)"


def test_news_of_the_same_day_wait_for_the_next_mail(here: Registry, office: MailServer) -> None:
    confirm(here)
    here.decide(Happening.ACCEPTED)
    send(here, mail=office)
    here.decide(Happening.HELD, text("one", title="Other", site=here.source.removesuffix("/one")), "A doubt.")

    assert send(here, HOUR, office) == []
    assert outcomes(send(here, DAY, office)) == [("mail", "sent")]


def test_a_short_outage_is_nothing_to_write_about(here: Registry, office: MailServer) -> None:
    confirm(here)
    here.decide(Happening.ACCEPTED)
    send(here, mail=office)
    here.befall(Happening.UNREACHABLE, "It did not answer.")
    assert send(here, HOUR, office) == []
    here.note(answered=NOON + 2 * HOUR)

    assert send(here, 3 * DAY, office) == []


def test_a_long_outage_is_told(here: Registry, office: MailServer) -> None:
    confirm(here)
    here.decide(Happening.ACCEPTED)
    send(here, mail=office)
    here.befall(Happening.UNREACHABLE, "It did not answer.")
    here.note(failures=3, message="It did not answer.")
    send(here, HOUR, office)

    assert outcomes(send(here, 3 * DAY, office)) == [("mail", "sent")]
    assert "It did not answer." in office.mails[-1].get_content()


def test_a_mail_that_was_not_taken_is_sent_later_and_once(here: Registry, office: MailServer) -> None:
    confirm(here)
    here.decide(Happening.ACCEPTED)
    with serve_mail(Refusing()) as refusing:
        assert outcomes(send(here, mail=refusing)) == [("mail", "failed")]
    assert send(here, timedelta(minutes=1), office) == []

    assert outcomes(send(here, HOUR, office)) == [("mail", "sent")]
    assert (send(here, DAY, office), len(office.mails)) == ([], 1)


def test_a_question_that_was_not_taken_is_asked_later(here: Registry, office: MailServer) -> None:
    here.decide(Happening.ACCEPTED)
    with serve_mail(Refusing()) as refusing:
        assert outcomes(send(here, mail=refusing)) == [("mail", "failed")]

    assert outcomes(send(here, HOUR, office)) == [("mail", "asked")]


def test_mail_is_written_in_the_language_of_the_description(here: Registry, office: MailServer) -> None:
    confirm(here)
    dutch = text("one", site=here.source.removesuffix("/one")).replace(b"@en", b"@nl")
    here.decide(Happening.ACCEPTED, dutch)
    send(here, mail=office)

    assert office.mails[0]["Content-Language"] == "nl"


def test_without_a_mail_server_nothing_is_lost(here: Registry, office: MailServer) -> None:
    here.decide(Happening.ACCEPTED)

    assert send(here) == []
    assert outcomes(send(here, 2 * DAY, office)) == [("mail", "asked")]


def test_an_owner_hears_that_a_source_was_removed_and_why(here: Registry, office: MailServer) -> None:
    confirm(here)
    here.decide(Happening.ACCEPTED)
    send(here, mail=office)
    here.befall(Happening.REMOVED, "The organisation no longer exists.")

    assert outcomes(send(here, DAY, office)) == [("mail", "sent")]
    assert "The organisation no longer exists." in office.mails[-1].get_content()


def test_many_changes_at_once_are_told_as_one_by_one(
    here: Registry, office: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("federation.notice.bureau.MANY", 0)
    here.decide(Happening.ACCEPTED)

    assert outcomes(send(here, mail=office)) == [("mail", "asked")]


def test_what_was_erased_leaves_nothing_behind(here: Registry, office: MailServer) -> None:
    confirm(here)
    here.decide(Happening.ACCEPTED)
    send(here, mail=office)
    here.home.ledger.erase(here.source, "It was asked for.", "operator")

    assert send(here, DAY, office) == []
    assert here.source.encode() not in b"".join(
        path.read_bytes() for path in here.home.folder.glob("notices.sqlite")
    ).replace(b"\0", b"")


def test_the_file_of_notices_holds_no_mail_address(here: Registry, office: MailServer) -> None:
    here.decide(Happening.ACCEPTED)
    send(here, mail=office)

    assert office.mails
    assert all(b"buddy.example" not in path.read_bytes() for path in here.home.folder.glob("notices*"))


def test_two_never_send_at_the_same_time(here: Registry, office: MailServer) -> None:
    here.decide(Happening.ACCEPTED)
    with lock(here.home.folder / "notices.lock"):
        assert send(here, mail=office) == []

    assert outcomes(send(here, mail=office)) == [("mail", "asked")]


def test_a_trial_sends_nothing(here: Registry, inbox: Receiver, office: MailServer) -> None:
    here.decide(Happening.ACCEPTED)
    here.note(inbox=f"{inbox.site}/inbox")

    assert outcomes(send(here, mail=office, dry_run=True)) == [("inbox", "due"), ("mail", "due")]
    assert (inbox.asked, office.mails) == (0, [])
