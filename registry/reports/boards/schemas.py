"""A board as JSON."""

from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields, validate

from registry.kinds import Sector
from registry.reports.boards.figures import Board, UnitLine
from registry.reports.boards.rules import Alarm
from registry.rest.fields import LAST_YEAR, Money, Strict, choice

_FIRST_YEAR = 1949


class BoardArguments(Strict):
    """Which sector and which year; everything and this year unless they are named."""

    sector = choice(Sector, empty=True, load_default="")
    # Not strict: a query knows text only.
    year = fields.Integer(validate=validate.Range(_FIRST_YEAR, LAST_YEAR))


#: How much is wrong of each kind.
BoardAlarms = Schema.from_dict(
    {
        alarm.value.lower(): fields.Integer(required=True, metadata={"description": alarm.label}) for alarm in Alarm
    },
    name="BoardAlarms",
)  # fmt: skip


class BoardUnit(Strict):
    """A unit right below, what the unit has itself (``is_own``), or all of it."""

    region_code = fields.String(required=True)
    name = fields.String(required=True)
    is_own = fields.Boolean(required=True)
    alarms = fields.Nested(BoardAlarms, required=True)
    assets = fields.Integer(required=True)
    original_value = Money(attribute="original_fen", required=True)
    confirmed = fields.Integer(required=True)
    handed_over = fields.Integer(required=True)
    idle = fields.Integer(required=True)
    stopped = fields.Integer(required=True)
    income = Money(attribute="income_fen", required=True)
    income_before = Money(attribute="before_fen", required=True)
    fallen_due = Money(attribute="due_fen", required=True)
    received = Money(attribute="met_fen", required=True)
    overdue = Money(attribute="overdue_fen", required=True)
    plans = fields.Integer(required=True)
    planned = Money(attribute="planned_fen", required=True)
    handed_out = Money(attribute="handed_fen", required=True)
    households = fields.Integer(required=True, allow_none=True)


class BoardAmount(Strict):
    """A count with its value, of one value of each of two keys."""

    kind = fields.String(required=True)
    of = fields.String(required=True)
    count = fields.Integer(required=True)
    value = Money(attribute="fen", required=True)


class BoardMonth(Strict):
    """One month (202611) beside the same one of the year before, and what fell due in it."""

    month = fields.Integer(required=True)
    income = Money(attribute="income_fen", required=True)
    income_before = Money(attribute="before_fen", required=True)
    fallen_due = Money(attribute="due_fen", required=True)
    received = Money(attribute="met_fen", required=True)


class BoardKind(Strict):
    """Income of one kind beside the same months of the year before."""

    kind = fields.String(required=True)
    income = Money(attribute="income_fen", required=True)
    income_before = Money(attribute="before_fen", required=True)


class BoardUse(Strict):
    """What the plans of the year spend on one use."""

    use = fields.String(required=True)
    plans = fields.Integer(required=True)
    planned = Money(attribute="planned_fen", required=True)


class BoardDistribution(Strict):
    """The plans of the year; nothing where a sector is looked at."""

    plans = fields.Integer(required=True)
    planned = Money(attribute="planned_fen", required=True)
    fund = Money(attribute="fund_fen", required=True)
    handed_out = Money(attribute="handed_fen", required=True)
    paid = Money(attribute="paid_fen", required=True)
    households = fields.Integer(required=True, allow_none=True)


class BoardFinding(Strict):
    """How many findings of the year from one source stand in one state."""

    source = fields.String(required=True)
    status = fields.String(required=True)
    count = fields.Integer(required=True)


class BoardBody(Strict):
    """The board of a unit."""

    region_code = fields.String(required=True)
    region_name = fields.String(required=True)
    year = fields.Integer(required=True)
    sector = fields.String(required=True)
    on = fields.String(required=True)
    due_until = fields.String(required=True)
    total = fields.Nested(BoardUnit, required=True)
    units = fields.List(fields.Nested(BoardUnit), required=True)
    stock = fields.List(fields.Nested(BoardAmount), required=True)
    months = fields.List(fields.Nested(BoardMonth), required=True)
    kinds = fields.List(fields.Nested(BoardKind), required=True)
    distribution = fields.Nested(BoardDistribution, required=True)
    uses = fields.List(fields.Nested(BoardUse), required=True)
    disposals = fields.List(fields.Nested(BoardAmount), required=True)
    findings = fields.List(fields.Nested(BoardFinding), required=True)


def _unit(line: UnitLine) -> dict[str, Any]:
    alarms = {alarm.value.lower(): number for alarm, number in zip(Alarm, line.alarms, strict=True)}
    return {**asdict(line), "alarms": alarms}


def said(board: Board, states: tuple[str, ...]) -> dict[str, Any]:
    """Write a board as the API says it; ``states`` are those of its findings."""
    plain: dict[str, Any] = {name: getattr(board, name) for name in BoardBody().fields if hasattr(board, name)}
    plain["total"], plain["units"] = _unit(board.total), [*map(_unit, board.units)]
    plain["stock"] = [
        {"kind": line.category, "of": owner, "count": one.count, "fen": one.fen}
        for line in board.stock
        for owner, one in zip(board.owner_kinds, line.owners, strict=True)
    ]
    plain["disposals"] = [
        {"kind": line.kind, "of": state, "count": one.count, "fen": one.fen}
        for line in board.cases
        for state, one in zip(board.case_states, line.states, strict=True)
    ]
    plain["findings"] = [
        {"source": line.source, "status": status, "count": count}
        for line in board.findings
        for status, count in zip(states, line.states, strict=True)
    ]
    body: dict[str, Any] = BoardBody().dump(plain)
    return body
