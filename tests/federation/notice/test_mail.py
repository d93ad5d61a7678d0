"""Mail, sent through a real mail server."""

import ssl
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from federation.notice.mail import Desk, PostOffice
from registry.errors import InvalidDataError, PeerError
from registry.ledger import Happening
from tests.federation.notice.ledger import SOURCE, Registry
from tests.federation.notice.post import Dropping, Handler, Refusing, certificates, serve_mail

DESK = Desk("https://register.example", "Koepel", "register@register.example")
OWNER = "info@buddy.example"
STOP = "stop.0.0.0"


def letter() -> EmailMessage:
    """Write any mail."""
    return DESK.ask(OWNER, "en", "confirm.1.2.3", STOP)


def test_a_mail_is_plain_text_with_two_ways_to_stop(registry: Registry) -> None:
    registry.decide(Happening.ACCEPTED)
    mail = DESK.report(OWNER, "en", [registry.status()], STOP)

    leave = f"https://register.example/en/mail?token={STOP}"
    assert mail.get_content_type() == "text/plain"
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (
        f"<{leave}>",
        "List-Unsubscribe=One-Click",
    )
    assert leave in mail.get_content()
    assert (
        f"https://register.example/en/sources/status?source={SOURCE.replace('/', '%2F').replace(':', '%3A')}"
        in mail.get_content()
    )


def test_the_way_to_stop_arrives_as_it_is_and_the_text_on_short_lines() -> None:
    stop = f"stop.{'a' * 32}.1234567890.{'b' * 64}"
    lines = DESK.ask(OWNER, "fr", stop, stop).as_bytes().split(b"\r\n")

    assert f"List-Unsubscribe: <https://register.example/fr/mail?token={stop}>".encode() in lines
    assert max(map(len, lines[lines.index(b"") :])) <= 78


def test_a_mail_about_several_sources_is_one_mail(registry: Registry) -> None:
    registry.decide(Happening.HELD, reason="A doubt.")
    status = registry.status()

    mail = DESK.report(OWNER, "en", [status, status], STOP)

    assert mail["Subject"] == "News about your descriptions (2)"
    assert mail.get_content().count("- A doubt.") == 2


def test_a_mail_about_the_same_state_has_the_same_number(registry: Registry) -> None:
    registry.decide(Happening.ACCEPTED)
    one, same = (DESK.report(OWNER, "en", [registry.status()], STOP)["Message-ID"] for _ in range(2))
    registry.decide(Happening.HELD, b"<https://buddy.example/one> <http://schema.org/name> 'x' .")

    assert one == same != DESK.report(OWNER, "en", [registry.status()], STOP)["Message-ID"]


@pytest.mark.parametrize(
    "address",
    ["a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "a", "a b@c.example", "<a@b.example>"],
)
def test_nobody_brings_a_header_or_a_second_reader_along(address: str) -> None:
    with pytest.raises(InvalidDataError, match="no mail address"):
        DESK.ask(address, "en", "x", STOP)


def test_what_a_stranger_writes_stays_on_its_line(registry: Registry) -> None:
    registry.decide(Happening.HELD, reason="Bad\r\x1b[31m\u2028Bcc: c@d.example")

    mail = DESK.report(OWNER, "en", [registry.status()], STOP)

    assert mail["Bcc"] is None
    assert "\x1b" not in mail.get_content()
    assert "\u2028" not in mail.get_content()


def test_a_mail_arrives() -> None:
    with serve_mail() as server, PostOffice(server.url()) as office:
        office.send(letter())

        assert [(one["To"], one["From"]) for one in server.mails] == [(OWNER, DESK.sender)]
        assert "confirm.1.2.3" in server.mails[0].get_content()


@pytest.mark.parametrize(("tls", "scheme"), [("starttls", "smtp"), ("smtps", "smtps")])
def test_a_mail_goes_encrypted_where_the_server_offers_it(tls: str, scheme: str) -> None:
    with serve_mail(tls=tls) as server, PostOffice(server.url(scheme), server.trusting) as office:
        office.send(letter())

        assert (len(server.mails), server.handler.encrypted) == (1, [True])


def test_a_server_that_nobody_vouches_for_gets_no_mail() -> None:
    with serve_mail(tls="starttls") as server, PostOffice(server.url(), certificates()[1]) as office:
        with pytest.raises(PeerError, match="SSLCertVerificationError"):
            office.send(letter())

        assert server.mails == []


@pytest.mark.parametrize(("password", "taken"), [("p%40ss:w", 1), ("wrong", 0)])
def test_a_server_may_ask_who_is_there(password: str, taken: int) -> None:
    with (
        serve_mail(tls="starttls", password="p@ss:w") as server,  # noqa: S106 - of this test alone
        PostOffice(server.url(login=f"koepel:{password}@"), server.trusting) as office,
    ):
        if taken:
            office.send(letter())
        else:
            with pytest.raises(PeerError, match="535"):
                office.send(letter())

        assert len(server.mails) == taken


def test_a_password_is_not_sent_in_the_clear_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("federation.notice.mail.is_here", lambda _: False)
    with (
        serve_mail() as server,
        PostOffice(server.url(login="register:a-password@")) as office,
        pytest.raises(PeerError, match="no encryption"),
    ):
        office.send(letter())


@pytest.mark.parametrize(("handler", "reason"), [(Refusing, "550"), (Dropping, "unexpectedly")])
def test_a_mail_that_is_not_taken_is_said_to_be(handler: Callable[[], Handler], reason: str) -> None:
    with (
        serve_mail(handler()) as server,
        PostOffice(server.url()) as office,
        pytest.raises(PeerError, match=reason),
    ):
        office.send(letter())


def test_a_refusal_says_nothing_about_the_address() -> None:
    with serve_mail(Refusing()) as server, PostOffice(server.url()) as office:
        with pytest.raises(PeerError) as caught:
            office.send(letter())

        assert OWNER not in caught.value.message


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with (
        serve_mail(offline=True) as server,
        PostOffice(server.url(), seconds=0.2) as office,
        pytest.raises(PeerError, match="timed out"),
    ):
        office.send(letter())


def test_nobody_is_at_home() -> None:
    with serve_mail() as server:
        url = server.url()
    with PostOffice(url, ssl.create_default_context()) as office, pytest.raises(PeerError, match="Refused"):
        office.send(letter())


def test_after_a_fault_the_next_mail_goes_over_a_new_connection() -> None:
    with serve_mail(Refusing()) as server, PostOffice(server.url()) as office:
        with pytest.raises(PeerError):
            office.send(letter())
        server.handler.__class__ = Handler
        office.send(letter())

        assert len(server.mails) == 1
