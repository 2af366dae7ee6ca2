"""Saved views of the inbox as the API shows them and takes them."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from engine.inbox.asking import SORTS, Sort, Tab
from engine.inbox.views import LONGEST_NAME, Content
from web.schemas.common import Strict, Text
from web.schemas.inbox import TABS, FilterQuery


class FiltersField(fields.Dict):
    """Filters as the query of the inbox takes them; kept as they were given."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        given = super()._deserialize(value, *args, **kwargs)  # type: ignore[no-untyped-call]
        FilterQuery().load(given)
        return given


class ViewSchema(Schema):
    id = fields.UUID()
    name = fields.String(attribute="content.name")
    tab = fields.String(attribute="content.tab")
    sort = fields.String(attribute="content.sort")
    filters = fields.Dict(attribute="content.filters")
    for_everybody = fields.Boolean(attribute="content.for_everybody")
    group = fields.String(attribute="content.group", allow_none=True)
    is_mine = fields.Boolean()


class NewViewSchema(Strict):
    name = Text(required=True, validate=validate.Length(1, LONGEST_NAME))
    tab = Text(required=True, validate=TABS)
    sort = Text(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf([each.value for each in Sort]),
    )
    filters = FiltersField(load_default=dict)
    for_everybody = fields.Boolean(load_default=False)
    group = Text(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 200),
        metadata={"description": "A group or role, or a role for a unit (`mas@hemtjanst`)"},
    )

    @validates_schema
    def known_to_the_tab(self, data: dict[str, Any], **_: Any) -> None:
        if data["sort"] is not None and data["sort"] not in SORTS[Tab(data["tab"])]:
            known = ", ".join(SORTS[Tab(data["tab"])])
            raise ValidationError(f"This tab is sorted by {known}.", "sort")


def content(body: dict[str, Any]) -> Content:
    tab = Tab(body["tab"])
    sort = Sort(body["sort"]) if body["sort"] else SORTS[tab][0]
    return Content(body["name"], tab, sort, body["filters"], body["for_everybody"], body["group"])
