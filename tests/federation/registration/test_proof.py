"""The code of a publisher stands where nobody else can put it, and proves what that place proves."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from federation.fetch import Fetched, Policy, fetch
from federation.registration.challenge import PATH, answer
from federation.registration.claim import Claim
from federation.registration.proof import WELL_KNOWN, Attempt, Way, prove
from registry.errors import NotAllowedError
from tests.federation.description import AUDIENCE, text
from tests.federation.site import Site, serve, status

KEY = b"secret"
TURTLE = {"Content_Type": "text/turtle"}
PAGE = {"Content_Type": "text/html; charset=utf-8"}


@pytest.fixture
def site() -> Iterator[Site]:
    """A publisher's site with a description."""
    with serve() as here:
        here.publish(status(200, text("gent", site=here.address("")), **TURTLE), "/gent.ttl")
        yield here


def look(address: str) -> Fetched:
    return fetch(address, policy=Policy(loopback=True))


def claim(site: Site, space: str = "/gent", owner: str = "", path: str = "/gent.ttl") -> Claim:
    return Claim(site.address(path), site.address(space), site.address(owner) if owner else "")


def tried(wanted: Claim, shown: Claim | None = None) -> list[tuple[Way, str]]:
    """Say for each place that was looked at what was wrong there."""
    token = (shown or wanted).token(KEY)
    return [(one.way, code(one)) for one in prove(wanted, token, look)]


def code(attempt: Attempt) -> str:
    return attempt.trouble.code if attempt.trouble else ""


def in_document(site: Site, token: str, thing: str = "/gent#project") -> bytes:
    told = f'<{site.address(thing)}> <https://w3id.org/koepel/def#registrationToken> "{token}" .\n'
    return text("gent", more=AUDIENCE, site=site.address("")) + told.encode()


