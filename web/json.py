"""JSON as the API speaks it: ISO 8601 for times, numbers for decimals."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flask.json.provider import DefaultJSONProvider


def plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():g}S"
    if isinstance(value, bytes):
        return value.hex()
    return DefaultJSONProvider.default(value)


class JsonProvider(DefaultJSONProvider):
    default = staticmethod(plain)
    sort_keys = False
    ensure_ascii = False
