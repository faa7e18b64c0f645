"""Arrears as JSON."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.kinds import Sector
from registry.ledger.operation.arrears.rules import MOST_TOGETHER, Demand, DemandWay, GivingUp, WriteOffStatus
from registry.ledger.operation.dues.rules import ArrearsClass, DueState
from registry.ledger.operation.kinds import DueKind
from registry.ledger.operation.receipts.schemas import whole_month
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, row_id, text


class ArrearsArguments(PageArguments):
    """Which overdue dues a list shows, the longest overdue first."""

    region = code()
    late_class = choice(ArrearsClass)


class DuesArguments(PageArguments):
    """Which dues a list shows: of a unit and below, due in these months, those of this year if none is named."""

    region = code()
    from_month = whole_month("到期年月，从，如 202601")
    until_month = whole_month("到期年月，到，如 202612")
    state = choice(DueState)
    sector = choice(Sector)


class ArrearsRow(Strict):
    """An overdue due."""

    id = fields.String(required=True)
    region_code = fields.String(required=True)
    contract_id = fields.Integer(required=True, allow_none=True)
    equity_id = fields.Integer(required=True, allow_none=True)
    debtor = fields.String(attribute="debtor_name", required=True)
    kind = choice(DueKind, needed=True)
    due_on = fields.Date(required=True)
    amount = Money(attribute="amount_fen", required=True)
    open = Money(attribute="open_fen", required=True)
    entered = Money(
        attribute="entered_fen", required=True, metadata={"description": "已登记、待审核的收款里抵这一笔的"}
    )
    write_off_waits = fields.Boolean(required=True, metadata={"description": "有核销申请在办"})
    days_late = fields.Integer(required=True)
    late_class = choice(ArrearsClass, needed=True)


class DemandEntry(Strict):
    """How an overdue due was demanded, and until when it is to be paid."""

    way = choice(DemandWay, needed=True)
    sent_on = day(needed=True)
    pay_by = day(needed=True)
    note = text(500, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Demand:
        return Demand(**{**data, "way": DemandWay(data["way"])})


class DemandOfSeveral(DemandEntry):
    """One letter over several overdue dues of a debtor, under one contract or equity."""

    due_ids = fields.List(
        row_id(needed=True), required=True, validate=validate.Length(1, MOST_TOGETHER),
        metadata={"description": "同一个欠款人在同一份合同或股权下的逾期应收"},
    )  # fmt: skip

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Demand:
        return Demand(**{**data, "way": DemandWay(data["way"]), "due_ids": tuple(data["due_ids"])})


class DemandRow(Strict):
    """A demand as it was sent."""

    id = fields.String(required=True)
    due_id = fields.Integer(required=True)
    way = choice(DemandWay, needed=True)
    sent_on = fields.Date(required=True)
    pay_by = fields.Date(required=True)
    owed = Money(attribute="owed_fen", required=True)
    note = fields.String(required=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)


class GivingUpEntry(Strict):
    """How much is to be given up, and why."""

    amount = Money(attribute="amount_fen", required=True)
    grounds = text(1000, needed=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> GivingUp:
        return GivingUp(**data)


class WriteOffRow(Strict):
    """A case in which a debt is given up."""

    id = fields.String(required=True)
    due_id = fields.Integer(required=True)
    status = choice(WriteOffStatus, needed=True)
    amount = Money(attribute="amount_fen", required=True)
    grounds = fields.String(required=True)
    proposed_by = fields.String(attribute="proposed_by_text", required=True)
    proposed_at = fields.AwareDateTime(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.String(required=True)


ArrearsPage = listed(ArrearsRow)
DemandPage = listed(DemandRow)
