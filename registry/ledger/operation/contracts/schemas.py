"""Contracts and dues as JSON, in and out."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.assets.register.categories import OperatingMode
from registry.kinds import OwnerKind
from registry.ledger.operation.contracts.ending import EndFacts
from registry.ledger.operation.contracts.kinds import (
    AwardWay,
    ContractStatus,
    OfficerKind,
    Phase,
    ShareBasis,
    UseAfter,
)
from registry.ledger.operation.contracts.rules import MOST_ASSETS
from registry.ledger.operation.contracts.terms import Clauses, Officer, OperatorFacts, Rent, Terms
from registry.ledger.operation.kinds import DueKind, DueStatus, Frequency, RentKind
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, row_id, text, whole

_WHOLE_BP = 10_000


class ContractArguments(PageArguments):
    """Which contracts a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()
    status = choice(ContractStatus)
    mode = choice(OperatingMode)


class OfficerEntry(Strict):
    """Somebody behind the operator, or kin of one."""

    name = text(40, needed=True, least=1)
    kind = choice(OfficerKind, needed=True)
    post = text(60, load_default="")
    kin_of = text(80, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Officer:
        return Officer(data["name"], OfficerKind(data["kind"]), data["post"], data["kin_of"])


class OperatorEntry(Strict):
    """Who operates."""

    kind = choice(OwnerKind, needed=True)
    name = text(80, needed=True, least=1)
    credit_code = text(18, load_default="")
    is_member = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> OperatorFacts:
        return OperatorFacts(
            OwnerKind(data["kind"]), data["name"], data["credit_code"].strip().upper(), data["is_member"]
        )


class RentEntry(Strict):
    """What is paid and when; percentages in basis points (1250 is 12.5 %)."""

    kind = choice(RentKind, needed=True)
    yearly = Money(attribute="yearly_fen", load_default=0, validate=validate.Range(min=0))
    frequency = choice(Frequency, load_default=Frequency.YEARLY.value)
    in_advance = fields.Boolean(load_default=True)
    by_calendar = fields.Boolean(load_default=False)
    days_to_pay = whole(0, 365, load_default=0)
    prepaid_months = whole(0, 240, load_default=0)
    rise_bp = whole(0, _WHOLE_BP, load_default=0)
    rise_years = whole(1, 20, load_default=1)
    share_bp = whole(0, _WHOLE_BP, load_default=0)
    share_basis = choice(ShareBasis, empty=True, load_default="")
    deposit = Money(attribute="deposit_fen", load_default=0, validate=validate.Range(min=0))
    principal = Money(attribute="principal_fen", load_default=0, validate=validate.Range(min=0))
    principal_due_on = day(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Rent:
        basis = data.pop("share_basis")
        kinds: dict[str, Any] = {"kind": RentKind(data["kind"]), "frequency": Frequency(data["frequency"])}
        return Rent(**{**data, **kinds, "share_basis": ShareBasis(basis) if basis else None})


class ClausesEntry(Strict):
    """What the paper says in words."""

    plan = text(2000, load_default="")
    duties = text(2000, load_default="")
    risk_control = text(2000, load_default="")
    default_terms = text(2000, load_default="")
    exit_terms = text(2000, load_default="")
    late_terms = text(500, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Clauses:
        return Clauses(**data)


class ShareEntry(Strict):
    """An owner's share in basis points; together they are 10000."""

    party_id = row_id(needed=True)
    share_bp = whole(1, _WHOLE_BP, needed=True)


class ContractTermsEntry(Strict):
    """What a contract, or a plan of own running, says."""

    name = text(100, needed=True, least=1)
    mode = choice(OperatingMode, needed=True)
    starts_on = day(needed=True)
    ends_on = day(needed=True)
    rent = fields.Nested(RentEntry, load_default=lambda: Rent(RentKind.SHARE))
    award = choice(AwardWay, needed=True)
    operator = fields.Nested(OperatorEntry, load_default=None, allow_none=True)
    responsible = text(80, load_default="")
    paper_number = text(60, load_default="")
    is_written = fields.Boolean(load_default=True)
    award_note = text(500, load_default="")
    appraised = Money(attribute="appraised_fen", load_default=None, allow_none=True)
    floor_reason = text(500, load_default="")
    clauses = fields.Nested(ClausesEntry, load_default=Clauses)
    officers = fields.List(fields.Nested(OfficerEntry), load_default=list, validate=validate.Length(max=20))
    shares = fields.List(fields.Nested(ShareEntry), load_default=list, validate=validate.Length(max=300))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Terms:
        shares = tuple((one["party_id"], one["share_bp"]) for one in data.pop("shares"))
        kinds = {"mode": OperatingMode(data.pop("mode")), "award": AwardWay(data.pop("award"))}
        return Terms(**data | kinds | {"shares": shares, "officers": tuple(data["officers"])})


class ContractEntry(Strict):
    """A contract about assets; ``region_code`` is the unit that manages it where they are of several."""

    region_code = code(needed=True)
    assets = fields.List(text(30, least=1), required=True, validate=validate.Length(min=1, max=MOST_ASSETS))
    terms = fields.Nested(ContractTermsEntry, required=True)


class SignArguments(Strict):
    """When it was signed, and the number on the paper."""

    signed_on = day(needed=True)
    paper_number = text(60, load_default="")


class PaperFile(Strict):
    """A signed paper."""

    file = Upload(required=True, metadata={"description": "PDF 或照片"})


class EndArguments(Strict):
    """How a contract ends."""

    ended_on = day(needed=True)
    reason = text(500, needed=True, least=1)
    deposit_return = Money(attribute="deposit_return_fen", load_default=0)
    use_after = choice(UseAfter, needed=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> EndFacts:
        return EndFacts(**data | {"use_after": UseAfter(data["use_after"])})


class ContractRow(Strict):
    """A contract as it stands."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    paper_number = fields.String(required=True)
    name = fields.String(required=True)
    region_code = fields.String(required=True)
    mode = choice(OperatingMode, needed=True)
    status = choice(ContractStatus, needed=True)
    phase = choice(Phase, needed=True)
    operator_name = fields.String(required=True)
    is_member = fields.Boolean(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    rent_kind = choice(RentKind, needed=True)
    yearly = Money(attribute="yearly_fen", required=True)
    frequency = choice(Frequency, needed=True)
    share_bp = fields.Integer(required=True)
    deposit = Money(attribute="deposit_fen", required=True)
    principal = Money(attribute="principal_fen", required=True)
    award = choice(AwardWay, needed=True)
    is_legacy = fields.Boolean(required=True)
    agreed_on = fields.Date(required=True, allow_none=True)
    signed_on = fields.Date(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    end_reason = fields.String(required=True)


class ContractOwnerRow(Strict):
    """An owner's share of everything a contract pays."""

    party_id = fields.String(required=True)
    name = fields.String(required=True)
    share_bp = fields.Integer(required=True)


class ContractAssetRow(Strict):
    """An asset under a contract."""

    asset_no = fields.String(required=True)
    name = fields.String(required=True)
    ended_on = fields.Date(required=True, allow_none=True)


class ContractWhole(ContractRow):
    """A contract with its assets and owners."""

    assets = fields.List(fields.Nested(ContractAssetRow), required=True)
    owners = fields.List(fields.Nested(ContractOwnerRow), required=True)


class DueRow(Strict):
    """What is due for a period."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    contract_id = fields.String(required=True, allow_none=True)
    equity_id = fields.String(required=True, allow_none=True)
    region_code = fields.String(required=True)
    debtor_name = fields.String(required=True)
    kind = choice(DueKind, needed=True)
    status = choice(DueStatus, needed=True)
    period_from = fields.Date(required=True)
    period_to = fields.Date(required=True)
    due_on = fields.Date(required=True)
    amount = Money(attribute="amount_fen", required=True, allow_none=True)
    settled = Money(attribute="settled_fen", required=True)
    written_off = Money(attribute="written_off_fen", required=True)


ContractPage = listed(ContractRow)
DuePage = listed(DueRow)
