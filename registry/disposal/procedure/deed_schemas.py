"""How a disposal is carried out, as JSON, in and out."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.disposal.procedure.execution import MAX_NAME, EquityTerms, Execution, Incoming
from registry.disposal.procedure.schemas import MOST_FILES
from registry.ledger.operation.equity.kinds import ReturnKind
from registry.rest.fields import JsonPart, Money, Strict, choice, day, text, whole

_MOST_QUANTITY = 10**15


class IncomingEntry(Strict):
    """What comes in for what is swapped."""

    name = text(MAX_NAME, needed=True, least=1)
    subtype = text(30, needed=True, least=1)
    quantity_milli = whole(1, _MOST_QUANTITY, load_default=None, allow_none=True)
    unit = text(10, load_default="")
    specification = text(200, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Incoming:
        return Incoming(**data)


class TermsEntry(Strict):
    """For how long and for what return things are put into a company."""

    starts_on = day(needed=True)
    ends_on = day(needed=True)
    returns = choice(ReturnKind, load_default=ReturnKind.FLOATING.value)
    yearly = Money(attribute="yearly_fen", load_default=0)
    principal_due_on = day(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> EquityTerms:
        return EquityTerms(**{**data, "returns": ReturnKind(data["returns"])})


class ExecutionEntry(Strict):
    """That a case is carried out; which of it must be said depends on its kind."""

    effective_on = day(load_default=None, allow_none=True)
    handed_over_on = day(load_default=None, allow_none=True)
    signed_by = text(80, load_default="")
    paper_no = text(80, load_default="")
    cost = Money(attribute="cost_fen", load_default=0)
    income = Money(attribute="income_fen", load_default=0)
    is_paid = fields.Boolean(load_default=False)
    paid_on = day(load_default=None, allow_none=True)
    receipt_no = text(80, load_default="")
    owes_as_member = fields.Boolean(load_default=False)
    note = text(500, load_default="")
    incoming = fields.Nested(IncomingEntry, load_default=None, allow_none=True)
    terms = fields.Nested(TermsEntry, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Execution:
        return Execution(**data)


class ExecutionParts(Strict):
    """That a case is carried out, and the signed hand-over sheet where there is one."""

    execution = JsonPart(ExecutionEntry, required=True)
    files = fields.List(Upload(), load_default=list, validate=validate.Length(max=MOST_FILES))


class ExecutionRow(Strict):
    """How a case was carried out."""

    id = fields.String(required=True)
    effective_on = fields.Date(required=True)
    handed_over_on = fields.Date(required=True, allow_none=True)
    recipient_name = fields.String(required=True)
    signed_by = fields.String(attribute="recipient_signed_by", required=True)
    price = Money(attribute="price_fen", required=True)
    cost = Money(attribute="cost_fen", required=True)
    is_paid = fields.Boolean(required=True)
    owes_as_member = fields.Boolean(required=True, allow_none=True)
    paper_no = fields.String(required=True)
    note = fields.String(required=True)
    prepared_by = fields.String(attribute="prepared_by_text", required=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)
