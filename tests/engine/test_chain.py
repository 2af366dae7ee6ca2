"""The sealed format is published: these values never change."""

import secrets
from datetime import UTC, datetime
from uuid import UUID

from engine.audit import chain
from engine.audit.chain import Head
from engine.audit.events import Event, EventType

AT = datetime(2026, 5, 1, 7, 30, tzinfo=UTC)
CHAIN = UUID("01990000-0000-7000-8000-000000000001")


def test_the_fingerprint_is_a_published_format():
    row = {
        "chain": CHAIN,
        "seq": 2,
        "at": "2026-05-01T07:30:00.000000Z",
        "actor": "person:01990000-0000-7000-8000-000000000002",
        "type": "user_task.completed",
        "facts": {"task": "t", "token": 3, "element": "Granska"},
        "commitments": {
            "variables.verdict": chain.commitment(b"\x01" * 16, "variables.verdict", '"gödkänt"')
        },
        "previous": chain.GENESIS,
    }

    assert row["commitments"] == {"variables.verdict": COMMITMENT}
    assert chain.fingerprint(row) == FINGERPRINT


COMMITMENT = "2e751bc357172f4156d49a92a0af71dc713ba8974a6d01d8fea52f99ab095c26"
FINGERPRINT = "24d30e812b2f9830c5ee728868fccf1a8bc86b2f8b6812a5dbf8c56bc0163d8c"


def test_each_event_seals_the_one_before_it(monkeypatch):
    monkeypatch.setattr(secrets, "token_bytes", lambda size: b"\0" * size)
    events = [
        Event(EventType.INSTANCE_STARTED, {"key": "p"}, {"variables.n": 1}),
        Event(EventType.INSTANCE_COMPLETED),
    ]

    rows = chain.seal(CHAIN, Head(), events, actor="system", at=AT)

    assert [each["seq"] for each in rows.events] == [1, 2]
    assert rows.events[0]["previous"] == chain.GENESIS
    assert rows.events[1]["previous"] == rows.events[0]["hash"]
    assert rows.head == Head(2, rows.events[1]["hash"])
    assert [(each["field"], each["value"]) for each in rows.payloads] == [("variables.n", "1")]


def test_every_field_has_a_salt_of_its_own():
    event = Event(EventType.INSTANCE_STARTED, {}, {"a": "x", "b": "x"})

    first = chain.seal(CHAIN, Head(), [event], actor="system", at=AT)
    second = chain.seal(CHAIN, Head(), [event], actor="system", at=AT)

    salts = {each["salt"] for each in (*first.payloads, *second.payloads)}
    assert len(salts) == 4
    assert first.events[0]["commitments"]["a"] != first.events[0]["commitments"]["b"]
