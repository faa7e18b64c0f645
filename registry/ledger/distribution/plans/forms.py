"""Forms of plans: what it is about, the official books, one use, and giving up."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.fields import ParsedField, money_field
from registry.ledger.distribution.plans.models import Plan, PlanUse
from registry.ledger.distribution.plans.months import month_number
from registry.ledger.distribution.plans.pool import OfficialYear, ScopeKind
from registry.ledger.distribution.plans.rules import PlanFacts
from registry.ledger.distribution.plans.services import OfficialFacts
from registry.ledger.distribution.plans.shares import Basis, Entitlement
from registry.ledger.distribution.plans.uses import Terms, UseKind
from registry.ledger.distribution.plans.weighing import Factor
from registry.ledger.distribution.plans.writing import (
    UseFacts,
    named_text,
    parse_named,
    read_classes,
    read_factors,
    read_fixed,
)
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.money import parse_fen, plain_yuan
from registry.text import N_
from registry.web import BaseForm

_MONTH = {"inputmode": "numeric", "placeholder": "2025-01", "autocomplete": "off"}
_LINES = {"rows": 6}


def _month(text: str) -> str:
    month_number(text)
    return text


def month_field(label: str, validators: Sequence[Any] = (), **kw: Any) -> ParsedField:
    """Return a field for a month, written 2025-01."""
    return ParsedField(label, validators, read=_month, write=str, render_kw=_MONTH, **kw)


def percent_field(label: str, validators: Sequence[Any] = (), **kw: Any) -> ParsedField:
    """Return a field for a percentage; its data is basis points."""
    return ParsedField(label, validators, read=parse_fen, write=percent_text, render_kw={"inputmode": "decimal"}, **kw)


def percent_text(bp: int) -> str:
    """Write basis points as a percentage."""
    return plain_yuan(bp).rstrip("0").rstrip(".")


class PlanForm(BaseForm):
    """What a plan is about: whose income, of which months, paid in which instalments."""

    party = SelectField(_l("集体经济组织"), [NEEDED], coerce=int)
    title = StringField(_l("标题"), [Length(max=100)])
    year = IntegerField(_l("年度"), [NEEDED, NumberRange(2012, 2100)])
    period_from = month_field(_l("收益期间起"), [NEEDED])
    period_to = month_field(_l("收益期间止"), [NEEDED])
    scope = SelectField(_l("分配哪些收益"), [NEEDED], choices=lambda: choices(ScopeKind))
    asset_no = StringField(_l("资产编号"), [Length(max=40)])
    contract = StringField(_l("合同编号"), [Length(max=40)])
    instalments = StringField(_l("分期：每期发到哪个月"), [Length(max=120)])

    def offer(self, parties: Sequence[tuple[int, str]]) -> None:
        """Offer the collectives whose plans the person drafts."""
        self.party.choices = [SelectChoice(key, name) for key, name in parties]

    def to_facts(self, region_code: str, asset_id: int | None, contract_id: int | None) -> PlanFacts:
        return PlanFacts(
            region_code=region_code,
            party_id=self.party.data,
            year=self.year.data,
            title=(self.title.data or "").strip(),
            period_from=self.period_from.data or "",
            period_to=self.period_to.data or "",
            scope=ScopeKind(self.scope.data),
            asset_id=asset_id,
            contract_id=contract_id,
            instalment_months=tuple((self.instalments.data or "").replace("，", " ").replace(",", " ").split()),
        )

    def fill(self, plan: Plan, asset_no: str, contract: str) -> None:
        """Show a plan as it stands."""
        self.party.data, self.title.data, self.year.data = plan.party_id, plan.title, plan.year
        self.period_from.data, self.period_to.data = plan.period_from, plan.period_to
        self.scope.data, self.instalments.data = plan.scope, plan.instalments
        self.asset_no.data, self.contract.data = asset_no, contract


class OfficialForm(BaseForm):
    """What the official books and the charter say."""

    prior_loss = money_field(_l("以前年度未弥补亏损"), [NEEDED])
    prior_surplus = money_field(_l("以前年度未分配收益"), [NEEDED])
    result = money_field(_l("本年收益（亏损填负数）"), [NEEDED])
    fund = money_field(_l("正式账提取的公积公益金"), [NEEDED])
    paper = StringField(_l("正式账依据"), [NEEDED, Length(max=200)])
    charter = percent_field(_l("章程规定的公积公益金提取比例"), [NEEDED])
    charter_basis = StringField(_l("章程条款"), [Length(max=200)])
    remarks = TextAreaField(_l("对提醒事项的说明"), [Length(max=1000)], render_kw=MANY)

    def fill(self, plan: Plan, usual_bp: int) -> None:
        """Show what is written, beginning with the policy's percentage."""
        self.prior_loss.data, self.prior_surplus.data = plan.prior_loss_fen, plan.prior_surplus_fen
        self.result.data, self.fund.data, self.paper.data = plan.result_fen, plan.official_fund_fen, plan.official_paper
        self.charter.data = plan.charter_bp if plan.official_paper else usual_bp
        self.charter_basis.data, self.remarks.data = plan.charter_basis, plan.remarks

    def to_facts(self) -> OfficialFacts:
        official = OfficialYear(
            self.prior_loss.data or 0, self.result.data or 0, self.fund.data or 0, self.paper.data.strip(),
            self.prior_surplus.data or 0,
        )  # fmt: skip
        return OfficialFacts(official, self.charter.data or 0, self.charter_basis.data or "", self.remarks.data or "")


