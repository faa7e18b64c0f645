"""Equity as JSON."""

from marshmallow import fields

from registry.ledger.operation.equity.kinds import ContributionKind, EquityStatus, ReturnKind
from registry.ledger.operation.kinds import Frequency
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed


class EquityArguments(PageArguments):
    """Which equity a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()
    status = choice(EquityStatus)


class EquityRow(Strict):
    """What a collective holds in a company or cooperative."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    status = choice(EquityStatus, needed=True)
    holder = fields.String(required=True)
    investee = fields.String(required=True)
    contribution = choice(ContributionKind, needed=True)
    capital = Money(attribute="capital_fen", required=True)
    returned = Money(attribute="returned_fen", required=True)
    share_bp = fields.Integer(required=True)
    return_kind = choice(ReturnKind, needed=True)
    yearly = Money(attribute="yearly_fen", required=True)
    frequency = choice(Frequency, needed=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    principal_due_on = fields.Date(required=True, allow_none=True)
    planned_from = fields.Date(required=True, allow_none=True)
    arrears = Money(attribute="arrears_fen", required=True)
    units = fields.Integer(required=True)
    exited_on = fields.Date(required=True, allow_none=True)


class RightRow(Strict):
    """Who has a right to how much of the income, from when to when."""

    id = fields.String(required=True)
    party_id = fields.String(required=True)
    units = fields.Integer(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)


EquityPage = listed(EquityRow)
RightPage = listed(RightRow)
