"""
The hash chain, format 1: each event seals the one before it.

    hash = SHA-256( 0x00 ‖ canonical JSON of chain, seq, at, actor, type, facts, commitments, previous, format )
    commitment of a field = SHA-256( 0x01 ‖ salt ‖ name ‖ 0x00 ‖ value as JSON )

Canonical JSON is RFC 8785 restricted to texts, integers, booleans, null, lists and objects. A chain belongs to
one instance and its head stands on the instance's row, under the lock that every step takes anyway: commits of
different instances never wait for each other. Every field of a payload has a salt of its own, so that one can be
disposed of, salt and all, while everything else still verifies.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from engine.audit.events import Event

FORMAT = 1
GENESIS = "0" * 64
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends now."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Rows:
    """What sealing adds to the record."""

    events: list[dict[str, Any]]
    payloads: list[dict[str, Any]]
    head: Head


def seal(chain: UUID, head: Head, events: Iterable[Event], *, actor: str, at: datetime) -> Rows:
    """Return the rows that continue a chain from its head, in the order of the events."""
    rows = Rows([], [], head)
    seq, previous, moment = head.seq, head.hash, written(at)
    for event in events:
        seq += 1
        payloads: list[dict[str, Any]] = [
            {
                "chain": chain,
                "seq": seq,
                "field": field,
                "salt": secrets.token_bytes(SALT_BYTES),
                "value": json_text(value),
            }
            for field, value in event.payload.items()
        ]
        row = {
            "chain": chain,
            "seq": seq,
            "at": moment,
            "actor": actor,
            "type": event.type.value,
            "facts": dict(event.facts),
            "commitments": {
                each["field"]: commitment(each["salt"], each["field"], each["value"])
                for each in payloads
            },
            "previous": previous,
        }
        previous = row["hash"] = fingerprint(row)
        rows.events.append(row)
        rows.payloads.extend(payloads)
    return Rows(rows.events, rows.payloads, Head(seq, previous))


def fingerprint(row: Mapping[str, Any]) -> str:
    """Hash the body of an event. Published: a literal value in the tests never changes."""
    body = {
        "actor": row["actor"],
        "at": row["at"],
        "chain": str(row["chain"]),
        "commitments": row["commitments"],
        "facts": row["facts"],
        "format": FORMAT,
        "previous": row["previous"],
        "seq": row["seq"],
        "type": row["type"],
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(b"\x00" + text.encode()).hexdigest()


def commitment(salt: bytes, field: str, value: str) -> str:
    return sha256(b"\x01" + salt + field.encode() + b"\x00" + value.encode()).hexdigest()


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def json_text(value: Any) -> str:
    """Write a variable's value as JSON; dates, decimals and durations become texts."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_as_text
    )


def _as_text(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal | timedelta | UUID):
        return str(value)
    raise TypeError(type(value).__name__)
