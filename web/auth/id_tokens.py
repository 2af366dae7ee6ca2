"""
Reading what the provider has signed: ID tokens (OpenID Connect Core 1.0, 3.1.3.7) and logout tokens.

The algorithm is taken from the settings and never from the token alone: public keys check only signatures made
with private ones, the client's secret only those that were made with it and that the settings allow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import structlog
from authlib.oauth2.claims import JWTClaims
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, OctKey
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token

from engine.errors import SignInRefused
from engine.settings import SYMMETRIC
from engine.texts import can_be_kept
from web.auth.provider import Provider

LEEWAY = 30
"""Seconds by which the provider's clock and ours may differ."""
OLDEST_LOGOUT = timedelta(minutes=5)
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LONGEST = 16_384
LONGEST_SUBJECT = 255

Claims = Mapping[str, Any]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Logout:
    """What a provider asks for: an end to one session of a person there, or to all."""

    subject: str | None
    provider_session: str | None
    jti: str
    until: datetime
    """When the token could not be taken any more."""


def read_id_token(
    provider: Provider,
    tokens: Mapping[str, Any],
    *,
    nonce: str,
    at: datetime,
    fresh_since: datetime | None = None,
) -> Claims:
    """
    Return what the provider vouches for; `fresh_since` asks that the person has signed in there after that time.

    Raises `SignInRefused`, and tells the operator why.
    """
    try:
        token = _signed(provider, tokens.get("id_token"), ("jwt",))
        claims = CodeIDToken(
            token.claims,
            token.header,
            _expected(provider),
            {
                "nonce": nonce,
                "client_id": provider.client_id,
                "access_token": tokens.get("access_token"),
            },
        )
        claims.validate(int(at.timestamp()), LEEWAY)
        _check_subject(claims)
        _check_time(claims, at)
        if fresh_since:
            _check_fresh(claims, fresh_since)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise _refused("ID token", error) from error
    return cast("Claims", claims)


def read_logout_token(provider: Provider, text: str, *, at: datetime) -> Logout:
    """Raises `SignInRefused` (OpenID Connect Back-Channel Logout 1.0, 2.6)."""
    try:
        token = _signed(provider, text, ("jwt", "logout+jwt"))
        claims = JWTClaims(token.claims, token.header, _expected(provider))
        claims.validate(int(at.timestamp()), LEEWAY)
        issued = _check_time(claims, at)
        _check_logout(claims, at - issued)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise _refused("logout token", error) from error
    return Logout(
        claims.get("sub"),
        claims.get("sid"),
        claims["jti"],
        issued + OLDEST_LOGOUT + timedelta(seconds=2 * LEEWAY),
    )


def _signed(provider: Provider, text: object, types: tuple[str, ...]) -> Token:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise ValueError("no token")
    header = jws.extract_compact(text.encode()).headers()
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in provider.algorithms:
        raise ValueError("alg")
    if str(header.get("typ", "JWT")).lower() not in types:
        raise ValueError("typ")
    registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    if algorithm in SYMMETRIC:
        return jwt.decode(text, provider.secret_key(), registry=registry)
    word = provider.word()
    try:
        return _checked(text, word.keys, header, registry)
    except InvalidKeyIdError:  # it has taken another key since
        return _checked(text, provider.word_again(word).keys, header, registry)


def _checked(text: str, keys: KeySet, header: Mapping[str, Any], registry: JWSRegistry) -> Token:
    """Check a signature by the key that the token names; one that names none fits only where there is one key."""
    key = keys.get_by_kid(header.get("kid"))
    if isinstance(key, OctKey):
        raise TypeError("kty")
    return jwt.decode(text, key, registry=registry)


def _expected(provider: Provider) -> dict[str, Any]:
    return {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "exp": {"essential": True},
        "iat": {"essential": True},
    }


def _check_subject(claims: Claims) -> None:
    subject = claims["sub"]
    if not 0 < len(subject) <= LONGEST_SUBJECT or not can_be_kept(subject):
        raise ValueError("sub")


def _check_time(claims: Claims, at: datetime) -> datetime:
    issued = datetime.fromtimestamp(claims["iat"], UTC)
    if issued > at + timedelta(seconds=LEEWAY):
        raise ValueError("iat")
    return issued


def _check_fresh(claims: Claims, since: datetime) -> None:
    """The provider says when the person proved itself there; that it should ask again was only a wish."""
    signed_in = claims.get("auth_time")
    if isinstance(signed_in, bool) or not isinstance(signed_in, int | float):
        raise TypeError("auth_time")
    if signed_in < since.timestamp() - LEEWAY:
        raise ValueError("auth_time")


def _check_logout(claims: Claims, age: timedelta) -> None:
    if age > OLDEST_LOGOUT:
        raise ValueError("iat")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict):
        raise ValueError("events")  # noqa: TRY004
    if "nonce" in claims:
        raise ValueError("nonce")
    told = [claims[name] for name in ("sub", "sid") if claims.get(name) is not None]
    if not told or not all(_is_text(each) for each in [*told, claims.get("jti")]):
        raise ValueError("sub, sid or jti")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_SUBJECT and can_be_kept(value)


def _refused(what: str, error: Exception) -> SignInRefused:
    log.warning("openid.refused", token=what, reason=f"{type(error).__name__}: {error}"[:300])
    return SignInRefused()
