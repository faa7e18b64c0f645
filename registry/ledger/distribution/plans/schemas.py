"""Plans as JSON: what is typed goes in as one dataclass, amounts come out as text, households by their heads masked."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.ledger.distribution.plans.pool import OfficialYear, ScopeKind
from registry.ledger.distribution.plans.rules import PlanFacts, PlanStatus
from registry.ledger.distribution.plans.services import OfficialFacts
from registry.ledger.distribution.plans.shares import Basis, Entitlement
from registry.ledger.distribution.plans.uses import Terms, UseKind
from registry.ledger.distribution.plans.weighing import Factor
from registry.ledger.distribution.plans.writing import UseFacts
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed, row_id, text, whole

MONTH = validate.Regexp(r"^[0-9]{4}-(0[1-9]|1[0-2])$")
_WHOLE_BP, _LEAST_YEAR, _LAST_YEAR = 10_000, 2012, 2100


def month(**options: Any) -> fields.String:
    """Return a field for a month, 2025-01."""
    return fields.String(validate=MONTH, **options)


class PlanArguments(PageArguments):
    """Which plans a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()
    # Not strict: a query knows text only.
    year = fields.Integer(validate=validate.Range(_LEAST_YEAR, _LAST_YEAR))
    status = choice(PlanStatus)


class PlanEntry(Strict):
    """What a plan is about: whose income, of which months, paid in which instalments."""

    region_code = code(needed=True)
    party_id = row_id(needed=True)
    year = whole(_LEAST_YEAR, _LAST_YEAR, needed=True)
    title = text(100, load_default="", metadata={"description": "不填的，按村名和年度取名"})
    period_from = month(required=True)
    period_to = month(required=True)
    scope = choice(ScopeKind, load_default=ScopeKind.VILLAGE.value)
    asset_id = row_id()
    contract_id = row_id()
    instalments = fields.List(month(), load_default=list, validate=validate.Length(max=12))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PlanFacts:
        months = tuple(data.pop("instalments"))
        return PlanFacts(**{**data, "scope": ScopeKind(data["scope"]), "instalment_months": months})


