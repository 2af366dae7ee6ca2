"""
Signing in by OpenID Connect: the authorization code flow with PKCE, there and back.

1. The browser gets one secret, in a cookie of its own; `state`, `nonce` and the PKCE verifier are made from it,
   each in a way that tells nothing of the others. So nothing is kept here of those who never come back.
2. Whoever comes back with an answer must bring the cookie that the `state` was made from, in ten minutes, once.
3. The code is redeemed with the verifier; the ID token must carry the nonce. What is missing in it is asked for.
4. The account is found, connected or made (`engine.accounts.identities`), and a session opened.

Nothing of this holds a transaction while the provider is asked.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

import structlog
from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from engine.accounts import identities, repository, sessions
from engine.accounts.identities import Arrival
from engine.clock import now
from engine.errors import NotAllowed, SignInRefused
from engine.identity.actor import SYSTEM, Actor
from engine.installation import Installation
from engine.organisation import arrivals
from engine.texts import can_be_kept
from engine.uow import begin, look
from web.auth import id_tokens
from web.auth.id_tokens import Claims
from web.auth.provider import Provider

COOKIE = "rutin_openid"
SECONDS = 600
"""So long somebody may be away at the provider."""
LONGEST = 255
ANOTHER_BROWSER = (
    "This sign-in was begun in another browser, or too long ago. Sign in once more from here."
)
CANCELLED = "You were not signed in there. Try again."
SOMEBODY_ELSE = "Somebody else has signed in there. Sign in there as yourself."

log = structlog.get_logger()


class Purpose(StrEnum):
    ENTER = "enter"
    """To open a session."""
    CONNECT = "connect"
    """To sign in as that person from now on; from a session, after the password."""
    CONFIRM = "confirm"
    """To show in a session that its person is there, by signing in once more."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody on the way to the provider, as their browser remembers it."""

    secret: str
    purpose: Purpose
    onward: str
    began_at: datetime
    session: str = ""
    """The session that it was begun in; empty where there was none."""

    @property
    def state(self) -> str:
        return self._made("state")

    @property
    def nonce(self) -> str:
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        return self._made("verifier")

    def _made(self, name: str) -> str:
        made = hmac.digest(self.secret.encode(), name.encode(), sha256)
        return urlsafe_b64encode(made).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Leaving:
    url: str
    cookie: str


def leave(provider: Provider, purpose: Purpose, onward: str, actor: Actor) -> Leaving:
    """Return where to send a browser, and what it has to remember. Raises `ProviderSilent`."""
    session = str(actor.session) if actor.session else ""
    departure = Departure(secrets.token_urlsafe(32), purpose, onward, now(), session)
    more: dict[str, Any] = {}
    if purpose is Purpose.CONFIRM:
        more = {"max_age": 0, "prompt": "login"}
    url = provider.authorization_url(departure.state, departure.nonce, departure.verifier, **more)
    return Leaving(url, _cookies().dumps(_written(departure)))


def departure(cookie: str | None, state: str | None, actor: Actor) -> Departure:
    """
    Return what a browser remembers of leaving, if this is the answer to it.

    Raises `SignInRefused` for an answer that another browser, or another session, was waiting for.
    """
    try:
        found = _read(_cookies().loads(cookie or "", max_age=SECONDS))
    except (BadSignature, ValueError, KeyError, TypeError) as error:
        raise SignInRefused(ANOTHER_BROWSER) from error
    if not hmac.compare_digest(found.state.encode(), (state or "").encode()):
        raise SignInRefused(ANOTHER_BROWSER)
    if found.purpose is not Purpose.ENTER and found.session != str(actor.session):
        raise SignInRefused(ANOTHER_BROWSER)
    return found


def vouched(provider: Provider, gone: Departure, answer: Mapping[str, str]) -> Arrival:
    """
    Return whom the provider vouches for. Raises `SignInRefused` and `ProviderSilent`.

    Asks the provider: in no transaction.
    """
    _check_answer(provider, answer)
    tokens = provider.redeem(answer["code"], gone.verifier)
    claims = id_tokens.read_id_token(
        provider,
        tokens,
        nonce=gone.nonce,
        at=now(),
        fresh_since=gone.began_at if gone.purpose is Purpose.CONFIRM else None,
    )
    if gone.purpose is Purpose.ENTER:
        claims = _completed(provider, tokens, claims)
    return _arrival(provider, claims)


def enter(installation: Installation, arrival: Arrival, *, agent: str) -> str:
    """Open a session, and return the value of its cookie. Raises `SignInRefused`."""
    with begin(installation, SYSTEM) as unit:
        found = identities.arrive(unit, arrival)
        account_id, origin = found.account.id, found.origin
        unit.commit()
    if arrival.unit:
        with begin(installation, SYSTEM) as unit:
            arrivals.place(unit, account_id, arrival.unit)
            unit.commit()
    with look(installation, SYSTEM) as unit:
        actor = repository.actor(repository.get(unit.session, account_id))
    with begin(installation, actor) as unit:
        account = repository.get(unit.session, account_id)
        cookie = sessions.sign_in(unit, account, agent=agent, origin=origin)
        unit.commit()
    return cookie


