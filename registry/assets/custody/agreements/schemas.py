"""Custody agreements as JSON, in and out."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.assets.custody.agreements.rules import (
    MOST_ASSETS,
    AgreementStatus,
    AnswerWay,
    Condition,
    Phase,
    Terms,
)
from registry.assets.custody.kinds import CustodianKind, PayPeriod, PaySource
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed, row_id, text, whole
from registry.text import N_, Labelled


class AgreementArguments(PageArguments):
    """Which agreements a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()
    status = choice(AgreementStatus)


class TermsEntry(Strict):
    """What is agreed, and with whom: somebody with an account, in a public post, or by name on paper."""

    kind = choice(CustodianKind, needed=True)
    user_id = row_id()
    post_id = row_id()
    custodian_name = text(80, load_default="")
    credit_code = text(18, load_default="")
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    frequency_months = whole(1, 120, needed=True)
    pay = Money(attribute="pay_fen", load_default=0)
    pay_period = choice(PayPeriod, load_default=PayPeriod.YEAR.value)
    pay_source = choice(PaySource, empty=True, load_default="")
    standards = text(8000, load_default="", metadata={"description": "空着就用各类资产的管护标准"})
    duties = text(1000, load_default="")
    liability = text(1000, load_default="")
    hand_over = text(1000, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Terms:
        kinds = {
            "kind": CustodianKind(data.pop("kind")),
            "pay_period": PayPeriod(data.pop("pay_period")),
            "pay_source": PaySource(data["pay_source"]) if data["pay_source"] else None,
            "custodian_name": data.pop("custodian_name").strip(),
            "credit_code": data.pop("credit_code").strip().upper(),
        }
        return Terms(**{**data, **kinds})


class OfferEntry(Strict):
    """The care of assets of one unit, offered to a custodian."""

    region_code = code(needed=True)
    assets = fields.List(text(30, least=1), required=True, validate=validate.Length(min=1, max=MOST_ASSETS))
    terms = fields.Nested(TermsEntry, required=True)


class PaperAnswer(Labelled):
    """What the custodian answered on paper."""

    ACCEPT = "accept", N_("已签字接受")
    DECLINE = "decline", N_("不接受")


class PaperArguments(Strict):
    """What the custodian answered on paper, and when."""

    answer = choice(PaperAnswer, needed=True)
    signed_on = fields.Date(required=True)
    reason = text(500, load_default="")


class SignedSheet(Strict):
    """The signed sheet."""

    file = Upload(required=True)


class ConditionEntry(Strict):
    """How one asset stands when it is handed back."""

    asset_no = text(30, needed=True, least=1)
    condition = choice(Condition, needed=True)


class HandBackEntry(Strict):
    """Why care ends, how every asset stands, who looks after them meanwhile."""

    reason = text(500, needed=True, least=1)
    conditions = fields.List(fields.Nested(ConditionEntry), required=True, validate=validate.Length(max=MOST_ASSETS))
    meanwhile = text(80, load_default="")
    meanwhile_user_id = row_id()


class AgreementRow(Strict):
    """An agreement: its terms, how far it has come, and the digest of what the custodian signs."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    status = choice(AgreementStatus, needed=True)
    phase = choice(Phase, needed=True)
    kind = choice(CustodianKind, needed=True)
    custodian_name = fields.String(required=True)
    user_id = fields.String(attribute="custodian_user_id", required=True, allow_none=True)
    party_id = fields.String(required=True, allow_none=True)
    post_id = fields.String(required=True, allow_none=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    frequency_months = fields.Integer(required=True)
    pay = Money(attribute="pay_fen", required=True)
    pay_period = choice(PayPeriod, needed=True)
    pay_source = choice(PaySource, empty=True, needed=True)
    standards = fields.String(required=True)
    duties = fields.String(required=True)
    liability = fields.String(required=True)
    hand_over = fields.String(required=True)
    content_digest = fields.String(required=True)
    offered_by = fields.String(attribute="offered_by_text", required=True)
    offered_at = fields.AwareDateTime(required=True)
    answer_way = choice(AnswerWay, empty=True, needed=True)
    answered_by = fields.String(attribute="answered_by_text", required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    taken_on = fields.Date(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    end_reason = fields.String(required=True)
    meanwhile = fields.String(required=True)


class ItemRow(Strict):
    """An asset under an agreement, until when, and how it was handed back."""

    asset_no = fields.String(required=True)
    name = fields.String(required=True)
    ended_on = fields.Date(required=True, allow_none=True)
    condition = choice(Condition, empty=True, needed=True)


AgreementPage, ItemPage = listed(AgreementRow), listed(ItemRow)
