"""Payout as JSON: orders, their lines with names masked, results, receipts."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.ledger.distribution.payout.rules import (
    CheckFacts,
    LineStatus,
    Method,
    OrderStatus,
    Received,
    ResultFacts,
    ResultKind,
)
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, row_id, text, whole

_MOST_LINES = 20_000


class OrderArguments(PageArguments):
    """Which orders a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()
    status = choice(OrderStatus)


class OrderEntry(Strict):
    """Which uses of which instalment are paid, and how."""

    instalment = whole(1, 12, needed=True)
    use_ids = fields.List(
        row_id(needed=True),
        required=True,
        validate=validate.Length(1, 30),
    )
    method = choice(Method, needed=True)


class ResultEntry(Strict):
    """What became of one line."""

    serial = whole(1, _MOST_LINES, needed=True)
    result = choice(ResultKind, needed=True)
    reference = text(60, load_default="")
    reason = text(200, load_default="")
    amount = Money(load_default=None, allow_none=True)


class ResultsEntry(Strict):
    """What the bank or the cashier says: all of it is taken, or none."""

    happened_on = day(needed=True)
    source = text(200, needed=True, least=1)
    results = fields.List(fields.Nested(ResultEntry), required=True, validate=validate.Length(1, _MOST_LINES))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        facts = [
            ResultFacts(one["serial"], ResultKind(one["result"]), one["reference"], one["reason"], one["amount"])
            for one in data["results"]
        ]
        return {**data, "results": facts}


class HouseholdAnswerEntry(Strict):
    """What a household said when it was asked."""

    serial = whole(1, _MOST_LINES, needed=True)
    answer = choice(Received, needed=True)
    said = Money(required=True)
    checked_on = day(needed=True)
    note = text(200, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[int, CheckFacts]:
        facts = CheckFacts(Received(data["answer"]), data["said"], data["checked_on"], data["note"])
        return data["serial"], facts


class OrderRow(Strict):
    """An order: an instalment of some uses of a plan, under three persons."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    plan_id = fields.String(required=True)
    instalment = fields.Integer(required=True)
    method = choice(Method, needed=True)
    status = choice(OrderStatus, needed=True)
    total = Money(attribute="total_fen", required=True)
    withheld = Money(attribute="withheld_fen", required=True)
    prepared_by = fields.String(attribute="prepared_by_text", required=True)
    prepared_at = fields.AwareDateTime(required=True)
    released_by = fields.String(attribute="released_by_text", required=True)
    released_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.String(required=True)
    done_on = fields.Date(required=True, allow_none=True)


class OrderLineRow(Strict):
    """One line of an order; the payee named as notices name people."""

    id = fields.String(required=True)
    serial = fields.Integer(required=True)
    plan_line_id = fields.String(required=True)
    payee_name = fields.String(required=True, metadata={"description": "遮盖后的收款人"})
    use = fields.String(required=True)
    amount = Money(attribute="amount_fen", required=True)
    withheld = Money(attribute="withheld_fen", required=True)
    status = choice(LineStatus, needed=True)
    attempts = fields.Integer(required=True)
    account_change_waits = fields.Boolean(
        required=True, metadata={"description": "收款户换账号待第二人确认，仍发原账号"}
    )


class HouseholdAnswerRow(Strict):
    """What a household said."""

    id = fields.String(required=True)
    line_id = fields.String(required=True)
    answer = choice(Received, needed=True)
    said = Money(attribute="said_fen", required=True)
    checked_on = fields.Date(required=True)
    by = fields.String(attribute="by_text", required=True)


OrderPage, OrderLinePage = listed(OrderRow), listed(OrderLineRow)
