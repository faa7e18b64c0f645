"""Periods and their figures as JSON."""

from marshmallow import fields, validate

from registry.reports.months.standing import PeriodState
from registry.rest.fields import Money, Strict, choice, code, listed
from registry.supervision.periods.rules import PeriodKind
from registry.supervision.periods.tables import TABLES, TableName

_NAMES = "；".join(f"{form.name.value} {form.title}" for form in TABLES)


class ReportPeriodArguments(Strict):
    """Which periods of which unit."""

    region = code()
    kind = choice(PeriodKind)


class ReportFigureArguments(Strict):
    """Which figures of a period: of one table or of all."""

    table = fields.String(validate=validate.OneOf([one.value for one in TableName]), metadata={"description": _NAMES})


class ReportPeriodRow(Strict):
    """A period of a unit and how far it has come."""

    period = fields.String(required=True)
    region_code = fields.String(required=True)
    kind = choice(PeriodKind, needed=True)
    state = choice(PeriodState, needed=True)
    first_month = fields.String(required=True, metadata={"description": "从哪个月起有数字"})
    closes_on = fields.Date(required=True)
    digest = fields.String(required=True, metadata={"description": "封存的数字摘要；未封存时为空"})


class ReportFigureRow(Strict):
    """One figure: of the whole unit by kind (``row``), or of a unit below (``unit_code``)."""

    table = fields.String(required=True)
    block = fields.String(required=True)
    column = fields.String(required=True)
    label = fields.String(required=True)
    row = fields.String(required=True)
    row_label = fields.String(required=True)
    unit_code = fields.String(required=True)
    count = fields.Integer(allow_none=True)
    amount = Money(allow_none=True)


class ReportPeriodFigures(ReportPeriodRow):
    """The figures of a period; what is nought is left out."""

    figures = fields.List(fields.Nested(ReportFigureRow), required=True)


ReportPeriodPage = listed(ReportPeriodRow)