def challenged(token: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer any challenge as somebody does who knows the code."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        nonce = handler.path.removeprefix(PATH)
        status(200, f"{answer('another', nonce)}\n{answer(token, nonce)}\n".encode())(handler)

    return reply


def test_nothing_is_proven_where_no_code_stands(site: Site) -> None:
    assert tried(claim(site)) == [
        (Way.DOCUMENT, "code-not-found"),
        (Way.SITE, "no-document"),
        (Way.CHALLENGE, "no-document"),
    ]


def test_a_code_in_the_description_proves_the_document(site: Site) -> None:
    wanted = claim(site)
    site.publish(status(200, in_document(site, wanted.token(KEY)), **TURTLE), "/gent.ttl")

    assert tried(wanted) == [(Way.DOCUMENT, "")]


def test_a_code_in_the_head_of_a_page_proves_the_page(site: Site) -> None:
    wanted = claim(site, path="/gent.html")
    page = f'<!doctype html><title>A</title><meta name="koepel-registration" content="{wanted.token(KEY)}">'
    site.publish(status(200, page.encode(), **PAGE), "/gent.html")

    assert tried(wanted) == [(Way.DOCUMENT, "")]


@pytest.mark.parametrize(
    "page",
    ["<head><title>A</title></head><body>{}", "<title>A</title><p>A comment: {}", "<!-- {} -->", "{}x"],
)
def test_what_a_visitor_can_write_in_a_page_proves_nothing(site: Site, page: str) -> None:
    wanted = claim(site, path="/gent.html")
    comment = f'<div><meta name="koepel-registration" content="{wanted.token(KEY)}"></div>'
    site.publish(status(200, page.format(comment).encode(), **PAGE), "/gent.html")

    assert tried(wanted)[0] == (Way.DOCUMENT, "code-not-found")


def test_a_code_on_something_else_that_the_document_names_proves_nothing(site: Site) -> None:
    wanted = claim(site)
    site.publish(status(200, in_document(site, wanted.token(KEY), "/brugge"), **TURTLE), "/gent.ttl")

    assert tried(wanted)[0] == (Way.DOCUMENT, "code-not-found")


@pytest.mark.parametrize(
    "form", ['{{"registrations": ["{}"]}}', '{{"registrations": [{{"token": "{}"}}]}}', "# ours\n{}\n"]
)
def test_a_code_on_the_site_proves_all_of_it(site: Site, form: str) -> None:
    wanted = claim(site, space="", owner="/team#us")
    site.publish(status(200, form.format(wanted.token(KEY)).encode()), WELL_KNOWN)

    assert tried(wanted) == [(Way.SITE, "")]


def test_a_web_page_in_the_place_of_the_list_proves_nothing(site: Site) -> None:
    wanted = claim(site, space="")
    post = f"<!doctype html><title>Koepel</title><pre>\n{wanted.token(KEY)}\n</pre>"
    site.publish(status(302, Location="/blog/koepel"), WELL_KNOWN)
    site.publish(status(200, post.encode(), **PAGE), "/blog/koepel")

    assert tried(wanted)[0] == (Way.SITE, "code-not-found")


@pytest.mark.parametrize(("space", "owner"), [("", ""), ("/brugge", ""), ("/gent", "/team#us")])
def test_a_document_proves_nothing_beside_itself(site: Site, space: str, owner: str) -> None:
    wanted = claim(site, space, owner)
    site.publish(status(200, in_document(site, wanted.token(KEY)), **TURTLE), "/gent.ttl")

    assert [way for way, _ in tried(wanted)] == [Way.SITE, Way.CHALLENGE]


def test_the_right_answer_to_a_challenge_proves_the_site(site: Site) -> None:
    wanted = claim(site, space="")
    answers = challenged(wanted.token(KEY))
    site.answers = AnyPath(site.answers, PATH, answers)

    assert tried(wanted) == [(Way.SITE, "no-document"), (Way.CHALLENGE, "")]


def test_a_site_that_repeats_what_it_is_asked_does_not_know_the_code(site: Site) -> None:
    def repeat(handler: BaseHTTPRequestHandler) -> None:
        status(200, f"{handler.path.removeprefix(PATH)} {handler.path}".encode())(handler)

    site.answers = AnyPath(site.answers, PATH, repeat)

    assert tried(claim(site))[-1] == (Way.CHALLENGE, "code-not-found")


def test_each_try_asks_another_number(site: Site) -> None:
    tried(claim(site))
    tried(claim(site))

    assert len({path for path, _ in site.asked if path.startswith(PATH)}) == 2


@pytest.mark.parametrize("other", [("/gent", "/gent#us"), ("/gent/more", "")])
def test_the_code_of_another_claim_proves_nothing(site: Site, other: tuple[str, str]) -> None:
    site.publish(status(200, claim(site, *other).token(KEY).encode()), WELL_KNOWN)

    assert tried(claim(site))[1] == (Way.SITE, "code-not-found")


def test_another_site_cannot_speak_for_this_one(site: Site) -> None:
    wanted = claim(site)
    with serve() as other:
        there = other.publish(status(200, wanted.token(KEY).encode()), "/codes")
        site.publish(status(302, Location=there), WELL_KNOWN)

        assert tried(wanted)[1] == (Way.SITE, "proof-redirected")


def test_nobody_is_listed_for_what_lies_on_another_site(site: Site) -> None:
    with pytest.raises(NotAllowedError, match="does not lie on the site"):
        prove(Claim(site.address("/gent.ttl"), "https://buddy.example/gent"), "c0de", look)


class AnyPath(dict[str, Callable[[BaseHTTPRequestHandler], None]]):
    """Answers every path that begins alike in one way."""

    def __init__(
        self,
        others: dict[str, Callable[[BaseHTTPRequestHandler], None]],
        start: str,
        reply: Callable[[BaseHTTPRequestHandler], None],
    ) -> None:
        super().__init__(others)
        self._start, self._reply = start, reply

    def get(self, path: str, default: object = None) -> Callable[[BaseHTTPRequestHandler], None]:
        """Find the answer for a path."""
        return self._reply if path.startswith(self._start) else super().get(path, status(404))
