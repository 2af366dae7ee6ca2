"""
Somebody who speaks to the API: a name, a token, and the door to which requests are carried.

Answers look the same whether the application stands in this process or behind a socket, so that a walk through
a routine is written once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlencode

from flask import Flask
from urllib3.filepost import encode_multipart_formdata

API = "/api/v1"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def json(self) -> Any:
        """As strict as other languages are: Python alone reads NaN and Infinity as numbers."""
        return json.loads(self.body, parse_constant=_refuse)

    @property
    def text(self) -> str:
        return self.body.decode()


class Door(Protocol):
    def send(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer: ...


class InProcess:
    """The application in this process."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def send(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        client = self._app.test_client(use_cookies=False)
        with client.open(address, method=method, headers=dict(headers), data=body) as response:
            return Answer(response.status_code, response.headers, response.data)


class Caller:
    def __init__(self, name: str, token: str | None, door: Door) -> None:
        self.name = name
        self.token = token
        self._door = door

    def get(self, path: str, *, headers: Mapping[str, str] | None = None, **query: Any) -> Answer:
        given = {name: value for name, value in query.items() if value is not None}
        return self.send("GET", f"{path}?{urlencode(given)}" if given else path, headers=headers)

    def post(self, path: str, **body: Any) -> Answer:
        return self.send("POST", path, **body)

    def patch(self, path: str, **body: Any) -> Answer:
        return self.send("PATCH", path, **body)

    def put(self, path: str, **body: Any) -> Answer:
        return self.send("PUT", path, **body)

    def delete(self, path: str, **body: Any) -> Answer:
        return self.send("DELETE", path, **body)

    def send(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        body: bytes | None = None,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Answer:
        """Send a request to a path below the API."""
        sent = dict(headers or {})
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        if json is not None:
            body, content_type = _written(json), content_type or "application/json"
        if content_type is not None:
            sent["Content-Type"] = content_type
        if key is not None:
            sent["Idempotency-Key"] = key
        return self._door.send(method, API + path, sent, body)

    # ------------------------------------------------------------ what tests do again and again

    def deploy(
        self,
        files: Mapping[str, bytes] | bytes,
        name: str = "Prov",
        options: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Answer:
        """Deploy files by their names, or one model as `p.bpmn`."""
        files = {"p.bpmn": files} if isinstance(files, bytes) else files
        parts: list[tuple[str, Any]] = [("name", name), *(options or {}).items()]
        parts += [("resources", (each, content)) for each, content in files.items()]
        body, content_type = encode_multipart_formdata(parts)
        return self.send("POST", "/deployments", body=body, content_type=content_type, **more)

    def start(self, definition: str = "p", **variables: Any) -> dict[str, Any]:
        answer = self.post(
            "/process-instances", json={"definition_key": definition, "variables": variables}
        )
        assert answer.status == 201, answer.text
        return answer.json

    def instance(self, instance: Mapping[str, Any]) -> dict[str, Any]:
        answer = self.get(f"/process-instances/{instance['id']}")
        assert answer.status == 200, answer.text
        return answer.json

    def tasks(self, instance: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Return the open tasks of an instance that the caller sees, by element."""
        answer = self.get("/user-tasks", instance_id=instance["id"], state="created")
        assert answer.status == 200, answer.text
        return {each["element_id"]: each for each in answer.json["items"]}

    def complete(self, task: Mapping[str, Any], **variables: Any) -> Answer:
        return self.post(f"/user-tasks/{task['id']}/completion", json={"variables": variables})

    def assign(self, task: Mapping[str, Any], user: str) -> Answer:
        return self.put(f"/user-tasks/{task['id']}/assignee", json={"user": user})

    def verification(self, instance: Mapping[str, Any]) -> Answer:
        return self.get(f"/process-instances/{instance['id']}/verification")


def _written(value: Any) -> bytes:
    """Write JSON as it is: also what no careful client would send."""
    return json.dumps(value).encode()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