class ClassesField(SelectMultipleField):  # type: ignore[misc]
    """Classes of households as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class UseForm(BaseForm):
    """One use: what for, how much, among whom, by what."""

    kind = SelectField(_l("用途"), [NEEDED], choices=lambda: choices(UseKind))
    label = StringField(_l("名称"), [NEEDED, Length(max=60)])
    amount = money_field(_l("金额"), [Optional()])
    basis = SelectField(_l("怎么分"), [NEEDED], choices=lambda: choices(Basis))
    entitlement = SelectField(
        _l("中途资格变化"), [NEEDED], choices=lambda: choices(Entitlement), default=Entitlement.NONE.value
    )
    classes = ClassesField(_l("分给哪些农户"), choices=lambda: choices(BeneficiaryClass))
    named = TextAreaField(_l("固定金额或点名金额"), render_kw=_LINES)
    factor_household = IntegerField(_l("每户"), [Optional(), NumberRange(0, 1000)])
    factor_person = IntegerField(_l("每人"), [Optional(), NumberRange(0, 1000)])
    factor_not_able = IntegerField(_l("每个无劳动能力的人"), [Optional(), NumberRange(0, 1000)])
    factor_no_labour = IntegerField(_l("全户没有劳动力"), [Optional(), NumberRange(0, 1000)])
    factor_monitored = IntegerField(_l("监测对象"), [Optional(), NumberRange(0, 1000)])
    factor_low_income = IntegerField(_l("低保"), [Optional(), NumberRange(0, 1000)])
    factor_extreme_poverty = IntegerField(_l("特困"), [Optional(), NumberRange(0, 1000)])
    principal = money_field(_l("合同约定的本金"), [Optional()])
    rate = percent_field(_l("年收益率"), [Optional()])
    term_months = IntegerField(_l("计算几个月"), [Optional(), NumberRange(1, 120)])
    contract = StringField(_l("合同编号"), [Length(max=40)])
    asset_no = StringField(_l("资产编号"), [Length(max=40)])
    goods = StringField(_l("实物和折价办法"), [Length(max=200)])
    payee = StringField(_l("收款单位"), [Length(max=80)])
    fault = IntegerField(_l("对应的报修编号"), [Optional(), NumberRange(1)])

    @property
    def factors(self) -> dict[Factor, Any]:
        """The field of each factor."""
        return {factor: self._fields[f"factor_{factor.value.lower()}"] for factor in Factor}

    def to_facts(self, asset_id: int | None, contract_id: int | None) -> UseFacts:
        terms = None
        if self.principal.data is not None:
            terms = Terms(self.principal.data, self.rate.data or 0, self.term_months.data or 0)
        return UseFacts(
            kind=UseKind(self.kind.data),
            label=self.label.data.strip(),
            amount_fen=self.amount.data or 0,
            basis=Basis(self.basis.data),
            entitlement=Entitlement(self.entitlement.data),
            classes=frozenset(BeneficiaryClass(one) for one in self.classes.data or ()),
            named=parse_named(self.named.data or ""),
            factors={factor: field.data or 0 for factor, field in self.factors.items()},
            terms=terms,
            contract_id=contract_id,
            asset_id=asset_id,
            goods=self.goods.data or "",
            payee=self.payee.data or "",
            cost=("fault", str(self.fault.data)) if self.fault.data else None,
        )

    def fill(self, use: PlanUse, keys: dict[int, str]) -> None:
        """Show a use as it stands; ``keys`` are the numbers of households."""
        for name in ("kind", "label", "basis", "entitlement", "goods", "payee", "term_months"):
            self._fields[name].data = getattr(use, name)
        self.amount.data, self.principal.data, self.rate.data = use.amount_fen, use.principal_fen, use.rate_bp
        self.classes.data = [one.value for one in read_classes(use.classes)]
        self.named.data = named_text(read_fixed(use.fixed), keys)
        weights = read_factors(use.factors)
        for factor, field in self.factors.items():
            field.data = weights.get(factor.value)
        self.fault.data = int(use.cost_id) if use.cost_id else None


class PlanReasonForm(BaseForm):
    """Why a draft is given up, a plan is stopped, or another takes its place."""

    title = StringField(_l("新方案的标题"), [Length(max=100)])
    reason = TextAreaField(_l("原因"), [NEEDED, Length(max=500)], render_kw=MANY)


_STEPS = (N_("范围和期间"), N_("正式账和章程"), N_("用途"), N_("分到户"), N_("核对提交"))


def step_labels() -> list[str]:
    """Return the steps of writing a plan, as the pages show them."""
    return [gettext(step) for step in _STEPS]
