"""Samples as JSON, in and out."""

from typing import Any

from marshmallow import fields, post_load

from registry.kinds import Category, Sector
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, text, whole
from registry.supervision.findings.rules import MAX_BASIS, MAX_PERSON, MAX_WORDS, Mender
from registry.supervision.sampling.rules import (
    MAX_NOTE,
    MAX_PURPOSE,
    MOST_SIZE,
    DrawMethod,
    ItemResult,
    Population,
    SamplePlan,
    SampleStatus,
)

_LAST_YEAR = 2999


class SampleEntry(Strict):
    """What is to be drawn; without a seed one is made up and stands in the answer."""

    region_code = code(needed=True)
    population = choice(Population, needed=True)
    method = choice(DrawMethod, needed=True)
    size = whole(1, MOST_SIZE, needed=True)
    purpose = text(MAX_PURPOSE, needed=True, least=1)
    category = choice(Category, empty=True, load_default="")
    year = whole(0, _LAST_YEAR, load_default=0)
    seed = text(64, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> SamplePlan:
        typed = {"population": Population(data["population"]), "method": DrawMethod(data["method"])}
        return SamplePlan(**{**data, **typed})


class SampleResultEntry(Strict):
    """What was found of an item; UNSOUND needs basis, demand and due_on and becomes a finding."""

    result = choice(ItemResult, needed=True)
    note = text(MAX_NOTE, load_default="")
    basis = text(MAX_BASIS, load_default="")
    demand = text(MAX_WORDS, load_default="")
    mender = choice(Mender, load_default=Mender.OWN.value)
    person = text(MAX_PERSON, load_default="")
    due_on = day(allow_none=True, load_default=None)


class SampleArguments(PageArguments):
    """Which samples a list shows."""

    region = code()


class SampleRow(Strict):
    """A sample: everything that is needed to draw it again."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    population = choice(Population, needed=True)
    category = choice(Category, empty=True, needed=True)
    year = fields.Integer(required=True)
    method = choice(DrawMethod, needed=True)
    size = fields.Integer(required=True)
    drawn = fields.Integer(required=True)
    purpose = fields.String(required=True)
    seed = fields.String(required=True)
    population_size = fields.Integer(required=True)
    population_value = Money(attribute="population_fen", required=True)
    population_digest = fields.String(required=True)
    rest_weight = fields.Integer(required=True)
    weights = fields.String(required=True)
    status = choice(SampleStatus, needed=True)
    drawn_by = fields.String(attribute="drawn_by_text", required=True)
    drawn_on = fields.Date(required=True)
    done_on = fields.Date(required=True, allow_none=True)


class SampleItemRow(Strict):
    """A thing that was drawn, and what was found of it; an empty result has not been checked."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    sample_id = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    draw_key = fields.String(required=True)
    unit_code = fields.String(required=True)
    sector = choice(Sector, empty=True, needed=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    value = Money(attribute="value_fen", required=True)
    weight = fields.Integer(required=True)
    is_sure = fields.Boolean(required=True)
    signs = fields.String(required=True)
    facts = fields.String(required=True)
    result = choice(ItemResult, empty=True, needed=True)
    note = fields.String(required=True)
    checked_by = fields.String(attribute="checked_by_text", required=True)
    checked_on = fields.Date(required=True, allow_none=True)
    finding_id = fields.String(required=True, allow_none=True)


SamplePage = listed(SampleRow)
SampleItemPage = listed(SampleItemRow)
