"""
The OpenID provider, as far as we call it: where it is, with which keys it signs, what it gives for a code.

It is a stranger on a network: each answer has seconds to come and a size, no redirection is followed, and its word
on itself holds only where it calls itself what the settings call it. What it says is kept for an hour, and asked
again sooner when it signs with a key that is not known; that it did not answer is kept for some seconds, so that a
provider that is down holds up one request and not all.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any, cast
from urllib.parse import urlsplit

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.discovery import get_well_known_url
from flask import Flask, current_app
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, KeySet, OctKey, OKPKey, RSAKey
from requests import Response
from urllib3.exceptions import HTTPError

from engine.errors import NotFound, ProviderSilent, SignInRefused
from engine.settings import Settings, is_loopback

KEPT_FOR = 3600.0
SILENT_FOR = 10.0
"""So long nobody asks again a provider that did not answer."""
ASKED_AGAIN_AFTER = 30.0
"""So long nobody asks again for keys, however many tokens come that are signed with a strange one."""
LARGEST = 512 * 1024
CONNECT, READ, ALTOGETHER = 3.0, 5.0, 8.0
"""Seconds."""
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
BESIDES = ("userinfo_endpoint", "end_session_endpoint")
CALLBACK = "/sign-in/openid/callback"
NAME = "rutin.openid"

log = structlog.get_logger()


@dataclass(frozen=True)
class Word:
    """What a provider says of itself."""

    metadata: Mapping[str, Any]
    keys: KeySet
    at: float

    @property
    def authorization_endpoint(self) -> str:
        return str(self.metadata["authorization_endpoint"])

    @property
    def names_itself(self) -> bool:
        """Tell whether it says who it is when it sends people back (RFC 9207)."""
        return bool(self.metadata.get("authorization_response_iss_parameter_supported"))


class Provider:
    def __init__(self, settings: Settings, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.issuer = settings.openid_issuer
        self.client_id = settings.openid_client_id
        self.name = settings.openid_name
        self.algorithms = settings.openid_algorithms
        self.redirect_uri = settings.address + CALLBACK
        self.settings = settings
        self._clock = clock
        self._lock = Lock()
        self._word: Word | None = None
        self._silent_since: float | None = None

    def word(self) -> Word:
        """Raises `ProviderSilent`."""
        known = self._word
        if known and self._clock() - known.at < KEPT_FOR:
            return known
        return self._asked(known)

    def word_again(self, old: Word) -> Word:
        """Return what it says now, when it has signed with a key that is not in what it said before."""
        if self._clock() - old.at < ASKED_AGAIN_AFTER:
            return old
        return self._asked(old)

    def authorization_url(self, state: str, nonce: str, verifier: str, **more: Any) -> str:
        with closing(self._client()) as client:
            url, _ = client.create_authorization_url(
                self.word().authorization_endpoint,
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                **more,
            )
        return str(url)

    def logout_url(self) -> str | None:
        """Return where people end their session at the provider; None where it has no such place."""
        endpoint = self.word().metadata.get("end_session_endpoint")
        if not isinstance(endpoint, str):
            return None
        onward = self.settings.address + "/sign-in"
        return str(
            add_params_to_uri(
                endpoint, {"client_id": self.client_id, "post_logout_redirect_uri": onward}
            )
        )

    def redeem(self, code: str, verifier: str) -> Mapping[str, Any]:
        """
        Return the tokens that it gives for a code.

        Raises `SignInRefused` when it gives none, and `ProviderSilent`.
        """
        endpoint = str(self.word().metadata["token_endpoint"])
        with closing(self._client()) as client:
            try:
                answer = client.fetch_token(
                    endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    redirect_uri=self.redirect_uri,
                    allow_redirects=False,
                    stream=True,
                    timeout=(CONNECT, READ),
                    hooks={"response": _whole},
                )
            except AuthlibBaseError as error:
                log.warning("openid.refused", reason="token endpoint", error=str(error.error))
                raise SignInRefused from error
            except (requests.RequestException, HTTPError, ValueError) as error:
                raise _silence(endpoint, error) from error
        return cast("Mapping[str, Any]", answer)

    def userinfo(self, access_token: str) -> Mapping[str, Any]:
        """Return what it tells about a person besides; nothing where it tells nothing. Raises `ProviderSilent`."""
        endpoint = self.word().metadata.get("userinfo_endpoint")
        if not isinstance(endpoint, str):
            return {}
        return self._get(endpoint, {"Authorization": f"Bearer {access_token}"})

    def secret_key(self) -> OctKey:
        return OctKey.import_key(self.settings.openid_client_secret)

    def _asked(self, known: Word | None) -> Word:
        with self._lock:
            if self._word and self._word is not known:
                return self._word  # somebody else has asked meanwhile
            if self._silent_since is not None and self._clock() - self._silent_since < SILENT_FOR:
                raise ProviderSilent
            try:
                self._word = self._ask()
            except ProviderSilent:
                self._silent_since = self._clock()
                raise
            self._silent_since = None
            return self._word

    def _ask(self) -> Word:
        address = str(get_well_known_url(self.issuer, external=True))
        metadata = self._get(address)
        try:
            self._check(metadata)
            keys = _keys(self._get(str(metadata["jwks_uri"])))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _silence(address, error) from error
        return Word(metadata, keys, self._clock())

    def _check(self, metadata: Mapping[str, Any]) -> None:
        if metadata.get("issuer") != self.issuer:
            raise ValueError("it calls itself otherwise")
        methods = metadata.get("code_challenge_methods_supported")
        if methods is not None and "S256" not in methods:
            raise ValueError("it knows no PKCE with S256")
        for name in NEEDED:
            self._check_address(name, metadata[name])
        for name in BESIDES:
            if metadata.get(name) is not None:
                self._check_address(name, metadata[name])

    def _check_address(self, name: str, address: str) -> None:
        """Without HTTPS only where all of it is on this machine."""
        parts = urlsplit(address)
        here = is_loopback(urlsplit(self.issuer).hostname) and is_loopback(parts.hostname)
        if parts.scheme != "https" and not (here and parts.scheme == "http"):
            raise ValueError(f"{name} is not reached over HTTPS")

    def _get(self, address: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        with requests.Session() as session:
            try:
                answer = session.get(
                    address,
                    headers={"Accept": "application/json", **(headers or {})},
                    allow_redirects=False,
                    stream=True,
                    timeout=(CONNECT, READ),
                    hooks={"response": _whole},
                )
                told = answer.json() if answer.status_code == 200 else answer.status_code
            except (requests.RequestException, HTTPError, ValueError) as error:
                raise _silence(address, error) from error
        if not isinstance(told, dict):
            raise _silence(address, ValueError(f"no object but {told!r}"))
        return told

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self.client_id,
            self.settings.openid_client_secret or None,
            token_endpoint_auth_method=self._proof(),
            scope=" ".join(self.settings.openid_scopes),
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
        )

    def _proof(self) -> str:
        """Return how the secret is shown: in the header, where the provider takes it there."""
        if not self.settings.openid_client_secret:
            return "none"
        taken = self.word().metadata.get("token_endpoint_auth_methods_supported")
        if isinstance(taken, list) and "client_secret_basic" not in taken:
            return "client_secret_post"
        return "client_secret_basic"


def register(app: Flask, settings: Settings) -> None:
    app.extensions[NAME] = Provider(settings) if settings.openid_issuer else None


def known() -> Provider | None:
    """Return the provider that people sign in with, None where only passwords open a session."""
    return cast("Provider | None", current_app.extensions[NAME])


def provider() -> Provider:
    """Raises `NotFound` where there is none."""
    found = known()
    if found is None:
        raise NotFound
    return found


def _silence(address: str, error: Exception) -> ProviderSilent:
    log.error("openid.silent", address=address, reason=f"{type(error).__name__}: {error}"[:300])
    return ProviderSilent()


def _keys(told: Mapping[str, Any]) -> KeySet:
    """Return the public keys that sign; a secret among them would let everybody sign."""
    found: list[Key] = []
    for each in told["keys"]:
        try:
            key = JWKRegistry.import_key(each)
        except (JoseError, ValueError, KeyError, TypeError):
            continue  # of a kind that is not known here
        if isinstance(key, RSAKey | ECKey | OKPKey) and each.get("use", "sig") == "sig":
            found.append(key)
    return KeySet(found)


def _whole(response: Response, **_settings: Any) -> Response:
    """Return an answer that is read to its end, within a size and a time; a slow drip ends as well."""
    until = time.monotonic() + ALTOGETHER
    body = BytesIO()
    while part := response.raw.read1(65_536, decode_content=True):
        body.write(part)
        if body.tell() > LARGEST or time.monotonic() > until:
            response.close()
            raise requests.ConnectionError("too large or too slow")
    response.close()
    body.seek(0)
    whole = Response()
    whole.status_code, whole.headers, whole.raw = response.status_code, response.headers, body
    whole.url, whole.request, whole.encoding = response.url, response.request, response.encoding
    return whole
