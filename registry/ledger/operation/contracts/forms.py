"""Forms of contracts: which assets, the terms, the signed paper, the end, a result, a late fee."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from registry.assets.register.cards.forms import MANY, NEEDED, choices
from registry.assets.register.cards.typed import read_percent, write_percent
from registry.assets.register.categories import OperatingMode
from registry.errors import RegistryError
from registry.fields import Needed, ParsedField, money_field
from registry.kinds import OwnerKind
from registry.ledger.operation.contracts.ending import EndFacts, Result
from registry.ledger.operation.contracts.kinds import OWN, AwardWay, OfficerKind, ShareBasis, UseAfter
from registry.ledger.operation.contracts.terms import (
    Clauses,
    Legacy,
    Officer,
    OperatorFacts,
    Rent,
    Terms,
)
from registry.ledger.operation.kinds import Frequency, RentKind
from registry.parties.models import Party
from registry.text import N_
from registry.web import BaseForm

LONG = {"rows": 4}
_AMOUNT = Needed(N_("请填写金额，没有的填 0。"))
_NUMBER = InputRequired(_l("请填整数。"))
#: Who may operate; owners themselves run under a plan of their own.
_OPERATORS = (
    OwnerKind.ENTERPRISE, OwnerKind.COOPERATIVE, OwnerKind.HOUSEHOLD, OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.STATE,
    OwnerKind.OTHER,
)  # fmt: skip
#: What only a contract with somebody else says, and what only one of the past says.
_WITH_OPERATOR = (
    "operator_kind", "operator_name", "credit_code", "is_member", "is_written", "rent_kind", "yearly", "frequency",
    "in_advance", "by_calendar", "days_to_pay", "prepaid_months", "rise", "rise_years", "share", "share_basis",
    "deposit", "principal", "principal_due_on", "appraised", "floor_reason", "award", "award_note", "default_terms",
    "exit_terms", "late_terms", "officers",
)  # fmt: skip
#: Without these nothing else that is said can be judged; without the term, all but what depends on it.
_CHOSEN = (
    "operator_kind", "rent_kind", "frequency", "share_basis", "award", "days_to_pay", "prepaid_months", "rise_years",
    "legacy_signed_on", "planned_from",
)  # fmt: skip
_TERM = ("starts_on", "ends_on")
#: A term of one day, long ago: no rule about terms speaks of it.
_NO_DAY = date(2000, 1, 1)
_OF_THE_PAST = ("legacy_signed_on", "planned_from", "arrears")


def _percent(label: str) -> ParsedField:
    return ParsedField(label, [Optional()], read=read_percent, write=write_percent, render_kw={"inputmode": "decimal"})


def _whole(label: str, most: int) -> IntegerField:
    return IntegerField(label, [_NUMBER, NumberRange(0, most)], default=0)


class OfficerRow(Form):  # type: ignore[misc]
    """Somebody behind the operator."""

    name = StringField(_l("姓名"), [Length(max=40)])
    kind = SelectField(_l("关系"), choices=lambda: choices(OfficerKind), default=OfficerKind.OFFICER.value)
    post = StringField(_l("职务"), [Length(max=60)])
    kin_of = StringField(_l("是谁的近亲属"), [Length(max=80)])

    def to_officer(self) -> Officer:
        return Officer(
            self.name.data.strip(), OfficerKind(self.kind.data), self.post.data or "", self.kin_of.data or ""
        )


class ShareRow(Form):  # type: ignore[misc]
    """An owner's share."""

    party_id = HiddenField()
    share = _percent(_l("份额（%）"))


