"""Accruals as JSON."""

from marshmallow import fields, validate

from registry.rest.fields import Money, Strict, listed, row_id

MOST_ACCRUALS = 2000


class OfferRow(Strict):
    """A part of a due that a month has earned; ``suggested`` is earned, not accrued before and not received."""

    due_share_id = fields.String(required=True)
    due_id = fields.String(required=True)
    contract_id = fields.String(required=True, allow_none=True)
    asset_no = fields.String(required=True, allow_none=True)
    debtor = fields.String(required=True)
    period_from = fields.Date(required=True)
    period_to = fields.Date(required=True)
    amount = Money(required=True)
    open = Money(required=True)
    accrued = Money(required=True)
    earned = Money(required=True)
    suggested = Money(required=True)


class AccrualEntry(Strict):
    """How much is accrued of one part of a due; nothing for those that are not named."""

    due_share_id = row_id(needed=True)
    amount = Money(required=True)


class ClosingEntry(Strict):
    """What is accrued when a month is closed: what the dues say if nothing is sent, nothing if the list is empty."""

    accruals = fields.List(
        fields.Nested(AccrualEntry), load_default=None, validate=validate.Length(max=MOST_ACCRUALS)
    )  # fmt: skip


OfferPage = listed(OfferRow)
