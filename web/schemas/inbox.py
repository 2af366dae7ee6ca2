"""The inbox as the API shows it and is asked for it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from engine.inbox.asking import SORTS, Asked, Comparison, Filters, Position, Sort, Tab, VariableIs
from web.schemas.common import LARGEST, MOST, Cursor, Strict, Text, cursor
from web.schemas.user_tasks import UserTaskSchema

TABS = validate.OneOf([each.value for each in Tab])
NOT_GIVEN_OUT = "The cursor is not one that was given out."
MOST_VARIABLES = 5
SHORT = validate.Length(1, 200)


class PositionCursor(Cursor):
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            tab, sort, key, identity = json.loads(super()._deserialize(value, *args, **kwargs))
            found = Position(Tab(tab), Sort(sort), _key(Sort(sort), key), UUID(identity))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise ValidationError(NOT_GIVEN_OUT) from error
        return found


def _key(sort: Sort, key: Any) -> datetime | int | None:
    if sort in {Sort.DUE, Sort.ENDED}:
        moment = datetime.fromisoformat(key)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    if sort is not Sort.PRIORITY:
        return None
    if not isinstance(key, int) or abs(key) > 2**62:
        raise ValueError
    return key


def cursor_of(position: Position | None) -> str | None:
    """Write a position as an opaque text."""
    if position is None:
        return None
    key = position.key.isoformat() if isinstance(position.key, datetime) else position.key
    return cursor(json.dumps([position.tab, position.sort, key, str(position.id)]))


class VariableField(Text):
    """`name=value`, `name>=value` or `name<=value`; a number or a day is compared as such."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, *args, **kwargs)
        for comparison in (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.EQUAL):
            name, found, wanted = text.partition(comparison)
            if found and name.strip():
                return VariableIs(name.strip(), comparison, _read(wanted.strip(), comparison))
        raise ValidationError("Say name=value, name>=value or name<=value.")


def _read(text: str, comparison: Comparison) -> str | Decimal | date:
    if comparison is Comparison.EQUAL:
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > Decimal(10) ** 30:
        raise ValidationError("Only a number or a day has something above and below it.")
    return number


class FilterQuery(Strict):
    process = Text(load_default=None, validate=SHORT)
    unit = Text(load_default=None, validate=SHORT)
    role = Text(load_default=None, validate=SHORT)
    due_before = fields.AwareDateTime(load_default=None, default_timezone=UTC)
    due_after = fields.AwareDateTime(load_default=None, default_timezone=UTC)
    overdue = fields.Boolean(load_default=False)
    without_due = fields.Boolean(load_default=False)
    priority = fields.Integer(
        load_default=None,
        validate=validate.Range(-LARGEST, LARGEST - 1),
        metadata={"description": "This, or a higher one"},
    )
    business_key = Text(load_default=None, validate=SHORT)
    business_key_prefix = Text(load_default=None, validate=SHORT)
    variable = fields.List(
        VariableField(),
        load_default=list,
        validate=validate.Length(0, MOST_VARIABLES),
        metadata={
            "description": "`name=value`, `name>=value` or `name<=value`; several may be given"
        },
    )


def filters(data: dict[str, Any]) -> Filters:
    given = {name: data[name] for name in FilterQuery._declared_fields if name != "variable"}  # noqa: SLF001
    return Filters(**given, variables=tuple(data["variable"]))


class TabQuery(FilterQuery):
    tab = Text(load_default=Tab.OPEN.value, validate=TABS)
    sort = Text(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf([each.value for each in Sort]),
        metadata={"description": "Else the first that the tab has"},
    )

    @validates_schema
    def known_to_the_tab(self, data: dict[str, Any], **_: Any) -> None:
        if data["sort"] is not None and data["sort"] not in SORTS[Tab(data["tab"])]:
            known = ", ".join(SORTS[Tab(data["tab"])])
            raise ValidationError(f"This tab is sorted by {known}.", "sort")

    @post_load
    def in_words(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        tab = Tab(data["tab"])
        sort = Sort(data["sort"]) if data["sort"] else SORTS[tab][0]
        return {**data, "tab": tab, "sort": sort, "filters": filters(data)}


class InboxQuery(TabQuery):
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))
    cursor = PositionCursor(load_default=None, metadata={"type": "string"})
    counts = fields.Boolean(
        load_default=False, metadata={"description": "Give the counts of all tabs, too"}
    )

    @validates_schema
    def of_this_list(self, data: dict[str, Any], **_: Any) -> None:
        after: Position | None = data["cursor"]
        sort = data["sort"] or SORTS[Tab(data["tab"])][0]
        if after is not None and (after.tab, after.sort) != (data["tab"], sort):
            raise ValidationError(NOT_GIVEN_OUT, "cursor")


def asked(query: dict[str, Any]) -> Asked:
    return Asked(query["tab"], query["sort"], query["filters"], query["cursor"], query["limit"])


class CaseLineSchema(Schema):
    id = fields.UUID()
    process_key = fields.String()
    process_name = fields.String()
    business_key = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    state = fields.String()
    started_at = fields.DateTime()


class WaitingSchema(Schema):
    name = fields.String()
    element_id = fields.String()
    assignee = fields.String(allow_none=True)
    candidate_groups = fields.List(fields.String())
    candidate_users = fields.List(fields.String())


class LineSchema(Schema):
    case = fields.Nested(CaseLineSchema)
    task = fields.Nested(UserTaskSchema, allow_none=True)
    is_overdue = fields.Boolean()
    on_behalf_of = fields.String(allow_none=True)
    waiting_for = fields.List(fields.Nested(WaitingSchema))
    more_waiting = fields.Integer()


class CountSchema(Schema):
    number = fields.Integer()
    is_more = fields.Boolean(metadata={"description": "There may be more than were counted"})


CountsSchema = Schema.from_dict(
    {each.value: fields.Nested(CountSchema) for each in Tab}, name="InboxCountsSchema"
)


class InboxSchema(Schema):
    items = fields.List(fields.Nested(LineSchema), attribute="lines")
    next_cursor = fields.String(allow_none=True)
    counts = fields.Nested(CountsSchema)