class OfficialEntry(Strict):
    """What the official books and the charter say; the charter's part in basis points."""

    prior_loss = Money(required=True)
    prior_surplus = Money(load_default=0)
    result = Money(required=True)
    fund = Money(required=True)
    paper = text(200, needed=True, least=1)
    charter_bp = whole(0, _WHOLE_BP, needed=True)
    charter_basis = text(200, load_default="")
    remarks = text(1000, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> OfficialFacts:
        official = OfficialYear(
            data["prior_loss"], data["result"], data["fund"], data["paper"].strip(), data["prior_surplus"]
        )
        return OfficialFacts(official, data["charter_bp"], data["charter_basis"], data["remarks"])


class NamedEntry(Strict):
    """An amount for one household, by its number in the village or its head's name."""

    household = text(40, needed=True, least=1)
    amount = Money(required=True)


class PromiseEntry(Strict):
    """What a contract promises."""

    principal = Money(required=True)
    rate_bp = whole(0, _WHOLE_BP, needed=True)
    months = whole(1, 120, needed=True)


class UseEntry(Strict):
    """One use of a plan."""

    kind = choice(UseKind, needed=True)
    label = text(60, needed=True, least=1)
    amount = Money(load_default=0)
    basis = choice(Basis, needed=True)
    entitlement = choice(Entitlement, load_default=Entitlement.NONE.value)
    classes = fields.List(choice(BeneficiaryClass), load_default=list, validate=validate.Length(max=10))
    named = fields.List(fields.Nested(NamedEntry), load_default=list, validate=validate.Length(max=5000))
    factors = fields.Dict(
        keys=choice(Factor), values=fields.Integer(strict=True, validate=validate.Range(0, 1000)), load_default=dict
    )
    terms = fields.Nested(PromiseEntry, load_default=None, allow_none=True)
    contract_id = row_id()
    asset_id = row_id()
    goods = text(200, load_default="")
    payee = text(80, load_default="")
    fault_id = row_id()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> UseFacts:
        terms, fault = data["terms"], data["fault_id"]
        return UseFacts(
            kind=UseKind(data["kind"]),
            label=data["label"].strip(),
            amount_fen=data["amount"],
            basis=Basis(data["basis"]),
            entitlement=Entitlement(data["entitlement"]),
            classes=frozenset(BeneficiaryClass(one) for one in data["classes"]),
            named=tuple((one["household"].strip(), one["amount"]) for one in data["named"]),
            factors={Factor(name): weight for name, weight in data["factors"].items()},
            terms=Terms(terms["principal"], terms["rate_bp"], terms["months"]) if terms else None,
            contract_id=data["contract_id"],
            asset_id=data["asset_id"],
            goods=data["goods"],
            payee=data["payee"],
            cost=("fault", str(fault)) if fault else None,
        )


class UseRow(Strict):
    """One use as it stands."""

    id = fields.String(required=True)
    kind = choice(UseKind, needed=True)
    label = fields.String(required=True)
    amount = Money(attribute="amount_fen", required=True)
    basis = choice(Basis, needed=True)
    entitlement = choice(Entitlement, needed=True)
    contract_id = fields.String(required=True, allow_none=True)
    asset_id = fields.String(required=True, allow_none=True)
    goods = fields.String(required=True)
    payee = fields.String(required=True)


class PlanRow(Strict):
    """A plan: its figures follow from its frozen inputs, and are nothing in a draft."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    party_id = fields.String(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    period_from = fields.String(required=True)
    period_to = fields.String(required=True)
    scope = choice(ScopeKind, needed=True)
    status = choice(PlanStatus, needed=True)
    income = Money(attribute="income_fen", required=True)
    costs = Money(attribute="costs_fen", required=True)
    loss = Money(attribute="loss_fen", required=True)
    fund = Money(attribute="fund_fen", required=True)
    uses_total = Money(attribute="uses_fen", required=True)
    handed_out = Money(attribute="handed_fen", required=True)
    charter_bp = fields.Integer(required=True)
    official_paper = fields.String(required=True)
    remarks = fields.String(required=True)
    digest = fields.String(required=True)
    amends_id = fields.String(required=True, allow_none=True)
    agreed_on = fields.Date(required=True, allow_none=True)
    end_reason = fields.String(required=True)


class PlanCard(PlanRow):
    """A plan with its uses."""

    uses = fields.List(fields.Nested(UseRow), required=True)


class SubmittedRow(Strict):
    """The request that a plan was submitted with, and what should be said of the plan."""

    request_id = fields.String(required=True)
    digest = fields.String(required=True)
    cautions = fields.List(fields.String(), required=True)


class PlanLineRow(Strict):
    """What one household gets of a use in one instalment; names as notices write them."""

    id = fields.String(required=True)
    use_id = fields.String(required=True)
    instalment = fields.Integer(required=True)
    household_id = fields.String(required=True, allow_none=True)
    head_name = fields.String(required=True, metadata={"description": "遮盖后的户主姓名"})
    payee_name = fields.String(required=True, metadata={"description": "遮盖后的收款人"})
    weight = fields.Integer(required=True)
    amount = Money(attribute="amount_fen", required=True)
    withheld = Money(attribute="withheld_fen", required=True)
    months = fields.Integer(required=True)
    of_months = fields.Integer(required=True)
    odd_fen = fields.Integer(required=True)


class IncomeLink(Strict):
    """An income row that a plan took from."""

    income_id = fields.String(required=True)
    receipt_id = fields.String(required=True)
    asset_no = fields.String(required=True)
    contract_id = fields.String(required=True, allow_none=True)
    received_on = fields.Date(required=True)
    amount = Money(attribute="amount_fen", required=True)
    taken = Money(attribute="taken_fen", required=True)


PlanPage, LinePage, IncomePage = listed(PlanRow), listed(PlanLineRow), listed(IncomeLink)