class TermsForm(BaseForm):
    """Everything that a contract, or a plan of own running, says."""

    version = HiddenField()
    name = StringField(_l("合同名称"), [NEEDED, Length(max=100)])
    paper_number = StringField(_l("纸质合同编号"), [Length(max=60)])
    responsible = StringField(_l("责任人"), [Length(max=80)])
    operator_kind = SelectField(_l("经营方类型"), choices=lambda: [(one.value, _l(one.label)) for one in _OPERATORS])
    operator_name = StringField(_l("经营方名称"), [Length(max=80)])
    credit_code = StringField(_l("统一社会信用代码"), [Optional(), Length(max=18)])
    is_member = BooleanField(_l("经营方是本集体成员"))
    officers = FieldList(FormField(OfficerRow), min_entries=3, max_entries=20)
    starts_on = DateField(_l("起始日期"), [NEEDED])
    ends_on = DateField(_l("到期日期"), [NEEDED])
    is_written = BooleanField(_l("书面合同"), default=True)
    rent_kind = SelectField(_l("价款方式"), choices=lambda: choices(RentKind))
    yearly = money_field(_l("每年金额"), [Optional()])
    frequency = SelectField(_l("付款周期"), choices=lambda: choices(Frequency), default=Frequency.YEARLY.value)
    in_advance = RadioField(
        _l("什么时候付"), default="1",
        choices=[SelectChoice("1", _l("先付后用，每期第一天")), SelectChoice("0", _l("先用后付，每期最后一天"))],
    )  # fmt: skip
    by_calendar = BooleanField(_l("按自然月、季、年计期"))
    days_to_pay = _whole(_l("应付日之后宽限"), 365)
    prepaid_months = _whole(_l("签订时一次预收"), 240)
    rise = _percent(_l("递增比例（%）"))
    rise_years = IntegerField(_l("每隔几年递增"), [_NUMBER, NumberRange(1, 20)], default=1)
    share = _percent(_l("分成比例（%）"))
    share_basis = SelectField(_l("按什么分成"), choices=lambda: choices(ShareBasis, N_("不分成")))
    deposit = money_field(_l("押金"), [Optional()])
    principal = money_field(_l("投入的本金"), [Optional()])
    principal_due_on = DateField(_l("本金返还日期"), [Optional()])
    appraised = money_field(_l("评估年租金"), [Optional()])
    floor_reason = TextAreaField(_l("低于底线的理由"), [Length(max=500)], render_kw=MANY)
    award = SelectField(
        _l("怎么选的经营方"), choices=lambda: [one for one in choices(AwardWay) if one.value != AwardWay.NONE.value]
    )
    award_note = TextAreaField(_l("竞标情况，或不竞标的理由"), [Length(max=500)], render_kw=MANY)
    plan = TextAreaField(_l("经营方案"), [Length(max=2000)], render_kw=LONG)
    duties = TextAreaField(_l("各方权利义务"), [Length(max=2000)], render_kw=LONG)
    risk_control = TextAreaField(_l("风险承担和控制"), [Length(max=2000)], render_kw=LONG)
    default_terms = TextAreaField(_l("违约责任"), [Length(max=2000)], render_kw=LONG)
    exit_terms = TextAreaField(_l("退出和股份处置办法"), [Length(max=2000)], render_kw=LONG)
    late_terms = StringField(_l("逾期付款违约金"), [Length(max=500)])
    shares = FieldList(FormField(ShareRow), max_entries=300)
    legacy_signed_on = DateField(_l("签订日期"), [NEEDED])
    planned_from = DateField(_l("从哪天起由系统计算应收"), [NEEDED])
    arrears = money_field(_l("此前尚欠"), [Optional()])

    def __init__(self, mode: OperatingMode, *, is_legacy: bool, said: Terms | None = None, **kw: Any) -> None:
        super().__init__(data=_as_typed(said) if said else None, **kw)
        self.mode = mode
        gone = _WITH_OPERATOR if mode in OWN else ("responsible",)
        for name in (*gone, *(() if is_legacy else _OF_THE_PAST)):
            del self[name]

    def list_owners(self, owners: Sequence[Party], shares: dict[int, int]) -> None:
        """Put a line for each owner on a form that has none, with the share it holds."""
        if not self.shares.entries:
            for one in owners:
                self.shares.append_entry({"party_id": str(one.id), "share": shares.get(one.id)})

    def _text(self, name: str) -> str:
        return (self[name].data or "").strip() if name in self else ""

    def _fen(self, name: str) -> int:
        return (self[name].data or 0) if name in self else 0

    def to_what_is_said(self) -> Terms | None:
        """Return what a form that lacks something says so far; nothing if a choice or a number cannot be read."""
        dated = not self._wrong(*_TERM)
        if self._wrong(*_CHOSEN) or (not dated and "planned_from" in self):
            return None
        return self.to_terms() if dated else self._terms(_NO_DAY, _NO_DAY)

    def refuse_besides(self, broken: Iterable[RegistryError]) -> None:
        """Tell what else is refused, beside fields that have no message of their own yet."""
        for error in broken:
            if not self._wrong(error.field or ""):
                self.refuse(error)

    def _wrong(self, *names: str) -> bool:
        return any(self[name].errors for name in names if name in self)

    def to_terms(self) -> Terms:
        return self._terms(self.starts_on.data, self.ends_on.data)

    def _terms(self, starts_on: date, ends_on: date) -> Terms:
        own = self.mode in OWN
        return Terms(
            name=self._text("name"), mode=self.mode, starts_on=starts_on, ends_on=ends_on,
            rent=Rent(RentKind.SHARE) if own else self._rent(),
            award=AwardWay.NONE if own else AwardWay(self.award.data), operator=None if own else self._operator(),
            responsible=self._text("responsible"), paper_number=self._text("paper_number"),
            is_written=own or bool(self.is_written.data), award_note=self._text("award_note"),
            appraised_fen=None if own else self.appraised.data, floor_reason=self._text("floor_reason"),
            clauses=Clauses(**{name: self._text(name) for name in Clauses.__dataclass_fields__}),
            officers=() if own else tuple(
                row.form.to_officer() for row in self.officers if (row.form.name.data or "").strip()
            ),
            shares=tuple(
                (int(row.form.party_id.data), row.form.share.data)
                for row in self.shares if row.form.share.data and str(row.form.party_id.data).isdigit()
            ),
            legacy=self._legacy(),
        )  # fmt: skip

    def _operator(self) -> OperatorFacts:
        kind, code = OwnerKind(self.operator_kind.data), self._text("credit_code").upper()
        return OperatorFacts(kind, self._text("operator_name"), code, bool(self.is_member.data))

    def _rent(self) -> Rent:
        return Rent(
            RentKind(self.rent_kind.data), self._fen("yearly"), Frequency(self.frequency.data),
            self.in_advance.data == "1", bool(self.by_calendar.data), self.days_to_pay.data, self.prepaid_months.data,
            self._fen("rise"), self.rise_years.data, self._fen("share"),
            ShareBasis(self.share_basis.data) if self.share_basis.data else None, self._fen("deposit"),
            self._fen("principal"), self.principal_due_on.data,
        )  # fmt: skip

    def _legacy(self) -> Legacy | None:
        if "planned_from" not in self:
            return None
        return Legacy(self.legacy_signed_on.data, self.planned_from.data, self._fen("arrears"))


