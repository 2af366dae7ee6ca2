"""
OpenID providers for tests: a real one, in a process of its own, and one of ours that lies as a test wants it to.

The real one is `oidc-provider` from npm (`tests/openid`, installed by `tools/openid.sh`); people sign in on its
pages as a browser would.
"""

import contextlib
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import Key, RSAKey
from lxml import html

from tests.servers import end, free_port

FOLDER = Path(__file__).parent / "openid"
SECRET = "the secret of the client, 32 characters"
CLIENT = "rutin"
SECONDS = 20
KEY = RSAKey.generate_key(2048, {"kid": "one"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "one"})


class RealProvider:
    """`oidc-provider`, and the browser of somebody who signs in there."""

    def __init__(self, folder: Path) -> None:
        self.issuer = f"http://127.0.0.1:{free_port()}"
        self.application = f"http://127.0.0.1:{free_port()}"
        self._claims = folder / "claims.json"
        self._log = folder / "provider.log"
        self.knows()
        settings = folder / "provider.json"
        settings.write_text(json.dumps(self._settings()))
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                [node(), str(FOLDER / "provider.mjs"), str(settings)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._await()

    def knows(self, **people: Mapping[str, Any]) -> None:
        """Say what it tells about people, by their subjects."""
        self._claims.write_text(json.dumps(people))

    def close(self) -> None:
        end(self._process)

    def _settings(self) -> dict[str, Any]:
        client = {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "redirect_uris": [f"{self.application}/sign-in/openid/callback"],
            "post_logout_redirect_uris": [f"{self.application}/sign-in"],
            "backchannel_logout_uri": f"{self.application}/sign-in/openid/backchannel-logout",
            "backchannel_logout_session_required": True,
        }
        return {"issuer": self.issuer, "clients": [client], "claims": str(self._claims)}

    def _await(self) -> None:
        patience = time.monotonic() + SECONDS
        while time.monotonic() < patience and self._process.poll() is None:
            with contextlib.suppress(requests.ConnectionError):
                requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=SECONDS)
                return
            time.sleep(0.05)
        raise RuntimeError(f"The provider did not come up:\n{self._log.read_text()}")


class Visitor:
    """A person's browser at the provider: it fills in what is asked and stops where it is sent away."""

    def __init__(self, provider: RealProvider, subject: str) -> None:
        self.subject = subject
        self.seen: list[str] = []
        """The headings of the pages it met."""
        self._provider = provider
        self._session = requests.Session()
        self._session.trust_env = False

    def close(self) -> None:
        self._session.close()

    def follow(self, address: str) -> str:
        """Go on from an address until it leads away from the provider; returns where to."""
        answer = self._get(address)
        for _ in range(20):
            if answer.is_redirect:
                onward = urljoin(answer.url, answer.headers["Location"])
                if not onward.startswith(self._provider.issuer):
                    return onward
                answer = self._get(onward)
            else:
                answer = self._fill(answer)
        raise RuntimeError(f"No way out of the provider: {self.seen}")

    def _get(self, address: str) -> requests.Response:
        return self._session.get(address, allow_redirects=False, timeout=SECONDS)

    def _fill(self, answer: requests.Response) -> requests.Response:
        document = html.document_fromstring(answer.text)
        self.seen.append(document.xpath("string(//h1)"))
        [form] = document.xpath("//form")
        fields = dict(form.form_values())
        asked = {each.get("name") for each in form.xpath(".//input")}
        if "login" in asked:
            fields |= {"login": self.subject, "password": "any"}
        if "xsrf" in asked:
            fields |= {"logout": "yes"}
        return self._session.post(
            urljoin(answer.url, form.get("action")),
            data=fields,
            allow_redirects=False,
            timeout=SECONDS,
        )


@dataclass
class Liar:
    """A provider of ours, whose every word a test can bend."""

    port: int
    key: Key = field(default_factory=lambda: KEY)
    published: list[Key] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    """What it says of itself besides, or otherwise."""
    token: Any = None
    """Returns what the token endpoint gives, when it is asked with a form."""
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    pause: float = 0
    status: int = 200

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def signed(self, claims: Mapping[str, Any], *, key: Key | None = None, **header: Any) -> str:
        """Sign claims; those that are None are left out."""
        given = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": "one", **header}
        return jwt.encode(header, given, key or self.key, algorithms=[header["alg"]])

    def claims(self, **other: Any) -> dict[str, Any]:
        """Return claims that hold; a nonce is the test's own."""
        at = int(time.time())
        return {
            "iss": self.issuer,
            "sub": "anna-1",
            "aud": CLIENT,
            "iat": at,
            "exp": at + 300,
            **other,
        }

    def answer(self, path: str, form: dict[str, str]) -> Any:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return {**self._metadata(), **self.metadata}
        if path.startswith("/jwks"):
            keys = self.published or [self.key]
            return {"keys": [each.as_dict(private=False) for each in keys]}
        if path == "/token":
            self.forms.append(form)
            return self.token(form)
        return self.userinfo

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }


@contextlib.contextmanager
def lying() -> Iterator[Liar]:
    liar = Liar(free_port())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict[str, str]) -> None:
            time.sleep(liar.pause)
            told = liar.answer(urlsplit(self.path).path, form)
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            with contextlib.suppress(ConnectionError):
                self.send_response(liar.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", liar.port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def node() -> str:
    """Return Node; where there is none, `tools/openid.sh` has told what to install, or brought one."""
    brought = FOLDER / "node_modules/.bin/node"
    return str(brought) if brought.exists() else (shutil.which("node") or "node")
