"""What a provider may say, and what is no proof of who somebody is."""

import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import urlencode

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from registry.account.oidc import Flow, Identity, Provider, read_flow
from registry.account.secret import Secret
from registry.errors import KoepelError

CLIENT = "koepel"
SIGNING = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
FOREIGN = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
CURVE = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})
FLOW = Flow("nl")


class Lying(BaseHTTPRequestHandler):
    """A provider that says what a test wants it to."""

    token: ClassVar[Any] = ""
    changed: ClassVar[dict[str, Any]] = {}

    def do_GET(self) -> None:
        """Tell the addresses, or the keys."""
        here = f"http://{self.headers['host']}"
        endpoints = {f"{name}_endpoint": f"{here}/{name}" for name in ("authorization", "token")}
        keys = KeySet([SIGNING, CURVE]).as_dict(private=False)
        told = {"issuer": here, "jwks_uri": f"{here}/keys", **endpoints, **self.changed}
        self.answer(keys if self.path == "/keys" else told)

    def do_POST(self) -> None:
        """Give a token."""
        self.rfile.read(int(self.headers["content-length"]))
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": self.token})

    def answer(self, told: Any) -> None:
        """Answer with JSON."""
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider under the control of the test."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Lying) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        Lying.changed = {}
        yield Provider(
            f"http://127.0.0.1:{server.server_address[1]}", CLIENT, "secret", "http://testserver/x"
        )
        server.shutdown()


def claims(provider: Provider, **changed: Any) -> dict[str, Any]:
    """Say who somebody is; what is changed to nothing is left out."""
    now = int(time.time())
    good = {
        "iss": provider.issuer,
        "aud": CLIENT,
        "sub": "anna",
        "nonce": FLOW.nonce,
        "iat": now,
        "exp": now + 60,
    }
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def answered(provider: Provider, token: Any) -> Identity:
    """Let the provider answer with a token."""
    Lying.token = token
    return provider.answer(FLOW, urlencode({"code": "x", "state": FLOW.state}))


def refusal(provider: Provider, token: Any) -> str:
    with pytest.raises(KoepelError) as caught:
        answered(provider, token)
    return caught.value.code


def signed(told: dict[str, Any], key: Any = SIGNING, alg: str = "RS256", kid: str = "one") -> str:
    return jwt.encode({"alg": alg, "kid": kid}, told, key, algorithms=[alg])


def encoded(told: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def test_a_proof_by_one_of_the_keys_is_taken(provider: Provider) -> None:
    told = claims(provider)

    assert answered(provider, signed(told)) == Identity(provider.issuer, "anna")
    assert answered(provider, signed(told, CURVE, "ES256", "two")) == Identity(provider.issuer, "anna")
    assert answered(provider, signed({**told, "aud": [CLIENT]})).subject == "anna"


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody-else"},
        {"aud": None},
        {"aud": [CLIENT, "somebody-else"]},
        {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
        {"azp": "somebody-else"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": 4_000_000_000},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
    ],
    ids=str,
)
def test_a_proof_that_says_something_else_is_refused(provider: Provider, changed: dict[str, Any]) -> None:
    assert refusal(provider, signed(claims(provider, **changed))) == "provider-unproven"


def test_a_proof_by_another_key_is_refused(provider: Provider) -> None:
    assert refusal(provider, signed(claims(provider), FOREIGN)) == "provider-unproven"


@pytest.mark.parametrize("alg", ["none", "None", "NONE"])
def test_a_proof_without_signature_is_refused(provider: Provider, alg: str) -> None:
    head, body = encoded({"alg": alg, "kid": "one"}), encoded(claims(provider))

    assert refusal(provider, f"{head}.{body}.") == "provider-unproven"


def test_a_public_key_is_no_shared_secret(provider: Provider) -> None:
    text = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{encoded(claims(provider))}"
    mac = hmac.digest(SIGNING.as_pem(private=False), text.encode(), "sha256")

    assert refusal(provider, f"{text}.{urlsafe_b64encode(mac).decode().rstrip('=')}") == "provider-unproven"


def test_a_proof_of_which_one_byte_was_changed_is_refused(provider: Provider) -> None:
    head, body, signature = signed(claims(provider)).split(".")

    assert refusal(provider, f"{head}.{body[:-3]}AAA.{signature}") == "provider-unproven"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", None, 7, {"a": 1}], ids=str)
def test_what_is_no_proof_at_all_is_refused(provider: Provider, token: Any) -> None:
    assert refusal(provider, token) == "provider-unproven"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"issuer": "https://evil.example"}, "provider-mistaken"),
        ({"token_endpoint": None}, "provider-failed"),
        ({"jwks_uri": "file:///etc/passwd"}, "provider-failed"),
    ],
)
def test_a_provider_that_does_not_say_who_it_is_is_refused(
    provider: Provider, changed: dict[str, Any], code: str
) -> None:
    Lying.changed = changed

    assert refusal(provider, "x") == code


def test_a_provider_that_is_away_is_told(provider: Provider) -> None:
    gone = Provider("http://127.0.0.1:9", CLIENT, "", provider.redirect)

    assert refusal(gone, "x") == "provider-failed"


def test_what_is_remembered_is_sealed_and_runs_out() -> None:
    ours, other = Secret(bytes(32)), Secret(b"x" * 32)
    sealed = FLOW.sealed(ours)

    assert read_flow(ours, sealed) == FLOW
    assert FLOW.state not in sealed
    for secret, text in ((other, sealed), (ours, sealed[:-2]), (ours, ""), (ours, "x")):
        with pytest.raises(KoepelError, match="belongs to no question"):
            read_flow(secret, text)