def _as_typed(said: Terms) -> dict[str, object]:
    """Return what a draft says, as the fields of the form hold it."""
    rent, operator, legacy = said.rent, said.operator, said.legacy
    return {
        "name": said.name, "paper_number": said.paper_number, "responsible": said.responsible,
        "operator_kind": operator.kind.value if operator else None, "operator_name": operator.name if operator else "",
        "credit_code": operator.credit_code if operator else "", "is_member": bool(operator and operator.is_member),
        "officers": [
            {"name": one.name, "kind": one.kind.value, "post": one.post, "kin_of": one.kin_of} for one in said.officers
        ],
        "starts_on": said.starts_on, "ends_on": said.ends_on, "is_written": said.is_written,
        "rent_kind": rent.kind.value, "yearly": rent.yearly_fen, "frequency": rent.frequency.value,
        "in_advance": "1" if rent.in_advance else "0", "by_calendar": rent.by_calendar,
        "days_to_pay": rent.days_to_pay, "prepaid_months": rent.prepaid_months, "rise": rent.rise_bp,
        "rise_years": rent.rise_years, "share": rent.share_bp,
        "share_basis": rent.share_basis.value if rent.share_basis else "", "deposit": rent.deposit_fen,
        "principal": rent.principal_fen, "principal_due_on": rent.principal_due_on, "appraised": said.appraised_fen,
        "floor_reason": said.floor_reason, "award": said.award.value, "award_note": said.award_note,
        **{name: getattr(said.clauses, name) for name in Clauses.__dataclass_fields__},
        "shares": [{"party_id": str(party_id), "share": share_bp} for party_id, share_bp in said.shares],
        "legacy_signed_on": legacy.signed_on if legacy else None,
        "planned_from": legacy.planned_from if legacy else None, "arrears": legacy.arrears_fen if legacy else None,
    }  # fmt: skip


class SignForm(BaseForm):
    """The signed paper."""

    signed_on = DateField(_l("签订日期"), [NEEDED])
    paper_number = StringField(_l("纸质合同编号"), [Length(max=60)])
    file = MultipleFileField(_l("签好字的合同"))


class ReasonForm(BaseForm):
    """Why a contract is given up, or given back."""

    reason = TextAreaField(_l("原因"), [NEEDED, Length(max=500)], render_kw=MANY)


class EndForm(BaseForm):
    """When and why a contract is over, and what is settled."""

    ended_on = DateField(_l("结束日期"), [NEEDED])
    reason = TextAreaField(_l("原因和清算情况"), [NEEDED, Length(max=500)], render_kw=MANY)
    deposit_return = money_field(_l("应退押金"), [_AMOUNT])
    use_after = RadioField(_l("资产以后怎么用"), [NEEDED], choices=lambda: choices(UseAfter))
    file = FileField(_l("终止协议或清算材料"))

    def to_facts(self) -> EndFacts:
        after = UseAfter(self.use_after.data)
        return EndFacts(self.ended_on.data, self.reason.data or "", self.deposit_return.data or 0, after)


class ResultForm(BaseForm):
    """What a period came to, as the operator states it."""

    base = money_field(_l("本期经营成果"), [_AMOUNT])
    amount = money_field(_l("本期应分"), [_AMOUNT])
    note = TextAreaField(_l("说明"), [Length(max=500)], render_kw=MANY)
    file = FileField(_l("经营方的结算材料"))

    def to_result(self) -> Result:
        return Result(self.base.data or 0, self.amount.data or 0, self.note.data or "")


class LateFeeForm(BaseForm):
    """A fee for paying late."""

    amount = money_field(_l("违约金"), [_AMOUNT])
    reason = TextAreaField(_l("依据和算法"), [NEEDED, Length(max=500)], render_kw=MANY)
