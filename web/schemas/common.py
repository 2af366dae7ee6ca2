"""Shapes that every noun of the API shares."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from engine.texts import can_be_kept

MOST = 200
LARGEST = 2**31
"""No case has as many events."""


class Strict(Schema):
    """What comes in: a name that is not known is an error, never ignored."""

    class Meta:
        unknown = RAISE


class Text(fields.String):
    """A text that the databases keep."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if not can_be_kept(text):
            raise ValidationError("There are characters that cannot be kept.")
        return text


class Cursor(fields.Field[str]):
    """Where a page of a list ends, as an opaque text."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        try:
            return urlsafe_b64decode(str(value).encode()).decode()
        except ValueError as error:
            raise ValidationError("The cursor is not one that was given out.") from error


class UuidCursor(Cursor):
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return UUID(super()._deserialize(value, *args, **kwargs))
        except ValueError as error:
            raise ValidationError("The cursor is not one that was given out.") from error


class NumberCursor(Cursor):
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            number = int(super()._deserialize(value, *args, **kwargs))
        except ValueError as error:
            raise ValidationError("The cursor is not one that was given out.") from error
        if not 0 <= number < LARGEST:
            raise ValidationError("The cursor is not one that was given out.")
        return number


class PageQuery(Strict):
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))
    cursor = UuidCursor(load_default=None, metadata={"type": "string"})


class HistoryQuery(Strict):
    limit = fields.Integer(load_default=MOST, validate=validate.Range(1, MOST * 5))
    cursor = NumberCursor(load_default=None, metadata={"type": "string"})


def page(items: Sequence[Any], limit: int, key: str = "id") -> dict[str, Any]:
    """Return a page of a list, of which one item more than the limit was asked for."""
    more = len(items) > limit
    shown = list(items[:limit])
    return {"items": shown, "next_cursor": cursor(getattr(shown[-1], key)) if more else None}


def cursor(value: object) -> str:
    return urlsafe_b64encode(str(value).encode()).decode()


class FindingSchema(Schema):
    resource = fields.String()
    element_id = fields.String(allow_none=True)
    line = fields.Integer(allow_none=True)
    rule = fields.String()
    severity = fields.String(validate=validate.OneOf(["error", "warning"]))
    message = fields.String()


class ProblemSchema(Schema):
    """RFC 9457."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    findings = fields.List(fields.Nested(FindingSchema))
    errors = fields.Dict()
    fields_ = fields.Dict(data_key="fields")


def listing(item: type[Schema]) -> type[Schema]:
    """Return the schema of a page of items."""
    name = item.__name__.removesuffix("Schema")
    return type(
        f"{name}PageSchema",
        (Schema,),
        {
            "items": fields.List(fields.Nested(item)),
            "next_cursor": fields.String(allow_none=True),
        },
    )
