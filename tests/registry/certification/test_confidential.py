"""What is said in confidence stands in nothing that anybody else gets to read.

In everything that can be said in a case stands a word of its own. Then everything is asked for that there is
to be had: every address for programs and for people, as a visitor and as somebody with another case; the
pages that are linked; all graphs; the stream, the dumps, the mails, the log, backups, and what commands
print. All of it is searched, unpacked and decoded. That the search finds what is there is shown by words that
are meant for all.
"""

import gzip
import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zipfile import ZipFile

import pytest
import zstandard

from federation.feed.dump import make_dumps
from federation.notice.certification.round import send_certification
from registry.backup.folder import back_up
from registry.erasure import erase
from registry.home import Home
from registry.settings import Settings
from tests.registry.certification.cast import OTHER_PROJECT
from tests.registry.certification.doors import House
from tests.registry.certification.gathering import Gathered, opened, routes
from tests.registry.certification.secret import ALOUD, OF_REFUSED, PERSONAL, Secret, whisper
from tests.registry.certification.town import ADDRESS, SOURCE, START
from tests.registry.certification.unwrapping import unwrapped
from tests.registry.graphql_api.certification.test_secrecy import asking_everything

if TYPE_CHECKING:
    from federation.notice.mail import PostOffice

LANGUAGES = ("nl", "de", "ca", "es", "fr", "en")
Outputs = dict[str, bytes]


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secret]:
    """The registry."""
    made = whisper(tmp_path_factory.mktemp("confidential") / "home")
    yield made
    made.town.home.ledger.close()


@pytest.fixture(scope="module")
def said(secret: Secret) -> tuple[Outputs, dict[str, int]]:
    """Everything that the site says to others, with the status of each answer."""
    make_dumps(secret.town.home, 1)
    with opened(secret) as (reader, log):
        reader.crawl("/en/")
        reader.ask_every_route()
        reader.follow_the_feed()
        reader.read_the_dumps()
        for language in LANGUAGES:
            reader.get(f"/{language}/label/{secret.label.number}", "text/html")
        ask_in_graphql(reader)
        be_refused(reader)
    return {**reader.answers, "log": "\n".join(log.lines).encode()}, reader.statuses


def ask_in_graphql(reader: Gathered) -> None:
    """Ask for everything about a label, and for what is only told to parties."""
    number = reader.secret.label.number
    for query in (
        asking_everything(),
        "query($label: String!) { case(number: $label) { evidence { title } acts { reason } } }",
        "query($label: String!) { cases(first: 9) { nodes { number } } label(iri: $label) { iri } }",
        'mutation($label: String!) { suspend(case: $label, reason: "No.") { evidence { title } } }',
    ):
        sent = {"query": query, "variables": {"label": number}}
        reader.keep(f"graphql {query[:60]}", reader.client.post("/graphql", json=sent))


def be_refused(reader: Gathered) -> None:
    """Send what is not allowed, and read what is said about it."""
    number, refused = reader.secret.label.number, reader.secret.refused.number
    for one in (number, refused):
        for path in (
            f"/en/case/{one}",
            "/en/cases",
            f"/en/account/tokens/{one}/revoke",
            f"/en/people/{one}/close",
        ):
            sent = reader.client.post(path, data={"act": "withdraw", "csrf": "x"})
            reader.keep(f"post {path} {one}", sent)
    token = {"authorization": "Bearer kp_none"}
    reader.keep("no token", reader.client.post("/graphql", json={"query": "{ me { iri } }"}, headers=token))


