"""Signing in at a provider of one's own, such as that of a university, a city or an umbrella organisation.

OpenID Connect: the authorisation code flow with PKCE (RFC 7636), a state that ties the answer to the browser,
and a nonce that ties the identity to the question. A provider says who somebody is and nothing else: only who
was invited and has linked the account comes in, with the roles that were given here.

The provider is the one that the settings name, so its addresses are trusted; its answers are not. Of an
identity everything is checked: the signature by one of the provider's published keys with an algorithm of two
keys, who issued it, for whom, until when, and in answer to which question (OpenID Connect Core, section
3.1.3.7).
"""

from __future__ import annotations

import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from registry.errors import InvalidDataError, NotAllowedError, PeerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from registry.account.secret import Secret
    from registry.settings import Settings

__all__ = ["Flow", "Identity", "Provider", "read_flow"]

SCOPE: Final = "openid"
"""Nothing about the person is asked for but by which name the provider knows them."""
ALGORITHMS: Final = (
    "RS256",
    "PS256",
    "ES256",
    "RS384",
    "PS384",
    "ES384",
    "RS512",
    "PS512",
    "ES512",
    "Ed25519",
)
"""Signatures with two keys. One with a shared secret, or none at all, is never taken."""
SECONDS: Final = 10.0
LEEWAY: Final = 60
"""Seconds by which clocks may differ."""
FLOW_SECONDS: Final = 600
"""So long somebody may take at their provider."""
PURPOSE: Final = "flow"
KEEP: Final = 600
"""Seconds for which the provider's addresses and keys are remembered."""


@dataclass(frozen=True)
class Identity:
    """Somebody, as a provider names them."""

    issuer: str
    subject: str


@dataclass(frozen=True)
class Flow:
    """What is remembered of a question to a provider until the answer comes; the browser keeps it sealed."""

    language: str
    next: str = ""
    """Where to go afterwards."""
    invitation: str = field(default="", repr=False)
    """The code of an invitation that is to be linked."""
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    def sealed(self, secret: Secret) -> str:
        """Write it so that nobody else can read or change it."""
        return secret.seal(PURPOSE, json.dumps(asdict(self)))


def read_flow(secret: Secret, sealed: str) -> Flow:
    """Read what was remembered.

    Raises:
        NotAllowedError: There is nothing, or it is too old: the answer is to no question of this browser.
    """
    found = secret.unseal(PURPOSE, sealed, FLOW_SECONDS)
    if found is None:
        raise _unasked()
    return Flow(**json.loads(found))


@dataclass(frozen=True)
class Provider:
    """A provider that the registry trusts to recognise people."""

    issuer: str
    client: str
    """By which name the registry is registered there."""
    secret: str = field(repr=False)
    redirect: str
    """Where the provider sends people back to."""

    @classmethod
    def of(cls, chosen: Settings) -> Provider | None:
        """Find the provider that the settings name, if they do."""
        if not (chosen.oidc_issuer and chosen.oidc_client_id):
            return None
        redirect = f"{chosen.public_address}/sign-in/answer"
        return cls(chosen.oidc_issuer, chosen.oidc_client_id, chosen.oidc_client_secret or "", redirect)

    def question(self, flow: Flow) -> str:
        """Give the address at the provider to which somebody is sent.

        Raises:
            PeerError: The provider does not answer as it should.
        """
        endpoint = str(self._metadata()["authorization_endpoint"])
        with self._client() as client:
            address, _ = client.create_authorization_url(
                endpoint, state=flow.state, nonce=flow.nonce, code_verifier=flow.verifier
            )
        return str(address)

    def answer(self, flow: Flow, query: str) -> Identity:
        """Find out from the answer of a provider who somebody is.

        Args:
            flow: The question that this browser went with.
            query: The query with which it came back.

        Raises:
            NotAllowedError: The answer belongs to another question, was refused, or proves nothing.
            PeerError: The provider does not answer as it should.
        """
        told = {name: values[0] for name, values in parse_qs(query, max_num_fields=20).items()}
        if not hmac.compare_digest(told.get("state", "").encode(), flow.state.encode()):
            raise _unasked()
        if told.get("iss", self.issuer) != self.issuer:  # RFC 9207: the answer of another provider
            raise _unasked()
        if not (code := told.get("code")):
            raise NotAllowedError(
                "provider-refused",
                "The provider did not let you sign in ({reason}).",
                reason=told.get("error", "?"),
            )
        return self._identity(self._exchange(code, flow), flow)

    def _exchange(self, code: str, flow: Flow) -> str:
        endpoint = self._metadata()["token_endpoint"]
        try:
            with self._client() as client:
                token = client.fetch_token(
                    endpoint,
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=self.redirect,
                    code_verifier=flow.verifier,
                )
            return str(token["id_token"])
        except (AuthlibBaseError, HTTPError, KeyError, ValueError) as error:
            if getattr(error, "error", "") == "invalid_grant":  # the code was used, or is for somebody else
                raise _unasked() from error
            raise self._trouble(error) from error

    def _identity(self, token: str, flow: Flow) -> Identity:
        """Check an identity, and read whose it is."""
        try:
            try:
                claims = self._decoded(token, self._keys())
            except JoseError:  # the provider may have new keys
                _told.cache_clear()
                claims = self._decoded(token, self._keys())
            _registry(self, flow).validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise _unproven(str(error)) from error
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if claims.get("azp", self.client) != self.client or (len(audience) > 1 and "azp" not in claims):
            raise _unproven("azp")
        return Identity(self.issuer, str(claims["sub"]))

    def _decoded(self, token: str, keys: KeySet) -> dict[str, Any]:
        return jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims

    def _metadata(self) -> Mapping[str, Any]:
        found = self._fetched(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise InvalidDataError(
                "provider-mistaken",
                "The provider calls itself {found}, but the setting oidc_issuer says {issuer}. Correct the "
                "setting.",
                found=str(found.get("issuer")),
                issuer=self.issuer,
            )
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if urlsplit(str(found.get(name))).scheme not in {"http", "https"}:
                raise self._trouble(ValueError(name))
        return found

    def _keys(self) -> KeySet:
        return KeySet.import_key_set(self._fetched(str(self._metadata()["jwks_uri"])))  # type: ignore[arg-type]

    def _fetched(self, address: str) -> dict[str, Any]:
        try:
            found = _told(address, int(time.monotonic() // KEEP))
        except (HTTPError, ValueError) as error:
            raise self._trouble(error) from error
        return found

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            client_id=self.client,
            client_secret=self.secret or None,
            scope=SCOPE,
            redirect_uri=self.redirect,
            code_challenge_method="S256",
            timeout=SECONDS,
            trust_env=False,
        )

    def _trouble(self, error: Exception) -> PeerError:
        return PeerError(
            "provider-failed",
            "The provider {issuer} does not answer as it should ({reason}). Please try again later.",
            issuer=self.issuer,
            reason=str(error) or type(error).__name__,
        )


@lru_cache(maxsize=16)
def _told(address: str, period: int) -> dict[str, Any]:
    """Fetch a document of a provider, at most once in each period."""
    with OAuth2Client(timeout=SECONDS, trust_env=False) as client:
        answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    found = json.loads(answer.text)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _registry(provider: Provider, flow: Flow) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": flow.nonce},
    )


def _unasked() -> NotAllowedError:
    return NotAllowedError(
        "provider-unasked",
        "This answer belongs to no question of your browser, or came too late. Please sign in once more.",
    )


def _unproven(reason: str) -> NotAllowedError:
    return NotAllowedError(
        "provider-unproven", "The provider’s answer does not prove who you are ({reason}).", reason=reason
    )
