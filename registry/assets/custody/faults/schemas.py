"""Faults and their repair as JSON."""

from typing import Any

from marshmallow import fields, post_load

from registry.assets.custody.faults.rules import FaultStatus, Payer, Repair, Severity, Stop
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed, text


class FaultArguments(PageArguments):
    """Which faults a list shows: of a unit and below, unsettled ones unless a status is named."""

    region = code()
    status = choice(FaultStatus)
    severity = choice(Severity)
    overdue = fields.Boolean(load_default=False)


class StartEntry(Strict):
    """Who repairs."""

    repairer = text(80, load_default="")


class RepairEntry(Strict):
    """What was done, when, for how much and at whose cost."""

    work = text(500, needed=True, least=1)
    repaired_on = fields.Date(required=True)
    repairer = text(80, load_default="")
    cost = Money(attribute="cost_fen", load_default=0)
    payer = choice(Payer, empty=True, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Repair:
        payer = data.pop("payer")
        return Repair(**data, payer=Payer(payer) if payer else None)


class StopEntry(Strict):
    """Why a repair is given up, what it has cost, at whose cost, and that nobody is owed for it."""

    reason = text(200, needed=True, least=1)
    cost = Money(attribute="cost_fen", load_default=0)
    payer = choice(Payer, empty=True, load_default="")
    is_settled = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Stop:
        payer = data.pop("payer")
        return Stop(**data, payer=Payer(payer) if payer else None)


class AcceptanceEntry(Strict):
    """What whoever accepts a repair, or sends it back, says to it."""

    opinion = text(500, load_default="")


class FaultRow(Strict):
    """Something wrong with an asset, from the day it was found until somebody else accepts the repair."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    asset_no = fields.String(required=True)
    region_code = fields.String(required=True)
    severity = choice(Severity, needed=True)
    status = choice(FaultStatus, needed=True)
    description = fields.String(required=True)
    found_on = fields.Date(required=True)
    found_by = fields.String(attribute="found_by_text", required=True)
    due_on = fields.Date(required=True)
    overdue_days = fields.Integer(required=True)
    repairer = fields.String(required=True)
    work = fields.String(required=True)
    repaired_on = fields.Date(required=True, allow_none=True)
    repaired_by = fields.String(attribute="repaired_by_text", required=True)
    reported_at = fields.AwareDateTime(required=True, allow_none=True)
    cost = Money(attribute="cost_fen", required=True)
    payer = choice(Payer, empty=True, needed=True)
    checked_by = fields.String(attribute="checked_by_text", required=True)
    checked_at = fields.AwareDateTime(required=True, allow_none=True)
    opinion = fields.String(required=True)
    ended_on = fields.Date(required=True, allow_none=True)
    end_reason = fields.String(required=True, allow_none=True)
    stopped_on = fields.Date(required=True, allow_none=True)
    stop_reason = fields.String(required=True, allow_none=True)


FaultPage = listed(FaultRow)