def words_in(secret: Secret, outputs: Outputs, *, without: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    """Find what is hidden: where, and what of it."""
    hidden = {word.lower().encode(): name for name, word in secret.hidden.items() if word not in without}
    pattern = re.compile("|".join(sorted(secret.hidden.values(), key=len, reverse=True)).lower().encode())
    return {
        (place, hidden[found])
        for place, data in outputs.items()
        for reading in unwrapped(data)
        for found in pattern.findall(reading)
        if found in hidden
    }


@pytest.fixture(scope="module")
def heard(said: tuple[Outputs, dict[str, int]]) -> dict[str, str]:
    """Where everything stands that everybody may read."""
    wanted = {word.lower().encode(): name for name, word in ALOUD.items()}
    found: dict[str, str] = dict.fromkeys(ALOUD, "")
    for place, data in said[0].items():
        readings = list(unwrapped(data))
        for word, name in wanted.items():
            found[name] += f"{place}\n" if any(word in one for one in readings) else ""
    return found


def raw_words_in(secret: Secret, files: Outputs) -> set[tuple[str, str]]:
    """Find what is hidden in files as they stand: databases hold it plainly or not at all."""
    return {
        (place, name)
        for place, data in files.items()
        for name, word in secret.hidden.items()
        if word.encode() in data
    }


def files_in(folder: Path) -> Outputs:
    """Read every file below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_no_answer_of_the_site_holds_what_was_said_in_confidence(
    secret: Secret, said: tuple[Outputs, dict[str, int]]
) -> None:
    outputs, _ = said

    assert words_in(secret, outputs) == set()


def test_everything_was_asked_for(secret: Secret, said: tuple[Outputs, dict[str, int]]) -> None:
    outputs, statuses = said
    known = {one.path for one in routes()}

    assert len(statuses) > 300
    assert len(outputs["log"].splitlines()) > 300
    assert {name for name, status in statuses.items() if status >= 500 and "/readyz" not in name} == set()
    for path in (f"/label/{secret.label.number}/badge.png", f"/label/{secret.label.number}/credential.json"):
        assert statuses[f"{path} text/html"] == 200
    with opened(secret) as (reader, _):
        assert {path for path, told in reader.app.openapi()["paths"].items() if "get" in told} <= {
            re.sub(r":\w+}", "}", one) for one in known
        }


@pytest.mark.parametrize(
    ("name", "place"),
    [
        *(("grant", f"/{language}/label/NUMBER") for language in LANGUAGES),
        *(
            ("grant", place)
            for place in ("/sparql?", "/label/NUMBER text/turtle", "graphql query", "/dumps/")
        ),
        *(("suspend", place) for place in ("/en/label/NUMBER", "/sparql?", "graphql query")),
        *((name, "/label/NUMBER text/turtle") for name in ("title", "address")),
    ],
)
def test_the_search_finds_what_everybody_may_read(
    secret: Secret, heard: dict[str, str], name: str, place: str
) -> None:
    assert place.replace("NUMBER", secret.label.number) in heard[name]


def pack(data: bytes) -> bytes:
    """Put something into an archive."""
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("inside", data)
    return held.getvalue()


@pytest.mark.parametrize(
    "hide",
    [
        lambda word: word.upper(),
        lambda word: b"a=%51" + word[1:],
        lambda word: b"&#81;" + word[1:],
        lambda word: b'"\\u0051' + word[1:] + b'"',
        lambda word: b"DESCRIPTION:" + word[:5] + b"\r\n " + word[5:],
        lambda word: b'{"held": "' + b64encode(b"all of " + word) + b'"}',
        gzip.compress,
        zstandard.compress,
        pack,
        lambda word: b'"u' + b64encode(gzip.compress(word), altchars=b"-_").rstrip(b"=") + b'"',
    ],
    ids=["capitals", "percent", "page", "json", "folded", "base64", "gzip", "zstandard", "zip", "bits"],
)
def test_the_search_finds_what_is_packed(secret: Secret, hide: Any) -> None:
    hidden = hide(secret.hidden["link-title"].encode())

    assert words_in(secret, {"there": hidden, "not there": b"nothing"}) == {("there", "link-title")}


class Bag:
    """Takes mails, in the place of a mail server."""

    def __init__(self) -> None:
        """Begin with none."""
        self.mails: list[EmailMessage] = []

    def send(self, letter: EmailMessage) -> None:
        """Take one."""
        self.mails.append(letter)


def test_mails_tell_that_something_was_done_and_never_what_was_said(secret: Secret) -> None:
    bag, town = Bag(), secret.town
    chosen = Settings(address=ADDRESS, name="Koepel", mail_from="register@registry.example")
    for day in (date(2026, 3, 3), date(2028, 3, 2)):
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        send_certification(
            town.home, town.desk.rulebook, chosen, now, office=cast("PostOffice", bag), day=day
        )
    texts = {f"{mail['To']} {place}": mail.get_content().encode() for place, mail in enumerate(bag.mails)}

    assert len(texts) >= len(secret.people)
    assert words_in(secret, texts, without=tuple(numbers(secret))) == set()


def numbers(secret: Secret) -> Iterator[str]:
    """Give the numbers of the cases, which their parties may know."""
    yield from (secret.refused.number, secret.prepared.number)


@pytest.mark.parametrize("who", ["owner", "elsewhere"])
def test_who_has_a_case_learns_nothing_of_that_of_others(secret: Secret, who: str) -> None:
    theirs = secret.refused.number if who == "owner" else secret.label.number
    paths = ["/cases", "/calendar?months=120", "/overview", "/overview.csv", "/standard-preview", "/account"]
    paths += [
        f"/case/{theirs}",
        f"/case/{theirs}/evidence/1",
        f"/case/{theirs}/evidence/2",
        f"/label/{theirs}",
    ]
    with opened(secret) as (reader, _):
        browser = reader.signed_in(who)
        outputs = {path: browser.get(f"/en{path}").content for path in paths}
    found = {
        name for path, name in words_in(secret, outputs) if theirs not in path or name != "number of refused"
    }

    own = {*PERSONAL, f"account of {who}"}
    others = OF_REFUSED if who == "owner" else set(secret.hidden) - OF_REFUSED - {"number of label"}
    assert found & (others - own) == set()


def test_parties_do_find_it(secret: Secret) -> None:
    with opened(secret) as (reader, _):
        browser = reader.signed_in("assessor")
        page, file = (
            browser.get(f"/en/case/{secret.label.number}{rest}").content for rest in ("", "/evidence/2")
        )

    found = {name for _, name in words_in(secret, {"page": page, "file": file})}
    assert found >= {"link-title", "file-title", "file-bytes", "claim", "visit", "condition"}


def test_the_files_that_readers_open_hold_nothing(secret: Secret) -> None:
    files = files_in(secret.town.folder / "snapshots")

    assert any(place.endswith(".sst") for place in files)
    assert raw_words_in(secret, files) == set()


def test_commands_for_all_print_nothing_of_it(
    secret: Secret, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOEPEL_KEY_PASSPHRASE", secret.passphrase)
    house = House.build(secret.town.folder)
    with house.at(secret.town.folder):
        printed = {
            " ".join(words): house.run(*words)
            for words in (
                *(("log", SOURCE, "--format", form) for form in ("text", "json", "csv")),
                ("sources",),
                ("scheme", "list"),
                ("label", "show", secret.label.number),
                ("backup", str(tmp_path / "backups")),
            )
        }
    outputs = {words: f"{one.stdout}{one.stderr}".encode() for words, one in printed.items()}

    assert {words: one.exit_code for words, one in printed.items() if one.exit_code} == {}
    assert words_in(secret, outputs) == set()


def test_a_backup_shows_nothing_but_the_ledger_and_the_accounts(secret: Secret, tmp_path: Path) -> None:
    made = back_up(secret.town.home, tmp_path / "backups", datetime(2026, 11, 22, 9, tzinfo=UTC)).made
    files = files_in(made)
    shown = {name: data for name, data in files.items() if not name.endswith(".sqlite")}
    shown["names"] = "\n".join(files).encode()

    found = {name for _, name in words_in(secret, shown)}
    assert {name for name in found if not name.startswith("name of file")} == set()
    assert {name for _, name in raw_words_in(secret, files)} >= {"claim", "name"}
    assert "file-bytes" not in {name for _, name in raw_words_in(secret, files)}


def test_what_is_erased_is_nowhere_any_more(secret: Secret, tmp_path: Path) -> None:
    folder = shutil.copytree(secret.town.folder, tmp_path / "home", symlinks=True)
    home, library = Home(folder), secret.town.desk.rulebook
    for source in (SOURCE, OTHER_PROJECT.partition("#")[0]):
        erase(home, source, "They asked for it.", "operator", library, START, wait=0)
    home.ledger.close()
    files = {place: data for place, data in files_in(folder).items() if place != "accounts.sqlite"}

    left = {name for _, name in raw_words_in(secret, files)}
    assert {name for name in left if not name.startswith(("account of", "number of"))} == set()
    assert "number of refused" in left  # the lines without content that stay; so the search does find
    assert not any(place.startswith("evidence/") for place in files)
    assert not any(ALOUD["grant"].encode() in data for data in files.values())