def connect(installation: Installation, actor: Actor, arrival: Arrival) -> None:
    """Raises `Conflict`."""
    with begin(installation, actor) as unit:
        identities.connect(unit, arrival)
        unit.commit()


def remove(installation: Installation, actor: Actor, issuer: str) -> None:
    """Raises `Conflict` for whoever has no other way in."""
    if actor.id is None:
        raise NotAllowed
    with begin(installation, actor) as unit:
        identities.remove(unit, actor.id, issuer)
        unit.commit()


def confirm(installation: Installation, actor: Actor, arrival: Arrival) -> datetime:
    """Note in the actor's session that its person has signed in once more. Raises `SignInRefused`."""
    with begin(installation, actor) as unit:
        if not identities.confirms(unit, arrival):
            raise SignInRefused(SOMEBODY_ELSE)
        confirmed_at = sessions.confirm(unit)
        unit.commit()
    return confirmed_at


def sign_out(installation: Installation, provider: Provider, logout_token: str) -> list[UUID]:
    """
    End the sessions that a provider says are over, and return which.

    Raises `SignInRefused` for what the provider did not sign, and `Conflict` for what it said before.
    """
    logout = id_tokens.read_logout_token(provider, logout_token, at=now())
    with begin(installation, SYSTEM) as unit:
        identities.take_logout(unit, provider.issuer, logout.jti, until=logout.until)
        ended = sessions.end_of_provider(
            unit,
            provider.issuer,
            subject=logout.subject,
            provider_session=logout.provider_session,
        )
        found = [each.id for each in ended]
        unit.commit()
    log.info("openid.signed_out", sessions=len(found))
    return found


def own(installation: Installation, actor: Actor, provider: Provider | None) -> bool:
    """Tell whether the actor can sign in by the provider."""
    if provider is None:
        return False
    with look(installation, actor) as unit:
        return identities.own(unit, provider.issuer) is not None


def _check_answer(provider: Provider, answer: Mapping[str, str]) -> None:
    # An answer that says who gives it (RFC 9207) cannot be mixed up with another provider's.
    issuer = answer.get("iss")
    if issuer != provider.issuer and (issuer is not None or provider.word().names_itself):
        log.warning("openid.refused", reason="answer of another issuer")
        raise SignInRefused
    if "error" in answer or not answer.get("code"):
        log.info("openid.not_signed_in", error=ascii(answer.get("error"))[:80])
        raise SignInRefused(CANCELLED)


def _completed(provider: Provider, tokens: Mapping[str, Any], claims: Claims) -> Claims:
    """Return the claims with what the provider tells only when it is asked; what it has signed goes first."""
    settings = provider.settings
    wanted = {"name", "preferred_username"}
    if settings.openid_groups.decided:
        wanted.add(settings.openid_groups_claim)
    if settings.openid_unit_claim:
        wanted.add(settings.openid_unit_claim)
    access_token = tokens.get("access_token")
    if wanted.issubset(claims) or not isinstance(access_token, str):
        return claims
    told = provider.userinfo(access_token)
    if told and told.get("sub") != claims["sub"]:
        log.warning("openid.refused", reason="userinfo is about somebody else")
        raise SignInRefused
    return {**told, **claims}


def _arrival(provider: Provider, claims: Claims) -> Arrival:
    settings = provider.settings
    verified = claims.get("email_verified") is True
    unit = settings.openid_unit_claim
    return Arrival(
        issuer=provider.issuer,
        subject=claims["sub"],
        name=_text(claims, "preferred_username"),
        display_name=_text(claims, "name"),
        email=_text(claims, "email") if verified else None,
        groups=settings.openid_groups.of(claims.get(settings.openid_groups_claim)),
        unit=_text(claims, unit) if unit else None,
        provider_session=_text(claims, "sid"),
    )


def _text(claims: Claims, name: str) -> str | None:
    value = claims.get(name)
    if not isinstance(value, str) or not can_be_kept(value):
        return None
    return value.strip()[:LONGEST] or None


def _cookies() -> URLSafeTimedSerializer:
    """Sign what the browser remembers: it says from when on a sign-in is fresh, and where to go then."""
    return URLSafeTimedSerializer(cast("str", current_app.secret_key), salt="openid")


def _written(departure: Departure) -> list[str]:
    began_at = departure.began_at.isoformat()
    return [
        departure.secret,
        departure.purpose.value,
        departure.onward,
        began_at,
        departure.session,
    ]


def _read(kept: Any) -> Departure:
    secret, purpose, onward, began_at, session = kept
    return Departure(
        secret, Purpose(purpose), onward, datetime.fromisoformat(began_at).astimezone(UTC), session
    )
